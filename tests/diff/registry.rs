//! The registry of changes: complete, symmetric, explained.

use std::collections::{BTreeMap, BTreeSet};

use yunspec::check;
use yunspec::commands::explain;
use yunspec::diff::Group;
use yunspec::diff::rule::{rule, rules};

use crate::cases;

/// Rules without a case here, each with the reason.
const WITHOUT_CASE: &[(&str, &str)] = &[
    (
        "derived-trait-lost",
        "only a change of the generator makes it",
    ),
    (
        "derived-trait-gained",
        "only a change of the generator makes it",
    ),
    (
        "rust-item-changed",
        "only a change of the generator makes it",
    ),
    (
        "response-field-encoding-changed",
        "the format has no style for what comes back in a body; a structure that is sent too has it",
    ),
    ("version-bump-too-small", "see command.rs"),
    ("acknowledgement-unused", "see acknowledge.rs"),
    ("acknowledgement-expired", "see acknowledge.rs"),
    ("acknowledgement-mismatch", "see acknowledge.rs"),
];

/// Kinds of changes that other tools know and this format cannot have.
const NOT_HERE: &[(&str, &str)] = &[
    (
        "service-rust-name-changed",
        "a service's Rust name is its folder's, which is its identity",
    ),
    (
        "operation-rust-name-changed",
        "an operation's Rust name is made of its wire name",
    ),
    (
        "operation-wire-name-changed",
        "the wire name is what an operation is known by",
    ),
    (
        "service-stability-decreased",
        "the format knows no stability",
    ),
    (
        "operation-sunset-moved-earlier",
        "a deprecation is a text, without a date",
    ),
    (
        "auth-scheme-removed",
        "how calls are signed is the runtime's, per protocol",
    ),
    ("request-multiple-of-added", "the format has no such rule"),
    (
        "request-constraint-enforcement-changed",
        "what is documented only stands under conditions",
    ),
    (
        "request-parameter-group-rule-added",
        "the format has no rules over several members",
    ),
    ("enum-closed", "every enumeration is open"),
    ("error-list-closed", "every list of errors is open"),
    (
        "error-retryability-changed",
        "which codes are tried again is the runtime's",
    ),
    (
        "response-success-status-removed",
        "the format knows no statuses of success",
    ),
    (
        "response-format-removed",
        "how a response is written is the runtime's, per protocol",
    ),
    (
        "spec-format-version-unsupported",
        "an unknown key does not load",
    ),
];

fn ids() -> BTreeSet<&'static str> {
    rules().into_iter().map(|rule| rule.id).collect()
}

#[test]
fn every_rule_has_a_case_or_a_reason() {
    let cased: BTreeSet<&str> = cases::all()
        .into_iter()
        .flat_map(|case| [case.there, case.back])
        .flat_map(|text| text.split(" + "))
        .map(|text| text.split(' ').next().unwrap_or_default())
        .collect();
    let waived: BTreeSet<&str> = WITHOUT_CASE.iter().map(|(id, _)| *id).collect();
    let known = ids();
    let missing: Vec<_> = known
        .iter()
        .filter(|id| !cased.contains(*id) && !waived.contains(*id))
        .collect();
    assert!(missing.is_empty(), "without a case: {missing:#?}");
    let stale: Vec<_> = waived.iter().filter(|id| cased.contains(*id)).collect();
    assert!(stale.is_empty(), "have a case after all: {stale:?}");
    assert!(waived.iter().all(|id| known.contains(id)));
    assert!(known.len() >= 110, "{}", known.len());
}

#[test]
fn what_cannot_occur_has_no_rule() {
    let known = ids();
    for (id, reason) in NOT_HERE {
        assert!(!known.contains(id), "{id} is there, although: {reason}");
    }
}

#[test]
fn ids_are_unique_also_among_the_rules_of_check() {
    let mut all: Vec<&str> = rules().into_iter().map(|rule| rule.id).collect();
    all.extend(check::rules().into_iter().map(|rule| rule.id));
    let set: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(set.len(), all.len());
    for id in all {
        assert!(
            id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
            "{id}"
        );
    }
}

#[test]
fn duals_exist_and_lead_back() {
    let mut wrong = Vec::new();
    for one in rules() {
        let Some(dual) = rule(one.dual) else {
            wrong.push(format!("{}: no rule {}", one.id, one.dual));
            continue;
        };
        let special = one.id.ends_with("-after-deprecation")
            || ["request-parameter-added-required", "history-appended"].contains(&one.id);
        if dual.dual != one.id && !special {
            wrong.push(format!("{} → {} → {}", one.id, dual.id, dual.dual));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Pairs of words that come together, unless there is a reason.
#[test]
fn the_axes_are_populated() {
    let pairs = [
        ("added", "removed"),
        ("increased", "decreased"),
        ("became-required", "became-optional"),
        ("widened", "narrowed"),
        ("loosened", "tightened"),
        ("-deprecated", "-undeprecated"),
        ("became-list", "became-scalar"),
    ];
    let waived: BTreeMap<&str, &str> = [
        (
            "request-parameter-added-optional",
            "its reverse is -removed",
        ),
        (
            "request-parameter-added-required",
            "its reverse is -removed",
        ),
        (
            "request-parameter-removed",
            "its reverse is -added-optional",
        ),
        ("erratum-added", "its reverse is -resolved"),
        ("gap-added", "its reverse is -resolved"),
        (
            "request-parameter-removed-after-deprecation",
            "its reverse is an addition",
        ),
        (
            "response-field-removed-after-deprecation",
            "its reverse is an addition",
        ),
        (
            "operation-removed-after-deprecation",
            "its reverse is an addition",
        ),
        (
            "error-code-removed-after-deprecation",
            "its reverse is an addition",
        ),
    ]
    .into();
    let known = ids();
    let mut missing = Vec::new();
    for id in &known {
        for (one, other) in pairs {
            for (word, twin) in [(one, other), (other, one)] {
                let twin_id = id.replacen(word, twin, 1);
                let has = id.ends_with(word) || id.contains(&format!("{word}-"));
                if has && !known.contains(twin_id.as_str()) && !waived.contains_key(id) {
                    missing.push(format!("{id} has no {twin_id}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn requests_and_responses_have_the_same_kinds() {
    let waived: BTreeMap<&str, &str> = [
        ("added-optional", "a response has no argument to give"),
        ("added-required", "a response has no argument to give"),
        ("default-added", "of a response, one kind says all"),
        ("default-removed", "of a response, one kind says all"),
        (
            "condition-added",
            "of a response, conditions-changed says all",
        ),
        (
            "condition-removed",
            "of a response, conditions-changed says all",
        ),
        ("special-added", "of a response, one kind says all"),
        ("special-removed", "of a response, one kind says all"),
    ]
    .into();
    let known = ids();
    let missing: Vec<_> = known
        .iter()
        .filter_map(|id| id.strip_prefix("request-parameter-"))
        .filter(|rest| !waived.contains_key(rest))
        .filter(|rest| !known.contains(format!("response-field-{rest}").as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_rule_is_explained() {
    let mut groups: BTreeMap<Group, usize> = BTreeMap::new();
    for rule in rules() {
        *groups.entry(rule.group).or_default() += 1;
        let page = explain::change(rule);
        assert!(
            page.contains(rule.summary) && page.contains(rule.id),
            "{}",
            rule.id
        );
        for text in [rule.why, rule.mend] {
            assert!(text.ends_with('.'), "{}: {text}", rule.id);
        }
        assert!(!rule.summary.ends_with('.'), "{}", rule.id);
        let example = rule.example;
        let told = ["old:", "new:", "yunspec ", "- {"];
        assert!(
            told.iter().any(|word| example.contains(word)),
            "{}",
            rule.id
        );
    }
    assert_eq!(groups.len(), 11, "{groups:?}");
    println!("{} rules: {groups:?}", rules().len());
}
