use yunspec_runtime::WireEnum;

#[derive(WireEnum)]
enum Status {
    #[wire("Enabled")]
    Enabled,
    Unknown,
}

fn main() {}
