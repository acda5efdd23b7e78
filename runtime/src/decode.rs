//! JSON to typed values, forgiving where the clouds are careless: unknown members are
//! skipped, `null` and absence leave the default, numbers and booleans may arrive as text.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::HeaderMap;

use crate::binary::base64;
use crate::error::Line;
use crate::value::{Json, Location, Member};

/// A type that a response may hold.
#[diagnostic::on_unimplemented(
    message = "a response cannot hold `{Self}`",
    label = "not a type for the wire",
    note = "a structure derives `Response`, an enumeration derives `WireEnum`"
)]
pub trait Decode: Sized {
    /// Reads the type from JSON.
    ///
    /// # Errors
    /// [`Mismatch`] where the JSON cannot mean this type.
    fn decode(json: Json) -> Result<Self, Mismatch>;

    /// Reads the type from a body that is bytes.
    ///
    /// # Errors
    /// [`Mismatch`] where bytes cannot mean this type.
    fn decode_bytes(bytes: Vec<u8>) -> Result<Self, Mismatch> {
        drop(bytes);
        Err(Mismatch {
            path: String::new(),
            expected: "JSON",
            found: "bytes",
        })
    }

    /// Reads the type from a whole answer, some of which may stand in its headers.
    ///
    /// # Errors
    /// [`Mismatch`] where the answer cannot mean this type.
    fn receive(message: Message<'_>) -> Result<Self, Mismatch> {
        match message.content {
            Content::Json(json) => Self::decode(json),
            Content::Bytes(bytes) => Self::decode_bytes(bytes.into()),
        }
    }
}

/// A success as it came, before it has a type.
#[derive(Debug)]
pub struct Message<'a> {
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub content: Content,
}

/// The body of a success.
#[derive(Debug)]
pub enum Content {
    /// JSON without the protocol's envelope, also one text; null where there is no body.
    Json(Json),
    /// Bytes, where the operation answers with them.
    Bytes(Bytes),
}

/// A structure that is filled member by member.
pub trait Fields {
    /// The table of its members.
    fn members(&self) -> &'static [Member<'static>];
    /// Sets the member at `index` of [`Fields::members`]; never called with `null`, but for
    /// the member that is the whole body.
    fn set(&mut self, index: usize, json: Json) -> Result<(), Mismatch>;
    /// Sets the member that is the whole body to bytes.
    fn set_bytes(&mut self, bytes: Vec<u8>) -> Result<(), Mismatch> {
        drop(bytes);
        Ok(())
    }
}

/// JSON that does not fit the declared type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The way from the root to the value, in wire names: `User.Tags[2].Key`.
    pub path: String,
    /// The type that the spec declares.
    pub expected: &'static str,
    /// The kind of JSON that came instead, never its content.
    pub found: &'static str,
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            path,
            expected,
            found,
        } = self;
        // A step may be a key of a map, which the service chooses.
        let at = Line(if path.is_empty() { "the root" } else { path });
        write!(f, "{at}: expected {expected}, found {found}")
    }
}

impl std::error::Error for Mismatch {}

impl Mismatch {
    /// A mismatch at the value itself; [`Mismatch::under`] adds the way to it.
    pub fn new(expected: &'static str, found: &Json) -> Self {
        let found = match found {
            Json::Null => "null",
            Json::Bool(_) => "a boolean",
            Json::Number(_) => "a number",
            Json::String(_) => "a text",
            Json::Array(_) => "an array",
            Json::Object(_) => "an object",
        };
        Self {
            path: String::new(),
            expected,
            found,
        }
    }

    /// The same mismatch, seen from one step further out.
    #[must_use]
    pub fn under(mut self, step: &str) -> Self {
        let joint = if self.path.is_empty() || self.path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.path = format!("{step}{joint}{}", self.path);
        self
    }
}

/// Fills `target` from a JSON object: the one visitor of all response structures. One
/// without members takes anything, also an empty answer.
///
/// # Errors
/// [`Mismatch`] with the path of the first member that does not fit.
pub fn fill(target: &mut dyn Fields, json: Json) -> Result<(), Mismatch> {
    let is_body = |member: &Member<'_>| member.location == Location::Body;
    if !target.members().iter().any(is_body) {
        return Ok(());
    }
    let Json::Object(mut object) = json else {
        return Err(Mismatch::new("an object", &json));
    };
    let members = target.members().iter().enumerate();
    for (index, member) in members.filter(|(_, member)| is_body(member)) {
        match object.get_mut(member.name).map(Json::take) {
            None | Some(Json::Null) => {}
            Some(json) => {
                target
                    .set(index, json)
                    .map_err(|error| error.under(member.name))?;
            }
        }
    }
    Ok(())
}

/// Reads a structure from a JSON object: the body of the derived [`Decode`].
///
/// # Errors
/// [`Mismatch`] with the path of the first member that does not fit.
pub fn structure<T: Default + Fields>(json: Json) -> Result<T, Mismatch> {
    let mut target = T::default();
    fill(&mut target, json)?;
    Ok(target)
}

/// Reads the root of an answer, some of whose members stand in headers or are the whole
/// body: the derived [`Decode::receive`] of such a structure.
///
/// # Errors
/// [`Mismatch`] with the path of the first member that does not fit.
pub fn receive<T: Default + Fields>(message: Message<'_>) -> Result<T, Mismatch> {
    let mut target = T::default();
    gather(&mut target, message)?;
    Ok(target)
}

fn gather(target: &mut dyn Fields, message: Message<'_>) -> Result<(), Mismatch> {
    let mut payload = None;
    for (index, member) in target.members().iter().enumerate() {
        match member.location {
            Location::Header => {
                if let Some(value) = message.headers.get(member.name) {
                    let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    let set = target.set(index, Json::String(text));
                    set.map_err(|error| error.under(member.name))?;
                }
            }
            Location::Payload => payload = Some((index, member.name)),
            _ => {}
        }
    }
    match (payload, message.content) {
        (Some((_, name)), Content::Bytes(bytes)) => {
            let set = target.set_bytes(bytes.into());
            set.map_err(|error| error.under(name))
        }
        (Some((index, name)), Content::Json(json)) => {
            target.set(index, json).map_err(|error| error.under(name))
        }
        (None, Content::Json(json)) => fill(target, json),
        (None, Content::Bytes(_)) => Ok(()),
    }
}

/// Sets the member that is the whole body: the derived [`Fields::set_bytes`].
///
/// # Errors
/// [`Mismatch`] where bytes cannot mean this type.
pub fn set_bytes<T: Decode>(target: &mut T, bytes: Vec<u8>) -> Result<(), Mismatch> {
    *target = T::decode_bytes(bytes)?;
    Ok(())
}

/// Sets one member: an arm of the derived [`Fields::set`].
///
/// # Errors
/// [`Mismatch`] where the JSON cannot mean this type.
pub fn set<T: Decode>(target: &mut T, json: Json) -> Result<(), Mismatch> {
    *target = T::decode(json)?;
    Ok(())
}

impl Decode for String {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        match json {
            Json::String(text) => Ok(text),
            Json::Number(number) => Ok(number.to_string()),
            Json::Bool(value) => Ok(value.to_string()),
            other => Err(Mismatch::new("a text", &other)),
        }
    }
}

impl Decode for bool {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        let value = match &json {
            Json::Bool(value) => Some(*value),
            Json::String(text) if text.eq_ignore_ascii_case("true") || text == "1" => {
                Some(true)
            }
            Json::String(text) if text.eq_ignore_ascii_case("false") || text == "0" => {
                Some(false)
            }
            Json::Number(number) => match number.as_u64() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            _ => None,
        };
        value.ok_or_else(|| Mismatch::new("a boolean", &json))
    }
}

macro_rules! decode_integer {
    ($($type:ty => $expected:literal),*) => {$(
        impl Decode for $type {
            fn decode(json: Json) -> Result<Self, Mismatch> {
                let value = match &json {
                    Json::Number(number) => integer(number).and_then(|n| n.try_into().ok()),
                    Json::String(text) => text.trim().parse().ok(),
                    _ => None,
                };
                value.ok_or_else(|| Mismatch::new($expected, &json))
            }
        }
    )*};
}
decode_integer!(i32 => "a 32-bit integer", i64 => "a 64-bit integer", u64 => "an unsigned 64-bit integer");

/// A whole number, also where it is written `3.0`.
fn integer(number: &serde_json::Number) -> Option<i128> {
    if let Some(value) = number.as_i64() {
        return Some(i128::from(value));
    }
    if let Some(value) = number.as_u64() {
        return Some(i128::from(value));
    }
    let value = number.as_f64()?;
    #[allow(clippy::cast_possible_truncation)]
    // in range and whole, tested in the same line
    (value.fract() == 0.0 && value.abs() < 9.0e15).then_some(value as i128)
}

impl Decode for f64 {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        let value = match &json {
            Json::Number(number) => number.as_f64(),
            Json::String(text) => text
                .trim()
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite()),
            _ => None,
        };
        value.ok_or_else(|| Mismatch::new("a number", &json))
    }
}

impl Decode for Json {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        Ok(json)
    }

    fn decode_bytes(bytes: Vec<u8>) -> Result<Self, Mismatch> {
        Ok(Json::String(base64(&bytes)))
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        match json {
            Json::Null => Ok(None),
            json => T::decode(json).map(Some),
        }
    }

    fn decode_bytes(bytes: Vec<u8>) -> Result<Self, Mismatch> {
        T::decode_bytes(bytes).map(Some)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        T::decode(json).map(Self::new)
    }
}

/// XML cannot tell one element from a list of one, so a bare item is such a list.
impl<T: Decode> Decode for Vec<T> {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        let mismatch = Mismatch::new("an array", &json);
        let Json::Array(items) = json else {
            return T::decode(json).map(|item| vec![item]).map_err(|_| mismatch);
        };
        let item = |(index, json)| {
            T::decode(json).map_err(|e: Mismatch| e.under(&format!("[{index}]")))
        };
        items.into_iter().enumerate().map(item).collect()
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        let Json::Object(entries) = json else {
            return Err(Mismatch::new("an object", &json));
        };
        let entry = |(key, json): (String, Json)| match T::decode(json) {
            Ok(value) => Ok((key, value)),
            Err(error) => Err(error.under(&key)),
        };
        entries.into_iter().map(entry).collect()
    }
}
