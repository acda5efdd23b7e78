//! The documents of a source, by product, cut down to some operations and what these use.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

use fastrand::Rng;

use super::Json;
use super::sort::Sort;

/// Where operations stand, in every format.
const OPERATIONS: [&str; 5] = ["actions", "apis", "paths", "operations", "ops"];

/// Where structures and parameters stand that have names.
const SHARED: [&[&str]; 5] = [
    &["objects"],
    &["models"],
    &["components", "schemas"],
    &["components", "parameters"],
    &["codes"],
];

/// A folder of documents.
#[derive(Debug)]
pub struct Source {
    root: PathBuf,
    products: BTreeMap<String, Vec<PathBuf>>,
}

/// Documents by path.
pub(super) type Files = BTreeMap<PathBuf, Json>;

impl Source {
    /// Looks what lies in a folder.
    ///
    /// # Errors
    /// What the disk says.
    pub fn open(root: &Path) -> Result<Self> {
        let mut products: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        let mut open = vec![root.to_owned()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let inside = path.strip_prefix(root).unwrap_or(&path);
                if path.is_dir() {
                    open.push(path);
                } else if let Some(product) = product(inside) {
                    products.entry(product).or_default().push(inside.to_owned());
                }
            }
        }
        for files in products.values_mut() {
            files.sort();
        }
        Ok(Self {
            root: root.to_owned(),
            products,
        })
    }

    /// Whether there is anything.
    pub fn is_empty(&self) -> bool {
        self.products.is_empty()
    }

    /// One of the products with its documents; the same operations in each.
    pub(super) fn product(&self, rng: &mut Rng, most: usize) -> Result<(String, Files)> {
        let number = rng.usize(..self.products.len());
        let order = rng.u64(..);
        let mut files = Files::new();
        let Some((name, paths)) = self.products.iter().nth(number) else {
            return Ok((String::new(), files));
        };
        for path in paths {
            let text = fs::read_to_string(self.root.join(path))?;
            // What is no JSON is a document for other tests.
            if let Ok(mut document) = serde_json::from_str(&text) {
                slim(&mut document, most, order);
                files.insert(path.clone(), document);
            }
        }
        Ok((name.clone(), files))
    }
}

/// Which product a file tells of, without signs and case.
fn product(path: &Path) -> Option<String> {
    let parts: Vec<_> = path.iter().filter_map(|part| part.to_str()).collect();
    let file = parts.last()?.strip_suffix(".json")?;
    let name = match *parts.first()? {
        "api" | "api-docs" => parts.get(1)?,
        "sdk-idl" => file.rsplit_once('-')?.0,
        _ if parts.len() < 2 || file.starts_with('_') => return None,
        _ => file.split('.').next()?,
    };
    Some(plain(name))
}

fn plain(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

/// Keeps some operations, the same ones of every document with this order, and what they
/// lead to.
fn slim(document: &mut Json, most: usize, order: u64) {
    let mut words = BTreeSet::new();
    for key in OPERATIONS {
        if let Some(all) = document.get_mut(key) {
            choose(all, most, order);
            tokens(all, &mut words);
        }
    }
    loop {
        let before = words.len();
        for path in SHARED {
            if let Some(Json::Map(entries)) = at(document, path) {
                let used = entries.iter().filter(|(name, _)| words.contains(name));
                let used: Vec<_> = used.map(|(_, value)| value.clone()).collect();
                for value in &used {
                    tokens(value, &mut words);
                }
            }
        }
        if words.len() == before {
            break;
        }
    }
    for path in SHARED {
        if let Some(Json::Map(entries)) = at(document, path) {
            entries.retain(|(name, _)| words.contains(name));
        }
    }
}

fn at<'j>(document: &'j mut Json, path: &[&str]) -> Option<&'j mut Json> {
    let mut node = document;
    for key in path {
        node = node.get_mut(key)?;
    }
    Some(node)
}

fn choose(all: &mut Json, most: usize, order: u64) {
    let rank = |name: &str| {
        let seed = plain(name).bytes().fold(order, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Rng::with_seed(seed).u64(..)
    };
    match all {
        Json::Map(entries) => {
            entries.sort_by_key(|(name, _)| rank(name));
            entries.truncate(most);
        }
        Json::List(items) => {
            items.sort_by_key(|item| rank(name_of(item)));
            items.truncate(most);
        }
        _ => {}
    }
}

fn name_of(operation: &Json) -> &str {
    let name = operation.get("name").or_else(|| operation.get("fn"));
    name.and_then(Json::text).unwrap_or_default()
}

/// All that may be the name of a structure: texts, and words inside of texts.
fn tokens(node: &Json, into: &mut BTreeSet<String>) {
    match node {
        Json::Plain(_) => {}
        Json::Text(text) if text.len() > 200 => {}
        Json::Text(text) => {
            let last = text.rsplit('/').next().unwrap_or_default();
            into.extend([text.clone(), last.to_owned()]);
            let word = |c: char| !(c.is_alphanumeric() || "_.-".contains(c));
            into.extend(text.split(word).map(str::to_owned));
        }
        Json::List(items) => items.iter().for_each(|item| tokens(item, into)),
        Json::Map(entries) => entries.iter().for_each(|(_, item)| tokens(item, into)),
    }
}

/// Adds operations of another product with what they use. Where both have a name, chance
/// decides which of the two stands.
pub(super) fn graft(files: &mut Files, donor: &Files, rng: &mut Rng) {
    for (path, document) in files {
        let sort = Sort::of(path);
        let Some((_, from)) = donor.iter().find(|(other, _)| Sort::of(other) == sort)
        else {
            continue;
        };
        let operations = OPERATIONS.map(|key| vec![key]);
        let shared = SHARED.map(<[_]>::to_vec);
        for keys in operations.iter().chain(&shared) {
            let mut from = from.clone();
            if let (Some(into), Some(more)) = (at(document, keys), at(&mut from, keys)) {
                join(into, more, rng);
            }
        }
    }
}

fn join(into: &mut Json, more: &Json, rng: &mut Rng) {
    match (into, more) {
        (Json::List(into), Json::List(more)) => into.extend(more.iter().cloned()),
        (Json::Map(into), Json::Map(more)) => {
            for (key, value) in more {
                match into.iter_mut().find(|(name, _)| name == key) {
                    Some((_, there)) if rng.bool() => there.clone_from(value),
                    Some(_) => {}
                    None => into.push((key.clone(), value.clone())),
                }
            }
        }
        _ => {}
    }
}
