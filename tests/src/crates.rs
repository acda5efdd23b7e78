//! A generated crate, reduced to what no string of a spec may change.

use std::collections::BTreeMap;
use std::path::{Component, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::tree::Tree;

/// The pages of a crate.
#[derive(Clone)]
pub struct Crate(BTreeMap<PathBuf, String>);

/// What a crate holds, page by page, and how much markup.
pub struct Sum {
    plain: Vec<String>,
    named: Vec<String>,
    marks: [usize; 4],
}

impl Crate {
    /// The crate of a tree; nothing where the tree is refused.
    pub fn of(tree: &Tree) -> Option<Self> {
        let folder = tree.write();
        let pages = yunspec::generate(&folder.path().join("specs")).ok()?;
        Some(Self(
            pages
                .into_iter()
                .map(|page| (page.path, page.text))
                .collect(),
        ))
    }

    /// Writes something else into every page of Rust.
    pub fn replace(&mut self, text: &str, with: &str) {
        for page in self.0.values_mut() {
            *page = page.replace(text, with);
        }
    }

    /// What has to stay.
    ///
    /// # Panics
    /// Where a page is no Rust.
    pub fn sum(&self) -> Sum {
        let sound = "the tree gives sound pages";
        Sum {
            plain: self.skeletons(false).expect(sound),
            named: self.skeletons(true).expect(sound),
            marks: self.marks(),
        }
    }

    /// What each page is made of, without its texts; sorted, for pages may move.
    fn skeletons(&self, naming: bool) -> Result<Vec<String>, String> {
        let mut skeletons = Vec::new();
        for (path, text) in &self.0 {
            let at =
                |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
            if path.extension().is_some_and(|kind| kind == "rs") {
                let file = syn::parse_file(text).map_err(|error| at(&error))?;
                if path.starts_with("examples") {
                    // A sample's values choose its calls; its items stay.
                    let kinds = file.items.iter().map(kind).collect::<Vec<_>>();
                    skeletons.push(kinds.join(" "));
                    continue;
                }
                let tokens = text.parse::<TokenStream>().map_err(|error| at(&error))?;
                let mut skeleton = String::new();
                reduce(tokens, naming, &mut skeleton);
                // A message is in the attribute only where it holds a placeholder.
                for argument in [", message= L", ", I= L"] {
                    skeleton = skeleton.replace(argument, "");
                }
                skeletons.push(if naming { sorted(&skeleton) } else { skeleton });
            } else if path.ends_with("Cargo.toml") {
                skeletons.push(manifest(text, naming));
            }
        }
        skeletons.sort();
        Ok(skeletons)
    }

    fn marks(&self) -> [usize; 4] {
        let mut sum = [0; 4];
        for (path, text) in &self.0 {
            let rust = path.extension().is_some_and(|kind| kind == "rs");
            let markdown = if rust { docs(text) } else { text.clone() };
            if !path.ends_with("Cargo.toml") {
                for (sum, count) in sum.iter_mut().zip(marks(&markdown)) {
                    *sum += count;
                }
            }
        }
        sum
    }
}

impl Sum {
    /// Whether a crate holds the same items and attributes, no more markup, and no page
    /// elsewhere; with other names where it may.
    ///
    /// # Errors
    /// What differs.
    pub fn holds(&self, after: &Crate, naming: bool) -> Result<(), String> {
        for path in after.0.keys() {
            let stays = path
                .components()
                .all(|part| matches!(part, Component::Normal(_)));
            if !stays {
                return Err(format!("a page at {}", path.display()));
            }
        }
        let items = if naming { &self.named } else { &self.plain };
        let now = after.skeletons(naming)?;
        if *items != now {
            let differs = now.iter().find(|one| !items.contains(one));
            return Err(format!("other items: {differs:?}"));
        }
        let marks = after.marks();
        if marks
            .iter()
            .zip(self.marks)
            .any(|(now, before)| *now > before)
        {
            return Err(format!(
                "[html, fence, indent, link]: {:?}, now {marks:?}",
                self.marks
            ));
        }
        Ok(())
    }
}

/// The same statements in another order: modules stand in the order of their names.
fn sorted(skeleton: &str) -> String {
    let mut parts: Vec<&str> = skeleton.split_inclusive([';', '\n']).collect();
    parts.sort_unstable();
    parts.concat()
}

/// What an item is, with its name where a program has it.
fn kind(item: &syn::Item) -> String {
    match item {
        syn::Item::Use(_) => "use".to_owned(),
        syn::Item::Fn(function) => {
            format!(
                "fn {} with {} attributes",
                function.sig.ident,
                function.attrs.len()
            )
        }
        _ => "something else".to_owned(),
    }
}

/// Keeps structure, words and attributes; drops docs and what literals say.
fn reduce(tokens: TokenStream, naming: bool, into: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Literal(_) => into.push_str(" L"),
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                let keyword = syn::parse_str::<syn::Ident>(&word).is_err();
                into.push(' ');
                into.push_str(if naming && !keyword { "I" } else { &word });
            }
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                let inner = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '!');
                if inner {
                    tokens.next();
                }
                if let Some(TokenTree::Group(group)) = tokens.next() {
                    let text = group.stream().to_string();
                    if !text.starts_with("doc =") {
                        into.push_str(" #");
                        // The name of an attribute is never the spec's to choose.
                        into.push_str(text.split(['(', ' ']).next().unwrap_or_default());
                        reduce(group.stream(), naming, into);
                    }
                }
            }
            TokenTree::Punct(punct) => {
                if punct.as_char() == '>' {
                    without_comma(into);
                }
                into.push(punct.as_char());
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => (" {\n", "}\n"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis | Delimiter::None => ("(", ")"),
                };
                into.push_str(open);
                reduce(group.stream(), naming, into);
                without_comma(into);
                into.push_str(close);
            }
        }
    }
}

/// The layout decides about a last comma.
fn without_comma(skeleton: &mut String) {
    skeleton.truncate(skeleton.trim_end_matches(',').len());
}

/// A manifest as it stands, or only the beginnings of its lines.
fn manifest(text: &str, naming: bool) -> String {
    let kind = |line: &str| match line {
        line if line.starts_with('[') => line.to_owned(),
        line if line.contains(" = ") && !line.ends_with(" = []") => {
            line.split(" = ").next().unwrap_or_default().to_owned()
        }
        line => line
            .chars()
            .filter(|c| !c.is_alphanumeric() && !"-_".contains(*c))
            .collect(),
    };
    if naming {
        text.lines().map(kind).collect::<Vec<_>>().join("\n")
    } else {
        text.to_owned()
    }
}

/// The doc comments of a page; a blank line between two of them.
fn docs(text: &str) -> String {
    let mut docs = String::new();
    for line in text.lines().map(str::trim_start) {
        let doc = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        docs.push_str(doc.map_or("", |doc| doc.strip_prefix(' ').unwrap_or(doc)));
        docs.push('\n');
    }
    docs
}

/// How much raw HTML, how many fences, indented blocks and links a text of Markdown has.
pub fn marks(markdown: &str) -> [usize; 4] {
    let [mut html, mut fences, mut indented, mut links] = [0; 4];
    let mut blank = true;
    for line in markdown.lines() {
        let start = line.trim_start();
        // What follows a fence of backticks holds none; otherwise it is a code span.
        let bare = !start.trim_start_matches('`').contains('`');
        let fence = start.starts_with("```") && bare || start.starts_with("~~~");
        fences += usize::from(fence);
        indented +=
            usize::from(blank && (line.starts_with("    ") || line.starts_with('\t')));
        blank = start.is_empty();
    }
    for paragraph in markdown.split("\n\n") {
        let mut rest = paragraph;
        while let Some(at) = rest.find(['\\', '`', '<', '[']) {
            rest = &rest[at..];
            let length = match rest.as_bytes()[0] {
                b'\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                b'`' => span(rest),
                b'[' => {
                    links += 1;
                    1
                }
                _ => {
                    let opens = |c: char| c.is_ascii_alphabetic() || "/!?".contains(c);
                    html +=
                        usize::from(rest[1..].starts_with(opens) && !is_address(rest));
                    1
                }
            };
            rest = &rest[length..];
        }
    }
    [html, fences, indented, links]
}

/// The length of a code span, or of the backticks where none closes it.
fn span(rest: &str) -> usize {
    let run = rest.len() - rest.trim_start_matches('`').len();
    let mut from = run;
    while let Some(at) = rest[from..].find('`') {
        let start = from + at;
        let length = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        if length == run {
            return start + length;
        }
        from = start + length;
    }
    run
}

/// Whether `<` begins a plain address.
fn is_address(rest: &str) -> bool {
    let inside = rest[1..].split('>').next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_graphic() && !"<\"`\\".contains(c);
    ["https://", "http://"]
        .iter()
        .any(|scheme| inside.starts_with(scheme))
        && inside.chars().all(plain)
}
