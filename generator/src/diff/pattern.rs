//! Patterns, judged by the texts that they admit.

use serde_json::{Value, json};

use super::bounds::Bounds;
use super::host::{Found, shown};
use super::inclusion::{self, Relation};
use super::rules::{constraint as rules, response};
use super::seat::Seat;
use crate::model::Member;

/// The change of a member's pattern.
pub(super) fn compare(
    seat: &Seat<'_>,
    old: &Member,
    new: &Member,
    found: &mut Found<'_>,
) {
    let (before, after) = (Bounds::of(old), Bounds::of(new));
    let (one, other) = (before.pattern.as_deref(), after.pattern.as_deref());
    if one == other {
        return;
    }
    let relation = inclusion::compare(one.unwrap_or(ANY), other.unwrap_or(ANY));
    let (rule, general) = match (one, other, &relation) {
        (None, ..) => (&rules::PATTERN_ADDED, &response::TIGHTENED),
        (_, None, _) => (&rules::PATTERN_REMOVED, &response::LOOSENED),
        (.., Relation::Narrower(_)) => (&rules::PATTERN_NARROWED, &response::TIGHTENED),
        (.., Relation::Wider(_)) => (&rules::PATTERN_WIDENED, &response::LOOSENED),
        (.., Relation::Equal) => (&rules::PATTERN_REWRITTEN, &rules::PATTERN_REWRITTEN),
        (.., Relation::Incomparable(..)) => {
            (&rules::PATTERN_INCOMPARABLE, &response::LOOSENED)
        }
        (.., Relation::Undecided) => (&rules::PATTERN_UNDECIDED, &response::LOOSENED),
    };
    let word = |pattern: Option<&str>| {
        pattern.map_or("nothing".to_owned(), |pattern| shown(&json!(pattern)))
    };
    let text = format!(
        "the pattern of {} is {}, was {}",
        seat.label,
        word(other),
        word(one)
    );
    let rule = seat.rule(rule, general);
    let values = (json!(one), json!(other));
    let draft = seat.change(rule, "pattern", values, text, found);
    let (lost, won) = match relation {
        Relation::Narrower(lost) => (Some(lost), None),
        Relation::Wider(won) => (None, Some(won)),
        Relation::Incomparable(lost, won) => (Some(lost), Some(won)),
        Relation::Equal | Relation::Undecided => (None, None),
    };
    // The other bounds of the member have their say as well.
    let only = |text: Option<String>, yes: &Bounds, no: &Bounds| -> Option<Value> {
        let value = json!(text?);
        (yes.admit(&value) && !no.admit(&value)).then_some(value)
    };
    draft.change.refused =
        only(lost, &before, &after).or_else(|| sample(&old.matches, &before, &after));
    draft.change.admitted =
        only(won, &after, &before).or_else(|| sample(&new.matches, &after, &before));
}

/// Every text.
const ANY: &str = r"(?s).*";

/// One of the spec's own samples that shows it.
fn sample(samples: &[String], yes: &Bounds, no: &Bounds) -> Option<Value> {
    let mut samples = samples.iter().map(|text| json!(text));
    samples.find(|value| yes.admit(value) && !no.admit(value))
}
