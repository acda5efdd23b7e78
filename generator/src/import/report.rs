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
    /// Those among them that were imported and whose facts were changed since then without
    /// an erratum.
    pub changed: Vec<String>,
    /// How what was made by hand differs from the source.
    pub conflicts: Vec<Conflict>,
    /// Errata that the source agrees with by now, which are gone: `FILE: KEY PATH`.
    pub mended: Vec<String>,
    /// Where sources of one service say different things.
    pub disagreements: Vec<Disagreement>,
    /// What was not carried over, by kind.
    pub lost: BTreeMap<String, Lost>,
}

/// Two sources of one service that say different things; the first stands in the specs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Disagreement {
    /// The file that the first one stands in.
    pub file: String,
    /// The key path.
    pub at: String,
    /// The documents of each.
    pub sources: [String; 2],
    /// What each says; empty where it says nothing.
    pub says: [String; 2],
}

/// A difference between what was made by hand and the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Conflict {
    /// The file.
    pub file: String,
    /// The key path.
    pub at: String,
    /// What the file says; empty where it says nothing.
    pub file_says: String,
    /// What the source says; empty where it says nothing.
    pub source_says: String,
    /// What an erratum there says that the source said; nothing where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_said: Option<String>,
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

    /// Adds what another import did.
    pub(super) fn join(&mut self, other: Self) {
        let Self {
            services,
            operations,
            members,
            types,
            errors,
            written,
            unchanged,
            removed,
            kept,
            changed,
            conflicts,
            mended,
            disagreements,
            lost,
        } = other;
        self.services += services;
        self.operations += operations;
        self.members += members;
        self.types += types;
        self.errors += errors;
        self.written += written;
        self.unchanged += unchanged;
        self.removed.extend(removed);
        self.kept.extend(kept);
        self.changed.extend(changed);
        self.conflicts.extend(conflicts);
        self.mended.extend(mended);
        self.disagreements.extend(disagreements);
        for (kind, Lost { count, places }) in lost {
            let own = self.lost.entry(kind).or_default();
            own.count += count;
            for place in places {
                if own.places.len() < PLACES && !own.places.contains(&place) {
                    own.places.push(place);
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
        for place in &self.mended {
            let _ = writeln!(
                text,
                "erratum done: {place}: the source says it too; the erratum is gone"
            );
        }
        for conflict in &self.conflicts {
            let _ = writeln!(text, "{}", conflict.text());
        }
        for file in &self.changed {
            let _ = writeln!(
                text,
                "{file}: facts were changed by hand: add an erratum for each (`at`, `page` with \
                 what the source says, `why`, `evidence`), and imports keep it"
            );
        }
        self.say_disagreements(&mut text);
        if !self.lost.is_empty() {
            text.push_str("not carried over:\n");
        }
        for (kind, Lost { count, places }) in &self.lost {
            let more = if places.len() == PLACES { ", …" } else { "" };
            let _ = writeln!(text, "{count:>8} {kind} ({}{more})", places.join(", "));
        }
        text
    }

    /// The first few of each kind: there may be thousands.
    fn say_disagreements(&self, text: &mut String) {
        let mut kinds: BTreeMap<&str, Vec<&Disagreement>> = BTreeMap::new();
        for one in &self.disagreements {
            let kind = one.at.rsplit('.').next().unwrap_or_default();
            kinds.entry(kind).or_default().push(one);
        }
        for (kind, all) in kinds {
            let _ =
                writeln!(text, "sources disagree about `{kind}` {} times:", all.len());
            for Disagreement {
                file,
                at,
                sources,
                says,
            } in all.iter().take(PLACES)
            {
                let [first, second] = [0, 1].map(|side| {
                    format!("{} says {}", sources[side], quoted(&says[side]))
                });
                let _ = writeln!(text, "  {file}: {at}: {first}, {second}");
            }
        }
    }

    /// The report for programs.
    pub fn json(&self) -> String {
        machine::pretty(self)
    }
}

impl Conflict {
    /// The conflict for people.
    fn text(&self) -> String {
        let Self {
            file,
            at,
            file_says,
            source_says,
            page_said,
        } = self;
        let (file_says, source_says) = (quoted(file_says), quoted(source_says));
        let page = page_said.as_ref().map(|page| {
            format!("; the erratum there says that it said {}", quoted(page))
        });
        format!(
            "conflict: {file}: {at}: the file says {file_says}, the source {source_says}{}",
            page.unwrap_or_default()
        )
    }
}

fn quoted(text: &str) -> String {
    match text {
        "" => "nothing".to_owned(),
        text => format!("`{text}`"),
    }
}
