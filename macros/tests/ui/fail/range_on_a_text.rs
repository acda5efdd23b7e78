use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Name")]
    #[validate(range(min = 1, max = 64))]
    name: String,
}

fn main() {}
