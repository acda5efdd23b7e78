use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Name")]
    #[validate(pattern = "a)|(?:b")]
    name: String,
}

fn main() {}
