use yunspec_runtime::{Unknown, WireEnum};

#[derive(WireEnum)]
enum Status {
    #[wire("LimitExceeded", mesage = "The limit is exceeded: %s")]
    LimitExceeded,
    Unknown(Unknown),
}

fn main() {}
