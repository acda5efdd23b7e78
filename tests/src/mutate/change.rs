//! One change of one document.

use fastrand::Rng;

use super::Json;
use super::odd;
use super::sort::Sort;
use super::source::Files;
use super::spots::{self, Spot};

/// Keys whose text is a word of the format.
const WORDS: [&str; 17] = [
    "type",
    "format",
    "in",
    "style",
    "position",
    "member",
    "method",
    "methods",
    "x-method",
    "x-content-type",
    "consumes",
    "collection",
    "args",
    "schemes",
    "protocol",
    "go_type",
    "usage",
];

/// Keys whose text is a path.
const PATHS: [&str; 4] = ["path", "x-url", "pathPattern", "url"];

/// What one change does to a place.
type Change = fn(&mut Json, &Spot, &Json, &mut Rng);

/// The changes, the likely ones more than once.
const CHANGES: [(&str, Change); 20] = [
    ("dropped", drop_it),
    ("dropped", drop_it),
    ("null", |document, spot, _, _| {
        *spots::node(document, &spot.path) = Json::null();
    }),
    ("another type", retype),
    ("another type", retype),
    ("renamed", rename),
    ("renamed", rename),
    ("renamed almost", rename_almost),
    ("doubled", double),
    ("doubled almost", double_almost),
    ("doubled almost", double_almost),
    ("a value from elsewhere", copy),
    ("a value from elsewhere", copy),
    ("a part of another service", from_donor),
    ("a part of another service", from_donor),
    ("an odd value", |document, spot, _, rng| {
        *spots::node(document, &spot.path) = odd::value(rng);
    }),
    ("an odd number", |document, spot, _, rng| {
        *spots::node(document, &spot.path) = odd::number(rng);
    }),
    ("shuffled", shuffle),
    ("deep", deepen),
    ("full", fill),
];

/// Changes any document at any place, in a way that fits it; says what was done.
pub(super) fn any(files: &mut Files, donor: &Files, rng: &mut Rng) -> String {
    let number = rng.usize(..files.len().max(1));
    let Some((path, document)) = files.iter_mut().nth(number) else {
        return "there is no file".to_owned();
    };
    let spots = spots::all(document, rng);
    if spots.is_empty() {
        return "there is nothing to change".to_owned();
    }
    let spot = &spots[rng.usize(..spots.len())];
    let sort = Sort::of(path);
    let other = donor.iter().find(|(other, _)| Sort::of(other) == sort);
    let empty = Json::null();
    let other = other.map_or(&empty, |(_, other)| other);
    let place = shown(document, &spot.path);
    let what = if let Some((what, value)) = known(spot, document, rng) {
        *spots::node(document, &spot.path) = value;
        what
    } else {
        let (what, change) = CHANGES[rng.usize(..CHANGES.len())];
        change(document, spot, other, rng);
        what
    };
    format!("{what}: {} {place}", path.display())
}

/// The value for a place whose meaning is known, most times.
fn known(
    spot: &Spot,
    document: &mut Json,
    rng: &mut Rng,
) -> Option<(&'static str, Json)> {
    let is_text = spots::node(document, &spot.path).text().is_some();
    if !is_text || rng.u8(..) < 96 {
        return None;
    }
    let key = spot.key.as_str();
    let (what, text) = if key == "$ref" || key.ends_with("$ref") {
        if rng.bool() {
            ("an odd reference", odd::reference(rng))
        } else {
            ("another reference", reference(document, rng)?)
        }
    } else if PATHS.contains(&key) {
        ("an odd path", odd::path(rng))
    } else if WORDS.contains(&key) {
        ("an odd word", odd::word(rng))
    } else if ["name", "wire", "code", "errorCode", "operationId", "fn"].contains(&key) {
        ("an odd name", odd::name(rng))
    } else {
        return None;
    };
    Some((what, Json::Text(text)))
}

/// A reference that another place has: so come cycles.
fn reference(document: &Json, rng: &mut Rng) -> Option<String> {
    let mut found = Vec::new();
    references(document, &mut found);
    (!found.is_empty()).then(|| found.swap_remove(rng.usize(..found.len())))
}

fn references(node: &Json, into: &mut Vec<String>) {
    match node {
        Json::List(items) => items.iter().for_each(|item| references(item, into)),
        Json::Map(entries) => {
            for (key, value) in entries {
                match value.text() {
                    Some(text) if key == "$ref" => into.push(text.to_owned()),
                    _ => references(value, into),
                }
            }
        }
        _ => {}
    }
}

/// The holder of a place, and its number there.
fn holder<'j>(document: &'j mut Json, spot: &Spot) -> (&'j mut Json, usize) {
    let (last, way) = spot.path.split_last().unwrap_or((&0, &[]));
    (spots::node(document, way), *last)
}

fn drop_it(document: &mut Json, spot: &Spot, _: &Json, _: &mut Rng) {
    match holder(document, spot) {
        (Json::List(items), at) => drop(items.remove(at)),
        (Json::Map(entries), at) => drop(entries.remove(at)),
        _ => {}
    }
}

fn retype(document: &mut Json, spot: &Spot, _: &Json, rng: &mut Rng) {
    let node = spots::node(document, &spot.path);
    *node = match node.clone() {
        Json::List(mut items) if !items.is_empty() => items.swap_remove(0),
        Json::Map(entries) if rng.bool() => {
            Json::List(entries.into_iter().map(|(_, value)| value).collect())
        }
        Json::Text(text) if rng.bool() => Json::Map(vec![(text, Json::null())]),
        Json::Plain(text) if rng.bool() => Json::Text(text),
        other => Json::List(vec![other]),
    };
}

fn with_key(document: &mut Json, spot: &Spot, change: impl FnOnce(&mut String)) {
    if let (Json::Map(entries), at) = holder(document, spot) {
        change(&mut entries[at].0);
    }
}

fn rename(document: &mut Json, spot: &Spot, _: &Json, rng: &mut Rng) {
    with_key(document, spot, |key| *key = odd::name(rng));
}

fn rename_almost(document: &mut Json, spot: &Spot, _: &Json, rng: &mut Rng) {
    with_key(document, spot, |key| *key = odd::twin(key, rng));
}

fn double(document: &mut Json, spot: &Spot, _: &Json, _: &mut Rng) {
    match holder(document, spot) {
        (Json::List(items), at) => items.push(items[at].clone()),
        (Json::Map(entries), at) => entries.push(entries[at].clone()),
        _ => {}
    }
}

fn double_almost(document: &mut Json, spot: &Spot, _: &Json, rng: &mut Rng) {
    match holder(document, spot) {
        (Json::List(items), at) => {
            let mut twin = items[at].clone();
            for key in ["name", "wire", "code", "errorCode", "fn"] {
                if let Some(Json::Text(name)) = twin.get_mut(key) {
                    *name = odd::twin(name, rng);
                }
            }
            if let Json::Text(text) = &mut twin {
                *text = odd::twin(text, rng);
            }
            items.push(twin);
        }
        (Json::Map(entries), at) => {
            let (key, value) = entries[at].clone();
            entries.push((odd::twin(&key, rng), value));
        }
        _ => {}
    }
}

/// What stands at another place with the same key, or anywhere.
fn copy(document: &mut Json, spot: &Spot, _: &Json, rng: &mut Rng) {
    let from = document.clone();
    from_donor(document, spot, &from, rng);
}

fn from_donor(document: &mut Json, spot: &Spot, donor: &Json, rng: &mut Rng) {
    let mut all = spots::all(donor, rng);
    if rng.u8(..) < 200 {
        all.retain(|other| other.key == spot.key);
    }
    if all.is_empty() {
        return;
    }
    let chosen = &all[rng.usize(..all.len())];
    let mut donor = donor.clone();
    let value = spots::node(&mut donor, &chosen.path).clone();
    match holder(document, spot) {
        (Json::List(items), _) if rng.bool() => items.push(value),
        _ => *spots::node(document, &spot.path) = value,
    }
}

fn shuffle(document: &mut Json, spot: &Spot, _: &Json, rng: &mut Rng) {
    match spots::node(document, &spot.path) {
        Json::List(items) => rng.shuffle(items),
        Json::Map(entries) => {
            // The values move, the keys stay.
            let mut values: Vec<_> = entries.iter().map(|(_, value)| value).collect();
            rng.shuffle(&mut values);
            let values: Vec<Json> = values.into_iter().cloned().collect();
            for ((_, value), other) in entries.iter_mut().zip(values) {
                *value = other;
            }
        }
        _ => {}
    }
}

/// Puts a value below many others.
fn deepen(document: &mut Json, spot: &Spot, _: &Json, rng: &mut Rng) {
    let node = spots::node(document, &spot.path);
    let text = |text: &str| Json::Text(text.to_owned());
    for _ in 0..rng.usize(1..45) {
        let held = std::mem::replace(node, Json::null());
        let entry = |key: &str, value| (key.to_owned(), value);
        *node = if rng.bool() {
            Json::Map(vec![entry("type", text("array")), entry("items", held)])
        } else {
            let held = Json::Map(vec![entry("Deep", held)]);
            let kind = entry("type", text("object"));
            Json::Map(vec![kind, entry("properties", held)])
        };
    }
}

/// Gives a list or a map a few hundred entries.
fn fill(document: &mut Json, spot: &Spot, _: &Json, rng: &mut Rng) {
    let most = rng.usize(10..400);
    match spots::node(document, &spot.path) {
        Json::List(items) if !items.is_empty() && weight(items) < 4_000 => {
            let all: Vec<_> = items.iter().cycle().take(most).cloned().collect();
            *items = all;
        }
        Json::Map(entries) if entries.len() == 1 => {
            let (key, value) = entries[0].clone();
            entries.extend((0..most).map(|at| (format!("{key}{at}"), value.clone())));
        }
        _ => {}
    }
}

fn weight(items: &[Json]) -> usize {
    items.iter().map(|item| item.to_string().len()).sum()
}

/// A place in words.
fn shown(document: &Json, path: &[usize]) -> String {
    let mut text = String::new();
    let mut node = document;
    for index in path {
        node = match node {
            Json::List(items) => {
                text += &format!("[{index}]");
                &items[*index]
            }
            Json::Map(entries) => {
                text += &format!(".{}", entries[*index].0);
                &entries[*index].1
            }
            other => other,
        };
    }
    text
}
