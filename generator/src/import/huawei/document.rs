//! A JSON document as it is published, read leniently.

use std::fs;
use std::io::Result;
use std::path::Path;

use serde_json::Value;

use super::super::disk;
use super::kit::Reader;

/// Reads a document; nothing where it is no JSON even when its commas are mended.
pub(super) fn read(path: &Path, reader: &mut Reader<'_>) -> Result<Option<Value>> {
    let bytes = fs::read(path).map_err(|error| disk::at(path, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok(Some(value)),
        Err(error) => error,
    };
    let mended = without_trailing_commas(text);
    if let Ok(value) = serde_json::from_str(&mended) {
        let commas = text.len() - mended.len();
        reader.lose_many("comma too many, which is cut", commas, &error.to_string());
        return Ok(Some(value));
    }
    reader.lose("document that is no JSON", &error.to_string());
    Ok(None)
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
