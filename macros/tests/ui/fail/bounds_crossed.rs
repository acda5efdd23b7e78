use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Name")]
    #[validate(length(min = 64, max = 1))]
    name: String,
}

fn main() {}
