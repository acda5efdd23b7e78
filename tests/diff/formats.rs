//! The formats: each can be read, and each says what the others say.

use serde_json::Value;
use yunspec::diff::print::{github, json, sarif, text};
use yunspec::diff::rule::rules;
use yunspec::diff::{Report, Severity, diff};

use crate::base::Tree;
use crate::cases;

/// A report of every case, and one with a text that is hostile.
fn with_report(look: impl Fn(&Report<'_>)) {
    let report = |old, new, changes| Report {
        old,
        new,
        changes,
        gate: Vec::new(),
    };
    for judged in cases::judged() {
        look(&report(&judged.old, &judged.new, judged.there.clone()));
    }
    let (base, hostile) = (Tree::base(), "Puts 100%, ::error:: | `it`\\n<b> away.");
    let new = base.clone().edited((
        "PutBook",
        "meaning: Up.",
        "meaning: \"100%, ::error:: | `it` away.\"",
    ));
    let (old, new) = (base.side("old: a"), new.side(hostile));
    let changes = diff(&old, &new);
    assert_eq!(changes.len(), 1);
    look(&report(&old, &new, changes));
}

#[test]
fn json_keeps_to_its_schema() {
    let schema: Value = serde_json::from_str(&json::schema()).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    with_report(|report| {
        let document: Value =
            serde_json::from_str(&json::json(report)).expect("it is JSON");
        let wrong: Vec<_> = validator
            .iter_errors(&document)
            .map(|error| error.to_string())
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(document["version"], 1);
        let changes = document["changes"].as_array().expect("a list");
        assert_eq!(changes.len(), report.changes.len());
        for (one, change) in changes.iter().zip(&report.changes) {
            assert_eq!(one["rule"], change.rule.id);
            assert_eq!(one["fingerprint"], change.fingerprint);
            assert_eq!(one["bump"], change.bump().as_str());
            let line = one["new_place"]["line"].as_u64();
            assert_eq!(
                line,
                change.new_place.as_ref().map(|place| place.line as u64)
            );
        }
    });
    assert!(!validator.is_valid(&serde_json::json!({ "version": 1 })));
}

#[test]
fn sarif_has_a_result_a_change() {
    with_report(|report| {
        let document: Value =
            serde_json::from_str(&sarif::sarif(report)).expect("it is JSON");
        assert_eq!(document["version"], "2.1.0");
        let run = &document["runs"][0];
        let described = run["tool"]["driver"]["rules"].as_array().expect("a list");
        assert_eq!(described.len(), rules().len());
        let results = run["results"].as_array().expect("a list");
        assert_eq!(results.len(), report.changes.len());
        for (result, change) in results.iter().zip(&report.changes) {
            let index = result["ruleIndex"].as_u64().expect("a known rule");
            let index = usize::try_from(index).expect("it is small");
            assert_eq!(described[index]["id"], change.rule.id);
            let level = match change.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "note",
            };
            assert_eq!(result["level"], level);
            let print = &result["partialFingerprints"]["yunspecChange/v1"];
            assert_eq!(*print, change.fingerprint);
            let both = change.old_place.is_some() && change.new_place.is_some();
            assert_eq!(result["relatedLocations"].is_array(), both);
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
            assert!(uri.starts_with("specs/"), "{uri}");
        }
    });
}

#[test]
fn github_gets_a_command_a_change() {
    with_report(|report| {
        let text = github::github(report);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), report.changes.len(), "{text}");
        for (line, change) in lines.iter().zip(&report.changes) {
            let command = match change.severity() {
                Severity::Error => "::error ",
                Severity::Warning => "::warning ",
                Severity::Info => "::notice ",
            };
            assert!(line.starts_with(command), "{line}");
            assert!(
                line.contains(&format!("title={}", change.rule.id)),
                "{line}"
            );
        }
    });
}

#[test]
fn the_text_shows_both_values_and_both_places() {
    with_report(|report| {
        let text = text::text(report, false);
        let last = text.lines().last().expect("a summary");
        assert_eq!(format!("{last}\n"), text::summary(report));
        assert!(last.contains(&format!("bump: {}", report.totals().bump.as_str())));
        for change in &report.changes {
            assert!(text.contains(&format!("[{}]: ", change.rule.id)));
            for place in change.old_place.iter().chain(&change.new_place) {
                let at = format!(":{}:{}", place.line, place.column);
                assert!(text.contains(&at), "{at} in {text}");
            }
        }
    });
}
