//! Rules about what an answer means and what repeating a call does.

use super::report::Report;
use super::scope::{Page, Role, Type};
use crate::diagnostic::{KeyPath, rules};
use crate::spec::{Location, Retry};

rules! {
    "semantics";
    PARTIAL_FAILURE: Warning "partial-failure-undeclared",
        "A successful answer can hold failures",
        "The call returns without an error although a part of it failed.",
        "Record a note at the member that says so; callers must look.",
        "response:\n  FailList: { type: array, items: { type: string } }";
    SUCCESS_FLAG: Warning "success-flag-undeclared",
        "A flag that says whether the call succeeded",
        "It can be false although the HTTP status says success.",
        "Record a note or a gap at the member: what holds when it is false.",
        "response:\n  Success: { type: boolean }";
    PUT_OMISSION: Warning "put-omission-semantics-unknown",
        "A PUT with optional members",
        "PUT replaces: what is left out may be reset.",
        "Record what the page tells, or a gap at `request`.",
        "http: { method: PUT } and an optional member of the body";
    NULL_SEMANTICS: Warning "null-semantics-unknown",
        "An update with optional members",
        "Whether a member that is left out keeps its old value, and whether an empty one clears \
         it, is for the page to tell.",
        "Record what the page tells, or a gap at `request`.",
        "operation: UpdateBook and an optional member";
    ACCESS_LEVEL: Warning "access-level-outside-declared-set",
        "An access level that is none of the usual ones",
        "Pages explain read, write and list; another word is a typo, or a level of its own.",
        "Keep it to the letter and answer the rule with a note.",
        "permission: { action: store:PutBook, access_level: update }";
    IDEMPOTENCY: Warning "idempotency-unstated",
        "An operation that changes something is marked as safe to repeat",
        "The client repeats safe operations by itself after a failure, although the first \
         attempt may have been carried out.",
        "Record a note at `retry` that says what it rests on, or write `unsafe`.",
        "operation: CreateBook\nretry: safe";
    LIMIT_SCOPE: Warning "rate-limit-scope-unstated",
        "A rate limit, without saying who shares it",
        "A limit per account is used up by others, one per caller is not.",
        "Add `scope`, or record a gap at `rate_limit`.",
        "rate_limit: { requests: 20, per: second }";
    LIMIT_ZERO: Error "rate-limit-zero",
        "A rate limit of no requests",
        "Nothing could be called.",
        "Compare it with the page.",
        "rate_limit: { requests: 0, per: second }";
}

/// First words of operations that change something that is there.
const UPDATES: [&str; 10] = [
    "Update",
    "Modify",
    "Set",
    "Edit",
    "Change",
    "Put",
    "Patch",
    "Alter",
    "Reset",
    "Configure",
];
/// First words of operations that change nothing.
const READS: [&str; 22] = [
    "Get", "List", "Describe", "Query", "Show", "Search", "Check", "Count", "Head",
    "Download", "Inquiry", "Inquire", "Verify", "Read", "Find", "Lookup", "Fetch",
    "Preview", "Validate", "Estimate", "Test", "Detect",
];

/// The meaning of an operation.
pub(super) fn page(page: &Page<'_>, report: &mut Report) {
    answers(page, report);
    omissions(page, report);
    access(page, report);
    let source = page.scope.source;
    let operation = page.operation;
    let name = operation.operation.trim_start_matches("Batch");
    let reads = begins(name, &READS) || matches!(page.method(), Some("GET" | "HEAD"));
    if operation.retry == Retry::Safe && !reads {
        let message = format!(
            "`{}` changes something and is marked safe",
            operation.operation
        );
        report.value(
            &IDEMPOTENCY,
            source,
            &KeyPath::default().key("retry"),
            message,
        );
    }
    if let Some(limit) = &operation.rate_limit {
        let path = KeyPath::default().key("rate_limit");
        if limit.requests == 0 {
            report.value(
                &LIMIT_ZERO,
                source,
                &path.key("requests"),
                "a limit of 0 requests",
            );
        }
        if limit.scope.is_none() {
            let message = "nothing says who shares the limit";
            report.key(&LIMIT_SCOPE, source, &path.key("scope"), message);
        }
    }
}

fn answers(page: &Page<'_>, report: &mut Report) {
    let fields = page
        .sites
        .iter()
        .filter(|site| site.role == Role::Response && !site.inner);
    for site in fields {
        let lower = site.name.to_ascii_lowercase();
        let kind = page.scope.type_of(site.member);
        let failures = ["fail", "failed", "failure", "unsuccess", "partialfail"];
        if failures.iter().any(|word| lower.starts_with(word))
            && !matches!(kind, Type::String)
        {
            let message = format!("`{}` tells of failures inside a success", site.name);
            report.key(&PARTIAL_FAILURE, page.scope.source, &site.path(), message);
        }
        let flags = [
            "success",
            "issuccess",
            "is_success",
            "succeed",
            "succeeded",
            "result",
        ];
        if flags.contains(&lower.as_str()) && matches!(kind, Type::Boolean) {
            let message =
                format!("`{}` may be false in an answer without an error", site.name);
            report.key(&SUCCESS_FLAG, page.scope.source, &site.path(), message);
        }
    }
}

fn omissions(page: &Page<'_>, report: &mut Report) {
    let default = page.scope.members_in();
    let optional = page.request().filter(|site| {
        let location = site.member.location.unwrap_or(default);
        let content =
            !matches!(location, Location::Path | Location::Header | Location::Host);
        content && !site.member.required
    });
    let count = optional.count();
    if count == 0 {
        return;
    }
    let path = KeyPath::default().key("request");
    let members = if count == 1 {
        "member is"
    } else {
        "members are"
    };
    if page.method() == Some("PUT") {
        let message =
            format!("{count} {members} optional, and PUT may reset what is left out");
        report.key(&PUT_OMISSION, page.scope.source, &path, message);
    } else if begins(&page.operation.operation, &UPDATES) {
        let message =
            format!("{count} {members} optional: what is left out may be kept or not");
        report.key(&NULL_SEMANTICS, page.scope.source, &path, message);
    }
}

/// Whether a name begins with one of these words.
fn begins(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let rest = name
            .get(..word.len())
            .filter(|start| start.eq_ignore_ascii_case(word));
        rest.is_some()
            && !name[word.len()..].starts_with(|c: char| c.is_ascii_lowercase())
    })
}

fn access(page: &Page<'_>, report: &mut Report) {
    let Some(level) = page
        .operation
        .permission
        .as_ref()
        .and_then(|permission| permission.access_level.as_ref())
    else {
        return;
    };
    if !["read", "write", "list"].contains(&level.to_lowercase().as_str()) {
        let path = KeyPath::default().key("permission").key("access_level");
        let message = format!("`{level}` is none of read, write and list");
        report.value(&ACCESS_LEVEL, page.scope.source, &path, message);
    }
}
