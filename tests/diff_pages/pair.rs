//! The two sides that the tests compare.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use yunspec::diagnostic::{Diagnostic, KeyPath, Place, Severity};
use yunspec::diff::ack::Kind;
use yunspec::diff::{self, Acknowledged, Report, Side};

/// The folder of the two sides and of what they become.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diff_pages")
}

/// A side of specs.
pub(crate) fn side(specs: &Path, label: &str) -> Side {
    Side::load(specs, label, Path::new("specs"))
        .unwrap_or_else(|found| panic!("{label}: {found:#?}"))
}

/// Two sides with everything that a report can show.
pub(crate) struct Pair {
    pub(crate) old: Side,
    pub(crate) new: Side,
}

impl Pair {
    /// The committed pair: a provider that breaks much, and one that breaks little.
    pub(crate) fn small() -> Self {
        let mut old = side(&folder().join("old"), "git:v0.3.0");
        old.version = Some("0.3.0".to_owned());
        Self {
            old,
            new: side(&folder().join("new"), "specs"),
        }
    }

    /// The changes, one of them acknowledged, and a gate that fails.
    pub(crate) fn report(&self) -> Report<'_> {
        let mut changes = diff::diff(&self.old, &self.new);
        let accepted = changes
            .iter_mut()
            .find(|change| change.rule.id == "region-removed")
            .expect("the pair removes a region");
        accepted.acknowledged = Some(Acknowledged {
            kind: Kind::AcceptedRisk,
            reason: "nobody has books in north-1".to_owned(),
            by: Some("ann".to_owned()),
        });
        let mut place = Place::file("acknowledged.yaml");
        (place.line, place.column) = (4, 7);
        place.path = KeyPath::default().item(0).key("id");
        Report {
            old: &self.old,
            new: &self.new,
            changes,
            gate: vec![gate(place, "no change has the fingerprint `0123456789ab`")],
        }
    }
}

/// A finding of a gate.
pub(crate) fn gate(place: Place, message: &str) -> Diagnostic {
    Diagnostic {
        rule: "acknowledgement-unused",
        severity: Severity::Error,
        place,
        message: message.to_owned(),
        help: Some("Remove the entry.".to_owned()),
        source: None,
    }
}

/// Two sides of many operations, ten changes of each; the folder has to outlive nothing.
pub(crate) fn many(operations: usize) -> Pair {
    let write = |new: bool| {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for (provider, service) in [("acme", "store"), ("birch", "mail")] {
            copy(&folder, &format!("{provider}/provider.yaml"));
            copy(&folder, &format!("{provider}/{service}/service.yaml"));
        }
        for number in 0..operations {
            let service = ["acme/store", "birch/mail"][number % 2];
            let name = format!("PutThing{number}");
            let text = operation(&name, number, new);
            let path = folder.path().join(service).join(format!("{name}.yaml"));
            fs::write(path, text).expect("a file can be written");
        }
        folder
    };
    let (old, new) = (write(false), write(true));
    Pair {
        old: side(old.path(), "git:v0.3.0"),
        new: side(new.path(), "specs"),
    }
}

fn copy(folder: &TempDir, file: &str) {
    let target = folder.path().join(file);
    fs::create_dir_all(target.parent().expect("it is in a folder"))
        .expect("a folder can be made");
    fs::copy(self::folder().join("old").join(file), target)
        .expect("a file can be copied");
}

/// An operation with ten members; the new one has ten changes.
fn operation(name: &str, number: usize, new: bool) -> String {
    let mut text = format!(
        "operation: {name}\nsummary: Puts a thing.\n\
         source: {{ title: {name}, language: en, transcribed: 2026-01-01 }}\n\
         http: {{ method: POST, path: /v2/things/{number} }}\nretry: unsafe\nrequest:\n"
    );
    for member in 0..4 {
        let most = if new { 40 } else { 50 + member };
        let _ = writeln!(
            text,
            "  Part{member}:\n    type: string\n    max_length: {most}\n    doc: A part."
        );
    }
    for member in 4..7 {
        let doc = if new { "Another part" } else { "A part" };
        let _ = writeln!(text, "  Part{member}: {{ type: string, doc: {doc}. }}");
    }
    if new {
        text.push_str("  Extra: { type: string, doc: One more. }\n");
    }
    text.push_str("response:\n  Id: { type: string, doc: Its id. }\n");
    let name = if new { "Size" } else { "Length" };
    let _ = writeln!(text, "  {name}: {{ type: int32, doc: How big it is. }}");
    text
}
