use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire("Enabled")]
    Enabled,
    #[wire("Unknown")]
    Unknown(Unknown),
}

fn main() {}
