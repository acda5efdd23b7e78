//! Findings as SARIF 2.1.0, which code-scanning services read.

use std::path::Path;

use serde_json::{Value, json};

use super::{Diagnostic, Rule, Severity, machine, shown};

/// One run with the metadata of all `rules`, and a result per finding.
pub fn document(findings: &[Diagnostic], root: &Path, rules: &[&'static Rule]) -> String {
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| result(finding, root, rules))
        .collect();
    machine::pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "yunspec",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.why },
        "help": { "text": format!("{}\n\n{}", rule.mend, rule.example) },
        "defaultConfiguration": { "level": rule.severity.as_str() },
        "properties": { "tags": [rule.family] },
    })
}

fn result(finding: &Diagnostic, root: &Path, rules: &[&'static Rule]) -> Value {
    let message = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": message },
        "locations": [location(finding, root)],
    });
    if let Some(index) = rules.iter().position(|rule| rule.id == finding.rule) {
        result["ruleIndex"] = index.into();
    }
    result
}

fn location(finding: &Diagnostic, root: &Path) -> Value {
    let place = &finding.place;
    let mut physical = json!({
        "artifactLocation": { "uri": uri(&shown(root, &place.file)) },
    });
    if place.line > 0 {
        physical["region"] = json!({
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + width(finding),
            "byteOffset": place.span.0,
            "byteLength": place.span.1 - place.span.0,
        });
    }
    json!({
        "physicalLocation": physical,
        "logicalLocations": [{ "fullyQualifiedName": place.path }],
    })
}

/// How many characters of its first line a finding marks.
fn width(finding: &Diagnostic) -> usize {
    let (start, end) = finding.place.span;
    let marked = finding
        .source
        .as_deref()
        .and_then(|text| text.get(start..end));
    marked
        .and_then(|text| text.lines().next())
        .map_or(0, |line| line.chars().count())
}

/// A relative or absolute path as a URI reference.
pub(crate) fn uri(path: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
