use yunspec_runtime::Response;

#[derive(Response)]
struct CreateUserResponse {
    #[wire("RequestId")]
    request_id: String,
}

fn main() {}
