//! Acknowledgements: they count, expire, and are errors when they speak of nothing.

use std::fs;
use std::path::Path;

use yunspec::diagnostic::Diagnostic;
use yunspec::diff::ack::{Kind, Now, apply, entry};
use yunspec::diff::{Change, Report, Severity, Verdict, diff};
use yunspec::load;

use crate::base::{Edit, Tree, load as load_side};

const SHORTER: Edit = (
    "PutBook",
    "max_length: 64, doc: A note",
    "max_length: 32, doc: A note",
);

/// The change, with acknowledgements that a text gives.
fn with(
    text: impl FnOnce(&Change) -> String,
    now: &Now,
) -> (Vec<Change>, Vec<Diagnostic>) {
    let base = Tree::base();
    let folder = base.clone().edited(SHORTER).lay();
    let new = load_side(folder.path(), "new");
    let mut changes = diff(&base.side("old"), &new);
    assert_eq!(changes.len(), 1);
    fs::write(folder.path().join(load::ACKNOWLEDGED), text(&changes[0]))
        .expect("a file can be written");
    // The file is no spec, and check does not mind it.
    load_side(folder.path(), "new");
    let (entries, source) = load::acknowledged(folder.path())
        .expect("it is in order")
        .expect("it is there");
    let found = apply(&entries.0, &source, now, &mut changes);
    (changes, found)
}

fn now() -> Now {
    Now {
        today: "2026-06-01".to_owned(),
        released: Some("0.3.0".to_owned()),
        only: None,
    }
}

fn ids(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|finding| finding.rule).collect()
}

#[test]
fn an_entry_takes_a_change_out_of_what_fails_and_leaves_its_bump() {
    let reason = "the page says \"32\": see it\nthere";
    let (changes, found) =
        with(|it| entry(it, Kind::ApiChange, reason, Some("me")), &now());
    assert_eq!(found, []);
    let given = changes[0]
        .acknowledged
        .as_ref()
        .expect("it is acknowledged");
    assert_eq!(
        (given.reason.as_str(), given.by.as_deref()),
        (reason, Some("me"))
    );
    assert_eq!(changes[0].wire, Verdict::Breaking);
    let base = Tree::base().side("old");
    let report = Report {
        old: &base,
        new: &base,
        changes,
        gate: found,
    };
    assert!(!report.fails(Some(Severity::Info)));
    let totals = report.totals();
    assert_eq!((totals.acknowledged, totals.bump.as_str()), (1, "major"));
}

#[test]
fn an_erratum_lowers_wire_and_behaviour() {
    let (changes, found) = with(|it| entry(it, Kind::Erratum, "a typo", None), &now());
    assert_eq!(found, []);
    assert_eq!(changes[0].bump().as_str(), "patch");
    assert_eq!(changes[0].cause.as_str(), "erratum");
}

#[test]
fn entries_expire_by_day_and_by_release() {
    let dated = |line: &str| {
        let line = line.to_owned();
        with(
            move |it| entry(it, Kind::ApiChange, "for now", None) + &line,
            &now(),
        )
    };
    for (line, holds) in [
        ("  expires: 2026-06-01\n", true),
        ("  expires: 2026-05-31\n", false),
        ("  expires: soon\n", false),
        ("  for_version: 0.4.0\n", true),
        ("  for_version: 0.3.0\n", false),
        ("  for_version: 0.2.9\n", false),
    ] {
        let (changes, found) = dated(line);
        assert_eq!(changes[0].acknowledged.is_some(), holds, "{line}");
        let expected: &[&str] = if holds {
            &[]
        } else {
            &["acknowledgement-expired"]
        };
        assert_eq!(ids(&found), expected, "{line}");
    }
}

#[test]
fn entries_about_nothing_and_about_something_else_are_errors() {
    for (from, to, rule) in [
        (
            "PutBook/request/Note",
            "PutBook/request/Code",
            "acknowledgement-mismatch",
        ),
        ("old: 64", "old: 63", "acknowledgement-mismatch"),
        (
            "rule: request-max-length-decreased",
            "rule: region-removed",
            "acknowledgement-mismatch",
        ),
    ] {
        let (changes, found) = with(
            |it| {
                let text = entry(it, Kind::ApiChange, "so it is", None);
                assert!(text.contains(from), "{text}");
                text.replace(from, to)
            },
            &now(),
        );
        assert_eq!(ids(&found), [rule], "{to}");
        assert!(changes[0].acknowledged.is_none());
        assert!(found[0].place.line > 0);
    }
    let other = |it: &Change| {
        let text = entry(it, Kind::ApiChange, "so it is", None);
        text.replace(&it.fingerprint, "000000000000")
    };
    assert_eq!(ids(&with(other, &now()).1), ["acknowledgement-mismatch"]);
    let nothing = |it: &Change| other(it).replace("request/Note", "request/Nothing");
    assert_eq!(ids(&with(nothing, &now()).1), ["acknowledgement-unused"]);
}

#[test]
fn where_one_operation_is_compared_entries_about_others_are_left_alone() {
    let about = |only: &str| Now {
        only: Some(only.to_owned()),
        ..now()
    };
    let text = |it: &Change| entry(it, Kind::ApiChange, "so it is", None);
    let (changes, found) = with(text, &about("acme/store/PutBook"));
    assert_eq!((changes[0].acknowledged.is_some(), found.len()), (true, 0));
    let (changes, found) = with(text, &about("acme/store/PutBoo"));
    assert_eq!((changes[0].acknowledged.is_some(), found.len()), (false, 0));
}

#[test]
fn the_file_is_read_as_strictly_as_a_spec() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join(load::ACKNOWLEDGED);
    for (text, rule) in [
        ("- { id: a }\n", "missing-key"),
        ("- &a { id: a }\n", "yaml-anchor"),
        ("id: a\n", "wrong-type"),
        (
            "- { id: a, rule: b, at: c, old: 1, new: 2, kind: maybe, reason: d }\n",
            "unknown-value",
        ),
        (
            "- { id: a, rule: b, at: c, old: 1, new: 2, kind: erratum, reason: d, until: e }\n",
            "unknown-key",
        ),
    ] {
        fs::write(&file, text).expect("a file can be written");
        let found = load::acknowledged(Path::new(folder.path())).expect_err(text);
        assert!(ids(&found).contains(&rule), "{text}: {:?}", ids(&found));
    }
}
