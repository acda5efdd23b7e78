//! What a provider publishes becomes specs: metadata invented for this test, with every
//! quirk that the reader knows, beside the files that it becomes; and, where it is there,
//! what the providers really publish.

mod import {
    mod again;
    mod alibaba;
    mod changed;
    pub(crate) mod corpus;
    mod history;
    mod huawei;
    mod kept;
    mod merge;
    mod moving;
    mod names;
    mod reimport;
    pub(crate) mod seed;
    mod united;
}

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tempfile::TempDir;
use yunspec::check;
use yunspec::import::{Options, Report, tencent};
use yunspec::load;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("import")
        .join(path)
}

fn options(day: &str) -> Options {
    Options {
        with_docs: false,
        only: Vec::new(),
        day: day.to_owned(),
    }
}

fn run(source: &Path, specs: &Path, options: &Options) -> Report {
    tencent::import(&[source.to_owned()], specs, options, &|_| {})
        .expect("the disk takes it")
}

fn imported(day: &str) -> (TempDir, Report) {
    let specs = TempDir::new().expect("a folder");
    let report = run(&here("source"), specs.path(), &options(day));
    (specs, report)
}

/// All files below a folder, by path.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("text");
            let name = path.strip_prefix(folder).expect("below the folder");
            found.insert(name.to_owned(), text);
        }
    }
    found
}

#[test]
fn the_specs_are_what_the_metadata_become() {
    let (specs, report) = imported("2026-01-02");
    let golden = here("golden");
    let mut written = files(specs.path());
    written.insert("report.txt".into(), report.text());
    if std::env::var_os("BLESS").is_some() {
        let _ = fs::remove_dir_all(&golden);
        for (path, text) in &written {
            let path = golden.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            fs::write(path, text).expect("writable");
        }
    }
    let wanted = files(&golden);
    let names = |files: &BTreeMap<PathBuf, String>| -> Vec<PathBuf> {
        files.keys().cloned().collect()
    };
    assert_eq!(
        names(&written),
        names(&wanted),
        "BLESS=1 where this is right"
    );
    for (path, text) in &wanted {
        let path_shown = path.display();
        assert_eq!(
            &written[path], text,
            "{path_shown}: BLESS=1 where this is right"
        );
    }
}

#[test]
fn what_was_imported_has_no_finding_and_becomes_rust() {
    let (specs, _) = imported("2026-01-02");
    let found = check::findings(&load::read(specs.path()));
    assert!(found.is_empty(), "{found:#?}");
    let pages = yunspec::generate(specs.path()).expect("there are no errors");
    let mut parsed = 0;
    for page in &pages {
        if page.path.extension().is_some_and(|end| end == "rs") {
            syn::parse_file(&page.text)
                .unwrap_or_else(|error| panic!("{}: {error}", page.path.display()));
            parsed += 1;
        }
    }
    assert!(parsed > 10, "{parsed} files");
}

#[test]
fn a_second_import_changes_nothing() {
    let (specs, first) = imported("2026-01-02");
    let before = files(specs.path());
    let again = run(&here("source"), specs.path(), &options("2026-05-06"));
    assert_eq!(files(specs.path()), before);
    assert_eq!((again.written, again.unchanged), (0, first.written));
    assert!(again.conflicts.is_empty() && again.kept.is_empty());
    let lost = |report: &Report| format!("{:?}", report.lost);
    assert_eq!(lost(&again), lost(&first));
}

#[test]
fn what_a_person_wrote_stays() {
    let (specs, _) = imported("2026-01-02");
    let file = specs.path().join("tencent/shelf/BurnBook.yaml");
    let text = fs::read_to_string(&file).expect("imported");
    let by_hand = text
        .replace("type: int64", "type: string")
        .replace("code: NoBook", "code: Ashes");
    assert_ne!(text, by_hand);
    fs::write(&file, &by_hand).expect("writable");
    let notes = specs.path().join("tencent/shelf/ReadBook.yaml");
    fs::write(&notes, "operation: ReadBook\n").expect("writable");
    let report = run(&here("source"), specs.path(), &options("2026-05-06"));
    assert_eq!(fs::read_to_string(&file).expect("kept"), by_hand);
    assert!(notes.exists());
    let kept = ["tencent/shelf/BurnBook.yaml", "tencent/shelf/ReadBook.yaml"];
    assert_eq!(report.kept, kept);
    let told: Vec<_> = report
        .conflicts
        .iter()
        .map(|one| {
            (
                one.at.as_str(),
                one.file_says.as_str(),
                one.source_says.as_str(),
            )
        })
        .collect();
    let wanted = [
        ("errors.Ashes", "Ashes", ""),
        ("errors.NoBook", "", "NoBook"),
        ("request.Id.type", "string", "int64"),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn a_changed_source_changes_its_files_and_removes_what_it_lost() {
    let (specs, _) = imported("2026-01-02");
    let source = TempDir::new().expect("a folder");
    for (path, text) in files(&here("source")) {
        let path = source.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        let text = text
            .replace("\"BurnBookRequest\",\n", "\"GoneRequest\",\n")
            .replace("\"uint64\"", "\"int64\"");
        fs::write(path, text).expect("writable");
    }
    let before = files(specs.path());
    let report = run(source.path(), specs.path(), &options("2026-05-06"));
    assert_eq!(report.removed, ["tencent/shelf/BurnBook.yaml"]);
    let after = files(specs.path());
    let changed: Vec<_> = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(*text))
        .map(|(path, _)| path.display().to_string())
        .collect();
    let service = "tencent/shelf/service.yaml";
    assert_eq!(changed, ["tencent/shelf/PutBook.yaml", service]);
    let behind_the_digests = |files: &BTreeMap<PathBuf, String>| -> Vec<String> {
        let lines = files[Path::new(service)].lines();
        lines.skip(1).map(str::to_owned).collect()
    };
    assert_eq!(behind_the_digests(&after), behind_the_digests(&before));
    assert!(after[Path::new("tencent/shelf/PutBook.yaml")].contains("2026-05-06"));
}

#[test]
fn one_folder_one_version_and_the_plain_name_stays() {
    let specs = TempDir::new().expect("a folder");
    let folder = specs.path().join("tencent/shelf");
    fs::create_dir_all(&folder).expect("writable");
    let service = "service: shelf\nversion: 2020-01-01\n";
    fs::write(folder.join("service.yaml"), service).expect("writable");
    let shelf = here("source/api/shelf");
    run(&shelf, specs.path(), &options("2026-01-02"));
    let files = files(specs.path());
    let version = |path: &str| {
        let text = &files[Path::new(path)];
        text.lines()
            .find(|line| line.starts_with("version"))
            .map(str::to_owned)
    };
    let plain = version("tencent/shelf/service.yaml");
    assert_eq!(plain.as_deref(), Some("version: 2020-01-01"));
    let newer = version("tencent/shelf-20210101/service.yaml");
    assert_eq!(newer.as_deref(), Some("version: 2021-01-01"));
    let burn = &files[Path::new("tencent/shelf-20210101/BurnBook.yaml")];
    assert!(
        burn.contains("code: NoBook"),
        "the errors beside `api` are found"
    );
}

#[test]
fn texts_come_only_when_asked_for_and_without_markup() {
    let specs = TempDir::new().expect("a folder");
    let options = Options {
        with_docs: true,
        only: vec!["shelf".to_owned()],
        day: "2026-01-02".to_owned(),
    };
    run(&here("source"), specs.path(), &options);
    let files = files(specs.path());
    assert!(
        files[Path::new("tencent/shelf/PutBook.yaml")]
            .contains("doc: Words of the provider")
    );
    let finding = |finding: &yunspec::diagnostic::Diagnostic| {
        finding.severity == yunspec::diagnostic::Severity::Error
    };
    let found = check::findings(&load::read(specs.path()));
    assert!(!found.iter().any(finding), "{found:#?}");
    let (specs, _) = imported("2026-01-02");
    let words = |text: &String| text.contains("Words");
    assert!(!self::files(specs.path()).values().any(words));
}

#[test]
fn english_texts_stand_in_the_place_of_others() {
    let specs = TempDir::new().expect("a folder");
    let options = Options {
        with_docs: true,
        only: vec!["attic".to_owned()],
        day: "2026-01-02".to_owned(),
    };
    run(&here("source"), specs.path(), &options);
    let files = files(specs.path());
    let create = &files[Path::new("tencent/attic/CreateBox.yaml")];
    let modify = &files[Path::new("tencent/attic/ModifyBox.yaml")];
    let types = &files[Path::new("tencent/attic/types.yaml")];
    for (text, file) in [
        ("doc: This API makes a box .", create),
        ("doc: Whose box it is.", create),
        ("doc: The lid is wrong.", modify),
        ("doc: What kind of box.", types),
        ("doc: Words.", types),
    ] {
        assert!(file.contains(text), "{text}\n{file}");
    }
    let found = check::findings(&load::read(specs.path()));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_sample_keeps_its_shape_and_none_of_its_texts() {
    let (specs, report) = imported("2026-01-02");
    let files = files(specs.path());
    let create = &files[Path::new("tencent/attic/CreateBox.yaml")];
    assert!(
        create.contains("When: \"2026-01-02T03:04:05Z\""),
        "{create}"
    );
    for text in ["real name", "100000546533", "box-1", "b46d", "1999"] {
        assert!(!create.contains(text), "{text}\n{create}");
    }
    for (why, count) in [
        ("sample whose request is no JSON", 3),
        ("sample whose response is no JSON", 1),
        ("sample of an error", 1),
        ("sample that does not fit the declared types", 1),
        ("sample with a member that is not declared", 1),
        ("sample without a required member", 1),
    ] {
        assert_eq!(
            report.lost.get(why).map(|lost| lost.count),
            Some(count),
            "{why}"
        );
    }
}

#[test]
fn a_service_comes_once_and_one_that_is_nowhere_is_told() {
    let specs = TempDir::new().expect("a folder");
    let mut options = options("2026-01-02");
    options.only = vec!["shelf".to_owned(), "barn".to_owned()];
    let sources = [here("source"), here("source/api/shelf"), here("golden")];
    let report = tencent::import(&sources, specs.path(), &options, &|_| {})
        .expect("the disk takes it");
    assert_eq!(report.services, 2);
    let count = |kind: &str| report.lost[kind].count;
    assert_eq!(count("service that an earlier source has"), 1);
    assert_eq!(count("service that no source has"), 1);
    assert_eq!(count("source without an api.json"), 1);
}

#[test]
fn a_version_that_the_source_dropped_keeps_the_plain_name() {
    let (specs, _) = imported("2026-01-02");
    let source = TempDir::new().expect("a folder");
    for (path, text) in files(&here("source")) {
        let path = source
            .path()
            .join(path.to_string_lossy().replace("v2021", "v2031"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, text.replace("2021-01-01", "2031-01-01")).expect("writable");
    }
    let before = files(specs.path());
    let report = run(source.path(), specs.path(), &options("2031-02-03"));
    assert!(report.removed.is_empty() && report.kept.is_empty());
    let after = files(specs.path());
    assert!(
        before
            .iter()
            .all(|(path, text)| after.get(path) == Some(text))
    );
    assert!(after.contains_key(Path::new("tencent/shelf-20310101/PutBook.yaml")));
}

#[test]
fn the_command_imports_and_refuses_a_day_that_is_none() {
    let specs = TempDir::new().expect("a folder");
    let source = here("source").display().to_string();
    let out = specs.path().display().to_string();
    let run = |day: &str| {
        let line = [
            "yunspec", "import", "tencent", &source, "--out", &out, "--only", "shelf",
            "--today", day, "--format", "json",
        ];
        let code = yunspec::commands::run(line.map(Into::into));
        format!("{code:?}")
    };
    let [fine, usage] = [0, 2].map(|code| format!("{:?}", ExitCode::from(code)));
    assert_eq!(run("2026-13-45"), usage);
    assert!(files(specs.path()).is_empty());
    assert_eq!(run("2026-01-02"), fine);
    assert!(specs.path().join("tencent/shelf/PutBook.yaml").is_file());
}
