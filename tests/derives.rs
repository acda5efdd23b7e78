//! What the four derives do, on types written by hand.

#![allow(missing_docs)]

use std::collections::BTreeMap;

use yunspec_runtime::decode::Decode;
use yunspec_runtime::value::{Encode, Location, Member, Structure, Style, Value};
use yunspec_runtime::{
    Json, Request, Response, Secret, Timestamp, Unknown, Validate, WireEnum,
};

#[derive(Clone, Debug, PartialEq, Request, Validate)]
struct CreateUserRequest {
    /// The user's
    /// name.
    ///
    /// It cannot be changed.
    #[wire("UserName")]
    #[validate(length(min = 2, max = 8), pattern = "[a-z]+|[0-9]+")]
    name: String,
    #[wire("X-Trace", header)]
    trace: Option<String>,
    #[wire("Age", query)]
    #[validate(range(min = 0, max = 150))]
    age: i32,
    #[wire("Password")]
    #[validate(bytes(max = 4))]
    password: Option<Secret>,
    #[wire("Groups", comma)]
    #[validate(items(min = 1, max = 2))]
    groups: Vec<String>,
    #[wire("Tags", query, json, required)]
    #[validate(nested, items(min = 1))]
    tags: Vec<Tag>,
    #[wire("Quota")]
    quota: BTreeMap<String, i64>,
    #[wire("Mails")]
    #[validate(separator(by = ";", max = 2))]
    mails: Option<String>,
    #[wire("Type")]
    r#type: Option<Status>,
    #[wire("Owner")]
    #[validate(nested)]
    owner: Option<Box<Tag>>,
    #[wire("Ratio")]
    #[validate(range(min = -0.5))]
    ratio: Option<f64>,
    #[wire("By")]
    #[validate(nested)]
    by: BTreeMap<String, Tag>,
}

#[derive(Clone, Debug, PartialEq, Request, Response, Validate)]
struct Tag {
    #[wire("Key")]
    #[validate(length(max = 3))]
    key: Option<String>,
    #[wire("Value")]
    value: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Response)]
struct User {
    #[wire("Id")]
    id: i64,
    #[wire("Name")]
    name: String,
    #[wire("Status")]
    status: Option<Status>,
    #[wire("Level")]
    level: Option<Level>,
    #[wire("Created")]
    created: Option<Timestamp>,
    #[wire("Active")]
    active: Option<bool>,
    #[wire("Tags")]
    tags: Vec<Tag>,
    #[wire("Children")]
    children: BTreeMap<String, User>,
    #[wire("Parent")]
    parent: Option<Box<User>>,
}

#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
enum Status {
    #[wire("Enabled")]
    Enabled,
    #[wire("disabled")]
    Disabled,
    #[wire("Limit.Reached", message = "The limit has been reached:%s.")]
    LimitReached,
    #[wire("3")]
    Third,
    Unknown(Unknown),
}

#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
enum Level {
    #[wire(-1)]
    Locked,
    Unknown(Unknown),
    #[wire(2)]
    Admin,
}

fn request() -> CreateUserRequest {
    CreateUserRequest::new("ann", 30, [Tag::new().key("env")])
}

fn json(text: &str) -> Json {
    text.parse().expect("the test writes JSON")
}

/// The value as a short text.
fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Structure(structure) => {
            let value = |index: usize| shown(&structure.value(index));
            let members = structure.members().iter().enumerate();
            let pairs = members
                .map(|(index, member)| format!("{}:{}", member.name, value(index)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(" "))
        }
        Value::List(list) => {
            let items = (0..list.len()).map(|index| shown(&list.item(index)));
            format!("[{}]", items.collect::<Vec<_>>().join(" "))
        }
        Value::Map(map) => {
            let entries = map.entries().into_iter();
            let pairs = entries.map(|(key, value)| format!("{key}:{}", shown(&value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(" "))
        }
        Value::Absent => "-".to_owned(),
        Value::String(text) => format!("{text:?}"),
        Value::Secret(text) => format!("secret({text})"),
        Value::Bytes(bytes) => format!("{bytes:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Unsigned(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Json(value) => value.to_string(),
    }
}

#[test]
fn the_table_keeps_names_places_and_styles_in_order() {
    let request = request();
    let row = |name, location, style| Member {
        name,
        location,
        style,
    };
    let members = request.members();
    assert_eq!(members.len(), 12);
    assert_eq!(members[0], row("UserName", Location::Body, Style::Repeat));
    assert_eq!(members[1], row("X-Trace", Location::Header, Style::Repeat));
    assert_eq!(members[4], row("Groups", Location::Body, Style::Comma));
    assert_eq!(members[5], row("Tags", Location::Query, Style::Json));
    assert_eq!(members[8].name, "Type");
}

#[test]
fn what_is_not_set_is_absent() {
    let expected = "{UserName:\"ann\" X-Trace:- Age:30 Password:- Groups:- \
                    Tags:[{Key:\"env\" Value:-}] Quota:- Mails:- Type:- Owner:- Ratio:- By:-}";
    assert_eq!(shown(&request().encode()), expected);
    assert!(matches!(request().value(99), Value::Absent));
}

#[test]
fn a_required_array_is_sent_even_if_it_is_empty() {
    let request = CreateUserRequest::new("ann", 30, Vec::<Tag>::new());
    assert!(matches!(request.value(5), Value::List(list) if list.is_empty()));
}

#[test]
fn setters_take_what_turns_into_the_type() {
    let request = request()
        .trace("t")
        .password("pw")
        .groups(["a", "b"])
        .quota([("disk", 5), ("cpu", 2)])
        .r#type("disabled")
        .owner(Tag::new())
        .ratio(0.5)
        .by([("me", Tag::new().value("v"))]);
    let expected = "{UserName:\"ann\" X-Trace:\"t\" Age:30 Password:secret(pw) \
                    Groups:[\"a\" \"b\"] Tags:[{Key:\"env\" Value:-}] Quota:{cpu:2 disk:5} \
                    Mails:- Type:\"disabled\" Owner:{Key:- Value:-} Ratio:0.5 \
                    By:{me:{Key:- Value:\"v\"}}}";
    assert_eq!(shown(&request.encode()), expected);
    assert_eq!(request.r#type, Some(Status::Disabled));
}

#[test]
fn empty_text_is_sent() {
    assert_eq!(shown(&request().trace("").value(1)), "\"\"");
}

#[test]
fn nothing_required_means_default() {
    assert_eq!(Tag::default(), Tag::new());
}

#[test]
fn every_violation_is_reported() {
    let request = CreateUserRequest::new("A", 151, Vec::<Tag>::new())
        .password("12345")
        .groups(["a", "b", "c"])
        .mails("a;b;c")
        .owner(Tag::new().key("long"))
        .ratio(-0.6)
        .by([("x", Tag::new().key("long"))]);
    let violations = request.validate().expect_err("nine rules are broken");
    let lines: Vec<_> = violations.iter().map(ToString::to_string).collect();
    let expected = [
        "UserName: must have 2 to 8 characters, got 1",
        "UserName: must match [a-z]+|[0-9]+, got \"A\"",
        "Age: must be 0 to 150, got 151",
        "Password: must have at most 4 bytes, got 5",
        "Groups: must have 1 to 2 items, got 3",
        "Tags: must have at least 1 items, got 0",
        "Mails: must have at most 2 items joined by \";\", got 3",
        "Owner.Key: must have at most 3 characters, got 4",
        "Ratio: must be at least -0.5, got -0.6",
        "By[\"x\"].Key: must have at most 3 characters, got 4",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn what_is_absent_breaks_no_rule() {
    assert_eq!(request().validate(), Ok(()));
}

#[test]
fn a_pattern_has_to_match_the_whole_text() {
    let named = |name: &str| CreateUserRequest::new(name, 1, [Tag::new()]).validate();
    assert_eq!(named("123"), Ok(()));
    assert!(named("abc1").is_err());
    assert!(named("abc\n").is_err());
}

#[derive(Request, Validate)]
struct SignInRequest {
    #[wire("Pin")]
    #[validate(pattern = "[0-9]+", length(min = 4, max = 4))]
    pin: Secret,
    #[wire("Score")]
    #[validate(range(max = 1))]
    score: Option<f64>,
}

#[test]
fn no_violation_shows_a_secret() {
    let violations = SignInRequest::new("abc")
        .validate()
        .expect_err("the pin is no number");
    let expected = "Pin: must match [0-9]+, got ***; \
                    Pin: must have exactly 4 characters, got 3";
    assert_eq!(violations.to_string(), expected);
}

#[test]
fn what_is_no_number_is_inside_no_bounds() {
    let request = SignInRequest::new("1234").score(f64::NAN);
    let violations = request.validate().expect_err("NaN is not at most 1");
    assert_eq!(violations.to_string(), "Score: must be at most 1, got NaN");
}

#[test]
fn items_know_their_place() {
    let tags = [Tag::new(), Tag::new().key("long")];
    let request = CreateUserRequest::new("ann", 1, tags);
    let violations = request.validate().expect_err("the second key is too long");
    let members: Vec<_> = violations
        .iter()
        .map(|broken| broken.member.as_str())
        .collect();
    assert_eq!(members, ["Tags[1].Key"]);
}

#[test]
fn a_response_reads_what_came_and_defaults_the_rest() {
    let user = User::decode(json(
        r#"{"Id": "7", "Name": null, "Status": "Enabled", "Level": 2, "Active": "TRUE",
            "Created": "2026-11-22T00:00:00Z", "New": [1], "Tags": [{"Key": "k"}],
            "Children": {"a": {"Id": 8}}, "Parent": {"Name": "p"}}"#,
    ))
    .expect("the clouds are careless, and this is how");
    let child = User {
        id: 8,
        ..User::default()
    };
    let expected = User {
        id: 7,
        name: String::new(),
        status: Some(Status::Enabled),
        level: Some(Level::Admin),
        created: Some("2026-11-22T00:00:00Z".into()),
        active: Some(true),
        tags: vec![Tag::new().key("k")],
        children: BTreeMap::from([("a".to_owned(), child)]),
        parent: Some(Box::new(User {
            name: "p".to_owned(),
            ..User::default()
        })),
    };
    assert_eq!(user, expected);
}

#[test]
fn a_bare_item_is_a_list_of_one() {
    let user = User::decode(json(r#"{"Tags": {"Key": "k"}}"#)).expect("as XML spells it");
    assert_eq!(user.tags, [Tag::new().key("k")]);
}

#[test]
fn a_mismatch_names_the_way_to_it() {
    let text = r#"{"Children": {"a": {"Tags": [{}, {"Key": [1]}]}}}"#;
    let mismatch = User::decode(json(text)).expect_err("a key is no array");
    let expected = "Children.a.Tags[1].Key: expected a text, found an array";
    assert_eq!(mismatch.to_string(), expected);
    let mismatch = User::decode(json("[]")).expect_err("a user is no array");
    assert_eq!(
        mismatch.to_string(),
        "the root: expected an object, found an array"
    );
    let mismatch = User::decode(json(r#"{"Tags": "k"}"#)).expect_err("no tag, no array");
    assert_eq!(
        mismatch.to_string(),
        "Tags: expected an array, found a text"
    );
}

#[test]
fn known_values_round_trip() {
    for wire in [
        r#""Enabled""#,
        r#""disabled""#,
        r#""Limit.Reached""#,
        r#""3""#,
    ] {
        let status = Status::decode(json(wire)).expect("every text is a status");
        assert!(!matches!(status, Status::Unknown(_)), "{wire}");
        assert_eq!(shown(&status.encode()), wire);
    }
    assert_eq!(Status::decode(json("3")), Ok(Status::Third));
    for (wire, level) in [("-1", Level::Locked), ("2", Level::Admin)] {
        assert_eq!(Level::decode(json(wire)), Ok(level.clone()));
        assert_eq!(Level::decode(json(&format!("{wire:?}"))), Ok(level.clone()));
        assert_eq!(shown(&level.encode()), wire);
        assert_eq!(Level::from(wire), level);
    }
    assert_eq!(Level::from(2), Level::Admin);
}

#[test]
fn unknown_values_round_trip() {
    let case_counts = Status::from("ENABLED");
    assert!(matches!(case_counts, Status::Unknown(_)));
    assert_eq!(case_counts.as_str(), "ENABLED");
    assert_eq!(shown(&case_counts.encode()), "\"ENABLED\"");
    for wire in ["7", "\"7\"", "\"vip\""] {
        let level = Level::decode(json(wire)).expect("every value is a level");
        assert!(matches!(level, Level::Unknown(_)), "{wire}");
        assert_eq!(shown(&level.encode()), wire);
    }
}

#[test]
fn an_enumeration_shows_itself_as_its_value() {
    assert_eq!(Status::Disabled.to_string(), "disabled");
    assert_eq!(format!("[{:>4}]", Level::Locked), "[  -1]");
    assert_eq!(format!("{}", Level::from(9)), "9");
    assert_eq!(Status::from("x".to_owned()).to_string(), "x");
}

#[test]
fn the_message_belongs_to_its_value() {
    let template = "The limit has been reached:%s.";
    assert_eq!(Status::LimitReached.template(), Some(template));
    assert_eq!(Status::Enabled.template(), None);
    assert_eq!(Status::from("Other").template(), None);
}
