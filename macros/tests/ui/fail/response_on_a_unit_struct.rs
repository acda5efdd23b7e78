use yunspec_runtime::Response;

#[derive(Default, Response)]
struct DeleteUserResponse;

fn main() {}
