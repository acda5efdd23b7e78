//! Rules about lists that come page by page, and about waiters.

use std::collections::BTreeSet;

use super::report::Report;
use super::scope::{Page, Scope, Type};
use crate::diagnostic::{KeyPath, Rule, rules};
use crate::spec::{Location, Member, Members, Pagination, Paging, Waiter};

rules! {
    "paging";
    MEMBER: Error "pagination-member-missing",
        "A pagination names a member that is not there",
        "`at` and `size` are members of the request, the others key paths into the response, or \
         into an item. A path goes through structures, not through arrays or maps.",
        "Compare it with the members of the operation.",
        "pagination: { style: offset, at: Ofset, items: Books }";
    TYPE: Error "pagination-type-mismatch",
        "A member has no type that its part in a pagination can have",
        "Offsets, page numbers and sizes are whole numbers, a total too or a text of one, items an \
         array, `more` is a boolean; a token or a marker is a text or a number, the same where \
         it comes and goes.",
        "If the page says so too, leave the pagination out.",
        "pagination: { style: offset, at: Offset, items: Title }";
    KEYS: Error "pagination-keys-mismatch",
        "A pagination with a key of another style, or without one of its own",
        "`next` makes a token, `last` a marker; only pages have a `first`, and a list with tokens \
         ends with the last token, whatever its `total` says.",
        "Choose one style.",
        "pagination: { style: token, at: Token, items: Books }";
    BOUNDS: Error "pagination-out-of-bounds",
        "A pagination begins where the request may not",
        "The first page has the offset 0, or the number `first`; the member's own bounds refuse \
         that, or they refuse every size of a page.",
        "Say which page is the first, or compare the bounds with the page.",
        "request: { Page: { type: integer, minimum: 1 } }\npagination: { style: page, first: 0 }";
    WAITER: Error "waiter-operation-missing",
        "A waiter asks an operation that is not there",
        "It has to be another operation of the same service.",
        "Transcribe that operation as well, or leave the waiter out.",
        "waiter: { operation: GetJob, interval_ms: 5000, attempts: 10 }";
    WAITER_ZERO: Error "waiter-never-asks",
        "A waiter without a pause, or without a call",
        "It would never ask, or never stop asking.",
        "Compare it with the page.",
        "waiter: { operation: GetJob, interval_ms: 0, attempts: 10 }";
    WAITER_HASTY: Warning "waiter-interval-hasty",
        "A waiter that asks more than ten times a second",
        "The pause is in milliseconds; a figure as small as that is more likely one of seconds.",
        "Find out which it is, or answer the rule with a note.",
        "waiter: { operation: GetJob, interval_ms: 5, attempts: 10 }";
}

/// Shorter pauses, in milliseconds, are likely no milliseconds.
const HASTY: u32 = 100;

/// The pagination and the waiter of an operation; `names` are the operations of the service.
pub(super) fn page(page: &Page<'_>, names: &BTreeSet<&str>, report: &mut Report) {
    let operation = page.operation;
    if let Some(facts) = &operation.pagination {
        List {
            page,
            facts,
            report,
        }
        .check();
    }
    if let Some(facts) = &operation.waiter {
        waiter(page, facts, names, report);
    }
}

/// A pagination with what it leaves unsaid.
pub(super) fn resolved(facts: &Pagination) -> Pagination {
    let mut facts = facts.clone();
    if facts.style == Paging::Page {
        facts.first.get_or_insert(1);
    }
    facts
}

/// The members of what an array of structures holds.
fn item<'a>(array: &'a Member, scope: &Scope<'a>) -> Option<&'a Members> {
    match scope.type_of(array) {
        Type::Array(Some(item)) => match scope.type_of(item) {
            Type::Structure(members) => Some(members),
            _ => None,
        },
        _ => None,
    }
}

/// The member behind a path; else the part of the path that leads nowhere.
fn follow<'a>(
    path: &str,
    mut members: &'a Members,
    scope: &Scope<'a>,
) -> Result<&'a Member, String> {
    let mut rest = path;
    loop {
        let (step, after) = match rest.split_once('.') {
            Some((step, after)) => (step, Some(after)),
            None => (rest, None),
        };
        let found = members.get(step);
        let found = found.filter(|member| member.location != Some(Location::Payload));
        let member = found.ok_or_else(|| rest.to_owned())?;
        let Some(after) = after else {
            return Ok(member);
        };
        let Type::Structure(inner) = scope.type_of(member) else {
            return Err(after.to_owned());
        };
        (rest, members) = (after, inner);
    }
}

struct List<'p, 'a> {
    page: &'p Page<'a>,
    facts: &'p Pagination,
    report: &'p mut Report,
}

impl<'a> List<'_, 'a> {
    fn check(mut self) {
        self.keys();
        let facts = self.facts;
        let at = self.parameter("at", &facts.at);
        if let Some(size) = facts
            .size
            .as_ref()
            .and_then(|name| self.parameter("size", name))
        {
            self.typed("size", size, "a whole number", is_integer);
            if size.maximum.is_some_and(|most| most < 1.0) {
                self.bounds("size", "no size of a page is allowed");
            }
        }
        let response = &self.page.operation.response;
        let items = self.path("items", Some(&facts.items), response);
        if let Some(items) = items {
            self.typed("items", items, "an array", |kind| {
                matches!(kind, Type::Array(_))
            });
        }
        if let Some(total) = self.path("total", facts.total.as_ref(), response) {
            self.typed("total", total, "a number or a text", |kind| {
                is_integer(kind) || matches!(kind, Type::String)
            });
        }
        if let Some(more) = self.path("more", facts.more.as_ref(), response) {
            self.typed("more", more, "a boolean", |kind| {
                matches!(kind, Type::Boolean)
            });
        }
        let next = self.path("next", facts.next.as_ref(), response);
        let last = self.last(items);
        let Some(at) = at else { return };
        match facts.style {
            Paging::Offset | Paging::Page => self.number(at),
            Paging::Token | Paging::Marker => self.token(at, next.or(last)),
        }
    }

    fn keys(&mut self) {
        let facts = self.facts;
        let style = match facts.style {
            Paging::Offset => "offset",
            Paging::Page => "page",
            Paging::Token => "token",
            Paging::Marker => "marker",
        };
        let keys = [
            (
                "next",
                facts.next.is_some(),
                facts.style == Paging::Token,
                true,
            ),
            (
                "last",
                facts.last.is_some(),
                facts.style == Paging::Marker,
                true,
            ),
            (
                "total",
                facts.total.is_some(),
                facts.style != Paging::Token,
                false,
            ),
            (
                "first",
                facts.first.is_some(),
                facts.style == Paging::Page,
                false,
            ),
        ];
        for (key, is_there, fits, needed) in keys {
            let root = KeyPath::default().key("pagination");
            let source = self.page.scope.source;
            if is_there && !fits {
                let message = format!("`{key}` does not go with the style `{style}`");
                self.report.key(&KEYS, source, &root.key(key), message);
            } else if !is_there && fits && needed {
                let message = format!("the style `{style}` needs `{key}`");
                self.report
                    .value(&KEYS, source, &root.key("style"), message);
            }
        }
    }

    /// A member of the request.
    fn parameter(&mut self, key: &str, name: &str) -> Option<&'a Member> {
        let member = self.page.operation.request.get(name);
        if member.is_none() {
            let message = format!("the request has no member `{name}`");
            self.report
                .value(&MEMBER, self.page.scope.source, &at(key), message);
        }
        member
    }

    /// What is behind a path.
    fn path(
        &mut self,
        key: &str,
        path: Option<&String>,
        members: &'a Members,
    ) -> Option<&'a Member> {
        match follow(path?, members, &self.page.scope) {
            Ok(member) => Some(member),
            Err(rest) => {
                let message = format!("`{rest}` leads nowhere");
                self.report
                    .value(&MEMBER, self.page.scope.source, &at(key), message);
                None
            }
        }
    }

    /// What the marker is made of.
    fn last(&mut self, items: Option<&'a Member>) -> Option<&'a Member> {
        let path = self.facts.last.as_ref()?;
        let Some(members) = item(items?, &self.page.scope) else {
            let message = "the items are no structures";
            self.report
                .value(&TYPE, self.page.scope.source, &at("last"), message);
            return None;
        };
        self.path("last", Some(path), members)
    }

    fn typed(
        &mut self,
        key: &str,
        member: &'a Member,
        wanted: &str,
        fits: fn(&Type<'_>) -> bool,
    ) {
        if !fits(&self.page.scope.type_of(member)) {
            let message = format!("`{}` is {}, not {wanted}", key, member.kind);
            self.report
                .value(&TYPE, self.page.scope.source, &at(key), message);
        }
    }

    fn number(&mut self, member: &'a Member) {
        self.typed("at", member, "a whole number", is_integer);
        let first = match self.facts.style {
            Paging::Page => self.facts.first.unwrap_or(1),
            _ => 0,
        };
        let number = f64::from(first);
        if member.minimum.is_some_and(|least| number < least)
            || member.maximum.is_some_and(|most| number > most)
        {
            let message = format!("the first page is {first}, which the request refuses");
            self.bounds("at", &message);
        }
    }

    fn token(&mut self, member: &'a Member, source: Option<&'a Member>) {
        let scope = &self.page.scope;
        let kind = |member| match scope.type_of(member) {
            Type::String => Some("a text"),
            Type::Integer(..) => Some("a number"),
            _ => None,
        };
        let comes = source.map(kind);
        let goes = kind(member);
        let message = match (goes, comes) {
            (None, _) => format!("`at` is {}, no text and no number", member.kind),
            (Some(goes), Some(comes)) if comes != Some(goes) => {
                format!(
                    "{goes} goes, and {} comes",
                    comes.unwrap_or("something else")
                )
            }
            _ => return,
        };
        self.report.value(&TYPE, scope.source, &at("at"), message);
    }

    fn bounds(&mut self, key: &str, message: &str) {
        self.report
            .value(&BOUNDS, self.page.scope.source, &at(key), message);
    }
}

fn at(key: &str) -> KeyPath {
    KeyPath::default().key("pagination").key(key)
}

fn is_integer(kind: &Type<'_>) -> bool {
    matches!(kind, Type::Integer(..))
}

fn waiter(page: &Page<'_>, facts: &Waiter, names: &BTreeSet<&str>, report: &mut Report) {
    let root = KeyPath::default().key("waiter");
    let name = facts.operation.as_str();
    let mut value = |rule: &'static Rule, key: &str, message: String| {
        report.value(rule, page.scope.source, &root.key(key), message);
    };
    if name == page.operation.operation || !names.contains(name) {
        let message = format!("the service has no other operation `{name}`");
        value(&WAITER, "operation", message);
    }
    if facts.attempts == 0 {
        value(&WAITER_ZERO, "attempts", "it never asks".to_owned());
    }
    match facts.interval_ms {
        0 => value(&WAITER_ZERO, "interval_ms", "there is no pause".to_owned()),
        short if short < HASTY => {
            let message = format!("it asks every {short} milliseconds");
            value(&WAITER_HASTY, "interval_ms", message);
        }
        _ => {}
    }
}
