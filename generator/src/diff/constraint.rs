//! The rules that are checked before sending, and what a response is documented to keep to.

use serde_json::{Value, json};

use super::bounds::Bounds;
use super::host::Found;
use super::pairs::Direction;
use super::rules::{constraint as rules, response};
use super::seat::Seat;
use super::{Rule, example};
use crate::model::Member;

/// One bound: its key, whether more is looser, its rules (added, removed, decreased,
/// increased), and where it stands among the bounds.
struct Family {
    key: &'static str,
    upper: bool,
    rules: [&'static Rule; 4],
    get: fn(&Bounds) -> Option<f64>,
}

#[allow(
    clippy::cast_precision_loss,
    reason = "lengths and counts are far below 2^52"
)]
static FAMILIES: [Family; 7] = [
    Family {
        key: "max_length",
        upper: true,
        rules: [
            &rules::MAX_LENGTH_ADDED,
            &rules::MAX_LENGTH_REMOVED,
            &rules::MAX_LENGTH_DECREASED,
            &rules::MAX_LENGTH_INCREASED,
        ],
        get: |bounds| bounds.max_length.map(|bound| bound as f64),
    },
    Family {
        key: "min_length",
        upper: false,
        rules: [
            &rules::MIN_LENGTH_ADDED,
            &rules::MIN_LENGTH_REMOVED,
            &rules::MIN_LENGTH_DECREASED,
            &rules::MIN_LENGTH_INCREASED,
        ],
        get: |bounds| bounds.min_length.map(|bound| bound as f64),
    },
    Family {
        key: "max_bytes",
        upper: true,
        rules: [
            &rules::MAX_BYTES_ADDED,
            &rules::MAX_BYTES_REMOVED,
            &rules::MAX_BYTES_DECREASED,
            &rules::MAX_BYTES_INCREASED,
        ],
        get: |bounds| bounds.max_bytes.map(|bound| bound as f64),
    },
    Family {
        key: "maximum",
        upper: true,
        rules: [
            &rules::MAXIMUM_ADDED,
            &rules::MAXIMUM_REMOVED,
            &rules::MAXIMUM_DECREASED,
            &rules::MAXIMUM_INCREASED,
        ],
        get: |bounds| bounds.maximum,
    },
    Family {
        key: "minimum",
        upper: false,
        rules: [
            &rules::MINIMUM_ADDED,
            &rules::MINIMUM_REMOVED,
            &rules::MINIMUM_DECREASED,
            &rules::MINIMUM_INCREASED,
        ],
        get: |bounds| bounds.minimum,
    },
    Family {
        key: "max_items",
        upper: true,
        rules: [
            &rules::MAX_ITEMS_ADDED,
            &rules::MAX_ITEMS_REMOVED,
            &rules::MAX_ITEMS_DECREASED,
            &rules::MAX_ITEMS_INCREASED,
        ],
        get: |bounds| bounds.max_items.map(|bound| bound as f64),
    },
    Family {
        key: "min_items",
        upper: false,
        rules: [
            &rules::MIN_ITEMS_ADDED,
            &rules::MIN_ITEMS_REMOVED,
            &rules::MIN_ITEMS_DECREASED,
            &rules::MIN_ITEMS_INCREASED,
        ],
        get: |bounds| bounds.min_items.map(|bound| bound as f64),
    },
];

/// The changes of a member's bounds.
pub(super) fn compare(
    seat: &Seat<'_>,
    old: &Member,
    new: &Member,
    found: &mut Found<'_>,
) {
    let before = Bounds::of(old);
    let after = Bounds::of(new);
    let unit = unit_changed(&before, &after);
    if unit {
        let values = (length(&before), length(&after));
        let text = format!("the length of {} counts another unit", seat.label);
        let rule = seat.rule(&rules::LENGTH_UNIT, &response::LOOSENED);
        let draft = seat.change(rule, "max_length", values, text, found);
        let refused = example::refused(old, new);
        draft.change.refused = refused;
    }
    for family in &FAMILIES {
        if unit && ["max_length", "max_bytes"].contains(&family.key) {
            continue;
        }
        family.compare(seat, (old, new), (&before, &after), found);
    }
    if before.separator != after.separator
        && before.separator.is_some()
        && after.separator.is_some()
    {
        let values = (json!(before.separator), json!(after.separator));
        let text = format!("the items of {} are joined by something else", seat.label);
        let rule = seat.rule(&rules::SEPARATOR, &response::FORMAT);
        seat.change(rule, "separator", values, text, found);
    }
}

fn unit_changed(old: &Bounds, new: &Bounds) -> bool {
    let unit =
        |bounds: &Bounds| (bounds.max_length.is_some(), bounds.max_bytes.is_some());
    matches!(
        (unit(old), unit(new)),
        ((true, false), (false, true)) | ((false, true), (true, false))
    )
}

fn length(bounds: &Bounds) -> Value {
    match (bounds.max_length, bounds.max_bytes) {
        (Some(most), _) => json!({ "max_length": most }),
        (None, most) => json!({ "max_bytes": most }),
    }
}

impl Family {
    fn compare(
        &self,
        seat: &Seat<'_>,
        (old, new): (&Member, &Member),
        (before, after): (&Bounds, &Bounds),
        found: &mut Found<'_>,
    ) {
        let (before, after) = ((self.get)(before), (self.get)(after));
        let [added, removed, decreased, increased] = self.rules;
        let (rule, tighter) = match (before, after) {
            (None, Some(_)) => (added, true),
            (Some(_), None) => (removed, false),
            (Some(one), Some(other)) if other < one => (decreased, self.upper),
            (Some(one), Some(other)) if other > one => (increased, !self.upper),
            _ => return,
        };
        let general = if tighter {
            &response::TIGHTENED
        } else {
            &response::LOOSENED
        };
        let word = |bound: Option<f64>| {
            bound.map_or("none".to_owned(), |bound| bound.to_string())
        };
        let text = format!(
            "`{}` of {} is {}, was {}",
            self.key,
            seat.label,
            word(after),
            word(before)
        );
        let values = (number(before), number(after));
        let rule = seat.rule(rule, general);
        let draft = seat.change(rule, self.key, values, text, found);
        if tighter {
            draft.change.refused = example::refused(old, new);
        } else {
            draft.change.admitted = example::refused(new, old);
        }
    }
}

/// A bound as a spec writes it: whole where it is whole.
#[allow(
    clippy::cast_possible_truncation,
    reason = "checked: it is whole and below 2^53"
)]
fn number(bound: Option<f64>) -> Value {
    match bound {
        Some(bound) if bound.fract() == 0.0 && bound.abs() < 9e15 => {
            json!(bound as i64)
        }
        bound => json!(bound),
    }
}

impl Seat<'_> {
    /// The rule of the member's direction.
    pub(super) fn rule(
        &self,
        request: &'static Rule,
        response: &'static Rule,
    ) -> &'static Rule {
        match self.pair.direction {
            Direction::Request => request,
            Direction::Response => response,
        }
    }
}
