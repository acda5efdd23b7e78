//! Changes that really happened, as pairs of small specs: the golden holds what the differ
//! says of each. `BLESS=1` writes it anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use yunspec::diff::{Bump, Change, Verdict, diff};

use crate::sets::load;

/// A change that happened.
pub(crate) struct History {
    name: String,
    /// What the differ says of it.
    pub(crate) changes: Vec<Change>,
    /// And of its reversal.
    pub(crate) back: Vec<Change>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diff_proof/histories")
}

/// All of them, in the order of their names.
pub(crate) fn all() -> &'static [History] {
    static ALL: LazyLock<Vec<History>> = LazyLock::new(|| {
        let entries = fs::read_dir(folder()).expect("the folder is there");
        let entries = entries.map(|entry| entry.expect("it can be read").path());
        let mut pairs: Vec<_> = entries.filter(|path| path.is_dir()).collect();
        pairs.sort();
        pairs.iter().map(|pair| read(pair)).collect()
    });
    &ALL
}

fn read(pair: &Path) -> History {
    let side = |which: &str| {
        let folder = pair.join(which);
        load(&folder).unwrap_or_else(|| panic!("{} passes check", folder.display()))
    };
    let (before, after) = (side("before"), side("after"));
    let name = pair.file_name().expect("a folder has a name");
    History {
        name: name.to_string_lossy().into_owned(),
        changes: diff(&before, &after),
        back: diff(&after, &before),
    }
}

impl History {
    /// Whether the differ speaks of such a change.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.changes.iter().any(|one| one.rule.id == id)
    }

    /// What the golden holds of it.
    pub(crate) fn told(&self) -> String {
        told(&self.changes)
    }
}

/// The bump, and a line for each finding: kind, verdicts, subject.
pub(crate) fn told(changes: &[Change]) -> String {
    let bump = changes.iter().map(Change::bump).max().unwrap_or(Bump::None);
    let letter = |verdict: Verdict| verdict.as_str().chars().next().unwrap_or_default();
    let lines = changes.iter().map(|one| {
        let verdicts: String = [one.wire, one.source, one.behaviour]
            .map(letter)
            .iter()
            .collect();
        format!("  {} {verdicts} {}\n", one.rule.id, one.subject)
    });
    format!("{}\n{}", bump.as_str(), lines.collect::<String>())
}

#[test]
fn what_really_happened_is_told_as_it_was() {
    let found: BTreeMap<_, _> = all().iter().map(|one| (&one.name, one.told())).collect();
    let entries = found.iter();
    let entries = entries.map(|(name, told)| format!("{name}: {told}"));
    let text = entries.collect::<Vec<_>>().concat();
    let golden = folder().join("expected.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&golden, &text).expect("the golden can be written");
    }
    let expected = fs::read_to_string(&golden).expect("there is a golden");
    println!("{} histories", found.len());
    assert!(text == expected, "set BLESS=1 where this is right:\n{text}");
}
