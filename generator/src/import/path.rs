//! Key paths of errata through a document: to find, to put back, to take away.

use serde_json::{Map, Value};

use crate::diagnostic::{KeyPath, Step};

/// The steps of an `at`: `request.Name.pattern`, `errors[2].code`, `.` for all. Names of the
/// document that hold a dot are taken whole; `["a.b"]` works as well. Nothing where it is no
/// path.
pub(super) fn parse(at: &str, document: &Value) -> Option<KeyPath> {
    let mut path = KeyPath::default();
    let mut node = Some(document);
    let mut rest = if at == "." { "" } else { at };
    while !rest.is_empty() {
        let (step, after) = step(rest, node, path.0.is_empty())?;
        node = node.and_then(|node| at_step(node, &step));
        path.0.push(step);
        rest = after;
    }
    Some(path)
}

/// The first step of what is left of a path, and what is left behind it.
fn step<'t>(rest: &'t str, node: Option<&Value>, first: bool) -> Option<(Step, &'t str)> {
    if let Some(inside) = rest.strip_prefix('[') {
        if inside.starts_with('"') {
            let mut keys =
                serde_json::Deserializer::from_str(inside).into_iter::<String>();
            let key = keys.next()?.ok()?;
            let after = inside[keys.byte_offset()..].strip_prefix(']')?;
            return Some((Step::Key(key), after));
        }
        let (index, after) = inside.split_once(']')?;
        return Some((Step::Item(index.parse().ok()?), after));
    }
    let rest = if first { rest } else { rest.strip_prefix('.')? };
    let keys = node
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys);
    let whole = keys
        .filter(|key| !key.is_empty() && rest.starts_with(key.as_str()))
        .filter(|key| matches!(rest[key.len()..].chars().next(), None | Some('.' | '[')))
        .max_by_key(|key| key.len());
    let end =
        whole.map_or_else(|| rest.find(['.', '[']).unwrap_or(rest.len()), String::len);
    let (key, after) = rest.split_at(end);
    (!key.is_empty()).then(|| (Step::Key(key.to_owned()), after))
}

fn at_step<'v>(node: &'v Value, step: &Step) -> Option<&'v Value> {
    match step {
        Step::Key(key) => node.get(key),
        Step::Item(index) => node.get(index),
    }
}

/// What stands at a path.
pub(super) fn get<'v>(document: &'v Value, path: &KeyPath) -> Option<&'v Value> {
    path.0
        .iter()
        .try_fold(document, |node, step| at_step(node, step))
}

/// Takes away what stands at a path.
pub(super) fn take(document: &mut Value, path: &KeyPath) -> Option<Value> {
    let (last, parent) = path.0.split_last()?;
    let parent = parent.iter().try_fold(document, |node, step| match step {
        Step::Key(key) => node.get_mut(key),
        Step::Item(index) => node.get_mut(index),
    })?;
    match (last, parent) {
        (Step::Key(key), Value::Object(entries)) => entries.shift_remove(key),
        (Step::Item(index), Value::Array(items)) if *index < items.len() => {
            Some(items.remove(*index))
        }
        _ => None,
    }
}

/// Puts a value at a path, in the place of what stands there; a new key of a mapping stands
/// where it does in `pattern`, behind the keys that come before it there. Whether there is
/// such a place: only the document's own keys are made where they are missing.
pub(super) fn put(
    document: &mut Value,
    path: &KeyPath,
    value: Value,
    pattern: &Value,
) -> bool {
    let Some((last, steps)) = path.0.split_last() else {
        return false;
    };
    if let (Some(Step::Key(first)), Value::Object(entries)) =
        (steps.first(), &mut *document)
        && !entries.contains_key(first)
    {
        let empty = match get(pattern, &KeyPath(vec![Step::Key(first.clone())])) {
            Some(Value::Array(_)) => Value::Array(Vec::new()),
            _ => Value::Object(Map::new()),
        };
        entries.insert(first.clone(), empty);
    }
    let parent = steps.iter().try_fold(document, |node, step| match step {
        Step::Key(key) => node.get_mut(key),
        Step::Item(index) => node.get_mut(index),
    });
    match (last, parent) {
        (Step::Key(key), Some(Value::Object(entries))) => {
            let steps = KeyPath(steps.to_vec());
            insert(
                entries,
                key,
                value,
                get(pattern, &steps).and_then(Value::as_object),
            );
            true
        }
        (Step::Item(index), Some(Value::Array(items))) => {
            if let Some(item) = items.get_mut(*index) {
                *item = value;
            } else {
                items.push(value);
            }
            true
        }
        _ => false,
    }
}

fn insert(
    entries: &mut Map<String, Value>,
    key: &str,
    value: Value,
    pattern: Option<&Map<String, Value>>,
) {
    if let Some(own) = entries.get_mut(key) {
        *own = value;
        return;
    }
    let before = pattern
        .into_iter()
        .flat_map(Map::keys)
        .take_while(|other| *other != key);
    let behind = before
        .filter_map(|other| entries.keys().position(|own| own == other))
        .max();
    let at = match (pattern.is_some_and(|all| all.contains_key(key)), behind) {
        (true, Some(behind)) => behind + 1,
        (true, None) => 0,
        (false, _) => entries.len(),
    };
    entries.shift_insert(at, key.to_owned(), value);
}

/// The path in `other` of what stands at `path` in `document`: the same keys, and in lists
/// the item of the same code or value. Nothing where a list has no such item.
pub(super) fn follow(path: &KeyPath, document: &Value, other: &Value) -> Option<KeyPath> {
    let mut nodes = [Some(document), Some(other)];
    let mut found = KeyPath::default();
    for (position, step) in path.0.iter().enumerate() {
        let own = match (step, nodes) {
            (Step::Key(_), _) | (Step::Item(_), [None, _]) => step.clone(),
            (Step::Item(index), [Some(list), other]) => {
                let items = other.and_then(Value::as_array);
                let items = items.map_or(&[][..], Vec::as_slice);
                match list.get(index).map(identity) {
                    Some(one) => {
                        let at = items.iter().position(|item| identity(item) == one);
                        Step::Item(at?)
                    }
                    // A whole item that only the file has: behind the others.
                    None if position + 1 == path.0.len() => Step::Item(items.len()),
                    None => return None,
                }
            }
        };
        nodes = [
            nodes[0].and_then(|node| at_step(node, step)),
            nodes[1].and_then(|node| at_step(node, &own)),
        ];
        found.0.push(own);
    }
    Some(found)
}

/// What tells an item of a list from the others: a code, a value, a status.
pub(super) fn identity(item: &Value) -> &Value {
    let keys = ["code", "value", "status", "at", "date"];
    keys.iter().find_map(|key| item.get(key)).unwrap_or(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_found_taken_and_put_where_they_were() {
        let old = json!({"request": {"a": 1, "b.c": {"type": "x"}, "d": 3},
            "errors": [{"code": "A"}, {"code": "B", "status": 4}]});
        let path = parse("request.b.c.type", &old).expect("a path");
        assert_eq!(get(&old, &path), Some(&json!("x")));
        assert_eq!(path.to_string(), "request[\"b.c\"].type");
        let mut new = json!({"request": {"a": 1, "d": 3}, "errors": [{"code": "B"}]});
        let whole = parse("request.b.c", &old).expect("a path");
        assert!(put(&mut new, &whole, json!({}), &old));
        let keys: Vec<_> = new["request"].as_object().expect("a map").keys().collect();
        assert_eq!(keys, ["a", "b.c", "d"]);
        assert_eq!(take(&mut new, &whole), Some(json!({})));
        let status = parse("errors[1].status", &old).expect("a path");
        let there = follow(&status, &old, &new).expect("the code is there");
        assert_eq!(there.to_string(), "errors[0].status");
        let gone = parse("errors[0].code", &old).expect("a path");
        assert_eq!(follow(&gone, &old, &new), None);
        let nothing = parse("request.Gone.type", &old).expect("a path");
        assert!(!put(&mut new, &nothing, json!(1), &old));
        assert!(parse("errors[x]", &old).is_none());
    }
}
