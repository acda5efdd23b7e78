//! Keys from a helper's URL.

use std::sync::Arc;

use yunspec_runtime::credentials::CredentialsUri;
use yunspec_tests::server::{Answer, Server};

use crate::common::{CANARY, Home, NOW, Note, at, found, quiet, refusal, secret};

fn keys() -> String {
    let (key, token) = (secret("key"), secret("token"));
    format!(
        r#"{{"AccessKeyId":"id","AccessKeySecret":"{key}","SecurityToken":"{token}",
        "Expiration":"2026-01-02T04:04:05Z"}}"#
    )
}

#[tokio::test]
async fn a_helper_on_this_machine() {
    let server = Server::start([Answer::new(200).body(keys())]);
    let url = format!("{}/keys?for={CANARY}", server.url());
    let source = CredentialsUri::new(url).surroundings(Home::new().surroundings());
    let keys = found(&source).await;
    assert_eq!(
        (keys.access_key_id.as_str(), keys.provider),
        ("id", "credential_uri")
    );
    assert_eq!(keys.expires_at, Some(at(NOW + 3600)));
    assert_eq!(server.request().target, format!("/keys?for={CANARY}"));
    quiet(&format!("{source:?}"));
}

#[tokio::test]
async fn failures_show_the_host_alone() {
    let cases = [
        ("refused (HTTP 404)", Answer::new(404).body(CANARY)),
        (
            "refused (HTTP 302)",
            Answer::new(302).header("Location", "/"),
        ),
        ("no JSON (line 1, column 1)", Answer::new(200).body(CANARY)),
        ("AccessKeyId is missing", Answer::new(200).body("{}")),
        ("broke", Answer::hang_up()),
    ];
    for (expected, answer) in cases {
        let server = Server::start([answer]);
        let url = format!("{}/{CANARY}", server.url());
        let source = CredentialsUri::new(url).surroundings(Home::new().surroundings());
        let why = refusal(&source).await;
        assert!(why.contains(expected), "{expected}: {why}");
        assert!(
            why.contains(&format!("credentials URI: {}: ", server.host())),
            "{why}"
        );
    }
}

#[tokio::test]
async fn plain_http_stays_on_this_machine() {
    let urls = [
        "http://keys.example.test/",
        "http://127.0.0.1@keys.example.test/",
        "http://127.0.0.1.example.test/",
        "http://[fd00::1]/",
        "ftp://127.0.0.1/",
        "/keys",
        "https:///keys",
        "https://a/b c",
        "https://a/b#c",
        "",
    ];
    for url in urls {
        let network = Arc::new(Note::default());
        let home = Home::new().network(network.clone());
        refusal(&CredentialsUri::new(url).surroundings(home.surroundings())).await;
        assert!(network.urls().is_empty(), "{url}");
    }
}
