use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status<T> {
    #[wire("Enabled")]
    Enabled,
    Unknown(Unknown),
    Other(T),
}

fn main() {}
