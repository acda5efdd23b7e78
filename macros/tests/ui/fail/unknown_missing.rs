use yunspec_runtime::WireEnum;

#[derive(WireEnum)]
enum Status {
    #[wire("Enabled")]
    Enabled,
}

fn main() {
    let _ = Status::from("Enabled").as_str();
}
