use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest<'a> {
    #[wire("Name")]
    name: &'a str,
}

fn main() {}
