use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("Tags", json, comma)]
    tags: Vec<String>,
}

fn main() {}
