//! Operations as a whole: their facts, and those that came or went.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Rule;
use super::compare::counted;
use super::host::{Claim, Draft, Found, Host, Values};
use super::pairs::Home;
use super::rules::operation as rules;
use super::{documents, errors};
use crate::diagnostic::KeyPath;
use crate::model::{Operation, Period, Permission, RateLimit, Retry};
use crate::name;

/// An operation that only the new side has.
pub(super) fn added(home: Home<'_>, found: &mut Found<'_>) {
    let Some(operation) = home.operation else {
        return;
    };
    let host = host(home);
    let message = format!("the operation `{}` is new", host.subject);
    let path = KeyPath::default().key("operation");
    let draft = found.added(
        &rules::ADDED,
        &host,
        &path,
        json!(operation.summary),
        message,
    );
    draft.claim([Claim::file(&host.new)]);
    draft.change.folded = parts(operation);
}

/// An operation that only the old side has.
pub(super) fn removed(home: Home<'_>, found: &mut Found<'_>) {
    let Some(operation) = home.operation else {
        return;
    };
    let host = host(home);
    let rule = if operation.deprecated.is_some() {
        &rules::REMOVED_DEPRECATED
    } else {
        &rules::REMOVED
    };
    let message = format!("the operation `{}` is gone", host.subject);
    let path = KeyPath::default().key("operation");
    let draft = found.removed(rule, &host, &path, json!(operation.summary), message);
    draft.claim([Claim::file(&host.old)]);
    draft.change.folded = parts(operation);
}

/// The facts of an operation that both sides have.
pub(super) fn compare(old: Home<'_>, new: Home<'_>, found: &mut Found<'_>) {
    gate(old, new, found);
    let (host, pair) = (host(new), old.operation.zip(new.operation));
    let Some((old, new)) = pair else { return };
    documents::text(&host, "summary", (&old.summary, &new.summary), found);
    let root = KeyPath::default();
    documents::at(&host, "doc", (&root, &root), (&old.doc, &new.doc), found);
    http(&host, old, new, found);
    if old.retry != new.retry {
        let rule = match new.retry {
            Retry::Safe => &rules::IDEMPOTENCY_ADDED,
            Retry::Unsafe => &rules::IDEMPOTENCY_REMOVED,
        };
        let values = (Some(json!(old.retry)), Some(json!(new.retry)));
        fact(&host, rule, "retry", values, found);
    }
    deprecation(&host, (&old.deprecated, &new.deprecated), found);
    limit(&host, (&old.rate_limit, &new.rate_limit), found);
    permission(&host, (&old.permission, &new.permission), found);
    pages(&host, old, new, found);
    errors::compare(&host, (old, new), found);
    documents::page(&host, old, new, found);
}

fn host(home: Home<'_>) -> Host {
    Host {
        old: home.file(),
        new: home.file(),
        subject: home.id(),
        operations: BTreeSet::from([home.id()]),
    }
}

/// What came or went with an operation.
fn parts(operation: &Operation) -> Vec<String> {
    let counts = [
        (operation.request.members.len(), "request parameter"),
        (operation.response.members.len(), "response field"),
        (operation.structures.len(), "structure"),
        (operation.enumerations.len(), "enumeration"),
        (operation.errors.len(), "error"),
    ];
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, noun)| counted(count, noun)).collect()
}

/// A fact that stands at one key.
fn fact(
    host: &Host,
    rule: &'static Rule,
    key: &str,
    values: Values,
    found: &mut Found<'_>,
) {
    drafted(host, rule, key, values, found);
}

fn drafted<'f>(
    host: &Host,
    rule: &'static Rule,
    key: &str,
    values: Values,
    found: &'f mut Found<'_>,
) -> &'f mut Draft {
    let path = key
        .split('.')
        .fold(KeyPath::default(), |path, step| path.key(step));
    let word = |value: &Option<Value>| {
        let text = value.as_ref().map(super::host::shown);
        text.unwrap_or_else(|| "nothing".to_owned())
    };
    let message = format!(
        "`{key}` of {} is {}, was {}",
        host.subject,
        word(&values.1),
        word(&values.0)
    );
    let host = host.under(&key.replace('.', "/"));
    found.changed(rule, &host, (&path, &path), values, message)
}

fn http(host: &Host, old: &Operation, new: &Operation, found: &mut Found<'_>) {
    let facts = [
        (
            "http.method",
            &rules::METHOD_CHANGED,
            &old.method,
            &new.method,
        ),
        ("http.path", &rules::PATH_CHANGED, &old.path, &new.path),
    ];
    for (key, rule, old, new) in facts {
        if old != new {
            fact(host, rule, key, (Some(json!(old)), Some(json!(new))), found);
        }
    }
    let facts = [
        ("http.host", &rules::HOST_CHANGED, &old.host, &new.host),
        (
            "http.content_type",
            &rules::CONTENT_TYPE_CHANGED,
            &old.content_type,
            &new.content_type,
        ),
    ];
    for (key, rule, old, new) in facts {
        if old != new {
            let some = |one: &Option<String>| one.as_ref().map(|one| json!(one));
            fact(host, rule, key, (some(old), some(new)), found);
        }
    }
}

/// Whether the operation is generated, where its service did not decide that.
fn gate(old: Home<'_>, new: Home<'_>, found: &mut Found<'_>) {
    let host = host(new);
    // With its last operation the service goes as well.
    let around = ["types.yaml", "service.yaml"].map(|name| host.new.with_file_name(name));
    let [old, new] =
        [old, new].map(|home| (home.service.gated.is_some(), home.operation));
    let ((false, Some(old)), (false, Some(new))) = (old, new) else {
        return;
    };
    let (rule, word) = match (&old.gated, &new.gated) {
        (None, Some(_)) => (&rules::GATED, "is gated"),
        (Some(_), None) => (&rules::UNGATED, "is no longer gated"),
        _ => {
            let root = KeyPath::default();
            let pair = (&old.gated, &new.gated);
            return documents::at(&host, "gated", (&root, &root), pair, found);
        }
    };
    let path = KeyPath::default().key("gated");
    let message = format!("the operation `{}` {word}", host.subject);
    let some = |one: &Option<String>| one.as_ref().map(|one| json!(one));
    let values = (some(&old.gated), some(&new.gated));
    let under = host.under("gated");
    let draft = found.changed(rule, &under, (&path, &path), values, message);
    draft.claim([Claim::file(&host.new)]);
    draft.claim(around.map(|file| Claim::file(&file)));
}

fn deprecation(
    host: &Host,
    (old, new): (&Option<String>, &Option<String>),
    found: &mut Found<'_>,
) {
    let rule = match (old, new) {
        (None, Some(_)) => &rules::DEPRECATED,
        (Some(_), None) => &rules::UNDEPRECATED,
        (Some(one), Some(other)) if one != other => {
            let root = KeyPath::default();
            return documents::at(host, "deprecated", (&root, &root), (old, new), found);
        }
        _ => return,
    };
    let path = KeyPath::default().key("deprecated");
    let word = if new.is_some() { "is" } else { "is no longer" };
    let message = format!("the operation `{}` {word} deprecated", host.subject);
    let under = host.under("deprecated");
    let values = (
        old.as_ref().map(|one| json!(one)),
        new.as_ref().map(|one| json!(one)),
    );
    let draft = found.changed(rule, &under, (&path, &path), values, message);
    draft.claim([Claim::owner(&host.new, "Client")]);
}

fn limit(
    host: &Host,
    (old, new): (&Option<RateLimit>, &Option<RateLimit>),
    found: &mut Found<'_>,
) {
    let values = || {
        (
            old.as_ref().map(|one| json!(one)),
            new.as_ref().map(|one| json!(one)),
        )
    };
    let per_minute = |one: &RateLimit| match one.per {
        Period::Second => u64::from(one.requests) * 60,
        Period::Minute => u64::from(one.requests),
    };
    let rule = match (old, new) {
        (None, None) => return,
        (None, Some(_)) => &rules::LIMIT_ADDED,
        (Some(_), None) => &rules::LIMIT_REMOVED,
        (Some(one), Some(other)) => {
            if one.scope != other.scope {
                let values = (
                    one.scope.as_ref().map(|one| json!(one)),
                    other.scope.as_ref().map(|one| json!(one)),
                );
                fact(host, &rules::LIMIT_SCOPE, "rate_limit.scope", values, found);
            }
            // Sixty a minute allow other bursts than one a second, if not more calls.
            let rank = |one: &RateLimit| (per_minute(one), one.per == Period::Minute);
            match rank(one).cmp(&rank(other)) {
                Ordering::Less => &rules::LIMIT_INCREASED,
                Ordering::Greater => &rules::LIMIT_DECREASED,
                Ordering::Equal => return,
            }
        }
    };
    fact(host, rule, "rate_limit", values(), found);
}

/// The pagination and the waiter, each as a whole.
fn pages(host: &Host, old: &Operation, new: &Operation, found: &mut Found<'_>) {
    let facts = [
        (
            "pagination",
            [
                &rules::PAGINATION_ADDED,
                &rules::PAGINATION_REMOVED,
                &rules::PAGINATION_CHANGED,
            ],
            (json!(old.pagination), json!(new.pagination)),
        ),
        (
            "waiter",
            [
                &rules::WAITER_ADDED,
                &rules::WAITER_REMOVED,
                &rules::WAITER_CHANGED,
            ],
            (json!(old.waiter), json!(new.waiter)),
        ),
    ];
    for (key, [added, removed, changed], (before, after)) in facts {
        let rule = match (before.is_null(), after.is_null()) {
            _ if before == after => continue,
            (true, _) => added,
            (_, true) => removed,
            _ => changed,
        };
        let some = |value: Value| Some(value).filter(|value| !value.is_null());
        let draft = drafted(host, rule, key, (some(before), some(after)), found);
        draft.claim([
            Claim::owner(&host.new, "Client"),
            Claim::owner(&host.new, &format!("{}Request", name::pascal(&new.name))),
        ]);
    }
}

fn permission(
    host: &Host,
    (old, new): (&Option<Permission>, &Option<Permission>),
    found: &mut Found<'_>,
) {
    let (old, new) = match (old, new) {
        (None, None) => return,
        (Some(old), Some(new)) => (old, new),
        (old, new) => {
            let rule = if new.is_some() {
                &rules::PERMISSION_ADDED
            } else {
                &rules::PERMISSION_REMOVED
            };
            let values = (
                old.as_ref().map(|one| json!(one)),
                new.as_ref().map(|one| json!(one)),
            );
            return fact(host, rule, "permission", values, found);
        }
    };
    let facts: [(&str, &'static Rule, Value, Value); 5] = [
        (
            "action",
            &rules::PERMISSION_ACTION,
            json!(old.action),
            json!(new.action),
        ),
        (
            "resource",
            &rules::PERMISSION_RESOURCE,
            json!(old.resource),
            json!(new.resource),
        ),
        (
            "access_level",
            &rules::PERMISSION_LEVEL,
            json!(old.access_level),
            json!(new.access_level),
        ),
        (
            "condition_keys",
            &rules::CONDITION_KEYS,
            json!(old.condition_keys),
            json!(new.condition_keys),
        ),
        (
            "dependent_actions",
            &rules::DEPENDENT_ACTIONS,
            json!(old.dependent_actions),
            json!(new.dependent_actions),
        ),
    ];
    for (key, rule, old, new) in facts {
        if old != new {
            let some = |value: Value| Some(value).filter(|value| !value.is_null());
            let key = format!("permission.{key}");
            fact(host, rule, &key, (some(old), some(new)), found);
        }
    }
}
