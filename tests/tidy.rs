//! The rules of ARCHITECTURE.md that a search can check.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use yunspec_tests::transcribed;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A source file: its path from the root, and its text without the test module at its end.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The lines that hold one of the words, as `path:line: text`.
    fn lines_with(&self, words: &[&str]) -> Vec<String> {
        let hit = |line: &str| words.iter().any(|word| line.contains(word));
        let shown = |(index, line): (usize, &str)| {
            format!("{}:{}: {}", self.path, index + 1, line.trim())
        };
        let lines = self.text.lines().enumerate().filter(|(_, line)| hit(line));
        lines.map(shown).collect()
    }
}

/// Every Rust file below a folder, in name order.
fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut |file| {
        let is_test = file.ends_with("tests.rs");
        if file.extension().is_some_and(|kind| kind == "rs") && !is_test {
            let text =
                std::fs::read_to_string(file).expect("a source file is readable text");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let path = file
                .strip_prefix(root())
                .expect("below the root")
                .display()
                .to_string();
            found.push(Source {
                path,
                text: code.to_owned(),
            });
        }
    });
    assert!(!found.is_empty(), "{folder} holds no Rust");
    found
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut entries: Vec<_> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    entries.sort();
    for path in entries {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        match path.is_dir() {
            _ if hidden => {}
            true if path.ends_with("target") => {}
            true => walk(&path, visit),
            false => visit(&path),
        }
    }
}

fn assert_none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// Whether a file belongs to what may know the providers: the commands that talk to them.
fn is_outside_the_pipeline(path: &str) -> bool {
    let outside = [
        "generator/src/call",
        "generator/src/commands/",
        "generator/src/interpret",
        "generator/src/mock",
        "generator/src/import",
    ];
    outside.iter().any(|start| path.starts_with(start))
}

#[test]
fn the_pipeline_and_the_derives_name_no_provider() {
    let names = [
        "alibaba", "Alibaba", "aliyun", "tencent", "Tencent", "huawei", "Huawei",
    ];
    let mut sources = sources("generator/src");
    sources.extend(self::sources("macros/src"));
    let pipeline = sources
        .iter()
        .filter(|source| !is_outside_the_pipeline(&source.path));
    let found: Vec<_> = pipeline
        .flat_map(|source| source.lines_with(&names))
        .collect();
    assert_none(
        "what differs per provider stands in specs/ and runtime/",
        &found,
    );
}

#[test]
fn the_pipeline_uses_none_of_our_crates() {
    let sources = sources("generator/src");
    let pipeline = sources
        .iter()
        .filter(|source| !is_outside_the_pipeline(&source.path));
    let found: Vec<_> = pipeline
        .flat_map(|source| source.lines_with(&["use yunspec_"]))
        .collect();
    assert_none(
        "only the commands that talk to a cloud use the runtime",
        &found,
    );
}

#[test]
fn emit_decides_nothing_about_the_model() {
    let sources = sources("generator/src/emit");
    let found: Vec<_> = sources
        .iter()
        .flat_map(|source| source.lines_with(&["crate::model", "crate::spec"]))
        .collect();
    assert_none("emit spells what lower has chosen", &found);
}

#[test]
fn only_load_and_page_touch_the_disk() {
    let allowed = [
        "generator/src/load",
        "generator/src/page",
        "generator/src/commands/",
        "generator/src/import",
        // Between the two: what was read, and what it became.
        "generator/src/stream",
    ];
    let sources = sources("generator/src");
    let pipeline = sources
        .iter()
        .filter(|source| !allowed.iter().any(|start| source.path.starts_with(start)));
    let found: Vec<_> = pipeline
        .flat_map(|source| source.lines_with(&["std::fs", "fs::read", "fs::write"]))
        .collect();
    assert_none("one reader and one writer of the disk", &found);
}

#[test]
fn only_the_transport_touches_the_network() {
    let sources = sources("runtime/src");
    let others = sources
        .iter()
        .filter(|source| !source.path.starts_with("runtime/src/transport"));
    let words = ["reqwest::", "std::net::Tcp", "tokio::net", "rustls::"];
    let found: Vec<_> = others
        .flat_map(|source| source.lines_with(&words))
        .collect();
    assert_none("one way to the network", &found);
}

#[test]
fn only_the_stamp_reads_the_clock() {
    let mut all = sources("runtime/src");
    all.extend(sources("generator/src"));
    all.extend(sources("macros/src"));
    let others = all
        .iter()
        .filter(|source| source.path != "runtime/src/stamp.rs");
    let found: Vec<_> = others
        .flat_map(|source| source.lines_with(&["SystemTime::now"]))
        .collect();
    assert_none("the clock is a parameter", &found);
}

#[test]
fn shipped_code_does_not_unwrap_and_leaves_nothing_open() {
    let mut all = sources("runtime/src");
    all.extend(sources("generator/src"));
    all.extend(sources("macros/src"));
    all.extend(sources("generated/src"));
    // In two parts, so that this file does not hold them.
    let open = [
        "TO".to_owned() + "DO",
        "FIX".to_owned() + "ME",
        "unimplemented".to_owned() + "!",
    ];
    let mut words: Vec<&str> = open.iter().map(String::as_str).collect();
    words.extend([".unwrap()", "dbg!("]);
    let found: Vec<_> = all
        .iter()
        .flat_map(|source| source.lines_with(&words))
        .collect();
    assert_none("bad input is an error, and work is finished", &found);
}

#[test]
fn maps_are_ordered() {
    let mut all = sources("generator/src");
    all.extend(sources("macros/src"));
    all.extend(sources("generated/src"));
    let found: Vec<_> = all
        .iter()
        .flat_map(|source| source.lines_with(&["HashMap", "HashSet"]))
        .collect();
    assert_none("the output is deterministic", &found);
}

/// Long files that would not read better as two: the format in one place, a list of cases.
const LONG: [&str; 2] = ["generator/src/spec.rs", "generator/src/lower/tests.rs"];

#[test]
fn files_are_short() {
    let mut long = Vec::new();
    for folder in ["generator/src", "macros/src", "runtime/src", "tests"] {
        walk(&root().join(folder), &mut |file| {
            let is_rust = file.extension().is_some_and(|kind| kind == "rs");
            let text = std::fs::read_to_string(file).unwrap_or_default();
            let allowed = LONG.iter().any(|path| file.ends_with(path));
            if is_rust && !allowed && text.lines().count() > 420 {
                long.push(format!(
                    "{}: {} lines",
                    file.display(),
                    text.lines().count()
                ));
            }
        });
    }
    assert_none("a file is one concept, of about 400 lines at most", &long);
}

/// The Rust of the README, which other tests of this package run.
const SHOWN: [&str; 2] = ["tests/examples/readme.rs", "tests/recorded.rs"];

#[test]
fn the_readme_shows_what_is_run() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect(path);
    let readme = read("README.md");
    let blocks = readme.split("```rust\n").skip(1);
    let blocks: Vec<_> = blocks
        .map(|rest| rest.split("```\n").next().unwrap_or_default())
        .collect();
    assert_eq!(blocks, SHOWN.map(read), "the README has to equal {SHOWN:?}");
}

#[test]
fn the_readme_lists_every_operation() {
    let file = root().join("README.md");
    let readme = std::fs::read_to_string(&file).expect("readable");
    let model =
        yunspec::resolve(&root().join("specs")).expect("the specs pass the check");
    let mut table =
        String::from("| operation | what it does | its page |\n|---|---|---|\n");
    let mut imported = BTreeMap::<String, usize>::new();
    for shown in yunspec::show::all(&model) {
        let (id, operation) = (shown.id(), shown.operation);
        if transcribed::is_imported(&id) {
            let service = id.rsplit_once('/').expect("three parts").0;
            *imported.entry(service.to_owned()).or_default() += 1;
            continue;
        }
        let (summary, source) = (&operation.summary, &operation.source);
        let date = source.page_updated.as_ref().unwrap_or(&source.transcribed);
        let collection = source.collection.as_deref().unwrap_or(&shown.service.title);
        let page = format!(
            "{}, {collection} ({}, {date})",
            source.title, source.language
        );
        table += &format!("| [`{id}`](specs/{id}.yaml) | {summary} | {page} |\n");
    }
    for (service, count) in imported {
        table += &format!(
            "| [`{service}/…`](specs/{service}) | {count} operations more of the service. | \
             the provider's metadata |\n"
        );
    }
    let (begin, end) = ("<!-- operations -->\n", "<!-- /operations -->");
    let (head, rest) = readme.split_once(begin).expect("the opening mark");
    let (_, tail) = rest.split_once(end).expect("the closing mark");
    let wanted = [head, begin, &table, end, tail].concat();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(file, wanted).expect("writable");
        return;
    }
    let mend = "BLESS=1 cargo test -p yunspec-tests --test tidy writes the table";
    assert!(
        readme == wanted,
        "the table of operations in README.md is stale: {mend}"
    );
}
