//! The metadata services of the three clouds.

use std::sync::Arc;
use std::time::{Duration, Instant};

use yunspec_runtime::Protocol;
use yunspec_runtime::credentials::Metadata;
use yunspec_tests::server::{Answer, Server};

use crate::common::{CANARY, Home, NOW, Note, at, found, refusal, secret};

const ALL: [Protocol; 3] = [
    Protocol::ACS_RPC,
    Protocol::TC3_JSON,
    Protocol::SDK_HMAC_REST,
];

fn ok(body: impl Into<Vec<u8>>) -> Answer {
    Answer::new(200).body(body)
}

fn alibaba_keys() -> String {
    let (key, token) = (secret("key"), secret("token"));
    format!(
        r#"{{"Code":"Success","AccessKeyId":"STS.id","AccessKeySecret":"{key}",
        "SecurityToken":"{token}","Expiration":"2026-01-02T09:04:05Z","LastUpdated":"x"}}"#
    )
}

fn tencent_keys() -> String {
    let (key, token, end) = (secret("key"), secret("token"), NOW + 7200);
    format!(
        r#"{{"Code":"Success","TmpSecretId":"id","TmpSecretKey":"{key}","Token":"{token}",
        "ExpiredTime":{end},"Expiration":"2026-01-02T05:04:05Z"}}"#
    )
}

fn huawei_keys() -> String {
    let (key, token) = (secret("key"), secret("token"));
    format!(
        r#"{{"credential":{{"access":"id","secret":"{key}","securitytoken":"{token}",
        "expires_at":"2026-01-03T03:04:05.000000Z"}}}}"#
    )
}

fn source(protocol: Protocol, home: &Home, server: &Server) -> Metadata {
    Metadata::of(protocol)
        .surroundings(home.surroundings())
        .base_url(server.url())
}

#[tokio::test]
async fn alibaba_with_a_token() {
    let server = Server::start([ok(secret("tok")), ok(" my-role\n"), ok(alibaba_keys())]);
    let keys = found(&source(Protocol::ACS_RPC, &Home::new(), &server)).await;
    assert_eq!(
        (keys.access_key_id.as_str(), keys.provider),
        ("STS.id", "ecs_ram_role")
    );
    assert_eq!(keys.access_key_secret.expose(), secret("key"));
    assert_eq!(
        keys.security_token.expect("temporary").expose(),
        secret("token")
    );
    assert_eq!(keys.expires_at, Some(at(NOW + 6 * 3600)));
    let seen = server.requests();
    assert_eq!(
        (seen[0].method.as_str(), seen[0].path()),
        ("PUT", "/latest/api/token")
    );
    assert_eq!(
        seen[0].header("X-aliyun-ecs-metadata-token-ttl-seconds"),
        Some("60")
    );
    let path = "/latest/meta-data/ram/security-credentials/";
    assert_eq!((seen[1].method.as_str(), seen[1].path()), ("GET", path));
    assert_eq!(seen[2].path(), [path, "my-role"].concat());
    for request in &seen[1..] {
        let token = request.header("X-aliyun-ecs-metadata-token");
        assert_eq!(token, Some(secret("tok").as_str()));
    }
}

#[tokio::test]
async fn alibaba_without_a_token_where_that_is_allowed() {
    let script = || [Answer::new(404), ok("role"), ok(alibaba_keys())];
    let server = Server::start(script());
    found(&source(Protocol::ACS_RPC, &Home::new(), &server)).await;
    let seen = server.requests();
    assert_eq!(seen.len(), 3);
    assert!(
        seen[1..]
            .iter()
            .all(|one| one.header("x-aliyun-ecs-metadata-token").is_none())
    );

    let home = Home::new().set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
    let server = Server::start(script());
    let why = refusal(&source(Protocol::ACS_RPC, &home, &server)).await;
    assert!(why.contains("gives no token (HTTP 404)"), "{why}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_role_may_be_known() {
    let home = Home::new().set("ALIBABA_CLOUD_ECS_METADATA", "known");
    let server = Server::start([ok("tok"), ok(alibaba_keys())]);
    found(&source(Protocol::ACS_RPC, &home, &server)).await;
    assert!(server.requests()[1].path().ends_with("/known"));

    let server = Server::start([ok(tencent_keys())]);
    found(&source(Protocol::TC3_JSON, &Home::new(), &server).role("given")).await;
    assert!(server.request().path().ends_with("/given"));
}

#[tokio::test]
async fn tencent_has_no_token() {
    let server = Server::start([ok("my_role"), ok(tencent_keys())]);
    let keys = found(&source(Protocol::TC3_JSON, &Home::new(), &server)).await;
    assert_eq!(keys.access_key_id, "id");
    assert_eq!(keys.expires_at, Some(at(NOW + 7200)));
    let seen = server.requests();
    let path = "/latest/meta-data/cam/security-credentials/";
    assert_eq!((seen[0].method.as_str(), seen[0].path()), ("GET", path));
    assert_eq!(seen[1].path(), [path, "my_role"].concat());
}

#[tokio::test]
async fn huawei_with_and_without_a_token() {
    let home = Home::new().set("HUAWEICLOUD_SDK_PROJECT_ID", "p1");
    let server = Server::start([ok(secret("tok")), ok(huawei_keys())]);
    let keys = found(&source(Protocol::SDK_HMAC_REST, &home, &server)).await;
    assert_eq!(keys.project_id.as_deref(), Some("p1"));
    assert_eq!(keys.expires_at, Some(at(NOW + 24 * 3600)));
    let seen = server.requests();
    assert_eq!(
        (seen[0].method.as_str(), seen[0].path()),
        ("PUT", "/meta-data/latest/api/token")
    );
    assert_eq!(seen[0].header("X-Metadata-Token-Ttl-Seconds"), Some("60"));
    assert_eq!(seen[1].path(), "/openstack/latest/securitykey");
    assert_eq!(
        seen[1].header("X-Metadata-Token"),
        Some(secret("tok").as_str())
    );

    let server = Server::start([Answer::new(405), ok(huawei_keys())]);
    found(&source(Protocol::SDK_HMAC_REST, &home, &server)).await;
    assert_eq!(server.requests()[1].header("X-Metadata-Token"), None);
}

#[tokio::test]
async fn what_the_services_say_when_no_role_is_bound() {
    let agency = r#"{"error":"Please configure Cloud Service Agency first"}"#;
    let cases = [
        (
            Protocol::ACS_RPC,
            vec![ok("tok"), Answer::new(404)],
            "no role is bound",
        ),
        (
            Protocol::TC3_JSON,
            vec![Answer::new(404)],
            "no role is bound",
        ),
        (
            Protocol::SDK_HMAC_REST,
            vec![ok("tok"), Answer::new(401).body(agency)],
            "no agency is bound",
        ),
    ];
    for (protocol, script, expected) in cases {
        let server = Server::start(script);
        let why = refusal(&source(protocol, &Home::new(), &server)).await;
        assert!(
            why.starts_with("no credentials: instance metadata: "),
            "{why}"
        );
        assert!(why.contains(expected), "{why}");
    }
}

#[tokio::test]
async fn each_has_an_off_switch() {
    let switches = [
        "ALIBABA_CLOUD_ECS_METADATA_DISABLED",
        "TENCENTCLOUD_METADATA_DISABLED",
        "HUAWEICLOUD_SDK_METADATA_DISABLED",
    ];
    for (protocol, switch) in ALL.into_iter().zip(switches) {
        for on in ["true", "TRUE", " 1 "] {
            let network = Arc::new(Note::default());
            let home = Home::new().set(switch, on).network(network.clone());
            let source = Metadata::of(protocol).surroundings(home.surroundings());
            let why = refusal(&source).await;
            assert_eq!(
                why,
                format!("no credentials: instance metadata: is off by {switch}")
            );
            assert!(network.urls().is_empty());
        }
    }
}

#[tokio::test]
async fn the_usual_addresses() {
    let expected = [
        vec!["http://100.100.100.200"; 2],
        vec!["http://metadata.tencentyun.com"],
        vec!["http://169.254.169.254"; 2],
    ];
    for (protocol, expected) in ALL.into_iter().zip(expected) {
        let network = Arc::new(Note::default());
        let home = Home::new().network(network.clone());
        refusal(&Metadata::of(protocol).surroundings(home.surroundings())).await;
        assert_eq!(network.urls(), expected);
    }
}

#[tokio::test]
async fn only_a_stand_in_on_this_machine_is_asked() {
    for url in [
        "http://10.0.0.1",
        "http://sts.aliyuncs.com",
        "http://a@127.0.0.1",
        "x",
    ] {
        for protocol in ALL {
            let network = Arc::new(Note::default());
            let home = Home::new().network(network.clone());
            let source = Metadata::of(protocol).surroundings(home.surroundings());
            refusal(&source.base_url(url)).await;
            assert!(network.urls().is_empty(), "{url}");
        }
    }
}

#[tokio::test]
async fn outside_of_the_cloud_it_fails_within_a_second() {
    for protocol in ALL {
        let server = Server::start([]);
        let source = source(protocol, &Home::new().without_network(), &server);
        drop(server);
        let start = Instant::now();
        let why = refusal(&source).await;
        assert!(why.contains("no connection"), "{why}");
        assert!(
            start.elapsed() < Duration::from_secs(1),
            "{:?}",
            start.elapsed()
        );
    }
}

#[tokio::test]
async fn a_service_that_never_answers_is_left_after_a_second() {
    let server = Server::start([Answer::stall()]);
    let start = Instant::now();
    refusal(&source(
        Protocol::TC3_JSON,
        &Home::new().without_network(),
        &server,
    ))
    .await;
    let took = start.elapsed();
    assert!((900..5000).contains(&took.as_millis()), "{took:?}");

    // A container that is one hop too far away gets no token, and everything else.
    let server = Server::start([Answer::stall(), ok("role"), ok(alibaba_keys())]);
    found(&source(
        Protocol::ACS_RPC,
        &Home::new().without_network(),
        &server,
    ))
    .await;
}

#[tokio::test]
async fn odd_answers_are_refused_and_not_shown() {
    let html = || ok(format!("<html>{CANARY}</html>"));
    let role = || ok("role");
    let big = || ok("x".repeat((1 << 20) + 1));
    let keys = |keys: &str| ok(keys.replace("KEY", CANARY));
    let no_time = r#"{"Code":"Success","TmpSecretId":"a","TmpSecretKey":"KEY","Token":"KEY",
                      "ExpiredTime":"KEY"}"#;
    let scripts = [
        ("the role's name", vec![html()]),
        ("the role's name", vec![ok("")]),
        ("the role's name", vec![ok("..")]),
        ("the role's name", vec![ok("../../user-data")]),
        ("the role's name", vec![ok("a b")]),
        ("the role's name", vec![ok("a?b")]),
        ("the role's name", vec![ok([0xff, 0xfe])]),
        ("larger than", vec![big()]),
        ("HTTP 500", vec![Answer::new(500).body(CANARY)]),
        (
            "HTTP 302",
            vec![Answer::new(302).header("Location", "http://evil.example/")],
        ),
        ("no JSON", vec![role(), html()]),
        ("no JSON", vec![role(), ok("")]),
        ("no JSON", vec![role(), ok([0x80; 64])]),
        ("no JSON", vec![role(), ok("[".repeat(5000))]),
        ("no JSON object", vec![role(), ok("[]")]),
        (
            "no keys for the role",
            vec![role(), keys(r#"{"Code":"KEY"}"#)],
        ),
        ("Code is no text", vec![role(), keys(r#"{"Code":["KEY"]}"#)]),
        (
            "TmpSecretId is missing",
            vec![role(), keys(r#"{"Code":"Success"}"#)],
        ),
        (
            "TmpSecretKey is no text",
            vec![
                role(),
                keys(r#"{"TmpSecretId":"a","TmpSecretKey":{"KEY":1}}"#),
            ],
        ),
        (
            "Token is missing",
            vec![role(), keys(r#"{"TmpSecretId":"a","TmpSecretKey":"KEY"}"#)],
        ),
        ("ExpiredTime is no time", vec![role(), keys(no_time)]),
        ("broke", vec![role(), ok(tencent_keys()).truncate(40)]),
        ("broke", vec![Answer::reset()]),
    ];
    for (expected, script) in scripts {
        let server = Server::start(script);
        let why = refusal(&source(Protocol::TC3_JSON, &Home::new(), &server)).await;
        assert!(why.contains(expected), "{expected}: {why}");
        assert!(!why.contains("user-data") && !why.contains("evil"), "{why}");
    }
    for token in ["", "a\nb", "中", &"x".repeat(5000)] {
        let server = Server::start([ok(token)]);
        let why = refusal(&source(Protocol::SDK_HMAC_REST, &Home::new(), &server)).await;
        assert!(why.contains("token is none"), "{why}");
    }
}
