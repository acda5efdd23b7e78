//! A change as the template shows it.

use serde::Serialize;
use serde_json::Value;

use super::pane::{Pane, pane};
use super::view::Lists;
use crate::diff::print::words::{self, Part, Run, visible};
use crate::diff::{Cause, Change, ItemChange, Report, Verdict};

/// Values and declarations are cut after this many characters.
const LONGEST: usize = 400;
/// Items, operations and parts that are named of each change.
const MOST_NAMES: usize = 6;

/// A change with its two panes.
#[derive(Serialize)]
pub(super) struct Finding {
    fingerprint: String,
    level: &'static str,
    /// The three verdicts as digits, 0 for none.
    verdicts: String,
    is_documentation: bool,
    /// Whether it is unfolded from the beginning.
    open: bool,
    /// Numbers in the lists of the filter.
    provider: usize,
    operations: Vec<usize>,
    message: Vec<Run>,
    /// What the kind means to callers, where that asks for attention.
    why: Vec<Run>,
    effect: String,
    bump: &'static str,
    old_pane: Pane,
    new_pane: Pane,
    old: Option<String>,
    new: Option<String>,
    refused: Option<String>,
    admitted: Option<String>,
    items: Vec<Item>,
    more_items: usize,
    folded: String,
    reaches: String,
    subject: String,
    rule: &'static str,
    cause: &'static str,
    accepted: Option<Accepted>,
}

#[derive(Serialize)]
struct Item {
    what: String,
    old: Option<String>,
    new: Option<String>,
}

#[derive(Serialize)]
struct Accepted {
    kind: &'static str,
    by: Option<String>,
    reason: String,
}

impl Finding {
    pub(super) fn of(report: &Report<'_>, change: &Change, lists: &Lists) -> Self {
        let level = Part::level(change);
        let urgent = matches!(Part::of(change), Part::Breaking | Part::Risky);
        let why = [change.rule.why, " ", change.rule.mend].concat();
        let (old, new) = (change.old_place.as_ref(), change.new_place.as_ref());
        let alone = old.is_none() != new.is_none();
        let told = |value: &Option<Value>| {
            Some(visible(&words::value(value.as_ref()?, LONGEST)))
        };
        let example = |value: &Option<Value>| {
            Some(visible(&words::cut(&value.as_ref()?.to_string(), LONGEST)))
        };
        let items: Vec<&ItemChange> = told_items(change).collect();
        Self {
            fingerprint: change.fingerprint.clone(),
            level: level.as_str(),
            verdicts: digits(change),
            is_documentation: level == Part::Documentation,
            open: urgent,
            provider: lists.provider(change),
            operations: change
                .operations
                .iter()
                .map(|one| lists.operation(one))
                .collect(),
            message: words::runs(&change.message),
            why: if urgent {
                words::runs(&why)
            } else {
                Vec::new()
            },
            effect: words::verdicts(change),
            bump: change.bump().as_str(),
            old_pane: pane(report.old, old, alone),
            new_pane: pane(report.new, new, alone),
            old: told(&change.old),
            new: told(&change.new),
            refused: example(&change.refused),
            admitted: example(&change.admitted),
            items: items.iter().take(MOST_NAMES).map(|one| item(one)).collect(),
            more_items: items.len().saturating_sub(MOST_NAMES),
            folded: some(&change.folded),
            reaches: reaches(change),
            subject: visible(&change.subject),
            rule: change.rule.id,
            cause: cause(change.cause),
            accepted: change.acknowledged.as_ref().map(|given| Accepted {
                kind: given.kind.as_str(),
                by: given.by.as_deref().map(visible),
                reason: visible(&given.reason),
            }),
        }
    }
}

fn digits(change: &Change) -> String {
    let digit = |verdict| match verdict {
        Verdict::None => '0',
        Verdict::Compatible => '1',
        Verdict::Risky => '2',
        Verdict::Breaking => '3',
    };
    words::AXES
        .iter()
        .map(|(_, axis)| digit(axis(change)))
        .collect()
}

/// The items of which the compiler says something, the worst first.
fn told_items(change: &Change) -> impl Iterator<Item = &ItemChange> {
    let of = |harmful: bool| {
        let items = change.items.iter();
        items.filter(move |item| (item.effect.verdict() >= Verdict::Risky) == harmful)
    };
    of(true).chain(of(false))
}

fn item(item: &ItemChange) -> Item {
    let declared =
        |text: &Option<String>| Some(visible(&words::cut(text.as_ref()?, LONGEST)));
    Item {
        what: words::happened(item),
        old: declared(&item.old),
        new: declared(&item.new),
    }
}

/// The operations that it reaches from outside their pages.
fn reaches(change: &Change) -> String {
    let page = words::page(change);
    if change.operations.iter().all(|operation| *operation == page) {
        return String::new();
    }
    some(&change.operations)
}

fn some(names: &[String]) -> String {
    let (names, more) = words::first(names, MOST_NAMES);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    visible(&names.join(", ")) + &more
}

fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::ApiChange => "a change of the API",
        Cause::Erratum => "the spec was wrong",
        Cause::GapResolved => "a gap is closed",
        Cause::Documentation => "only texts and evidence",
        Cause::Naming => "only names in Rust",
    }
}
