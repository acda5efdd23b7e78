use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("Name" query)]
    name: String,
}

fn main() {}
