//! What a file's bytes must be before any parser sees them.

use std::path::Path;
use std::sync::Arc;

use super::rules;
use crate::diagnostic::{Diagnostic, KeyPath, Place, Rule};

/// The largest file, in bytes.
pub(super) const MAX_BYTES: usize = 1 << 20;
/// The deepest nesting of lists and mappings.
pub(super) const MAX_DEPTH: usize = 32;
/// The most items on one line: the parser keeps a row of a list until it knows its end.
const MAX_ROW: usize = 20_000;
/// So many findings of one file are reported here; more help nobody.
const MAX_FINDINGS: usize = 20;

/// The text of a file, or why it is not even worth parsing.
pub(super) fn decode(file: &Path, bytes: Vec<u8>) -> Result<Arc<str>, Vec<Diagnostic>> {
    if bytes.len() > MAX_BYTES {
        let message = format!("{} is larger than {MAX_BYTES} bytes", file.display());
        let finding = Diagnostic::new(&rules::FILE_TOO_LARGE, Place::file(file), message);
        return Err(vec![finding.help(rules::FILE_TOO_LARGE.mend)]);
    }
    let text: Arc<str> = match String::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(error) => return Err(vec![not_utf8(file, &error)]),
    };
    let mut findings = characters(file, &text);
    if let Some(offset) = flow_bomb(&text) {
        let message = format!("lists and mappings are nested deeper than {MAX_DEPTH}");
        findings.push(at(
            &rules::TOO_DEEP,
            file,
            &text,
            (offset, offset + 1),
            message,
        ));
    }
    if let Some(span) = long_row(&text) {
        let message = format!("more than {MAX_ROW} items on one line");
        findings.push(at(&rules::FILE_TOO_LARGE, file, &text, span, message));
    }
    if findings.is_empty() {
        Ok(text)
    } else {
        Err(findings)
    }
}

fn not_utf8(file: &Path, error: &std::string::FromUtf8Error) -> Diagnostic {
    let valid = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(&error.as_bytes()[..valid]);
    let mut place = Place::span(file, &text, (valid, valid), KeyPath::default());
    place.span = (valid, valid);
    let byte = error.as_bytes()[valid];
    let message = format!("byte {byte:#04x} is not UTF-8");
    Diagnostic::new(&rules::FILE_NOT_UTF8, place, message).help(rules::FILE_NOT_UTF8.mend)
}

fn characters(file: &Path, text: &Arc<str>) -> Vec<Diagnostic> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    // A piece at a time, and all of it: that needs no branch per byte.
    let all_plain = |piece: &[u8]| piece.iter().fold(true, |all, b| all & is_plain(*b));
    if text.as_bytes().chunks(64).all(all_plain) {
        return Vec::new();
    }
    text.char_indices()
        .filter_map(|(offset, char)| Some((offset, char, refused(char)?)))
        .take(MAX_FINDINGS)
        .map(|(offset, char, rule)| {
            let message = format!("{} in the text", describe(char));
            at(
                rule,
                file,
                text,
                (offset, offset + char.len_utf8()),
                message,
            )
        })
        .collect()
}

fn at(
    rule: &'static Rule,
    file: &Path,
    text: &Arc<str>,
    span: (usize, usize),
    message: String,
) -> Diagnostic {
    let place = Place::span(file, text, span, KeyPath::default());
    Diagnostic::new(rule, place, message)
        .help(rule.mend)
        .source(text)
}

/// The rule that a character breaks, wherever it stands.
pub(super) fn refused(char: char) -> Option<&'static Rule> {
    match char {
        '\u{FEFF}' => Some(&rules::BYTE_ORDER_MARK),
        '\r' => Some(&rules::CARRIAGE_RETURN),
        '\n' | '\t' => None,
        // Line and paragraph separators; marks that turn the direction of what follows;
        // characters without width; tag characters; what is no character at all.
        '\u{2028}'
        | '\u{2029}'
        | '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{00AD}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{FFFE}'
        | '\u{FFFF}'
        | '\u{E0000}'..='\u{E007F}' => Some(&rules::CONTROL_CHARACTER),
        char if char.is_control() => Some(&rules::CONTROL_CHARACTER),
        _ => None,
    }
}

/// `U+202E, which turns the direction of the text`.
pub(super) fn describe(char: char) -> String {
    let kind = match char {
        '\u{FEFF}' => "a byte order mark",
        '\r' => "a carriage return",
        '\0' => "NUL",
        '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => "which turns the direction of the text",
        char if char.is_control() => "a control character",
        _ => "which cannot be seen",
    };
    format!("U+{:04X}, {kind},", u32::from(char))
}

/// Where brackets open deeper than [`MAX_DEPTH`], at a glance.
///
/// Quoted texts are skipped, and a line that begins with a word starts anew: enough to stop
/// a bomb before a parser reads it; the exact depth is counted while the tree is built.
fn flow_bomb(text: &str) -> Option<usize> {
    let mut depth: usize = 0;
    let mut quote = None;
    let mut fresh = true;
    let is_sign = |byte| matches!(byte, b'\n' | b'\'' | b'"' | b'[' | b'{' | b']' | b'}');
    for (offset, byte) in text.bytes().enumerate() {
        if !fresh && !is_sign(byte) {
            continue;
        }
        match (quote, byte) {
            (_, b'\n') => (fresh, quote) = (true, None),
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) | (None, b' ' | b',') => {}
            (None, b'\'' | b'"') => (fresh, quote) = (false, Some(byte)),
            (None, b'[' | b'{') => {
                fresh = false;
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(offset);
                }
            }
            (None, b']' | b'}') => depth = depth.saturating_sub(1),
            (None, _) if fresh => (fresh, depth) = (false, 0),
            (None, _) => {}
        }
    }
    None
}

/// Where a line begins that has more than [`MAX_ROW`] items, or brackets, or commas in texts.
fn long_row(text: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_sign = |byte: &u8| matches!(byte, b',' | b'[' | b'{');
        if line.len() > MAX_ROW && line.bytes().filter(is_sign).count() > MAX_ROW {
            return Some((start, start + 1));
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_texts_are_no_bomb() {
        let line = "  pattern: '^[a-z[]+$' # (\n  doc: half open [0, 10)\n";
        assert_eq!(flow_bomb(&line.repeat(100)), None);
        assert_eq!(flow_bomb(&"[".repeat(100)), Some(MAX_DEPTH));
        assert_eq!(flow_bomb(&"[\n ".repeat(100)), Some(MAX_DEPTH * 3));
    }

    #[test]
    fn characters_that_hide_something_are_refused() {
        for char in [
            '\0', '\r', '\u{7F}', '\u{85}', '\u{202E}', '\u{200B}', '\u{FEFF}',
        ] {
            assert!(refused(char).is_some(), "{char:?}");
        }
        for char in ['a', '\n', '\t', '张', 'é', '。', '🙂', '\u{A0}'] {
            assert!(refused(char).is_none(), "{char:?}");
        }
    }
}
