//! No leaf is silent: each mutation that passes `check` gives a finding, or stands on the
//! list with a reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::outcome::{Outcome, all, outcomes, tried};
use crate::sets::sets;

/// Mutations that may stay without a finding: the end of the path with the edit, and why.
/// The middle of a path is behind a star.
const WAIVED: &[(&str, &str)] = &[
    (
        " insert method",
        "every operation of that provider has a method of its own",
    ),
    (
        " insert path",
        "every operation of that provider has a path of its own",
    ),
    (
        "common_parameters.* swap",
        "the client fills them in by name",
    ),
    ("error_body.* swap", "an error is read by name"),
    (
        "endpoint.alternates.* swap",
        "hosts are found by their purpose",
    ),
    (
        "endpoint.global_regions.[] swap",
        "a set, written as a list",
    ),
    ("endpoint.regions.[] swap", "a set, written as a list"),
    ("errata.[] swap", "each entry names its place"),
    ("gaps.[] swap", "each entry names its place"),
    ("notes.[] swap", "each entry names its place"),
    (
        "errors.[] swap",
        "a provider's errors, and entries without a code, have no order",
    ),
    ("conditions.[] swap", "all of them hold"),
    ("special.* swap", "the values are found by themselves"),
    ("types.* swap", "a structure is found by its name"),
    (
        "insert separator",
        "without a limit of items it is no rule, and the model drops it",
    ),
    (
        "errors.[] insert deprecated",
        "an entry without a code becomes no variant",
    ),
    (
        "errors.[] insert name",
        "an entry without a code becomes no variant",
    ),
    (
        "insert enum_name",
        "a boolean with meanings becomes no enum",
    ),
    ("insert in", "it says what the provider's rule says"),
    (
        " insert members_in",
        "it says what the provider's rule says, or each member says it",
    ),
    (" insert protocol", "it says what the provider's rule says"),
    (
        "insert renamed_from",
        "it tells the differ about a name, and is no fact itself",
    ),
    (
        "items insert *",
        "of what an array holds, the model keeps the shape and no more",
    ),
    (
        "request.*.type set",
        "the numbers of an enumeration have no width",
    ),
];

/// The waiver for the pattern of a mutation.
fn waiver(pattern: &str) -> Option<usize> {
    WAIVED
        .iter()
        .position(|(waived, _)| match waived.strip_suffix('*') {
            Some(start) => pattern.contains(start),
            None => pattern.ends_with(waived),
        })
}

#[test]
fn every_mutation_gives_a_finding_or_is_waived() {
    let tried = tried();
    let mut silent: BTreeMap<String, String> = BTreeMap::new();
    let mut used = BTreeSet::new();
    let mut rows = vec![[0; 2]; sets().len()];
    for outcome in outcomes() {
        let row = &mut rows[outcome.mutation.set];
        if !outcome.changes.is_empty() {
            row[0] += 1;
            continue;
        }
        let pattern = outcome.mutation.pattern();
        match waiver(&pattern) {
            Some(index) => {
                used.insert(index);
                row[1] += 1;
            }
            None => {
                silent.insert(pattern, outcome.shown());
            }
        }
    }
    let mut totals = [0; 6];
    for (number, set) in sets().iter().enumerate() {
        let [found, waived] = rows[number];
        let refused = tried.taken[number] - found - waived;
        let row = [
            tried.leaves[number],
            tried.known[number],
            tried.taken[number],
            refused,
            found,
            waived,
        ];
        println!(
            "{}: [leaves, mutations, tried, refused, found, waived] {row:?}",
            set.id
        );
        for (total, one) in totals.iter_mut().zip(row) {
            *total += one;
        }
    }
    let rules: BTreeSet<_> = outcomes().iter().flat_map(Outcome::ids).collect();
    println!("all: {totals:?}, {} kinds of changes", rules.len());
    assert!(silent.is_empty(), "{silent:#?}");
    if !all() {
        println!("one of each kind; YUNSPEC_JUDGE=all tries every one");
        return;
    }
    let unused = WAIVED.iter().enumerate();
    let unused: Vec<_> = unused
        .filter(|(index, _)| !used.contains(index))
        .map(|(_, (waived, why))| format!("{waived}: {why}"))
        .collect();
    assert!(unused.is_empty(), "waivers of nothing: {unused:#?}");
}
