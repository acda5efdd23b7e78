//! Limits, known values and defaults of a JSON schema, to the letter where they are what
//! they ought to be.

use serde_json::{Map, Value};

use super::kit::{DEPRECATED, Reader, items};
use crate::spec::{EnumValue, Member};

/// Keys that say how many, how long, how great; and what is said about a member besides.
pub(super) const KEYS: [&str; 24] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "multipleOf",
    "uniqueItems",
    "pattern",
    "enum",
    "default",
    "format",
    "readOnly",
    "writeOnly",
    "nullable",
    "deprecated",
    "description",
    "title",
    "example",
    "required",
];

/// Keys of a limit that the specs have no place for, and how the report calls them.
const HOMELESS: [(&str, &str); 5] = [
    ("minProperties", "least number of keys"),
    ("maxProperties", "greatest number of keys"),
    ("multipleOf", "number that a value is a multiple of"),
    ("uniqueItems", "that items differ"),
    ("nullable", "that a member may be null"),
];

/// Gives a member what its schema says besides its type.
pub(super) fn apply(
    member: &mut Member,
    schema: &Map<String, Value>,
    at: &str,
    reader: &mut Reader<'_>,
) {
    let get = |key: &str| schema.get(key).unwrap_or(&Value::Null);
    member.minimum = bound(
        get("minimum"),
        get("exclusiveMinimum"),
        1.0,
        member,
        at,
        reader,
    );
    member.maximum = bound(
        get("maximum"),
        get("exclusiveMaximum"),
        -1.0,
        member,
        at,
        reader,
    );
    member.min_length = count(get("minLength"), at, reader);
    member.max_length = count(get("maxLength"), at, reader);
    member.min_items = count(get("minItems"), at, reader);
    member.max_items = count(get("maxItems"), at, reader);
    member.pattern = pattern(get("pattern"), at, reader);
    for (key, kind) in HOMELESS {
        if !matches!(get(key), Value::Null | Value::Bool(false)) {
            reader.lose(kind, at);
        }
    }
    enumeration(member, get("enum"), at, reader);
    member.default = default(get("default"), member, at, reader);
    about(member, schema, at, reader);
}

/// What is said about a member besides its type and limits; it may stand beside a
/// reference.
pub(super) fn about(
    member: &mut Member,
    schema: &Map<String, Value>,
    at: &str,
    reader: &mut Reader<'_>,
) {
    let get = |key: &str| schema.get(key).unwrap_or(&Value::Null);
    member.doc = reader.text(get("description"), at);
    if get("title").is_string() {
        reader.lose("provider text", at);
    }
    if !get("example").is_null() {
        reader.lose("sample of a member", at);
    }
    if get("readOnly") == &Value::Bool(true) {
        reader.lose("that a member is only read", at);
    }
    if get("writeOnly") == &Value::Bool(true) {
        reader.lose("that a member is only written", at);
    }
    if get("deprecated") == &Value::Bool(true) {
        member.deprecated = Some(DEPRECATED.to_owned());
    }
}

/// A bound; one that is itself excluded moves by a step, where numbers have steps.
fn bound(
    value: &Value,
    excluded: &Value,
    step: f64,
    member: &Member,
    at: &str,
    reader: &mut Reader<'_>,
) -> Option<f64> {
    let bound = number(value, at, reader)?;
    if excluded != &Value::Bool(true) {
        return Some(bound);
    }
    if member.kind.contains("int") {
        return Some(bound + step);
    }
    reader.lose("bound that is itself excluded", at);
    None
}

fn number(value: &Value, at: &str, reader: &mut Reader<'_>) -> Option<f64> {
    let number = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    };
    let number = number.filter(|number: &f64| number.is_finite());
    if number.is_none() {
        reader.lose("bound that is no number", at);
    }
    number
}

fn count(value: &Value, at: &str, reader: &mut Reader<'_>) -> Option<usize> {
    let number = number(value, at, reader)?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number that fits"
    )]
    let count = (number.fract() == 0.0 && (0.0..=9e15).contains(&number))
        .then_some(number as usize);
    if count.is_none() {
        reader.lose("bound that is no number", at);
    }
    count
}

fn pattern(value: &Value, at: &str, reader: &mut Reader<'_>) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(pattern) if !pattern.is_empty() => Some(pattern.clone()),
        _ => {
            reader.lose("pattern that is none", at);
            None
        }
    }
}

/// The known values; those of an array are known of its items.
fn enumeration(member: &mut Member, values: &Value, at: &str, reader: &mut Reader<'_>) {
    if values.is_null() {
        return;
    }
    if items(values).next().is_none() {
        reader.lose("list of values that is empty or none", at);
    }
    let holder = match (&member.kind[..], &mut member.items) {
        ("array", Some(held)) => &mut **held,
        _ => member,
    };
    if holder.values_known.is_empty() {
        holder.values_known = known(items(values), &holder.kind, at, reader);
    }
}

/// Known values as the type of their member has them.
pub(super) fn known<'v>(
    values: impl Iterator<Item = &'v Value>,
    kind: &str,
    at: &str,
    reader: &mut Reader<'_>,
) -> Vec<EnumValue> {
    let mut known = Vec::new();
    for value in values {
        match typed(value, kind) {
            Some(value) => known.push(EnumValue {
                value,
                ..EnumValue::default()
            }),
            None => reader.lose("known value that does not fit its type", at),
        }
    }
    known
}

fn default(
    value: &Value,
    member: &Member,
    at: &str,
    reader: &mut Reader<'_>,
) -> Option<Value> {
    if value.is_null() {
        return None;
    }
    let typed = typed(value, &member.kind);
    if typed.is_none() {
        reader.lose("default that does not fit its type", at);
    }
    typed
}

/// A value as a type has it: a number or a flag may be written as text, and the other way
/// round.
pub(super) fn typed(value: &Value, kind: &str) -> Option<Value> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return None,
    };
    match kind {
        "string" => Some(Value::String(text)),
        "boolean" => text
            .trim()
            .to_ascii_lowercase()
            .parse()
            .ok()
            .map(Value::Bool),
        "integer" | "int32" | "int64" | "uint64" => {
            let whole = text.trim().trim_end_matches(".0");
            whole.parse::<i64>().ok().map(Value::from)
        }
        "number" => match value {
            Value::Number(_) => Some(value.clone()),
            _ => text.trim().parse::<f64>().ok().map(Value::from),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_take_the_type_of_their_member() {
        for (value, kind, wanted) in [
            (json!(5), "string", Some(json!("5"))),
            (json!("5"), "int32", Some(json!(5))),
            (json!("five"), "integer", None),
            (json!(5.0), "integer", Some(json!(5))),
            (json!(5.5), "integer", None),
            (json!(" True"), "boolean", Some(json!(true))),
            (json!("maybe"), "boolean", None),
            (json!("0.5"), "number", Some(json!(0.5))),
            (json!({}), "string", None),
            (json!("a"), "Book", None),
        ] {
            assert_eq!(typed(&value, kind), wanted, "{value} as {kind}");
        }
    }
}
