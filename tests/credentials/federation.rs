//! The token of an identity provider, for temporary keys of each of the clouds.

use std::sync::Arc;
use std::time::Duration;

use yunspec_runtime::credentials::WebIdentity;
use yunspec_runtime::{CredentialsError, Json, Protocol};
use yunspec_tests::server::{Answer, Server};

use crate::common::{CANARY, Home, NOW, Note, at, found, refusal, secret};
use crate::roles::{alibaba_answer, tencent_answer};

fn home() -> Home {
    // A cluster's token is readable by everyone in its container.
    Home::new().file_with_mode("token", format!("{}\n", secret("jwt")), 0o644)
}

fn alibaba(home: &Home) -> WebIdentity {
    WebIdentity::alibaba("role", "provider", home.path("token"))
        .surroundings(home.surroundings())
}

fn tencent(home: &Home) -> WebIdentity {
    WebIdentity::tencent("role", "provider", home.path("token"))
        .surroundings(home.surroundings())
}

fn huawei(home: &Home) -> WebIdentity {
    WebIdentity::huawei("idp", home.path("token")).surroundings(home.surroundings())
}

fn session() -> Answer {
    let answer = Answer::new(201).header("X-Subject-Token", &secret("session"));
    answer.body(r#"{"token":{"expires_at":"2026-01-03T03:04:05.000000Z"}}"#)
}

fn huawei_keys() -> Answer {
    let (key, token) = (secret("key"), secret("token"));
    Answer::new(201).body(format!(
        r#"{{"credential":{{"access":"id","secret":"{key}","securitytoken":"{token}",
        "expires_at":"2026-01-02T09:04:05.000000Z"}}}}"#
    ))
}

#[tokio::test]
async fn alibaba_sends_the_token_in_the_body_and_no_signature() {
    let (home, server) = (home(), Server::start([alibaba_answer()]));
    let keys = found(&alibaba(&home).endpoint(server.url()).session_name("s")).await;
    assert_eq!(
        (keys.access_key_id.as_str(), keys.provider),
        ("STS.id", "oidc_role_arn")
    );
    assert_eq!(keys.expires_at, Some(at(NOW + 3600)));
    let seen = server.request();
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("POST", "/"));
    assert_eq!(
        seen.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let body = seen.text();
    let mut pairs: Vec<_> = body.split('&').collect();
    pairs.sort_unstable();
    let token = ["OIDCToken=", &secret("jwt")].concat();
    let expected = [
        "DurationSeconds=3600",
        "OIDCProviderArn=provider",
        &token,
        "RoleArn=role",
        "RoleSessionName=s",
    ];
    assert_eq!(pairs, expected);
    assert_eq!(seen.header("x-acs-action"), Some("AssumeRoleWithOIDC"));
    assert_eq!(seen.header("x-acs-date"), Some("2026-01-02T03:04:05Z"));
    assert!(seen.header("x-acs-signature-nonce").is_some());
    assert_eq!(seen.header("authorization"), None);
}

#[tokio::test]
async fn tencent_skips_the_signature() {
    let (home, server) = (home(), Server::start([tencent_answer()]));
    let identity = tencent(&home).endpoint(server.url()).region("ap-beijing");
    found(&identity.session_name("s").duration(Duration::from_secs(60))).await;
    let seen = server.request();
    let body: Json = seen.text().parse().expect("JSON");
    let expected = serde_json::json!({
        "RoleArn": "role",
        "RoleSessionName": "s",
        "DurationSeconds": 60,
        "ProviderId": "provider",
        "WebIdentityToken": secret("jwt"),
    });
    assert_eq!(body, expected);
    assert_eq!(
        seen.header("x-tc-action"),
        Some("AssumeRoleWithWebIdentity")
    );
    assert_eq!(seen.header("x-tc-region"), Some("ap-beijing"));
    assert_eq!(
        seen.header("x-tc-timestamp"),
        Some(NOW.to_string().as_str())
    );
    assert_eq!(seen.header("authorization"), Some("SKIP"));
}

#[tokio::test]
async fn huawei_takes_two_steps() {
    let home = home().set("HUAWEICLOUD_SDK_DOMAIN_ID", "d1");
    let server = Server::start([session(), huawei_keys()]);
    let keys = found(&huawei(&home).endpoint(server.url())).await;
    assert_eq!(
        (keys.access_key_id.as_str(), keys.domain_id.as_deref()),
        ("id", Some("d1"))
    );
    assert_eq!(keys.expires_at, Some(at(NOW + 6 * 3600)));
    let seen = server.requests();
    let body = |number: usize| seen[number].text().parse::<Json>().expect("JSON");
    assert_eq!(seen[0].target, "/v3.0/OS-AUTH/id-token/tokens");
    assert_eq!(seen[0].header("X-Idp-Id"), Some("idp"));
    assert_eq!(
        body(0),
        serde_json::json!({"auth": {"id_token": {"id": secret("jwt")}}})
    );
    assert_eq!(seen[1].target, "/v3.0/OS-CREDENTIAL/securitytokens");
    let token = serde_json::json!({"id": secret("session"), "duration_seconds": 21600});
    let identity = serde_json::json!({"methods": ["token"], "token": token});
    assert_eq!(body(1), serde_json::json!({"auth": {"identity": identity}}));
    assert!(
        seen.iter()
            .all(|request| request.header("authorization").is_none())
    );
}

#[tokio::test]
async fn huawei_s_failures() {
    let bare = Answer::new(201).body("{}");
    let refused = Answer::new(401).header("X-Request-Id", "r9").body(format!(
        r#"{{"error_code":"IAM.0001","error_msg":"{}"}}"#,
        secret("session")
    ));
    let cases = [
        ("its header X-Subject-Token is missing", vec![bare]),
        (
            "credential is missing",
            vec![session(), Answer::new(200).body("{}")],
        ),
        (
            "an empty answer (HTTP 204)",
            vec![session(), Answer::new(204)],
        ),
        (
            "IAM.0001: *** (HTTP 401, request id r9)",
            vec![session(), refused],
        ),
    ];
    for (expected, script) in cases {
        let (home, server) = (home(), Server::start(script));
        let why = refusal(&huawei(&home).endpoint(server.url())).await;
        assert!(why.contains(expected), "{expected}: {why}");
    }
}

#[tokio::test]
async fn huawei_s_host() {
    let variable = "HUAWEICLOUD_SDK_IAM_ENDPOINT";
    let cases = [
        (home(), None, "https://iam.myhuaweicloud.com"),
        (
            home(),
            Some("tr-west-1"),
            "https://iam.tr-west-1.myhuaweicloud.com",
        ),
        (
            home().set(variable, "iam.example.test"),
            Some("x"),
            "https://iam.example.test",
        ),
        (
            home().set(variable, "https://iam.example.test"),
            None,
            "https://iam.example.test",
        ),
    ];
    for (home, region, expected) in cases {
        let network = Arc::new(Note::default());
        let home = home.network(network.clone());
        let identity = match region {
            Some(region) => huawei(&home).region(region),
            None => huawei(&home),
        };
        refusal(&identity).await;
        assert_eq!(network.urls(), [expected]);
    }
}

#[tokio::test]
async fn the_token_is_read_anew_each_time() {
    let (home, server) = (home(), Server::start([tencent_answer(), tencent_answer()]));
    let identity = tencent(&home).endpoint(server.url());
    found(&identity).await;
    let home = home.file_with_mode("token", "second", 0o644);
    found(&identity).await;
    let seen = server.requests();
    assert!(seen[0].text().contains(CANARY) && seen[1].text().contains("\"second\""));
    drop(home);
    let why = refusal(&identity).await;
    assert!(why.contains("there is no such file"), "{why}");
}

#[tokio::test]
async fn a_file_without_a_token_sends_nothing() {
    let big = "x".repeat((1 << 20) + 1);
    let contents = [
        b"".as_slice(),
        b" \n",
        b"a b",
        b"a\nb",
        b"\xff\xfe",
        big.as_bytes(),
    ];
    for content in contents {
        let network = Arc::new(Note::default());
        let home = Home::new().file("token", content).network(network.clone());
        for identity in [alibaba(&home), tencent(&home), huawei(&home)] {
            refusal(&identity).await;
        }
        assert!(network.urls().is_empty());
    }
    let folder = Home::new().file("token/x", "");
    let why = refusal(&alibaba(&folder)).await;
    assert!(why.contains("is no regular file"), "{why}");
}

#[tokio::test]
async fn an_echoed_token_is_not_shown() {
    let echo = format!("OIDC token {} has expired", secret("jwt"));
    let body =
        serde_json::json!({"Code": "AuthenticationFail.OIDCToken", "Message": echo});
    let (home, server) = (
        home(),
        Server::start([Answer::new(400).body(body.to_string())]),
    );
    let why = refusal(&alibaba(&home).endpoint(server.url())).await;
    assert!(why.contains("OIDC token *** has expired"), "{why}");
}

#[tokio::test]
async fn the_environment_names_all_of_it() {
    let names: [(_, &[_]); 3] = [
        (
            Protocol::ACS_RPC,
            &[
                "ALIBABA_CLOUD_ROLE_ARN",
                "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
                "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
            ],
        ),
        (
            Protocol::TC3_JSON,
            &[
                "TKE_ROLE_ARN",
                "TKE_PROVIDER_ID",
                "TKE_WEB_IDENTITY_TOKEN_FILE",
                "TKE_REGION",
            ],
        ),
        (
            Protocol::SDK_HMAC_REST,
            &["HUAWEICLOUD_SDK_IDP_ID", "HUAWEICLOUD_SDK_ID_TOKEN_FILE"],
        ),
    ];
    for (protocol, names) in names {
        let network = Arc::new(Note::default());
        let mut home = home().network(network.clone());
        for (number, name) in names.iter().enumerate() {
            let error = WebIdentity::from_env(protocol, &home.surroundings());
            let error = error.expect_err("a variable is missing");
            let CredentialsError::Missing { variables } = error else {
                panic!("{error}")
            };
            assert_eq!(variables, names[number..]);
            let value = if name.ends_with("_FILE") {
                home.text_path("token")
            } else {
                "v".into()
            };
            home = home.set(name, value);
        }
        let identity = WebIdentity::from_env(protocol, &home.surroundings());
        refusal(&identity.expect("every variable is set")).await;
        assert_eq!(network.urls().len(), 1);
    }
}

#[tokio::test]
async fn the_session_may_be_named_by_the_environment() {
    let home = home().set("ALIBABA_CLOUD_ROLE_SESSION_NAME", "named");
    let server = Server::start([alibaba_answer()]);
    found(&alibaba(&home).endpoint(server.url())).await;
    assert!(server.request().text().contains("RoleSessionName=named"));
}
