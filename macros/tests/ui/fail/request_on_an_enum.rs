use yunspec_runtime::Request;

#[derive(Request)]
enum Action {
    Create,
}

fn main() {}
