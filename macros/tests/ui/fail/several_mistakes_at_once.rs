use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct CreateUserRequest {
    #[wire("Name", quary)]
    #[validate(length(min = 5, max = 3), range(max = 1))]
    name: String,
    age: i64,
    #[wire("Flag")]
    #[validate(pattern = "(", lenght(max = 3))]
    flag: Option<String>,
}

fn main() {}
