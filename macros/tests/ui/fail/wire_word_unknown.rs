use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("Name", qeury)]
    name: String,
    #[wire("Age", cookie)]
    age: Option<i64>,
}

fn main() {}
