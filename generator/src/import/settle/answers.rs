//! Warnings that metadata can never mend, answered: what is not told is a gap, what the
//! provider has so is a note. A warning that is not listed here stays.

use std::collections::BTreeMap;

use super::mend::is_error;
use super::{Desk, cut};
use crate::diagnostic::{Diagnostic, KeyPath};
use crate::import::{Service, spell};
use crate::spec::{self, Gap, Note, Operation};

/// What is not told, by the rule that asks for it.
const GAPS: [(&str, &str); 12] = [
    (
        "null-semantics-unknown",
        "The metadata do not say whether what is left out stays as it is.",
    ),
    (
        "put-omission-semantics-unknown",
        "The metadata do not say whether what is left out stays as it is.",
    ),
    (
        "success-flag-undeclared",
        "The metadata do not say what the flag means in an answer without an error.",
    ),
    (
        "partial-failure-undeclared",
        "The metadata do not say when an answer without an error tells of failures.",
    ),
    (
        "idempotency-unstated",
        "The metadata do not say whether a second attempt does harm.",
    ),
    (
        "boolean-as-integer",
        "The metadata do not say what 0 and 1 mean.",
    ),
    (
        "rate-limit-scope-unstated",
        "The metadata do not say who shares the limit.",
    ),
    (
        "error-http-status-missing",
        "The metadata do not say the status.",
    ),
    ("doc-missing", "The metadata do not say what it is."),
    ("pattern-untested", "The metadata have no sample texts."),
    (
        "integer-width-unstated",
        "The metadata do not say the width.",
    ),
    (
        "constraint-looser-than-enum",
        "The metadata do not say whether there are more values.",
    ),
];

/// What the provider has so, by the rule that doubts it.
const NOTES: [(&str, &str); 20] = [
    (
        "access-level-outside-declared-set",
        "The provider names the level so.",
    ),
    (
        "constraint-on-item",
        "The limit is one on items: the server enforces it.",
    ),
    ("doc-not-english", "The texts are the provider's own."),
    (
        "error-code-looks-misspelt",
        "The provider lists the code so.",
    ),
    ("error-code-malformed", "The provider lists the code so."),
    (
        "error-message-placeholder-undeclared",
        "The provider lists the message so.",
    ),
    (
        "error-names-unknown-parameter",
        "The provider lists the code so.",
    ),
    (
        "error-status-in-message",
        "The provider lists the message so.",
    ),
    ("error-status-not-http", "The provider lists the status so."),
    ("list-encoded-in-string", "The provider declares one text."),
    ("map-or-json-in-string", "The provider declares one text."),
    (
        "nbsp-or-fullwidth-in-identifier",
        "The provider spells the name so.",
    ),
    (
        "pattern-class-contains-literal-hyphen-mid",
        "The pattern is the provider's own.",
    ),
    (
        "pattern-length-contradiction",
        "Pattern and length are the provider's own.",
    ),
    (
        "pattern-matches-empty",
        "The pattern is the provider's own.",
    ),
    (
        "pattern-suspicious-range",
        "The pattern is the provider's own.",
    ),
    (
        "protocol-parameter-in-business-list",
        "The operation has a parameter of its own with the name of a common one.",
    ),
    (
        "required-with-default",
        "The provider lists it as required and with a default.",
    ),
    (
        "sentinel-value-in-string",
        "The provider's text tells what the value means.",
    ),
    ("wire-name-case-outlier", "The provider spells the name so."),
];

/// Whether a remark is one that answers a warning here: it is made anew with each import.
pub(in crate::import) fn is_made(remark: &str) -> bool {
    GAPS.iter().chain(&NOTES).any(|(_, text)| *text == remark)
}

/// Answers the warnings of one operation; whether there were any.
pub(super) fn operation(operation: &mut Operation, found: &[Diagnostic]) -> bool {
    let before = (operation.gaps.len(), operation.notes.len());
    let lists = (&mut operation.gaps, &mut operation.notes);
    answer(found, lists);
    before != (operation.gaps.len(), operation.notes.len())
}

/// Mends `service.yaml`, and answers the warnings of the service and of its structures;
/// whether anything changed.
pub(super) fn service(
    service: &mut Service,
    of_service: &[Diagnostic],
    of_types: &[Diagnostic],
    desk: &mut Desk<'_>,
) -> bool {
    let file = &mut service.file;
    let cuts = cut::wanted(of_service);
    if !cuts.is_empty() {
        let text = spell::service(file);
        return match cut::all::<spec::Service>(&text, &cuts, "service.yaml", desk) {
            Some(mended) => {
                *file = mended;
                true
            }
            None => false,
        };
    }
    if !cut::wanted(of_types).is_empty() {
        return false;
    }
    let before = (file.gaps.len(), file.notes.len());
    for found in [of_service, of_types] {
        answer(found, (&mut file.gaps, &mut file.notes));
    }
    before != (file.gaps.len(), file.notes.len())
}

/// Answers warnings: one remark for each rule, where all its findings are.
fn answer(found: &[Diagnostic], (gaps, notes): (&mut Vec<Gap>, &mut Vec<Note>)) {
    let mut places: BTreeMap<&'static str, KeyPath> = BTreeMap::new();
    for finding in found.iter().filter(|finding| !is_error(finding)) {
        let path = &finding.place.path;
        let place = places.entry(finding.rule).or_insert_with(|| path.clone());
        let both = place.0.iter().zip(&path.0);
        let common = both.take_while(|(one, other)| one == other).count();
        place.0.truncate(common);
    }
    for (rule, at) in places {
        let text = |list: &[(&str, &str)]| {
            let found = list.iter().find(|(known, _)| *known == rule);
            found.map(|(_, text)| (*text).to_owned())
        };
        let (at, answers) = (at.to_string(), vec![rule.to_owned()]);
        if let Some(why) = text(&GAPS) {
            gaps.push(Gap { at, why, answers });
        } else if let Some(note) = text(&NOTES) {
            notes.push(Note { at, note, answers });
        }
    }
}
