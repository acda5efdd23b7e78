//! Huawei Cloud: `OpenAPI` documents and facts of the SDKs, invented for this test with every
//! quirk that the reader knows; and, where it is there, what the provider really publishes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;
use yunspec::diagnostic::{Diagnostic, Severity};
use yunspec::import::{Options, Report, huawei};
use yunspec::{check, load};

fn run(source: &Path, specs: &Path, options: &Options) -> Report {
    huawei::import(&[source.to_owned()], specs, options, &|_| {})
        .expect("the disk takes it")
}

fn imported(day: &str) -> (TempDir, Report) {
    let specs = TempDir::new().expect("a folder");
    let source = crate::here("huawei/source");
    let report = run(&source, specs.path(), &crate::options(day));
    (specs, report)
}

fn findings(specs: &Path) -> Vec<Diagnostic> {
    check::findings(&load::read(specs))
}

#[test]
fn the_specs_are_what_the_documents_become() {
    let (specs, report) = imported("2026-01-02");
    let golden = crate::here("huawei/golden");
    let mut written = crate::files(specs.path());
    written.insert("report.txt".into(), report.text());
    if std::env::var_os("BLESS").is_some() {
        let _ = fs::remove_dir_all(&golden);
        for (path, text) in &written {
            let path = golden.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            fs::write(path, text).expect("writable");
        }
    }
    let wanted = crate::files(&golden);
    let names = |files: &BTreeMap<PathBuf, String>| -> Vec<PathBuf> {
        files.keys().cloned().collect()
    };
    assert_eq!(
        names(&written),
        names(&wanted),
        "BLESS=1 where this is right"
    );
    for (path, text) in &wanted {
        let shown = path.display();
        assert_eq!(&written[path], text, "{shown}: BLESS=1 where this is right");
    }
}

#[test]
fn what_was_imported_is_without_findings_and_becomes_rust() {
    let (specs, _) = imported("2026-01-02");
    let found = findings(specs.path());
    assert!(found.is_empty(), "{found:#?}");
    let pages = yunspec::generate(specs.path()).expect("there are no errors");
    let mut parsed = Vec::new();
    for page in &pages {
        if page.path.extension().is_some_and(|end| end == "rs") {
            syn::parse_file(&page.text)
                .unwrap_or_else(|error| panic!("{}: {error}", page.path.display()));
            parsed.push(page.path.display().to_string());
        }
    }
    let made = |name: &str| parsed.iter().any(|path| path.ends_with(name));
    assert!(made("garden/put_bed.rs") && made("garden_v1/move_bed.rs"));
    for gated in ["obs/put_leaf.rs", "freeze_tool.rs", "tell_tool.rs"] {
        assert!(!made(gated), "{gated} cannot be called");
    }
}

#[test]
fn a_second_import_changes_nothing() {
    let (specs, first) = imported("2026-01-02");
    let before = crate::files(specs.path());
    let source = crate::here("huawei/source");
    let again = run(&source, specs.path(), &crate::options("2026-05-06"));
    assert_eq!(crate::files(specs.path()), before);
    assert_eq!((again.written, again.unchanged), (0, first.written));
    assert!(again.conflicts.is_empty());
    let lost = |report: &Report| format!("{:?}", report.lost);
    assert_eq!(lost(&again), lost(&first));
}

#[test]
fn one_version_keeps_the_plain_name() {
    let specs = TempDir::new().expect("a folder");
    let folder = specs.path().join("huawei/garden");
    fs::create_dir_all(&folder).expect("writable");
    let service = "service: garden\nversion: v1\n";
    fs::write(folder.join("service.yaml"), service).expect("writable");
    let mut options = crate::options("2026-01-02");
    options.only = vec!["garden".to_owned()];
    run(&crate::here("huawei/source"), specs.path(), &options);
    let files = crate::files(specs.path());
    assert!(files.contains_key(Path::new("huawei/garden/MoveBed.yaml")));
    assert!(files.contains_key(Path::new("huawei/garden-v2/PutBed.yaml")));
}

#[test]
fn texts_come_only_when_asked_for() {
    let (specs, _) = imported("2026-01-02");
    let words = |text: &String| text.contains("Words");
    assert!(!crate::files(specs.path()).values().any(words));
    let specs = TempDir::new().expect("a folder");
    let options = Options {
        with_docs: true,
        ..crate::options("2026-01-02")
    };
    let report = run(&crate::here("huawei/source"), specs.path(), &options);
    let files = crate::files(specs.path());
    assert!(words(&files[Path::new("huawei/garden/PutBed.yaml")]));
    assert!(
        report
            .lost
            .get("provider text")
            .is_none_or(|lost| lost.count < 10)
    );
    let error = |finding: &Diagnostic| finding.severity == Severity::Error;
    let found = findings(specs.path());
    assert!(!found.iter().any(error), "{found:#?}");
}

/// The published documents, unpacked; nothing where they are not there.
fn published(parts: &[&str]) -> Option<TempDir> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let archive = root.join("../shared/corpus/huawei.tar.xz");
    if !archive.is_file() {
        println!("skipped: ../shared is absent; it holds what the provider publishes");
        return None;
    }
    let folder = TempDir::new().expect("a folder");
    let mut tar = Command::new("tar");
    tar.arg("-xJf").arg(&archive).arg("-C").arg(folder.path());
    if !tar
        .args(parts)
        .status()
        .is_ok_and(|status| status.success())
    {
        println!("skipped: tar cannot unpack the archive here");
        return None;
    }
    Some(folder)
}

/// The oddest services: several versions, references to nothing, forms, hosts without a
/// rule, projects of their own, structures that hold themselves.
const SAMPLE: [&str; 8] = [
    "antiddos",
    "cloudtest",
    "dc",
    "iam",
    "kvs",
    "roma",
    "tms",
    "vpc",
];

#[test]
fn the_published_services_import_without_an_error() {
    let Some(folder) = published(&["huawei/openapi", "huawei/sdk-facts"]) else {
        return;
    };
    let all = std::env::var_os("YUNSPEC_CORPUS").is_some_and(|which| which == "all");
    let mut options = crate::options("2026-01-02");
    if !all {
        options.only = SAMPLE.map(str::to_owned).to_vec();
    }
    let specs = TempDir::new().expect("a folder");
    let report = run(&folder.path().join("huawei"), specs.path(), &options);
    println!("{}", report.text());
    assert!(report.operations > 0, "the archive holds the sample");
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let found = findings(specs.path());
    for finding in &found {
        *rules.entry(finding.rule).or_default() += 1;
    }
    println!("{rules:#?}");
    let error = |finding: &&Diagnostic| finding.severity == Severity::Error;
    let errors: Vec<_> = found.iter().filter(error).take(5).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// Keys of a member that are ours, and say nothing about the provider.
const OURS: [&str; 4] = ["doc", "written", "special", "sensitive"];

/// Each difference between the transcribed page and the documents: the member, the key,
/// what the page says, what the documents say.
const EXPECTED: [(&str, &str, &str, &str); 13] = [
    // The page has no lengths; its gap at `request.description` names these.
    ("user_id", "max_length", "null", "255"),
    ("user_id", "min_length", "null", "1"),
    ("description", "max_length", "null", "255"),
    ("user_email", "max_length", "null", "64"),
    ("user_phone", "max_length", "null", "20"),
    // The page names the default in words, the documents do not.
    ("active_type", "default", "\"USER_ACTIVATE\"", "null"),
    ("active_type", "max_length", "null", "50"),
    ("account_expires", "max_length", "null", "55"),
    // The page explains both values of a flag; the documents have a boolean.
    ("enable_change_password", "enum", "[true,false]", "null"),
    ("next_login_change_password", "enum", "[true,false]", "null"),
    ("password_never_expired", "enum", "[true,false]", "null"),
    ("disabled", "enum", "[true,false]", "null"),
    ("user_info_map", "max_length", "null", "255"),
];

#[test]
fn the_documents_agree_with_the_transcribed_page() {
    let parts = [
        "huawei/openapi/workspace.json",
        "huawei/sdk-facts/workspace.v2.json",
    ];
    let Some(source) = published(&parts) else {
        return;
    };
    let specs = TempDir::new().expect("a folder");
    let options = crate::options("2026-01-02");
    run(&source.path().join("huawei"), specs.path(), &options);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let both = |file: &str| {
        [root.join("specs"), specs.path().to_owned()].map(|specs| -> Value {
            let path = specs.join("huawei/workspace").join(file);
            let text = fs::read_to_string(path).expect("the file exists");
            serde_yaml::from_str(&text).expect("YAML")
        })
    };
    let [page, told] = both("UpdateUserInfo.yaml");
    assert_eq!(page["http"], told["http"]);
    let mut found = differences(&page["request"], &told["request"]);
    found.extend(differences(&page["response"], &told["response"]));
    let expected = EXPECTED.map(|row| {
        let (member, key, page, told) = row;
        [member, key, page, told].map(str::to_owned)
    });
    assert_eq!(found, expected);
    let [page, told] = both("service.yaml");
    for key in ["service", "title", "product", "version", "endpoint"] {
        assert_eq!(page[key], told[key], "{key}");
    }
}

/// What two lists of members say differently: member, key, and what each says.
fn differences(page: &Value, told: &Value) -> Vec<[String; 4]> {
    let keys = |value: &Value| -> Vec<String> {
        let object = value.as_object().into_iter().flatten();
        object.map(|(key, _)| key.clone()).collect()
    };
    let mut names = keys(page);
    names.extend(
        keys(told)
            .into_iter()
            .filter(|name| page.get(name).is_none()),
    );
    let mut found = Vec::new();
    for name in names {
        let sides = [&page[&name], &told[&name]];
        let all: BTreeSet<String> = sides.into_iter().flat_map(keys).collect();
        for key in all.iter().filter(|key| !OURS.contains(&key.as_str())) {
            let [one, other] = sides.map(|side| plain(&side[key]));
            if one != other {
                let (one, other) = (one.to_string(), other.to_string());
                found.push([name.clone(), key.clone(), one, other]);
            }
        }
    }
    found
}

/// Known values without their names and meanings.
fn plain(value: &Value) -> Value {
    match value.as_array() {
        Some(values) => values.iter().map(|one| one["value"].clone()).collect(),
        None => value.clone(),
    }
}
