//! Who calls: every signature, the keys, the token, the project, the time.

use std::time::Duration;

use serde_json::{Value as Json, json};
use yun_sdk::{alibaba, huawei, tencent};
use yunspec::mock::Settings;
use yunspec_runtime::{Config, Credentials, Protocol, Signing, Stamp};
use yunspec_tests::typed;

use super::stand::{
    bytes, call, calm, config, dry_run, last, least, lookup, send, start, start_with,
};

#[tokio::test]
async fn every_signature_is_verified() {
    let mock = start();
    let (mut accepted, mut refused) = (0, 0);
    for (id, signing) in signatures() {
        let input = least(id);
        let good = dry_run(&mock, id, &input, signing, lookup(&mock)).await;
        let (status, body) = send(&mock, &bytes(&good));
        assert_eq!(
            last(&mock)["accepted"],
            true,
            "{id} {signing:?}: {status} {body}"
        );
        accepted += 1;
        let printed = lookup(&mock);
        let wrong = move |name: &str| {
            Some(printed(name)? + if is_secret(name) { "x" } else { "" })
        };
        let bad = dry_run(&mock, id, &input, signing, wrong).await;
        let changes = changes(&good).into_iter().chain([("secret", bytes(&bad))]);
        // The older signature covers the parameters and no host.
        let signed = |what: &str| what != "host" || signing != Signing::HmacSha1;
        for (what, request) in changes.filter(|(what, _)| signed(what)) {
            send(&mock, &request);
            let seen = last(&mock);
            let why = seen["why"].as_str().unwrap_or_default();
            assert_eq!(seen["accepted"], false, "{id} {signing:?}: another {what}");
            assert!(
                !why.is_empty() && !why.contains("mock-alibaba-key-secret"),
                "{why}"
            );
            if what == "secret" {
                assert!(why.contains("The string to sign is"), "{why}");
                let canonical = why.contains("and the canonical request is");
                assert_eq!(canonical, signing != Signing::HmacSha1, "{why}");
            }
            refused += 1;
        }
    }
    println!("mock: {accepted} signatures accepted, {refused} changed requests refused");
    assert!(accepted == 13 && refused > 40, "{accepted} {refused}");
}

/// Every operation with every signature that its provider has.
fn signatures() -> Vec<(&'static str, Signing)> {
    use Signing::{Derived, HmacSha1, Sm3, Standard};
    let acs = [
        "alibaba/ram/UpdateUser",
        "alibaba/live/ModifyLiveMessageUserInfo",
    ];
    let mut all = vec![("tencent/cam/UpdateUser", Standard)];
    for id in acs.into_iter().chain(["alibaba/quickbi-public/UpdateUser"]) {
        all.extend([Standard, Sm3, HmacSha1].map(|signing| (id, signing)));
    }
    all.extend(
        [Standard, Sm3, Derived]
            .map(|signing| ("huawei/workspace/UpdateUserInfo", signing)),
    );
    all
}

fn is_secret(name: &str) -> bool {
    ["_SECRET", "_SECRET_KEY", "_SK"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// The request with one thing changed after it was signed.
fn changes(dry: &Json) -> Vec<(&'static str, String)> {
    let request = bytes(dry);
    let mut changed = vec![
        ("host", request.replacen("\r\nhost: ", "\r\nhost: x", 1)),
        (
            "query",
            request.replacen(
                " HTTP/1.1",
                if request.contains('?') {
                    "&z=1 HTTP/1.1"
                } else {
                    "?z=1 HTTP/1.1"
                },
                1,
            ),
        ),
        (
            "method",
            request.replacen(request.split(' ').next().unwrap_or_default(), "PATCH", 1),
        ),
        (
            "body",
            request.replace("\r\ncontent-length: ", "\r\ncontent-length: 1")
                + &"x".repeat(200),
        ),
    ];
    let last = request.find("ignature=").map(|at| at + "ignature=".len());
    let at = last.expect("a signature is somewhere");
    let flipped = if &request[at..=at] == "0" { "1" } else { "0" };
    changed.push((
        "signature",
        [&request[..at], flipped, &request[at + 1..]].concat(),
    ));
    changed
}

#[tokio::test]
async fn the_keys_the_token_and_the_time_have_to_be_the_printed_ones() {
    let mock = start();
    let service = &huawei::workspace::SERVICE;
    let request = || typed::workspace(&json!({ "user_id": "u" }));
    let token = |token: &str| {
        calm(
            &mock,
            Config::new(Credentials::token(token).project_id("mock-huawei-project")),
        )
    };
    call(service, token("mock-huawei-token"), request())
        .await
        .expect("the printed token");
    let error = call(service, token("another"), request())
        .await
        .expect_err("another token");
    assert_eq!(
        (error.status(), error.raw_code()),
        (Some(401), Some("APIGW.0301"))
    );
    let keys = Credentials::new("mock-huawei-key-id", "mock-huawei-key-secret");
    let other = calm(&mock, Config::new(keys.project_id("other")));
    let error = call(service, other, request())
        .await
        .expect_err("another project");
    assert_eq!(error.status(), Some(403));

    let service = &tencent::cam::SERVICE;
    let request = || typed::cam(&json!({ "Name": "n" }));
    let unknown = calm(&mock, Config::new(Credentials::new("AKIDother", "x")));
    let error = call(service, unknown, request())
        .await
        .expect_err("an unknown key");
    assert_eq!(error.raw_code(), Some("AuthFailure.SecretIdNotFound"));
    for (minutes, good) in [(0, true), (14, true), (16, false)] {
        for sign in [-1, 1] {
            let config =
                config(&mock, Protocol::TC3_JSON).stamp(move || shifted(sign * minutes));
            let result = call(service, config, request()).await;
            assert_eq!(result.is_ok(), good, "{minutes} minutes: {result:?}");
            let late = result
                .err()
                .and_then(|error| error.raw_code().map(str::to_owned));
            assert_eq!(
                late,
                (!good).then(|| "AuthFailure.SignatureExpire".to_owned())
            );
        }
    }
}

fn shifted(minutes: i64) -> Stamp {
    let now = Stamp::now();
    let by = Duration::from_secs(minutes.unsigned_abs() * 60);
    let time = if minutes < 0 {
        now.time - by
    } else {
        now.time + by
    };
    Stamp { time, ..now }
}

#[tokio::test]
async fn placeholder_keys_are_good_only_where_that_is_asked_for() {
    for any_credentials in [false, true] {
        let mock = start_with(&Settings {
            any_credentials,
            ..Settings::default()
        });
        let config = |credentials| calm(&mock, Config::new(credentials));
        let keys = || Credentials::new("id", "secret");
        let request = typed::ram(&json!({ "UserName": "a" }));
        let ram = call(&alibaba::ram::SERVICE, config(keys()), request).await;
        let request = typed::cam(&json!({ "Name": "a" }));
        let cam = call(&tencent::cam::SERVICE, config(keys()), request).await;
        let request = typed::workspace(&json!({ "user_id": "a" }));
        let keys = keys().project_id("project_id");
        let workspace = call(&huawei::workspace::SERVICE, config(keys), request).await;
        let done = [ram.is_ok(), cam.is_ok(), workspace.is_ok()];
        assert_eq!(done, [any_credentials; 3]);
    }
}
