//! Workflow commands, which GitHub shows beside the lines of a change.

use std::fmt::Write as _;

use crate::diagnostic::machine::{self, data, property};
use crate::diff::{Report, Severity};

/// One command a change; of what is gone, GitHub can show no line.
pub fn github(report: &Report<'_>) -> String {
    let mut out = String::new();
    for change in &report.changes {
        let command = match (change.severity(), &change.acknowledged) {
            (_, Some(_)) | (Severity::Info, _) => "notice",
            (Severity::Warning, None) => "warning",
            (Severity::Error, None) => "error",
        };
        let mut properties = Vec::new();
        if let Some(place) = &change.new_place {
            let file = property(&report.new.shown(&place.file));
            properties.push(format!("file={file}"));
            if place.line > 0 {
                properties.push(format!("line={},col={}", place.line, place.column));
            }
        } else if let Some(place) = &change.old_place {
            let file = property(&report.new.shown(&place.file));
            properties.push(format!("file={file}"));
        }
        properties.push(format!("title={}", property(change.rule.id)));
        let message = format!(
            "{}\nwire {}, source {}, behaviour {}: {}\n{}",
            change.message,
            change.wire.as_str(),
            change.source.as_str(),
            change.behaviour.as_str(),
            change.bump().as_str(),
            change.fingerprint
        );
        let _ = writeln!(
            out,
            "::{command} {}::{}",
            properties.join(","),
            data(&message)
        );
    }
    out + &machine::github(&report.gate, &report.new.root)
}
