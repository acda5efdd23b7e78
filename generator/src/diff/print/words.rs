//! What the pages for people say in the same words.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::Place;
use crate::diff::{Bump, Cause, Change, Effect, Group, ItemChange, Report, Severity};
use crate::diff::{Side, Verdict};

/// Where a change is listed; each is in one part. In the order of attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// What worked stops working, and nobody accepted that.
    Breaking,
    /// What worked may work differently, and nobody accepted that.
    Risky,
    /// Accepted by a reviewer, whatever its verdict.
    Acknowledged,
    /// What worked goes on working.
    Compatible,
    /// Only texts and evidence.
    Documentation,
}

impl Part {
    /// All parts, in the order of attention.
    pub(super) const ALL: [Self; 5] = [
        Self::Breaking,
        Self::Risky,
        Self::Acknowledged,
        Self::Compatible,
        Self::Documentation,
    ];

    /// The part of a change.
    pub(super) fn of(change: &Change) -> Self {
        match change.acknowledged {
            Some(_) => Self::Acknowledged,
            None => Self::level(change),
        }
    }

    /// The part that it would have if nobody had acknowledged it.
    pub(super) fn level(change: &Change) -> Self {
        match change.severity() {
            Severity::Error => Self::Breaking,
            Severity::Warning => Self::Risky,
            Severity::Info if is_documentation(change) => Self::Documentation,
            Severity::Info => Self::Compatible,
        }
    }

    /// The word for it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Risky => "risky",
            Self::Acknowledged => "acknowledged",
            Self::Compatible => "compatible",
            Self::Documentation => "documentation",
        }
    }
}

/// Whether it changes nothing but texts and evidence.
pub(super) fn is_documentation(change: &Change) -> bool {
    change.rule.group == Group::Documentation || change.cause == Cause::Documentation
}

/// How many changes each part has; parts without any are left out.
pub(super) fn counts<'a>(
    changes: impl IntoIterator<Item = &'a Change>,
) -> BTreeMap<Part, usize> {
    let mut counts = BTreeMap::new();
    for change in changes {
        *counts.entry(Part::of(change)).or_default() += 1;
    }
    counts
}

/// `3 breaking, 1 risky, 2 of documentation`; nothing of what there is none.
pub(super) fn tally(counts: &BTreeMap<Part, usize>) -> String {
    let told = counts.iter().filter(|(_, count)| **count > 0);
    let told = told.map(|(part, count)| match part {
        Part::Documentation => format!("{count} of documentation"),
        part => format!("{count} {}", part.as_str()),
    });
    told.collect::<Vec<_>>().join(", ")
}

/// The verdict in a word or two: `Breaking`, `Breaking, acknowledged`.
pub(super) fn verdict(report: &Report<'_>) -> &'static str {
    let worst = |open: bool| {
        let changes = report.changes.iter();
        let changes = changes.filter(|change| !open || change.acknowledged.is_none());
        changes.map(Change::severity).max()
    };
    match (worst(true), worst(false)) {
        (Some(Severity::Error), _) => "Breaking",
        (_, Some(Severity::Error)) => "Breaking, acknowledged",
        (Some(Severity::Warning), _) => "Risky",
        (_, Some(Severity::Warning)) => "Risky, acknowledged",
        (_, Some(Severity::Info)) if report.changes.iter().all(is_documentation) => {
            "Documentation only"
        }
        (_, Some(Severity::Info)) => "Compatible",
        (_, None) => "No changes",
    }
}

/// What follows for the version: `needs a major version`.
pub(super) fn need(bump: Bump) -> &'static str {
    match bump {
        Bump::Major => "needs a major version",
        Bump::Minor => "needs a minor version",
        Bump::Patch => "needs a patch version",
        Bump::None => "needs no new version",
    }
}

/// How many open changes have a verdict on an axis: breaking, risky, compatible.
pub(super) fn on_axis(changes: &[Change], axis: fn(&Change) -> Verdict) -> [usize; 3] {
    [Verdict::Breaking, Verdict::Risky, Verdict::Compatible].map(|verdict| {
        let open = changes.iter().filter(|one| one.acknowledged.is_none());
        open.filter(|one| axis(one) == verdict).count()
    })
}

/// An axis: its name, and the verdict on it.
pub(super) type Axis = (&'static str, fn(&Change) -> Verdict);

/// The three axes.
pub(super) const AXES: [Axis; 3] = [
    ("wire", |change| change.wire),
    ("source", |change| change.source),
    ("behaviour", |change| change.behaviour),
];

/// `wire breaking, source none, behaviour risky`, without what is none.
pub(super) fn verdicts(change: &Change) -> String {
    let told = AXES.iter().filter(|(_, axis)| axis(change) > Verdict::None);
    let told = told.map(|(name, axis)| format!("{name} {}", axis(change).as_str()));
    match told.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => "no effect".to_owned(),
        told => told,
    }
}

/// The page that a change stands on: `provider/service/Operation`, the file without its
/// ending; where no file is known, the wire path.
pub(super) fn page(change: &Change) -> String {
    match change.place() {
        Some(place) if !place.file.as_os_str().is_empty() => {
            let page = place.file.with_extension("");
            page.to_string_lossy().replace('\\', "/")
        }
        _ => change.subject.clone(),
    }
}

/// `specs/acme/store/PutBook.yaml:8:31`; the file alone where no line is known.
pub(super) fn place(side: &Side, place: &Place) -> String {
    let file = side.shown(&place.file);
    match place.line {
        0 => file,
        line => format!("{file}:{line}:{}", place.column),
    }
}

/// A value as people write it: a text without quotes, unless it would read as something
/// else, a structure without what it does not say; cut after `most` characters.
pub(super) fn value(value: &Value, most: usize) -> String {
    let text = match value {
        Value::String(text) if is_plain(text) => text.clone(),
        Value::Object(members) => {
            let told = members.iter().filter(|(_, value)| !value.is_null());
            let told = told.map(|(key, value)| (key.clone(), value.clone()));
            Value::Object(told.collect()).to_string()
        }
        other => other.to_string(),
    };
    cut(&text, most)
}

fn is_plain(text: &str) -> bool {
    let reads_as_other = serde_json::from_str::<Value>(text).is_ok();
    !text.is_empty() && text.trim() == text && !reads_as_other
}

/// The text up to `most` characters, and how many are left out.
pub(super) fn cut(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most).collect();
    format!("{kept}… ({} more)", length - most)
}

/// What happened to an item: `gone field`.
pub(super) fn happened(item: &ItemChange) -> String {
    let word = match item.effect {
        Effect::Undeprecated => "no longer deprecated",
        Effect::Added => "new",
        Effect::Deprecated => "deprecated",
        Effect::Swapped => "arguments swapped in",
        Effect::Changed => "changed",
        Effect::Removed => "gone",
    };
    format!("{word} {}", item.kind)
}

/// `1 change`, `2 changes`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{end}")
}

/// The first names, and how many more there are.
pub(super) fn first(names: &[String], most: usize) -> (Vec<&str>, usize) {
    let shown = names.iter().take(most).map(String::as_str).collect();
    (shown, names.len().saturating_sub(most))
}

/// Line breaks and tabs become blanks; signs that hide or turn text become visible.
pub(super) fn visible(text: &str) -> String {
    let sign = |sign: char| match sign {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        sign if is_hidden(sign) => '\u{FFFD}',
        sign => sign,
    };
    text.chars().map(sign).collect()
}

fn is_hidden(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{FEFF}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

/// A part of a message.
#[derive(Serialize)]
pub(super) struct Run {
    /// Whether it stood between backticks.
    pub(super) is_code: bool,
    /// The text without them.
    pub(super) text: String,
}

/// A message as runs of prose and of code: what stands between backticks is code. A message
/// whose backticks have no partner is prose.
pub(super) fn runs(message: &str) -> Vec<Run> {
    let message = visible(message.trim());
    let parts: Vec<&str> = message.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return vec![Run {
            is_code: false,
            text: message,
        }];
    }
    let runs = parts.iter().enumerate().map(|(index, part)| Run {
        is_code: index % 2 == 1,
        text: (*part).to_owned(),
    });
    runs.filter(|run| !run.text.is_empty()).collect()
}
