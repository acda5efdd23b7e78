//! Open enumerations: known values are variants, any other value is kept as it came.

use std::borrow::Cow;

use crate::decode::{Decode, Mismatch};
use crate::value::{Json, Value};

/// A value as it stands on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// A text.
    Text(&'static str),
    /// A whole number.
    Integer(i64),
}

/// A value that the spec does not list; it round-trips.
///
/// Read it with the enumeration's `as_str` or `to_string`; it cannot be built by hand, so
/// code that matches it keeps its meaning when the value becomes a known one.
#[derive(Clone, PartialEq, Eq)]
pub struct Unknown(Raw);

#[derive(Clone, PartialEq, Eq)]
enum Raw {
    Text(Box<str>),
    Integer(i64),
}

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Raw::Text(text) => f.write_str(text),
            Raw::Integer(number) => number.fmt(f),
        }
    }
}

impl std::fmt::Debug for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Raw::Text(text) => std::fmt::Debug::fmt(text, f),
            Raw::Integer(number) => std::fmt::Debug::fmt(number, f),
        }
    }
}

/// What `#[derive(WireEnum)]` implements: the table of known values, and the way back.
pub trait WireEnum: Sized {
    /// The known values, in document order.
    const VALUES: &'static [Wire];
    /// The documented messages that hold `%s`, by index into [`WireEnum::VALUES`].
    const MESSAGES: &'static [(usize, &'static str)] = &[];
    /// The variant at `index` of [`WireEnum::VALUES`].
    fn known(index: usize) -> Option<Self>;
    /// The variant for any other value.
    fn unknown(unknown: Unknown) -> Self;
    /// The index of this variant, or the unknown value that it holds.
    fn index(&self) -> Result<usize, &Unknown>;

    /// The variant for a text; never fails.
    fn from_text(text: &str) -> Self {
        let integer = text.parse::<i64>().ok();
        let same = |wire: &Wire| match wire {
            Wire::Text(known) => *known == text,
            Wire::Integer(known) => Some(*known) == integer,
        };
        let index = Self::VALUES.iter().position(same);
        index
            .and_then(Self::known)
            .unwrap_or_else(|| Self::unknown(Unknown(Raw::Text(text.into()))))
    }

    /// The variant for a whole number; never fails.
    fn from_integer(number: i64) -> Self {
        let text = number.to_string();
        let same = |wire: &Wire| match wire {
            Wire::Text(known) => *known == text,
            Wire::Integer(known) => *known == number,
        };
        let index = Self::VALUES.iter().position(same);
        index
            .and_then(Self::known)
            .unwrap_or_else(|| Self::unknown(Unknown(Raw::Integer(number))))
    }

    /// The value as text.
    fn to_text(&self) -> Cow<'_, str> {
        match self.index() {
            Ok(index) => match Self::VALUES[index] {
                Wire::Text(text) => Cow::Borrowed(text),
                Wire::Integer(number) => Cow::Owned(number.to_string()),
            },
            Err(Unknown(Raw::Text(text))) => Cow::Borrowed(text),
            Err(Unknown(Raw::Integer(number))) => Cow::Owned(number.to_string()),
        }
    }

    /// The value to write.
    fn to_value(&self) -> Value<'_> {
        match self.index() {
            Ok(index) => match Self::VALUES[index] {
                Wire::Text(text) => Value::String(Cow::Borrowed(text)),
                Wire::Integer(number) => Value::Integer(number),
            },
            Err(Unknown(Raw::Text(text))) => Value::String(Cow::Borrowed(text)),
            Err(Unknown(Raw::Integer(number))) => Value::Integer(*number),
        }
    }

    /// The documented message with its `%s`, where it has one.
    fn template(&self) -> Option<&'static str> {
        let index = self.index().ok()?;
        let found = Self::MESSAGES.iter().find(|(of, _)| *of == index)?;
        Some(found.1)
    }
}

/// Reads an open enumeration: the body of the derived [`Decode`].
///
/// # Errors
/// [`Mismatch`] where the JSON is neither a text nor a number.
pub fn decode<T: WireEnum>(json: Json) -> Result<T, Mismatch> {
    match json {
        Json::String(text) => Ok(T::from_text(&text)),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Ok(T::from_integer(number)),
            None => Ok(T::from_text(&number.to_string())),
        },
        Json::Bool(value) => Ok(T::from_text(if value { "true" } else { "false" })),
        other => Err(Mismatch::new("one of the documented values", &other)),
    }
}

/// An operation without documented error codes: every code is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoCodes {
    /// A code that the cloud sent.
    Unknown(Unknown),
}

impl WireEnum for NoCodes {
    const VALUES: &'static [Wire] = &[];
    fn known(_: usize) -> Option<Self> {
        None
    }
    fn unknown(unknown: Unknown) -> Self {
        Self::Unknown(unknown)
    }
    fn index(&self) -> Result<usize, &Unknown> {
        let Self::Unknown(unknown) = self;
        Err(unknown)
    }
}

impl Decode for NoCodes {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        decode(json)
    }
}
