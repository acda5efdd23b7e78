//! What the checker refuses, taken out of a file at its key path.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::Desk;
use super::mend::is_error;
use crate::diagnostic::{Diagnostic, KeyPath, Step};

/// Warnings about what says nothing, or says it at a place where it has no meaning.
const IDLE: [&str; 4] = [
    "constraint-without-effect",
    "format-type-mismatch",
    "pattern-redundant-with-enum",
    "type-unused",
];

/// Bounds of which one makes no sense without the other.
const PAIRS: [&[&str]; 3] = [
    &["minimum", "maximum"],
    &["min_length", "max_length", "max_bytes"],
    &["min_items", "max_items"],
];

/// Rules on texts and numbers: a known value that breaks one is better evidence.
const BOUNDS: [&str; 6] = [
    "minimum",
    "maximum",
    "min_length",
    "max_length",
    "max_bytes",
    "pattern",
];

/// A place to take out, and the rule that asks for it.
pub(super) type Cut = (KeyPath, &'static str);

/// What has to go because of these findings; the last places of a list first.
pub(super) fn wanted(found: &[Diagnostic]) -> Vec<Cut> {
    let cuts = found.iter().filter(|finding| {
        is_error(finding)
            || IDLE.contains(&finding.rule)
            || finding.rule.starts_with("example-")
    });
    let cuts: BTreeSet<Cut> = cuts
        .flat_map(|finding| places(finding).into_iter().map(|path| (path, finding.rule)))
        .collect();
    cuts.into_iter().rev().collect()
}

/// The places that a finding is mended at.
fn places(finding: &Diagnostic) -> Vec<KeyPath> {
    let path = &finding.place.path;
    let first = match path.0.first() {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    if ["errors", "examples", "errata", "gaps", "notes"].contains(&first) {
        return vec![KeyPath(path.0.iter().take(2).cloned().collect())];
    }
    let beside = |steps: usize, keys: &[&str]| {
        let kept = path.0.len().saturating_sub(steps);
        let member = KeyPath(path.0.iter().take(kept).cloned().collect());
        keys.iter().map(|key| member.key(key)).collect()
    };
    match (finding.rule, path.0.last()) {
        ("enum-value-violates-constraint", _) => beside(3, &BOUNDS),
        ("min-exceeds-max", Some(Step::Key(key))) => {
            let pair = PAIRS.iter().find(|pair| pair.contains(&key.as_str()));
            beside(1, pair.copied().unwrap_or_default())
        }
        _ => vec![path.clone()],
    }
}

/// Takes places out of a file; nothing where no file is left.
pub(super) fn all<T: DeserializeOwned>(
    text: &str,
    cuts: &[Cut],
    at: &str,
    desk: &mut Desk<'_>,
) -> Option<T> {
    let mut root: Value = serde_yaml::from_str(text).ok()?;
    let mut last = None;
    for (path, rule) in cuts {
        let mut path = path.0.as_slice();
        while !path.is_empty() {
            let mut next = root.clone();
            if !remove(&mut next, path) {
                break;
            }
            if let Ok(typed) = serde_yaml::from_value(next.clone()) {
                let place = format!("{at}: {}", KeyPath(path.to_vec()));
                desk.lose(&format!("what `{rule}` refuses"), &place);
                root = next;
                last = Some(typed);
                break;
            }
            // The format needs that key: what holds it goes too.
            path = &path[..path.len() - 1];
        }
    }
    last
}

/// Removes what a path leads to; whether there was anything.
fn remove(node: &mut Value, path: &[Step]) -> bool {
    let Some((step, rest)) = path.split_first() else {
        return false;
    };
    if rest.is_empty() {
        return match (node, step) {
            (Value::Mapping(keys), Step::Key(key)) => {
                keys.shift_remove(key.as_str()).is_some()
            }
            (Value::Sequence(items), Step::Item(index)) if *index < items.len() => {
                items.remove(*index);
                true
            }
            _ => false,
        };
    }
    let next = match (node, step) {
        (Value::Mapping(keys), Step::Key(key)) => keys.get_mut(key.as_str()),
        (Value::Sequence(items), Step::Item(index)) => items.get_mut(*index),
        _ => None,
    };
    next.is_some_and(|next| remove(next, rest))
}
