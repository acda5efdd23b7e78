//! What two sources say of a whole service and of a whole operation, besides members.

use std::collections::BTreeSet;

use super::ledger::Ledger;
use crate::diagnostic::KeyPath;
use crate::spec::{Endpoint, ErrorCode, Operation, Service};

/// Merges the facts of two `service.yaml`.
pub(super) fn merge(first: &mut Service, second: Service, ledger: &mut Ledger<'_>) {
    let root = KeyPath::default();
    for (key, own, other) in [
        ("product", &first.product, &second.product),
        ("version", &first.version, &second.version),
    ] {
        if own != other {
            ledger.differ(&root.key(key), [own.clone(), other.clone()]);
        }
    }
    let says =
        [&first.protocol, &second.protocol].map(|one| one.clone().unwrap_or_default());
    if says[0] != says[1] {
        ledger.differ(&root.key("protocol"), says);
    }
    if first.title.is_empty() {
        first.title = second.title;
    }
    first.gated = first.gated.take().or(second.gated);
    endpoint(&mut first.endpoint, second.endpoint, ledger);
    first.errata.extend(second.errata);
    first.gaps.extend(second.gaps);
    first.notes.extend(second.notes);
}

fn endpoint(first: &mut Endpoint, second: Endpoint, ledger: &mut Ledger<'_>) {
    let at = KeyPath::default().key("endpoint");
    let mut added = Vec::new();
    // A global host that names no regions serves all: then the other's list is no more.
    let all = first.global.is_some() && first.global_regions.is_empty();
    if ledger.fill(&at, "global", &mut first.global, second.global) {
        added.push("global".to_owned());
    }
    if ledger.fill(&at, "regional", &mut first.regional, second.regional) {
        added.push("regional".to_owned());
    }
    let mut regions = second.regions;
    if !all {
        unite(&mut first.global_regions, second.global_regions, &mut added);
    }
    regions.retain(|region| !first.global_regions.contains(region));
    unite(&mut first.regions, regions, &mut added);
    for (key, own, other) in [
        ("hosts", &mut first.hosts, second.hosts),
        ("alternates", &mut first.alternates, second.alternates),
    ] {
        for (name, host) in other {
            match own.get(&name) {
                None => {
                    added.push(name.clone());
                    own.insert(name, host);
                }
                Some(mine) if *mine != host => {
                    let says = [mine.clone(), host];
                    ledger.differ(&at.key(key).key(&name), says);
                }
                Some(_) => {}
            }
        }
    }
    ledger.add(&at, &added, &[]);
}

fn unite(first: &mut Vec<String>, second: Vec<String>, added: &mut Vec<String>) {
    let known: BTreeSet<String> = first.iter().cloned().collect();
    for one in second {
        if !known.contains(&one) {
            added.push(one.clone());
            first.push(one);
        }
    }
}

/// Merges the rest of two operations: all but members and the way that they travel.
pub(super) fn operation(
    first: &mut Operation,
    second: Operation,
    ledger: &mut Ledger<'_>,
) {
    for (own, other) in [
        (&mut first.doc, second.doc),
        (&mut first.gated, second.gated),
        (&mut first.deprecated, second.deprecated),
    ] {
        *own = own.take().or(other);
    }
    first.permission = first.permission.take().or(second.permission);
    first.rate_limit = first.rate_limit.take().or(second.rate_limit);
    first.pagination = first.pagination.take().or(second.pagination);
    first.waiter = first.waiter.take().or(second.waiter);
    if first.examples.is_empty() {
        first.examples = second.examples;
    }
    if first.history.is_empty() {
        first.history = second.history;
    }
    collection(first, second.source.collection);
    errors(&mut first.errors, second.errors, ledger);
    first.errata.extend(second.errata);
    first.gaps.extend(second.gaps);
    first.notes.extend(second.notes);
}

/// Names the second document beside the first: `ram, a.json` and `ram, b.json` are
/// `ram, a.json, b.json`.
fn collection(first: &mut Operation, second: Option<String>) {
    let Some(own) = first.source.collection.as_mut() else {
        first.source.collection = second;
        return;
    };
    for part in second.iter().flat_map(|second| second.split(", ")) {
        if !own.split(", ").any(|known| known == part) {
            own.push_str(", ");
            own.push_str(part);
        }
    }
}

fn errors(first: &mut Vec<ErrorCode>, second: Vec<ErrorCode>, ledger: &mut Ledger<'_>) {
    let at = KeyPath::default().key("errors");
    let mut added = Vec::new();
    for error in second {
        let same = |own: &ErrorCode| match &error.code {
            Some(_) => own.code == error.code,
            None => own.code.is_none() && own.status == error.status,
        };
        let mut found: Vec<usize> = Vec::new();
        found.extend((0..first.len()).filter(|index| same(&first[*index])));
        let Some(&index) = found
            .iter()
            .find(|index| first[**index].status == error.status)
            .or(found.first())
        else {
            let status = error.status.map(|status| status.to_string());
            added.extend(error.code.clone().or(status));
            first.push(error);
            continue;
        };
        let own = &mut first[index];
        own.status = own.status.or(error.status);
        if let (Some(mine), Some(theirs)) = (own.status, error.status)
            && mine != theirs
        {
            // The place of a code may change before it is written; its name does not.
            let code = own.code.as_deref().unwrap_or_default();
            let says = [mine, theirs].map(|status| format!("{code}, status {status}"));
            ledger.differ(&at, says);
        }
        if error.message.is_some()
            && own.message.is_some()
            && own.message != error.message
        {
            let kind = "message of an error that a more trusted source words otherwise";
            let place = ledger.place(&at);
            ledger.report.lose(kind, || place);
        }
        for (mine, theirs) in [
            (&mut own.message, error.message),
            (&mut own.doc, error.doc),
            (&mut own.name, error.name),
            (&mut own.deprecated, error.deprecated),
        ] {
            *mine = mine.take().or(theirs);
        }
    }
    ledger.add(&at, &added, &[]);
}
