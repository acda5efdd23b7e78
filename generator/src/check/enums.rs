//! Rules about the known values of a member.

use std::collections::BTreeSet;

use super::report::Report;
use super::scope::{Scope, Site, Type};
use super::values::{Miss, misses, shown};
use crate::diagnostic::rules;

rules! {
    "values";
    ENUM_EMPTY: Error "enum-empty",
        "An enumeration without values",
        "The page's list was lost, or there is none.",
        "Find the values in an official SDK and record an erratum, or remove `enum` and record \
         a gap.",
        "State: { type: string, enum: [] }";
    ENUM_DUPLICATE: Error "enum-duplicate-value",
        "A value stands twice in an enumeration",
        "One value cannot have two meanings.",
        "Remove one.",
        "enum: [{ value: a }, { value: a }]";
    ENUM_TYPE: Error "enum-value-type-mismatch",
        "A known value is not of the member's type",
        "It could never be sent or received.",
        "Mend the value or the type; a text of digits needs quotes.",
        "Kind: { type: integer, enum: [{ value: '1', name: One }] }";
    ENUM_CONSTRAINT: Error "enum-value-violates-constraint",
        "A known value breaks the member's own rules",
        "Validation would refuse a value that the page lists.",
        "Mend the rule, and record what the page says as an erratum.",
        "Kind: { type: string, max_length: 2, enum: [{ value: abc }] }";
    LOOSER: Warning "constraint-looser-than-enum",
        "A bound admits more than the known values",
        "The page contradicts itself: either a value is missing, or the bound says nothing.",
        "Where the page has it so, answer the rule with a gap that says what is not told.",
        "Kind: { type: integer, maximum: 10, enum: [{ value: 1, name: One }] }";
}

/// The known values of one member.
pub(super) fn site(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let member = site.member;
    let source = scope.source;
    if member.values_known.is_empty() {
        if site.node.is_some_and(|member| member.get("enum").is_some()) {
            let message = format!("`{}` has an enumeration without values", site.name);
            report.key(&ENUM_EMPTY, source, &site.path().key("enum"), message);
        }
        return;
    }
    let path = site.path().key("enum");
    let mut plain = member.clone();
    plain.values_known.clear();
    let mut before = BTreeSet::new();
    for (index, known) in member.values_known.iter().enumerate() {
        let path = path.item(index).key("value");
        if !before.insert(known.value.to_string()) {
            let message = format!("{} stands twice", shown(&known.value));
            report.value(&ENUM_DUPLICATE, source, &path, message);
        }
        for (miss, message) in misses(&known.value, &plain, scope) {
            let rule = if miss == Miss::Type {
                &ENUM_TYPE
            } else {
                &ENUM_CONSTRAINT
            };
            report.value(rule, source, &path, message);
        }
    }
    looser(site, scope, report);
}

fn looser(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let member = site.member;
    let numbers: Vec<f64> = member
        .values_known
        .iter()
        .filter_map(|known| known.value.as_f64())
        .collect();
    if !matches!(scope.type_of(member), Type::Integer(..)) || numbers.is_empty() {
        return;
    }
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (key, bound, looser, end) in [
        (
            "minimum",
            member.minimum,
            member.minimum.is_some_and(|bound| bound < least),
            least,
        ),
        (
            "maximum",
            member.maximum,
            member.maximum.is_some_and(|bound| bound > most),
            most,
        ),
    ] {
        if let (Some(bound), true) = (bound, looser) {
            let message = format!("the {key} is {bound}, the last known value {end}");
            report.value(&LOOSER, scope.source, &site.path().key(key), message);
        }
    }
}
