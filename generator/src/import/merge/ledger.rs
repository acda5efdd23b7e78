//! Who said what: notes for the specs, rows for the report.

use std::sync::LazyLock;

use regex_lite::Regex;
use serde::Serialize;
use serde_json::Value;

use super::super::report::{Disagreement, Report};
use crate::diagnostic::KeyPath;
use crate::spec::Note;

/// How a note about a difference begins.
const DIFFER: &str = "Sources differ: ";
/// What stands between the documents in a note about an addition.
const ALONE: &str = ", not in ";

/// Longer values are cut: a note is for reading.
const LONGEST: usize = 120;

/// What two sources say about one file or structure.
pub(super) struct Ledger<'r> {
    pub(super) report: &'r mut Report,
    /// The documents of each source, in words.
    sources: [String; 2],
    /// The file that is written about.
    file: String,
    notes: Vec<Note>,
}

impl<'r> Ledger<'r> {
    /// A ledger for one service, with the documents of its two sources.
    pub(super) fn new(documents: [&[String]; 2], report: &'r mut Report) -> Self {
        Self {
            report,
            sources: documents.map(|documents| documents.join(" and ")),
            file: String::new(),
            notes: Vec::new(),
        }
    }

    /// Turns to another file of the service.
    pub(super) fn open(&mut self, file: &str) {
        file.clone_into(&mut self.file);
    }

    /// The notes since the last file was opened.
    pub(super) fn close(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.notes)
    }

    /// The key path of a place in the open file, for the report.
    pub(super) fn place(&self, at: &KeyPath) -> String {
        format!("{}: {}: {at}", self.sources[0], self.file)
    }

    /// The sources say different things about a key; the first stands.
    pub(super) fn differ(&mut self, at: &KeyPath, says: [String; 2]) {
        let says = says.map(|text| cut(&text));
        let [one, other] = &self.sources;
        let [first, second] = says.each_ref().map(|text| match text.as_str() {
            "" => "nothing".to_owned(),
            text => format!("`{}`", text.replace('`', "'")),
        });
        self.note(at, format!("{DIFFER}{one} {first}, {other} {second}."));
        self.report.disagreements.push(Disagreement {
            file: self.file.clone(),
            at: at.to_string(),
            sources: self.sources.clone(),
            says,
        });
    }

    /// What only the second source has: names that were added at a place, and names of
    /// which it alone tells limits.
    pub(super) fn add(&mut self, at: &KeyPath, names: &[String], limits: &[String]) {
        let list = |names: &[String]| {
            let names: Vec<_> = names
                .iter()
                .map(|name| name.replace('`', "'"))
                .map(|name| format!("`{name}`"))
                .collect();
            names.join(", ")
        };
        let mut told = Vec::new();
        if !names.is_empty() {
            told.push(list(names));
        }
        if !limits.is_empty() {
            told.push(format!("the limits of {}", list(limits)));
        }
        if !told.is_empty() {
            let [one, other] = &self.sources;
            let text = format!("In {other}{ALONE}{one}: {}.", told.join("; "));
            self.note(at, text);
        }
    }

    /// An operation that only the second source has.
    pub(super) fn whole(&self) -> Note {
        let [one, other] = &self.sources;
        Note {
            at: ".".to_owned(),
            note: format!("In {other}{ALONE}{one}: this operation."),
            answers: Vec::new(),
        }
    }

    /// Takes what only the second source says; whether there was such a thing.
    pub(super) fn fill<T: PartialEq + Serialize>(
        &mut self,
        at: &KeyPath,
        key: &str,
        first: &mut Option<T>,
        second: Option<T>,
    ) -> bool {
        match (&*first, &second) {
            (_, None) => false,
            (None, Some(_)) => {
                *first = second;
                true
            }
            (Some(one), Some(other)) => {
                if one != other {
                    self.differ(&at.key(key), [shown(one), shown(other)]);
                }
                false
            }
        }
    }

    fn note(&mut self, at: &KeyPath, note: String) {
        self.notes.push(Note {
            at: at.to_string(),
            note,
            answers: Vec::new(),
        });
    }
}

/// Whether a note is one of these records: it says what the sources said, and is made anew
/// with them.
pub(in super::super) fn is_record(note: &str) -> bool {
    static RECORD: LazyLock<Regex> = LazyLock::new(|| {
        let documents = r"\S+( and \S+)*";
        let said = format!("{documents} (nothing|`[^`]*`)");
        let alone = format!("In {documents}{ALONE}{documents}: .*");
        let differ = format!("{DIFFER}{said}, {said}");
        Regex::new(&format!(r"^({alone}|{differ})\.$")).expect("the pattern is tested")
    });
    RECORD.is_match(note)
}

/// A value in words.
pub(super) fn shown<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(text)) => text,
        Ok(value) => value.to_string(),
        Err(_) => String::new(),
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST - 1).collect();
    format!("{start}…")
}
