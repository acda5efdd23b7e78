//! Values that one set of bounds admits and another refuses.

use serde_json::{Value, json};

use super::bounds::Bounds;
use super::inclusion;
use crate::model::{Member, Shape};

/// Values longer than this, in characters or items, show nobody anything.
const LONGEST: usize = 20_000;
/// What texts are filled with: a pattern may admit one of them.
const FILLERS: [&str; 6] = ["a", "A", "1", "0", "_", "中"];

/// A value that the old bounds admit and the new ones refuse; nothing where none was found.
pub(super) fn refused(old: &Member, new: &Member) -> Option<Value> {
    let (before, after) = (Bounds::of(old), Bounds::of(new));
    let candidates = match &new.shape {
        Shape::Array(item) => items(item, &after),
        Shape::Int32 | Shape::Int64 | Shape::Uint64 | Shape::Number => numbers(&after),
        _ => texts(&before, &after),
    };
    candidates
        .into_iter()
        .find(|value| before.admit(value) && !after.admit(value))
}

/// Texts just beside the new bounds.
fn texts(before: &Bounds, after: &Bounds) -> Vec<Value> {
    let mut lengths = Vec::new();
    lengths.extend(after.max_length.map(|most| most + 1));
    lengths.extend(after.max_bytes.map(|most| most + 1));
    lengths.extend(after.max_bytes.map(|most| most / 3 + 1));
    lengths.extend(after.min_length.and_then(|least| least.checked_sub(1)));
    lengths.retain(|length| *length <= LONGEST);
    let filled = |length: &usize| {
        let length = *length;
        let pattern = before.pattern.as_deref();
        let plain = FILLERS.iter().map(move |filler| filler.repeat(length));
        let fitting = pattern.and_then(|pattern| inclusion::of_length(pattern, length));
        plain.chain(fitting).map(|text| json!(text))
    };
    let mut texts: Vec<_> = lengths.iter().flat_map(filled).collect();
    if let (Some(by), Some(most)) = (&after.separator, after.max_items) {
        let items = vec!["a"; (most + 1).min(LONGEST)];
        texts.push(json!(items.join(by)));
    }
    texts
}

/// Numbers just beside the new bounds.
fn numbers(after: &Bounds) -> Vec<Value> {
    let mut numbers = Vec::new();
    for (bound, step) in [(after.maximum, 1.0), (after.minimum, -1.0)] {
        if let Some(bound) = bound {
            let value = bound + step;
            #[allow(
                clippy::cast_possible_truncation,
                reason = "checked: it is whole and below 2^53"
            )]
            numbers.push(if value.fract() == 0.0 && value.abs() < 9e15 {
                json!(value as i64)
            } else {
                json!(value)
            });
        }
    }
    numbers
}

/// Arrays just beside the new bounds, of items that every type has.
fn items(item: &Shape, after: &Bounds) -> Vec<Value> {
    let item = match item {
        Shape::Int32 | Shape::Int64 | Shape::Uint64 | Shape::Number => json!(1),
        Shape::Boolean => json!(true),
        Shape::Array(_) => json!([]),
        Shape::Map(_) | Shape::Structure(_) => json!({}),
        _ => json!("a"),
    };
    let more = after.max_items.map(|most| most + 1);
    let fewer = after.min_items.and_then(|least| least.checked_sub(1));
    let lengths = more.into_iter().chain(fewer);
    lengths
        .filter(|length| *length <= LONGEST)
        .map(|length| Value::Array(vec![item.clone(); length]))
        .collect()
}
