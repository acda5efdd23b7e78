use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("X-Trace", header)]
    trace: Option<String>,
    #[wire("x-trace", header)]
    second: Option<String>,
}

fn main() {}
