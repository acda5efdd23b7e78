//! Alibaba Cloud: metadata invented for this test, in all three formats and with every quirk
//! that the readers know, beside the files that they become; and, where it is there, what
//! the provider really publishes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use yunspec::import::{Options, Report, alibaba};
use yunspec::{check, load};

/// The largest services, and the oddest: every style, several versions, deep and recursive
/// structures, twins of names.
const SAMPLE: [&str; 12] = [
    "aiworkspace",
    "aliding",
    "cloudcontrol",
    "ecs",
    "elasticsearch",
    "gemp",
    "imagesearch",
    "live",
    "mse",
    "ocr-api",
    "r-kvstore",
    "sls",
];

fn here(path: &str) -> PathBuf {
    crate::here("alibaba").join(path)
}

fn run(source: &Path, specs: &Path, options: &Options) -> Report {
    alibaba::import(&[source.to_owned()], specs, options, &|_| {})
        .expect("the disk takes it")
}

fn imported(day: &str) -> (TempDir, Report) {
    let specs = TempDir::new().expect("a folder");
    let report = run(&here("source"), specs.path(), &crate::options(day));
    (specs, report)
}

#[test]
fn the_specs_are_what_three_formats_become() {
    let (specs, report) = imported("2026-01-02");
    let golden = here("golden");
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
    let names: Vec<_> = written.keys().collect();
    assert_eq!(
        names,
        wanted.keys().collect::<Vec<_>>(),
        "BLESS=1 where this is right"
    );
    for (path, text) in &wanted {
        let shown = path.display();
        assert_eq!(&written[path], text, "{shown}: BLESS=1 where this is right");
    }
}

#[test]
fn what_was_imported_has_no_finding_and_becomes_rust() {
    let (specs, _) = imported("2026-01-02");
    let found = check::findings(&load::read(specs.path()));
    assert!(found.is_empty(), "{found:#?}");
    let pages = yunspec::generate(specs.path()).expect("there are no errors");
    let pages = pages.iter().filter(|page| {
        page.path.extension().is_some_and(|end| end == "rs")
            && page.path.to_string_lossy().contains("alibaba")
    });
    let mut parsed = 0;
    for page in pages {
        syn::parse_file(&page.text)
            .unwrap_or_else(|error| panic!("{}: {error}", page.path.display()));
        parsed += 1;
    }
    assert!(parsed > 20, "{parsed} files");
}

#[test]
fn a_second_import_changes_nothing() {
    let (specs, first) = imported("2026-01-02");
    let before = crate::files(specs.path());
    let again = run(&here("source"), specs.path(), &crate::options("2026-05-06"));
    assert_eq!(crate::files(specs.path()), before);
    assert_eq!((again.written, again.unchanged), (0, first.written));
    assert!(again.conflicts.is_empty() && again.kept.is_empty());
    let lost = |report: &Report| format!("{:?}", report.lost);
    assert_eq!(lost(&again), lost(&first));
}

#[test]
fn texts_come_only_when_asked_for() {
    let (plain, _) = imported("2026-01-02");
    let says = |text: &String| text.contains("Words");
    assert!(!crate::files(plain.path()).values().any(says));
    let specs = TempDir::new().expect("a folder");
    let options = Options {
        with_docs: true,
        ..crate::options("2026-01-02")
    };
    let report = run(&here("source"), specs.path(), &options);
    let files = crate::files(specs.path());
    let list = &files[Path::new("alibaba/depot/ListCrates.yaml")];
    assert!(list.contains("Lang: { type: string, doc: Words of the provider. }"));
    let texts = report
        .lost
        .get("provider text")
        .map_or(0, |lost| lost.count);
    assert!(texts < 3, "{texts} texts are lost although they are wanted");
    let found = check::findings(&load::read(specs.path()));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn each_document_is_enough_by_itself() {
    let whole = crate::files(&here("source"));
    for (only, operation) in [
        ("api-docs", "depot/TagCrate.yaml"),
        ("sdk-idl", "depot/StackCrates.yaml"),
        ("cli-meta", "depot/CountCrates.yaml"),
    ] {
        let source = TempDir::new().expect("a folder");
        for (path, text) in whole.iter().filter(|(path, _)| path.starts_with(only)) {
            let path = source.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            fs::write(path, text).expect("writable");
        }
        let specs = TempDir::new().expect("a folder");
        let report = run(source.path(), specs.path(), &crate::options("2026-01-02"));
        assert!(report.disagreements.is_empty(), "{only}");
        let file = specs.path().join("alibaba").join(operation);
        assert!(file.is_file(), "{only}: {}", file.display());
        let found = check::findings(&load::read(specs.path()));
        assert!(found.is_empty(), "{only}: {found:#?}");
    }
}

/// Why a page and the metadata call structures differently.
const NAMED: &str = "the metadata give these structures no names";

/// Each difference between a page and the metadata, and why there is one: file, key path,
/// what the page says, what the metadata say.
const EXPECTED: [(&str, &str, &str, &str, &str); 13] = [
    (
        "live/ModifyLiveMessageUserInfo",
        "response.FailList",
        "array of FailedGroup",
        "array of ModifyLiveMessageUserInfoFail",
        NAMED,
    ),
    (
        "live/ModifyLiveMessageUserInfo",
        "response.SuccessList",
        "array of ChangedGroup",
        "array of ModifyLiveMessageUserInfoSuccess",
        NAMED,
    ),
    (
        "live/ModifyLiveMessageUserInfo",
        "types",
        "FailedGroup",
        "",
        NAMED,
    ),
    (
        "live/ModifyLiveMessageUserInfo",
        "types",
        "ChangedGroup",
        "",
        NAMED,
    ),
    (
        "live/ModifyLiveMessageUserInfo",
        "types",
        "",
        "ModifyLiveMessageUserInfoFail",
        NAMED,
    ),
    (
        "live/ModifyLiveMessageUserInfo",
        "types",
        "",
        "ModifyLiveMessageUserInfoSuccess",
        NAMED,
    ),
    (
        "quickbi-public/UpdateUser",
        "response.RequestId",
        "string, required",
        "string",
        "what comes back may lack whatever metadata call required; the page is trusted",
    ),
    (
        "ram/UpdateUser",
        "request.UserName",
        "string, required",
        "string",
        "required by the page and by the docs of the metadata, not by the service itself",
    ),
    (
        "ram/UpdateUser",
        "types",
        "User",
        "",
        "several operations share it: it is in types.yaml",
    ),
    (
        "ram/UpdateUser",
        "errors",
        "InvalidParameter.*",
        "",
        "the metadata list no codes; those of the page are of 2016",
    ),
    (
        "ram/UpdateUser",
        "errors",
        "Entity*",
        "",
        "the metadata list no codes; those of the page are of 2016",
    ),
    (
        "quickbi-public/UpdateUser",
        "errors",
        "",
        "*",
        "the page lists fewer codes than the metadata, which have those of all operations",
    ),
    (
        "*/service",
        "endpoint*",
        "*",
        "*",
        "the hand-made list follows the SDK, the metadata list more regions",
    ),
];

fn expects(
    (file, at, page, metadata, _): &(&str, &str, &str, &str, &str),
    one: &yunspec::import::Conflict,
) -> bool {
    let fits = |pattern: &str, text: &str| match pattern.split_once('*') {
        Some((start, end)) => text.starts_with(start) && text.ends_with(end),
        None => pattern == text,
    };
    let name = one.file.strip_prefix("alibaba/").unwrap_or(&one.file);
    fits(file, name.trim_end_matches(".yaml"))
        && fits(at, &one.at)
        && fits(page, &one.file_says)
        && fits(metadata, &one.source_says)
}

#[test]
fn the_metadata_agree_with_the_transcribed_pages() {
    let Some(source) = published(&["ram", "live", "quickbi-public"]) else {
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let specs = TempDir::new().expect("a folder");
    for file in [
        "live/service.yaml",
        "live/ModifyLiveMessageUserInfo.yaml",
        "quickbi-public/service.yaml",
        "quickbi-public/UpdateUser.yaml",
        "ram/service.yaml",
        "ram/UpdateUser.yaml",
    ] {
        let to = specs.path().join("alibaba").join(file);
        fs::create_dir_all(to.parent().expect("a folder")).expect("writable");
        let by_hand = root.join("specs/alibaba").join(file);
        fs::copy(by_hand, to).expect("the seed exists");
    }
    let options = Options {
        only: ["ram", "live", "quickbi-public"]
            .map(str::to_owned)
            .to_vec(),
        ..crate::options("2026-01-02")
    };
    let report = run(&source.path().join("alibaba"), specs.path(), &options);
    assert_eq!(report.kept.len(), 6, "{:?}", report.kept);
    for (file, at, page, metadata, why) in EXPECTED {
        println!("expected: {file}: {at}: `{page}` and `{metadata}`: {why}");
    }
    let odd: Vec<_> = report
        .conflicts
        .iter()
        .filter(|one| !EXPECTED.iter().any(|expected| expects(expected, one)))
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
    for expected in &EXPECTED[..11] {
        let there = report.conflicts.iter().any(|one| expects(expected, one));
        assert!(there, "no longer a difference: {expected:?}");
    }
}

#[test]
fn the_published_services_import_without_a_finding() {
    let Some(source) = published(&[]) else {
        return;
    };
    let mut options = crate::options("2026-01-02");
    if std::env::var_os("YUNSPEC_CORPUS").is_none_or(|which| which != "all") {
        options.only = SAMPLE.map(str::to_owned).to_vec();
    }
    let specs = TempDir::new().expect("a folder");
    let report = run(&source.path().join("alibaba"), specs.path(), &options);
    println!("{}", report.text());
    assert!(report.operations > 1000, "{} operations", report.operations);
    let found = check::findings(&load::read(specs.path()));
    assert!(found.is_empty(), "{:#?}", &found[..found.len().min(5)]);
}

/// What the provider publishes about some products, or about all; nothing where it is not
/// there.
fn published(products: &[&str]) -> Option<TempDir> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let archive = root.join("../shared/corpus/alibaba.tar.xz");
    if !archive.is_file() {
        println!("skipped: ../shared is absent; it holds what the provider publishes");
        return None;
    }
    let folder = TempDir::new().expect("a folder");
    let mut tar = Command::new("tar");
    tar.arg("-xJf").arg(&archive).arg("-C").arg(folder.path());
    tar.arg("--wildcards").arg("--no-anchored");
    if products.is_empty() {
        tar.arg("alibaba/*.json");
    }
    for product in products {
        tar.arg(format!("alibaba/api-docs/{product}/*.json"));
        tar.arg(format!("alibaba/sdk-idl/{product}-*.json"));
    }
    if products.contains(&"ram") {
        tar.args(["alibaba/cli-meta/ram.json", "alibaba/cli-meta/live.json"]);
    }
    if !tar.status().is_ok_and(|status| status.success()) {
        println!("skipped: tar cannot unpack the archive here");
        return None;
    }
    Some(folder)
}
