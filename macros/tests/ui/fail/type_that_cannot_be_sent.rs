use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("Name")]
    name: &'static str,
}

fn main() {}
