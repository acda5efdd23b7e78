//! What an import did, and what it could not carry over.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::diagnostic::machine;

/// So many places are kept of each kind, each once: a reader looks at the first few.
const PLACES: usize = 5;

/// What an import did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Service versions.
    pub services: usize,
    /// Operations.
    pub operations: usize,
    /// Members of requests, responses and structures.
    pub members: usize,
    /// Structures.
    pub types: usize,
    /// Error codes, counted once per operation.
    pub errors: usize,
    /// Files that are new or have a new text.
    pub written: usize,
    /// Files that had the same facts already.
    pub unchanged: usize,
    /// Files that the source no longer has, relative to the specs folder.
    pub removed: Vec<String>,
    /// Files made or changed by hand, which stay as they are.
    pub kept: Vec<String>,
    /// How files made by hand differ from the source.
    pub conflicts: Vec<Conflict>,
    /// What was not carried over, by kind.
    pub lost: BTreeMap<String, Lost>,
}

/// A difference between a file made by hand and the source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Conflict {
    /// The file.
    pub file: String,
    /// The key path.
    pub at: String,
    /// What the file says; empty where it says nothing.
    pub file_says: String,
    /// What the source says; empty where it says nothing.
    pub source_says: String,
}

/// One kind of what was not carried over.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Lost {
    /// How often.
    pub count: usize,
    /// The first places.
    pub places: Vec<String>,
}

impl Report {
    /// Counts what is not carried over.
    pub(super) fn lose(&mut self, kind: &str, place: impl FnOnce() -> String) {
        self.lose_many(kind, 1, place);
    }

    /// Counts several of one place at once.
    pub(super) fn lose_many(
        &mut self,
        kind: &str,
        count: usize,
        place: impl FnOnce() -> String,
    ) {
        if count == 0 {
            return;
        }
        // Most kinds occur often: only the first of each allocates its name.
        if !self.lost.contains_key(kind) {
            self.lost.insert(kind.to_owned(), Lost::default());
        }
        if let Some(lost) = self.lost.get_mut(kind) {
            lost.count += count;
            if lost.places.len() < PLACES {
                let place = place();
                if !lost.places.contains(&place) {
                    lost.places.push(place);
                }
            }
        }
    }

    /// The report for people.
    pub fn text(&self) -> String {
        let Self {
            services,
            operations,
            members,
            types,
            errors,
            written,
            unchanged,
            ..
        } = self;
        let mut text = format!(
            "{services} services, {operations} operations, {members} members, {types} types, \
             {errors} error codes\n{written} files written, {unchanged} unchanged, {} removed, \
             {} kept as they were made by hand\n",
            self.removed.len(),
            self.kept.len(),
        );
        for Conflict {
            file,
            at,
            file_says,
            source_says,
        } in &self.conflicts
        {
            let says = |text: &str| match text {
                "" => "nothing".to_owned(),
                text => format!("`{text}`"),
            };
            let (file_says, source_says) = (says(file_says), says(source_says));
            let _ = writeln!(
                text,
                "conflict: {file}: {at}: the file says {file_says}, the source {source_says}"
            );
        }
        if !self.lost.is_empty() {
            text.push_str("not carried over:\n");
        }
        for (kind, Lost { count, places }) in &self.lost {
            let more = if places.len() == PLACES { ", …" } else { "" };
            let _ = writeln!(text, "{count:>8} {kind} ({}{more})", places.join(", "));
        }
        text
    }

    /// The report for programs.
    pub fn json(&self) -> String {
        machine::pretty(self)
    }
}
