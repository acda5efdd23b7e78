use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("Name", query, header)]
    name: String,
}

fn main() {}
