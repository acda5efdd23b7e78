use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire("Enabled")]
    Enabled(String),
    Unknown(Unknown),
}

fn main() {}
