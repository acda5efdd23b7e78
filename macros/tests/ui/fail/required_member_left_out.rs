use yunspec_runtime::Request;

#[derive(Request)]
struct CreateUserRequest {
    #[wire("Name")]
    name: String,
    #[wire("Age")]
    age: i64,
}

fn main() {
    let _ = CreateUserRequest::new("ann");
}
