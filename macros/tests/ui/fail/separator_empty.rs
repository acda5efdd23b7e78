use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Names")]
    #[validate(separator(by = "", max = 3))]
    names: String,
}

fn main() {}
