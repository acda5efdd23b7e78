//! The keys of one mapping, those left out that say nothing.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use crate::import::yaml::Node;

/// Keys with their values, in the order in which they stand.
#[derive(Debug, Default)]
pub(super) struct Keys(pub(super) Vec<(String, Node)>);

impl Keys {
    /// A key and its value.
    pub(super) fn add(&mut self, key: &str, node: Node) {
        self.0.push((key.to_owned(), node));
    }

    /// A key whose value may be absent.
    pub(super) fn maybe_node(&mut self, key: &str, node: Option<Node>) {
        if let Some(node) = node {
            self.add(key, node);
        }
    }

    /// A text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.add(key, Node::text(text));
    }

    /// A text that may be absent.
    pub(super) fn maybe(&mut self, key: &str, text: Option<&String>) {
        self.maybe_node(key, text.map(Node::text));
    }

    /// A word that the format itself defines.
    pub(super) fn word(&mut self, key: &str, word: Option<impl Serialize>) {
        if let Some(Ok(Value::String(word))) = word.map(serde_json::to_value) {
            self.add(key, Node::text(word));
        }
    }

    /// A whole number that may be absent.
    pub(super) fn count(&mut self, key: &str, count: Option<impl ToString>) {
        self.maybe_node(key, count.map(|count| Node::word(count.to_string())));
    }

    /// What is said only where it is true.
    pub(super) fn flag(&mut self, key: &str, set: bool) {
        self.maybe_node(key, set.then(|| Node::word("true")));
    }

    /// A list that is left out where it is empty.
    pub(super) fn list(&mut self, key: &str, items: impl Iterator<Item = Node>) {
        let items: Vec<Node> = items.collect();
        self.maybe_node(key, (!items.is_empty()).then_some(Node::List(items)));
    }

    /// Texts by key, left out where there are none.
    pub(super) fn texts(&mut self, key: &str, texts: &IndexMap<String, String>) {
        let texts = texts
            .iter()
            .map(|(key, text)| (key.clone(), Node::text(text)));
        let texts: Vec<_> = texts.collect();
        self.maybe_node(key, (!texts.is_empty()).then_some(Node::Block(texts)));
    }

    /// A mapping on one line where it fits.
    pub(super) fn row(self) -> Node {
        Node::Row(self.0)
    }

    /// A mapping with a line or more for each key.
    pub(super) fn block(self) -> Node {
        Node::Block(self.0)
    }
}
