//! What is refused for what it says, and in which form.

use serde_json::json;
use yunspec::mock::Mock;
use yunspec_runtime::{Credentials, Stamp};

use super::stand::{last, send, start, untyped};

#[tokio::test]
async fn what_breaks_the_spec_is_refused_with_the_member_and_the_rule() {
    let mock = start();
    let cases = [
        (
            "alibaba/ram/UpdateUser",
            json!({}),
            "UserName: is required",
            "MissingParameter",
        ),
        (
            "alibaba/ram/UpdateUser",
            json!({ "UserName": "a b" }),
            "UserName: must match",
            "InvalidParameter",
        ),
        (
            "alibaba/live/ModifyLiveMessageUserInfo",
            json!({ "AppId": "a", "UserId": "u", "UserMetaInfo": "x".repeat(513) }),
            "UserMetaInfo: must",
            "InvalidParameter",
        ),
        (
            "alibaba/quickbi-public/UpdateUser",
            json!({ "UserId": "u", "UserType": 11, "RoleIds": "1,2,3,4" }),
            "RoleIds: must",
            "InvalidParameter",
        ),
        (
            "tencent/cam/UpdateUser",
            json!({ "Remark": "r" }),
            "Name: is required",
            "MissingParameter",
        ),
    ];
    for (id, input, why, code) in cases {
        let error = untyped(&mock, id, &input).await.expect_err("refused");
        assert!(
            error.contains(why) && error.starts_with(code),
            "{id}: {error}"
        );
        assert_eq!(last(&mock)["accepted"], false);
    }
    // What no client of ours would write is signed by hand.
    let id = "huawei/workspace/UpdateUserInfo";
    for (body, why) in [
        (
            r#"{"disabled":"yes"}"#,
            "disabled: expected true or false, found a text",
        ),
        (r#"{"nope":1}"#, "no member \"nope\""),
        (
            r#"{"user_id":"u"}"#,
            "user_id: does not belong into the body",
        ),
        ("[]", "the body: expected an object"),
        ("{", "the body: no JSON (line 1, column 1)"),
    ] {
        let request = signed_by_hand(&mock, body);
        let (status, answer) = send(&mock, &request);
        let message = answer["error_msg"].as_str().unwrap_or_default();
        assert!(
            status == 400 && message.contains(why),
            "{id}: {status} {answer}"
        );
    }
}

/// A request of the REST style with a body that has another form than its spec.
fn signed_by_hand(mock: &Mock, body: &str) -> String {
    use yunspec_runtime::protocol::HttpRequest;
    use yunspec_runtime::sign::{Digest, sdk_hmac};
    let host = mock.url().trim_start_matches("http://").to_owned();
    let request = HttpRequest {
        method: http::Method::PUT,
        host: host.clone(),
        path: "/v2/mock-huawei-project/users/u".to_owned(),
        query: Vec::new(),
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
    };
    let keys = Credentials::new("mock-huawei-key-id", "mock-huawei-key-secret");
    let variant = sdk_hmac::Variant::Plain(Digest::Sha256);
    let signed =
        sdk_hmac::sign(&request, &keys, &Stamp::now(), variant).expect("it signs");
    let header = |(name, value): &(http::HeaderName, http::HeaderValue)| {
        format!("{name}: {}\r\n", value.to_str().expect("ASCII"))
    };
    let headers: String = signed.headers.iter().map(header).collect();
    let (path, length) = (request.path, body.len());
    format!(
        "PUT {path} HTTP/1.1\r\nhost: {host}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

#[tokio::test]
async fn what_is_no_operation_is_refused_in_the_form_of_its_provider() {
    let mock = start();
    let ask = |head: &str| {
        send(
            &mock,
            &format!("{head}\r\nhost: h\r\nconnection: close\r\n\r\n"),
        )
    };
    let (status, body) = ask("POST / HTTP/1.1\r\nx-acs-action: Nope\r\nx-acs-version: 1");
    assert_eq!(
        (status, &body["Code"]),
        (404, &json!("InvalidAction.NotFound"))
    );
    let (status, body) =
        ask("POST / HTTP/1.1\r\nx-acs-action: UpdateUser\r\nx-acs-version: 1");
    assert_eq!((status, &body["Code"]), (400, &json!("InvalidVersion")));
    let (status, body) = ask("POST /?Action=UpdateUser&Version=2015-05-01 HTTP/1.1");
    assert_eq!(
        (status, &body["Code"]),
        (400, &json!("IncompleteSignature"))
    );
    let (status, body) = ask("POST / HTTP/1.1\r\nx-tc-action: Nope");
    assert_eq!(
        (status, &body["Response"]["Error"]["Code"]),
        (200, &json!("InvalidAction"))
    );
    let (status, body) = ask("DELETE /v2/p/users/u HTTP/1.1");
    assert_eq!((status, &body["error_code"]), (404, &json!("APIGW.0101")));
    let why = last(&mock)["why"].as_str().unwrap_or_default().to_owned();
    assert!(
        why.contains("PUT /v2/{project_id}/users/{user_id}"),
        "{why}"
    );
}
