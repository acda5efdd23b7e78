//! Short texts of our own, made from names.

use crate::name;

/// Words that begin the names of operations that only read.
const READS: [&str; 7] = [
    "describe", "list", "get", "query", "search", "inquire", "inquiry",
];

/// Words that begin the names of operations that change something.
const WRITES: [&str; 20] = [
    "add", "apply", "attach", "cancel", "create", "delete", "detach", "disable",
    "enable", "modify", "release", "remove", "reset", "run", "send", "set", "start",
    "stop", "submit", "update",
];

/// What an operation does, from its name: `DescribeInstances` → `Describes instances.`
pub(super) fn summary(operation: &str) -> String {
    let words = name::snake(operation);
    let (verb, rest) = words.split_once('_').unwrap_or((&words, ""));
    let mut text = third_person(verb);
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if !rest.is_empty() {
        text.push(' ');
        text.push_str(&rest.replace('_', " "));
    }
    text.truncate(159);
    text.push('.');
    text
}

/// What a member is, from its name: `InstanceIds` → `The instance ids.`
pub(super) fn doc(member: &str) -> String {
    if super::names::is_unreadable(member) {
        return format!("The member `{}`.", member.replace('`', ""));
    }
    format!("The {}.", name::snake(member).replace('_', " "))
}

/// Whether an operation only reads, as far as its name tells.
pub(super) fn reads(operation: &str) -> bool {
    begins(operation, &READS)
}

/// Whether an operation changes something, as far as its name tells.
pub(super) fn writes(operation: &str) -> bool {
    begins(operation, &WRITES)
}

fn begins(operation: &str, with: &[&str]) -> bool {
    let words = name::snake(operation);
    with.contains(&words.split('_').next().unwrap_or_default())
}

fn third_person(verb: &str) -> String {
    let hisses = ["s", "x", "z", "ch", "sh", "o"];
    let vowel = |c: char| "aeiou".contains(c);
    match verb.strip_suffix('y') {
        Some(stem) if !stem.is_empty() && !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if hisses.iter().any(|end| verb.ends_with(end)) => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_short_texts() {
        for (name, text) in [
            ("DescribeInstances", "Describes instances."),
            ("ApplyCertificate", "Applies certificate."),
            ("DestroyVMs", "Destroys vms."),
            ("AttachDisk", "Attaches disk."),
            ("Pub", "Pubs."),
        ] {
            assert_eq!(summary(name), text);
        }
        assert_eq!(doc("InstanceIds"), "The instance ids.");
        assert_eq!(doc("405Pv"), "The member `405Pv`.");
        assert!(writes("DeleteUser") && !writes("Deleted") && !writes("ListUsers"));
        assert!(reads("ListUsers") && !reads("Listen") && !reads("CreateUser"));
    }
}
