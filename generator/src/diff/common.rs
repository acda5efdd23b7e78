//! What all operations of a provider share: envelope, common parameters, error body.

use serde_json::json;

use super::compare::matched;
use super::host::{Found, Host};
use super::rules::service as services;
use super::{Verdict, documents, shape};
use crate::diagnostic::KeyPath;
use crate::model::{CommonParameter, Member};

/// The key that wraps every response.
pub(super) fn envelope(
    host: &Host,
    (old, new): (&Option<String>, &Option<String>),
    found: &mut Found<'_>,
) {
    if old == new {
        return;
    }
    let key = KeyPath::default().key("envelope");
    let word = |one: &Option<String>| one.clone().unwrap_or_else(|| "nothing".to_owned());
    let message = format!(
        "responses are wrapped in `{}`, before in `{}`",
        word(new),
        word(old)
    );
    let values = (
        old.as_ref().map(|one| json!(one)),
        new.as_ref().map(|one| json!(one)),
    );
    let host = host.under("envelope");
    found.changed(
        &services::ENVELOPE_CHANGED,
        &host,
        (&key, &key),
        values,
        message,
    );
}

/// What the client fills in for every operation.
pub(super) fn parameters(
    host: &Host,
    (old, new): (&[CommonParameter], &[CommonParameter]),
    found: &mut Found<'_>,
) {
    for pair in matched(old, new, |one| &one.name) {
        let name = pair.1.or(pair.0).map_or("", |one| &one.name);
        let path = KeyPath::default().key("common_parameters").key(name);
        let host = host.under(&format!("common_parameters/{name}"));
        match pair {
            (None, Some(one)) => {
                let rule = if one.required {
                    &services::COMMON_REQUIRED
                } else {
                    &services::COMMON_ADDED
                };
                let message = format!("the client fills in `{name}`");
                found.added(rule, &host, &path, json!(one), message);
            }
            (Some(one), None) => {
                let message = format!("the client no longer fills in `{name}`");
                found.removed(
                    &services::COMMON_REMOVED,
                    &host,
                    &path,
                    json!(one),
                    message,
                );
            }
            (Some(old), Some(new)) => common_parameter(&host, &path, old, new, found),
            (None, None) => {}
        }
    }
}

fn common_parameter(
    host: &Host,
    path: &KeyPath,
    old: &CommonParameter,
    new: &CommonParameter,
    found: &mut Found<'_>,
) {
    let place = |one: &CommonParameter| json!({ "wire": one.wire, "in": one.location });
    if (&old.wire, old.location) != (&new.wire, new.location) {
        let message = format!("`{}` travels under another name or place", new.name);
        let values = (Some(place(old)), Some(place(new)));
        found.changed(
            &services::COMMON_CHANGED,
            host,
            (path, path),
            values,
            message,
        );
    }
    if old.required != new.required {
        let (rule, word) = if new.required {
            (&services::COMMON_REQUIRED, "must carry")
        } else {
            (&services::COMMON_OPTIONAL, "may leave out")
        };
        let message = format!("every call {word} `{}`", new.name);
        let key = path.key("required");
        let values = (Some(json!(old.required)), Some(json!(new.required)));
        found.changed(rule, host, (&key, &key), values, message);
    }
    documents::at(
        host,
        "doc",
        (path, path),
        (&Some(old.doc.clone()), &Some(new.doc.clone())),
        found,
    );
    documents::at(
        host,
        "written",
        (path, path),
        (&old.written, &new.written),
        found,
    );
}

/// The members of an error body.
pub(super) fn error_body(
    host: &Host,
    (old, new): (&[Member], &[Member]),
    found: &mut Found<'_>,
) {
    for pair in matched(old, new, |one| &one.name) {
        let name = pair.1.or(pair.0).map_or("", |one| &one.name);
        let path = KeyPath::default().key("error_body").key(name);
        let host = host.under(&format!("error_body/{name}"));
        match pair {
            (None, Some(one)) => {
                let message = format!("an error body has `{name}`");
                let value = json!(shape::text(&one.shape));
                found.added(&services::ERROR_BODY_ADDED, &host, &path, value, message);
            }
            (Some(one), None) => {
                let message = format!("an error body has no `{name}` any more");
                let value = json!(shape::text(&one.shape));
                found.removed(
                    &services::ERROR_BODY_REMOVED,
                    &host,
                    &path,
                    value,
                    message,
                );
            }
            (Some(old), Some(new)) => {
                let facts = |one: &Member| {
                    let mut facts = json!(one);
                    if let Some(facts) = facts.as_object_mut() {
                        facts.shift_remove("doc");
                    }
                    facts
                };
                if facts(old) != facts(new) {
                    let message =
                        format!("`{name}` of an error body is told in another way");
                    let values = (Some(facts(old)), Some(facts(new)));
                    let draft = found.changed(
                        &services::ERROR_BODY_CHANGED,
                        &host,
                        (&path, &path),
                        values,
                        message,
                    );
                    if old.shape == new.shape && old.location == new.location {
                        draft.change.wire = Verdict::None;
                    }
                }
                documents::at(&host, "doc", (&path, &path), (&old.doc, &new.doc), found);
            }
            (None, None) => {}
        }
    }
}
