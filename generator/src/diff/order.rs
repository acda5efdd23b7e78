//! One order for all outputs, and nothing said twice.

use std::collections::BTreeMap;

use super::Change;

/// Merges what is the same change, seen from two directions, and sorts by file, place and
/// rule.
pub(super) fn sort(changes: Vec<Change>) -> Vec<Change> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut merged: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        if let Some(index) = known.get(&change.fingerprint) {
            merge(&mut merged[*index], change);
        } else {
            known.insert(change.fingerprint.clone(), merged.len());
            merged.push(change);
        }
    }
    merged.sort_by_cached_key(|change| {
        let place = change.place();
        let file = place.map(|place| (place.file.clone(), place.span.0));
        (file, change.rule.id, change.subject.clone())
    });
    merged
}

fn merge(change: &mut Change, other: Change) {
    change.operations.extend(other.operations);
    change.operations.sort();
    change.operations.dedup();
    change.items.extend(other.items);
    change.items.sort();
    change.items.dedup();
    change.source = change.source.max(other.source);
    change.wire = change.wire.max(other.wire);
    change.behaviour = change.behaviour.max(other.behaviour);
}
