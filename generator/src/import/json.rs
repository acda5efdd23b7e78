//! JSON documents as providers publish them, read leniently.

use std::fs;
use std::io::Result;
use std::path::Path;

use serde_json::Value;

use super::{Report, disk};

/// Reads a document; nothing where it is no JSON even when its commas are mended. `place` is
/// its name in the report.
pub(super) fn read(
    path: &Path,
    place: &str,
    report: &mut Report,
) -> Result<Option<Value>> {
    let bytes = fs::read(path).map_err(|error| disk::at(path, &error))?;
    match parse(&bytes) {
        Ok((value, 0, _)) => Ok(Some(value)),
        Ok((value, commas, why)) => {
            let kind = "comma too many, which is cut";
            report.lose_many(kind, commas, || format!("{place}: {why}"));
            Ok(Some(value))
        }
        Err(error) => {
            report.lose("document that is no JSON", || format!("{place}: {error}"));
            Ok(None)
        }
    }
}

/// What a document says, how many commas are too many in it, and what was said of the first.
pub(super) fn parse(bytes: &[u8]) -> serde_json::Result<(Value, usize, String)> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok((value, 0, String::new())),
        Err(error) => error,
    };
    let mended = without_trailing_commas(text);
    match serde_json::from_str(&mended) {
        Ok(value) => Ok((value, text.len() - mended.len(), error.to_string())),
        Err(_) => Err(error),
    }
}

/// The text without commas that stand before a closing bracket.
fn without_trailing_commas(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut quoted = false;
    let mut escaped = false;
    for (at, char) in text.char_indices() {
        if quoted {
            quoted = escaped || char != '"';
            escaped = char == '\\' && !escaped;
        } else if char == '"' {
            quoted = true;
        } else if char == ',' {
            let next = text[at + 1..].trim_start().chars().next();
            if matches!(next, Some(']' | '}')) {
                continue;
            }
        }
        mended.push(char);
    }
    mended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_too_many_go_and_texts_stay() {
        for (text, mended) in [
            (r#"{"a": [1, 2,], }"#, r#"{"a": [1, 2] }"#),
            (r#"{"a": ",]", "b\",}": 1}"#, r#"{"a": ",]", "b\",}": 1}"#),
            (r#"{"\\": 1,}"#, r#"{"\\": 1}"#),
        ] {
            assert_eq!(without_trailing_commas(text), mended);
        }
    }
}
