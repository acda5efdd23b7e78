//! What a person got wrong: which rule, where, why, and how to mend it.
//!
//! `diagnostic/` spells findings: [`render`] for people, [`machine`] and [`sarif`] for tools.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Serialize, Serializer};

pub mod machine;
pub mod render;
pub mod sarif;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Fails the check, but not the generation.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A rule that a spec can break; `yunspec explain` prints it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable id: `pattern-suspicious-range`.
    pub id: &'static str,
    /// How bad a finding is.
    pub severity: Severity,
    /// The group that it belongs to.
    pub family: &'static str,
    /// What is wrong when it fires, in one line.
    pub summary: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// How to mend it.
    pub mend: &'static str,
    /// Lines that break it.
    pub example: &'static str,
}

/// Declares the rules of one family, each as a static, and `RULES` with all of them.
macro_rules! rules {
    ($family:literal; $($name:ident: $severity:ident $id:literal, $summary:literal,
      $why:literal, $mend:literal, $example:literal;)+) => {
        $(pub(crate) static $name: $crate::diagnostic::Rule = $crate::diagnostic::Rule {
            id: $id,
            severity: $crate::diagnostic::Severity::$severity,
            family: $family,
            summary: $summary,
            why: $why,
            mend: $mend,
            example: $example,
        };)+
        /// The rules of this family.
        pub(crate) static RULES: &[&$crate::diagnostic::Rule] = &[$(&$name),+];
    };
}
pub(crate) use rules;

/// One step of a key path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A key of a mapping.
    Key(String),
    /// An item of a sequence, counted from 0.
    Item(usize),
}

/// The way from a file's root to a value: `errors[2].code`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyPath(pub Vec<Step>);

impl KeyPath {
    /// The path of a key of this mapping.
    pub fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    /// The path of an item of this sequence.
    pub fn item(&self, index: usize) -> Self {
        self.with(Step::Item(index))
    }

    /// Whether `other` is this place, or one inside it.
    pub fn holds(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

/// A key path while a tree is walked: each step knows the one before, and the whole is only
/// made where something is found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trail<'t> {
    /// A file's root.
    Root,
    /// A place whose path is whole already.
    Whole(&'t KeyPath),
    /// A key of a mapping.
    Key(&'t Self, &'t str),
    /// An item of a sequence.
    Item(&'t Self, usize),
}

impl<'t> Trail<'t> {
    /// The way on to a key of this mapping.
    pub(crate) fn key(&'t self, key: &'t str) -> Self {
        Self::Key(self, key)
    }

    /// The way on to an item of this sequence.
    pub(crate) fn item(&'t self, index: usize) -> Self {
        Self::Item(self, index)
    }

    /// The whole path.
    pub(crate) fn path(&self) -> KeyPath {
        match self {
            Self::Root => KeyPath::default(),
            Self::Whole(path) => (*path).clone(),
            Self::Key(before, key) => before.path().key(key),
            Self::Item(before, index) => before.path().item(*index),
        }
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str(".");
        }
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Item(index) => write!(f, "[{index}]")?,
                Step::Key(key)
                    if key.is_empty() || key.contains(['.', '[', ']', '"']) =>
                {
                    write!(f, "[{key:?}]")?;
                }
                Step::Key(key) if position == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}

impl Serialize for KeyPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Where a finding is, resolved: a part of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the specs folder.
    pub file: PathBuf,
    /// The line, counted from 1; 0 where only the file is known.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The byte range in the file's text.
    pub span: (usize, usize),
    /// The key path, for people and tools that go by it.
    pub path: KeyPath,
}

impl Place {
    /// A whole file, or a folder.
    pub fn file(file: impl Into<PathBuf>) -> Self {
        Self {
            file: file.into(),
            ..Self::default()
        }
    }

    /// A byte range of a file's text; offsets outside the text are moved to its end.
    pub fn span(file: &Path, text: &str, span: (usize, usize), path: KeyPath) -> Self {
        let start = floor(text, span.0);
        let end = floor(text, span.1.max(start));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            file: file.to_owned(),
            line: newlines(&text[..start]) + 1,
            column: text[line_start..start].chars().count() + 1,
            span: (start, end),
            path,
        }
    }
}

/// Counted byte by byte, which compilers turn into something faster than a search.
#[allow(clippy::naive_bytecount)]
fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's stable id: `pattern-suspicious-range`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What is wrong, with the values that are.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// The text of the file, where it could be read: what a snippet is cut from.
    pub source: Option<Arc<str>>,
}

impl Diagnostic {
    /// A finding without help and snippet.
    pub fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule: rule.id,
            severity: rule.severity,
            place,
            message: message.into(),
            help: None,
            source: None,
        }
    }

    /// Says how to mend it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Shows the place.
    pub fn source(mut self, text: &Arc<str>) -> Self {
        self.source = Some(Arc::clone(text));
        self
    }
}

/// Orders findings by file, place and rule, and drops what is said twice.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    let key = |a: &Diagnostic| (a.place.clone(), a.severity, a.rule, a.message.clone());
    findings.sort_by_cached_key(key);
    findings.dedup();
}

/// Whether one of them stops the generation.
pub fn has_errors(findings: &[Diagnostic]) -> bool {
    findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
}

/// How many errors and how many warnings.
pub fn count(findings: &[Diagnostic]) -> (usize, usize) {
    let errors = findings
        .iter()
        .filter(|f| f.severity == Severity::Error)
        .count();
    (errors, findings.len() - errors)
}

/// The file as a reader outside sees it: under `root`, with `/` between its parts.
pub(crate) fn shown(root: &Path, file: &Path) -> String {
    let path = if file.as_os_str().is_empty() {
        root.to_owned()
    } else {
        root.join(file)
    };
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_as_people_write_them() {
        let path = KeyPath::default().key("errors").item(2).key("code");
        assert_eq!(path.to_string(), "errors[2].code");
        assert_eq!(KeyPath::default().to_string(), ".");
        let dotted = KeyPath::default().key("request").key("Tag.Key");
        assert_eq!(dotted.to_string(), r#"request["Tag.Key"]"#);
        assert!(KeyPath::default().key("errors").holds(&path));
        assert!(!path.holds(&KeyPath::default().key("errors")));
    }

    #[test]
    fn columns_count_characters() {
        let place = Place::span(
            Path::new("a"),
            "x\n张强: y\n",
            (2 + 8, 99),
            KeyPath::default(),
        );
        assert_eq!((place.line, place.column, place.span), (2, 5, (10, 12)));
    }
}
