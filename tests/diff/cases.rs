//! A pair of specs for every kind of change: its kind and its verdicts, there and back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use yunspec::diff::rule::rule;
use yunspec::diff::{Change, Side, Verdict, diff};

use crate::base::{Edit, Tree};

#[path = "cases/constraints.rs"]
mod constraints;
#[path = "cases/documents.rs"]
mod documents;
#[path = "cases/errors.rs"]
mod errors;
#[path = "cases/operations.rs"]
mod operations;
#[path = "cases/request.rs"]
mod request;
#[path = "cases/response.rs"]
mod response;
#[path = "cases/services.rs"]
mod services;
#[path = "cases/values.rs"]
mod values;

/// A case: what is edited, and what comes of it in each direction: the kind of change, a
/// letter for each verdict (wire, source, behaviour; `-`, `c`ompatible, `r`isky, `b`reaking),
/// and the bump. What else may be found stands behind a plus.
pub(crate) struct Case {
    pub(crate) edits: &'static [Edit],
    pub(crate) there: &'static str,
    pub(crate) back: &'static str,
}

/// All cases.
pub(crate) fn all() -> Vec<&'static Case> {
    let groups = [
        services::CASES,
        operations::CASES,
        request::CASES,
        constraints::CASES,
        values::CASES,
        response::CASES,
        errors::CASES,
        documents::CASES,
    ];
    groups.into_iter().flatten().collect()
}

fn letter(verdict: Verdict) -> char {
    match verdict {
        Verdict::None => '-',
        Verdict::Compatible => 'c',
        Verdict::Risky => 'r',
        Verdict::Breaking => 'b',
    }
}

/// `request-max-length-added b-b major`.
pub(crate) fn told(change: &Change) -> String {
    let verdicts = [change.wire, change.source, change.behaviour];
    let letters: String = verdicts.into_iter().map(letter).collect();
    format!("{} {letters} {}", change.rule.id, change.bump().as_str())
}

/// What differs from what a case expects.
fn wrong(expected: &str, found: &[Change]) -> Option<String> {
    let mut expected = expected.split(" + ");
    let main = expected.next().unwrap_or_default();
    let others: BTreeSet<&str> = expected.collect();
    let told: Vec<String> = found.iter().map(told).collect();
    let unexpected = found
        .iter()
        .filter(|change| !main.starts_with(&format!("{} ", change.rule.id)))
        .filter(|change| !others.contains(change.rule.id))
        .count();
    let is_there = told.iter().any(|one| one == main);
    (unexpected > 0 || !is_there).then(|| format!("expected {main:?}, found {told:#?}"))
}

/// A case with its two sides and the changes in both directions.
pub(crate) struct Judged {
    pub(crate) case: &'static Case,
    pub(crate) old: Side,
    pub(crate) new: Side,
    pub(crate) there: Vec<Change>,
    pub(crate) back: Vec<Change>,
}

/// All cases, judged once for all tests.
pub(crate) fn judged() -> &'static [Judged] {
    static JUDGED: LazyLock<Vec<Judged>> = LazyLock::new(|| {
        let judge = |case: &'static Case| {
            let edits = case.edits.iter().copied();
            let old = Tree::base().side("old");
            let new = edits.fold(Tree::base(), Tree::edited).side("new");
            let (there, back) = (diff(&old, &new), diff(&new, &old));
            Judged {
                case,
                old,
                new,
                there,
                back,
            }
        };
        all().into_iter().map(judge).collect()
    });
    &JUDGED
}

#[test]
fn every_case_is_judged_as_written_there_and_back() {
    let mut failures = Vec::new();
    for judged in judged() {
        let there = wrong(judged.case.there, &judged.there);
        let back = wrong(judged.case.back, &judged.back);
        for failure in there.into_iter().chain(back) {
            failures.push(format!("{:?}\n{failure}", judged.case.edits));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// A required one that came is no mere addition; gone, it is as gone as any other.
const SEVERAL: [&str; 2] = [
    "common-parameter-became-required",
    "common-parameter-removed",
];

#[test]
fn every_reversed_case_has_the_dual_kind() {
    let id = |text: &'static str| text.split(' ').next().unwrap_or_default();
    let mut wrong = Vec::new();
    for case in all() {
        for (one, other) in [(case.there, case.back), (case.back, case.there)] {
            let rule = rule(id(one)).expect("a case names a rule");
            let leads_back = |it: &yunspec::diff::Rule| it.dual == id(one);
            let back = rule.dual == id(other)
                || yunspec::diff::rule::rule(id(other)).is_some_and(leads_back)
                || SEVERAL.contains(&id(one)) && SEVERAL.contains(&id(other));
            if !back {
                wrong.push(format!("{} / {}", id(one), id(other)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_finding_points_where_its_value_stands() {
    for judged in judged() {
        let case = judged.case;
        for change in &judged.there {
            let id = change.rule.id;
            match (&change.old, &change.new) {
                (Some(_), Some(_)) => {
                    assert!(change.old_place.is_some(), "{id} {:?}", case.edits);
                    assert!(change.new_place.is_some(), "{id} {:?}", case.edits);
                }
                (None, Some(_)) => assert!(change.new_place.is_some(), "{id}"),
                (Some(_), None) => assert!(change.old_place.is_some(), "{id}"),
                (None, None) => panic!("{id} says nothing"),
            }
            let places = change.old_place.iter().chain(&change.new_place);
            for place in places {
                assert!(place.line > 0 && place.column > 0, "{id}: {place:?}");
            }
            assert_eq!(change.fingerprint.len(), 12, "{id}");
        }
    }
}

#[test]
fn a_refused_value_was_accepted_before() {
    let mut shown = BTreeMap::new();
    for judged in judged() {
        for change in judged.there.iter().chain(&judged.back) {
            let known = change.refused.is_some() || change.admitted.is_some();
            *shown.entry(change.rule.id).or_insert(false) |= known;
        }
    }
    let narrowing = shown.iter().filter(|(id, _)| {
        id.starts_with("request-m")
            && (id.contains("-length-") || id.contains("imum") || id.contains("-items-"))
    });
    for (id, known) in narrowing {
        assert!(known, "{id} shows no value that tells old from new");
    }
    for id in ["request-pattern-narrowed", "request-pattern-incomparable"] {
        assert_eq!(shown.get(id), Some(&true), "{id} shows no text");
    }
}
