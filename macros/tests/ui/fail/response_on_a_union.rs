use yunspec_runtime::Response;

#[derive(Response)]
union Bits {
    #[wire("A")]
    a: u64,
}

fn main() {}
