//! The types of one member in two sources.

use std::collections::BTreeSet;

use crate::spec::{Member, Style};

/// How the type of the first source stands to that of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They say the same, or the first says more.
    Stands,
    /// The second says more.
    Yields,
    /// They say different things.
    Differs,
}

/// Holds two types against each other, without what arrays and maps hold. Two structures
/// that stand at one place are the same.
pub(super) fn compare(
    first: &Member,
    second: &Member,
    structures: &BTreeSet<String>,
) -> Verdict {
    let [one, other] =
        [first, second].map(|member| Kind::of(member, structures.contains(&member.kind)));
    if one == other {
        return match one {
            Kind::Word if first.kind != second.kind => Verdict::Differs,
            _ => Verdict::Stands,
        };
    }
    if one.covers(other, second) {
        Verdict::Yields
    } else if other.covers(one, first) {
        Verdict::Stands
    } else {
        Verdict::Differs
    }
}

/// What a type is, as far as less and more precise ones go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Anything.
    Any,
    /// A whole number of no known width.
    Integer,
    /// A whole number of a known width.
    Sized(&'static str),
    Text,
    Timestamp,
    Array,
    Map,
    /// A map of anything.
    Object,
    Structure,
    /// Any other word.
    Word,
}

impl Kind {
    fn of(member: &Member, structure: bool) -> Self {
        if structure {
            return Self::Structure;
        }
        match member.kind.as_str() {
            "any" => Self::Any,
            "integer" => Self::Integer,
            "int32" => Self::Sized("int32"),
            "int64" => Self::Sized("int64"),
            "uint64" => Self::Sized("uint64"),
            "string" => Self::Text,
            "timestamp" => Self::Timestamp,
            "array" => Self::Array,
            "map" => match member.values.as_deref() {
                Some(values) if values.kind != "any" => Self::Map,
                _ => Self::Object,
            },
            _ => Self::Word,
        }
    }

    /// Whether `other`, the type of `member`, is this one told more precisely.
    fn covers(self, other: Self, member: &Member) -> bool {
        let written = matches!(member.style, Some(Style::Json | Style::Comma));
        match (self, other) {
            (Self::Any, _)
            | (Self::Integer, Self::Sized(_))
            | (Self::Text, Self::Timestamp)
            | (Self::Object, Self::Map | Self::Structure) => true,
            // One text on the wire, whose inside only one source tells.
            (Self::Text, Self::Array | Self::Map | Self::Object | Self::Structure) => {
                written
            }
            _ => false,
        }
    }
}

/// A type in words: `array of string`.
pub(super) fn told(member: &Member) -> String {
    match super::pairs::held(member) {
        Some(held) => format!("{} of {}", member.kind, told(held)),
        None => member.kind.clone(),
    }
}
