//! What the provider published at two times, with an erratum and a text of ours between
//! the two imports: what changes is what the provider changed, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use yunspec::diff::{Side, diff};

use crate::{files, options, run};

/// Members that came and went, types that changed, operations that were removed, and two
/// pairs without any change. `YUNSPEC_CORPUS=all` takes every pair.
const SAMPLE: [&str; 7] = [
    "required-req-field-added__vdb_v20230616__27b9cbba57",
    "op-deprecated__ump_v20200918__16d1df563d",
    "big-mixed__mongodb_v20180408__fd917f39d8",
    "reorder-only__cbs_v20170312__331e86a3d0",
    "type-int-to-string__tem_v20210701__77553ae5ec",
    "op-removed-and-added__antiddos_v20200309__73c93ae6a0",
    "obj-field-removed__dnspod_v20210323__c870d8af8d",
];

#[test]
fn a_history_is_taken_in_around_what_is_ours() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let archive = root.join("../shared/corpus/history.tar.xz");
    if !archive.is_file() {
        println!("skipped: ../shared is absent; it holds what the provider published");
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let all = std::env::var_os("YUNSPEC_CORPUS").is_some_and(|which| which == "all");
    let mut tar = Command::new("tar");
    tar.arg("-xJf").arg(&archive).arg("-C").arg(folder.path());
    let wanted = SAMPLE.map(|case| format!("history/tencent/{case}"));
    if all {
        tar.arg("history/tencent");
    } else {
        tar.args(wanted);
    }
    if !tar.status().is_ok_and(|status| status.success()) {
        println!("skipped: tar cannot unpack the archive here");
        return;
    }
    let cases = fs::read_dir(folder.path().join("history/tencent")).expect("unpacked");
    let mut cases: Vec<PathBuf> =
        cases.map(|case| case.expect("readable").path()).collect();
    cases.sort();
    let mut changes = 0;
    let mut edits = 0;
    for case in &cases {
        let before = case.join("before.json");
        if before.is_file() && case.join("after.json").is_file() {
            let done = one(case);
            println!("{}: {done:?}", case.display());
            changes += done.0;
            edits += done.1;
        }
    }
    assert!(
        changes > 10 && edits > 20,
        "{changes} changes, {edits} edits"
    );
}

/// One pair: the changes that `diff` finds, and the files that were edited.
fn one(case: &Path) -> (usize, usize) {
    let name = case
        .file_name()
        .expect("a case")
        .to_string_lossy()
        .into_owned();
    let parts: Vec<&str> = name.split("__").collect();
    let (service, version) = parts[1].rsplit_once('_').expect("SERVICE_VERSION");
    let publish = |side: &str| {
        let source = TempDir::new().expect("a folder");
        let inner = source.path().join("api").join(service).join(version);
        fs::create_dir_all(&inner).expect("writable");
        fs::copy(case.join(side), inner.join("api.json")).expect("writable");
        source
    };
    let sources = ["before.json", "after.json"].map(publish);
    let [plain, ours] = [(); 2].map(|()| TempDir::new().expect("a folder"));
    let import = |source: &TempDir, specs: &TempDir, day: &str| {
        run(source.path(), specs.path(), &options(day))
    };
    import(&sources[0], &plain, "2026-01-02");
    import(&sources[0], &ours, "2026-01-02");
    let mut edited = BTreeSet::new();
    for (path, text) in files(ours.path()) {
        if let Some((member, text)) = edit(&text) {
            fs::write(ours.path().join(&path), text).expect("writable");
            edited.insert((path, member));
        }
    }
    let untouched = import(&sources[0], &ours, "2026-02-03");
    assert_eq!((untouched.written, untouched.kept.len()), (0, 0), "{name}");
    let loaded = [&plain, &ours].map(|specs| side(specs, &name));
    import(&sources[1], &plain, "2026-02-03");
    let report = import(&sources[1], &ours, "2026-02-03");
    assert!(report.changed.is_empty(), "{name}: {:?}", report.changed);
    let after = [&plain, &ours].map(|specs| side(specs, &name));
    // Operations that are gone stay where something of ours is in them, and are told.
    let stayed: Vec<&String> = report
        .kept
        .iter()
        .inspect(|file| {
            let told = report.conflicts.iter().any(|one| one.file == **file);
            assert!(told, "{name}: {file} is kept and not told");
        })
        .collect();
    let told = |side: usize| -> BTreeSet<String> {
        diff(&loaded[side], &after[side])
            .into_iter()
            .filter(|one| {
                let members = edited.iter();
                let ours = members
                    .map(|(path, member)| subject(path, member))
                    .any(|place| one.subject.starts_with(&place));
                let kept = stayed
                    .iter()
                    .any(|file| one.subject.starts_with(file.trim_end_matches(".yaml")));
                !ours && !kept
            })
            .map(|one| format!("{} {} {}", one.rule.id, one.subject, one.message))
            .collect()
    };
    let [wanted, found] = [told(0), told(1)];
    assert_eq!(
        found, wanted,
        "{name}: what changed is what the provider changed"
    );
    // A third import finds nothing to do.
    let again = import(&sources[1], &ours, "2026-03-04");
    assert_eq!(again.written, 0, "{name}: {}", again.text());
    (wanted.len(), edited.len())
}

fn side(specs: &TempDir, name: &str) -> Side {
    Side::load(specs.path(), name, specs.path())
        .unwrap_or_else(|found| panic!("{name}: {found:#?}"))
}

/// The place of a member of a request, as changes are told of it.
fn subject(path: &Path, member: &str) -> String {
    let operation = path.with_extension("");
    format!("{}/request/{member}", operation.display())
}

/// The file of an operation with a text and an erratum of ours about its first number that
/// does not count pages; its name.
fn edit(text: &str) -> Option<(String, String)> {
    let (head, rest) = text.split_once("\nrequest:\n")?;
    let line = rest.lines().find(|line| {
        let name = line.trim().split(':').next().unwrap_or_default();
        let number = line.contains(": { type: int64, ") && line.ends_with(" }");
        let words = head.split([' ', ',', '.', '\n']);
        number && line.starts_with("  ") && { words }.all(|word| word != name)
    })?;
    let (name, _) = line.trim().split_once(':')?;
    let (kind, _) = line.split_once(", doc: ")?;
    let kind = kind.replace("type: int64", "type: string");
    let rest = rest.replacen(line, &format!("{kind}, doc: Our words. }}"), 1);
    let erratum = format!(
        "errata:\n  - at: request.{name}.type\n    page: int64\n    why: It is a text.\n    \
         evidence: An answer of the server.\n"
    );
    Some((
        name.to_owned(),
        format!("{head}\nrequest:\n{rest}{erratum}"),
    ))
}
