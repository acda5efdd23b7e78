//! Holds one JSON value against what a member may be: samples, defaults, enumerations.

use regex_lite::Regex;
use serde_json::Value;

use super::scope::{Scope, Type};
use crate::spec::Member;

/// How a value misses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Miss {
    /// Of another type.
    Type,
    /// Outside `minimum` and `maximum`.
    Range,
    /// Outside the bounds of length, bytes or items.
    Length,
    /// Not matched by the pattern.
    Pattern,
    /// None of the known values.
    Enum,
}

/// Everything that a value misses of one member, without what structures inside it say.
pub(crate) fn misses(
    value: &Value,
    member: &Member,
    scope: &Scope<'_>,
) -> Vec<(Miss, String)> {
    if let Some(wrong) = type_miss(value, scope.type_of(member)) {
        return vec![(Miss::Type, wrong)];
    }
    let mut misses = Vec::new();
    if let Some(number) = value.as_f64() {
        range(number, member, &mut misses);
    }
    if let Some(text) = value.as_str() {
        self::text(text, member, &mut misses);
    }
    if let Some(items) = value.as_array() {
        let count = items.len();
        bounds(
            "items",
            count,
            member.min_items,
            member.max_items,
            &mut misses,
        );
    }
    let known = &member.values_known;
    if !known.is_empty() && !known.iter().any(|known| known.value == *value) {
        misses.push((Miss::Enum, format!("{value} is none of the known values")));
    }
    misses
}

/// The pattern as it is enforced: it has to match the whole text, whatever anchors it has.
pub(crate) fn whole(pattern: &str) -> Result<Regex, regex_lite::Error> {
    Regex::new(pattern)?;
    Regex::new(&format!(r"\A(?:{pattern})\z"))
}

fn type_miss(value: &Value, kind: Type<'_>) -> Option<String> {
    let fits = match kind {
        Type::String | Type::Binary => value.is_string(),
        Type::Integer(least, most) => {
            integer(value).is_some_and(|n| least <= n && n <= most)
        }
        Type::Number => value.is_number(),
        Type::Boolean => value.is_boolean(),
        Type::Timestamp => value.is_string() || value.is_number(),
        Type::Any | Type::Unknown => true,
        Type::Array(_) => value.is_array(),
        Type::Map(_) | Type::Structure(_) => value.is_object(),
    };
    (!fits).then(|| format!("{} is not {}", shown(value), wanted(kind)))
}

fn integer(value: &Value) -> Option<i128> {
    value
        .as_i64()
        .map(i128::from)
        .or_else(|| value.as_u64().map(i128::from))
}

fn wanted(kind: Type<'_>) -> &'static str {
    match kind {
        Type::String => "a text",
        Type::Integer(0, _) => "a whole number from 0 on",
        Type::Integer(_, most) if most == i128::from(i32::MAX) => "a whole 32-bit number",
        Type::Integer(..) => "a whole number",
        Type::Number => "a number",
        Type::Boolean => "true or false",
        Type::Timestamp => "a point in time",
        Type::Binary => "a text in base 64",
        Type::Any | Type::Unknown => "anything",
        Type::Array(_) => "a list",
        Type::Map(_) => "a map",
        Type::Structure(_) => "a structure",
    }
}

/// A value as it is written, with what lists and mappings hold left out.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
        scalar => crate::load::brief(&scalar.to_string()),
    }
}

fn range(number: f64, member: &Member, misses: &mut Vec<(Miss, String)>) {
    if let Some(least) = member.minimum.filter(|least| number < *least) {
        misses.push((
            Miss::Range,
            format!("{number} is less than the minimum {least}"),
        ));
    }
    if let Some(most) = member.maximum.filter(|most| number > *most) {
        misses.push((
            Miss::Range,
            format!("{number} is more than the maximum {most}"),
        ));
    }
}

fn text(text: &str, member: &Member, misses: &mut Vec<(Miss, String)>) {
    let length = text.chars().count();
    bounds(
        "characters",
        length,
        member.min_length,
        member.max_length,
        misses,
    );
    bounds("bytes", text.len(), None, member.max_bytes, misses);
    if let Some(separator) = member.separator.as_deref().filter(|by| !by.is_empty()) {
        let count = text.split(separator).count();
        bounds("items", count, None, member.max_items, misses);
    }
    let Some(pattern) = &member.pattern else {
        return;
    };
    if whole(pattern).is_ok_and(|regex| !regex.is_match(text)) {
        let text = crate::load::brief(text);
        misses.push((Miss::Pattern, format!("{text:?} does not match {pattern}")));
    }
}

fn bounds(
    unit: &str,
    count: usize,
    least: Option<usize>,
    most: Option<usize>,
    misses: &mut Vec<(Miss, String)>,
) {
    if let Some(least) = least.filter(|least| count < *least) {
        misses.push((
            Miss::Length,
            format!("{count} {unit}, where at least {least} must be"),
        ));
    }
    if let Some(most) = most.filter(|most| count > *most) {
        misses.push((
            Miss::Length,
            format!("{count} {unit}, where at most {most} may be"),
        ));
    }
}
