use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire("Enabled")]
    Enabled,
    Disabled,
    Unknown(Unknown),
}

fn main() {}
