use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire = "Enabled"]
    Enabled,
    Unknown(Unknown),
}

fn main() {}
