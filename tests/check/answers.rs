//! Errata, gaps and notes answer warnings, at the place or around it.

use std::fs;
use std::path::Path;

use yunspec::check;
use yunspec::diagnostic::{Diagnostic, Severity, render};

use super::tree;

/// A specimen that is an operation, with a note for each of its findings.
fn answered(text: &str, at: impl Fn(&Diagnostic) -> String) -> Vec<Diagnostic> {
    let before = tree::with_specimen(text);
    let mut answered = text.to_owned();
    if !answered.contains("\nnotes:\n") {
        answered.push_str("notes:\n");
    }
    let mut notes: Vec<String> = tree::findings(&before.path().join("specs"))
        .iter()
        .map(|found| {
            format!(
                "  - {{ at: {:?}, note: It is so., answers: [{}] }}\n",
                at(found),
                found.rule
            )
        })
        .collect();
    notes.dedup();
    answered.push_str(&notes.concat());
    tree::findings(&tree::with_specimen(&answered).path().join("specs"))
}

fn warnings_of_operations() -> Vec<(&'static str, String)> {
    let warnings = check::rules()
        .into_iter()
        .filter(|rule| rule.severity == Severity::Warning);
    let texts = warnings.map(|rule| {
        let specimen = tree::folder().join(format!("{}.yaml", rule.id));
        (
            rule.id,
            fs::read_to_string(specimen).expect("every rule has a specimen"),
        )
    });
    texts
        .filter(|(_, text)| text.contains("\noperation: "))
        .collect()
}

#[test]
fn every_warning_can_be_answered_where_it_is() {
    let specimens = warnings_of_operations();
    assert!(specimens.len() > 50, "only {}", specimens.len());
    for (rule, text) in specimens {
        let left = answered(&text, |found| found.place.path.to_string());
        assert!(
            left.is_empty(),
            "{rule}: {}",
            render::text(&left, Path::new(""), false)
        );
    }
}

#[test]
fn every_warning_can_be_answered_from_around_it() {
    for (rule, text) in warnings_of_operations() {
        let left = answered(&text, |_| ".".to_owned());
        assert!(
            left.is_empty(),
            "{rule}: {}",
            render::text(&left, Path::new(""), false)
        );
    }
}

#[test]
fn an_answer_reaches_no_other_place() {
    let specimen = tree::folder().join("example-masked.yaml");
    let text = fs::read_to_string(specimen).expect("a specimen");
    let left = answered(&text, |_| "request.Title".to_owned());
    let rules: Vec<&str> = left.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["example-masked", "answer-unused"]);
}

#[test]
fn names_with_signs_can_be_pointed_at() {
    let text = "# file: acme/store/PutBook.yaml
operation: PutBook
summary: Puts a book on a shelf.
source: { title: PutBook, language: en, transcribed: 2026-01-01 }
http: { method: POST, path: /v2/books }
retry: unsafe
request:
  Tag.Key: { type: string, required: true, doc: Its tag. }
  Tag: { type: string, required: true, doc: Another tag. }
  'a[0].b': { type: string, required: true, doc: An odd name. }
errors:
  - { code: NoBook, status: 404, message: No book. }
notes:
  - { at: request.Tag.Key, note: A dot in a name. }
  - { at: request.Tag.Key.doc, note: A key behind it. }
  - { at: request.Tag.doc, note: The shorter name. }
  - { at: 'request[\"Tag.Key\"].type', note: The name in quotes. }
  - { at: 'request[\"a[0].b\"].type', note: The odd name in quotes. }
  - { at: 'request.a[0].b', note: The odd name as it stands. }
  - { at: 'errors[0].code', note: An item. }
  - { at: 'request.Tag.items', note: A key that may be there. }
";
    let found = tree::findings(&tree::with_specimen(text).path().join("specs"));
    let shown = render::text(&found, Path::new(""), false);
    let places: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
    assert!(places.is_empty(), "{shown}");
}
