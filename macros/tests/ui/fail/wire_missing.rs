use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    name: String,
    #[wire("Age")]
    age: Option<i64>,
}

fn main() {
    let _ = CreateUserRequest::new("ann").age(30);
}
