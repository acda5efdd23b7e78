use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Names")]
    #[validate(separator(by = ","))]
    names: String,
}

fn main() {}
