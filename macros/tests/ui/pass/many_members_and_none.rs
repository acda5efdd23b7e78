#![deny(warnings, missing_docs, unused_qualifications)]
//! Eight required members, a deprecated one, and no member at all.

use yunspec_runtime::{Request, Response, Validate};

/// A request.
#[derive(Request, Validate)]
#[non_exhaustive]
pub struct CopyRequest {
    /// One.
    #[wire("One")]
    pub one: String,
    /// Two.
    #[wire("Two")]
    pub two: String,
    /// Three.
    #[wire("Three")]
    pub three: i32,
    /// Four.
    #[wire("Four")]
    pub four: i64,
    /// Five.
    #[wire("Five")]
    pub five: u64,
    /// Six.
    #[wire("Six")]
    pub six: f64,
    /// Seven.
    #[wire("Seven")]
    pub seven: bool,
    /// Eight.
    #[wire("Eight", required)]
    pub eight: Vec<String>,
    /// Nine.
    #[wire("Nine")]
    #[deprecated = "the clouds ignore it"]
    #[validate(length(max = 1))]
    pub nine: Option<String>,
}

/// A response.
#[derive(Default, Response)]
pub struct CopyResponse {
    /// Nine.
    #[wire("Nine")]
    #[deprecated]
    pub nine: Option<String>,
}

/// A request without members.
#[derive(Debug, PartialEq, Request, Response, Validate)]
pub struct ListRegionsRequest {}

fn main() {
    let request = CopyRequest::new("1", "2", 3, 4, 5, 6.0, true, ["8"]);
    assert_eq!(request.eight, ["8"]);
    assert_eq!(ListRegionsRequest::new(), ListRegionsRequest::default());
}
