//! A section of a CHANGELOG.md, in short sentences, for who uses the generated crate.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::inline::{code, message, prose};
use super::words::{self, is_documentation};
use crate::diff::{Cause, Change, Report, Severity};

/// The headings, in the order of a changelog.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Heading {
    Breaking,
    Added,
    Changed,
    Deprecated,
    Fixed,
    Documentation,
}

/// The section: its version where one is known, the bump, and the changes by heading and
/// operation. Acknowledged changes are there like the others.
pub fn changelog(report: &Report<'_>) -> String {
    let name = match &report.new.version {
        Some(version) => prose(version),
        None => "Unreleased".to_owned(),
    };
    let bump = words::need(report.totals().bump);
    let mut out = format!("## {name}\n\nSince {}: {bump}.\n", code(&report.old.label));
    let mut sections: BTreeMap<Heading, BTreeMap<String, Vec<&Change>>> = BTreeMap::new();
    for change in &report.changes {
        let pages = sections.entry(Heading::of(change)).or_default();
        pages.entry(words::page(change)).or_default().push(change);
    }
    for (heading, pages) in &sections {
        let _ = writeln!(out, "\n### {}\n", heading.as_str());
        for (page, changes) in pages {
            if *heading == Heading::Documentation {
                let count = words::counted(changes.len(), "text");
                let _ = writeln!(out, "- {}: {count}.", code(page));
                continue;
            }
            let _ = writeln!(out, "- {}", code(page));
            for change in changes {
                let _ = writeln!(out, "  - {}", sentence(change));
            }
        }
    }
    out
}

impl Heading {
    fn of(change: &Change) -> Self {
        if change.severity() == Severity::Error {
            Self::Breaking
        } else if change.cause == Cause::Erratum {
            Self::Fixed
        } else if is_documentation(change) {
            Self::Documentation
        } else if change.rule.id.ends_with("-deprecated") {
            Self::Deprecated
        } else if change.old_place.is_none() && change.new_place.is_some() {
            Self::Added
        } else {
            Self::Changed
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking",
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Fixed => "Fixed",
            Self::Documentation => "Documentation",
        }
    }
}

/// The message with a capital and a full stop; what the spec had wrong says so.
fn sentence(change: &Change) -> String {
    let text = change.message.trim();
    let mut signs = text.chars();
    let first = signs.next().filter(char::is_ascii_lowercase);
    let text = match first {
        Some(first) if !text.starts_with(change.subject.as_str()) => {
            first.to_ascii_uppercase().to_string() + signs.as_str()
        }
        _ => text.to_owned(),
    };
    let text = message(text.trim_end_matches('.'));
    match change.cause {
        Cause::Erratum => format!("{text} (the spec was wrong)."),
        _ => format!("{text}."),
    }
}
