//! `AssumeRole` of Alibaba Cloud and Tencent Cloud.

use std::sync::Arc;
use std::time::Duration;

use yunspec_runtime::credentials::{AssumeRole, Cached};
use yunspec_runtime::{Credentials, CredentialsError, CredentialsSource, Json};
use yunspec_tests::server::{Answer, Server};

use crate::common::{CANARY, Home, NOW, Note, at, found, refusal, secret};

const ROLE: &str = "acs:ram::1:role/r";

pub(crate) fn alibaba_answer() -> Answer {
    let (key, token) = (secret("key"), secret("token"));
    Answer::new(200).body(format!(
        r#"{{"RequestId":"r1","AssumedRoleUser":{{"Arn":"a"}},"Credentials":{{
        "AccessKeyId":"STS.id","AccessKeySecret":"{key}","SecurityToken":"{token}",
        "Expiration":"2026-01-02T04:04:05Z"}}}}"#
    ))
}

pub(crate) fn tencent_answer() -> Answer {
    let (key, token, end) = (secret("key"), secret("token"), NOW + 7200);
    Answer::new(200).body(format!(
        r#"{{"Response":{{"RequestId":"r1","Credentials":{{"TmpSecretId":"id",
        "TmpSecretKey":"{key}","Token":"{token}"}},"ExpiredTime":{end}}}}}"#
    ))
}

fn own() -> Credentials {
    Credentials::new("ownid", secret("own")).security_token(secret("owntoken"))
}

fn alibaba(server: &Server) -> AssumeRole {
    let role = AssumeRole::alibaba(own(), ROLE).surroundings(Home::new().surroundings());
    role.endpoint(server.url())
}

fn tencent(server: &Server) -> AssumeRole {
    let role = AssumeRole::tencent(own(), "qcs::cam::uin/1:roleName/r");
    role.surroundings(Home::new().surroundings())
        .endpoint(server.url())
}

#[tokio::test]
async fn alibaba_signs_with_the_source_s_own_keys() {
    let server = Server::start([alibaba_answer()]);
    let role = alibaba(&server)
        .session_name("me@host")
        .duration(Duration::from_secs(900));
    let keys = found(&role.policy("{\"a\": 1}").external_id("e/1")).await;
    assert_eq!(
        (keys.access_key_id.as_str(), keys.provider),
        ("STS.id", "ram_role_arn")
    );
    assert_eq!(keys.access_key_secret.expose(), secret("key"));
    assert_eq!(
        keys.security_token.expect("temporary").expose(),
        secret("token")
    );
    assert_eq!(keys.expires_at, Some(at(NOW + 3600)));

    let seen = server.request();
    assert_eq!((seen.method.as_str(), seen.path()), ("POST", "/"));
    let mut query = seen.query();
    query.sort_unstable();
    let expected = [
        ("DurationSeconds", "900"),
        ("ExternalId", "e%2F1"),
        ("Policy", "%7B%22a%22%3A%201%7D"),
        ("RoleArn", "acs%3Aram%3A%3A1%3Arole%2Fr"),
        ("RoleSessionName", "me%40host"),
    ];
    assert_eq!(query, expected);
    let header = |name| seen.header(name).unwrap_or_default();
    assert_eq!(header("x-acs-action"), "AssumeRole");
    assert_eq!(header("x-acs-version"), "2015-04-01");
    assert_eq!(header("x-acs-date"), "2026-01-02T03:04:05Z");
    assert_eq!(header("x-acs-security-token"), secret("owntoken"));
    let start = "ACS3-HMAC-SHA256 Credential=ownid,SignedHeaders=";
    assert!(header("authorization").starts_with(start));
}

#[tokio::test]
async fn tencent_signs_with_the_source_s_own_keys() {
    let server = Server::start([tencent_answer()]);
    let keys = found(&tencent(&server)).await;
    assert_eq!(keys.access_key_id, "id");
    assert_eq!(keys.expires_at, Some(at(NOW + 7200)));

    let seen = server.request();
    let body: Json = seen.text().parse().expect("JSON");
    let expected = serde_json::json!({
        "RoleArn": "qcs::cam::uin/1:roleName/r",
        "RoleSessionName": "yunspec-9f5a4d3c2b1e",
        "DurationSeconds": 7200,
    });
    assert_eq!(body, expected);
    let header = |name| seen.header(name).unwrap_or_default();
    assert_eq!(header("x-tc-action"), "AssumeRole");
    assert_eq!(header("x-tc-version"), "2018-08-13");
    assert_eq!(header("x-tc-region"), "ap-guangzhou");
    assert_eq!(header("x-tc-timestamp"), NOW.to_string());
    assert_eq!(header("x-tc-token"), secret("owntoken"));
    let start = "TC3-HMAC-SHA256 Credential=ownid/2026-01-02/sts/tc3_request, ";
    assert!(header("authorization").starts_with(start));
}

#[tokio::test]
async fn the_host_follows_the_region() {
    let vpc = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";
    let region = "ALIBABA_CLOUD_STS_REGION";
    let cases = [
        (Home::new(), None, "https://sts.aliyuncs.com"),
        (
            Home::new(),
            Some("cn-hangzhou"),
            "https://sts.cn-hangzhou.aliyuncs.com",
        ),
        (
            Home::new().set(region, "cn-beijing"),
            None,
            "https://sts.cn-beijing.aliyuncs.com",
        ),
        (
            Home::new().set(region, "cn-beijing").set(vpc, "true"),
            Some("cn-hangzhou"),
            "https://sts-vpc.cn-hangzhou.aliyuncs.com",
        ),
        (
            Home::new().set(vpc, "true"),
            None,
            "https://sts.aliyuncs.com",
        ),
    ];
    for (home, region, expected) in cases {
        let network = Arc::new(Note::default());
        let home = home.network(network.clone());
        let role = AssumeRole::alibaba(own(), ROLE).surroundings(home.surroundings());
        let role = match region {
            Some(region) => role.region(region),
            None => role,
        };
        refusal(&role).await;
        assert_eq!(network.urls(), [expected]);
    }
    let network = Arc::new(Note::default());
    let home = Home::new().network(network.clone());
    refusal(&AssumeRole::tencent(own(), "r").surroundings(home.surroundings())).await;
    assert_eq!(network.urls(), ["https://sts.tencentcloudapi.com"]);
}

#[tokio::test]
async fn a_hostile_region_or_endpoint_sends_nothing() {
    let regions = [
        "x@evil.example/#",
        "a.b",
        "CN",
        "-a",
        "",
        " ",
        "a/b",
        "a\r\nb",
        "中",
        "..",
    ];
    let urls = [
        "http://evil.example",
        "https://u:p@evil.example",
        "https://a/b",
        "https://a?b",
        "//a",
        "https://",
        "file:///etc/passwd",
    ];
    let network = Arc::new(Note::default());
    let around = Home::new().network(network.clone()).surroundings();
    let role = || AssumeRole::alibaba(own(), ROLE).surroundings(around.clone());
    for region in regions {
        refusal(&role().region(region)).await;
    }
    for url in urls {
        refusal(&role().endpoint(url)).await;
    }
    assert!(network.urls().is_empty(), "{:?}", network.urls());
}

#[tokio::test]
async fn a_refusal_tells_code_message_and_request_id() {
    let body = r#"{"Code":"NoPermission","Message":"not\nyours","RequestId":"r7"}"#;
    let server = Server::start([Answer::new(403).body(body)]);
    let why = refusal(&alibaba(&server)).await;
    let expected = format!(
        "no credentials: AssumeRole at {}: NoPermission: not yours (HTTP 403, request id r7)",
        server.host()
    );
    assert_eq!(why, expected);

    let body = r#"{"Response":{"Error":{"Code":"AuthFailure.X","Message":"m"},"RequestId":"r"}}"#;
    let server = Server::start([Answer::new(200).body(body)]);
    let why = refusal(&tencent(&server)).await;
    assert!(
        why.ends_with(": AuthFailure.X: m (HTTP 200, request id r)"),
        "{why}"
    );
}

#[tokio::test]
async fn what_may_pass_is_tried_twice_and_signed_twice() {
    let busy = Answer::new(503).body(r#"{"Code":"ServiceUnavailable"}"#);
    for first in [busy, Answer::new(429), Answer::hang_up(), Answer::reset()] {
        let server = Server::start([first, alibaba_answer()]);
        found(&alibaba(&server)).await;
        assert_eq!(server.requests().len(), 2);
    }
    let server = Server::start((0..3).map(|_| Answer::new(502).body("<html>")));
    let why = refusal(&alibaba(&server)).await;
    assert!(
        why.contains("refused without an error code (HTTP 502)"),
        "{why}"
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn odd_answers_are_refused_and_not_shown() {
    let with = |body: &str| Answer::new(200).body(body.replace("KEY", CANARY));
    let cases = [
        ("an empty answer", with("")),
        ("cannot be read", with("<html>KEY</html>")),
        ("cannot be read", with("{\"Credentials\":KEY")),
        ("Credentials is missing", with("{}")),
        ("Credentials is missing", with("[]")),
        ("no JSON object with keys", with(r#"{"Credentials":"KEY"}"#)),
        (
            "AccessKeySecret is missing",
            with(r#"{"Credentials":{"AccessKeyId":"a"}}"#),
        ),
        (
            "SecurityToken is missing",
            with(r#"{"Credentials":{"AccessKeyId":"a","AccessKeySecret":"KEY"}}"#),
        ),
        (
            "Expiration is no time",
            with(r#"{"Credentials":{"AccessKeyId":"a","Expiration":"KEY"}}"#),
        ),
        (
            "the security token holds a line break",
            with(
                r#"{"Credentials":{"AccessKeyId":"a","AccessKeySecret":"KEY","SecurityToken":"KEY\n"}}"#,
            ),
        ),
        ("larger than", with(&"x".repeat(2 << 20))),
        (
            "HTTP 307",
            Answer::new(307).header("Location", "http://127.0.0.1:1/"),
        ),
    ];
    for (expected, answer) in cases {
        let server = Server::start([answer.clone(), answer]);
        let why = refusal(&alibaba(&server)).await;
        assert!(why.contains(expected), "{expected}: {why}");
    }
}

#[tokio::test]
async fn a_service_that_echoes_the_token_does_not_leak_it() {
    let token = secret("owntoken");
    let body = format!(r#"{{"Code":"InvalidSecurityToken","Message":"bad {token}!"}}"#);
    let server = Server::start([Answer::new(403).body(body)]);
    let why = refusal(&alibaba(&server)).await;
    assert!(why.contains("bad ***!"), "{why}");
}

#[tokio::test]
async fn without_keys_of_its_own_nothing_is_sent() {
    let server = Server::start([]);
    let around = Home::new().surroundings();
    let none = || async { Err(CredentialsError::other("none here")) };
    let role = AssumeRole::alibaba(none, ROLE).endpoint(server.url());
    let why = refusal(&role.surroundings(around.clone())).await;
    assert_eq!(
        why,
        "no credentials: the keys that take on the role: none here"
    );

    let broken = Credentials::new("id", format!("{CANARY}\n"));
    let role = AssumeRole::alibaba(broken, ROLE).endpoint(server.url());
    let why = refusal(&role.surroundings(around)).await;
    assert!(
        why.contains("the access key secret holds a line break"),
        "{why}"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_take_on_the_role_once() {
    let server = Server::start([alibaba_answer().delay(Duration::from_millis(50))]);
    let cached = Cached::new(alibaba(&server)).clock(|| at(NOW));
    let callers = (0..1000).map(|_| {
        let cached = cached.clone();
        tokio::spawn(async move { cached.credentials().await })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller
            .await
            .expect("no caller panics")
            .expect("credentials");
    }
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn no_source_shows_its_keys() {
    let role = AssumeRole::alibaba(own(), ROLE)
        .policy(CANARY)
        .external_id(CANARY);
    crate::common::quiet(&format!("{role:?}"));
}
