//! The command line: what a side may be, exit codes, revisions, the version gate.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use yunspec::commands;

use crate::base::{Edit, Tree};

const SHORTER: Edit = (
    "PutBook",
    "max_length: 64, doc: A note",
    "max_length: 32, doc: A note",
);
const REGION: Edit = ("service", "[east-1, west-1]", "[east-1]");

fn status(arguments: &[&str]) -> ExitCode {
    let words = ["yunspec"].iter().chain(arguments);
    commands::run(words.map(|word| (*word).into()))
}

fn is(code: u8) -> ExitCode {
    ExitCode::from(code)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

#[test]
fn the_status_says_how_bad_it_is() {
    let base = Tree::base();
    let old = base.lay();
    let breaking = base.clone().edited(SHORTER).lay();
    let risky = base.clone().edited(REGION).lay();
    let diff = |new: &Path, more: &[&str]| {
        let words = [&["diff", text(old.path()), text(new)], more].concat();
        status(&words)
    };
    assert_eq!(diff(old.path(), &[]), is(0));
    assert_eq!(diff(old.path(), &["--fail-on", "info"]), is(0));
    assert_eq!(diff(breaking.path(), &[]), is(1));
    assert_eq!(diff(breaking.path(), &["--fail-on", "none"]), is(0));
    assert_eq!(diff(risky.path(), &[]), is(0));
    assert_eq!(diff(risky.path(), &["--fail-on", "warning"]), is(1));
    assert_eq!(diff(breaking.path(), &["--axis", "source"]), is(0));
    assert_eq!(
        diff(breaking.path(), &["--axis", "source", "--axis", "wire"]),
        is(1)
    );
    assert_eq!(diff(breaking.path(), &["--format", "nonsense"]), is(2));
    assert_eq!(status(&["diff"]), is(2));
    assert_eq!(status(&["diff", "--print-schema"]), is(0));
    assert_eq!(diff(Path::new("no-such-folder"), &[]), is(3));
    let broken = base
        .edited(("PutBook", "retry: unsafe", "retry: maybe"))
        .lay();
    assert_eq!(diff(broken.path(), &[]), is(3));
}

#[test]
fn one_file_is_compared_with_one_file() {
    let base = Tree::base();
    let (old, new) = (base.lay(), base.edited(SHORTER).edited(REGION).lay());
    let file = |folder: &Path, name: &str| {
        let path = folder.join("acme/store").join(name);
        text(&path).to_owned()
    };
    let diff =
        |name: &str| status(&["diff", &file(old.path(), name), &file(new.path(), name)]);
    assert_eq!(diff("PutBook.yaml"), is(1));
    assert_eq!(diff("GetBook.yaml"), is(0));
    let lone = old.path().join("lone.yaml");
    fs::copy(file(old.path(), "GetBook.yaml"), &lone).expect("a file can be copied");
    assert_eq!(status(&["diff", text(&lone), text(new.path())]), is(2));
}

#[test]
fn the_version_has_to_say_how_much_changed() {
    let base = Tree::base();
    let (old, new) = (base.lay(), base.clone().edited(SHORTER).lay());
    let gate = |new: &Path, previous: &str, release: &str| {
        status(&[
            "diff",
            text(old.path()),
            text(new),
            "--fail-on",
            "none",
            "--previous-version",
            previous,
            "--release-version",
            release,
        ])
    };
    assert_eq!(gate(new.path(), "1.2.0", "1.3.0"), is(1));
    assert_eq!(gate(new.path(), "1.2.0", "2.0.0"), is(0));
    assert_eq!(gate(new.path(), "0.2.0", "0.2.1"), is(1));
    assert_eq!(gate(new.path(), "0.2.0", "0.3.0"), is(0));
    assert_eq!(gate(old.path(), "1.2.0", "1.2.0"), is(0));
    assert_eq!(gate(new.path(), "1.2.0", "next"), is(2));
    // Without a generated crate beside the specs nobody knows the versions.
    let words = ["diff", text(old.path()), text(new.path()), "--version-gate"];
    assert_eq!(status(&words), is(2));
}

#[test]
fn the_generated_crates_tell_the_versions() {
    let home = |version: &str, tree: &Tree| {
        let home = tempfile::tempdir().expect("a temporary folder can be made");
        tree.write(&home.path().join("specs"));
        let manifest = home.path().join("generated");
        fs::create_dir(&manifest).expect("a folder can be made");
        let text = format!("[package]\nname = \"sdk\"\nversion = \"{version}\"\n");
        fs::write(manifest.join("Cargo.toml"), text).expect("a file can be written");
        home
    };
    let base = Tree::base();
    let old = home("1.2.0", &base);
    for (version, expected) in [("1.2.1", 1), ("2.0.0", 0)] {
        let new = home(version, &base.clone().edited(SHORTER));
        let found = status(&[
            "diff",
            text(&old.path().join("specs")),
            text(&new.path().join("specs")),
            "--fail-on",
            "none",
            "--version-gate",
        ]);
        assert_eq!(found, is(expected), "{version}");
    }
}

/// A repository whose specs were released as v1.9.0 and v1.10.0 and changed since.
fn repository() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a temporary folder can be made");
    let specs = home.path().join("specs");
    git(home.path(), &["init", "--quiet"]);
    let base = Tree::base();
    for (tree, tag) in [
        (base.clone().edited(REGION), "v1.9.0"),
        (base.clone(), "v1.10.0"),
        (base.edited(SHORTER), "nightly"),
    ] {
        tree.write(&specs);
        git(home.path(), &["add", "."]);
        git(home.path(), &["commit", "--quiet", "--message", tag]);
        git(home.path(), &["tag", tag]);
    }
    home
}

fn git(home: &Path, arguments: &[&str]) {
    let identity = [
        "user.name=a",
        "user.email=a@b.example",
        "commit.gpgsign=false",
    ];
    let mut command = Command::new("git");
    for setting in identity {
        command.args(["-c", setting]);
    }
    let done = command.current_dir(home).args(arguments).output();
    let done = done.expect("git can be run");
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{arguments:?}: {told}");
}

#[test]
fn revisions_are_sides() {
    let home = repository();
    let specs = home.path().join("specs");
    let diff =
        |words: &[&str]| status(&[&["--specs", text(&specs), "diff"], words].concat());
    assert_eq!(diff(&["git:v1.10.0"]), is(1));
    assert_eq!(diff(&["git:HEAD"]), is(0));
    assert_eq!(diff(&["git:v1.9.0", "git:v1.10.0"]), is(0));
    assert_eq!(
        diff(&["git:v1.9.0", "git:v1.10.0", "--fail-on", "info"]),
        is(1)
    );
    assert_eq!(diff(&["--against-release"]), is(1));
    assert_eq!(diff(&["git:no-such-revision"]), is(3));
    assert_eq!(diff(&["git:--output=x"]), is(3));
    // Only the operation of the file.
    let file = specs.join("acme/store/GetBook.yaml");
    let word = format!("git:v1.10.0:{}", text(&file));
    assert_eq!(diff(&[&word, text(&file)]), is(0));
    let elsewhere = Tree::base().lay();
    let lost = ["--specs", text(elsewhere.path()), "diff", "git:HEAD"];
    assert_eq!(status(&lost), is(3));
}

#[test]
fn an_acknowledgement_is_written_and_read_again() {
    let base = Tree::base();
    let (old, new) = (base.lay(), base.clone().edited(SHORTER).lay());
    let file = new.path().join("acknowledged.yaml");
    let change = crate::base::changes(&base, &base.clone().edited(SHORTER))
        .into_iter()
        .next()
        .expect("one change");
    let sides = [
        "--specs",
        text(new.path()),
        "diff",
        text(old.path()),
        text(new.path()),
    ];
    let with = |more: &[&str]| status(&[&sides[..], more].concat());
    assert_eq!(with(&["--ack", "000000000000", "--reason", "none"]), is(2));
    assert_eq!(with(&["--ack", &change.fingerprint]), is(2));
    fs::write(&file, "# what reviewers accept\n").expect("a file can be written");
    let ack = [
        "--ack",
        &change.fingerprint,
        "--reason",
        "it is \"so\"",
        "--by",
        "me",
    ];
    assert_eq!(with(&ack), is(0));
    let written = fs::read_to_string(&file).expect("it was written");
    assert!(
        written.starts_with("# what reviewers accept\n- id: "),
        "{written}"
    );
    assert_eq!(with(&[]), is(0));
    assert_eq!(with(&ack), is(2));
    // Once the change is gone, the entry is an error.
    let gone = ["diff", text(new.path()), text(new.path())];
    assert_eq!(status(&gone), is(1));
    let left: Vec<_> = fs::read_dir(new.path())
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}
