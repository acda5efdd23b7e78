use yunspec_runtime::{Request, Validate};

#[derive(Request)]
struct Owner {}

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Owner")]
    #[validate(nested)]
    owner: Option<Owner>,
}

fn main() {}
