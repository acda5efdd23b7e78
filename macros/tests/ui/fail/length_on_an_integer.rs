use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Age")]
    #[validate(length(max = 3))]
    age: i64,
}

fn main() {}
