//! Texts of a spec as doc comments: one escape for Markdown and rustdoc, one way to wrap.
//!
//! A text is prose in which `code` stands between backticks; nothing else has a meaning, so
//! no text can bring in HTML, a link, a heading, a list, or a code block that would become
//! a doctest. Plain `http` and `https` addresses become links to themselves.

use std::borrow::Cow;

/// A space that no line may break at: inside code.
pub(super) const HARD_SPACE: char = '\u{1}';
/// Lines end here, doc marker and indent included.
const WIDTH: usize = 90;

/// The text of one item, block by block.
#[derive(Debug)]
pub(crate) struct Docs {
    width: usize,
    lines: Vec<String>,
}

impl Docs {
    /// The text of an item at this indent.
    pub(crate) fn at(indent: usize) -> Self {
        Self {
            width: WIDTH - indent - "/// ".len(),
            lines: Vec::new(),
        }
    }

    /// Adds a paragraph of Markdown, made by [`prose`] and [`code`]; an empty one is none.
    pub(crate) fn paragraph(mut self, markdown: &str) -> Self {
        if !markdown.is_empty() {
            self.gap();
            self.wrap(markdown, "");
        }
        self
    }

    /// Adds the paragraphs of a text from a spec.
    pub(crate) fn text(self, text: &str) -> Self {
        let paragraphs = paragraphs(text);
        paragraphs
            .iter()
            .fold(self, |docs, paragraph| docs.paragraph(paragraph))
    }

    /// Adds a list, one item of Markdown each.
    pub(crate) fn items(mut self, items: impl IntoIterator<Item = String>) -> Self {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.gap();
        }
        for item in items {
            self.wrap(&item, "- ");
        }
        self
    }

    /// The lines.
    pub(crate) fn lines(self) -> Vec<String> {
        self.lines
    }

    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }

    fn wrap(&mut self, markdown: &str, marker: &str) {
        let indent = " ".repeat(marker.len());
        let mut line = String::with_capacity(self.width.min(markdown.len() + 4));
        line.push_str(marker);
        let mut width = 0;
        let mut empty = true;
        for word in markdown.split(' ').filter(|word| !word.is_empty()) {
            let of_word = word.chars().count();
            if !empty && width + 1 + of_word > self.width {
                self.lines
                    .push(std::mem::replace(&mut line, indent.clone()));
                empty = true;
            }
            if empty {
                let word = not_a_marker(word);
                push_word(&mut line, &word);
                width = indent.len() + word.chars().count();
            } else {
                line.push(' ');
                push_word(&mut line, word);
                width += 1 + of_word;
            }
            empty = false;
        }
        self.lines.push(line);
    }
}

/// Adds a word, its hard spaces as spaces.
fn push_word(line: &mut String, word: &str) {
    for (index, part) in word.split(HARD_SPACE).enumerate() {
        line.push_str(if index == 0 { "" } else { " " });
        line.push_str(part);
    }
}

/// The paragraphs of a text, as Markdown.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    if !text.contains('\n') {
        let one = Some(prose(text)).filter(|text| !text.is_empty());
        return one.into_iter().collect();
    }
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            paragraphs.push(String::new());
        } else if let Some(last) = paragraphs.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    paragraphs
        .iter()
        .map(|text| prose(text))
        .filter(|text| !text.is_empty())
        .collect()
}

/// A text as one line of Markdown.
pub(crate) fn prose(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut markdown = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text.as_str();
    loop {
        let plain = rest.bytes().position(|byte| !is_plain(byte));
        let (run, after) = rest.split_at(plain.unwrap_or(rest.len()));
        markdown.push_str(run);
        before = run.chars().next_back().unwrap_or(before);
        rest = after;
        let Some(c) = rest.chars().next() else {
            return markdown;
        };
        let length = match c {
            '`' => code_span(rest, &mut markdown),
            'h' if !before.is_alphanumeric() => address(rest, &mut markdown),
            '_' => underscores(rest, before, &mut markdown),
            '\\' | '*' | '[' | '<' | '~' => {
                markdown.extend(['\\', c]);
                1
            }
            '&' if rest[1..]
                .starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric()) =>
            {
                markdown.push_str("\\&");
                1
            }
            c => {
                push_visible(&mut markdown, c);
                c.len_utf8()
            }
        };
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
}

/// Whether a byte is a character that means itself, whatever stands around it.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !b"`h_\\*[<~&".contains(&byte)
}

/// A text as code, to the letter.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    // Most are names and codes.
    if text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'`')
    {
        return ["`", text, "`"].concat();
    }
    let mut inner = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => inner.push(HARD_SPACE),
            c if c.is_control() || is_invisible(c) => inner.extend(c.escape_default()),
            c => inner.push(c),
        }
    }
    let runs = inner.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let edge = |c| c == '`' || c == HARD_SPACE;
    let pad = if inner.starts_with(edge) || inner.ends_with(edge) {
        "\u{1}"
    } else {
        ""
    };
    format!("{fence}{pad}{inner}{pad}{fence}")
}

/// Markdown that ends like a sentence.
pub(crate) fn sentence(markdown: impl Into<String>) -> String {
    let open = |c: char| c.is_alphanumeric() || "`)\"'>*]%".contains(c);
    let mut sentence = markdown.into();
    if sentence.ends_with(open) {
        sentence.push('.');
    }
    sentence
}

/// Code between backticks stays code; a backtick without a partner is a sign.
fn code_span(rest: &str, markdown: &mut String) -> usize {
    let run = rest.len() - rest.trim_start_matches('`').len();
    let (fence, inside) = rest.split_at(run);
    let closes = |at: &usize| {
        let after = &inside[at + run..];
        !inside[..*at].ends_with('`') && !after.starts_with('`')
    };
    let end = inside.match_indices(fence).map(|(at, _)| at).find(closes);
    match end {
        Some(end) if run < 3 && !inside[..end].trim().is_empty() => {
            markdown.push_str(&code(inside[..end].trim()));
            run + end + run
        }
        _ => {
            markdown.push_str(&"\\`".repeat(run));
            run
        }
    }
}

/// A plain address becomes a link to itself.
fn address(rest: &str, markdown: &mut String) -> usize {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| rest.starts_with(scheme));
    let safe = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
    let end = rest.find(|c| !safe(c)).unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')']);
    match scheme {
        Some(scheme) if address.len() > scheme.len() => {
            markdown.push('<');
            markdown.push_str(address);
            markdown.push('>');
            address.len()
        }
        _ => {
            markdown.push('h');
            1
        }
    }
}

/// Underscores inside a word mean nothing; at its edge they would be emphasis.
fn underscores(rest: &str, before: char, markdown: &mut String) -> usize {
    let after = rest.trim_start_matches('_');
    let run = rest.len() - after.len();
    let inner = before.is_alphanumeric() && after.starts_with(char::is_alphanumeric);
    markdown.push_str(&if inner { "_" } else { "\\_" }.repeat(run));
    run
}

/// A character as itself, or by its number where nobody could see it.
fn push_visible(markdown: &mut String, c: char) {
    if c.is_control() || is_invisible(c) {
        markdown.push_str(&format!("U+{:04X}", u32::from(c)));
    } else {
        markdown.push(c);
    }
}

/// Marks that show nothing, or turn the text around them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A word that begins no list, heading, quote or underline where it begins a line.
fn not_a_marker(word: &str) -> Cow<'_, str> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && [".", ")"].contains(&&word[digits..]) {
        return format!("{}\\{}", &word[..digits], &word[digits..]).into();
    }
    if word.starts_with(['#', '>', '+', '-', '=', ':', '|']) {
        return format!("\\{word}").into();
    }
    word.into()
}

#[cfg(test)]
mod tests {
    use super::{Docs, code, prose, sentence};

    #[test]
    fn only_code_and_addresses_have_a_meaning() {
        let table = [
            ("plain `code` text", "plain `code` text"),
            ("``a ` b``", "``a ` b``"),
            ("open ` tick", "open \\` tick"),
            ("```sh rm```", "\\`\\`\\`sh rm\\`\\`\\`"),
            ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
            ("[x](javascript:alert(1))", "\\[x](javascript:alert(1))"),
            ("[Vec] and ![i](u)", "\\[Vec] and !\\[i](u)"),
            ("*a* _b_ c_d __e__", "\\*a\\* \\_b\\_ c_d \\_\\_e\\_\\_"),
            (
                "a|b ~~c~~ &lt; R&D A & B",
                "a|b \\~\\~c\\~\\~ \\&lt; R\\&D A & B",
            ),
            (
                "see https://example.com/a_b?c=1.",
                "see <https://example.com/a_b?c=1>.",
            ),
            ("xhttps://a http://", "xhttps://a http://"),
            ("a\u{202e}b\u{0}c", "aU+202EbU+0000c"),
            ("  two \t\r\n  lines ", "two lines"),
            ("C:\\dir", "C:\\\\dir"),
        ];
        for (text, want) in table {
            assert_eq!(prose(text).replace('\u{1}', " "), want, "{text:?}");
        }
    }

    #[test]
    fn code_keeps_every_letter() {
        let table = [
            ("^[a-z`]+$", "``^[a-z`]+$``"),
            ("`", "`` ` ``"),
            ("a\nb", "`a\\nb`"),
            (" x", "`  x `"),
            ("", "(empty)"),
            ("\u{202e}", "`\\u{202e}`"),
        ];
        for (text, want) in table {
            assert_eq!(code(text).replace('\u{1}', " "), want, "{text:?}");
        }
    }

    #[test]
    fn no_line_begins_a_block() {
        let words = [
            "#", "-", "+", "1.", "2)", ">", "===", "---", ":--", "|-", "x",
        ];
        for word in words {
            let text = format!("{} {word} y", "x".repeat(85));
            let lines = Docs::at(0).text(&text).lines();
            let want = match word {
                "x" => "x y".to_owned(),
                "1." => "1\\. y".to_owned(),
                "2)" => "2\\) y".to_owned(),
                word => format!("\\{word} y"),
            };
            assert_eq!(lines[1], want);
        }
    }

    #[test]
    fn code_is_never_broken() {
        let docs =
            Docs::at(4).paragraph(&format!("{} {}", "x".repeat(80), code("a - b")));
        assert_eq!(docs.lines()[1], "`a - b`");
        let docs =
            Docs::at(0).items(["one".to_owned(), format!("{} - b", "x".repeat(83))]);
        assert_eq!(
            docs.lines(),
            [
                "- one".to_owned(),
                format!("- {}", "x".repeat(83)),
                "  \\- b".to_owned()
            ]
        );
    }

    #[test]
    fn a_sentence_has_an_end() {
        assert_eq!(sentence("one"), "one.");
        assert_eq!(sentence("one."), "one.");
        assert_eq!(sentence("`x`"), "`x`.");
        assert_eq!(sentence("one…"), "one…");
        assert_eq!(sentence("一。"), "一。");
    }
}
