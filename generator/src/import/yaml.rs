//! A small writer of YAML: one way to write each thing, and nothing that readers take for
//! different things.

use std::borrow::Cow;

use crate::load;

/// A line that is longer becomes a block.
const WIDTH: usize = 100;

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A text.
    Text(String),
    /// A word that is written as it stands: a number, `true`.
    Word(Cow<'static, str>),
    /// A mapping on one line where it fits.
    Row(Vec<(String, Node)>),
    /// A mapping with a line or more for each key.
    Block(Vec<(String, Node)>),
    /// A list with a line or more for each item.
    List(Vec<Node>),
}

impl Node {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A word that is written as it stands.
    pub(super) fn word(word: impl Into<Cow<'static, str>>) -> Self {
        Self::Word(word.into())
    }
}

/// A whole document.
pub(super) fn document(keys: &[(String, Node)]) -> String {
    let mut text = String::new();
    for (key, node) in keys {
        entry(key, node, 0, &mut text);
    }
    text
}

/// `key: value` and a line break; `indent` blanks stand before it.
fn entry(key: &str, node: &Node, indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
    scalar(key, text);
    text.push(':');
    value(node, indent, text);
}

/// What stands behind a colon.
fn value(node: &Node, indent: usize, text: &mut String) {
    let used = text.len() - text.rfind('\n').map_or(0, |at| at + 1);
    let fits = |line: &String| must(node) || used + 1 + line.len() <= WIDTH;
    if let Some(line) = one_line(node).filter(fits) {
        text.push(' ');
        text.push_str(&line);
        text.push('\n');
    } else {
        text.push('\n');
        lines(node, indent + 2, text);
    }
}

/// A mapping or a list, each entry on lines of its own.
fn lines(node: &Node, indent: usize, text: &mut String) {
    match node {
        Node::Text(_) | Node::Word(_) => {}
        Node::Row(keys) | Node::Block(keys) => {
            for (key, node) in keys {
                entry(key, node, indent, text);
            }
        }
        Node::List(items) => {
            for node in items {
                text.extend(std::iter::repeat_n(' ', indent));
                text.push('-');
                item(node, indent, text);
            }
        }
    }
}

/// What stands behind a dash; the first key of a mapping stands there too.
fn item(node: &Node, indent: usize, text: &mut String) {
    let from = text.len();
    value(node, indent, text);
    let mapping = matches!(node, Node::Row(_) | Node::Block(_));
    if mapping && text[from..].starts_with('\n') {
        text.replace_range(from..=from + indent + 2, " ");
    }
}

/// Whether there is no other way than one line.
fn must(node: &Node) -> bool {
    match node {
        Node::Text(_) | Node::Word(_) => true,
        Node::Row(keys) | Node::Block(keys) => keys.is_empty(),
        Node::List(items) => items.is_empty(),
    }
}

/// The node on one line, unless it asks for several.
fn one_line(node: &Node) -> Option<String> {
    let mut line = String::new();
    flow(node, &mut line).then_some(line)
}

fn flow(node: &Node, line: &mut String) -> bool {
    match node {
        Node::Text(text) => scalar(text, line),
        Node::Word(word) => line.push_str(word),
        Node::List(items) if items.is_empty() => line.push_str("[]"),
        Node::Row(keys) | Node::Block(keys) if keys.is_empty() => line.push_str("{}"),
        Node::Block(_) => return false,
        Node::List(items) => {
            let flat = |item: &Node| matches!(item, Node::Text(_) | Node::Word(_));
            if !items.iter().all(flat) {
                return false;
            }
            for (index, item) in items.iter().enumerate() {
                line.push_str(if index == 0 { "[" } else { ", " });
                flow(item, line);
            }
            line.push(']');
        }
        Node::Row(keys) => {
            for (index, (key, node)) in keys.iter().enumerate() {
                line.push_str(if index == 0 { "{ " } else { ", " });
                scalar(key, line);
                line.push_str(": ");
                if !flow(node, line) {
                    return false;
                }
            }
            line.push_str(" }");
        }
    }
    true
}

/// A text, in quotes where it needs them.
fn scalar(text: &str, line: &mut String) {
    if is_plain(text) {
        line.push_str(text);
        return;
    }
    line.push('"');
    for char in text.chars() {
        match char {
            '"' => line.push_str("\\\""),
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\t' => line.push_str("\\t"),
            char if load::is_refused(char) => {
                line.push_str(&format!("\\U{:08x}", u32::from(char)));
            }
            char => line.push(char),
        }
    }
    line.push('"');
}

/// Whether a text means itself without quotes, in a row as well.
fn is_plain(text: &str) -> bool {
    let safe = |c: char| c.is_ascii_alphanumeric() || " ._-/()".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(safe)
        && !text.ends_with(' ')
        && load::is_text(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_meaning() {
        for (text, written) in [
            ("Plain words.", "Plain words."),
            ("2019-01-16", "2019-01-16"),
            ("no", "\"no\""),
            ("0123", "\"0123\""),
            ("a: b", "\"a: b\""),
            ("a\"b\\c\nd", "\"a\\\"b\\\\c\\nd\""),
            ("-x", "\"-x\""),
            ("", "\"\""),
            ("名", "\"名\""),
        ] {
            let mut line = String::new();
            scalar(text, &mut line);
            assert_eq!(line, written);
            let back: String = serde_yaml::from_str(&line).expect("YAML");
            assert_eq!(back, text);
        }
    }

    #[test]
    fn long_rows_become_blocks() {
        let row = |text: &str| {
            Node::Row(vec![
                ("type".to_owned(), Node::text("string")),
                ("required".to_owned(), Node::word("true")),
                ("doc".to_owned(), Node::text(text)),
            ])
        };
        let members = vec![
            ("A".to_owned(), row("Short.")),
            ("B".to_owned(), row("long ".repeat(30).trim_end())),
        ];
        let text = document(&[("request".to_owned(), Node::Block(members))]);
        let head = "request:\n  A: { type: string, required: true, doc: Short. }\n  B:\n    type: string\n";
        assert!(text.starts_with(head), "{text}");
    }

    #[test]
    fn a_list_is_short_or_has_a_dash_for_each_item() {
        let note = |text: &str| {
            Node::Row(vec![
                ("at".to_owned(), Node::text(".")),
                ("note".to_owned(), Node::text(text)),
                (
                    "answers".to_owned(),
                    Node::List(vec![Node::text("a"), Node::text("1")]),
                ),
            ])
        };
        let long = "long ".repeat(20);
        let notes = vec![note("Short."), note(long.trim_end())];
        let text = document(&[("notes".to_owned(), Node::List(notes))]);
        let wanted = format!(
            "notes:\n  - {{ at: \".\", note: Short., answers: [a, \"1\"] }}\n  - at: \".\"\n    \
             note: {}\n    answers: [a, \"1\"]\n",
            long.trim_end()
        );
        assert_eq!(text, wanted);
    }
}
