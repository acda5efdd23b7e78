//! Every variant of the error, from a server that misbehaves with the canary in its hands.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::time::Duration;

use yun_sdk::{Config, Credentials, Error, alibaba, huawei, tencent};
use yunspec_runtime::{Retries, Signing, Timeouts};
use yunspec_tests::server::{Answer, Server};

use crate::types::{config, credentials};
use crate::watch::{CANARY, Watch};

pub(crate) async fn all(watch: &mut Watch) {
    let mut seen = BTreeSet::new();
    for signing in [Signing::Standard, Signing::HmacSha1] {
        for (name, answer) in answers() {
            let server = Server::start([answer.clone(), answer.clone(), answer]);
            let config = against(&server);
            let ram = alibaba::ram::Client::new(config.clone().signing(signing));
            let request = alibaba::ram::UpdateUserRequest::new("u").new_email(CANARY);
            let outcome = ram.expect("sound settings").update_user(request).await;
            seen.extend(failed(watch, name, outcome));

            let cam = tencent::cam::Client::new(config.clone()).expect("sound settings");
            let request = tencent::cam::UpdateUserRequest::new("u").password(CANARY);
            seen.extend(failed(watch, name, cam.update_user(request).await));

            let config = if signing == Signing::HmacSha1 {
                with(&server, Credentials::token(CANARY).project_id("p1"))
            } else {
                config
            };
            let workspace =
                huawei::workspace::Client::new(config).expect("sound settings");
            let request =
                huawei::workspace::UpdateUserInfoRequest::new("u").user_phone(CANARY);
            seen.extend(failed(
                watch,
                name,
                workspace.update_user_info(request).await,
            ));
            assert_eq!(server.requests().len(), 3, "{name}");
        }
    }
    before_sending(watch, &mut seen).await;
    repeated(watch).await;
    let all = [
        "Credentials",
        "Decode",
        "Encode",
        "Endpoint",
        "Invalid",
        "Service",
        "Timeout",
        "Transport",
    ];
    assert_eq!(
        seen.into_iter().collect::<Vec<_>>(),
        all,
        "every variant was seen"
    );
}

fn answers() -> Vec<(&'static str, Answer)> {
    let html = format!("<html>{CANARY}</html>");
    let echo = format!(r#"{{"Echo":"{CANARY}","Response":{{"Echo":"{CANARY}"}}}}"#);
    let code = format!(
        r#"{{"Response":{{"Error":{{"Code":"C","Message":"M"}},"Echo":"{CANARY}"}},
            "Code":"C","Message":"M","error_code":"C","error_msg":"M","Echo":"{CANARY}"}}"#
    );
    let mismatch = format!(
        r#"{{"RequestId":["{CANARY}"],"id":["{CANARY}"],"Response":{{"RequestId":["{CANARY}"]}}}}"#
    );
    let large = format!("{{\"a\":\"{}\"}}", CANARY.repeat(1000));
    vec![
        ("html", Answer::new(200).body(html.clone())),
        (
            "gateway",
            Answer::new(502)
                .header("X-Subject-Token", CANARY)
                .body(html.clone()),
        ),
        (
            "refused",
            Answer::new(400).header("X-Auth-Token", CANARY).body(code),
        ),
        ("mismatch", Answer::new(200).body(mismatch)),
        ("cut", Answer::new(200).body(echo.clone()).truncate(20)),
        ("cut json", Answer::new(200).body(&echo.as_bytes()[..20])),
        ("large", Answer::new(200).body(large)),
        ("hang up", Answer::hang_up()),
        ("reset", Answer::reset()),
        ("no http", Answer::raw(format!("{CANARY}\r\n\r\n"))),
        (
            "bad header",
            Answer::raw(format!("HTTP/1.1 200 OK\r\n{CANARY}\u{1}: x\r\n\r\n")),
        ),
        (
            "moved",
            Answer::new(307).header("Location", &format!("http://h/?Signature={CANARY}")),
        ),
        ("stall", Answer::new(200).body(echo).stall_after(10)),
    ]
}

fn with(server: &Server, credentials: Credentials) -> Config {
    let timeouts = Timeouts {
        attempt: Duration::from_millis(300),
        ..Timeouts::default()
    };
    Config::new(credentials)
        .region("cn-north-4")
        .endpoint(server.url())
        .allow_http(true)
        .timeouts(timeouts)
        .max_response_bytes(8000)
        .retries(Retries::none())
}

fn against(server: &Server) -> Config {
    with(server, credentials())
}

/// Looks at what a call gave, and says which variant it was.
fn failed<T: Debug, E: Debug + 'static>(
    watch: &mut Watch,
    place: &str,
    outcome: Result<yun_sdk::Response<T>, Error<E>>,
) -> Option<&'static str> {
    let error = match outcome {
        Ok(response) => {
            watch.debug(place, &response);
            return None;
        }
        Err(error) => error,
    };
    watch.error(place, &error);
    Some(match error {
        Error::Invalid(_) => "Invalid",
        Error::Credentials(_) => "Credentials",
        Error::Endpoint(_) => "Endpoint",
        Error::Encode(_) => "Encode",
        Error::Transport { .. } => "Transport",
        Error::Timeout(_) => "Timeout",
        Error::Service(_) => "Service",
        Error::Decode(_) => "Decode",
        _ => panic!("a variant that this test does not know"),
    })
}

/// What is refused before anything is sent.
async fn before_sending(watch: &mut Watch, seen: &mut BTreeSet<&'static str>) {
    let ram = alibaba::ram::Client::new(config()).expect("sound settings");
    let request = alibaba::ram::UpdateUserRequest::new("a b").new_mobile_phone(CANARY);
    seen.extend(failed(watch, "invalid", ram.update_user(request).await));

    let workspace = huawei::workspace::Client::new(config()).expect("sound settings");
    let request = huawei::workspace::UpdateUserInfoRequest::new("..").user_email(CANARY);
    seen.extend(failed(
        watch,
        "path",
        workspace.update_user_info(request).await,
    ));

    let config = Config::new(Credentials::new("AKID", CANARY)).region("cn-north-4");
    let workspace = huawei::workspace::Client::new(config).expect("sound settings");
    let request = huawei::workspace::UpdateUserInfoRequest::new("u").user_email(CANARY);
    seen.extend(failed(
        watch,
        "no project",
        workspace.update_user_info(request).await,
    ));

    let broken = [
        format!("{CANARY}\n"),
        format!(" {CANARY}"),
        format!("{CANARY}\u{7f}"),
    ];
    for key in broken {
        let sources = [
            Credentials::new(key.clone(), CANARY),
            Credentials::new("AKID", key.clone()),
            Credentials::new("AKID", CANARY).security_token(key.clone()),
            Credentials::token(key).project_id("p1"),
        ];
        for credentials in sources {
            let config = Config::new(credentials).region("cn-north-4");
            let cam = tencent::cam::Client::new(config).expect("sound settings");
            let request = tencent::cam::UpdateUserRequest::new("u").email(CANARY);
            seen.extend(failed(watch, "keys", cam.update_user(request).await));
        }
    }
}

/// Calls that are repeated: an event for each attempt.
async fn repeated(watch: &mut Watch) {
    let busy = || {
        Answer::new(429)
            .header("X-Token", CANARY)
            .body(format!("<p>{CANARY}</p>"))
    };
    let done = Answer::new(200).body(r#"{"RequestId":"r-1"}"#);
    let server = Server::start([busy(), busy(), done]);
    let config = against(&server)
        .retries(Retries::default())
        .signing(Signing::HmacSha1);
    let ram = alibaba::ram::Client::new(config).expect("sound settings");
    let request = alibaba::ram::UpdateUserRequest::new("u").new_email(CANARY);
    let response = ram
        .update_user(request)
        .await
        .expect("the third attempt succeeds");
    watch.debug("repeated", &response);
    assert_eq!(response.attempts(), 3);
}
