//! Rules about what a spec says about its page: source, history, errata, gaps, notes.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::at::{self, Target};
use super::report::Report;
use super::scope::Page;
use crate::diagnostic::{KeyPath, Rule, rules};
use crate::load::node::Source;
use crate::schema;
use crate::spec::{Erratum, Gap, Note};

rules! {
    "evidence";
    NOTHING: Error "erratum-changes-nothing",
        "An erratum whose page says what the spec says",
        "There is nothing wrong then, or the correction was forgotten.",
        "Write what is right at the key, or remove the erratum.",
        "errata:\n  - { at: request.Title.type, page: string, why: …, evidence: … }";
    ERRATUM_PLACE: Error "erratum-place-missing",
        "An erratum about a key that is not there",
        "Nobody can tell what was corrected.",
        "Mend `at`: `request.Name.pattern`, `errors[2].code`, `.` for the whole page.",
        "errata:\n  - { at: request.Titel, why: …, evidence: … }";
    GAP_PLACE: Error "gap-place-missing",
        "A gap about a key that the format or the page does not have",
        "Nobody can tell what is missing. A key of the format that is absent is fine: that is \
         what a gap is for.",
        "Mend `at`: `request.Name.max_length`, `rate_limit`, `.` for the whole page.",
        "gaps:\n  - { at: request.Titel.max_length, why: … }";
    NOTE_PLACE: Error "note-place-missing",
        "A note about a key that neither the file nor the format has",
        "Nobody can tell what it is about.",
        "Mend `at`: `request.Name`, `errors[2].code`, `.` for the whole page.",
        "notes:\n  - { at: request.Titel, note: … }";
    NO_EVIDENCE: Error "erratum-without-evidence",
        "An erratum whose evidence says nothing",
        "A correction that nobody can check is a guess.",
        "Name the page's sample, an official SDK with its version, or the provider's metadata.",
        "evidence: unknown";
    DATE: Error "date-invalid",
        "A date that is none",
        "Dates are compared.",
        "Write YYYY-MM-DD.",
        "transcribed: 22.11.2026";
    DATE_ORDER: Error "date-order",
        "The page is newer than its transcription",
        "One of the two dates is wrong.",
        "Compare both.",
        "page_updated: 2026-12-01\ntranscribed: 2026-11-22";
    STALE: Warning "source-stale",
        "The page was more than five years old when it was transcribed",
        "The API has probably moved on.",
        "Compare it with an official SDK, and answer the rule with a note that says so.",
        "page_updated: 2016-11-23\ntranscribed: 2026-11-22";
    MIRROR: Warning "source-unofficial-mirror",
        "The page is a copy on a site that is not the provider's",
        "It may be old or altered.",
        "Compare it with an official source, and answer the rule with a note that says so.",
        "official: false";
    LANGUAGE: Error "language-invalid",
        "A language that is no tag",
        "Readers look for the page in its language.",
        "Write a tag such as en, zh or pt-BR.",
        "language: Chinese";
    HISTORY: Warning "history-unordered",
        "A change history that is not newest first",
        "An entry is probably misdated.",
        "Sort it as the page does, newest first, one entry a day.",
        "history: [{ date: 2024-01-01, … }, { date: 2025-01-01, … }]";
}

static TAG: LazyLock<Regex> =
    LazyLock::new(|| regex("^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$"));

/// Pages older than this, in days, when they were transcribed are stale.
const STALE_AFTER: i64 = 5 * 365;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("patterns of rules are tested")
}

/// Source and history of an operation.
pub(super) fn page(page: &Page<'_>, report: &mut Report) {
    let source = page.scope.source;
    let path = KeyPath::default().key("source");
    let facts = &page.operation.source;
    let transcribed = date(&facts.transcribed, source, &path.key("transcribed"), report);
    let updated = facts.page_updated.as_deref();
    let updated =
        updated.and_then(|text| date(text, source, &path.key("page_updated"), report));
    if let (Some(transcribed), Some(updated)) = (transcribed, updated) {
        let path = path.key("page_updated");
        let age = transcribed - updated;
        if age < 0 {
            let message = "the page is newer than its transcription";
            report.value(&DATE_ORDER, source, &path, message);
        } else if age > STALE_AFTER {
            let message =
                format!("the page was {} years old when it was read", age / 365);
            report.value(&STALE, source, &path, message);
        }
    }
    if !facts.official {
        let message = "the page is a copy on another site";
        report.value(&MIRROR, source, &path.key("official"), message);
    }
    if !TAG.is_match(&facts.language) {
        let message = format!("{:?} is no tag of a language", facts.language);
        report.value(&LANGUAGE, source, &path.key("language"), message);
    }
    let path = KeyPath::default().key("history");
    let mut last: Option<i64> = None;
    for (index, change) in page.operation.history.iter().enumerate() {
        let path = path.item(index).key("date");
        let day = date(&change.date, source, &path, report);
        if day.is_some() && last.is_some_and(|last| day.is_some_and(|day| day >= last)) {
            let message = "the entry is not older than the one before it";
            report.value(&HISTORY, source, &path, message);
        }
        last = day.or(last);
    }
}

/// What a file says about its page.
pub(super) struct Remarks<'a> {
    pub(super) errata: &'a [Erratum],
    pub(super) gaps: &'a [Gap],
    pub(super) notes: &'a [Note],
}

/// The place, in whatever file holds it, that a remark is about.
pub(super) fn target<'s>(
    at: &str,
    sources: &[(&'s Source, schema::Kind)],
) -> (&'s Source, Target) {
    let mut found = None;
    for (source, kind) in sources {
        let target = at::find(at, source, *kind);
        let present = matches!(target, Target::Present(_) | Target::Absent(_));
        if present || found.is_none() {
            found = Some((*source, target));
        }
        if present {
            break;
        }
    }
    found.expect("a remark stands in a file")
}

/// Errata, gaps and notes; `sources` are the remarks' own file and those that it speaks for.
pub(super) fn remarks(
    remarks: &Remarks<'_>,
    sources: &[(&Source, schema::Kind)],
    report: &mut Report,
) {
    let own = sources[0].0;
    let root = KeyPath::default();
    for (index, erratum) in remarks.errata.iter().enumerate() {
        let path = root.key("errata").item(index);
        self::erratum(erratum, own, &path, sources, report);
    }
    let gaps = remarks.gaps.iter().map(|gap| &gap.at);
    let notes = remarks.notes.iter().map(|note| &note.at);
    for (key, rule, places) in [
        ("gaps", &GAP_PLACE, gaps.collect::<Vec<_>>()),
        ("notes", &NOTE_PLACE, notes.collect::<Vec<_>>()),
    ] {
        for (index, at) in places.into_iter().enumerate() {
            if let (_, Target::Nowhere(before, step)) = target(at, sources) {
                let path = root.key(key).item(index).key("at");
                nowhere(rule, own, &path, &before, &step, report);
            }
        }
    }
}

fn nowhere(
    rule: &'static Rule,
    source: &Source,
    path: &KeyPath,
    before: &KeyPath,
    step: &str,
    report: &mut Report,
) {
    let step = step.trim_start_matches('.');
    let message = match before.0.as_slice() {
        [] => format!("there is no `{step}`"),
        _ => format!("`{before}` has no `{step}`"),
    };
    report.value(rule, source, path, message);
}

fn erratum(
    erratum: &Erratum,
    own: &Source,
    path: &KeyPath,
    sources: &[(&Source, schema::Kind)],
    report: &mut Report,
) {
    let empty = ["", "unknown", "none", "?", "-", "n/a", "todo", "guess"];
    let evidence = erratum.evidence.trim().trim_end_matches('.').to_lowercase();
    if empty.contains(&evidence.as_str()) {
        let message = "the evidence says nothing";
        report.value(&NO_EVIDENCE, own, &path.key("evidence"), message);
    }
    let (source, target) = target(&erratum.at, sources);
    let at = path.key("at");
    match (target, &erratum.page) {
        (Target::Nowhere(before, step), _) => {
            nowhere(&ERRATUM_PLACE, own, &at, &before, &step, report);
        }
        (Target::Absent(missing), None) => {
            let message =
                format!("`{missing}` is not there, and `page` says nothing either");
            report.value(&NOTHING, own, &at, message);
        }
        (Target::Present(there), Some(page))
            if source
                .root
                .at(&there)
                .is_some_and(|node| node.json() == *page) =>
        {
            let message = format!("`{there}` is what the page says");
            report.value(&NOTHING, own, &path.key("page"), message);
        }
        _ => {}
    }
}

/// A date as days; a finding where it is none.
fn date(text: &str, source: &Source, path: &KeyPath, report: &mut Report) -> Option<i64> {
    let day = days(text);
    if day.is_none() {
        report.value(&DATE, source, path, format!("{text:?} is no date"));
    }
    day
}

/// Days since the first of March of the year 0, in the Gregorian calendar.
fn days(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    let number = |part: &str| {
        part.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| part.parse().ok())
    };
    let (year, month, day): (i64, i64, i64) =
        (number(year)??, number(month)??, number(day)??);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if day < 1 || day > length {
        return None;
    }
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let between = |a: &str, b: &str| days(b).zip(days(a)).map(|(b, a)| b - a);
        assert_eq!(between("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(between("2023-02-28", "2023-03-01"), Some(1));
        assert_eq!(between("2016-11-23", "2026-11-22"), Some(3651));
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-1-1",
            "24-01-01",
            "2024-00-10",
            "x",
            "2024-01-00",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
