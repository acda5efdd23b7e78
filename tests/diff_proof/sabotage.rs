//! The differ is mutated: a kind of change is dropped from what it says, or the two sides
//! are taken for each other. A layer of the proof has to notice.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;
use yunspec::diff::Change;
use yunspec::diff::rule::rule;

use crate::algebra::without_dual;
use crate::histories;
use crate::mutation::Edit;
use crate::outcome::{Outcome, outcomes};
use crate::sets::sets;
use crate::source::judged;
use crate::wire::compared;

/// Kinds of changes whose loss no layer can see, and why.
const UNNOTICED: &[(&str, &str)] = &[(
    "struct-direction-changed",
    "it only goes along with the finding on the operation or member that used the structure",
)];

/// Kinds of changes whose reversal no layer can see, and why.
const UNTURNED: &[(&str, &str)] = &[
    ("request-parameter-became-enum", BOTH),
    ("request-parameter-stopped-being-enum", BOTH),
    ("response-field-became-enum", BOTH),
    ("response-field-stopped-being-enum", BOTH),
];
const BOTH: &str =
    "both ways break the source, and its values are the differ's own words";

/// A layer, and how often it notices.
type Noticed = BTreeMap<&'static str, usize>;

/// What a broken differ says in place of what the differ says.
type Sabotage<'s> = &'s dyn Fn(&[Change], &[Change]) -> Vec<Change>;

/// What each layer says of a broken differ, over the mutations where it speaks of a kind.
fn layers(id: &str, broken: Sabotage<'_>) -> Noticed {
    let mut noticed = Noticed::new();
    let mut count =
        |layer, seen: bool| *noticed.entry(layer).or_default() += usize::from(seen);
    let about = |outcome: &Outcome| outcome.ids().any(|one| one == id);
    for outcome in outcomes().iter().filter(|one| about(one)) {
        let said = broken(&outcome.changes, &outcome.back);
        let back = broken(&outcome.back, &outcome.changes);
        count("completeness", said.is_empty());
        count("duals", !without_dual(&said, &back).is_empty());
        count("duals", !without_dual(&back, &said).is_empty());
        count("direction", !points_well(outcome, &said));
    }
    for judged in judged().iter().filter(|one| about(one.outcome)) {
        let outcome = judged.outcome;
        let said = broken(&outcome.changes, &outcome.back);
        count("compiler", !judged.agrees(&said));
    }
    for sent in compared().iter().filter(|one| about(one.outcome)) {
        let said = broken(&sent.outcome.changes, &sent.outcome.back);
        count("wire", !sent.agrees(&said));
    }
    for history in histories::all().iter().filter(|one| one.has(id)) {
        let said = broken(&history.changes, &history.back);
        count("histories", histories::told(&said) != history.told());
    }
    noticed
}

/// Whether a value is there, or inside.
fn holds(value: Option<&Json>, part: &Json) -> bool {
    value.is_some_and(|value| match value {
        _ if value == part => true,
        Json::Array(items) => items.iter().any(|one| holds(Some(one), part)),
        Json::Object(map) => map.values().any(|one| holds(Some(one), part)),
        _ => false,
    })
}

/// Whether the findings point the way of the edit: what was there is not told as new, and
/// what is new not as old.
fn points_well(outcome: &Outcome, changes: &[Change]) -> bool {
    let mutation = &outcome.mutation;
    let json = |value: &Yaml| serde_json::to_value(value).unwrap_or_default();
    let leaf = mutation.before(&sets()[mutation.set]).map(json);
    let leaf = leaf.unwrap_or_default();
    let any = |is: &dyn Fn(&Change) -> bool| changes.iter().any(is);
    let comes = any(&|one| one.old.is_none() && one.new.is_some());
    let goes = any(&|one| one.old.is_some() && one.new.is_none());
    // A value that was put in place of another one.
    let swapped = |one: &Change, was: &Json, is: &Json| {
        let (old, new) = (one.old.as_ref(), one.new.as_ref());
        let wrong_old = holds(old, is) && !holds(old, was);
        let wrong_new = holds(new, was) && !holds(new, is);
        (old.is_none() || wrong_old) && (new.is_none() || wrong_new)
    };
    match &mutation.edit {
        Edit::Insert(_, value, _) => {
            let value = json(value);
            let old = |one: &Change| {
                one.old.as_ref() == Some(&value) && one.new.as_ref() != Some(&value)
            };
            comes || !goes && !any(&old)
        }
        Edit::Push(_) => comes || !goes,
        Edit::Remove => {
            let new = |one: &Change| {
                one.new.as_ref() == Some(&leaf) && one.old.as_ref() != Some(&leaf)
            };
            goes || !comes && !any(&new)
        }
        Edit::Set(to) => !any(&|one| swapped(one, &leaf, &json(to))),
        Edit::Rename(_) | Edit::Swap => true,
    }
}

#[test]
fn findings_point_the_way_of_the_edit() {
    let wrong = outcomes().iter();
    let wrong = wrong.filter(|one| !points_well(one, &one.changes));
    let wrong: Vec<_> = wrong
        .map(|one| format!("{}: {:?}", one.shown(), one.ids().collect::<Vec<_>>()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn kinds() -> BTreeSet<&'static str> {
    outcomes().iter().flat_map(Outcome::ids).collect()
}

/// Prints who notices what; gives the kinds that nobody notices.
fn report(what: &str, found: &BTreeMap<&'static str, Noticed>) -> Vec<&'static str> {
    let mut sums = Noticed::new();
    for noticed in found.values() {
        for (layer, count) in noticed {
            *sums.entry(layer).or_default() += usize::from(*count > 0);
        }
    }
    println!("{what}: {} kinds, noticed by {sums:?}", found.len());
    let silent = found.iter();
    silent
        .filter(|(_, noticed)| noticed.values().all(|count| *count == 0))
        .map(|(id, _)| *id)
        .collect()
}

#[test]
fn a_dropped_rule_is_noticed() {
    let found = kinds().into_iter().map(|id| {
        let drop = |said: &[Change], _: &[Change]| -> Vec<Change> {
            said.iter()
                .filter(|one| one.rule.id != id)
                .cloned()
                .collect()
        };
        (id, layers(id, &drop))
    });
    let silent = report("dropped", &found.collect());
    let waived = |id: &&&str| UNNOTICED.iter().any(|(waived, _)| waived == *id);
    let open: Vec<_> = silent.iter().filter(|id| !waived(id)).collect();
    println!("dropped, not noticed: {silent:?}");
    assert!(open.is_empty(), "each needs a layer, or a reason: {open:?}");
}

#[test]
fn a_flipped_direction_is_noticed() {
    let found = kinds().into_iter().map(|id| {
        let flip = |_: &[Change], back: &[Change]| back.to_vec();
        (id, layers(id, &flip))
    });
    let found: BTreeMap<_, _> = found.collect();
    let silent = report("flipped", &found);
    // A kind that is its own dual reads the same both ways, but for its verdicts.
    let own = |id: &&str| rule(id).is_some_and(|rule| rule.dual == *id);
    let (own, wrong): (Vec<_>, Vec<_>) = silent.into_iter().partition(own);
    println!("the same both ways: {}", own.len());
    println!("flipped, not noticed: {wrong:?}");
    let waived = |id: &&&str| UNTURNED.iter().any(|(waived, _)| waived == *id);
    let open: Vec<_> = wrong.iter().filter(|id| !waived(id)).collect();
    assert!(open.is_empty(), "each needs a layer, or a reason: {open:?}");
}
