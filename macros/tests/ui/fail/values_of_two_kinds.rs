use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire("Enabled")]
    Enabled,
    #[wire(0)]
    Disabled,
    #[wire(2)]
    Locked,
    Unknown(Unknown),
}

fn main() {}
