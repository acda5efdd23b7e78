//! Rules about our own words: they become doc comments and pages, so they are plain text.

use super::report::Report;
use crate::diagnostic::{KeyPath, Trail, rules};
use crate::load::node::{Kind, Node, Source};
use crate::schema::{self, Form};

rules! {
    "texts";
    HOSTILE: Error "doc-hostile-markup",
        "HTML, a code block or a script link in a text",
        "Texts become doc comments: a code block would be run as a test, HTML and script links \
         would reach the pages of readers.",
        "Write plain text; put signs between single backticks.",
        "doc: Click <a href=x>here</a>.";
    EMPTY: Error "text-empty",
        "A text without words",
        "It says nothing, where something has to be said.",
        "Write the text, or leave the key out.",
        "doc: ' '";
    SUMMARY: Warning "summary-not-a-sentence",
        "A summary that is not one sentence",
        "It stands alone in lists and at the head of a page.",
        "Begin with a capital, end with a full stop, stay on one line of at most 160 \
         characters; more belongs in `doc`.",
        "summary: changes a book";
    FOREIGN: Warning "doc-not-english",
        "A text that is not in English",
        "Texts are in our own words, in English; only what the server sends is kept to the \
         letter.",
        "Translate it; put a word of the page that matters between backticks.",
        "doc: 书名。";
    MISSING: Warning "doc-missing",
        "A member of a request without a text",
        "Callers see nothing but its name.",
        "Add `doc`; where the page does not describe it, say what its name tells, and record a \
         gap.",
        "Title: { type: string }";
}

/// Keys that hold our own words.
const OWN: [&str; 14] = [
    "summary",
    "doc",
    "meaning",
    "why",
    "note",
    "when",
    "then",
    "changes",
    "special",
    "evidence",
    "deprecated",
    "gated",
    "title",
    "scope",
];
/// Those among them that may quote the page in its own language.
const QUOTING: [&str; 4] = ["note", "why", "evidence", "title"];

/// All texts of a file.
pub(super) fn file(source: &Source, kind: schema::Kind, report: &mut Report) {
    let mut walker = Walker { source, report };
    walker.node(&source.root, Form::of(kind), &Trail::Root);
    if kind == schema::Kind::Operation {
        summary(source, report);
        missing(source, report);
    }
}

/// Goes by the schema: a member may be called like a key of the format.
struct Walker<'w> {
    source: &'w Source,
    report: &'w mut Report,
}

impl Walker<'_> {
    fn node(&mut self, node: &Node, form: &'static Form, path: &Trail<'_>) {
        match &node.kind {
            Kind::Mapping(entries) => {
                for entry in entries {
                    let path = path.key(&entry.key);
                    match form.key(&entry.key) {
                        Some(_) if OWN.contains(&entry.key.as_str()) => {
                            self.texts(&entry.value, &entry.key, &path);
                        }
                        Some(form) => self.node(&entry.value, form, &path),
                        None => {
                            if let Some(form) = form.free() {
                                self.node(&entry.value, form, &path);
                            }
                        }
                    }
                }
            }
            Kind::Sequence(items) => {
                if let Some(form) = form.items() {
                    for (index, item) in items.iter().enumerate() {
                        self.node(item, form, &path.item(index));
                    }
                }
            }
            Kind::Scalar { .. } => {}
        }
    }

    fn texts(&mut self, node: &Node, key: &str, path: &Trail<'_>) {
        match &node.kind {
            Kind::Scalar { text, .. } => self.text(text, key, path),
            Kind::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.texts(item, key, &path.item(index));
                }
            }
            Kind::Mapping(entries) => {
                for entry in entries {
                    self.texts(&entry.value, key, &path.key(&entry.key));
                }
            }
        }
    }

    fn text(&mut self, text: &str, key: &str, path: &Trail<'_>) {
        if text.trim().is_empty() {
            self.report
                .value(&EMPTY, self.source, &path.path(), "a text without words");
            return;
        }
        let prose = without_code(text);
        if let Some(found) = hostile(&prose) {
            self.report.value(
                &HOSTILE,
                self.source,
                &path.path(),
                format!("{found} in a text"),
            );
        }
        if !QUOTING.contains(&key) && prose.chars().any(is_foreign) {
            self.report.value(
                &FOREIGN,
                self.source,
                &path.path(),
                "the text is not in English",
            );
        }
    }
}

/// Whether a text is nothing but text.
pub(crate) fn is_plain(text: &str) -> bool {
    hostile(&without_code(text)).is_none()
}

/// What in a text outside of backticks would be more than text.
fn hostile(prose: &str) -> Option<String> {
    if let Some(tag) = tag(prose) {
        return Some(format!("the HTML `{}`", crate::load::brief(tag)));
    }
    if prose.contains("```")
        || prose
            .lines()
            .any(|line| line.trim_start().starts_with("~~~"))
    {
        return Some("a code block".to_owned());
    }
    if prose
        .lines()
        .any(|line| line.starts_with("    ") || line.starts_with('\t'))
    {
        return Some("an indented line, which becomes a code block,".to_owned());
    }
    link(prose).map(|found| format!("the link `{found}`"))
}

/// `<` with a name, up to the next blank.
fn tag(prose: &str) -> Option<&str> {
    let begins = |(at, _): &(usize, &str)| {
        let next = prose[at + 1..].chars().next();
        next.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c))
    };
    let (at, _) = prose.match_indices('<').find(begins)?;
    prose[at..].split_whitespace().next()
}

/// A Markdown link, or an address that runs or reads something on the reader's machine.
fn link(prose: &str) -> Option<&'static str> {
    let markdown = |(_, rest): (&str, &str)| rest.trim_start().starts_with('(');
    if prose
        .match_indices(']')
        .any(|(at, _)| markdown(prose.split_at(at + 1)))
    {
        return Some("](");
    }
    if !prose.contains(':') {
        return None;
    }
    let lower = prose.to_ascii_lowercase();
    let behind = |scheme: &str, fits: fn(&str) -> bool| {
        lower
            .match_indices(scheme)
            .any(|(at, _)| fits(&lower[at + scheme.len()..]))
    };
    let runs = |rest: &str| {
        let address = rest.trim_start().strip_prefix(':').map(str::trim_start);
        address.is_some_and(|address| !address.is_empty())
    };
    let media = |rest: &str| {
        let kind = rest.trim_start_matches(|c: char| c.is_ascii_lowercase());
        kind.len() < rest.len() && kind.starts_with('/')
    };
    [
        ("javascript:", behind("javascript", runs)),
        ("vbscript:", behind("vbscript", runs)),
        ("data:", behind("data:", media)),
        ("file:", behind("file://", |_| true)),
    ]
    .into_iter()
    .find_map(|(name, there)| there.then_some(name))
}

/// A text without what stands between backticks on one line.
fn without_code(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        prose.push_str(before);
        prose.push('`');
        rest = match after.split_once('`') {
            Some((code, behind)) if !code.contains('\n') => behind,
            _ => after,
        };
        prose.push_str(if rest.len() < after.len() { "`" } else { "" });
    }
    prose + rest
}

/// Letters that no English text has.
fn is_foreign(char: char) -> bool {
    matches!(char,
        '\u{0370}'..='\u{1FFF}' | '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

fn summary(source: &Source, report: &mut Report) {
    let path = KeyPath::default().key("summary");
    let Some(Kind::Scalar { text, .. }) = source.root.at(&path).map(|node| &node.kind)
    else {
        return;
    };
    let capital = text.starts_with(|c: char| c.is_ascii_uppercase() || c == '`');
    let one_line = !text.contains('\n') && text.chars().count() <= 160;
    let sentence = capital && one_line && text.ends_with('.');
    if !sentence && !text.trim().is_empty() {
        report.value(&SUMMARY, source, &path, "the summary is not one sentence");
    }
}

fn missing(source: &Source, report: &mut Report) {
    let path = KeyPath::default().key("request");
    let Some(Kind::Mapping(members)) = source.root.at(&path).map(|node| &node.kind)
    else {
        return;
    };
    for member in members
        .iter()
        .filter(|member| member.value.get("doc").is_none())
    {
        let message = format!("`{}` has no text", member.key);
        report.key(&MISSING, source, &path.key(&member.key), message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_from_signs() {
        for text in [
            "<script>alert(1)</script>",
            "</b>",
            "<!-- x",
            "a <img src=x>",
            "```rust\nx\n```",
            "~~~\nx",
            "a\n    indented",
            "a\n\tindented",
            "[x](javascript:alert(1))",
            "JavaScript : x",
            "[x](http://example.com)",
            "data:text/html,x",
        ] {
            assert!(hostile(text).is_some(), "{text}");
        }
        assert!(hostile(&without_code("a `<Title>` and `](`")).is_none());
        assert!(hostile(&without_code("a ` <b> ")).is_some());
        assert!(hostile(&without_code("``` <b> ```")).is_some());
        for text in [
            "a < b",
            "1 <2",
            "the data: see above",
            "a -> b",
            "x [0, 1)",
            "<= 10",
        ] {
            assert!(hostile(text).is_none(), "{text}");
        }
    }
}
