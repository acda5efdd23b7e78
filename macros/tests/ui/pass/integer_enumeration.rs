#![deny(warnings)]

use yunspec_runtime::{Request, Unknown, WireEnum};

#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
pub enum Level {
    Unknown(Unknown),
    #[wire(-9223372036854775808)]
    Lowest,
    #[wire(0)]
    None,
    #[wire(9223372036854775807)]
    Highest,
}

#[derive(Clone, Debug, PartialEq, Request)]
pub struct SetLevelRequest {
    #[wire("Level")]
    pub level: Level,
}

fn main() {
    assert_eq!(SetLevelRequest::new(0).level, Level::None);
    assert_eq!(SetLevelRequest::new("0").level, Level::None);
    assert_eq!(
        SetLevelRequest::new(Level::Highest).level.as_str(),
        "9223372036854775807"
    );
    assert_eq!(Level::from(i64::MIN), Level::Lowest);
    assert_eq!(Level::from(5).to_string(), "5");
}
