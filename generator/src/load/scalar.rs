//! What a plain YAML scalar is, and whether every reader agrees.

/// A plain scalar's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number in plain decimals.
    Integer,
    /// A number with a fraction, in plain decimals.
    Number,
    /// Anything that no reader takes for something else.
    Text,
    /// Readers disagree: `no`, `0123`, `1.10`, `1e3`, nothing at all.
    Ambiguous,
}

/// Classifies a plain scalar by what YAML 1.1 and 1.2 readers make of it.
pub(super) fn classify(text: &str) -> Plain {
    match text {
        "null" => return Plain::Null,
        "true" | "false" => return Plain::Boolean,
        "" | "~" | "<<" | "=" => return Plain::Ambiguous,
        _ => {}
    }
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    if words.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return Plain::Ambiguous;
    }
    // Most scalars are names.
    if text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Plain::Text;
    }
    let lower = text.to_ascii_lowercase();
    if special_number(&lower) {
        return Plain::Ambiguous;
    }
    let digits = lower.strip_prefix(['-', '+']).unwrap_or(&lower);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return Plain::Text;
    }
    let number = digits.parse::<f64>().is_ok();
    if !number {
        return if based(digits) || sexagesimal(digits) || grouped(digits) {
            Plain::Ambiguous
        } else {
            Plain::Text
        };
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let canonical = !lower.starts_with('+')
        && plain(whole)
        && plain(fraction)
        && (whole == "0" || !whole.starts_with('0'))
        && (digits.contains('.')
            || lower.parse::<i64>().is_ok()
            || lower.parse::<u64>().is_ok());
    match (canonical, digits.contains('.')) {
        (false, _) => Plain::Ambiguous,
        (true, false) => Plain::Integer,
        (true, true) => Plain::Number,
    }
}

fn special_number(lower: &str) -> bool {
    let unsigned = lower.strip_prefix(['-', '+']).unwrap_or(lower);
    unsigned == ".inf" || lower == ".nan"
}

/// `0x1F`, `0o17`, `0b11`.
fn based(digits: &str) -> bool {
    let radix = match digits.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => return false,
    };
    let rest = &digits[2..];
    !rest.is_empty() && rest.chars().all(|c| c == '_' || c.is_digit(radix))
}

/// `12:30:45`, which YAML 1.1 reads to base 60.
fn sexagesimal(digits: &str) -> bool {
    let groups: Vec<&str> = digits.split(':').collect();
    let numeric = |group: &&str| {
        !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    groups.len() > 1
        && groups[1..].iter().all(|g| g.len() <= 2)
        && groups.iter().all(numeric)
}

/// `1_000`, which YAML 1.1 reads as a number.
fn grouped(digits: &str) -> bool {
    digits.contains('_')
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'_' || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_agree_on_plain_words_dates_and_decimals() {
        for (text, plain) in [
            ("null", Plain::Null),
            ("true", Plain::Boolean),
            ("0", Plain::Integer),
            ("-12", Plain::Integer),
            ("1227489245380721", Plain::Integer),
            ("0.5", Plain::Number),
            ("1.10", Plain::Number),
            ("2019-01-16", Plain::Text),
            ("86-18600008888", Plain::Text),
            ("1.2.3", Plain::Text),
            ("10 a second", Plain::Text),
            ("-", Plain::Text),
            ("...", Plain::Text),
            ("cn-shanghai", Plain::Text),
        ] {
            assert_eq!(classify(text), plain, "{text}");
        }
    }

    #[test]
    fn readers_disagree_on_these() {
        for text in [
            "",
            "~",
            "yes",
            "No",
            "ON",
            "y",
            "True",
            "NULL",
            "0123",
            "+1",
            "1e3",
            "1.",
            ".5",
            "0x1F",
            "0o17",
            "99999999999999999999",
            "1_000",
            "12:30",
            ".inf",
            "-.INF",
            ".nan",
            "<<",
        ] {
            assert_eq!(classify(text), Plain::Ambiguous, "{text}");
        }
    }
}
