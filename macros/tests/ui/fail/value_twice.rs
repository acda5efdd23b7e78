use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire("Enabled")]
    #[wire("enabled")]
    Enabled,
    Unknown(Unknown),
}

fn main() {}
