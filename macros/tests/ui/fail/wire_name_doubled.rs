use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("Name")]
    name: String,
    #[wire("Name", query)]
    query_name: Option<String>,
    #[wire("Name")]
    nick_name: Option<String>,
}

fn main() {}
