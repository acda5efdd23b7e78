//! Wire names to Rust names: the one place that knows how.
//!
//! A name is cut into words (at every character that is no ASCII letter or digit, and where
//! the case changes), and the words are joined as Rust wants them:
//!
//! | wire name | field | type or variant | why |
//! |---|---|---|---|
//! | `UserID`, `UserIDs` | `user_id`, `user_ids` | `UserId`, `UserIds` | acronyms are words |
//! | `IPv6Address` | `ipv6_address` | `Ipv6Address` | a version belongs to its acronym |
//! | `v1.2` | `v1_2` | `V1_2` | digits stay apart |
//! | `2fa` | `n2fa` | `N2fa` | no name begins with a digit |
//! | `-1` | `minus1` | `Minus1` | a sign says something |
//! | `张` | `u5f20` | `U5f20` | no ASCII: the code point |
//! | `*` | `u2a` | `U2a` | nothing but signs: the code point |
//! | (empty) | `empty` | `Empty` | |
//! | `type` | `r#type` | `Type` | keywords are raw identifiers |
//! | `self`, `new` | `self_`, `new_` | `Self_`, `New` | taken, and not to be had raw |
//!
//! Two wire names that become one Rust name are a diagnostic of [`crate::lower`]: nothing
//! is renamed in silence.

use std::borrow::Cow;
use std::cmp::Ordering;

/// Keywords that a raw identifier makes usable, in the edition of the generated crate.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
    "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that are none the less keywords when they are raw.
const PATHS: [&str; 3] = ["crate", "self", "super"];

/// Types that a page uses without a path: the prelude's, and those that pages import.
const TYPES: [&str; 58] = [
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "BTreeMap",
    "Binary",
    "Box",
    "Client",
    "Clone",
    "Config",
    "ConfigError",
    "Copy",
    "Credentials",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Endpoint",
    "Eq",
    "Err",
    "Error",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Into",
    "IntoIterator",
    "Iterator",
    "Json",
    "NoCodes",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Protocol",
    "RateLimit",
    "Request",
    "Response",
    "Result",
    "Retry",
    "Secret",
    "Self",
    "Service",
    "Some",
    "String",
    "Timestamp",
    "ToString",
    "Unknown",
    "Validate",
    "Vec",
    "WireEnum",
];

/// The field of a member.
pub fn field(wire: &str) -> String {
    free(snake(wire), &["new"])
}

/// The client's method for an operation.
pub fn method(operation: &str) -> String {
    free(snake(operation), &["new", "from_env"])
}

/// The module, and the file, of a provider, a service or an operation.
pub fn module(name: &str) -> String {
    free(snake(name), &["blocking", "mod", "types"])
}

/// The type of a structure or an enumeration.
pub fn type_name(name: &str) -> String {
    let name = pascal(name);
    if TYPES.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The variant of a value or an error code.
pub fn variant(value: &str) -> String {
    let name = pascal(value);
    if ["Self", "Unknown"].contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// `snake_case`, which may still be a keyword.
pub fn snake(text: &str) -> String {
    let mut name = String::with_capacity(text.len() + 8);
    for (index, word) in words(text).iter().enumerate() {
        if index > 0 {
            name.push('_');
        }
        push_lower(&mut name, word);
    }
    guard(name, 'n')
}

/// `PascalCase`, which may still be taken.
pub fn pascal(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for word in words(text) {
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digits(name.chars().next_back()) && digits(word.chars().next()) {
            name.push('_');
        }
        let first = name.len();
        push_lower(&mut name, &word);
        name[first..=first].make_ascii_uppercase();
    }
    guard(name, 'N')
}

/// The order in which rustfmt sorts modules and imports: digits count as numbers, and an
/// underscore comes before every other character.
pub fn version_order(left: &str, right: &str) -> Ordering {
    let text = |name| str::trim_start_matches(name, "r#");
    let (mut left_rest, mut right_rest) = (text(left), text(right));
    let mut zeros = Ordering::Equal;
    while !left_rest.is_empty() && !right_rest.is_empty() {
        let (left, right) = (chunk(&mut left_rest), chunk(&mut right_rest));
        let order = match (number(left), number(right)) {
            (Some(one), Some(other)) => {
                zeros = zeros.then(right.len().cmp(&left.len()));
                one.cmp(&other)
            }
            _ => (left != "_", left).cmp(&(right != "_", right)),
        };
        if order.is_ne() {
            return order;
        }
    }
    left_rest.len().cmp(&right_rest.len()).then(zeros)
}

/// A name that does not stand in the way of anything.
fn free(name: String, taken: &[&str]) -> String {
    if taken.contains(&name.as_str()) || PATHS.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// A name that does not begin with a digit.
fn guard(name: String, letter: char) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{letter}{name}")
    } else {
        name
    }
}

fn push_lower(name: &mut String, word: &str) {
    let start = name.len();
    name.push_str(word);
    name[start..].make_ascii_lowercase();
}

/// The words of a name, all of them ASCII; at least one.
fn words(text: &str) -> Vec<Cow<'_, str>> {
    let only_signs = !text
        .chars()
        .any(|c| c.is_ascii_alphanumeric() || !c.is_ascii());
    let mut words = Vec::with_capacity(8);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_ascii_alphanumeric() {
            let word = word(text, at);
            at += word.len();
            words.push(word.into());
            continue;
        }
        if only_signs || !c.is_ascii() {
            words.push(format!("u{:x}", u32::from(c)).into());
        } else if at == 0 && c == '-' && digit_at(text, 1) {
            words.push("minus".into());
        }
        at += c.len_utf8();
    }
    if words.is_empty() {
        words.push("empty".into());
    }
    join_minus(words)
}

/// The word that begins at `start`.
fn word(text: &str, start: usize) -> &str {
    let bytes = text.as_bytes();
    let ends =
        |at: &usize| !bytes[*at].is_ascii_alphanumeric() || begins_word(bytes, *at);
    let end = (start + 1..bytes.len()).find(ends);
    &text[start..end.unwrap_or(bytes.len())]
}

/// Whether the character at `at`, which follows a letter or a digit, begins a word.
fn begins_word(text: &[u8], at: usize) -> bool {
    let is = |at: usize, test: fn(&u8) -> bool| text.get(at).is_some_and(test);
    if !is(at, u8::is_ascii_uppercase) {
        return false;
    }
    if !is(at - 1, u8::is_ascii_uppercase) {
        return true;
    }
    // Inside capitals only the last one may begin a word: `MFADevice`, but `UserIDs`, `IPv6`.
    let plural = is(at + 1, |c| *c == b's') && !is(at + 2, u8::is_ascii_lowercase);
    let version = is(at + 1, |c| *c == b'v') && is(at + 2, u8::is_ascii_digit);
    is(at + 1, u8::is_ascii_lowercase) && !plural && !version
}

fn digit_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// `minus` and the number behind it are one word.
fn join_minus(mut words: Vec<Cow<'_, str>>) -> Vec<Cow<'_, str>> {
    let is_minus = |word: &str| word.eq_ignore_ascii_case("minus");
    if words.len() > 1 && is_minus(&words[0]) && digit_at(&words[1], 0) {
        let number = words.remove(1);
        words[0].to_mut().push_str(&number);
    }
    words
}

/// Takes an underscore, a number, or what lies between off the front.
fn chunk<'t>(rest: &mut &'t str) -> &'t str {
    let is_digit = |c: char| c.is_ascii_digit();
    let end = if rest.starts_with('_') {
        Some(1)
    } else if rest.starts_with(is_digit) {
        rest.find(|c: char| !c.is_ascii_digit())
    } else {
        rest.find(|c: char| c == '_' || c.is_ascii_digit())
    };
    let (chunk, after) = rest.split_at(end.unwrap_or(rest.len()));
    *rest = after;
    chunk
}

/// A number without its leading zeros, so that length, then text compares it.
fn number(chunk: &str) -> Option<(usize, &str)> {
    let digits = chunk.trim_start_matches('0');
    chunk
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some((digits.len(), digits))
}

#[cfg(test)]
mod tests;
