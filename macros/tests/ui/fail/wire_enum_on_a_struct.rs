use yunspec_runtime::WireEnum;

#[derive(WireEnum)]
struct Status {
    #[wire("Enabled")]
    enabled: bool,
}

fn main() {}
