use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Tags")]
    #[validate(length(max = 3))]
    tags: Vec<String>,
}

fn main() {}
