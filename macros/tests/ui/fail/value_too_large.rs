use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire(9223372036854775808)]
    Enabled,
    Unknown(Unknown),
}

fn main() {}
