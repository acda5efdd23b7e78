//! What a request holds, as the encoders see it: a table of members and a value for each.
//!
//! A derive emits the table and a `match` on the index; the encoders in [`crate::protocol`]
//! walk them through [`Structure`], so none of their code is repeated per operation.

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use serde_json::Value as Json;

/// Where a member travels in the HTTP message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A segment of the path template, in braces there.
    Path,
    /// The query string.
    Query,
    /// A header of that name.
    Header,
    /// One key of the JSON body.
    Body,
    /// One pair of a form-encoded body.
    Form,
    /// The first label of the host name.
    Host,
    /// The whole body.
    Payload,
}

/// How an array is written where only text fits: in a query, a form, a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// `Tag.1.Key=…`, counted from 1; objects as `Tag.Key`.
    Repeat,
    /// One compact JSON text.
    Json,
    /// One text, items joined by commas.
    Comma,
    /// The same key once per item.
    Multi,
}

/// One row of a structure's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// Where it travels.
    pub location: Location,
    /// How an array or object is written outside a JSON body.
    pub style: Style,
}

/// A value that is ready to be written.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Not sent at all; an empty text is a value.
    Absent,
    /// A text.
    String(Cow<'a, str>),
    /// A text that no message may show.
    Secret(&'a str),
    /// Bytes: as they are where they are a whole body or a file, else base64 text.
    Bytes(&'a [u8]),
    /// A signed number.
    Integer(i64),
    /// An unsigned number.
    Unsigned(u64),
    /// A number with a fraction.
    Number(f64),
    /// True or false; lower case where it becomes text.
    Boolean(bool),
    /// Free-form JSON.
    Json(&'a Json),
    /// An array.
    List(&'a dyn List),
    /// A map from text to values.
    Map(&'a dyn Map),
    /// A structure with members of its own.
    Structure(&'a dyn Structure),
}

impl Value<'_> {
    /// The value of an optional array or map, which is not sent while it is empty.
    #[must_use]
    pub fn unless_empty(self) -> Self {
        match self {
            Self::List(list) if list.is_empty() => Self::Absent,
            Self::Map(map) if map.is_empty() => Self::Absent,
            value => value,
        }
    }
}

/// A structure that can be written member by member, in document order.
pub trait Structure: Send + Sync {
    /// The table of its members.
    fn members(&self) -> &[Member<'_>];
    /// The value of the member at `index` of [`Structure::members`].
    fn value(&self, index: usize) -> Value<'_>;
}

/// An array that can be written item by item.
pub trait List: Send + Sync {
    /// How many items there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The item at `index`, counted from 0.
    fn item(&self, index: usize) -> Value<'_>;
}

/// A map that can be written entry by entry, in the order of its keys.
pub trait Map: Send + Sync {
    /// Whether there are no entries.
    fn is_empty(&self) -> bool;
    /// All entries.
    fn entries(&self) -> Vec<(&str, Value<'_>)>;
}

impl std::fmt::Debug for dyn Structure + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.members().iter().map(|member| member.name).collect();
        f.debug_tuple("Structure").field(&names).finish()
    }
}

impl std::fmt::Debug for dyn List + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "List({})", self.len())
    }
}

impl std::fmt::Debug for dyn Map + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let keys: Vec<_> = self
            .entries()
            .iter()
            .map(|(key, _)| (*key).to_owned())
            .collect();
        f.debug_tuple("Map").field(&keys).finish()
    }
}

/// A type that a request may hold.
#[diagnostic::on_unimplemented(
    message = "a request cannot hold `{Self}`",
    label = "not a type for the wire",
    note = "a structure derives `Request`, an enumeration derives `WireEnum`"
)]
pub trait Encode: Send + Sync {
    /// The value to write.
    fn encode(&self) -> Value<'_>;
}

impl Encode for String {
    fn encode(&self) -> Value<'_> {
        Value::String(Cow::Borrowed(self))
    }
}

impl Encode for bool {
    fn encode(&self) -> Value<'_> {
        Value::Boolean(*self)
    }
}

impl Encode for i32 {
    fn encode(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl Encode for i64 {
    fn encode(&self) -> Value<'_> {
        Value::Integer(*self)
    }
}

impl Encode for u64 {
    fn encode(&self) -> Value<'_> {
        Value::Unsigned(*self)
    }
}

impl Encode for f64 {
    fn encode(&self) -> Value<'_> {
        Value::Number(*self)
    }
}

impl Encode for Json {
    fn encode(&self) -> Value<'_> {
        Value::Json(self)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Absent, Encode::encode)
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self) -> Value<'_> {
        T::encode(self)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self) -> Value<'_> {
        Value::List(self)
    }
}

impl<T: Encode> List for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn item(&self, index: usize) -> Value<'_> {
        self.get(index).map_or(Value::Absent, Encode::encode)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self) -> Value<'_> {
        Value::Map(self)
    }
}

impl<T: Encode> Map for BTreeMap<String, T> {
    fn is_empty(&self) -> bool {
        BTreeMap::is_empty(self)
    }
    fn entries(&self) -> Vec<(&str, Value<'_>)> {
        self.iter()
            .map(|(key, value)| (key.as_str(), value.encode()))
            .collect()
    }
}

/// An array from anything that yields its items: what a derived setter calls.
pub fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// A map from anything that yields its entries: what a derived setter calls.
pub fn map<T>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> BTreeMap<String, T> {
    entries
        .into_iter()
        .map(|(key, value)| (key.into(), value.into()))
        .collect()
}
