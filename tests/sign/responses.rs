//! Every answer that the official SDKs were given, read again: nothing that they keep is
//! lost, and what they lose is kept.

use std::time::Duration;

use http::{HeaderMap, HeaderName};
use yunspec_runtime::protocol::{Answer, Failure, Kind, read};
use yunspec_runtime::{Json, Protocol};

use crate::data::{array, pairs, shared, text};

/// Where we differ from the SDKs: the end of the case's id, and what we read.
///
/// `code|message|request id` of a failure, with `-` for none; or `ok`, `empty`, `unreadable`.
const BETTER: &[(&str, &str)] = &[
    // A status that says success does not make an answer of anything.
    ("alibaba.tea.ram.success_empty_body", "empty"),
    ("alibaba.tea.ram.success_204", "empty"),
    ("alibaba.tea.ram.success_html", "unreadable"),
    ("alibaba.core.ram.success_malformed", "unreadable"),
    ("huawei.workspace.success_204", "empty"),
    ("huawei.workspace.success_malformed", "unreadable"),
    ("huawei.workspace.success_html", "unreadable"),
    ("tencent.cam.no_response_key", "unreadable"),
    ("tencent.cam.malformed", "unreadable"),
    ("tencent.cam.html_200", "unreadable"),
    // An error is one whatever the content type, and null is none.
    (
        "tencent.cam.e200_error_no_ct",
        "FailedOperation|Operation failed.|b46d2afe-6893-4529-bc96-2c82d9214957",
    ),
    (
        "tencent.cam.e200_error_no_message",
        "X|-|b46d2afe-6893-4529-bc96-2c82d9214957",
    ),
    ("tencent.cam.e200_error_null", "ok"),
    // The code stays at any status.
    (
        "tencent.cam.e400_json",
        "InvalidParameter|m|b46d2afe-6893-4529-bc96-2c82d9214957",
    ),
    (
        "tencent.cam.e403",
        "AuthFailure.UnauthorizedOperation|No permission.|b46d2afe-6893-4529-bc96-2c82d9214957",
    ),
    (
        "tencent.cam.e429",
        "RequestLimitExceeded|m|b46d2afe-6893-4529-bc96-2c82d9214957",
    ),
    (
        "tencent.cam.e500_json",
        "InternalError|m|b46d2afe-6893-4529-bc96-2c82d9214957",
    ),
    (
        "huawei.workspace.e429",
        "APIGW.0308|The throttling threshold has been reached|REQ-1",
    ),
    ("huawei.workspace.e400_only_code", "E5|-|-"),
    ("alibaba.core.ram.e400_lowercase", "X|m|rid"),
    (
        "alibaba.core.ram.e404_xml",
        "EntityNotExist.User|The user does not exist.|RID-X",
    ),
    (
        "alibaba.tea.ram.e404_xml_other_ct",
        "EntityNotExist.User|The user does not exist.|RID-X",
    ),
    // No code is no code: neither the status nor the text None nor a Python exception.
    ("alibaba.tea.ram.e400_no_requestid", "X|m|-"),
    ("alibaba.tea.ram.e400_no_code", "-|-|R"),
    ("alibaba.tea.ram.e400_array", "-|-|-"),
    ("alibaba.tea.ram.e400_empty", "-|-|-"),
    ("alibaba.tea.ram.e400_malformed", "-|-|-"),
    ("alibaba.tea.ram.e500_empty", "-|-|-"),
    ("alibaba.tea.ram.e502_html", "-|-|-"),
    ("alibaba.core.ram.redirect_302", "-|-|-"),
    ("alibaba.core.ram.e500_empty", "-|-|-"),
    ("alibaba.core.ram.e502_html", "-|-|-"),
    ("alibaba.core.ram.e503_html", "-|-|-"),
    ("tencent.cam.e500_html", "-|-|-"),
    ("tencent.cam.e502_html", "-|-|-"),
    ("tencent.cam.e503_empty", "-|-|-"),
    ("huawei.workspace.e400_empty", "-|-|-"),
    ("huawei.workspace.e400_malformed", "-|-|-"),
    ("huawei.workspace.e400_string", "-|-|-"),
    ("huawei.workspace.e503_html", "-|-|-"),
];

#[test]
fn captured_answers() {
    let Some(file) = shared("vectors/responses.json") else {
        return;
    };
    let (mut same, mut better, mut without) = (0, 0, 0);
    for case in array(&file, "cases") {
        let response = &case["response"];
        if response["status"].is_null() {
            without += 1; // a dropped connection, or a sequence for the retries
            continue;
        }
        let id = text(case, "id");
        let read = summary(&answer(text(case, "provider"), response));
        if let Some((_, expected)) = BETTER.iter().find(|(known, _)| *known == id) {
            assert_eq!(read, *expected, "{id}");
            better += 1;
        } else {
            assert_eq!(read, sdk_summary(case), "{id}");
            same += 1;
        }
    }
    println!(
        "read: {same} answers as the SDK, {better} better, {without} without an answer"
    );
    assert_eq!(better, BETTER.len(), "every difference is a case");
    assert!(same > 45, "{same} is too few");
}

fn answer(provider: &str, response: &Json) -> Answer {
    let status = response["status"].as_u64().expect("a status");
    let headers = pairs(response, "headers")
        .into_iter()
        .map(crate::data::header)
        .collect();
    let status = u16::try_from(status).expect("a small number");
    read(
        protocol(provider),
        status,
        &headers,
        text(response, "body").as_bytes(),
    )
}

fn protocol(provider: &str) -> Protocol {
    match provider {
        "alibaba" => Protocol::ACS_RPC,
        "tencent" => Protocol::TC3_JSON,
        _ => Protocol::SDK_HMAC_REST,
    }
}

fn summary(answer: &Answer) -> String {
    let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    match answer {
        Answer::Success { .. } => "ok".to_owned(),
        Answer::Empty { .. } => "empty".to_owned(),
        Answer::Unreadable { .. } => "unreadable".to_owned(),
        Answer::Failure(Failure {
            code,
            message,
            request_id,
            ..
        }) => [code, message, request_id].map(or_dash).join("|"),
    }
}

/// What the SDK kept, under the names that its exceptions have.
fn sdk_summary(case: &Json) -> String {
    if text(case, "outcome") == "ok" {
        return "ok".to_owned();
    }
    let fields = &case["exception"]["fields"];
    let first = |names: &[&str]| {
        let known = names.iter().find_map(|name| fields.get(*name));
        match known {
            Some(Json::String(text)) => text.clone(),
            Some(Json::Number(number)) => number.to_string(),
            _ => "-".to_owned(),
        }
    };
    let id = first(&["request_id", "requestId"]);
    let mut message = first(&["message", "error_msg"]);
    if text(case, "id").starts_with("alibaba.tea.") {
        // The SDK wraps the message of the service into words of its own.
        let status = case["response"]["status"].as_u64().expect("a status");
        let start = format!("code: {status}, ");
        let inner = message.strip_prefix(&start);
        let inner =
            inner.and_then(|text| text.strip_suffix(&format!(" request id: {id}")));
        message = inner.map(str::to_owned).expect("the SDK's own words");
    }
    [first(&["code", "error_code"]), message, id].join("|")
}

#[test]
fn the_envelope_is_gone_and_the_rest_is_kept() {
    let headers = HeaderMap::new();
    let body = br#"{"Response":{"RequestId":"r","New":{"a":1}}}"#;
    let json = serde_json::json!({ "RequestId": "r", "New": { "a": 1 } });
    let success = Answer::Success {
        json,
        request_id: Some("r".to_owned()),
    };
    assert_eq!(read(Protocol::TC3_JSON, 200, &headers, body), success);

    let xml = b"<?xml version='1.0'?>\n<CreateUserResponse><RequestId>r</RequestId>\
        <User><UserName>x</UserName></User></CreateUserResponse>";
    let json = serde_json::json!({ "RequestId": "r", "User": { "UserName": "x" } });
    let success = Answer::Success {
        json,
        request_id: Some("r".to_owned()),
    };
    assert_eq!(read(Protocol::ACS_RPC, 200, &headers, xml), success);
}

#[test]
fn an_id_in_the_headers_survives_any_body() {
    let cases = [
        (Protocol::ACS_RPC, "x-acs-request-id"),
        (Protocol::TC3_JSON, "x-request-id"),
        (Protocol::SDK_HMAC_REST, "X-Request-Id"),
    ];
    for (protocol, name) in cases {
        let name: HeaderName = name.parse().expect("a header's name");
        let headers: HeaderMap = [(name, "id".parse().expect("a value"))]
            .into_iter()
            .collect();
        for status in [200, 204, 302, 400, 502] {
            for body in [
                "",
                "<html><p>x</p></html>",
                "{\"a\":",
                "\u{feff}",
                "<a><b></a>",
            ] {
                let answer = read(protocol, status, &headers, body.as_bytes());
                let id = match &answer {
                    Answer::Failure(failure) if status > 299 => &failure.request_id,
                    Answer::Empty { request_id } if status < 300 => request_id,
                    Answer::Unreadable { request_id, .. } if status < 300 => request_id,
                    other => panic!("{status} {body:?}: {other:?}"),
                };
                assert_eq!(id.as_deref(), Some("id"), "{status} {body:?}");
            }
        }
    }
}

#[test]
fn what_a_caller_can_do() {
    let Some(file) = shared("vectors/responses.json") else {
        return;
    };
    let expected = [
        ("alibaba.tea.ram.e400_throttling", Kind::Throttling),
        ("alibaba.tea.ram.e429_retry_after", Kind::Throttling),
        ("alibaba.tea.ram.e502_html", Kind::Transient),
        ("alibaba.tea.ram.e400_signature", Kind::Auth),
        ("alibaba.tea.ram.e403", Kind::Auth),
        ("alibaba.tea.ram.e404", Kind::Other),
        ("tencent.cam.e200_limit", Kind::Throttling),
        ("tencent.cam.e200_internal", Kind::Transient),
        ("tencent.cam.e403", Kind::Auth),
        ("tencent.cam.e503_empty", Kind::Transient),
        ("huawei.workspace.e429", Kind::Throttling),
        ("huawei.workspace.e503_html", Kind::Transient),
        ("huawei.workspace.e403", Kind::Auth),
        ("huawei.workspace.e400_mixed", Kind::Other),
    ];
    for (id, kind) in expected {
        let failure = captured(&file, id);
        assert_eq!(failure.kind, kind, "{id}");
    }
    let pause = captured(&file, "alibaba.tea.ram.e429_retry_after").retry_after;
    assert_eq!(pause, Some(Duration::from_secs(2)));
}

#[test]
fn details_are_kept_and_not_shown() {
    let Some(file) = shared("vectors/responses.json") else {
        return;
    };
    let denied = captured(&file, "alibaba.tea.ram.e403");
    assert_eq!(
        denied.details["AccessDeniedDetail"]["AuthAction"],
        "ram:UpdateUser"
    );
    let denied = captured(&file, "huawei.workspace.e403");
    assert_eq!(denied.details["encoded_authorization_message"], "XYZ");
    assert!(!format!("{denied:?}").contains("XYZ"));
}

fn captured(file: &Json, id: &str) -> Failure {
    let mut cases = array(file, "cases").iter();
    let case = cases
        .find(|case| text(case, "id") == id)
        .expect("the case is there");
    match answer(text(case, "provider"), &case["response"]) {
        Answer::Failure(failure) => failure,
        other => panic!("{id}: {other:?}"),
    }
}
