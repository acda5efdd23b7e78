#![deny(warnings)]

use std::collections::BTreeMap;

use yunspec_runtime::{Binary, Json, Request, Response, Secret, Timestamp, Validate};

#[derive(Clone, Debug, PartialEq, Request, Response, Validate)]
pub struct Point {
    #[wire("X")]
    #[validate(range(max = 1))]
    pub x: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Request, Response, Validate)]
pub struct Shapes {
    #[wire("Lines")]
    #[validate(nested, items(max = 2))]
    pub lines: Vec<Vec<Point>>,
    #[wire("ByName")]
    #[validate(nested)]
    pub by_name: BTreeMap<String, Vec<Point>>,
    #[wire("Grid")]
    #[validate(nested)]
    pub grid: BTreeMap<String, BTreeMap<String, Point>>,
    #[wire("Counts")]
    pub counts: BTreeMap<String, i64>,
    #[wire("Times")]
    pub times: Vec<Timestamp>,
    #[wire("Secrets")]
    pub secrets: Vec<Secret>,
    #[wire("Files")]
    pub files: Vec<Binary>,
    #[wire("Free")]
    pub free: BTreeMap<String, Json>,
    #[wire("Flags")]
    pub flags: Vec<bool>,
    #[wire("Optional")]
    pub optional: Option<Vec<String>>,
}

fn main() {
    let shapes = Shapes::new()
        .lines([vec![Point::new().x(2.0)], vec![]])
        .by_name([("a", vec![Point::new()])])
        .grid([("a", BTreeMap::from([("b".to_owned(), Point::new().x(3.0))]))])
        .counts([("a", 1)])
        .times(["2026-11-22T00:00:00Z"])
        .secrets(["s"])
        .files([b"bytes"])
        .free([("a", 1)])
        .flags([true])
        .optional(["x"]);
    let violations = shapes.validate().expect_err("two points are outside");
    let members: Vec<_> = violations
        .iter()
        .map(|broken| broken.member.as_str())
        .collect();
    assert_eq!(members, ["Lines[0][0].X", "Grid[\"a\"][\"b\"].X"]);
}
