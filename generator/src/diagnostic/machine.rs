//! Findings for tools: one JSON document, or GitHub workflow commands.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use super::{Diagnostic, KeyPath, Severity, count, shown};

/// The JSON document. Keys are only ever added; `version` changes when one goes.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: Severity,
    file: String,
    line: usize,
    column: usize,
    path: &'a KeyPath,
    message: &'a str,
    help: Option<&'a str>,
}

/// `{version, errors, warnings, findings: [{rule, severity, file, line, column, path,
/// message, help}]}`; line and column count from 1, and are 0 where only the file is known.
pub fn json(findings: &[Diagnostic], root: &Path) -> String {
    let (errors, warnings) = count(findings);
    let findings = findings.iter().map(|finding| Finding {
        rule: finding.rule,
        severity: finding.severity,
        file: shown(root, &finding.place.file),
        line: finding.place.line,
        column: finding.place.column,
        path: &finding.place.path,
        message: &finding.message,
        help: finding.help.as_deref(),
    });
    let document = Document {
        version: 1,
        errors,
        warnings,
        findings: findings.collect(),
    };
    pretty(&document)
}

/// One workflow command a line: GitHub shows them beside the lines of a change.
pub fn github(findings: &[Diagnostic], root: &Path) -> String {
    let mut out = String::new();
    for finding in findings {
        let place = &finding.place;
        let mut properties = format!("file={}", property(&shown(root, &place.file)));
        if place.line > 0 {
            let _ = write!(properties, ",line={},col={}", place.line, place.column);
        }
        let message = match &finding.help {
            Some(help) => format!("{}\nhelp: {help}", finding.message),
            None => finding.message.clone(),
        };
        let _ = writeln!(
            out,
            "::{} {properties},title={}::{}",
            finding.severity.as_str(),
            property(finding.rule),
            data(&message)
        );
    }
    out
}

/// A message of a workflow command.
pub(crate) fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a workflow command.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// JSON with line breaks, and one at the end.
pub(crate) fn pretty(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document)
        .expect("texts, numbers and string keys always serialise");
    text.push('\n');
    text
}
