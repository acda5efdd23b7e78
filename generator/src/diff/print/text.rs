//! For a terminal: a block per change, the totals at the end.

use std::fmt::Write as _;

use super::words;
use crate::diagnostic::{Place, render};
use crate::diff::{Change, ItemChange, Report, Severity, Side, Verdict};

/// Lines of an excerpt longer than this, in characters, are cut.
const LONGEST: usize = 60;
/// Operations that a shared type reaches are named up to this many.
const MOST_NAMES: usize = 3;

/// All changes with both places, then what the gates say, then the totals.
pub fn text(report: &Report<'_>, colour: bool) -> String {
    let mut out = String::new();
    for change in &report.changes {
        block(&mut out, report, change, colour);
        out.push('\n');
    }
    if !report.gate.is_empty() {
        out.push_str(&render::text(&report.gate, &report.new.root, colour));
    }
    out.push_str(&summary(report));
    out
}

/// `3 errors, 1 warning, 7 infos; 2 acknowledged; needs a major bump`.
pub fn summary(report: &Report<'_>) -> String {
    let totals = report.totals();
    let plural = |count: usize, noun: &str| {
        let end = if count == 1 { "" } else { "s" };
        format!("{count} {noun}{end}")
    };
    let mut text = format!(
        "{}, {}, {}",
        plural(totals.of(Severity::Error) + totals.gate, "error"),
        plural(totals.of(Severity::Warning), "warning"),
        plural(totals.of(Severity::Info), "info"),
    );
    if totals.acknowledged > 0 {
        let _ = write!(text, "; {} acknowledged", totals.acknowledged);
    }
    let _ = writeln!(text, "; bump: {}", totals.bump.as_str());
    text
}

fn block(out: &mut String, report: &Report<'_>, change: &Change, colour: bool) {
    let severity = change.severity();
    let word = if change.acknowledged.is_some() {
        "acknowledged"
    } else {
        severity.as_str()
    };
    let paint = match (colour, severity) {
        (false, _) => ("", ""),
        (true, Severity::Error) => ("\u{1b}[1;31m", "\u{1b}[0m"),
        (true, Severity::Warning) => ("\u{1b}[1;33m", "\u{1b}[0m"),
        (true, Severity::Info) => ("\u{1b}[1;36m", "\u{1b}[0m"),
    };
    let _ = writeln!(
        out,
        "{}{word}[{}]{}: {}",
        paint.0,
        change.rule.id,
        paint.1,
        words::visible(&change.message)
    );
    line(out, "at", &reached(change));
    place(out, "old", report.old, change.old_place.as_ref());
    place(out, "new", report.new, change.new_place.as_ref());
    line(out, "is", &verdicts(change));
    for (label, value) in [
        ("refused now", &change.refused),
        ("admitted now", &change.admitted),
    ] {
        if let Some(value) = value {
            line(out, label, &words::cut(&value.to_string(), LONGEST));
        }
    }
    if !change.folded.is_empty() {
        line(out, "with", &some(&change.folded));
    }
    let told = change.items.iter();
    let told = told.filter(|item| item.effect.verdict() > Verdict::None);
    for item in told.clone().take(MOST_NAMES) {
        line(out, "rust", &declared(item));
    }
    if let Some(more @ 1..) = told.count().checked_sub(MOST_NAMES) {
        line(out, "rust", &format!("and {more} more items"));
    }
    match &change.acknowledged {
        Some(given) => line(
            out,
            "ack",
            &format!("{}: {}", given.kind.as_str(), given.reason),
        ),
        None if severity > Severity::Info => {
            let command =
                format!("yunspec diff --ack {} --reason \"…\"", change.fingerprint);
            line(out, "ack", &command);
        }
        None => {}
    }
}

fn line(out: &mut String, label: &str, text: &str) {
    let _ = writeln!(out, "  {label:<12} {}", words::visible(text));
}

/// The wire path, and the operations that it reaches where they are others.
fn reached(change: &Change) -> String {
    match change.operations.as_slice() {
        [] => change.subject.clone(),
        [one] if change.subject.starts_with(one.as_str()) => change.subject.clone(),
        many => format!(
            "{} (reaches {}: {})",
            change.subject,
            many.len(),
            some(many)
        ),
    }
}

fn some(names: &[String]) -> String {
    let shown = names.iter().take(MOST_NAMES).map(String::as_str);
    let shown = shown.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn place(out: &mut String, label: &str, side: &Side, place: Option<&Place>) {
    let Some(place) = place else { return };
    let file = side.shown(&place.file);
    let text = format!("{file}:{}:{}", place.line, place.column);
    let excerpt = side
        .text(&place.file)
        .and_then(|text| text.lines().nth(place.line.checked_sub(1)?))
        .map(|line| words::cut(line.trim(), LONGEST));
    let text = format!("{text}  {}  ({})", excerpt.unwrap_or_default(), side.label);
    line(out, label, &text);
}

/// `wire breaking · source none · behaviour breaking → major (erratum)`.
fn verdicts(change: &Change) -> String {
    format!(
        "wire {} · source {} · behaviour {} → {} ({})",
        change.wire.as_str(),
        change.source.as_str(),
        change.behaviour.as_str(),
        change.bump().as_str(),
        change.cause.as_str(),
    )
}

/// `changed field: pub shelf: String → pub shelf: Option<String>`.
fn declared(item: &ItemChange) -> String {
    let text = match (&item.old, &item.new) {
        (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
        (old, new) => new.clone().or_else(|| old.clone()).unwrap_or_default(),
    };
    format!("{}: {text}", words::happened(item))
}
