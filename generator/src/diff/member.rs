//! Members: request parameters and response fields, and those of structures inside.

use std::collections::BTreeSet;

use serde_json::json;

use super::compare::counted;
use super::documents;
use super::host::{Claim, Found, Host, shown};
use super::kit::{Kit, kit};
use super::pairs::{Direction, Pair, Spot};
use super::seat::Seat;
use super::shape::{self, Kind};
use super::{constraint, optional, pattern, values};
use crate::model::{Member, Shape};
use crate::name;

/// The changes of a pair's members. `seen` holds the enumerations that are done: members of
/// one page share them.
pub(super) fn compare(
    pair: &Pair<'_>,
    seen: &mut BTreeSet<values::Key>,
    found: &mut Found<'_>,
) {
    let host = pair.host();
    let kit = kit(pair.direction);
    for found_pair in pair.members() {
        match found_pair {
            (None, Some(member)) => added(pair, &host, kit, member, found),
            (Some(member), None) => removed(pair, &host, kit, member, found),
            (Some(old), Some(new)) => {
                let seat = seat(pair, &host, kit, (old, new));
                both(&seat, old, new, found);
                values::compare(&seat, (old, new), seen, found);
            }
            (None, None) => {}
        }
    }
    order(pair, &host, kit, found);
}

fn seat<'p>(
    pair: &'p Pair<'p>,
    host: &Host,
    kit: &'static Kit,
    (old, new): (&Member, &Member),
) -> Seat<'p> {
    Seat {
        pair,
        host: host.under(&new.name),
        paths: (pair.old.at.key(&old.name), pair.new.at.key(&new.name)),
        claims: [
            Claim::part(&host.old, &pair.old.owner, &old.name),
            Claim::part(&host.new, &pair.new.owner, &new.name),
        ],
        label: label(pair, &new.name),
        kit,
    }
}

/// `request parameter `Name``; inside a structure `request parameter `Filter.Name``.
fn label(pair: &Pair<'_>, name: &str) -> String {
    let word = match pair.direction {
        Direction::Request => "request parameter",
        Direction::Response => "response field",
    };
    match pair.new.at.0.len() {
        1 => format!("{word} `{name}`"),
        _ => format!("{word} `{}.{name}`", pair.new.structure.name),
    }
}

fn added(
    pair: &Pair<'_>,
    host: &Host,
    kit: &'static Kit,
    member: &Member,
    found: &mut Found<'_>,
) {
    let rule = if member.required {
        kit.added_required
    } else {
        kit.added
    };
    let path = pair.new.at.key(&member.name);
    let kind = shape::text(&member.shape);
    let message = format!("{} is new: {kind}", label(pair, &member.name));
    let claims = owned(&pair.new, member);
    let under = host.under(&member.name);
    let value = facts(member);
    let draft = found.added(rule, &under, &path, value, message);
    draft.claim([Claim::part(&host.new, &pair.new.owner, &member.name)]);
    draft.claim(claims.iter().cloned());
    fold(draft, &claims);
}

fn removed(
    pair: &Pair<'_>,
    host: &Host,
    kit: &'static Kit,
    member: &Member,
    found: &mut Found<'_>,
) {
    let rule = if member.deprecated.is_some() {
        kit.removed_deprecated
    } else {
        kit.removed
    };
    let path = pair.old.at.key(&member.name);
    let kind = shape::text(&member.shape);
    let message = format!("{} is gone, was {kind}", label(pair, &member.name));
    let claims = owned(&pair.old, member);
    let under = host.under(&member.name);
    let value = facts(member);
    let draft = found.removed(rule, &under, &path, value, message);
    draft.claim([Claim::part(&host.old, &pair.old.owner, &member.name)]);
    draft.claim(claims.iter().cloned());
    fold(draft, &claims);
}

/// What tells one member from another of the same name, for its fingerprint.
fn facts(member: &Member) -> serde_json::Value {
    json!({
        "type": shape::text(&member.shape),
        "in": member.location,
        "required": member.required,
    })
}

fn fold(draft: &mut super::host::Draft, claims: &[Claim]) {
    if !claims.is_empty() {
        let types = counted(claims.len(), "type");
        draft.change.folded.push(types);
    }
}

/// The structures and enumerations that a member leads to.
fn owned(spot: &Spot<'_>, member: &Member) -> Vec<Claim> {
    let mut claims = BTreeSet::new();
    let mut open = vec![(spot.home, &member.shape)];
    while let Some((home, shape)) = open.pop() {
        match shape {
            Shape::Array(inner) | Shape::Map(inner) => open.push((home, inner)),
            Shape::Enumeration(name) => {
                claims.insert(Claim::owner(&home.file(), &name::type_name(name)));
            }
            Shape::Structure(name) => {
                if let Some(spot) = home.structure(name)
                    && claims.insert(Claim::owner(&spot.home.file(), &spot.owner))
                {
                    let members = spot.structure.members.iter();
                    open.extend(members.map(|member| (spot.home, &member.shape)));
                }
            }
            _ => {}
        }
    }
    claims.into_iter().collect()
}

/// Everything about a member but the values of its enumeration.
fn both(seat: &Seat<'_>, old: &Member, new: &Member, found: &mut Found<'_>) {
    names(seat, old, new, found);
    types(seat, old, new, found);
    if old.required != new.required {
        let rule = if new.required {
            seat.kit.became_required
        } else {
            seat.kit.became_optional
        };
        let word = if new.required { "required" } else { "optional" };
        let text = format!("{} is {word}", seat.label);
        seat.change(
            rule,
            "required",
            (json!(old.required), json!(new.required)),
            text,
            found,
        );
    }
    if old.location != new.location {
        let text = format!(
            "{} travels in the {}, was in the {}",
            seat.label,
            word(&json!(new.location)),
            word(&json!(old.location))
        );
        let values = (json!(old.location), json!(new.location));
        seat.change(seat.kit.location, "in", values, text, found);
    }
    if old.style != new.style {
        let text = format!(
            "{} is written as {}, was {}",
            seat.label,
            word(&json!(new.style)),
            word(&json!(old.style))
        );
        let values = (json!(old.style), json!(new.style));
        seat.change(seat.kit.encoding, "style", values, text, found);
    }
    if old.sensitive != new.sensitive {
        let (rule, word) = if new.sensitive {
            (seat.kit.sensitive, "is a secret")
        } else {
            (seat.kit.not_sensitive, "is no secret any more")
        };
        let text = format!("{} {word}", seat.label);
        let values = (json!(old.sensitive), json!(new.sensitive));
        seat.change(rule, "sensitive", values, text, found);
    }
    deprecated(seat, old, new, found);
    optional::facts(seat, old, new, found);
    constraint::compare(seat, old, new, found);
    pattern::compare(seat, old, new, found);
    optional::texts(seat, old, new, found);
}

fn names(seat: &Seat<'_>, old: &Member, new: &Member, found: &mut Found<'_>) {
    let rust = |one: &Member| name::field(one.rust_name.as_deref().unwrap_or(&one.name));
    let (before, after) = (rust(old), rust(new));
    if old.name != new.name {
        let text = format!("{} was `{}` on the wire", seat.label, old.name);
        let values = (json!(old.name), json!(new.name));
        let paths = (&seat.paths.0, &seat.paths.1);
        let values = (Some(values.0), Some(values.1));
        found
            .changed(seat.kit.wire_name, &seat.host, paths, values, text)
            .claim(seat.claims.clone());
    } else if before != after {
        let text = format!("{} is `{after}` in Rust, was `{before}`", seat.label);
        let values = (json!(before), json!(after));
        seat.change(seat.kit.rust_name, "rust_name", values, text, found);
    }
}

/// The type, but for the names of structures and enumerations.
fn types(seat: &Seat<'_>, old: &Member, new: &Member, found: &mut Found<'_>) {
    let homes = (seat.pair.old.home, seat.pair.new.home);
    let before = Kind::of(homes.0, &old.shape);
    let after = Kind::of(homes.1, &new.shape);
    let Some(step) = shape::step(&before, &after) else {
        return;
    };
    let rule = seat.kit.step(step);
    let kinds = (before.to_string(), after.to_string());
    let text = format!("{} is {}, was {}", seat.label, kinds.1, kinds.0);
    let mut claims = owned(&seat.pair.old, old);
    claims.extend(owned(&seat.pair.new, new));
    let values = (json!(kinds.0), json!(kinds.1));
    let draft = seat.change(rule, "type", values, text, found);
    draft.claim(claims);
    let texts = shape::is_text(&before) && shape::is_text(&after);
    if texts && step == shape::Step::Changed {
        draft.change.wire = super::Verdict::Risky;
    }
}

fn deprecated(seat: &Seat<'_>, old: &Member, new: &Member, found: &mut Found<'_>) {
    let rule = match (&old.deprecated, &new.deprecated) {
        (None, Some(_)) => seat.kit.deprecated,
        (Some(_), None) => seat.kit.undeprecated,
        (one, other) => {
            let paths = (&seat.paths.0, &seat.paths.1);
            return documents::at(&seat.host, "deprecated", paths, (one, other), found);
        }
    };
    let word = if new.deprecated.is_some() {
        "is"
    } else {
        "is no longer"
    };
    let text = format!("{} {word} deprecated", seat.label);
    let values = (json!(old.deprecated), json!(new.deprecated));
    seat.change(rule, "deprecated", values, text, found);
}

fn order(pair: &Pair<'_>, host: &Host, kit: &'static Kit, found: &mut Found<'_>) {
    let both = pair.members();
    let matched = both.iter().filter_map(|(old, new)| old.zip(*new));
    let after: Vec<_> = matched.map(|(old, _)| old.name.as_str()).collect();
    let before: Vec<_> = pair
        .old
        .structure
        .members
        .iter()
        .map(|one| one.name.as_str())
        .filter(|name| after.contains(name))
        .collect();
    if before == after {
        return;
    }
    let message = format!("{} stand in another order", host.subject);
    let under = host.under("order");
    let values = (Some(json!(before)), Some(json!(after)));
    let paths = (&pair.old.at, &pair.new.at);
    let draft = found.changed(kit.order, &under, paths, values, message);
    draft.claim([
        Claim::owner(&host.old, &pair.old.owner),
        Claim::owner(&host.new, &pair.new.owner),
    ]);
}

fn word(value: &serde_json::Value) -> String {
    shown(value)
}
