//! A report as SARIF 2.1.0, which code-scanning services read.

use serde_json::{Value, json};

use crate::diagnostic::sarif::uri;
use crate::diagnostic::{Diagnostic, Place, machine};
use crate::diff::rule::rules;
use crate::diff::{Change, Report, Rule, Severity, Side, Verdict};

/// One run with the metadata of all rules, and a result per change. The old place is a
/// related location, the fingerprint a partial one, an acknowledgement a suppression.
pub fn sarif(report: &Report<'_>) -> String {
    let rules = rules();
    let changes = report.changes.iter();
    let changes = changes.map(|change| result(change, report, &rules));
    let gate = report.gate.iter().map(|found| gate(found, report, &rules));
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
            "results": changes.chain(gate).collect::<Vec<_>>(),
        }],
    }))
}

fn descriptor(rule: &Rule) -> Value {
    let level = match rule.wire.max(rule.behaviour) {
        Verdict::Breaking => "error",
        Verdict::Risky => "warning",
        Verdict::None | Verdict::Compatible => "note",
    };
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.why },
        "help": { "text": format!("{}\n\n{}", rule.mend, rule.example) },
        "defaultConfiguration": { "level": level },
        "properties": { "tags": [rule.group.as_str()] },
    })
}

fn index(id: &str, rules: &[&'static Rule]) -> Value {
    rules
        .iter()
        .position(|rule| rule.id == id)
        .map_or(json!(-1), |index| json!(index))
}

fn result(change: &Change, report: &Report<'_>, rules: &[&'static Rule]) -> Value {
    let level = match change.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let mut result = json!({
        "ruleId": change.rule.id,
        "ruleIndex": index(change.rule.id, rules),
        "level": level,
        "message": { "text": change.message },
        "partialFingerprints": { "yunspecChange/v1": change.fingerprint },
        "properties": {
            "wire": change.wire,
            "source": change.source,
            "behaviour": change.behaviour,
            "bump": change.bump(),
            "cause": change.cause,
            "operations": change.operations,
        },
    });
    let new = change.new_place.as_ref();
    let old = change.old_place.as_ref();
    let at = |side: &Side, place: &Place| location(side, place, &change.subject);
    let places = new.map(|place| at(report.new, place));
    let before = old.map(|place| at(report.old, place));
    match (places, before) {
        (Some(place), before) => {
            result["locations"] = json!([place]);
            if let Some(mut before) = before {
                before["message"] = json!({ "text": "before" });
                result["relatedLocations"] = json!([before]);
            }
        }
        (None, Some(before)) => result["locations"] = json!([before]),
        (None, None) => {}
    }
    if let Some(given) = &change.acknowledged {
        result["suppressions"] = json!([{
            "kind": "external",
            "status": "accepted",
            "justification": given.reason,
        }]);
    }
    result
}

fn gate(found: &Diagnostic, report: &Report<'_>, rules: &[&'static Rule]) -> Value {
    let mut result = json!({
        "ruleId": found.rule,
        "ruleIndex": index(found.rule, rules),
        "level": "error",
        "message": { "text": found.message },
    });
    if found.place.line > 0 {
        let path = found.place.path.to_string();
        result["locations"] = json!([location(report.new, &found.place, &path)]);
    }
    result
}

fn location(side: &Side, place: &Place, name: &str) -> Value {
    let mut physical = json!({
        "artifactLocation": { "uri": uri(&side.shown(&place.file)) },
    });
    if place.line > 0 {
        let text = side.text(&place.file);
        let marked = text.and_then(|text| text.get(place.span.0..place.span.1));
        let width = marked
            .and_then(|text| text.lines().next())
            .map_or(0, |line| line.chars().count());
        physical["region"] = json!({
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + width,
        });
    }
    json!({
        "physicalLocation": physical,
        "logicalLocations": [{ "fullyQualifiedName": name }],
    })
}
