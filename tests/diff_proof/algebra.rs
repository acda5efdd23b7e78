//! What holds for any specs: nothing differs from itself, the order of keys is nothing, two
//! runs say the same, the way back has the duals, and two changes are the sum of both.

use std::collections::BTreeSet;
use std::fs;

use serde_yaml::{Mapping, Value as Yaml};
use yunspec::diff::rule::rule;
use yunspec::diff::{Change, Rule, Verdict, diff};
use yunspec_tests::transcribed;

use crate::mutation::Step;
use crate::outcome::{Outcome, outcomes, sides};
use crate::sets::{Set, load, sets, text, write};

#[test]
fn nothing_differs_from_itself() {
    for (set, side) in sets().iter().zip(sides()) {
        let again = set.side();
        let found = diff(side, &again);
        assert!(found.is_empty(), "{}: {found:#?}", set.id);
    }
    // The files as people wrote them say what their values say.
    let copy = transcribed::specs();
    let specs = copy.path();
    for (set, side) in sets().iter().zip(sides()).take(5) {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for (path, _) in &set.files {
            let text = fs::read_to_string(specs.join(path)).expect("it can be read");
            write(folder.path(), path, &text);
        }
        let written = load(folder.path()).expect("the specs pass check");
        let found = diff(side, &written);
        assert!(found.is_empty(), "{}: {found:#?}", set.id);
    }
}

/// The same with every mapping of the format's own keys in another order; so many levels
/// hold names of the page instead, in the order of the page.
fn reordered(value: &Yaml, levels: usize) -> Yaml {
    match value {
        Yaml::Mapping(map) => {
            let mut entries: Vec<_> = map
                .iter()
                .map(|(key, value)| {
                    let below = match key.as_str().unwrap_or_default() {
                        _ if levels > 0 => levels - 1,
                        "request" | "response" | "error_body" => 1,
                        "types" => 2,
                        _ => 0,
                    };
                    (key.clone(), reordered(value, below))
                })
                .collect();
            if levels == 0 {
                entries.reverse();
            }
            Yaml::Mapping(entries.into_iter().collect::<Mapping>())
        }
        Yaml::Sequence(items) => {
            Yaml::Sequence(items.iter().map(|item| reordered(item, 0)).collect())
        }
        leaf => leaf.clone(),
    }
}

#[test]
fn the_order_of_keys_comments_and_spaces_are_nothing() {
    for (set, side) in sets().iter().zip(sides()) {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for (path, value) in &set.files {
            let text = text(&reordered(value, 0));
            let text = text.replace("\n  \"", "\n\n    # A remark.\n  \"");
            write(folder.path(), path, &format!("# First of all.\n{text}\n\n"));
        }
        let other = load(folder.path()).expect("it says the same");
        let found = diff(side, &other);
        assert!(found.is_empty(), "{}: {found:#?}", set.id);
    }
}

#[test]
fn two_runs_say_the_same() {
    let json = |found: &[Change]| serde_json::to_string(found).expect("it serialises");
    for outcome in outcomes().iter().step_by(7) {
        let again = diff(outcome.old(), &outcome.side());
        assert_eq!(json(&outcome.changes), json(&again), "{}", outcome.shown());
    }
}

/// A required one that goes is gone like any other, and comes as required.
const SEVERAL: [&str; 2] = [
    "common-parameter-became-required",
    "common-parameter-removed",
];

/// Whether one kind of change is the other one, seen from the other side.
fn is_dual(one: &Rule, other: &Rule) -> bool {
    let same = |id: &str, of: &Rule| {
        let twin = rule(id).is_some_and(|dual| dual.dual == of.id);
        id == of.id || twin
    };
    one.dual == other.id
        || other.dual == one.id
        || same(one.dual, other)
        || same(other.dual, one)
        || one.dual == other.dual
        || SEVERAL.contains(&one.id) && SEVERAL.contains(&other.id)
}

/// The findings whose reversal is missing on the way back.
pub(crate) fn without_dual(there: &[Change], back: &[Change]) -> Vec<&'static str> {
    let missing = there.iter().filter(|one| {
        let here = |other: &&Change| is_dual(one.rule, other.rule);
        !back.iter().any(|other| here(&other))
    });
    missing.map(|one| one.rule.id).collect()
}

#[test]
fn the_way_back_has_the_duals() {
    let mut wrong = BTreeSet::new();
    for outcome in outcomes() {
        for (there, back) in [
            (&outcome.changes, &outcome.back),
            (&outcome.back, &outcome.changes),
        ] {
            let missing = without_dual(there, back);
            if !missing.is_empty() {
                let back: Vec<_> = back.iter().map(|one| one.rule.id).collect();
                wrong.insert(format!("{missing:?} / {back:?}: {}", outcome.shown()));
            }
        }
    }
    println!("{} mutations there and back", outcomes().len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What a finding is, without the line that it stands on.
fn told(changes: &[Change]) -> BTreeSet<(&'static str, &str, Verdict, Verdict)> {
    let told = changes.iter();
    told.map(|one| (one.rule.id, one.subject.as_str(), one.wire, one.behaviour))
        .collect()
}

/// Mutations of one file that touch different members.
fn apart(one: &Outcome, other: &Outcome) -> bool {
    let (one, other) = (&one.mutation, &other.mutation);
    let member = |path: &[Step]| path.get(..2).map(<[Step]>::to_vec);
    let in_members = |path: &[Step]| {
        matches!(path.first(), Some(Step::Key(key)) if key == "request" || key == "response")
            && path.len() > 2
    };
    (one.set, one.file) == (other.set, other.file)
        && in_members(&one.path)
        && in_members(&other.path)
        && member(&one.path) != member(&other.path)
}

fn both(one: &Outcome, other: &Outcome, set: &Set) -> Option<Set> {
    other.mutation.mutated(&one.mutation.mutated(set)?)
}

#[test]
fn two_changes_are_the_sum_of_both() {
    let mut pairs = 0;
    for (index, one) in outcomes().iter().enumerate().step_by(5) {
        let mut rest = outcomes()[index + 1..].iter();
        let Some(other) = rest.find(|other| apart(one, other)) else {
            continue;
        };
        let set = &sets()[one.mutation.set];
        let Some(end) = both(one, other, set) else {
            continue;
        };
        let folder = end.lay();
        let Some(end) = load(folder.path()) else {
            continue;
        };
        let middle = one.side();
        let steps = [diff(one.old(), &middle), diff(&middle, &end)];
        let whole = diff(one.old(), &end);
        let sum: BTreeSet<_> = steps.iter().flat_map(|changes| told(changes)).collect();
        assert_eq!(told(&whole), sum, "{} + {}", one.shown(), other.shown());
        pairs += 1;
    }
    println!("{pairs} pairs of changes");
    assert!(pairs > 10, "{pairs}");
}
