//! What of a spec file is the provider's and what is ours.
//!
//! Facts (types, limits, values, codes, hosts, which members there are) belong to the
//! provider, and change by import or by erratum. Texts, names and remarks belong to the
//! file. The facts of a file are what its source said when it was imported: each erratum
//! undone, our keys left out.

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{merge, path};
use crate::diagnostic::{KeyPath, Step};

/// Keys of a member that are ours.
pub(super) const OF_MEMBER: [&str; 11] = [
    "doc",
    "written",
    "rust_name",
    "enum_name",
    "matches",
    "refuses",
    "format",
    "special",
    "conditions",
    "example",
    "renamed_from",
];
/// Keys of a known value that are ours.
pub(super) const OF_VALUE: [&str; 2] = ["name", "meaning"];
/// Keys of an error code that are ours.
pub(super) const OF_CODE: [&str; 2] = ["doc", "name"];
/// Keys of a file that are ours.
pub(super) const OF_FILE: [&str; 12] = [
    "title",
    "summary",
    "doc",
    "retry",
    "permission",
    "rate_limit",
    "pagination",
    "waiter",
    "gated",
    "examples",
    "history",
    "errata",
];
/// Lists of remarks, which hold ours and what an import says about itself.
pub(super) const REMARKS: [&str; 2] = ["gaps", "notes"];

/// What a document says, as plain data; nothing where it is no YAML.
pub(super) fn read(text: &str) -> Option<Value> {
    serde_yaml::from_str(text).ok().filter(Value::is_object)
}

/// The document as it would be without its errata; `errata` are those that speak for it.
pub(super) fn undone(document: &Value, errata: &[Value]) -> Value {
    let mut undone = document.clone();
    // Items last and from the back: until then the paths' numbers hold.
    let mut items = Vec::new();
    for erratum in errata {
        let Some(at) = place(erratum, document) else {
            continue;
        };
        let whole = matches!(at.0.last(), Some(Step::Item(_)));
        match erratum.get("page").filter(|page| !page.is_null()) {
            Some(page) => {
                path::put(&mut undone, &at, page.clone(), document);
            }
            None if whole => items.push(at),
            None => {
                path::take(&mut undone, &at);
            }
        }
    }
    items.sort();
    for at in items.iter().rev() {
        path::take(&mut undone, at);
    }
    undone
}

/// Where an erratum points, if it points somewhere.
pub(super) fn place(erratum: &Value, document: &Value) -> Option<KeyPath> {
    path::parse(erratum["at"].as_str()?, document)
}

/// The errata that speak for a file; `speaker` is the file that holds them, which for
/// `types.yaml` is `service.yaml`.
pub(super) fn errata_of(file: &str, speaker: &Value) -> Vec<Value> {
    let errata = speaker["errata"].as_array().cloned().unwrap_or_default();
    let speaks = |one: &Value| match file {
        "types.yaml" => is_of_types(one),
        "service.yaml" => !is_of_types(one),
        _ => true,
    };
    errata.into_iter().filter(speaks).collect()
}

fn is_of_types(erratum: &Value) -> bool {
    let at = place(erratum, &Value::Null);
    at.is_some_and(|at| at.0.first() == Some(&Step::Key("types".to_owned())))
}

/// The facts of a document whose errata are undone, in one way of writing.
pub(super) fn of(undone: &Value) -> Value {
    let mut facts = Map::new();
    for (key, value) in undone.as_object().into_iter().flatten() {
        let value = match key.as_str() {
            "request" | "response" => members(value),
            "types" => each(value, members),
            "errors" => list(value, |code| entry(code, &OF_CODE)),
            "deprecated" => Value::Bool(true),
            "source" => without(value, &["transcribed"]),
            "notes" => records(value),
            key if OF_FILE.contains(&key) || REMARKS.contains(&key) => continue,
            _ => sorted(value),
        };
        facts.insert(key.clone(), value);
    }
    facts.retain(|_, value| !is_empty(value));
    facts.sort_keys();
    Value::Object(facts)
}

/// The digest of the facts of a document; `errata` are those that speak for it.
pub(super) fn digest_of(document: &Value, errata: &[Value]) -> String {
    digest(of(&undone(document, errata)).to_string().as_bytes())
}

/// A document in one way of writing, with what is ours.
pub(super) fn plain(document: &Value) -> Value {
    let mut plain = without(document, &[]);
    if let Some(source) = plain.get_mut("source") {
        *source = without(source, &["transcribed"]);
    }
    for key in ["request", "response", "types"] {
        if let Some(value) = plain.get_mut(key) {
            // The order of members is that on the wire.
            *value = order(&document[key]);
        }
    }
    plain
}

/// A value with the order of its keys.
fn order(value: &Value) -> Value {
    let keys = value.as_object().into_iter().flatten();
    let keys = keys.map(|(key, value)| match value {
        Value::Object(inner) if !inner.contains_key("type") => {
            Value::Array(vec![key.as_str().into(), order(value)])
        }
        _ => Value::Array(vec![key.as_str().into(), without(value, &[])]),
    });
    Value::Array(keys.collect())
}

/// 64 bits of SHA-256: a change by hand is no attack.
pub(super) fn digest(of: &[u8]) -> String {
    let hash = Sha256::digest(of);
    let mut start = [0; 8];
    start.copy_from_slice(&hash[..8]);
    format!("{:016x}", u64::from_be_bytes(start))
}

/// Members, in their order, which is that on the wire.
fn members(value: &Value) -> Value {
    let mut all = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        all.push(Value::Array(vec![name.as_str().into(), member(value)]));
    }
    Value::Array(all)
}

fn member(value: &Value) -> Value {
    let kind = value["type"].as_str().unwrap_or_default();
    let mut facts = Map::new();
    for (key, value) in value.as_object().into_iter().flatten() {
        let value = match key.as_str() {
            key if OF_MEMBER.contains(&key) || key == "sensitive" => continue,
            // What such a type does not have is left from one that an erratum undid.
            "items" if kind != "array" => continue,
            "values" if kind != "map" => continue,
            "items" | "values" => member(value),
            "deprecated" => Value::Bool(true),
            "enum" => list(value, |one| entry(one, &OF_VALUE)),
            _ => number(value),
        };
        facts.insert(key.clone(), value);
    }
    facts.retain(|_, value| !is_empty(value));
    facts.sort_keys();
    Value::Object(facts)
}

/// A known value or a code; nothing where it is only kept for callers.
fn entry(value: &Value, ours: &[&str]) -> Option<Value> {
    if value.get("deprecated").is_some() {
        return None;
    }
    let left = without(value, ours);
    let only = left.as_object().filter(|left| left.len() == 1);
    let only = only.and_then(|left| left.get("value").or(left.get("code")));
    Some(only.cloned().unwrap_or(left))
}

/// Whether two values at a place are the same facts.
pub(super) fn same(at: &KeyPath, one: Option<&Value>, other: Option<&Value>) -> bool {
    let plain = |value: Option<&Value>| {
        let value = value.map_or(Value::Null, |value| part(at, value));
        if is_empty(&value) { Value::Null } else { value }
    };
    plain(one) == plain(other)
}

/// The facts of a value that stands at a place.
fn part(at: &KeyPath, value: &Value) -> Value {
    let key = |step: &Step| match step {
        Step::Key(key) => key.clone(),
        Step::Item(_) => "[]".to_owned(),
    };
    let steps: Vec<String> = at.0.iter().map(key).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    match steps.as_slice() {
        ["request" | "response", _] | ["types", _, _] | [.., "items" | "values"] => {
            member(value)
        }
        ["request" | "response"] | ["types", _] => members(value),
        ["errors"] => list(value, |code| entry(code, &OF_CODE)),
        ["errors", "[]"] => entry(value, &OF_CODE).unwrap_or_default(),
        [.., "enum"] => list(value, |one| entry(one, &OF_VALUE)),
        [.., "enum", "[]"] => entry(value, &OF_VALUE).unwrap_or_default(),
        _ => sorted(value),
    }
}

/// What an import says about its own sources.
fn records(notes: &Value) -> Value {
    let mut records: Vec<Value> = notes
        .as_array()
        .into_iter()
        .flatten()
        .filter(|note| is_record(note))
        .map(sorted)
        .collect();
    records.sort_by_key(ToString::to_string);
    Value::Array(records)
}

/// Whether a remark says what the sources said.
pub(super) fn is_record(remark: &Value) -> bool {
    remark["note"].as_str().is_some_and(merge::is_record)
}

fn list(value: &Value, one: impl Fn(&Value) -> Option<Value>) -> Value {
    let items = value.as_array().into_iter().flatten();
    Value::Array(items.filter_map(one).collect())
}

fn each(value: &Value, one: impl Fn(&Value) -> Value) -> Value {
    let entries = value.as_object().into_iter().flatten();
    let mut all: Map<String, Value> = entries
        .map(|(key, value)| (key.clone(), one(value)))
        .collect();
    all.sort_keys();
    Value::Object(all)
}

fn without(value: &Value, keys: &[&str]) -> Value {
    let mut value = sorted(value);
    if let Value::Object(entries) = &mut value {
        entries.retain(|key, value| !keys.contains(&key.as_str()) && !is_empty(value));
    }
    value
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(_) => each(value, sorted),
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        value => number(value),
    }
}

/// `10` and `10.0` are one number.
fn number(value: &Value) -> Value {
    let whole = value.as_f64().filter(|number| number.fract() == 0.0);
    match whole {
        Some(number) if number.abs() < 1e15 && !value.is_i64() && !value.is_u64() => {
            serde_json::from_str(&format!("{number:.0}"))
                .unwrap_or_else(|_| value.clone())
        }
        _ => value.clone(),
    }
}

/// Whether a key that says this says nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

/// Where two facts differ: key path, the first's value, the second's.
pub(super) fn differences(one: &Value, other: &Value) -> Vec<(KeyPath, Value, Value)> {
    let mut found = Vec::new();
    compare(&KeyPath::default(), one, other, &mut found);
    found
}

fn compare(
    at: &KeyPath,
    one: &Value,
    other: &Value,
    found: &mut Vec<(KeyPath, Value, Value)>,
) {
    if one == other {
        return;
    }
    let [mine, theirs] = [one, other].map(entries);
    let (Some(mine), Some(theirs)) = (mine, theirs) else {
        found.push((at.clone(), one.clone(), other.clone()));
        return;
    };
    let null = Value::Null;
    let start = found.len();
    for (name, value) in &mine {
        let other = theirs.get(name).copied().unwrap_or(&null);
        compare(&at.key(name), value, other, found);
    }
    for (name, value) in &theirs {
        if !mine.contains_key(name) {
            compare(&at.key(name), &null, value, found);
        }
    }
    if found.len() == start {
        found.push((at.clone(), "another order".into(), "its own order".into()));
    }
}

/// The parts of facts that have names: of a mapping, of members, of codes.
fn entries(value: &Value) -> Option<indexmap::IndexMap<String, &Value>> {
    match value {
        Value::Object(entries) => {
            let entries = entries.iter();
            Some(entries.map(|(key, value)| (key.clone(), value)).collect())
        }
        Value::Array(items) if !items.is_empty() => {
            Some(items.iter().map(named).collect())
        }
        _ => None,
    }
}

/// A member, a value or a code with its name.
fn named(item: &Value) -> (String, &Value) {
    if let Some([Value::String(name), value @ Value::Object(_)]) =
        item.as_array().map(Vec::as_slice)
    {
        return (name.clone(), value);
    }
    let name = item.get("code").or(item.get("value")).unwrap_or(item);
    let name = name
        .as_str()
        .map_or_else(|| name.to_string(), str::to_owned);
    (name, item)
}
