use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire(true)]
    Enabled,
    Unknown(Unknown),
}

fn main() {}
