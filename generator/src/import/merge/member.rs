//! Members that two sources have: the first stands, and takes what it does not say itself.

use std::collections::BTreeSet;

use serde_json::Value;

use super::kind::{self, Verdict, told};
use super::ledger::{Ledger, shown};
use crate::diagnostic::KeyPath;
use crate::spec::{EnumValue, Member};

/// Where a member stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    /// The names of all structures.
    pub(super) structures: &'p BTreeSet<String>,
    /// Whether requests lead there.
    pub(super) sent: bool,
    /// Whether the second source says one thing about what must be sent.
    pub(super) sure: bool,
}

/// Merges what the second source says of a member into the first; whether that brought
/// limits which the first does not tell.
pub(super) fn merge(
    first: &mut Member,
    mut second: Member,
    at: &KeyPath,
    place: Place<'_>,
    ledger: &mut Ledger<'_>,
) -> bool {
    if place.sure && first.required != second.required {
        if place.sent {
            let says = [first.required, second.required];
            ledger.differ(&at.key("required"), says.map(|one| one.to_string()));
        } else if second.required {
            let kind = "that a member always comes back, which only a later source says";
            let shown = ledger.place(at);
            ledger.report.lose(kind, || shown);
        }
    }
    first.sensitive |= second.sensitive;
    texts(first, &mut second);
    match kind::compare(first, &second, place.structures) {
        Verdict::Stands => {}
        Verdict::Yields => {
            first.kind = second.kind.clone();
            first.items = second.items.take();
            first.values = second.values.take();
            first.style = second.style.or(first.style);
        }
        Verdict::Differs => {
            ledger.differ(&at.key("type"), [told(first), told(&second)]);
            return false;
        }
    }
    limits(first, second, at, place, ledger)
}

/// Words and names of which one is as good as another: the first that there is.
fn texts(first: &mut Member, second: &mut Member) {
    for (own, other) in [
        (&mut first.doc, &mut second.doc),
        (&mut first.written, &mut second.written),
        (&mut first.deprecated, &mut second.deprecated),
        (&mut first.format, &mut second.format),
        (&mut first.rust_name, &mut second.rust_name),
        (&mut first.enum_name, &mut second.enum_name),
    ] {
        *own = own.take().or(other.take());
    }
    if first.example.is_none() {
        first.example = second.example.take();
    }
    if first.special.is_empty() {
        first.special = std::mem::take(&mut second.special);
    }
    if first.conditions.is_empty() {
        first.conditions = std::mem::take(&mut second.conditions);
    }
}

fn limits(
    first: &mut Member,
    second: Member,
    at: &KeyPath,
    place: Place<'_>,
    ledger: &mut Ledger<'_>,
) -> bool {
    let mut new = false;
    new |= ledger.fill(at, "minimum", &mut first.minimum, second.minimum);
    new |= ledger.fill(at, "maximum", &mut first.maximum, second.maximum);
    new |= ledger.fill(at, "min_length", &mut first.min_length, second.min_length);
    new |= ledger.fill(at, "max_length", &mut first.max_length, second.max_length);
    new |= ledger.fill(at, "max_bytes", &mut first.max_bytes, second.max_bytes);
    new |= ledger.fill(at, "pattern", &mut first.pattern, second.pattern);
    new |= ledger.fill(at, "separator", &mut first.separator, second.separator);
    new |= ledger.fill(at, "min_items", &mut first.min_items, second.min_items);
    new |= ledger.fill(at, "max_items", &mut first.max_items, second.max_items);
    let same = |one: &Option<Value>, other: &Option<Value>| {
        one.is_some() && one.as_ref().map(shown) == other.as_ref().map(shown)
    };
    if !same(&first.default, &second.default) {
        new |= ledger.fill(at, "default", &mut first.default, second.default);
    }
    // How it is written is no limit; where only one source tells, that is how it is.
    ledger.fill(at, "style", &mut first.style, second.style);
    new |= values(&mut first.values_known, second.values_known, at, ledger);
    for (key, holder, own, other) in [
        ("items", "array", &mut first.items, second.items),
        ("values", "map", &mut first.values, second.values),
    ] {
        match (own.as_deref_mut(), other) {
            (Some(own), Some(other)) => {
                let place = Place {
                    sure: false,
                    ..place
                };
                new |= merge(own, *other, &at.key(key), place, ledger);
            }
            (None, Some(other)) if first.kind == holder => *own = Some(other),
            _ => {}
        }
    }
    new
}

/// Unites two lists of known values, which are open anyway; whether that brought new ones.
fn values(
    first: &mut Vec<EnumValue>,
    second: Vec<EnumValue>,
    at: &KeyPath,
    ledger: &mut Ledger<'_>,
) -> bool {
    let known: BTreeSet<String> = first.iter().map(|one| shown(&one.value)).collect();
    let kind = |one: &EnumValue| std::mem::discriminant(&one.value);
    let mut new = false;
    for value in second {
        let text = shown(&value.value);
        if known.contains(&text) {
            let own = first.iter_mut().find(|own| shown(&own.value) == text);
            if let Some(own) = own {
                own.meaning = own.meaning.take().or(value.meaning);
                own.deprecated = own.deprecated.take().or(value.deprecated);
            }
        } else if first.first().is_none_or(|own| kind(own) == kind(&value)) {
            first.push(value);
            new = true;
        } else {
            ledger.differ(&at.key("enum"), [String::new(), text]);
        }
    }
    new
}
