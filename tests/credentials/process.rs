//! Keys that another program prints.

use std::time::{Duration, Instant};

use yunspec_runtime::Credentials;
use yunspec_runtime::credentials::ExternalProcess;

use crate::common::{CANARY, Home, NOW, at, found, quiet, refusal, secret};

/// A script in a folder whose name has a space.
fn script(body: &str) -> (Home, String) {
    let text = format!("#!/bin/sh\n{body}\n").replace("KEY", CANARY);
    let home = Home::new().file_with_mode("my tools/keys", text, 0o700);
    let command = format!("\"{}\"", home.text_path("my tools/keys"));
    (home, command)
}

#[tokio::test]
async fn keys_of_either_kind() {
    let plain = r#"echo '{"mode":"AK","access_key_id":"id","access_key_secret":"KEY"}'"#;
    let (_home, command) = script(plain);
    let keys = found(&ExternalProcess::new(command)).await;
    let mut expected = Credentials::new("id", CANARY);
    expected.provider = "external";
    assert_eq!(keys, expected);

    let temporary = r#"echo '{"access_key_id":"id","access_key_secret":"KEY",
        "sts_token":"KEY","expiration":"2026-01-02T04:04:05Z","mode":"StsToken"}'"#;
    let (_home, command) = script(temporary);
    let keys = found(&ExternalProcess::new(command)).await;
    assert_eq!(keys.expires_at, Some(at(NOW + 3600)));
    assert!(keys.security_token.is_some());
}

#[tokio::test]
async fn no_shell_sees_the_arguments() {
    let body = r#"[ "$#" = 3 ] && [ "$1" = '$HOME' ] && [ "$2" = '; exit 9' ] && [ "$3" = 'a b' ] &&
        echo '{"access_key_id":"id","access_key_secret":"KEY"}'"#;
    let (_home, command) = script(body);
    found(&ExternalProcess::new(format!(
        "{command} $HOME '; exit 9' a\\ b"
    )))
    .await;
}

#[tokio::test]
async fn failures_show_neither_output_nor_arguments() {
    let cases = [
        ("failed: exit status: 3", "echo KEY; exit 3"),
        ("failed: signal", "kill -9 $$"),
        ("prints no JSON (line 1, column 1)", "echo KEY"),
        ("prints no JSON", "printf ''"),
        ("prints no JSON", "printf '\\377\\376'"),
        ("no JSON object with keys", "echo '[\"KEY\"]'"),
        ("access_key_id is missing", "echo '{\"secret\":\"KEY\"}'"),
        (
            "access_key_id is no text",
            "echo '{\"access_key_id\":{\"KEY\":1}}'",
        ),
        (
            "mode is neither AK nor StsToken",
            "echo '{\"mode\":\"KEY\"}'",
        ),
        (
            "sts_token is missing",
            r#"echo '{"mode":"StsToken","access_key_id":"a","access_key_secret":"KEY"}'"#,
        ),
        ("expiration is no time", r#"echo '{"expiration":"KEY"}'"#),
        (
            "prints more than 65536 bytes",
            "while :; do echo KEYKEYKEYKEYKEYKEYKEY; done",
        ),
    ];
    for (expected, body) in cases {
        let (_home, command) = script(body);
        let source = ExternalProcess::new(format!("{command} --password {CANARY}"));
        quiet(&format!("{source:?}"));
        let why = refusal(&source).await;
        assert!(why.contains(expected), "{expected}: {why}");
    }
    let missing = format!("/no/such/program {}", secret("x"));
    let why = refusal(&ExternalProcess::new(missing)).await;
    assert!(why.contains("\"/no/such/program\": "), "{why}");
    for command in ["", "'a", "a\\"] {
        refusal(&ExternalProcess::new(command)).await;
    }
}

#[tokio::test]
async fn a_program_that_hangs_is_ended() {
    let cases = [
        "exec sleep 60",
        // It prints everything, closes its output and stays.
        "echo '{}'; exec sleep 60 >/dev/null",
        // A program that it started keeps the output open.
        "sleep 5 & echo '{}'",
    ];
    for body in cases {
        let (home, command) =
            script(&format!("echo $$ > \"$(dirname \"$0\")/pid\"\n{body}"));
        let limit = Duration::from_millis(400);
        let start = Instant::now();
        let why = refusal(&ExternalProcess::new(command).timeout(limit)).await;
        assert!(why.contains("took longer than 400ms"), "{why}");
        assert!(
            start.elapsed() < Duration::from_secs(3),
            "{:?}",
            start.elapsed()
        );
        let pid =
            std::fs::read_to_string(home.path("my tools/pid")).expect("it was started");
        let entry = format!("/proc/{}", pid.trim());
        assert!(!std::path::Path::new(&entry).exists(), "it still runs");
    }
}
