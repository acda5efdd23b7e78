//! Rust names that two wire names would share are told apart here: the first keeps its name.

use std::collections::BTreeSet;

use super::{ErrorCode, Member};
use crate::name;

/// Pins the Rust names of members that have none that is readable and their own.
pub(super) fn members(members: &mut [Member]) {
    let mut taken = BTreeSet::new();
    for member in members {
        let mut pinned = is_unreadable(&member.name).then(|| name::snake(&member.name));
        let mut next = 2;
        loop {
            let field = name::field(pinned.as_deref().unwrap_or(&member.name));
            if taken.insert(field) {
                break;
            }
            pinned = Some(name::snake(&format!("{}_{next}", member.name)));
            next += 1;
        }
        member.rust_name = pinned;
    }
}

/// Pins the Rust variants of error codes that have none that is readable and their own.
pub(super) fn codes(codes: &mut [ErrorCode]) {
    let mut taken = BTreeSet::new();
    for code in codes {
        let mut pinned = is_unreadable(&code.code).then(|| name::pascal(&code.code));
        let mut next = 2;
        loop {
            let variant = name::variant(pinned.as_deref().unwrap_or(&code.code));
            if taken.insert(variant) {
                break;
            }
            pinned = Some(name::pascal(&format!("{} {next}", code.code)));
            next += 1;
        }
        code.name = pinned;
    }
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
