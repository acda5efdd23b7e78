use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire = "Name"]
    name: String,
}

fn main() {}
