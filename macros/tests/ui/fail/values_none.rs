use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    Unknown(Unknown),
}

fn main() {}
