//! Texts of providers, which hold HTML and Markdown.

use crate::check::texts;
use crate::load;

/// A text without markup, on one line; nothing where that leaves no text, or more than text.
pub(super) fn without(document: &str) -> Option<String> {
    let text = without_tags(document);
    let text = text
        .replace("```", " ")
        .replace("](", "]: (")
        .replace("] (", "]: (");
    let clean = |c: &char| c.is_whitespace() || !load::is_refused(*c);
    let text: String = text.chars().filter(clean).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && texts::is_plain(&text)).then_some(text)
}

fn without_tags(document: &str) -> String {
    let begins = |c: char| c.is_ascii_alphabetic() || "/!?".contains(c);
    let mut text = String::with_capacity(document.len());
    let mut rest = document;
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(before);
        rest = behind;
        if !behind.starts_with(begins) {
            text.push('<');
        } else if let Some((_, after)) = behind.split_once('>') {
            text.push(' ');
            rest = after;
        } else {
            text.push_str("< ");
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        for (document, text) in [
            ("<p>A <b>book</b>.</p>", Some("A book .")),
            ("1 < 2\n\n    and <3", Some("1 < 2 and <3")),
            ("[a](b) ```x```", Some("[a]: (b) x")),
            ("open <tag", Some("open < tag")),
            ("<br>", None),
            ("javascript:x", None),
        ] {
            assert_eq!(without(document).as_deref(), text, "{document}");
        }
    }
}
