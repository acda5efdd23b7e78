use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("")]
    name: String,
}

fn main() {}
