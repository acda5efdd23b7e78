//! Every place of a document, so that chance can choose one.

use fastrand::Rng;

use super::Json;

/// Free texts are most of a document and say nothing.
const TEXTS: [&str; 10] = [
    "description",
    "description_en",
    "document",
    "example",
    "examples",
    "title",
    "summary",
    "responseDemo",
    "directories",
    "errorMessage",
];

/// A place: the number of the child at each level, and the nearest key.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) path: Vec<usize>,
    pub(super) key: String,
}

/// All places but the root; of free texts a few.
pub(super) fn all(document: &Json, rng: &mut Rng) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut path = Vec::new();
    visit(document, "", &mut path, &mut spots, rng);
    spots
}

fn visit(
    node: &Json,
    key: &str,
    path: &mut Vec<usize>,
    spots: &mut Vec<Spot>,
    rng: &mut Rng,
) {
    if !path.is_empty() {
        let path = path.clone();
        let key = key.to_owned();
        spots.push(Spot { path, key });
    }
    let mut down = |index: usize, key: &str, child: &Json| {
        let long = child.text().is_some_and(|text| text.len() > 80);
        let is_text = long || TEXTS.contains(&key) && !matches!(child, Json::Map(_));
        if !is_text || rng.u8(..) < 8 {
            path.push(index);
            visit(child, key, path, spots, rng);
            path.pop();
        }
    };
    match node {
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                down(index, key, item);
            }
        }
        Json::Map(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                down(index, key, value);
            }
        }
        _ => {}
    }
}

/// What is at a place; the root where the way leads nowhere.
pub(super) fn node<'j>(document: &'j mut Json, path: &[usize]) -> &'j mut Json {
    let mut node = document;
    for index in path {
        node = match node {
            Json::List(items) => &mut items[*index],
            Json::Map(entries) => &mut entries[*index].1,
            other => other,
        };
    }
    node
}
