//! What an acknowledgement names a change by.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Change;

/// Twelve hexadecimal digits over rule, subject and both values: the same for the same
/// change in whatever commit, and independent of every message text.
pub fn of(change: &Change) -> String {
    let value = |value: &Option<Value>| value.as_ref().map(sorted).unwrap_or_default();
    let parts = [
        change.rule.id.to_owned(),
        change.subject.clone(),
        value(&change.old),
        value(&change.new),
    ];
    let mut hash = Sha256::new();
    for part in parts {
        // A length before each part keeps two neighbours from being read as one.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut digits = String::new();
    for byte in hash.finalize().iter().take(6) {
        digits.push_str(&format!("{byte:02x}"));
    }
    digits
}

/// The value as JSON with sorted keys, so that the order in a file does not matter.
fn sorted(value: &Value) -> String {
    let mut value = value.clone();
    value.sort_all_objects();
    value.to_string()
}
