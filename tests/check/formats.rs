//! The formats for machines: each can be read, and each says what the text says.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;
use yunspec::check;
use yunspec::commands;
use yunspec::diagnostic::{Diagnostic, count, machine, sarif};

use super::tree;

/// Everything that the specimens give, with a hostile file name among it.
fn all_findings() -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for rule in check::rules() {
        let specimen = tree::folder().join(format!("{}.yaml", rule.id));
        let text = fs::read_to_string(specimen).expect("every rule has a specimen");
        let tree = tree::with_specimen(&text);
        findings.extend(tree::findings(&tree.path().join("specs")));
    }
    let mut hostile = findings[0].clone();
    hostile.place.file = "a,b:c%d e/\u{202E}.yaml".into();
    "100% <b>, ::error::\n\"two\" lines\r".clone_into(&mut hostile.message);
    findings.push(hostile);
    findings
}

#[test]
fn json_says_everything() {
    let findings = all_findings();
    let text = machine::json(&findings, Path::new("specs"));
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let (errors, warnings) = count(&findings);
    assert_eq!(document["version"], 1);
    assert_eq!(document["errors"], errors);
    assert_eq!(document["warnings"], warnings);
    let listed = document["findings"].as_array().expect("a list");
    assert_eq!(listed.len(), findings.len());
    for (one, finding) in listed.iter().zip(&findings) {
        let keys: Vec<&str> = one
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            keys,
            [
                "rule", "severity", "file", "line", "column", "path", "message", "help"
            ]
        );
        assert_eq!(one["rule"], finding.rule);
        assert_eq!(one["severity"], finding.severity.as_str());
        assert_eq!(one["line"], finding.place.line);
        assert_eq!(one["message"], finding.message);
        assert!(
            one["file"]
                .as_str()
                .is_some_and(|file| file.starts_with("specs")),
            "{one}"
        );
    }
}

#[test]
fn sarif_has_the_shape_of_its_version() {
    let findings = all_findings();
    let rules = check::rules();
    let text = sarif::document(&findings, Path::new("specs"), &rules);
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(document["version"], "2.1.0");
    assert_eq!(document["runs"].as_array().map(Vec::len), Some(1));
    let run = &document["runs"][0];
    let described = run["tool"]["driver"]["rules"].as_array().expect("a list");
    assert_eq!(run["tool"]["driver"]["name"], "yunspec");
    assert_eq!(described.len(), rules.len());
    for rule in described {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(
                rule[key]["text"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty()),
                "{rule}"
            );
        }
        let level = rule["defaultConfiguration"]["level"].as_str();
        assert!(matches!(level, Some("error" | "warning")), "{rule}");
    }
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(&findings) {
        let index = result["ruleIndex"]
            .as_u64()
            .and_then(|index| usize::try_from(index).ok());
        let rule = &described[index.expect("every rule is described")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(result["ruleId"], finding.rule);
        assert_eq!(result["level"], finding.severity.as_str());
        assert!(result["message"]["text"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
        assert!(
            uri.bytes()
                .all(|b| b.is_ascii_graphic() && !b"<>\"{}|\\^` ".contains(&b)),
            "{uri}"
        );
        match finding.place.line {
            0 => assert!(place.get("region").is_none()),
            line => {
                assert_eq!(place["region"]["startLine"], line);
                let column = |key: &str| place["region"][key].as_u64();
                assert!(column("startColumn") >= Some(1));
                assert!(column("endColumn") >= column("startColumn"));
            }
        }
    }
}

#[test]
fn github_gets_a_command_a_finding() {
    let findings = all_findings();
    let text = machine::github(&findings, Path::new("specs"));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), findings.len());
    for (line, finding) in lines.iter().zip(&findings) {
        let command = format!("::{} file=specs", finding.severity.as_str());
        assert!(line.starts_with(&command), "{line}");
        let (properties, message) = line[2..].split_once("::").expect("a message");
        let (_, properties) = properties.split_once(' ').expect("properties");
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').expect("key and value");
            assert!(["file", "line", "col", "title"].contains(&key), "{line}");
            assert!(!value.contains([':', ',', '\n']), "{line}");
        }
        assert!(!message.contains(['\n', '\r']), "{line}");
        let unescaped = message
            .replace("%0A", "\n")
            .replace("%0D", "\r")
            .replace("%25", "%");
        assert!(unescaped.starts_with(&finding.message), "{line}");
    }
}

#[test]
fn the_exit_status_tells_findings_from_faults() {
    let status = |arguments: &[&str]| {
        let arguments = ["yunspec"]
            .iter()
            .chain(arguments)
            .map(std::ffi::OsString::from);
        format!("{:?}", commands::run(arguments))
    };
    let is = |code: u8| format!("{:?}", ExitCode::from(code));
    let specs =
        |tree: &tempfile::TempDir| tree.path().join("specs").display().to_string();
    let base = tree::base();
    let clean = specs(&base);
    let text =
        fs::read_to_string(tree::folder().join("doc-missing.yaml")).expect("a specimen");
    let warning = tree::with_specimen(&text);
    let missing = format!("{clean}/nowhere");
    assert_eq!(
        status(&["check", "--specs", &clean, "--format", "github"]),
        is(0)
    );
    assert_eq!(
        status(&["check", "--specs", &specs(&warning), "--format", "github"]),
        is(1)
    );
    assert_eq!(
        status(&["check", "--specs", &missing, "--format", "github"]),
        is(3)
    );
    assert_eq!(status(&["check", "--format", "prose"]), is(2));
    assert_eq!(status(&["explain", "no-such-rule"]), is(2));
    assert_eq!(status(&["explain"]), is(2));
    assert_eq!(status(&["schema", "--specs", &clean, "--check"]), is(1));
    assert_eq!(status(&["schema", "--specs", &clean]), is(0));
    assert_eq!(status(&["schema", "--specs", &clean, "--check"]), is(0));
    assert_eq!(
        status(&["schema", "--out", &format!("{missing}/schema.json")]),
        is(3)
    );
    assert_eq!(
        status(&["check", "--specs", &clean, "--format", "github"]),
        is(0)
    );
}
