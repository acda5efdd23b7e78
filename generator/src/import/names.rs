//! Rust names that two wire names would share are told apart here: the first keeps its name.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::name;
use crate::spec::{EnumValue, ErrorCode, Members};

/// Pins the Rust names of members that have none that is readable and their own.
pub(super) fn members(members: &mut Members) {
    let mut taken = BTreeSet::new();
    for (wire, member) in members {
        let given = member.rust_name.take();
        let given = given.or_else(|| is_unreadable(wire).then(|| wire.clone()));
        let stem = given.as_ref().unwrap_or(wire);
        let mut pinned = given.as_deref().map(snake);
        let mut next = 2;
        while !taken.insert(name::field(pinned.as_deref().unwrap_or(stem))) {
            pinned = Some(snake(&format!("{stem}_{next}")));
            next += 1;
        }
        member.rust_name = pinned;
    }
}

/// Pins the Rust variants of error codes that have none that is readable and their own.
pub(super) fn codes(codes: &mut [ErrorCode]) {
    let mut taken = BTreeSet::new();
    for ErrorCode { code, name, .. } in codes {
        if let Some(code) = code {
            *name = variant(code, name.take(), &mut taken);
        }
    }
}

/// Pins the Rust variants of known values that have none that is readable and their own.
pub(super) fn values(values: &mut [EnumValue]) {
    let mut taken = BTreeSet::new();
    for EnumValue { value, name, .. } in values {
        let wire = match value {
            Value::String(text) => text.clone(),
            value => value.to_string(),
        };
        *name = variant(&wire, name.take(), &mut taken);
    }
}

/// The name to pin for a variant, if any; it joins those that are taken.
fn variant(
    wire: &str,
    given: Option<String>,
    taken: &mut BTreeSet<String>,
) -> Option<String> {
    let given = given.or_else(|| is_unreadable(wire).then(|| wire.to_owned()));
    let stem = given.as_deref().unwrap_or(wire);
    let mut pinned = given.as_deref().map(pascal);
    let mut next = 2;
    while !taken.insert(name::variant(pinned.as_deref().unwrap_or(stem))) {
        pinned = Some(pascal(&format!("{stem} {next}")));
        next += 1;
    }
    pinned
}

/// A name in Pascal case that stays what it is when it is made one again.
pub(super) fn pascal(text: &str) -> String {
    stable(text, name::pascal)
}

fn snake(text: &str) -> String {
    stable(text, name::snake)
}

fn stable(text: &str, spell: fn(&str) -> String) -> String {
    let mut name = spell(text);
    for _ in 0..4 {
        name = spell(&name);
    }
    name
}

/// A name for a structure whose Rust type is none of `taken`, which it joins.
pub(super) fn structure(wire: &str, taken: &mut BTreeSet<String>) -> String {
    let mut chosen = wire.to_owned();
    let mut next = 2;
    while !taken.insert(name::type_name(&chosen)) {
        chosen = name::pascal(&format!("{wire} {next}"));
        next += 1;
    }
    chosen
}

/// The Rust types that an operation takes for itself.
pub(super) fn of_operation(operation: &str) -> [String; 3] {
    let stem = name::pascal(operation);
    ["Request", "Response", "Error"].map(|end| format!("{stem}{end}"))
}

/// Whether the checker asks for a name of our own.
pub(super) fn is_unreadable(wire: &str) -> bool {
    let first = wire.chars().find(|c| c.is_alphanumeric());
    !wire.is_ascii() || !first.is_some_and(|first| first.is_ascii_alphabetic())
}
