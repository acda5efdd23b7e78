//! No secret shows in what a program may print.

use yunspec_runtime::{Client, Config, Credentials, Retries, Signing};
use yunspec_tests::server::{Answer, Server};

use crate::operations::{
    CAM, CamUpdateUser, RAM, RamUpdateUser, WORKSPACE, WorkspaceUpdateUser,
};

/// Stands in every place that holds a secret.
const CANARY: &str = "CANARY7f3a";

fn clean(what: &str, shown: &str) {
    assert!(!shown.contains(CANARY), "{what} shows a secret: {shown}");
}

fn config(server: &Server) -> Config {
    let id = format!("AKID{CANARY}");
    let credentials = Credentials::new(id, CANARY)
        .security_token(CANARY)
        .project_id("p1");
    clean("Credentials", &format!("{credentials:?}"));
    Config::new(credentials)
        .endpoint(server.url())
        .allow_http(true)
        .region("cn-north-4")
        .retries(Retries::none())
}

#[tokio::test]
async fn neither_settings_nor_errors_show_one() {
    let echo = format!("<html>{CANARY}</html>");
    let code = r#"{"Response":{"Error":{"Code":"C","Message":"M"}}}"#;
    let typed = format!(r#"{{"Response":{{"Uin":"{CANARY}"}}}}"#);
    let answers = || {
        [
            Answer::new(200).body(echo.clone()),
            Answer::new(502)
                .header("X-Subject-Token", CANARY)
                .body(echo.clone()),
            Answer::new(200).body(code),
            Answer::new(200).body(typed.clone()),
            Answer::new(200).body(echo.clone()).truncate(12),
            Answer::hang_up(),
            Answer::reset(),
            Answer::new(307).header("Location", &format!("http://h/?Signature={CANARY}")),
        ]
    };
    let count = answers().len();
    let server = Server::start(answers().into_iter().chain(answers()).chain(answers()));
    let shown = |what: &str, error: &dyn std::error::Error| {
        clean(what, &format!("{error} {error:?}"));
        let mut next = error.source();
        while let Some(source) = next {
            clean(what, &format!("{source} {source:?}"));
            next = source.source();
        }
    };
    let cam = Client::new(&CAM, config(&server)).expect("sound");
    let ram =
        Client::new(&RAM, config(&server).signing(Signing::HmacSha1)).expect("sound");
    let workspace = Client::new(&WORKSPACE, config(&server)).expect("sound");
    for (name, client) in [("cam", &cam), ("ram", &ram), ("workspace", &workspace)] {
        clean(name, &format!("{client:?}"));
    }
    for _ in 0..count {
        let request = CamUpdateUser::new("a").password(CANARY);
        clean("the request", &format!("{request:?}"));
        shown("cam", &cam.call(request).await.expect_err("a bad answer"));
    }
    for _ in 0..count {
        if let Err(error) = ram.call(RamUpdateUser::new("a")).await {
            shown("ram", &error);
        }
    }
    for _ in 0..count {
        if let Err(error) = workspace.call(WorkspaceUpdateUser::new("u")).await {
            shown("workspace", &error);
        }
    }
    assert_eq!(server.requests().len(), 3 * count);
}

#[test]
fn an_endpoint_with_a_password() {
    let url = format!("https://user:{CANARY}@host");
    let config = Config::new(Credentials::new("id", CANARY)).endpoint(url);
    clean("Config", &format!("{config:?}"));
    let refused = Client::new(&RAM, config).expect_err("a password in the URL");
    clean("ConfigError", &format!("{refused} {refused:?}"));
}

#[tokio::test]
async fn a_dry_run_prints_no_values() {
    let server = Server::start([]);
    let request = RamUpdateUser::new(CANARY).pass(CANARY);
    let call = <RamUpdateUser as yunspec_runtime::Operation>::CALL;
    for signing in [Signing::HmacSha1, Signing::Standard] {
        let ram = Client::new(&RAM, config(&server).signing(signing)).expect("sound");
        let prepared = ram
            .prepare(&call, &request)
            .await
            .expect("it can be signed");
        clean("Prepared", &format!("{prepared:?}"));
        let secret = ["authorization", "x-acs-security-token", "x-pass"];
        for (name, value) in &prepared.request.headers {
            assert_eq!(
                value.is_sensitive(),
                secret.contains(&name.as_str()),
                "{name}"
            );
        }
    }
}
