//! Error codes, by code; entries that only have a status, by status.

use serde_json::json;

use super::Rule;
use super::compare::matched;
use super::documents;
use super::host::{Claim, Found, Host, shown};
use super::rules::errors as rules;
use crate::diagnostic::KeyPath;
use crate::model::{ErrorCode, Operation};
use crate::name;

/// An entry with its place in the list.
struct Entry<'m> {
    index: usize,
    key: String,
    error: &'m ErrorCode,
}

/// The errors of an operation.
pub(super) fn compare(
    host: &Host,
    (old, new): (&Operation, &Operation),
    found: &mut Found<'_>,
) {
    let owner = format!("{}Error", name::pascal(&new.name));
    let (before, after) = (entries(&old.errors), entries(&new.errors));
    for pair in matched(&before, &after, |one| &one.key) {
        let claim = |entry: &Entry<'_>| {
            Claim::part(
                &host.new,
                &owner,
                entry.error.code.as_deref().unwrap_or_default(),
            )
        };
        match pair {
            (None, Some(entry)) => {
                let rule = if entry.error.code.is_some() {
                    &rules::ADDED
                } else {
                    &rules::STATUS_ENTRY_ADDED
                };
                let message = format!("error `{}` is new", entry.key);
                let host = host.under(&format!("errors/{}", entry.key));
                let value = json!(entry.error);
                found
                    .added(rule, &host, &entry.path(), value, message)
                    .claim([claim(entry)]);
            }
            (Some(entry), None) => {
                let rule = match &entry.error {
                    ErrorCode { code: None, .. } => &rules::STATUS_ENTRY_REMOVED,
                    ErrorCode {
                        deprecated: Some(_),
                        ..
                    } => &rules::REMOVED_DEPRECATED,
                    _ => &rules::REMOVED,
                };
                let message = format!("error `{}` is gone", entry.key);
                let host = host.under(&format!("errors/{}", entry.key));
                let value = json!(entry.error);
                found
                    .removed(rule, &host, &entry.path(), value, message)
                    .claim([claim(entry)]);
            }
            (Some(one), Some(other)) => {
                let host = host.under(&format!("errors/{}", other.key));
                both(&host, one, other, &claim(other), found);
            }
            (None, None) => {}
        }
    }
    order(host, &before, &after, found);
}

/// The errors that any operation of a provider may answer with.
pub(super) fn common(
    host: &Host,
    (old, new): (&[ErrorCode], &[ErrorCode]),
    found: &mut Found<'_>,
) {
    let (before, after) = (entries(old), entries(new));
    for pair in matched(&before, &after, |one| &one.key) {
        let key = pair.1.or(pair.0).map_or("", |one| &one.key);
        let host = host.under(&format!("errors/{key}"));
        match pair {
            (None, Some(entry)) => {
                let message = format!("any operation may answer `{key}`");
                let value = json!(entry.error);
                found.added(&rules::COMMON_ADDED, &host, &entry.path(), value, message);
            }
            (Some(entry), None) => {
                let message = format!("no operation is documented to answer `{key}`");
                let value = json!(entry.error);
                found.removed(
                    &rules::COMMON_REMOVED,
                    &host,
                    &entry.path(),
                    value,
                    message,
                );
            }
            (Some(one), Some(other)) => {
                let values = (json!(one.error), json!(other.error));
                if values.0 != values.1 {
                    let message =
                        format!("the common error `{key}` is told in another way");
                    let paths = (&one.path(), &other.path());
                    let values = (Some(values.0), Some(values.1));
                    found.changed(&rules::COMMON_CHANGED, &host, paths, values, message);
                }
            }
            (None, None) => {}
        }
    }
}

impl Entry<'_> {
    fn path(&self) -> KeyPath {
        KeyPath::default().key("errors").item(self.index)
    }
}

/// A code may stand twice, with different statuses: then the status tells them apart.
fn entries(errors: &[ErrorCode]) -> Vec<Entry<'_>> {
    let entry = |(index, error): (usize, &'_ ErrorCode)| {
        let before = errors[..index].iter();
        let twice = before.filter(|one| one.code == error.code).count();
        let status = error.status.map(|status| status.to_string());
        let status = status.unwrap_or_default();
        match &error.code {
            Some(code) if twice == 0 => code.clone(),
            Some(code) => format!("{code}#{twice}"),
            None => status,
        }
    };
    let keys = errors.iter().enumerate().map(entry);
    let keys: Vec<_> = keys.collect();
    errors
        .iter()
        .enumerate()
        .zip(keys)
        .map(|((index, error), key)| Entry { index, key, error })
        .collect()
}

fn both(
    host: &Host,
    old: &Entry<'_>,
    new: &Entry<'_>,
    claim: &Claim,
    found: &mut Found<'_>,
) {
    let paths = (old.path(), new.path());
    let (one, other) = (old.error, new.error);
    if let Some(rule) = status_rule(one.status, other.status) {
        let values = (one.status, other.status);
        let json = |status: Option<u16>| status.map(|status| json!(status));
        let word = |status: Option<u16>| {
            status.map_or("no status".to_owned(), |status| status.to_string())
        };
        let message = format!(
            "error `{}` comes with {}, was {}",
            new.key,
            word(values.1),
            word(values.0)
        );
        let (before, after) = (paths.0.key("status"), paths.1.key("status"));
        let under = host.under("status");
        found.changed(
            rule,
            &under,
            (&before, &after),
            (json(values.0), json(values.1)),
            message,
        );
    }
    message(host, (one, other), &paths, found);
    if one.code.is_some() {
        rust_name(host, (one, other), &paths, claim, found);
        deprecated(host, (one, other), &paths, claim, found);
    }
    if one.doc != other.doc {
        let (before, after) = (paths.0.key("doc"), paths.1.key("doc"));
        let message = format!("error `{}` is told in other words", new.key);
        let values = (
            one.doc.as_ref().map(|one| json!(one)),
            other.doc.as_ref().map(|one| json!(one)),
        );
        let under = host.under("doc");
        found.changed(&rules::MEANING, &under, (&before, &after), values, message);
    }
}

fn status_rule(old: Option<u16>, new: Option<u16>) -> Option<&'static Rule> {
    match (old, new) {
        (None, Some(_)) => Some(&rules::STATUS_ADDED),
        (Some(_), None) => Some(&rules::STATUS_REMOVED),
        (Some(old), Some(new)) if old != new => Some(&rules::STATUS_CHANGED),
        _ => None,
    }
}

fn message(
    host: &Host,
    (old, new): (&ErrorCode, &ErrorCode),
    paths: &(KeyPath, KeyPath),
    found: &mut Found<'_>,
) {
    if old.message == new.message {
        return;
    }
    // The parts between the placeholders are what values are cut out by.
    let template = |error: &ErrorCode| {
        let message = error.message.clone().unwrap_or_default();
        message.contains("%s").then_some(message)
    };
    let rule = if template(old) == template(new) {
        &rules::MESSAGE
    } else {
        &rules::TEMPLATE
    };
    let values = (
        old.message.as_ref().map(|one| json!(one)),
        new.message.as_ref().map(|one| json!(one)),
    );
    let text = |value: &Option<serde_json::Value>| {
        value.as_ref().map_or("nothing".to_owned(), shown)
    };
    let message = format!(
        "the message is {}, was {}",
        text(&values.1),
        text(&values.0)
    );
    let (before, after) = (paths.0.key("message"), paths.1.key("message"));
    let host = host.under("message");
    found.changed(rule, &host, (&before, &after), values, message);
}

fn rust_name(
    host: &Host,
    (old, new): (&ErrorCode, &ErrorCode),
    paths: &(KeyPath, KeyPath),
    claim: &Claim,
    found: &mut Found<'_>,
) {
    let variant = |error: &ErrorCode| {
        let text = error.name.as_ref().or(error.code.as_ref());
        name::variant(text.map_or("", String::as_str))
    };
    let (before, after) = (variant(old), variant(new));
    if before == after {
        return;
    }
    let message = format!("the variant is `{after}`, was `{before}`");
    let keys = (paths.0.key("name"), paths.1.key("name"));
    let host = host.under("name");
    let values = (Some(json!(before)), Some(json!(after)));
    found
        .changed(
            &rules::RUST_NAME,
            &host,
            (&keys.0, &keys.1),
            values,
            message,
        )
        .claim([claim.clone()]);
}

fn deprecated(
    host: &Host,
    (old, new): (&ErrorCode, &ErrorCode),
    paths: &(KeyPath, KeyPath),
    claim: &Claim,
    found: &mut Found<'_>,
) {
    let rule = match (&old.deprecated, &new.deprecated) {
        (None, Some(_)) => &rules::DEPRECATED,
        (Some(_), None) => &rules::UNDEPRECATED,
        (one, other) => {
            return documents::at(
                host,
                "deprecated",
                (&paths.0, &paths.1),
                (one, other),
                found,
            );
        }
    };
    let word = if new.deprecated.is_some() {
        "is"
    } else {
        "is no longer"
    };
    let message = format!("{} {word} deprecated", host.subject);
    let keys = (paths.0.key("deprecated"), paths.1.key("deprecated"));
    let host = host.under("deprecated");
    let values = (
        old.deprecated.as_ref().map(|one| json!(one)),
        new.deprecated.as_ref().map(|one| json!(one)),
    );
    found
        .changed(rule, &host, (&keys.0, &keys.1), values, message)
        .claim([claim.clone()]);
}

fn order(host: &Host, old: &[Entry<'_>], new: &[Entry<'_>], found: &mut Found<'_>) {
    let kept = |list: &[Entry<'_>], others: &[Entry<'_>]| -> Vec<String> {
        let both = list
            .iter()
            .filter(|one| others.iter().any(|other| other.key == one.key));
        both.map(|one| one.key.clone()).collect()
    };
    let (before, after) = (kept(old, new), kept(new, old));
    if before != after {
        let path = KeyPath::default().key("errors");
        let message = format!("the errors of {} stand in another order", host.subject);
        let host = host.under("errors");
        let values = (Some(json!(before)), Some(json!(after)));
        found.changed(&rules::ORDER, &host, (&path, &path), values, message);
    }
}
