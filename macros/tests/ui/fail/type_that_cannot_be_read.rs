use yunspec_runtime::Response;

#[derive(Default, Response)]
struct CreateUserResponse {
    #[wire("User")]
    user: &'static str,
}

fn main() {}
