//! Files that nobody would write, in the place of every profile file.

use std::time::{Duration, Instant};

use yunspec_runtime::Protocol;
use yunspec_runtime::credentials::{CliProfile, Profile};

use crate::common::{CANARY, Home, refusal};

/// Contents that are no profile; most of them hold a secret that no message may show.
fn contents() -> Vec<Vec<u8>> {
    let text = |text: String| text.into_bytes();
    let mut contents = vec![
        text(CANARY.to_owned()),
        text(format!("[{CANARY}")),
        text(format!("[{CANARY}]\n{CANARY}")),
        text(format!("[default]\n{CANARY}={CANARY}\n{CANARY}={CANARY}")),
        text(format!("[default]\nsecret_key = {CANARY}\u{0}")),
        text(format!("[default]\r{CANARY}")),
        text(format!("\u{feff}\u{feff}{CANARY}")),
        text(format!("{{\"current\":\"{CANARY}")),
        text(format!("{{\"current\":\"a\",\"profiles\":\"{CANARY}\"}}")),
        text(format!(
            "{{\"profiles\":[{{\"name\":\"{CANARY}\"}}]}} trailing"
        )),
        text(format!(
            "{{\"profiles\":{{}},\"x\":{}1{}}}",
            "[".repeat(500),
            "]".repeat(500)
        )),
        text("[".repeat(100_000)),
        text("\n".repeat(1 << 17)),
        text(format!("[default]\n{}", "a=b\n".repeat(10_000))),
        text("[a]\n[b]\n".repeat(10_000)),
        text("x".repeat((1 << 20) + 1)),
        vec![0; 4096],
        vec![0xff; 4096],
        (0..=255).collect(),
        [b"[default]\nsecret_key=", CANARY.as_bytes(), b"\xff\xfe"].concat(),
        b"\xff\xfe[\0d\0e\0f\0]\0".to_vec(),
        Vec::new(),
    ];
    // The same pseudo-random bytes at every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for length in [1, 7, 64, 999, 65_536] {
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        };
        contents.push((0..length).map(|_| next()).collect());
    }
    contents
}

#[tokio::test]
async fn every_reader_refuses_in_one_quiet_line_and_soon() {
    for content in contents() {
        let home = Home::new().file("f", &content);
        let start = Instant::now();
        for protocol in [
            Protocol::ACS_RPC,
            Protocol::TC3_JSON,
            Protocol::SDK_HMAC_REST,
        ] {
            let profile = Profile::of(protocol).surroundings(home.surroundings());
            refusal(&profile.file(home.path("f"))).await;
        }
        let cli = CliProfile::new().surroundings(home.surroundings());
        refusal(&cli.file(home.path("f"))).await;
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{:?}",
            start.elapsed()
        );
    }
}

#[tokio::test]
async fn what_is_no_file_is_refused() {
    let home = Home::new().file("folder/x", "");
    let mut paths = vec![
        home.path("folder"),
        home.path("none"),
        "\0".into(),
        "".into(),
    ];
    if cfg!(unix) {
        paths.extend(["/dev/zero".into(), "/dev/stdin".into()]);
    }
    for path in paths {
        for protocol in [
            Protocol::ACS_RPC,
            Protocol::TC3_JSON,
            Protocol::SDK_HMAC_REST,
        ] {
            let profile = Profile::of(protocol).surroundings(home.surroundings());
            refusal(&profile.file(&path)).await;
        }
        let cli = CliProfile::new().surroundings(home.surroundings());
        refusal(&cli.file(&path)).await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_without_a_writer_does_not_hang() {
    let home = Home::new();
    let pipe = home.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo is there").success());
    let source = Profile::of(Protocol::TC3_JSON).surroundings(home.surroundings());
    let why = refusal(&source.file(pipe)).await;
    assert!(why.contains("is no regular file"), "{why}");
}
