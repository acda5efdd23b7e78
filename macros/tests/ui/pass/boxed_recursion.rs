#![deny(warnings)]

use yunspec_runtime::decode::Decode;
use yunspec_runtime::{Request, Response, Validate};

#[derive(Clone, Debug, PartialEq, Request, Response, Validate)]
pub struct Filter {
    #[wire("Name")]
    #[validate(length(max = 3))]
    pub name: Option<String>,
    #[wire("Not")]
    #[validate(nested)]
    pub not: Option<Box<Filter>>,
    #[wire("All")]
    #[validate(nested)]
    pub all: Vec<Filter>,
}

#[derive(Clone, Debug, PartialEq, Request, Validate)]
pub struct ListUsersRequest {
    #[wire("Filter")]
    #[validate(nested)]
    pub filter: Box<Filter>,
}

fn main() {
    let inner = Filter::new().name("long");
    let request =
        ListUsersRequest::new(Filter::new().not(inner.clone()).all([inner.clone()]));
    let violations = request.validate().expect_err("two names are too long");
    let members: Vec<_> = violations
        .iter()
        .map(|broken| broken.member.as_str())
        .collect();
    assert_eq!(members, ["Filter.Not.Name", "Filter.All[0].Name"]);

    let json = r#"{"Not": {"Name": "long"}, "All": [{"Name": "long"}]}"#;
    let read = Filter::decode(json.parse().expect("this is JSON"));
    assert_eq!(read, Ok(*request.filter));
}
