//! A matched member on its way through the comparisons.

use serde_json::Value;

use super::Rule;
use super::host::{Claim, Draft, Found, Host, shown};
use super::kit::Kit;
use super::pairs::Pair;
use crate::diagnostic::KeyPath;

/// The keys of a member that its field, its setter or the constructor come from.
const RUST_KEYS: [&str; 5] = ["type", "required", "sensitive", "deprecated", "rust_name"];

/// A matched member on its way through the comparisons.
pub(super) struct Seat<'p> {
    pub(super) pair: &'p Pair<'p>,
    pub(super) host: Host,
    pub(super) paths: (KeyPath, KeyPath),
    pub(super) claims: [Claim; 2],
    /// How messages call it.
    pub(super) label: String,
    pub(super) kit: &'static Kit,
}

impl Seat<'_> {
    /// A change of the value at a key of the member.
    pub(super) fn change<'f>(
        &self,
        rule: &'static Rule,
        key: &str,
        (old, new): (Value, Value),
        message: String,
        found: &'f mut Found<'_>,
    ) -> &'f mut Draft {
        let paths = (self.path(0, key), self.path(1, key));
        let some = |value: Value| Some(value).filter(|value| !value.is_null());
        let values = (some(old), some(new));
        let host = self.host.under(&key.replace('.', "/"));
        let draft = found.changed(rule, &host, (&paths.0, &paths.1), values, message);
        if RUST_KEYS.contains(&key) {
            draft.claim(self.claims.clone());
        }
        draft
    }

    /// A value that may be absent on either side; null is absent.
    pub(super) fn either(
        &self,
        [added, removed, changed]: [&'static Rule; 3],
        key: &str,
        (old, new): (Value, Value),
        found: &mut Found<'_>,
    ) {
        if old == new {
            return;
        }
        let (rule, text) = match (old.is_null(), new.is_null()) {
            (true, _) => (added, format!("has the {key} {}", shown(&new))),
            (_, true) => (
                removed,
                format!("has no {key} any more, was {}", shown(&old)),
            ),
            _ => (
                changed,
                format!("has the {key} {}, was {}", shown(&new), shown(&old)),
            ),
        };
        let text = format!("{} {text}", self.label);
        self.change(rule, key, (old, new), text, found);
    }

    /// The path of a key of the member; a dot leads one step further, a number to an item.
    fn path(&self, side: usize, key: &str) -> KeyPath {
        let path = if side == 0 {
            &self.paths.0
        } else {
            &self.paths.1
        };
        let (first, rest) = key.split_once('.').unwrap_or((key, ""));
        let path = path.key(first);
        match rest.parse() {
            _ if rest.is_empty() => path,
            Ok(index) if first == "conditions" => path.item(index),
            _ => path.key(rest),
        }
    }
}
