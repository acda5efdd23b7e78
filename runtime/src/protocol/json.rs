//! Values to compact JSON, written straight into bytes.

use serde_json::to_writer;

use crate::binary::base64;
use crate::value::{Json, Map, Structure, Value};

/// How deep a value may be nested; as deep as answers are read.
pub(super) const DEPTH_LIMIT: usize = 128;

/// Why a value has no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// NaN or an infinity.
    Number,
    /// Nested deeper than [`DEPTH_LIMIT`].
    Depth,
}

type Written = Result<(), Refusal>;

/// Appends a value; absent inside an array is `null`.
pub(super) fn write(out: &mut Vec<u8>, value: &Value<'_>) -> Written {
    value_at(out, value, 0)
}

/// Appends `"name":value` with a comma where one is due; nothing for an absent value.
pub(super) fn write_entry(out: &mut Vec<u8>, name: &str, value: &Value<'_>) -> Written {
    entry_at(out, name, value, 1)
}

fn value_at(out: &mut Vec<u8>, value: &Value<'_>, depth: usize) -> Written {
    match value {
        Value::Absent => out.extend_from_slice(b"null"),
        Value::String(text) => string(out, text),
        Value::Secret(text) => string(out, text),
        Value::Bytes(bytes) => string(out, &base64(bytes)),
        Value::Integer(number) => infallible(to_writer(out, number)),
        Value::Unsigned(number) => infallible(to_writer(out, number)),
        Value::Number(number) if number.is_finite() => infallible(to_writer(out, number)),
        Value::Number(_) => return Err(Refusal::Number),
        Value::Boolean(value) => {
            out.extend_from_slice(if *value { b"true" } else { b"false" });
        }
        Value::Json(json) => return free_form(out, json, depth),
        Value::List(list) => {
            let depth = deeper(depth)?;
            out.push(b'[');
            for index in 0..list.len() {
                separate(out, b'[');
                value_at(out, &list.item(index), depth)?;
            }
            out.push(b']');
        }
        Value::Map(map) => return object(out, map_entries(*map), depth),
        Value::Structure(structure) => {
            return object(out, structure_entries(*structure), depth);
        }
    }
    Ok(())
}

fn object<'v>(
    out: &mut Vec<u8>,
    entries: impl Iterator<Item = (&'v str, Value<'v>)>,
    depth: usize,
) -> Written {
    let depth = deeper(depth)?;
    out.push(b'{');
    for (name, value) in entries {
        entry_at(out, name, &value, depth)?;
    }
    out.push(b'}');
    Ok(())
}

fn entry_at(out: &mut Vec<u8>, name: &str, value: &Value<'_>, depth: usize) -> Written {
    if matches!(value, Value::Absent) {
        return Ok(());
    }
    separate(out, b'{');
    string(out, name);
    out.push(b':');
    value_at(out, value, depth)
}

fn free_form(out: &mut Vec<u8>, json: &Json, depth: usize) -> Written {
    match json {
        Json::Array(items) => {
            let depth = deeper(depth)?;
            out.push(b'[');
            for item in items {
                separate(out, b'[');
                free_form(out, item, depth)?;
            }
            out.push(b']');
        }
        Json::Object(entries) => {
            let depth = deeper(depth)?;
            out.push(b'{');
            for (name, value) in entries {
                separate(out, b'{');
                string(out, name);
                out.push(b':');
                free_form(out, value, depth)?;
            }
            out.push(b'}');
        }
        scalar => infallible(to_writer(out, scalar)),
    }
    Ok(())
}

fn structure_entries(
    structure: &dyn Structure,
) -> impl Iterator<Item = (&str, Value<'_>)> {
    let members = structure.members().iter().enumerate();
    members.map(|(index, member)| (member.name, structure.value(index)))
}

fn map_entries(map: &dyn Map) -> impl Iterator<Item = (&str, Value<'_>)> {
    map.entries().into_iter()
}

pub(super) fn deeper(depth: usize) -> Result<usize, Refusal> {
    if depth < DEPTH_LIMIT {
        Ok(depth + 1)
    } else {
        Err(Refusal::Depth)
    }
}

fn string(out: &mut Vec<u8>, text: &str) {
    infallible(to_writer(out, text));
}

/// Appends a comma unless the array or object has just been opened.
fn separate(out: &mut Vec<u8>, opener: u8) {
    if out.last() != Some(&opener) {
        out.push(b',');
    }
}

fn infallible(written: Result<(), serde_json::Error>) {
    written.expect("writing a scalar into memory cannot fail");
}
