use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct Owner {}

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Owner")]
    #[validate(nested, length(max = 64))]
    owner: Owner,
}

fn main() {}
