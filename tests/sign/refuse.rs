//! What is refused before anything is sent, and what it says.

use yunspec_runtime::credentials::Credentials;
use yunspec_runtime::endpoint::EndpointError;
use yunspec_runtime::protocol::{EncodeError, HttpRequest, Options, encode};
use yunspec_runtime::sign::{Scope, Signed, Signing, sign, tc3::DailyKeys};
use yunspec_runtime::value::{Encode, List, Location, Style, Value};
use yunspec_runtime::{Call, Retry, Service};

use crate::data::{ALIBABA, ALIBABA_ROA, HUAWEI, Members, TENCENT, bare, stamp};

const USER: Call<'static> = Call {
    name: "UpdateUserInfo",
    method: "PUT",
    path: "/v2/{project_id}/users/{user_id}",
    retry: Retry::Unsafe,
    ..Call::PLAIN
};

fn try_write(call: &Call<'_>, members: &Members<'_>) -> Result<HttpRequest, EncodeError> {
    let keys = Credentials::new("id", "secret");
    encode(
        &HUAWEI,
        call,
        members,
        "host.example",
        &keys,
        Options::default(),
    )
}

fn refused(call: &Call<'_>, members: &Members<'_>) -> EncodeError {
    try_write(call, members).expect_err("it has no place on the wire")
}

#[test]
fn path_values_that_change_the_route() {
    let call = Call {
        path: "/users/{user_id}",
        ..USER
    };
    for value in ["", ".", ".."] {
        let members = Members::default().with(
            Location::Path,
            "user_id",
            Value::String(value.into()),
        );
        let expected = EndpointError::PathValue {
            member: "user_id".to_owned(),
        };
        assert_eq!(
            refused(&call, &members),
            EncodeError::Endpoint(expected),
            "{value:?}"
        );
    }
    let absent = Members::default().with(Location::Path, "user_id", Value::Absent);
    assert!(matches!(refused(&call, &absent), EncodeError::Endpoint(_)));
    for value in ["...", "..a", "%2e%2e", "../x"] {
        let members = Members::default().with(
            Location::Path,
            "user_id",
            Value::String(value.into()),
        );
        let path = try_write(&call, &members).expect("one segment").path;
        assert_eq!(path.split('/').count(), 3, "{path}");
    }
}

#[test]
fn no_placeholder_survives() {
    let user = || Members::default().with(Location::Path, "user_id", Value::Integer(1));
    assert_eq!(refused(&USER, &user()), EncodeError::ProjectMissing);
    let text = EncodeError::ProjectMissing.to_string();
    assert!(
        text.contains("{project_id}") && text.contains("Credentials::project_id"),
        "{text}"
    );
    for path in ["/{other}", "/{user_id", "/{}", "/{user_id}/{other"] {
        let error = refused(&Call { path, ..USER }, &user());
        assert!(
            matches!(error, EncodeError::Placeholder { .. }),
            "{path}: {error}"
        );
    }
}

#[test]
fn values_without_a_place() {
    let list = vec![1_i64];
    let nested = vec![vec![1_i64]];
    let call = Call { path: "/", ..USER };
    let none = Members::default;
    let cases = [
        (
            none().with(Location::Path, "m", list.encode()),
            "m: an array does not fit into a path",
        ),
        (
            none().with(Location::Host, "m", Value::String("a.b".into())),
            "m: not a DNS label",
        ),
        (
            none().styled(Style::Comma, "m", nested.encode()),
            "m: an array does not fit into a query or a form",
        ),
        (
            none().with(Location::Body, "m", Value::Number(f64::NAN)),
            "m: NaN and infinity",
        ),
        (
            none().with(Location::Query, "m", Value::Number(f64::INFINITY)),
            "m: NaN",
        ),
        (
            none().with(Location::Header, "m", Value::String("a\r\nb: c".into())),
            "header m: ",
        ),
        (
            none().with(Location::Header, "m m", Value::Integer(1)),
            "header m m: ",
        ),
        (
            none().with(Location::Body, "m", Value::Integer(1)).with(
                Location::Form,
                "n",
                Value::Integer(1),
            ),
            "JSON members and a form",
        ),
    ];
    for (members, expected) in cases {
        let text = refused(&call, &members).to_string();
        assert!(text.contains(expected), "{text:?} should say {expected:?}");
    }
    let error = refused(
        &Call {
            method: "PO ST",
            ..call
        },
        &none(),
    );
    assert_eq!(error, EncodeError::Method("PO ST".to_owned()));
}

/// An array that holds itself: no depth is enough.
struct Endless;

impl List for Endless {
    fn len(&self) -> usize {
        1
    }
    fn item(&self, _: usize) -> Value<'_> {
        Value::List(self)
    }
}

#[test]
fn endless_values() {
    let call = Call { path: "/", ..USER };
    for location in [
        Location::Body,
        Location::Payload,
        Location::Query,
        Location::Form,
    ] {
        let members = Members::default().with(location, "m", Value::List(&Endless));
        let expected = EncodeError::Depth {
            member: "m".to_owned(),
            limit: 128,
        };
        assert_eq!(refused(&call, &members), expected, "{location:?}");
    }
    let mut deep = serde_json::Value::Null;
    for _ in 0..127 {
        deep = serde_json::Value::Array(vec![deep]);
    }
    let members = || Members::default().with(Location::Body, "m", Value::Json(&deep));
    assert!(try_write(&call, &members()).is_ok(), "as deep as the limit");
    let deeper = serde_json::Value::Array(vec![deep.clone()]);
    let members = Members::default().with(Location::Body, "m", Value::Json(&deeper));
    assert!(matches!(
        refused(&call, &members),
        EncodeError::Depth { .. }
    ));
}

fn try_sign(
    service: &Service,
    signing: Signing,
    keys: &Credentials,
    region: Option<&str>,
) -> Result<Signed, EncodeError> {
    let scope = Scope {
        signing,
        service,
        action: "A",
        region,
        keys: &DailyKeys::default(),
    };
    let stamp = stamp("2026-01-02T03:04:05Z", "n");
    sign(&bare("POST", "h", "/"), keys, &stamp, &scope)
}

#[test]
fn signatures_that_a_service_does_not_know() {
    let keys = Credentials::new("id", "secret");
    let all = [
        Signing::Standard,
        Signing::Sm3,
        Signing::HmacSha1,
        Signing::Derived,
    ];
    let known = |service| all.map(|one| try_sign(service, one, &keys, Some("r")).is_ok());
    assert_eq!(known(&ALIBABA), [true, true, true, false]);
    assert_eq!(known(&ALIBABA_ROA), [true, true, false, false]);
    assert_eq!(known(&TENCENT), [true, false, false, false]);
    assert_eq!(known(&HUAWEI), [true, true, false, true]);
    let error = try_sign(&HUAWEI, Signing::Derived, &keys, None).expect_err("no region");
    assert!(error.to_string().contains("needs a region"), "{error}");
}

#[test]
fn keys_that_cannot_sign() {
    let sign =
        |service, keys: &Credentials| try_sign(service, Signing::Standard, keys, None);
    for service in [&ALIBABA, &TENCENT, &HUAWEI] {
        for keys in [Credentials::new("", "s"), Credentials::new("i", "")] {
            assert_eq!(sign(service, &keys), Err(EncodeError::KeyMissing));
        }
        let error = sign(service, &Credentials::new("i\nd", "s")).expect_err("two lines");
        assert_eq!(
            error,
            EncodeError::Header {
                name: "authorization".to_owned()
            }
        );
    }
    let token = Credentials::token("t");
    assert_eq!(sign(&TENCENT, &token), Err(EncodeError::KeyMissing));
    let signed = sign(&HUAWEI, &token).expect("a token stands in");
    assert_eq!((signed.headers.len(), signed.signature.as_str()), (1, ""));
    let shown = format!("{signed:?} {:?}", signed.headers);
    assert!(
        shown.contains("x-auth-token") && !shown.contains("\"t\""),
        "{shown}"
    );
}
