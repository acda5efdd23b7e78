use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("Name")]
    #[validate(length(max = 64))]
    name: String,
}

fn main() {}
