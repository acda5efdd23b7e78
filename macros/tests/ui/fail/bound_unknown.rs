use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Name")]
    #[validate(length(maximum = 64))]
    name: String,
}

fn main() {}
