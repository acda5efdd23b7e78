//! What every reader's service goes through before it is written: it becomes a spec that the
//! checker accepts, with Rust names that are readable and apart, short texts of our own, and
//! each structure where it belongs. What cannot stay is counted in the report.

mod answers;
mod cut;
mod enums;
mod limits;
mod mend;
mod structures;

pub(super) use answers::is_made;
pub(super) use mend::Draft;

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{Report, Service, names, pages, words};
use crate::check::{patterns, privacy};
use crate::name;
use crate::spec::{Member, Members, Operation, Retry};

/// Makes a service a spec, as far as that goes without the checker; `provider` is what
/// `provider.yaml` says. Nothing where it is none.
pub(super) fn draft<'p>(
    service: &mut Service,
    provider: &'p str,
    report: &mut Report,
) -> Option<Draft<'p>> {
    let document = service.documents.first().cloned().unwrap_or_default();
    let mut desk = Desk::new(&document, report);
    distinct(&mut service.operations, &mut desk);
    structures::settle(service, &mut desk);
    if service.file.title.is_empty() {
        service.file.title = service.file.product.to_uppercase();
    }
    service.types.values_mut().for_each(members);
    service.operations.iter_mut().for_each(operation);
    pages::settle(service, &mut |kind, at| desk.lose(kind, at));
    enums::settle(service);
    limits::settle(service, &mut desk);
    let draft = Draft::of(service, provider);
    if draft.is_none() {
        let kind = "provider.yaml that is none: nothing is checked";
        desk.lose(kind, "provider.yaml");
    }
    draft
}

/// Makes a draft a spec that the checker accepts; whether nothing had to be left out.
pub(super) fn finish(
    draft: Draft<'_>,
    service: &mut Service,
    report: &mut Report,
) -> bool {
    let document = service.documents.first().cloned().unwrap_or_default();
    let mut desk = Desk::new(&document, report);
    draft.mend(service, &mut desk);
    !desk.has_lost
}

/// Where settling tells what it could not keep.
struct Desk<'d> {
    document: &'d str,
    report: &'d mut Report,
    /// Whether there was anything.
    has_lost: bool,
}

impl<'d> Desk<'d> {
    fn new(document: &'d str, report: &'d mut Report) -> Self {
        Self {
            document,
            report,
            has_lost: false,
        }
    }

    /// Counts what is not carried over.
    fn lose(&mut self, kind: &str, at: &str) {
        let document = self.document;
        self.has_lost = true;
        self.report.lose(kind, || format!("{document}: {at}"));
    }
}

/// Keeps the operations whose files and modules are their own.
fn distinct(operations: &mut Vec<Operation>, desk: &mut Desk<'_>) {
    let mut taken = BTreeSet::new();
    let safe = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    operations.retain(|operation| {
        let name = &operation.operation;
        let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(safe)
            && name.len() <= 128;
        let own = named && taken.insert(name::module(name));
        if !named {
            desk.lose("operation whose name is no file name", name);
        } else if !own {
            desk.lose("operation named like another one", name);
        }
        own
    });
}

/// Names, texts and flags of one operation.
fn operation(operation: &mut Operation) {
    let name = &operation.operation;
    if operation.summary.is_empty() {
        operation.summary = words::summary(name);
    }
    if is_safe(operation) {
        operation.retry = Retry::Safe;
    }
    for (name, member) in &mut operation.request {
        member.doc.get_or_insert_with(|| words::doc(name));
    }
    members(&mut operation.request);
    members(&mut operation.response);
    operation.types.values_mut().for_each(members);
    names::codes(&mut operation.errors);
}

/// Whether an operation only reads, as far as its method and its name tell.
fn is_safe(operation: &Operation) -> bool {
    let name = &operation.operation;
    let http = operation.http.as_ref();
    match http.and_then(|http| http.method.as_deref()) {
        Some("GET" | "HEAD") => !words::writes(name),
        Some("PUT" | "DELETE" | "PATCH") => false,
        _ => words::reads(name),
    }
}

/// Names and flags of one list of members.
fn members(members: &mut Members) {
    names::members(members);
    for (name, member) in members {
        member.sensitive |= member.kind == "string" && privacy::is_private(name);
        nest(member, &mut unanchored);
    }
}

/// Makes a pattern that may be about a part of a text a format in words: to hold it against
/// the whole text would refuse what the provider admits.
fn unanchored(member: &mut Member) {
    let partial = |pattern: &mut String| !patterns::is_anchored(pattern);
    if let Some(pattern) = member.pattern.take_if(partial) {
        member.matches.clear();
        member.refuses.clear();
        if member.kind == "string" {
            let text = || format!("it, or a part of it, has to match {pattern}");
            member.format.get_or_insert_with(text);
        }
    }
}

/// Counts what there is.
pub(super) fn tally(service: &Service, report: &mut Report) {
    let size = |types: &IndexMap<String, Members>| -> usize {
        types.values().map(IndexMap::len).sum()
    };
    report.services += 1;
    report.operations += service.operations.len();
    report.types += service.types.len();
    report.members += size(&service.types);
    for operation in &service.operations {
        let Operation {
            request,
            response,
            types,
            errors,
            ..
        } = operation;
        report.types += types.len();
        report.members += request.len() + response.len() + size(types);
        report.errors += errors.len();
    }
}

/// A member and all that it holds, from the outside to the inside.
fn nest(member: &mut Member, each: &mut dyn FnMut(&mut Member)) {
    each(member);
    let held = [&mut member.items, &mut member.values];
    for held in held.into_iter().flatten() {
        nest(held, each);
    }
}

#[cfg(test)]
mod tests;
