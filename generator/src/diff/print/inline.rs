//! Text of others inside Markdown: it shows as it is, and is nothing but text.

use super::words::{runs, visible};

/// A sign without width. GitHub looks for names, numbers and addresses after the markup is
/// gone: only a sign between keeps them from becoming links.
const APART: &str = "&#8203;";

/// A code span; GitHub makes no mention, reference or link of what is in it.
pub(super) fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|sign| sign != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or_default() + 1);
    let edge = |sign: char| sign == '`' || sign == ' ';
    if text.is_empty() || text.starts_with(edge) || text.ends_with(edge) {
        return format!("{fence} {text} {fence}");
    }
    format!("{fence}{text}{fence}")
}

/// Prose with code spans where the message has backticks.
pub(super) fn message(text: &str) -> String {
    let runs = runs(text);
    runs.iter()
        .map(|run| {
            if run.is_code {
                code(&run.text)
            } else {
                prose(&run.text)
            }
        })
        .collect()
}

/// Prose: no markup, no HTML, no mention, no reference, no link. It may stand at the
/// beginning of a line.
pub(super) fn prose(text: &str) -> String {
    let text = visible(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut out = String::with_capacity(text.len());
    for (index, sign) in text.char_indices() {
        let next = text[index..].chars().nth(1);
        let joined = next.is_some_and(|next| !next.is_whitespace());
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' | '#' => out.extend([sign.to_string().as_str(), APART]),
            ':' if joined => out.extend([":", APART]),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.extend(['\\', sign]);
            }
            '-' | '+' | '=' if index == 0 => out.extend(['\\', sign]),
            '.' | ')' if index == digits && index > 0 && !joined => {
                out.extend(['\\', sign]);
            }
            sign => out.push(sign),
        }
    }
    out.replace("www.", &format!("www{APART}."))
        .replace("GH-", &format!("GH{APART}-"))
}

/// Text between HTML tags that stand in Markdown.
pub(super) fn html(text: &str) -> String {
    visible(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
