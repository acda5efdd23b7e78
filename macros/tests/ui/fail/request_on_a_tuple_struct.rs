use yunspec_runtime::{Request, Validate};

#[derive(Request, Validate)]
struct Name(String);

fn main() {}
