use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire("LimitExceeded", message = "The limit is exceeded.")]
    LimitExceeded,
    Unknown(Unknown),
}

fn main() {}
