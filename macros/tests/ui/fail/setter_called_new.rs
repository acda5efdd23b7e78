use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("New")]
    new: Option<bool>,
}

fn main() {}
