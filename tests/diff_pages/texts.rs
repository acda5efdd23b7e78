//! The comment and the changelog section, as they are.

use std::fs;

use yunspec::diff::print::{changelog, markdown};
use yunspec::diff::{Change, Report};

use crate::pair::{Pair, folder};

fn golden(name: &str, text: &str) {
    let file = folder().join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, text).expect("the golden can be written");
    }
    let golden = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        golden == text,
        "{name} is another; set BLESS=1 where this is right:\n{text}"
    );
}

#[test]
fn the_comment() {
    let pair = Pair::small();
    let comment = markdown::markdown(&pair.report());
    assert!(comment.starts_with(&format!("{}\n## Breaking: ", markdown::MARKER)));
    assert_eq!(comment.matches(markdown::MARKER).count(), 1);
    golden("comment.md", &comment);
}

#[test]
fn the_changelog_section() {
    let pair = Pair::small();
    let section = changelog::changelog(&pair.report());
    for heading in [
        "Breaking",
        "Added",
        "Changed",
        "Deprecated",
        "Fixed",
        "Documentation",
    ] {
        let line = format!("\n### {heading}\n");
        assert!(section.contains(&line), "no heading {heading}:\n{section}");
    }
    golden("section.md", &section);
}

#[test]
fn nothing_is_said_of_no_changes() {
    let pair = Pair::small();
    let report = Report {
        old: &pair.new,
        new: &pair.new,
        changes: Vec::new(),
        gate: Vec::new(),
    };
    let comment = markdown::markdown(&report);
    assert!(
        comment.contains("## No changes: needs no new version"),
        "{comment}"
    );
    assert!(
        !comment.contains("--ack"),
        "there is nothing to accept: {comment}"
    );
    let section = changelog::changelog(&report);
    assert!(section.contains("needs no new version"), "{section}");
    assert!(!section.contains("###"), "{section}");
}

#[test]
fn the_headline_follows_the_worst_open_change() {
    let pair = Pair::small();
    let report = pair.report();
    let headline = |keep: fn(&Change) -> bool, accept: bool| {
        let mut changes = report.changes.clone();
        changes.retain(keep);
        if accept {
            let given = report
                .changes
                .iter()
                .find_map(|one| one.acknowledged.clone());
            for change in &mut changes {
                change.acknowledged.clone_from(&given);
            }
        }
        let comment = markdown::markdown(&Report {
            old: &pair.old,
            new: &pair.new,
            changes,
            gate: Vec::new(),
        });
        comment.lines().nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(
        headline(|_| true, false),
        "## Breaking: needs a major version"
    );
    assert_eq!(
        headline(|_| true, true),
        "## Breaking, acknowledged: needs a major version"
    );
    let docs = |change: &Change| change.rule.group == yunspec::diff::Group::Documentation;
    assert_eq!(
        headline(docs, false),
        "## Documentation only: needs a patch version"
    );
    let small = |change: &Change| change.rule.id == "request-parameter-added-optional";
    assert_eq!(
        headline(small, false),
        "## Compatible: needs a minor version"
    );
}
