//! The specs of this repository, edited by a program: nothing of them is lost or spelled
//! in a way that a format takes for its own.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use yunspec::diff::print::{changelog, html, markdown};
use yunspec::diff::{self, Report};
use yunspec_tests::transcribed;

use crate::hostile::assert_tame;
use crate::pair::{Pair, side};

/// A copy of the specs with each edit made wherever it can be.
fn edited() -> TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder can be made");
    edit(transcribed::specs().path(), copy.path());
    copy
}

fn edit(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the specs are there") {
        let entry = entry.expect("the specs can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            edit(&entry.path(), &target);
        } else if entry.path().extension().is_some_and(|kind| kind == "yaml") {
            let text = fs::read_to_string(entry.path()).expect("the specs are text");
            let text = text
                .replace("max_length: 64", "max_length: 63")
                .replace("retry: unsafe", "retry: safe")
                .replace("    doc: The ", "    doc: That ")
                .replace(
                    "\nresponse:\n",
                    "\n  Added: { type: string, doc: New. }\nresponse:\n",
                )
                .replace("    written: Integer\n", "    written: Long\n");
            fs::write(target, text).expect("a file can be written");
        }
    }
}

#[test]
fn the_five_specs_after_edits() {
    let specs = transcribed::specs();
    let copy = edited();
    let pair = Pair {
        old: side(specs.path(), "git:main"),
        new: side(copy.path(), "specs"),
    };
    let report = Report {
        old: &pair.old,
        new: &pair.new,
        changes: diff::diff(&pair.old, &pair.new),
        gate: Vec::new(),
    };
    assert!(
        report.changes.len() > 30,
        "{} changes",
        report.changes.len()
    );
    let comment = markdown::markdown(&report);
    assert_tame(&comment);
    assert_tame(&changelog::changelog(&report));
    let page = html::html(&report);
    for change in &report.changes {
        let anchor = format!("<div class=\"body\" id=\"{}\">", change.fingerprint);
        assert_eq!(page.matches(&anchor).count(), 1, "{}", change.message);
    }
    assert_eq!(pair.old.operations().len(), 5);
    for operation in pair.old.operations() {
        assert!(
            comment.contains(&format!("`{operation}`")),
            "{operation}:\n{comment}"
        );
        let heading = format!("<span>{operation}</span>");
        assert!(page.contains(&heading), "{operation}");
    }
}

#[test]
fn nothing_changed_is_said_in_a_sentence() {
    let pair = Pair::small();
    let report = Report {
        old: &pair.new,
        new: &pair.new,
        changes: Vec::new(),
        gate: Vec::new(),
    };
    let page = html::html(&report);
    assert!(page.contains("Both sides say the same."));
    assert!(page.contains("<title>No changes: needs no new version</title>"));
    assert!(!page.contains("<details class=\"finding\""));
}
