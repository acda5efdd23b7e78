use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Age")]
    #[validate(range(min = "1"))]
    age: i64,
}

fn main() {}
