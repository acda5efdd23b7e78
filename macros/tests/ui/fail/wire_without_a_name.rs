use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire(query)]
    name: String,
}

fn main() {}
