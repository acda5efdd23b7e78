//! Values to text: the pairs of a query or a form, path segments, header values.

use std::borrow::Cow;

use super::EncodeError;
use super::json::{self, DEPTH_LIMIT, Refusal};
use crate::binary::base64;
use crate::value::{Json, List, Member, Style, Value};

/// Appends the pairs of one member; none for an absent or an empty value.
pub(super) fn write_pairs(
    out: &mut Vec<(String, String)>,
    member: &Member<'_>,
    value: &Value<'_>,
) -> Result<(), EncodeError> {
    styled(out, member.name.to_owned(), member.style, value, 0)
        .map_err(|error| at(member, error, "a query or a form"))
}

/// One text for a value; nothing for an absent one. Arrays are joined by commas, anything
/// else that is nested becomes JSON.
pub(super) fn whole(
    member: &Member<'_>,
    value: &Value<'_>,
    place: &'static str,
) -> Result<Option<String>, EncodeError> {
    let text = match value {
        Value::List(list) if member.style != Style::Json => joined(*list),
        value => one(value),
    };
    text.map_err(|error| at(member, error, place))
}

/// The text of a value that is neither an array nor an object.
pub(super) fn single(
    member: &Member<'_>,
    value: &Value<'_>,
    place: &'static str,
) -> Result<Option<String>, EncodeError> {
    let text = match value {
        Value::Absent => Ok(None),
        value => scalar(value).map(|text| Some(text.into_owned())),
    };
    text.map_err(|error| at(member, error, place))
}

/// A refusal, with the member that it is about.
pub(super) fn refuse(member: &Member<'_>, refusal: Refusal) -> EncodeError {
    let member = member.name.to_owned();
    match refusal {
        Refusal::Number => EncodeError::Number { member },
        Refusal::Depth => EncodeError::Depth {
            member,
            limit: DEPTH_LIMIT,
        },
    }
}

#[derive(Clone, Copy)]
enum Misfit {
    Shape(&'static str),
    Refused(Refusal),
}

impl From<Refusal> for Misfit {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

fn at(member: &Member<'_>, misfit: Misfit, place: &'static str) -> EncodeError {
    match misfit {
        Misfit::Shape(found) => EncodeError::Shape {
            member: member.name.to_owned(),
            found,
            place,
        },
        Misfit::Refused(refusal) => refuse(member, refusal),
    }
}

/// Writes `Tag.1.Key`, counted from 1, for whatever is nested under [`Style::Repeat`].
fn styled(
    out: &mut Vec<(String, String)>,
    key: String,
    style: Style,
    value: &Value<'_>,
    depth: usize,
) -> Result<(), Misfit> {
    match (style, value) {
        (Style::Repeat, Value::List(list)) => {
            let depth = json::deeper(depth)?;
            for index in 0..list.len() {
                let key = format!("{key}.{}", index + 1);
                styled(out, key, style, &list.item(index), depth)?;
            }
        }
        (Style::Repeat, Value::Map(map)) => {
            let depth = json::deeper(depth)?;
            for (name, value) in map.entries() {
                styled(out, [&key, ".", name].concat(), style, &value, depth)?;
            }
        }
        (Style::Repeat, Value::Structure(structure)) => {
            let depth = json::deeper(depth)?;
            for (index, member) in structure.members().iter().enumerate() {
                let key = [&key, ".", member.name].concat();
                styled(out, key, member.style, &structure.value(index), depth)?;
            }
        }
        (Style::Multi, Value::List(list)) => {
            for index in 0..list.len() {
                out.extend(one(&list.item(index))?.map(|text| (key.clone(), text)));
            }
        }
        (Style::Comma, Value::List(list)) => {
            out.extend(joined(*list)?.map(|text| (key, text)));
        }
        (_, value) => out.extend(one(value)?.map(|text| (key, text))),
    }
    Ok(())
}

/// The items of an array in one text; nothing for an empty array.
fn joined(list: &dyn List) -> Result<Option<String>, Misfit> {
    let mut text = String::new();
    for index in 0..list.len() {
        text.push_str(if index == 0 { "" } else { "," });
        text.push_str(&scalar(&list.item(index))?);
    }
    Ok((!list.is_empty()).then_some(text))
}

/// A scalar as it is, anything else as compact JSON; nothing for null.
fn one(value: &Value<'_>) -> Result<Option<String>, Misfit> {
    match value {
        Value::Absent | Value::Json(Json::Null) => Ok(None),
        Value::List(_)
        | Value::Map(_)
        | Value::Structure(_)
        | Value::Json(Json::Array(_) | Json::Object(_)) => {
            let mut bytes = Vec::new();
            json::write(&mut bytes, value)?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
        value => scalar(value).map(|text| Some(text.into_owned())),
    }
}

fn scalar<'v>(value: &'v Value<'_>) -> Result<Cow<'v, str>, Misfit> {
    Ok(match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Secret(text) => Cow::Borrowed(text),
        Value::Bytes(bytes) => Cow::Owned(base64(bytes)),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Unsigned(number) => Cow::Owned(number.to_string()),
        Value::Number(number) if number.is_finite() => Cow::Owned(number.to_string()),
        Value::Number(_) => return Err(Misfit::Refused(Refusal::Number)),
        Value::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        Value::Json(Json::String(text)) => Cow::Borrowed(text),
        Value::Json(Json::Bool(value)) => {
            Cow::Borrowed(if *value { "true" } else { "false" })
        }
        Value::Json(Json::Number(number)) => Cow::Owned(number.to_string()),
        Value::Absent | Value::Json(Json::Null) => return Err(Misfit::Shape("nothing")),
        Value::List(_) | Value::Json(Json::Array(_)) => {
            return Err(Misfit::Shape("an array"));
        }
        Value::Map(_) | Value::Structure(_) | Value::Json(Json::Object(_)) => {
            return Err(Misfit::Shape("an object"));
        }
    })
}
