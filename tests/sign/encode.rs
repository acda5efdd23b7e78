//! Members to bytes.

use serde_json::json;
use yunspec_runtime::credentials::Credentials;
use yunspec_runtime::protocol::{HttpRequest, Options, encode};
use yunspec_runtime::value::{Encode, Location, Member, Structure, Style, Value};
use yunspec_runtime::{Call, Json, Retry, Secret, Service};

use crate::data::{
    ALIBABA, ALIBABA_ROA, HUAWEI, Members, TENCENT, array, pairs, readable, shared,
    sorted, text,
};

const ROOT: Call<'static> = Call {
    name: "UpdateUser",
    method: "POST",
    path: "/",
    retry: Retry::Unsafe,
    ..Call::PLAIN
};
const USER: Call<'static> = Call {
    path: "/v2/{project_id}/users/{user_id}",
    ..ROOT
};

fn write(service: &Service, call: &Call<'_>, members: &Members<'_>) -> HttpRequest {
    let keys = Credentials::new("id", "secret").project_id("p1");
    encode(
        service,
        call,
        members,
        "host.example",
        &keys,
        Options::default(),
    )
    .expect("every value has a place")
}

fn query(style: Style, value: Value<'_>) -> Vec<(String, String)> {
    write(
        &ALIBABA,
        &ROOT,
        &Members::default().styled(style, "Tag", value),
    )
    .query
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

struct Tag {
    key: &'static str,
    values: Vec<i64>,
    hidden: Option<bool>,
}

impl Encode for Tag {
    fn encode(&self) -> Value<'_> {
        Value::Structure(self)
    }
}

impl Structure for Tag {
    fn members(&self) -> &[Member<'_>] {
        const fn member(name: &str) -> Member<'_> {
            Member {
                name,
                location: Location::Body,
                style: Style::Repeat,
            }
        }
        const { &[member("Key"), member("Values"), member("Hidden")] }
    }
    fn value(&self, index: usize) -> Value<'_> {
        match index {
            0 => Value::String(self.key.into()),
            1 => self.values.encode(),
            _ => self.hidden.encode(),
        }
    }
}

fn tags() -> Vec<Tag> {
    vec![
        Tag {
            key: "a",
            values: vec![1, 2],
            hidden: Some(false),
        },
        Tag {
            key: "",
            values: vec![],
            hidden: None,
        },
    ]
}

#[test]
fn repeat_flattens_from_one_on_and_drops_what_is_empty() {
    let expected = [
        ("Tag.1.Key", "a"),
        ("Tag.1.Values.1", "1"),
        ("Tag.1.Values.2", "2"),
        ("Tag.1.Hidden", "false"),
        ("Tag.2.Key", ""),
    ];
    assert_eq!(query(Style::Repeat, tags().encode()), owned(&expected));
    let object = [
        ("Tag.Key", "a"),
        ("Tag.Values.1", "1"),
        ("Tag.Values.2", "2"),
    ];
    let tag = Tag {
        hidden: None,
        ..tags().remove(0)
    };
    assert_eq!(query(Style::Repeat, tag.encode()), owned(&object));
    assert_eq!(query(Style::Repeat, Vec::<String>::new().encode()), []);
    let map = [("b".to_owned(), 1_i64), ("a".to_owned(), 2)].into();
    let map: std::collections::BTreeMap<_, _> = map;
    assert_eq!(
        query(Style::Repeat, map.encode()),
        owned(&[("Tag.a", "2"), ("Tag.b", "1")])
    );
}

#[test]
fn the_other_styles() {
    let json = r#"[{"Key":"a","Values":[1,2],"Hidden":false},{"Key":"","Values":[]}]"#;
    assert_eq!(query(Style::Json, tags().encode()), owned(&[("Tag", json)]));
    assert_eq!(
        query(Style::Json, Vec::<i64>::new().encode()),
        owned(&[("Tag", "[]")])
    );
    let numbers = vec![1_i64, 20];
    assert_eq!(
        query(Style::Comma, numbers.encode()),
        owned(&[("Tag", "1,20")])
    );
    assert_eq!(query(Style::Comma, Vec::<i64>::new().encode()), []);
    let multi = owned(&[("Tag", "1"), ("Tag", "20")]);
    assert_eq!(query(Style::Multi, numbers.encode()), multi);
    let free = json!({ "a": [1, null], "b": "中" });
    assert_eq!(
        query(Style::Repeat, free.encode()),
        owned(&[("Tag", r#"{"a":[1,null],"b":"中"}"#)])
    );
}

#[test]
fn scalars_absence_and_emptiness() {
    let secret = Secret::from("hunter2");
    let cases: [(Value<'_>, Option<&str>); 9] = [
        (Value::String("".into()), Some("")),
        (secret.encode(), Some("hunter2")),
        (Value::Boolean(true), Some("true")),
        (Value::Integer(-5), Some("-5")),
        (Value::Unsigned(u64::MAX), Some("18446744073709551615")),
        (Value::Number(1.5), Some("1.5")),
        (Value::Number(3.0), Some("3")),
        (Value::Absent, None),
        (Value::Json(&Json::Null), None),
    ];
    for (value, expected) in cases {
        let expected: Vec<_> = expected.map(|text| ("Tag", text)).into_iter().collect();
        let shown = format!("{value:?}");
        assert_eq!(query(Style::Repeat, value), owned(&expected), "{shown}");
    }
}

#[test]
fn a_form_is_sorted_and_encoded() {
    let members = Members::default()
        .with(Location::Form, "b", Value::String("x y+z~*".into()))
        .with(Location::Form, "a", Value::String("中".into()))
        .with(Location::Query, "q", Value::Boolean(true));
    let request = write(&ALIBABA, &ROOT, &members);
    assert_eq!(request.body, b"a=%E4%B8%AD&b=x%20y%2Bz~%2A");
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(request.target(), "/?q=true");
}

#[test]
fn headers_paths_and_host_labels() {
    let list = vec!["x".to_owned(), "y".to_owned()];
    let members = Members::default()
        .with(
            Location::Path,
            "user_id",
            Value::String("a b/c%?#~中".into()),
        )
        .with(Location::Header, "X-Trace", Value::String(" t1 ".into()))
        .with(Location::Header, "X-List", list.encode())
        .with(Location::Header, "X-Not", Value::Absent)
        .with(Location::Host, "Account", Value::Integer(42));
    let request = write(
        &HUAWEI,
        &Call {
            method: "DELETE",
            ..USER
        },
        &members,
    );
    assert_eq!(request.method, "DELETE");
    assert_eq!(request.host, "42.host.example");
    assert_eq!(request.path, "/v2/p1/users/a%20b%2Fc%25%3F%23~%E4%B8%AD");
    let expected = [
        ("x-trace", "t1"),
        ("x-list", "x,y"),
        ("content-type", "application/json"),
    ];
    assert_eq!(readable(&request.headers), owned(&expected));
    assert!(request.body.is_empty(), "no member asks for a body");
}

#[test]
fn a_member_called_project_id_wins() {
    let members = Members::default()
        .with(Location::Path, "user_id", Value::Integer(1))
        .with(Location::Path, "project_id", Value::String("p2".into()));
    assert_eq!(write(&HUAWEI, &USER, &members).path, "/v2/p2/users/1");
}

#[test]
fn bodies() {
    let absent = || Members::default().with(Location::Body, "a", Value::Absent);
    let none = Members::default;
    let payload = |value| Members::default().with(Location::Payload, "body", value);
    let numbers = vec![1_i64];
    assert_eq!(write(&TENCENT, &ROOT, &none()).body, b"{}");
    assert_eq!(write(&TENCENT, &ROOT, &absent()).body, b"{}");
    assert_eq!(write(&HUAWEI, &ROOT, &absent()).body, b"{}");
    assert_eq!(write(&HUAWEI, &ROOT, &none()).body, b"");
    assert_eq!(write(&HUAWEI, &ROOT, &payload(Value::Absent)).body, b"");
    assert_eq!(
        write(&HUAWEI, &ROOT, &payload(numbers.encode())).body,
        b"[1]"
    );
    assert_eq!(write(&ALIBABA, &ROOT, &none()).header("content-type"), None);
    let roa = write(
        &ALIBABA_ROA,
        &ROOT,
        &absent().styled(Style::Json, "q", numbers.encode()),
    );
    assert_eq!(
        (roa.body.as_slice(), roa.target().as_str()),
        (&b"{}"[..], "/?q=%5B1%5D")
    );
    assert_eq!(roa.header("content-type"), Some("application/json"));
}

#[test]
fn the_headers_of_tencent_cloud() {
    let keys = Credentials::new("id", "secret");
    let options = Options {
        region: Some("ap-guangzhou"),
        language: Some("en-US"),
    };
    let members = Members::default();
    let request = encode(&TENCENT, &ROOT, &members, "h", &keys, options).expect("fits");
    let expected = [
        ("content-type", "application/json"),
        ("x-tc-action", "UpdateUser"),
        ("x-tc-version", "2019-01-16"),
        ("x-tc-region", "ap-guangzhou"),
        ("x-tc-language", "en-US"),
    ];
    assert_eq!(readable(&request.headers), owned(&expected));
}

#[test]
fn nothing_shows_a_value() {
    let members =
        Members::default().with(Location::Query, "Password", Value::Secret("hunter2"));
    let request = write(&ALIBABA, &ROOT, &members);
    assert!(request.target().contains("hunter2"));
    assert!(!format!("{request:?}").contains("hunter2"));
}

/// Whatever we would write as the official SDKs do: queries as sets, bodies byte for byte.
#[test]
fn captured_requests() {
    let Some(file) = shared("vectors/requests.json") else {
        return;
    };
    let mut equal = 0;
    for vector in array(&file, "vectors") {
        let (id, sent, input) =
            (text(vector, "id"), &vector["request"], &vector["input"]);
        let lower = id.contains("bools-lower") || !input.to_string().contains("true");
        if id.contains(".acs3") && lower && !input.to_string().contains("false") {
            let members = Members::default().all(Location::Query, input);
            let query = write(&ALIBABA, &ROOT, &members).query;
            assert_eq!(sorted(query), sorted(pairs(sent, "query")), "{id}");
            equal += 1;
        } else if text(&vector["options"], "json_style") == "compact-utf8" {
            let body = written_body(text(vector, "provider"), input);
            assert_eq!(body, text(sent, "body"), "{id}");
            equal += 1;
        }
    }
    println!("encode: {equal} captured requests equal");
    assert!(equal >= 50, "{equal} is too few");
}

fn written_body(provider: &str, input: &Json) -> String {
    let request = if provider == "tencent" {
        write(
            &TENCENT,
            &ROOT,
            &Members::default().all(Location::Body, input),
        )
    } else {
        let unset = Members::default().with(Location::Body, "unset", Value::Absent);
        write(&HUAWEI, &ROOT, &unset.all(Location::Body, &input["body"]))
    };
    String::from_utf8(request.body).expect("JSON is UTF-8")
}
