//! Pagination from the names and types of members: no metadata says it outright.
//!
//! What is inferred has all that it needs, with types that fit, and one meaning only: two ways
//! to page, two lists, an offset that counts pages are left out. The names are those that the
//! providers use, with their figures behind them; see [`infer`].

mod lists;

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Service;
use crate::name;
use crate::spec::{Member, Members, Note, Operation, Pagination, Paging, Waiter};

use lists::Lists;

/// What a reader notes at an offset whose text says that it counts pages.
const COUNTS_PAGES: &str = "The text calls it the number of a page.";
/// What a reader notes at a page's number whose text says that the first one is 0.
const FROM_ZERO: &str = "The text counts from 0.";

/// Tokens, each with the names of the next one in the answer. A marker or a cursor that has
/// the same name there may be the one that was sent.
const TOKENS: [(&str, &[&str]); 9] = [
    ("nexttoken", &["nexttoken"]),
    ("nextpagetoken", &["nextpagetoken"]),
    ("pagetoken", &["nextpagetoken"]),
    ("continuationtoken", &["nextcontinuationtoken"]),
    ("nextmarker", &["nextmarker"]),
    ("marker", &["nextmarker"]),
    ("nextcursor", &["nextcursor"]),
    ("cursor", &["nextcursor"]),
    ("context", &["context"]),
];
/// Numbers of pages that count from 1, unless a default or the text says otherwise: of those
/// that say anything, 97 in 100 do.
const PAGES: [&str; 6] = [
    "pagenumber",
    "pagenum",
    "pageno",
    "page",
    "currentpage",
    "curpage",
];
/// A number of a page that counts from 0 as often as from 1.
const INDEX: &str = "pageindex";
const OFFSET: &str = "offset";
const MARKER: &str = "marker";
const SIZES: [&str; 10] = [
    "limit",
    "pagesize",
    "maxresults",
    "maxresult",
    "maxitems",
    "maxkeys",
    "perpage",
    "pagelimit",
    "rp",
    "size",
];
/// The number of items on all pages; a bare `count` is often that of one page.
const TOTALS: [&str; 12] = [
    "totalcount",
    "totalnum",
    "totalnumber",
    "totalrecords",
    "totalrecordcount",
    "totalrecord",
    "totalitems",
    "totalelements",
    "totalcnt",
    "totalrows",
    "totalrow",
    "total",
];
const FLAGS: [&str; 7] = [
    "hasmore",
    "hasnext",
    "hasnextpage",
    "havemore",
    "istruncated",
    "truncated",
    "more",
];
/// A flag with the meaning turned round, which the format cannot say.
const DONE: [&str; 2] = ["listover", "isover"];

/// Sets the pagination of every operation whose members show one, and drops what the checker
/// would refuse: a waiter that asks nobody, a method that another operation has.
pub(super) fn settle(service: &mut Service, lose: &mut dyn FnMut(&str, &str)) {
    let names = service.operations.iter().map(|one| one.operation.clone());
    let names: BTreeSet<String> = names.collect();
    let methods: BTreeSet<String> = names.iter().map(|name| name::method(name)).collect();
    for operation in &mut service.operations {
        let name = &operation.operation;
        let is_taken =
            |end: &str| methods.contains(&format!("{}{end}", name::snake(name)));
        let asks = |waiter: &Waiter| {
            waiter.operation != *name && names.contains(&waiter.operation)
        };
        if is_taken("_waiter") || !operation.waiter.as_ref().is_none_or(asks) {
            lose("waiter that asks no operation of the service", name);
            operation.waiter = None;
        }
        if !is_taken("_pages") {
            infer(operation, &service.types);
        }
    }
}

/// Sets the pagination of an operation where its members show one.
pub(super) fn infer(operation: &mut Operation, types: &IndexMap<String, Members>) {
    if operation.pagination.is_none() {
        let lists = Lists::of(operation, types);
        operation.pagination = lists.and_then(|lists| inferred(operation, &lists));
    }
}

/// What the text about a member tells of its part in a pagination, which its name and type do
/// not: a note for [`infer`].
pub(super) fn note(member: &str, text: &str) -> Option<Note> {
    let name = plain(member);
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let pages = ["页码", "页数", "第几页", "page number"];
    let formula = says(&["-1)", "- 1)", "-1）"]);
    let zero = ["从0", "从 0", "第一页:0", "第一页为0", "from 0"];
    let note = if name == OFFSET && says(&pages) && !formula {
        COUNTS_PAGES
    } else if (PAGES.contains(&&*name) || name == INDEX) && says(&zero) {
        FROM_ZERO
    } else {
        return None;
    };
    Some(Note {
        at: format!("request.{member}"),
        note: note.to_owned(),
        ..Note::default()
    })
}

fn inferred(operation: &Operation, lists: &Lists<'_>) -> Option<Pagination> {
    let counted = [offset(operation), page(operation)];
    let token = token(operation, lists);
    match (counted, token) {
        ([Some(_), Some(_)], _) => None,
        ([Some(one), None] | [None, Some(one)], other) => {
            let mut facts = complete(one, lists, operation)?;
            let ends = facts.total.is_some() || facts.more.is_some();
            // Past the last page some services repeat it, and beside a token it may be that
            // only one of the two works by itself.
            let needs_end = facts.style == Paging::Page || other.is_some();
            facts.next = None;
            (ends || !needs_end).then_some(facts)
        }
        ([None, None], Some(token)) => complete(token, lists, operation),
        ([None, None], None) => complete(marker(operation, lists)?, lists, operation),
    }
}

/// Adds size, items and ends.
fn complete(
    mut facts: Pagination,
    lists: &Lists<'_>,
    operation: &Operation,
) -> Option<Pagination> {
    let size = parameter(operation, &SIZES, is_size);
    facts.size = size.map(|(name, _)| name.to_owned());
    facts.items.clone_from(&lists.items.path);
    if facts.style != Paging::Token {
        facts.total = lists.find(&TOTALS, is_token);
        facts.size.as_ref()?;
    }
    facts.more = lists.find(&FLAGS, |member| member.kind == "boolean");
    Some(facts)
}

fn facts(style: Paging, at: &str) -> Pagination {
    Pagination {
        style,
        at: at.to_owned(),
        size: None,
        items: String::new(),
        next: None,
        last: None,
        total: None,
        more: None,
        first: None,
    }
}

fn offset(operation: &Operation) -> Option<Pagination> {
    let (name, member) = parameter(operation, &[OFFSET], is_integer)?;
    let counts_items = !is_noted(operation, name, COUNTS_PAGES)
        && starts(member).is_none_or(|start| start == 0)
        && allows(member, 0);
    counts_items.then(|| facts(Paging::Offset, name))
}

fn page(operation: &Operation) -> Option<Pagination> {
    let (name, member) = parameter(operation, &PAGES, is_integer)
        .or_else(|| parameter(operation, &[INDEX], is_integer))?;
    let told = if is_noted(operation, name, FROM_ZERO) {
        Some(0)
    } else {
        starts(member)
    };
    let first = told.or_else(|| (plain(name) != INDEX).then_some(1))?;
    Some(Pagination {
        // What is 1 is not said.
        first: (first == 0).then_some(0),
        ..facts(Paging::Page, name)
    })
    .filter(|_| first <= 1 && allows(member, first))
}

/// Whether a number may be that of the first page.
#[allow(clippy::cast_precision_loss)] // 0 or 1
fn allows(member: &Member, first: u64) -> bool {
    member.minimum.is_none_or(|least| least <= first as f64)
        && member.maximum.is_none_or(|most| most >= first as f64)
}

/// Where a number starts, as far as its own facts say so.
fn starts(member: &Member) -> Option<u64> {
    let default = member.default.as_ref().and_then(serde_json::Value::as_u64);
    let least = member.minimum.filter(|least| *least >= 1.0);
    default.or_else(|| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        // a bound of a member, at least 1
        least.map(|least| least as u64)
    })
}

fn token(operation: &Operation, lists: &Lists<'_>) -> Option<Pagination> {
    TOKENS.iter().find_map(|(at, nexts)| {
        let (name, member) = parameter(operation, &[at], is_token)?;
        let kind = member.kind == "string";
        let fits = |next: &Member| is_token(next) && (next.kind == "string") == kind;
        let over = lists.find(&DONE, |_| true).is_some();
        let next = lists.find(nexts, fits).filter(|_| !over)?;
        Some(Pagination {
            next: Some(next),
            ..facts(Paging::Token, name)
        })
    })
}

/// A marker without a next one in the answer is the id of the last item.
fn marker(operation: &Operation, lists: &Lists<'_>) -> Option<Pagination> {
    let (name, member) = parameter(operation, &[MARKER], is_token)?;
    let id = lists.items.item?.get("id")?;
    (is_token(id) && (id.kind == "string") == (member.kind == "string")).then(|| {
        Pagination {
            last: Some("id".to_owned()),
            ..facts(Paging::Marker, name)
        }
    })
}

/// The first member of the request that has one of these names; `None` where its type does
/// not fit.
fn parameter<'o>(
    operation: &'o Operation,
    names: &[&str],
    fits: fn(&Member) -> bool,
) -> Option<(&'o str, &'o Member)> {
    let find = |wanted: &&str| {
        let mut members = operation.request.iter();
        members.find(|(name, _)| plain(name) == **wanted)
    };
    let (name, member) = names.iter().find_map(find)?;
    fits(member).then_some((name.as_str(), member))
}

/// A name without case and signs, so that the spellings of one name are one.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

fn is_noted(operation: &Operation, member: &str, text: &str) -> bool {
    let at = format!("request.{member}");
    let mut notes = operation.notes.iter();
    notes.any(|note| note.at == at && note.note == text)
}

fn is_integer(member: &Member) -> bool {
    let whole = ["integer", "int32", "int64", "uint64"];
    whole.contains(&member.kind.as_str()) && member.values_known.is_empty()
}

fn is_size(member: &Member) -> bool {
    is_integer(member) && member.maximum.is_none_or(|most| most >= 1.0)
}

fn is_token(member: &Member) -> bool {
    (member.kind == "string" && member.values_known.is_empty()) || is_integer(member)
}

#[cfg(test)]
mod tests;
