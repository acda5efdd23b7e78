//! What reads one document: it counts what it leaves out, at its place.

use serde_json::{Map, Value};

use super::{Report, markup};

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
