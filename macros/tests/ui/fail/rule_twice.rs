use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Name")]
    #[validate(length(max = 64), length(min = 1))]
    name: String,
}

fn main() {}
