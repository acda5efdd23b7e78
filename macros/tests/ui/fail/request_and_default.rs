use yunspec_runtime::Request;

#[derive(Default, Request)]
struct CreateUserRequest {
    #[wire("Name")]
    name: Option<String>,
}

fn main() {}
