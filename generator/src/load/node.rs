//! A YAML file as a tree in which every key and item knows its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::scalar::{Plain, classify};
use crate::diagnostic::{Diagnostic, KeyPath, Place, Step};

/// A byte range.
pub type Span = (usize, usize);

/// A value.
#[derive(Clone, Debug)]
pub struct Node {
    /// A scalar with its quotes; of a list or mapping, its first line.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A text, number, boolean or null.
    Scalar {
        /// The text without quotes and escapes.
        text: String,
        /// Written without quotes.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping, in document order.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Whether it was written without quotes.
    pub plain: bool,
    /// Where the key stands.
    pub span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The key and its value, if this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            Kind::Mapping(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The value at this position of a mapping. What a file says keeps the file's order, so
    /// this finds without a search what [`Node::get`] would.
    pub(crate) fn value(&self, position: usize) -> Option<&Node> {
        match &self.kind {
            Kind::Mapping(entries) => entries.get(position).map(|entry| &entry.value),
            _ => None,
        }
    }

    /// The value that a path leads to.
    pub fn at(&self, path: &KeyPath) -> Option<&Node> {
        path.0.iter().try_fold(self, |node, step| node.step(step))
    }

    /// The value one step on.
    pub fn step(&self, step: &Step) -> Option<&Node> {
        match (step, &self.kind) {
            (Step::Key(key), _) => self.get(key),
            (Step::Item(index), Kind::Sequence(items)) => items.get(*index),
            (Step::Item(_), _) => None,
        }
    }

    /// The value as JSON; plain scalars become what every YAML reader takes them for.
    pub fn json(&self) -> Value {
        match &self.kind {
            Kind::Scalar { text, plain: false } => Value::from(text.as_str()),
            Kind::Scalar { text, plain: true } => match classify(text) {
                Plain::Text | Plain::Ambiguous => Value::from(text.as_str()),
                Plain::Null => Value::Null,
                Plain::Boolean => Value::from(text == "true"),
                Plain::Integer | Plain::Number => {
                    serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into())
                }
            },
            Kind::Sequence(items) => items.iter().map(Node::json).collect(),
            Kind::Mapping(entries) => {
                let pairs = entries.iter().map(|e| (e.key.clone(), e.value.json()));
                Value::Object(pairs.collect())
            }
        }
    }
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path, relative to the specs folder.
    pub file: PathBuf,
    /// Its text.
    pub text: Arc<str>,
    /// Its tree.
    pub root: Node,
}

impl Source {
    /// The place of a value: a scalar itself, else the key that leads to it. Where the path
    /// goes on after the last key that is there, that key.
    pub fn place(&self, path: &KeyPath) -> Place {
        let mut node = &self.root;
        let mut span = self.root.span;
        for step in &path.0 {
            let Some(next) = node.step(step) else {
                break;
            };
            span = match (step, &next.kind) {
                (Step::Key(key), Kind::Sequence(_) | Kind::Mapping(_)) => {
                    node.entry(key).map_or(next.span, |entry| entry.span)
                }
                _ => next.span,
            };
            node = next;
        }
        self.span(span, path)
    }

    /// The place of the last key of a path.
    pub fn key_place(&self, path: &KeyPath) -> Place {
        let Some((Step::Key(key), parents)) = path.0.split_last() else {
            return self.place(path);
        };
        match self
            .root
            .at(&KeyPath(parents.to_vec()))
            .and_then(|node| node.entry(key))
        {
            Some(entry) => self.span(entry.span, path),
            None => self.place(path),
        }
    }

    fn span(&self, span: Span, path: &KeyPath) -> Place {
        Place::span(&self.file, &self.text, span, path.clone())
    }
}

/// All files that could be read, by path.
#[derive(Clone, Debug, Default)]
pub struct Sources(pub std::collections::BTreeMap<PathBuf, Source>);

impl Sources {
    /// A file that was read.
    pub fn get(&self, file: &Path) -> Option<&Source> {
        self.0.get(file)
    }

    /// Findings that know their file and key path only, with lines and snippets.
    pub fn placed(&self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let placed = findings.into_iter().map(|mut finding| {
            if let Some(source) = self.get(&finding.place.file) {
                finding.place = source.key_place(&finding.place.path);
                finding.source = Some(Arc::clone(&source.text));
            }
            finding
        });
        placed.collect()
    }
}
