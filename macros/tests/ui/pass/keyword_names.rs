#![deny(warnings)]

use yunspec_runtime::value::Structure;
use yunspec_runtime::{Request, Response, Validate};

#[derive(Request, Response, Validate)]
pub struct Rule {
    #[wire("type")]
    #[validate(pattern = "[a-z]+", length(min = 1))]
    pub r#type: Option<String>,
    #[wire("match")]
    pub r#match: Vec<String>,
    #[wire("async")]
    pub r#async: Option<bool>,
    #[wire("self")]
    pub self_: Option<String>,
    #[wire("value")]
    pub value: Option<String>,
    #[wire("index")]
    pub index: Option<i64>,
    #[wire("json")]
    pub json: Option<i64>,
    #[wire("members")]
    pub members: Option<i64>,
}

fn main() {
    let rule = Rule::new()
        .r#type("http")
        .r#match(["a"])
        .r#async(true)
        .self_("s")
        .value("v")
        .index(1)
        .json(2)
        .members(3);
    assert_eq!(Structure::members(&rule)[0].name, "type");
    assert_eq!(rule.r#type.as_deref(), Some("http"));
    assert!(rule.validate().is_ok());
}
