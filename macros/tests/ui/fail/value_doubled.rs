use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire("Enabled")]
    Enabled,
    #[wire("Enabled")]
    Active,
    Unknown(Unknown),
}

fn main() {}
