//! Lists that come page by page, and waiters.

use crate::model::{self, Paging, Service, Shape, Structure};
use crate::name;
use crate::rust::{Pages, Turn, Waiter};

use super::docs::{Docs, code};
use super::operation::Trio;
use super::page::Page;
use super::{plain, structure};

/// How the list of an operation is read page by page.
pub(super) fn pages(
    operation: &model::Operation,
    page: &mut Page<'_, '_>,
) -> Option<Pages> {
    let facts = operation.pagination.as_ref()?;
    let item = item(&operation.response, &facts.items, page)?;
    let path = |path: &Option<String>| path.clone().unwrap_or_default();
    Some(Pages {
        turn: match facts.style {
            Paging::Offset => Turn::Offset,
            Paging::Page => Turn::Page(facts.first.unwrap_or(1)),
            Paging::Token => Turn::Token(path(&facts.next)),
            Paging::Marker => Turn::Marker(path(&facts.last)),
        },
        at: facts.at.clone(),
        items: facts.items.clone(),
        total: facts.total.clone(),
        more: facts.more.clone(),
        item,
    })
}

/// The type of what the array behind a path holds.
fn item(
    response: &Structure,
    path: &str,
    page: &mut Page<'_, '_>,
) -> Option<crate::rust::Type> {
    let (first, last) = path.rsplit_once('.').unwrap_or(("", path));
    let mut structure = response;
    let member = |structure: &Structure, name: &str| {
        let mut members = structure.members.iter();
        members.position(|member| member.name == name)
    };
    for step in first.split('.').filter(|step| !step.is_empty()) {
        let at = member(structure, step)?;
        let Shape::Structure(name) = &structure.members[at].shape else {
            return None;
        };
        structure = page.structure(name)?;
    }
    let member = &structure.members[member(structure, last)?];
    match &member.shape {
        Shape::Array(item) => Some(structure::ty(item, member.sensitive, page)),
        _ => None,
    }
}

/// How to find out that the work of an operation is done, where the operation that tells is
/// generated as well.
pub(super) fn waiter(service: &Service, operation: &model::Operation) -> Option<Waiter> {
    let (facts, poll) = polled(service, operation)?;
    Some(Waiter {
        interval: facts.interval_ms,
        attempts: facts.attempts,
        module: name::module(&poll.name),
        request: Trio::of(&poll.name).request,
    })
}

/// The waiter of an operation with the operation that it calls.
pub(super) fn polled<'m>(
    service: &'m Service,
    operation: &'m model::Operation,
) -> Option<(&'m model::Waiter, &'m model::Operation)> {
    let facts = operation.waiter.as_ref()?;
    let mut operations = service.operations.iter();
    let poll = operations.find(|one| one.name == facts.operation)?;
    poll.gated.is_none().then_some((facts, poll))
}

/// The method that gives the pages of an operation.
pub(super) fn pages_method(operation: &model::Operation) -> String {
    format!("{}_pages", plain(&name::method(&operation.name)))
}

/// The method that gives the waiter of an operation.
pub(super) fn waiter_method(operation: &model::Operation) -> String {
    format!("{}_waiter", plain(&name::method(&operation.name)))
}

/// What the method says that gives the pages.
pub(super) fn pages_docs(
    operation: &model::Operation,
    facts: &model::Pagination,
) -> Vec<String> {
    let method = link(operation);
    let at = code(&facts.at);
    let from = format!(
        "The pages of {method}, one request at a time, from the one that {at} names."
    );
    let size = facts.size.as_ref();
    let size =
        size.map(|size| format!(" {} says how many items a page has.", code(size)));
    Docs::at(4)
        .paragraph(&format!("{from}{}", size.unwrap_or_default()))
        .lines()
}

/// What the method says that gives the waiter.
pub(super) fn waiter_docs(
    operation: &model::Operation,
    facts: &model::Waiter,
    poll: &model::Operation,
) -> Vec<String> {
    let seconds = f64::from(facts.interval_ms) / 1000.0;
    Docs::at(4)
        .paragraph(&format!(
            "Waits for the work that {} starts: calls {} every {seconds} seconds, {} times at most, \
             until the caller sees in an answer that it is done.",
            link(operation),
            link(poll),
            facts.attempts
        ))
        .lines()
}

fn link(operation: &model::Operation) -> String {
    let method = name::method(&operation.name);
    format!("[`{0}`](Self::{0})", plain(&method))
}
