use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Name")]
    #[validate(length(max = 64, max = 32))]
    name: String,
}

fn main() {}
