use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Active")]
    #[validate(length(max = 3))]
    active: Option<bool>,
}

fn main() {}
