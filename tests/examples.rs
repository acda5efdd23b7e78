//! The README's program and every generated example run against `yunspec mock`, with what it
//! prints as their whole environment.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use yunspec::mock::{Mock, Settings};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of the generated examples.
fn generated() -> Vec<String> {
    let examples = std::fs::read_dir(root().join("generated/examples"));
    let names = examples.expect("there are some").map(|example| {
        let path = example.expect("it can be read").path();
        let name = path.file_stem().expect("it has a name");
        name.to_string_lossy().into_owned()
    });
    names.collect()
}

/// Builds the examples all at once, with the features that the whole workspace's tests have;
/// gives each its program.
fn build(names: &[String]) -> BTreeMap<String, PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([
        "build",
        "--workspace",
        "--quiet",
        "--features",
        "yun-sdk/full",
    ]);
    cargo.args(["--message-format", "json-render-diagnostics"]);
    cargo.args(names.iter().flat_map(|name| ["--example", name]));
    // What cargo tells this test about itself would make build scripts run anew.
    let told = ["CARGO_MANIFEST_", "CARGO_PKG_"];
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if told.iter().any(|start| name.starts_with(start)) {
            cargo.env_remove(&*name);
        }
    }
    let output = cargo
        .current_dir(root())
        .output()
        .expect("cargo can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let messages = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let programs = messages.lines().filter_map(|line| {
        let message: Json = serde_json::from_str(line).expect("one message a line");
        let program = message["executable"].as_str()?;
        Some((
            message["target"]["name"].as_str()?.to_owned(),
            program.into(),
        ))
    });
    programs.collect()
}

/// What the stand-in has printed, as a shell would take it over.
fn printed(mock: &Mock) -> BTreeMap<String, String> {
    let exports = mock.exports();
    let lines = exports
        .lines()
        .filter_map(|line| line.strip_prefix("export "));
    let pairs = lines.map(|line| line.split_once('=').expect("a name and a value"));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The calls that came, as the stand-in lists them.
fn calls(mock: &Mock) -> Vec<Json> {
    let address = mock.url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).expect("the stand-in listens");
    let head = format!(
        "GET /_mock/calls HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
    );
    stream
        .write_all(head.as_bytes())
        .expect("the stand-in reads");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the stand-in answers");
    let (_, body) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
    serde_json::from_str(body).expect("a list of calls")
}

#[test]
fn everything_runs_against_the_stand_in() {
    let model =
        yunspec::resolve(&root().join("specs")).expect("the specs pass the check");
    let mock = Mock::start(model, &Settings::default()).expect("a port is free");
    let examples = generated();
    let programs = build(&[&examples[..], &["readme".to_owned()]].concat());
    assert_eq!(programs.len(), examples.len() + 1);
    for (count, (name, program)) in programs.iter().enumerate() {
        let output = Command::new(program)
            .env_clear()
            .envs(printed(&mock))
            .output();
        let output = output.expect("the program can be run");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {said}");
        let calls = calls(&mock);
        assert_eq!(calls.len(), count + 1, "{name} calls once");
        let call = &calls[count];
        assert_eq!(call["accepted"], true, "{name}: {call}");
        let shown = String::from_utf8_lossy(&output.stdout);
        let id = call["request_id"].as_str().expect("every call has an id");
        if name == "readme" {
            assert_eq!(shown.trim_end(), id);
        } else {
            assert!(
                shown.starts_with("Response {") && shown.contains(id),
                "{name}: {shown}"
            );
        }
    }
}
