//! Rules about wire names. Rust names are chosen, and their collisions found, by
//! [`crate::lower`].

use std::collections::BTreeMap;

use serde_json::Value;

use super::report::Report;
use super::scope::{BUILTIN, Page, Role, Scope, Site};
use crate::diagnostic::{KeyPath, Trail, rules};
use crate::load::node::{Source, Sources};
use crate::spec::{EnumValue, ErrorCode, Location, ProviderFile, ServiceFile};

rules! {
    "names";
    EMPTY_WIRE_NAME: Error "empty-wire-name",
        "A member has no name",
        "A cell of the page's table was lost. Nothing can be sent under an empty name.",
        "Find the name in the page's sample or an official SDK, and record an erratum.",
        "request:\n  '': { type: string, doc: The mail address. }";
    DUPLICATE_WIRE_NAME: Error "duplicate-wire-name",
        "Two headers of a message differ in case only",
        "The case of a header's name has no meaning: both are the same header.",
        "Keep one of them.",
        "X-Shelf: { type: string, in: header }\nx-shelf: { type: string, in: header }";
    DUPLICATE_OPERATION: Error "duplicate-operation",
        "Two operations of a service differ in case only",
        "Some file systems take their files for one.",
        "Keep one of them.",
        "PutBook.yaml beside Putbook.yaml";
    OPERATION_NAME: Error "operation-name-invalid",
        "An operation's name is no safe file name",
        "The name becomes the name of a file and of a module: a letter, then letters, digits, \
         `_` or `-`, at most 128 characters, and none that some system reserves.",
        "Write the name as the server knows it, without signs that belong to the page.",
        "operation: Put Book";
    FOLDER_NAME: Error "folder-name-invalid",
        "A provider's or service's name is no safe folder name",
        "The name becomes a folder, a module and a cargo feature: a lower-case letter, then \
         lower-case letters, digits or `-`.",
        "Rename the folder and the key; `product` and `title` hold other spellings.",
        "service: Book_Store";
    RUST_NAME_NOT_PINNED: Warning "rust-name-not-pinned",
        "A name that gives no readable Rust name",
        "A name that begins with a digit, or has no ASCII letter, becomes something like \
         `n405_pv` or `u5f20`, which callers would have to type.",
        "Choose a name: `rust_name` for a member, `name` for a value or an error code.",
        "enum: [{ value: 0 }, { value: 1 }]";
    WIRE_NAME_CASE: Warning "wire-name-case-outlier",
        "One member is spelled in another case than all the others",
        "A typo in the case of a name makes the server ignore the member.",
        "Compare it with the page's sample; where the page has it so, answer the rule.",
        "BookId, ShelfId, PageCount, Title, subTitle";
    ODD_IDENTIFIER: Warning "nbsp-or-fullwidth-in-identifier",
        "A name or code holds a blank or a full-width sign",
        "Such signs come from the layout of a page; the server does not know them.",
        "Write the ASCII sign; where the server has it so, answer the rule.",
        "code: Invalid\u{FF0E}Name";
    TYPE_NAME_RESERVED: Error "type-name-reserved",
        "A structure has the name of a built-in type",
        "A member of that type would be ambiguous.",
        "Rename the structure.",
        "types: { string: { Text: { type: string } } }";
}

/// Signs that look like ASCII ones or like nothing.
const ODD: [std::ops::RangeInclusive<char>; 5] = [
    '\u{A0}'..='\u{A0}',
    '\u{2000}'..='\u{200D}',
    '\u{202F}'..='\u{205F}',
    '\u{3000}'..='\u{3002}',
    '\u{FF01}'..='\u{FF65}',
];

/// Names that some file systems reserve.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The names of a provider and of its services.
pub(super) fn provider(file: &ProviderFile, sources: &Sources, report: &mut Report) {
    if let Some(source) = sources.get(&file.file) {
        folder(&file.provider.provider, "provider", source, report);
    }
}

/// The names of a service and of its operations.
pub(super) fn service(service: &ServiceFile, sources: &Sources, report: &mut Report) {
    if let Some(source) = sources.get(&service.file) {
        folder(&service.service.service, "service", source, report);
    }
    operations(service, sources, report);
}

fn folder(name: &str, key: &str, source: &Source, report: &mut Report) {
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    if !starts || !name.chars().all(safe) || name.ends_with('-') || name.len() > 64 {
        let message = format!("`{name}` is no name for a {key}");
        report.value(&FOLDER_NAME, source, &KeyPath::default().key(key), message);
    }
}

fn operations(service: &ServiceFile, sources: &Sources, report: &mut Report) {
    let path = KeyPath::default().key("operation");
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (file, operation) in &service.operations {
        let Some(source) = sources.get(file) else {
            continue;
        };
        let name = &operation.operation;
        let lower = name.to_ascii_lowercase();
        if let Some(first) = seen.get(&lower) {
            let message = format!("`{name}` differs from `{first}` in case only");
            report.value(&DUPLICATE_OPERATION, source, &path, message);
        }
        let device = ["com", "lpt"].iter().any(|port| {
            lower
                .strip_prefix(port)
                .is_some_and(|n| n.len() == 1 && n.parse::<u8>().is_ok())
        });
        let safe = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || !name.chars().all(safe)
            || name.len() > 128
            || RESERVED.contains(&lower.as_str())
            || device
        {
            let message = format!("`{name}` is no name for an operation");
            report.value(&OPERATION_NAME, source, &path, message);
        }
        seen.insert(lower, name);
    }
}

/// The names of an operation's members and codes.
pub(super) fn page(page: &Page<'_>, report: &mut Report) {
    headers(page, report);
    case(page, report);
    reserved(&page.scope, page.operation.types.keys(), report);
    codes(&page.operation.errors, page.scope.source, report);
}

/// The names of error codes.
pub(super) fn codes(errors: &[ErrorCode], source: &Source, report: &mut Report) {
    let root = Trail::Root;
    let list = root.key("errors");
    for (index, error) in errors.iter().enumerate() {
        let Some(code) = &error.code else {
            continue;
        };
        let path = list.item(index);
        let at = || path.key("code").path();
        let pinned = error.name.as_deref();
        odd(code, "error code", false, source, at, report);
        unpinned(code, "error code", pinned, source, at, report);
    }
}

/// The structures of a file may not be called like built-in types.
pub(super) fn reserved<'n>(
    scope: &Scope<'_>,
    names: impl Iterator<Item = &'n String>,
    report: &mut Report,
) {
    for name in names {
        let at = || KeyPath::default().key("types").key(name);
        if BUILTIN.contains(&name.as_str()) || name.trim().is_empty() {
            let message = format!("`{name}` cannot be the name of a structure");
            report.key(&TYPE_NAME_RESERVED, scope.source, &at(), message);
        }
        odd(name, "name", true, scope.source, at, report);
    }
}

/// The names that one member brings.
pub(super) fn site(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let source = scope.source;
    if !site.inner {
        if site.name.trim().is_empty() {
            report.key(
                &EMPTY_WIRE_NAME,
                source,
                &site.path(),
                "a member without a name",
            );
        } else {
            let pinned = site.member.rust_name.as_deref();
            let at = || site.path();
            odd(site.name, "name", true, source, at, report);
            unpinned(site.name, "name", pinned, source, at, report);
        }
    }
    if site.member.kind == "boolean" {
        return;
    }
    for (index, value) in site.member.values_known.iter().enumerate() {
        let at = || site.path().key("enum").item(index).key("value");
        let text = match &value.value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => continue,
        };
        let EnumValue { name, .. } = value;
        unpinned(&text, "value", name.as_deref(), source, at, report);
    }
}

fn unpinned(
    wire: &str,
    what: &str,
    pinned: Option<&str>,
    source: &Source,
    at: impl FnOnce() -> KeyPath,
    report: &mut Report,
) {
    let first = wire.chars().find(|c| c.is_alphanumeric());
    let letters =
        first.is_some_and(|first| first.is_ascii_alphabetic()) && wire.is_ascii();
    if pinned.is_none() && !letters {
        let key = if what == "name" { "rust_name" } else { "name" };
        let message = format!("the {what} `{wire}` gives no readable Rust name");
        let help = format!("choose one with `{key}`");
        if what == "name" {
            report
                .key(&RUST_NAME_NOT_PINNED, source, &at(), message)
                .help(help);
        } else {
            report
                .value(&RUST_NAME_NOT_PINNED, source, &at(), message)
                .help(help);
        }
    }
}

/// Whether a sign belongs to the layout of a page, not to a name.
pub(super) fn is_odd(char: char) -> bool {
    ODD.iter().any(|range| range.contains(&char))
}

fn odd(
    text: &str,
    what: &str,
    is_key: bool,
    source: &Source,
    at: impl FnOnce() -> KeyPath,
    report: &mut Report,
) {
    let blank = text.trim() != text;
    let odd = text.chars().find(|c| is_odd(*c));
    if !blank && odd.is_none() {
        return;
    }
    let sign = odd.map_or("a blank at an end".to_owned(), |c| {
        format!("U+{:04X}", u32::from(c))
    });
    let message = format!("the {what} {text:?} holds {sign}");
    if is_key {
        report.key(&ODD_IDENTIFIER, source, &at(), message);
    } else {
        report.value(&ODD_IDENTIFIER, source, &at(), message);
    }
}

fn headers(page: &Page<'_>, report: &mut Report) {
    for role in [Role::Request, Role::Response] {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for site in page
            .sites
            .iter()
            .filter(|site| site.role == role && !site.inner)
        {
            if site.member.location != Some(Location::Header) {
                continue;
            }
            let lower = site.name.to_ascii_lowercase();
            if let Some(first) = seen.get(&lower) {
                let message =
                    format!("`{}` and `{first}` are the same header", site.name);
                report.key(
                    &DUPLICATE_WIRE_NAME,
                    page.scope.source,
                    &site.path(),
                    message,
                );
            }
            seen.insert(lower, site.name);
        }
    }
}

/// How a name is spelled; names that fit several styles have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    Pascal,
    Camel,
    Snake,
    Kebab,
}

/// A style needs so many members before one that differs is odd.
const CROWD: usize = 4;

fn case(page: &Page<'_>, report: &mut Report) {
    let mut styles: BTreeMap<Case, Vec<&Site<'_>>> = BTreeMap::new();
    for site in page.request() {
        if site.member.location == Some(Location::Header) {
            continue;
        }
        if let Some(case) = case_of(site.name) {
            styles.entry(case).or_default().push(site);
        }
    }
    let mut groups: Vec<_> = styles.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    if let [crowd, outliers] = groups.as_slice()
        && let [outlier] = outliers.as_slice()
        && crowd.len() >= CROWD
    {
        let (name, others) = (outlier.name, crowd.len());
        let message =
            format!("`{name}` is spelled in another case than the {others} others");
        report.key(&WIRE_NAME_CASE, page.scope.source, &outlier.path(), message);
    }
}

fn case_of(name: &str) -> Option<Case> {
    let upper = name.contains(|c: char| c.is_ascii_uppercase());
    match name.chars().next() {
        Some(first) if first.is_ascii_uppercase() && !name.contains(['_', '-']) => {
            Some(Case::Pascal)
        }
        Some(first) if !first.is_ascii_lowercase() => None,
        _ if name.contains('_') && !upper => Some(Case::Snake),
        _ if name.contains('-') && !upper => Some(Case::Kebab),
        _ if upper && !name.contains(['_', '-']) => Some(Case::Camel),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_style_only_where_it_shows() {
        for (name, case) in [
            ("BookId", Some(Case::Pascal)),
            ("bookId", Some(Case::Camel)),
            ("book_id", Some(Case::Snake)),
            ("book-id", Some(Case::Kebab)),
            ("id", None),
            ("Tag.Key", Some(Case::Pascal)),
            ("X-Book", None),
            ("", None),
        ] {
            assert_eq!(case_of(name), case, "{name}");
        }
    }
}
