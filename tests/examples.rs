//! Every generated example runs against a server on this machine, without credentials.

use std::path::Path;
use std::process::Command;

use yunspec_tests::server::{Answer, Server};

#[test]
fn every_example_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let examples =
        std::fs::read_dir(root.join("generated/examples")).expect("there are some");
    for example in examples {
        let path = example.expect("it can be read").path();
        let name = path
            .file_stem()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned();
        let answer = r#"{"Response": {"RequestId": "r-1"}, "RequestId": "r-1"}"#;
        let server = Server::start([Answer::new(200).body(answer)]);
        let output = Command::new(env!("CARGO"))
            .args([
                "run",
                "--quiet",
                "--package",
                "yun-sdk",
                "--all-features",
                "--example",
            ])
            .arg(&name)
            .current_dir(&root)
            .env("YUN_ENDPOINT", server.url())
            .output()
            .expect("cargo can be run");
        let (shown, said) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(output.status.success(), "{name}: {said}");
        assert!(shown.starts_with("Response {"), "{name} prints {shown}");
        assert_eq!(server.requests().len(), 1, "{name} calls once");
    }
}
