//! Where an erratum, a gap or a note points: its `at` as a key path.

use crate::diagnostic::KeyPath;
use crate::load::node::{Kind, Node, Source};
use crate::schema::{self, resolve};

/// What an `at` leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// To this key, which is there.
    Present(KeyPath),
    /// To this key of the format, which is not there.
    Absent(KeyPath),
    /// Nowhere: behind this path there is no such step.
    Nowhere(KeyPath, String),
}

/// Follows `at` through a file: `request.Name.pattern`, `errors[2].code`, `.` for the whole
/// page. Names that hold a dot are taken whole; `["a.b"]` works as well.
pub(crate) fn find(at: &str, source: &Source, kind: schema::Kind) -> Target {
    let mut path = KeyPath::default();
    if at == "." {
        return Target::Present(path);
    }
    let mut node = Some(&source.root);
    let mut schema = schema::definition(kind);
    let mut rest = at;
    while !rest.is_empty() {
        schema = resolve(schema);
        let nowhere = || Target::Nowhere(path.clone(), rest.to_owned());
        let Some((step, after)) = step(rest, node, path.0.is_empty()) else {
            return nowhere();
        };
        match step {
            Step::Item(index) => {
                let Some(item) = node.and_then(|node| item(node, index)) else {
                    return nowhere();
                };
                path = path.item(index);
                node = Some(item);
                schema = &schema["items"];
            }
            Step::Key(key) => {
                let value = node.and_then(|node| node.get(&key));
                let known = schema["properties"].get(&key);
                if value.is_none() && known.is_none() {
                    return nowhere();
                }
                path = path.key(&key);
                node = value;
                schema = known.unwrap_or(&schema["additionalProperties"]);
            }
        }
        rest = after;
    }
    if node.is_some() {
        Target::Present(path)
    } else {
        Target::Absent(path)
    }
}

enum Step {
    Key(String),
    Item(usize),
}

/// The first step of what is left of a path, and what is left behind it.
fn step<'t>(rest: &'t str, node: Option<&Node>, first: bool) -> Option<(Step, &'t str)> {
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
    let whole = keys(node)
        .filter(|key| !key.is_empty() && rest.starts_with(*key))
        .filter(|key| matches!(rest[key.len()..].chars().next(), None | Some('.' | '[')))
        .max_by_key(|key| key.len());
    let end = whole.map_or_else(|| rest.find(['.', '[']).unwrap_or(rest.len()), str::len);
    let (key, after) = rest.split_at(end);
    (!key.is_empty()).then(|| (Step::Key(key.to_owned()), after))
}

fn keys(node: Option<&Node>) -> impl Iterator<Item = &str> {
    let entries = match node.map(|node| &node.kind) {
        Some(Kind::Mapping(entries)) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|entry| entry.key.as_str())
}

fn item(node: &Node, index: usize) -> Option<&Node> {
    match &node.kind {
        Kind::Sequence(items) => items.get(index),
        _ => None,
    }
}
