//! The walk over both models: providers, services, operations, and what they reach.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::host::{Claim, Draft, Found, Host};
use super::pairs::{Home, Pairs};
use super::rules::service as services;
use super::{Side, common, documents, endpoint, errors, member, operation, structure};
use crate::diagnostic::KeyPath;
use crate::model::{Operation, Provider, Service};

/// Every change of the models, without what it does to Rust.
pub(super) fn models<'s>(old: &'s Side, new: &'s Side) -> Vec<Draft> {
    let mut found = Found {
        old,
        new,
        drafts: Vec::new(),
    };
    let pairs = matched(&old.model.providers, &new.model.providers, |one| &one.id);
    for pair in pairs {
        match pair {
            (Some(old), Some(new)) => provider(old, new, &mut found),
            (None, Some(new)) => one_sided(new, true, &mut found),
            (Some(old), None) => one_sided(old, false, &mut found),
            (None, None) => {}
        }
    }
    found.drafts
}

/// Things of both sides by name: the new ones in order, then those that are gone.
pub(super) fn matched<'m, T, N: PartialEq + ?Sized>(
    old: &'m [T],
    new: &'m [T],
    name: impl Fn(&T) -> &N,
) -> Vec<(Option<&'m T>, Option<&'m T>)> {
    let here = new.iter().map(|one| {
        let before = old.iter().find(|other| name(other) == name(one));
        (before, Some(one))
    });
    let gone = old
        .iter()
        .filter(|one| !new.iter().any(|other| name(other) == name(one)))
        .map(|one| (Some(one), None));
    here.chain(gone).collect()
}

fn provider(old: &Provider, new: &Provider, found: &mut Found<'_>) {
    let file: PathBuf = [new.id.as_str(), "provider.yaml"].iter().collect();
    let operations = new.services.iter().flat_map(|service| {
        let id = |one: &Operation| format!("{}/{}/{}", new.id, service.id, one.name);
        service.operations.iter().map(id)
    });
    let host = Host {
        old: file.clone(),
        new: file,
        subject: new.id.clone(),
        operations: operations.collect(),
    };
    let root = KeyPath::default();
    documents::text(&host, "title", (&old.title, &new.title), found);
    if old.protocol != new.protocol {
        let key = root.key("protocol");
        let message = format!(
            "the services of {} speak `{}`, before `{}`",
            new.id, new.protocol, old.protocol
        );
        let values = (Some(json!(old.protocol)), Some(json!(new.protocol)));
        let under = host.under("protocol");
        found.changed(
            &services::PROTOCOL_CHANGED,
            &under,
            (&key, &key),
            values,
            message,
        );
    }
    common::envelope(&host, (&old.envelope, &new.envelope), found);
    common::parameters(
        &host,
        (&old.common_parameters, &new.common_parameters),
        found,
    );
    common::error_body(&host, (&old.error_body, &new.error_body), found);
    errors::common(&host, (&old.errors, &new.errors), found);
    documents::remarks(
        &host,
        (&old.errata, &new.errata),
        (&old.gaps, &new.gaps),
        (&old.notes, &new.notes),
        found,
    );
    for pair in matched(&old.services, &new.services, |one| &one.id) {
        match pair {
            (Some(one), Some(other)) => {
                if (&one.protocol, &other.protocol) != (&old.protocol, &new.protocol) {
                    own_protocol(&new.id, one, other, found);
                }
                service(&new.id, one, other, found);
            }
            (None, Some(other)) => service_alone(&new.id, other, true, found),
            (Some(one), None) => service_alone(&new.id, one, false, found),
            (None, None) => {}
        }
    }
}

/// The file of a service on both sides.
fn of_service(provider: &str, service: &Service) -> Host {
    let file: PathBuf = [provider, &service.id, "service.yaml"].iter().collect();
    let subject = format!("{provider}/{}", service.id);
    let ids = service.operations.iter();
    let ids = ids.map(|one| format!("{subject}/{}", one.name));
    Host {
        old: file.clone(),
        new: file,
        operations: ids.collect(),
        subject,
    }
}

/// A protocol that is not, or was not, the provider's.
fn own_protocol(provider: &str, old: &Service, new: &Service, found: &mut Found<'_>) {
    if old.protocol == new.protocol {
        return;
    }
    let host = of_service(provider, new);
    let (old, new) = (&old.protocol, &new.protocol);
    let message = format!("{} speaks `{new}`, before `{old}`", host.subject);
    let (rule, under) = (&services::OWN_PROTOCOL, host.under("protocol"));
    let path = KeyPath::default().key("protocol");
    let values = (Some(json!(old)), Some(json!(new)));
    found.changed(rule, &under, (&path, &path), values, message);
}

/// Whether the service is generated.
fn gate(
    provider: &str,
    host: &Host,
    old: &Service,
    new: &Service,
    found: &mut Found<'_>,
) {
    let (rule, word) = match (&old.gated, &new.gated) {
        (None, Some(_)) => (&services::GATED, "is gated"),
        (Some(_), None) => (&services::UNGATED, "is no longer gated"),
        pair => {
            let root = KeyPath::default();
            return documents::at(host, "gated", (&root, &root), pair, found);
        }
    };
    let path = KeyPath::default().key("gated");
    let message = format!("the service `{}` {word}", host.subject);
    let some = |one: &Option<String>| one.as_ref().map(|one| json!(one));
    let values = (some(&old.gated), some(&new.gated));
    let under = host.under("gated");
    let draft = found.changed(rule, &under, (&path, &path), values, message);
    draft.claim(files(provider, old));
    draft.claim(files(provider, new));
}

fn service(provider: &str, old: &Service, new: &Service, found: &mut Found<'_>) {
    let host = of_service(provider, new);
    gate(provider, &host, old, new, found);
    documents::text(&host, "title", (&old.title, &new.title), found);
    let facts = [
        (
            "version",
            &services::VERSION_CHANGED,
            &old.version,
            &new.version,
        ),
        (
            "product",
            &services::PRODUCT_CHANGED,
            &old.product,
            &new.product,
        ),
    ];
    for (key, rule, old, new) in facts {
        if old != new {
            let path = KeyPath::default().key(key);
            let message = format!(
                "the {key} of {} on the wire is `{new}`, was `{old}`",
                host.subject
            );
            let values = (Some(json!(old)), Some(json!(new)));
            let host = host.under(key);
            found.changed(rule, &host, (&path, &path), values, message);
        }
    }
    endpoint::compare(&host, &old.endpoint, &new.endpoint, found);
    documents::remarks(
        &host,
        (&old.errata, &new.errata),
        (&old.gaps, &new.gaps),
        (&old.notes, &new.notes),
        found,
    );
    operations_of(provider, (old, new), found);
}

/// Matched operations one by one, then the structures that they reach.
fn operations_of(
    provider: &str,
    (old, new): (&Service, &Service),
    found: &mut Found<'_>,
) {
    let mut pairs = Pairs::default();
    for pair in by_name(&old.operations, &new.operations) {
        let home = |service, operation| Home {
            provider,
            service,
            operation: Some(operation),
        };
        match pair {
            (Some(one), Some(other)) => {
                let (one, other) = (home(old, one), home(new, other));
                operation::compare(one, other, found);
                pairs.operation(one, other);
            }
            (None, Some(other)) => operation::added(home(new, other), found),
            (Some(one), None) => operation::removed(home(old, one), found),
            (None, None) => {}
        }
    }
    let mut seen = BTreeSet::new();
    for pair in pairs.0.values() {
        structure::compare(pair, found);
        member::compare(pair, &mut seen, found);
    }
    structure::split(&pairs, found);
}

/// Operations are many, and both lists are in name order.
fn by_name<'m>(
    old: &'m [Operation],
    new: &'m [Operation],
) -> Vec<(Option<&'m Operation>, Option<&'m Operation>)> {
    let find = |list: &'m [Operation], name: &str| {
        list.binary_search_by(|one| one.name.as_str().cmp(name))
            .ok()
            .map(|index| &list[index])
    };
    let here = new.iter().map(|one| (find(old, &one.name), Some(one)));
    let gone = old
        .iter()
        .filter(|one| find(new, &one.name).is_none())
        .map(|one| (Some(one), None));
    here.chain(gone).collect()
}

/// A provider that only one side has.
fn one_sided(provider: &Provider, added: bool, found: &mut Found<'_>) {
    let file: PathBuf = [provider.id.as_str(), "provider.yaml"].iter().collect();
    let host = alone(&file, provider.id.clone());
    let path = KeyPath::default().key("provider");
    let value = json!(provider.title);
    let draft = if added {
        let message = format!("the provider `{}` is new", provider.id);
        found.added(&services::PROVIDER_ADDED, &host, &path, value, message)
    } else {
        let message = format!("the provider `{}` is gone", provider.id);
        found.removed(&services::PROVIDER_REMOVED, &host, &path, value, message)
    };
    draft.claim([Claim::file(&file)]);
    for service in &provider.services {
        draft.claim(files(&provider.id, service));
        draft.change.folded.push(format!(
            "{}: {}",
            service.id,
            counted(service.operations.len(), "operation")
        ));
    }
}

fn service_alone(provider: &str, service: &Service, added: bool, found: &mut Found<'_>) {
    let file: PathBuf = [provider, &service.id, "service.yaml"].iter().collect();
    let id = format!("{provider}/{}", service.id);
    let host = alone(&file, id.clone());
    let path = KeyPath::default().key("service");
    let value = json!(service.title);
    let draft = if added {
        let message = format!("the service `{id}` is new");
        found.added(&services::SERVICE_ADDED, &host, &path, value, message)
    } else {
        let message = format!("the service `{id}` is gone");
        found.removed(&services::SERVICE_REMOVED, &host, &path, value, message)
    };
    let names = service.operations.iter();
    draft.change.folded = names.map(|one| format!("operation {}", one.name)).collect();
    draft.claim(files(provider, service));
}

fn alone(file: &Path, subject: String) -> Host {
    Host {
        old: file.to_owned(),
        new: file.to_owned(),
        subject,
        operations: BTreeSet::new(),
    }
}

/// All files of a service.
fn files(provider: &str, service: &Service) -> Vec<Claim> {
    let operations = service.operations.iter();
    let names = operations.map(|one| format!("{}.yaml", one.name));
    let names = names.chain(["service.yaml".to_owned(), "types.yaml".to_owned()]);
    names
        .map(|name| {
            let file: PathBuf = [provider, &service.id, &name].iter().collect();
            Claim::file(&file)
        })
        .collect()
}

/// `3 operations`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
