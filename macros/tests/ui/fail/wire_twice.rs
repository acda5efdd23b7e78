use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("Name")]
    #[wire("UserName")]
    name: String,
}

fn main() {}
