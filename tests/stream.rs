//! Generation of whole clouds: several services at once, one at a time in memory, nothing
//! that did not change, and nothing at all where something is wrong.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;
use yunspec::page::{self, Written};
use yunspec::stream::{self, Task, Trouble};

const PROVIDER: &str = "provider: acme\ntitle: Acme\nprotocol: tc3-json\nmembers_in: body\n\
                        method: POST\npath: /\n";

/// Specs of four services and the folder of their crate.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self {
            folder: tempfile::tempdir().expect("a folder for a while"),
        };
        site.spec("provider.yaml", PROVIDER);
        for (index, service) in ["clay", "iron", "sand", "wood"].into_iter().enumerate() {
            let facts = format!(
                "service: {service}\ntitle: {service}\nproduct: {service}\nversion: \"1\"\n\
                 endpoint: {{ global: {service}.example.com }}\n"
            );
            site.spec(&format!("{service}/service.yaml"), &facts);
            for operation in 0..=index {
                let name = format!("GetPart{operation}");
                site.operation(service, &name, "Reads a part.");
            }
        }
        site
    }

    fn specs(&self) -> PathBuf {
        self.folder.path().join("specs")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("crate")
    }

    fn spec(&self, path: &str, text: &str) {
        let file = self.specs().join("acme").join(path);
        fs::create_dir_all(file.parent().expect("it is in a folder")).expect("made");
        fs::write(file, text).expect("it can be written");
    }

    fn operation(&self, service: &str, name: &str, summary: &str) {
        let text = format!(
            "operation: {name}\nsummary: {summary}\nretry: safe\n\
             source: {{ title: {name}, language: en, transcribed: 2026-01-01 }}\n\
             request:\n  Name: {{ type: string, required: true, doc: The name. }}\n\
             response:\n  Size: {{ type: integer, doc: The size. }}\n"
        );
        self.spec(&format!("{service}/{name}.yaml"), &text);
    }

    fn run(&self, only: &[String], generator: &str) -> Result<Written, Trouble> {
        let (specs, out) = (self.specs(), self.out());
        let task = Task {
            specs: &specs,
            out: &out,
            only,
            generator: Some(generator.to_owned()),
        };
        stream::write(&task).map(|(written, _)| written)
    }

    fn generate(&self) -> Written {
        self.run(&[], "one").expect("the specs have no errors")
    }

    /// Every file of the crate with its text and its time.
    fn files(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.out()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.expect("it can be listed").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let time = fs::metadata(&path).and_then(|data| data.modified());
                    let text = fs::read(&path).expect("it can be read");
                    found.insert(path, (text, time.expect("it has a time")));
                }
            }
        }
        found
    }

    fn is_fresh(&self) {
        let pages = yunspec::generate(&self.specs()).expect("the specs have no errors");
        let found = page::compare(&self.out(), &pages, &[]).expect("they can be read");
        assert!(found.is_empty(), "{found:#?}");
    }

    fn cache(&self) -> PathBuf {
        self.out().join(".yunspec/cache")
    }
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    let names = paths.iter().map(|path| path.display().to_string());
    names.collect()
}

#[test]
fn several_at_once_write_what_one_would() {
    let site = Site::new();
    let written = site.generate();
    let pages = yunspec::generate(&site.specs()).expect("the specs have no errors");
    assert_eq!(written.written.len(), pages.len());
    assert!(written.written.is_sorted());
    site.is_fresh();
    let first: Vec<_> = site.files().into_values().map(|(text, _)| text).collect();
    fs::remove_dir_all(site.out()).expect("it can be removed");
    site.generate();
    let second: Vec<_> = site.files().into_values().map(|(text, _)| text).collect();
    assert!(
        first == second,
        "twice the same bytes, the cache among them"
    );
}

#[test]
fn the_repository_is_generated_alike() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/specs");
    let out = tempfile::tempdir().expect("a folder for a while");
    let task = Task {
        specs: &specs,
        out: out.path(),
        only: &[],
        generator: None,
    };
    stream::write(&task).expect("the course has no errors");
    let pages = yunspec::generate(&specs).expect("the course has no errors");
    let found = page::compare(out.path(), &pages, &[]).expect("they can be read");
    assert!(found.is_empty(), "{found:#?}");
    assert!(
        !out.path().join(".yunspec").exists(),
        "nothing is remembered unless asked"
    );
}

#[test]
fn an_unchanged_run_writes_nothing() {
    let site = Site::new();
    let first = site.generate();
    let before = site.files();
    let again = site.generate();
    assert_eq!((again.written.len(), again.removed.len()), (0, 0));
    assert_eq!(again.unchanged, first.written.len());
    assert!(site.files() == before, "not even a time has changed");
}

#[test]
fn one_changed_file_writes_only_its_pages() {
    let site = Site::new();
    site.generate();
    site.operation("sand", "GetPart1", "Reads a grain.");
    let written = site.generate();
    assert_eq!(
        names(&written.written),
        [
            "README.md",
            "src/acme/sand/blocking.rs",
            "src/acme/sand/get_part1.rs",
            "src/acme/sand/mod.rs",
        ]
    );
    site.is_fresh();
    assert_eq!(site.generate().written.len(), 0);
}

#[test]
fn a_new_and_a_removed_service_are_noticed() {
    let site = Site::new();
    site.generate();
    fs::remove_dir_all(site.specs().join("acme/iron")).expect("it can be removed");
    let facts = "service: zinc\ntitle: zinc\nproduct: zinc\nversion: \"1\"\n\
                 endpoint: { global: zinc.example.com }\n";
    site.spec("zinc/service.yaml", facts);
    site.operation("zinc", "GetPart0", "Reads a part.");
    let written = site.generate();
    let written_names = names(&written.written);
    assert!(written_names.contains(&"src/acme/zinc/get_part0.rs".to_owned()));
    assert!(names(&written.removed).contains(&"src/acme/iron/mod.rs".to_owned()));
    assert!(
        written_names
            .iter()
            .all(|name| !name.starts_with("src/acme/wood")),
        "{written_names:?}"
    );
    site.is_fresh();
}

#[test]
fn a_hand_on_the_output_is_noticed_and_mended() {
    let site = Site::new();
    site.generate();
    let file = site.out().join("src/acme/wood/get_part2.rs");
    fs::write(&file, "// Mine.\n").expect("it can be written");
    fs::remove_file(site.out().join("src/acme/clay/mod.rs")).expect("it is there");
    fs::write(site.out().join("README.md"), "mine").expect("it can be written");
    fs::write(site.out().join("src/acme/stray.rs"), "").expect("it can be written");
    let written = site.generate();
    assert_eq!(
        names(&written.written),
        [
            "README.md",
            "src/acme/clay/mod.rs",
            "src/acme/wood/get_part2.rs"
        ]
    );
    assert_eq!(names(&written.removed), ["src/acme/stray.rs"]);
    site.is_fresh();
}

#[test]
fn a_cache_that_lies_or_is_damaged_is_none() {
    let site = Site::new();
    site.generate();
    let cache = fs::read_to_string(site.cache()).expect("it is there");
    let mod_rs = site.out().join("src/acme/clay/mod.rs");
    for damaged in [
        String::new(),
        "no JSON\n".to_owned(),
        cache[..cache.len() / 2].to_owned(),
        cache.replace("acme::clay", "acme::lime"),
        cache.replacen("one", "two", 1),
    ] {
        fs::write(site.cache(), &damaged).expect("it can be written");
        fs::write(&mod_rs, "").expect("it can be written");
        site.operation(
            "sand",
            "GetPart0",
            &format!("Reads {} parts.", damaged.len()),
        );
        let written = site.generate();
        assert!(names(&written.written).contains(&"src/acme/clay/mod.rs".to_owned()));
        site.is_fresh();
    }
}

#[test]
fn another_generator_looks_at_everything() {
    let site = Site::new();
    site.generate();
    let file = site.cache();
    let before = fs::read(&file).expect("it is there");
    let again = site.run(&[], "other").expect("the specs have no errors");
    assert_eq!(again.written.len(), 0, "it spells the same");
    assert_ne!(fs::read(&file).expect("it is there"), before);
    assert!(stream::generator().is_some_and(|digest| digest.len() == 32));
}

#[test]
fn a_comparison_believes_no_cache() {
    let site = Site::new();
    site.generate();
    let file = site.out().join("src/acme/clay/mod.rs");
    fs::write(&file, "").expect("it can be written");
    let (specs, out) = (site.specs(), site.out());
    let before = site.files();
    let task = Task {
        specs: &specs,
        out: &out,
        only: &[],
        generator: Some("one".to_owned()),
    };
    let found = stream::compare(&task).expect("the specs have no errors");
    assert_eq!(names(&found.stale), ["src/acme/clay/mod.rs"]);
    assert!(site.files() == before, "it writes nothing");
}

#[test]
fn one_wrong_service_leaves_everything_as_it_was() {
    let site = Site::new();
    site.spec(
        "iron/GetPart1.yaml",
        "operation: GetPart1\nsummary: Reads.\n",
    );
    site.spec("wood/GetPart3.yaml", "operation: [\n");
    let Err(Trouble::Findings(found)) = site.run(&[], "one") else {
        panic!("two files are wrong");
    };
    let mut files: Vec<_> = found.iter().map(|one| one.place.file.clone()).collect();
    files.dedup();
    assert_eq!(
        names(&files),
        ["acme/iron/GetPart1.yaml", "acme/wood/GetPart3.yaml"],
        "all findings at once"
    );
    assert!(!site.out().exists(), "not even the folder was made");

    let site = Site::new();
    site.generate();
    let before = site.files();
    site.operation("clay", "GetPart0", "Reads another part.");
    site.spec("provider.yaml", &PROVIDER.replace("POST", "post it"));
    assert!(matches!(site.run(&[], "one"), Err(Trouble::Findings(_))));
    assert!(site.files() == before, "nothing has changed");
}

#[test]
fn two_services_of_one_name_are_told_from_afar() {
    let site = Site::new();
    let facts = "service: sand-1\ntitle: s\nproduct: s\nversion: \"1\"\n\
                 endpoint: { global: s.example.com }\n";
    for service in ["sand-1", "sand_1"] {
        let facts = facts.replace("sand-1", service);
        site.spec(&format!("{service}/service.yaml"), &facts);
        site.operation(service, "GetPart0", "Reads a part.");
    }
    let Err(Trouble::Findings(found)) = site.run(&[], "one") else {
        panic!("both become `sand_1`");
    };
    let pure = yunspec::generate(&site.specs()).expect_err("both become `sand_1`");
    let told = |found: &[yunspec::diagnostic::Diagnostic]| {
        let errors = found.iter().filter(|one| one.severity.as_str() == "error");
        errors
            .map(|one| format!("{} {:?}", one.message, one.place))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&found), told(&pure));
    assert!(!site.out().exists());
}

#[test]
fn only_what_is_asked_for_is_written() {
    let site = Site::new();
    let only = ["acme/sand".to_owned()];
    let written = site.run(&only, "one").expect("the specs have no errors");
    assert!(
        names(&written.written)
            .iter()
            .all(|name| name.contains("sand"))
    );
    assert!(!site.out().join("src/lib.rs").exists());
    let unknown = ["acme/gold".to_owned()];
    let Err(Trouble::Unknown(name, known)) = site.run(&unknown, "one") else {
        panic!("there is no gold");
    };
    assert_eq!((name.as_str(), known.len()), ("acme/gold", 4));
}
