//! Texts and evidence: what only readers see.

use serde::Serialize;
use serde_json::{Value, json};

use super::Rule;
use super::host::{Found, Host};
use super::rules::document as rules;
use crate::diagnostic::KeyPath;
use crate::model::{Erratum, Example, Gap, Note, Operation};

/// A text that is always there: `title`, `summary`.
pub(super) fn text(
    host: &Host,
    key: &str,
    (old, new): (&String, &String),
    found: &mut Found<'_>,
) {
    let root = KeyPath::default();
    let pair = (&Some(old.clone()), &Some(new.clone()));
    at(host, key, (&root, &root), pair, found);
}

/// A text at a key of two places.
pub(super) fn at(
    host: &Host,
    key: &str,
    (before, after): (&KeyPath, &KeyPath),
    (old, new): (&Option<String>, &Option<String>),
    found: &mut Found<'_>,
) {
    if old == new {
        return;
    }
    let (rule, what): (&'static Rule, _) = match key {
        "title" => (&rules::TITLE, "has another title"),
        "summary" => (&rules::SUMMARY, "is summed up in other words"),
        "written" => (&rules::WRITTEN, "is written with another type on the page"),
        "deprecated" => (
            &rules::DEPRECATION_NOTE,
            "is advised against in other words",
        ),
        _ => (&rules::DESCRIPTION, "is described in other words"),
    };
    let message = format!("{} {what}", host.subject);
    let values = (
        old.as_ref().map(|one| json!(one)),
        new.as_ref().map(|one| json!(one)),
    );
    let host = host.under(key);
    let paths = (before.key(key), after.key(key));
    found.changed(rule, &host, (&paths.0, &paths.1), values, message);
}

/// A list of values at a key: one finding for all of it.
pub(super) fn list<T: Serialize + ?Sized>(
    (host, rule): (&Host, &'static Rule),
    key: &str,
    (before, after): (&KeyPath, &KeyPath),
    (old, new): (&T, &T),
    found: &mut Found<'_>,
) {
    let (old, new) = (json!(old), json!(new));
    if old == new {
        return;
    }
    let some = |value: Value| {
        let empty = value.is_null()
            || value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(serde_json::Map::is_empty);
        (!empty).then_some(value)
    };
    let message = format!("`{key}` of {} changed", host.subject);
    let host = host.under(key);
    let paths = (before.key(key), after.key(key));
    found.changed(
        rule,
        &host,
        (&paths.0, &paths.1),
        (some(old), some(new)),
        message,
    );
}

/// What an operation says about its page.
pub(super) fn page(host: &Host, old: &Operation, new: &Operation, found: &mut Found<'_>) {
    source(host, old, new, found);
    examples(host, &old.examples, &new.examples, found);
    let root = KeyPath::default();
    let (before, after) = (json!(old.history), json!(new.history));
    if before != after {
        let appended = new.history.len() > old.history.len()
            && json!(new.history[new.history.len() - old.history.len()..]) == before;
        let rule = if appended {
            &rules::HISTORY_APPENDED
        } else {
            &rules::HISTORY_CHANGED
        };
        let pair = (&old.history, &new.history);
        list((host, rule), "history", (&root, &root), pair, found);
    }
    remarks(
        host,
        (&old.errata, &new.errata),
        (&old.gaps, &new.gaps),
        (&old.notes, &new.notes),
        found,
    );
}

fn source(host: &Host, old: &Operation, new: &Operation, found: &mut Found<'_>) {
    let root = KeyPath::default();
    let (one, other) = (&old.source, &new.source);
    if one.official != other.official {
        let rule = if other.official {
            &rules::STRENGTHENED
        } else {
            &rules::WEAKENED
        };
        let path = root.key("source").key("official");
        let message = format!("the source of {} is another kind of page", host.subject);
        let values = (Some(json!(one.official)), Some(json!(other.official)));
        let host = host.under("source/official");
        found.changed(rule, &host, (&path, &path), values, message);
    }
    let rest = |source: &crate::model::Source| {
        json!({
            "title": source.title,
            "collection": source.collection,
            "language": source.language,
            "page_updated": source.page_updated,
            "transcribed": source.transcribed,
        })
    };
    let pair = (&rest(one), &rest(other));
    list(
        (host, &rules::SOURCE),
        "source",
        (&root, &root),
        pair,
        found,
    );
}

/// Samples have no name: the same number at the same place, else what came or went.
fn examples(host: &Host, old: &[Example], new: &[Example], found: &mut Found<'_>) {
    let root = KeyPath::default().key("examples");
    if old.len() == new.len() {
        for (index, (one, other)) in old.iter().zip(new).enumerate() {
            let (before, after) = (json!(one), json!(other));
            if before != after {
                let path = root.item(index);
                let host = host.under(&format!("examples/{index}"));
                let message = format!("{} changed", host.subject);
                let values = (Some(before), Some(after));
                found.changed(
                    &rules::EXAMPLE_CHANGED,
                    &host,
                    (&path, &path),
                    values,
                    message,
                );
            }
        }
        return;
    }
    let known: Vec<Value> = old.iter().map(|one| json!(one)).collect();
    let fresh: Vec<Value> = new.iter().map(|one| json!(one)).collect();
    for (index, value) in fresh.iter().enumerate() {
        if !known.contains(value) {
            let host = host.under(&format!("examples/{index}"));
            let message = format!("{} is new", host.subject);
            let path = root.item(index);
            found.added(&rules::EXAMPLE_ADDED, &host, &path, value.clone(), message);
        }
    }
    for (index, value) in known.iter().enumerate() {
        if !fresh.contains(value) {
            let host = host.under(&format!("examples/{index}"));
            let message = format!("{} is gone", host.subject);
            let path = root.item(index);
            found.removed(
                &rules::EXAMPLE_REMOVED,
                &host,
                &path,
                value.clone(),
                message,
            );
        }
    }
}

/// Errata, gaps and notes.
pub(super) fn remarks(
    host: &Host,
    errata: (&[Erratum], &[Erratum]),
    gaps: (&[Gap], &[Gap]),
    notes: (&[Note], &[Note]),
    found: &mut Found<'_>,
) {
    let rules = [
        &rules::ERRATUM_ADDED,
        &rules::ERRATUM_RESOLVED,
        &rules::ERRATUM_CHANGED,
    ];
    kind(
        (host, "errata"),
        rules,
        (
            &named(errata.0, |one| &one.at),
            &named(errata.1, |one| &one.at),
        ),
        found,
    );
    let rules = [&rules::GAP_ADDED, &rules::GAP_RESOLVED, &rules::GAP_CHANGED];
    kind(
        (host, "gaps"),
        rules,
        (&named(gaps.0, |one| &one.at), &named(gaps.1, |one| &one.at)),
        found,
    );
    let rules = [
        &rules::NOTE_ADDED,
        &rules::NOTE_REMOVED,
        &rules::NOTE_CHANGED,
    ];
    kind(
        (host, "notes"),
        rules,
        (
            &named(notes.0, |one| &one.at),
            &named(notes.1, |one| &one.at),
        ),
        found,
    );
}

/// A remark: its place among the others, what it is about, and all of it.
type Remark = (usize, String, Value);

fn named<T: Serialize>(list: &[T], at: impl Fn(&T) -> &String) -> Vec<Remark> {
    let list = list.iter().enumerate();
    list.map(|(index, one)| (index, at(one).clone(), json!(one)))
        .collect()
}

/// Remarks of one kind: those that are equal first, then those about the same place.
fn kind(
    (host, key): (&Host, &str),
    [added, removed, changed]: [&'static Rule; 3],
    (old, new): (&[Remark], &[Remark]),
    found: &mut Found<'_>,
) {
    let root = KeyPath::default().key(key);
    let differs = |one: &&Remark, others: &[Remark]| {
        !others
            .iter()
            .any(|other| other.1 == one.1 && other.2 == one.2)
    };
    let mut gone: Vec<_> = old.iter().filter(|one| differs(one, new)).collect();
    for (index, at, value) in new.iter().filter(|one| differs(one, old)) {
        let host = host.under(&format!("{key}/{at}"));
        let path = root.item(*index);
        let Some(position) = gone.iter().position(|one| one.1 == *at) else {
            let message = format!("{} is new", host.subject);
            found.added(added, &host, &path, value.clone(), message);
            continue;
        };
        let before = gone.remove(position);
        let values = (Some(before.2.clone()), Some(value.clone()));
        let message = format!("{} has other words", host.subject);
        found.changed(
            changed,
            &host,
            (&root.item(before.0), &path),
            values,
            message,
        );
    }
    for (index, at, value) in gone {
        let host = host.under(&format!("{key}/{at}"));
        let message = format!("{} is gone", host.subject);
        found.removed(removed, &host, &root.item(*index), value.clone(), message);
    }
}
