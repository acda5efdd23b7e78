//! What the readers of both formats need.

use serde_json::{Map, Value};

use super::super::{Report, markup};
use crate::load;

/// What is said of what the provider marks as deprecated.
pub(super) const DEPRECATED: &str = "The provider lists it as deprecated.";

/// Reads one document.
pub(super) struct Reader<'r> {
    /// The document's name in the report.
    pub(super) place: String,
    /// Whether its texts are wanted.
    pub(super) with_docs: bool,
    pub(super) report: &'r mut Report,
}

impl Reader<'_> {
    /// Counts what is not carried over.
    pub(super) fn lose(&mut self, kind: &str, at: &str) {
        self.lose_many(kind, 1, at);
    }

    /// Counts several of one place at once.
    pub(super) fn lose_many(&mut self, kind: &str, count: usize, at: &str) {
        let place = &self.place;
        self.report
            .lose_many(kind, count, || format!("{place}: {at}"));
    }

    /// Counts keys that the reader does not know.
    pub(super) fn unknown(&mut self, value: &Value, known: &[&str], at: &str) {
        let keys = value.as_object().into_iter().flat_map(Map::keys);
        for key in keys.filter(|key| !known.contains(&key.as_str())) {
            self.lose(&format!("unknown key `{key}`"), at);
        }
    }

    /// The provider's text, where it is wanted and nothing but text.
    pub(super) fn text(&mut self, text: &Value, at: &str) -> Option<String> {
        let text = text.as_str().filter(|text| !text.trim().is_empty())?;
        if !self.with_docs {
            self.lose("provider text", at);
            return None;
        }
        let clean = markup::without(text);
        if clean.is_none() {
            self.lose("provider text that is more than text", at);
        }
        clean
    }

    /// The name of a member as the wire has it, without what belongs to a page; nothing
    /// where that leaves no name.
    pub(super) fn name(&mut self, name: &str, at: &str) -> Option<String> {
        let plain = name
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        if plain != name {
            self.lose("name with HTML escapes, which are undone", at);
        }
        let trimmed = plain.trim();
        if trimmed.len() < plain.len() && !trimmed.is_empty() {
            self.lose("name with a blank at an end, which is cut", at);
        }
        if trimmed.is_empty() || trimmed.chars().any(load::is_refused) {
            self.lose("member without a name", at);
            return None;
        }
        Some(trimmed.to_owned())
    }
}

/// The entries of an object; none of anything else.
pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let object = value.as_object().into_iter().flatten();
    object.map(|(key, value)| (key.as_str(), value))
}

/// The items of an array; none of anything else.
pub(super) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
