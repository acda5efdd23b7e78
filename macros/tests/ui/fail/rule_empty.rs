use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Name")]
    #[validate(length())]
    name: String,
}

fn main() {}
