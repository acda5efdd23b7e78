//! What a member's type is on the wire, without the names that it has in Rust.

use std::fmt;

use super::pairs::Home;
use crate::model::{EnumValue, Shape};

/// A type on the wire.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A type that needs no more words.
    Plain(Shape),
    /// A structure.
    Structure,
    /// A text with known values.
    Words,
    /// A whole number with known values.
    Numbers,
    /// An array.
    Array(Box<Kind>),
    /// A map.
    Map(Box<Kind>),
}

/// What became of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Changed,
    Widened,
    Narrowed,
    BecameList,
    BecameScalar,
    BecameEnum,
    StoppedBeingEnum,
}

impl Kind {
    /// The kind of a shape.
    pub(super) fn of(home: Home<'_>, shape: &Shape) -> Self {
        match shape {
            Shape::Array(inner) => Self::Array(Box::new(Self::of(home, inner))),
            Shape::Map(inner) => Self::Map(Box::new(Self::of(home, inner))),
            Shape::Structure(_) => Self::Structure,
            Shape::Enumeration(name) => {
                let values = home.enumeration(name).map(|one| one.values.as_slice());
                if is_numbers(values.unwrap_or_default()) {
                    Self::Numbers
                } else {
                    Self::Words
                }
            }
            plain => Self::Plain(plain.clone()),
        }
    }
}

/// Whether the values travel as numbers.
pub(super) fn is_numbers(values: &[EnumValue]) -> bool {
    !values.is_empty() && values.iter().all(|known| known.value.as_i64().is_some())
}

/// Whether it travels as a text, whatever the text holds.
pub(super) fn is_text(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Words | Kind::Plain(Shape::String | Shape::Timestamp | Shape::Binary)
    )
}

/// What became of a type; nothing where it is the same.
pub(super) fn step(old: &Kind, new: &Kind) -> Option<Step> {
    use Shape::{Any, Int32, Int64, Number, Uint64};
    if old == new {
        return None;
    }
    Some(match (old, new) {
        (Kind::Array(old), Kind::Array(new)) | (Kind::Map(old), Kind::Map(new)) => {
            return step(old, new);
        }
        (Kind::Map(_), _) | (_, Kind::Map(_)) => Step::Changed,
        (Kind::Plain(Any), _)
        | (Kind::Plain(Int64 | Number), Kind::Plain(Int32))
        | (Kind::Plain(Number), Kind::Plain(Int64 | Uint64)) => Step::Narrowed,
        (_, Kind::Plain(Any))
        | (Kind::Plain(Int32), Kind::Plain(Int64 | Number))
        | (Kind::Plain(Int64 | Uint64), Kind::Plain(Number)) => Step::Widened,
        (_, Kind::Array(_)) => Step::BecameList,
        (Kind::Array(_), _) => Step::BecameScalar,
        (Kind::Plain(Shape::String), Kind::Words)
        | (Kind::Plain(Int32 | Int64 | Uint64), Kind::Numbers) => Step::BecameEnum,
        (Kind::Words, Kind::Plain(Shape::String))
        | (Kind::Numbers, Kind::Plain(Int32 | Int64 | Uint64)) => Step::StoppedBeingEnum,
        _ => Step::Changed,
    })
}

/// A shape as people write it: `array of Filter`.
pub(super) fn text(shape: &Shape) -> String {
    match shape {
        Shape::String => "string".to_owned(),
        Shape::Int32 => "int32".to_owned(),
        Shape::Int64 => "int64".to_owned(),
        Shape::Uint64 => "uint64".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Timestamp => "timestamp".to_owned(),
        Shape::Binary => "binary".to_owned(),
        Shape::Any => "any".to_owned(),
        Shape::Array(inner) => format!("array of {}", text(inner)),
        Shape::Map(inner) => format!("map of {}", text(inner)),
        Shape::Structure(name) | Shape::Enumeration(name) => name.clone(),
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(shape) => f.write_str(&text(shape)),
            Self::Structure => f.write_str("a structure"),
            Self::Words => f.write_str("string with known values"),
            Self::Numbers => f.write_str("integer with known values"),
            Self::Array(inner) => write!(f, "array of {inner}"),
            Self::Map(inner) => write!(f, "map of {inner}"),
        }
    }
}
