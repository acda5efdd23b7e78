use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("Name", required)]
    name: Option<String>,
}

fn main() {}
