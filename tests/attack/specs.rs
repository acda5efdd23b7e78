//! Hostile strings in every text of a spec and in every name: either the spec is refused, or
//! the crate holds the same items as before, and nothing but plain text in its docs.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use yunspec_tests::crates::{Crate, Sum, marks};
use yunspec_tests::tree::{Place, Tree};

/// Strings that end, open or hide something somewhere.
const STRINGS: [&str; 72] = [
    "\"",
    "'",
    "`",
    "``",
    "```",
    "~~~",
    "```\nfn main() { evil() }\n```",
    "```rust\nevil()\n```",
    "    evil();",
    "text\n\n    evil();\n",
    "\tevil();",
    "*/",
    "/*",
    "*/ fn evil() {} /*",
    "//",
    "/// evil",
    "//! evil",
    "\n#[evil]\nfn evil() {}\n",
    "\")] fn evil() {} #[doc(\"",
    "\"]\nmod evil {}\n#[doc = \"",
    "\"#",
    "\"##; fn evil() {}",
    "r#\"",
    "\\",
    "\\\"",
    "\\\\\"",
    "\\u{22}",
    "\\n",
    "\\x00",
    "{{ evil }}",
    "{% raw %}",
    "{# x",
    "}}",
    "{",
    "}",
    "${x}",
    "#{x}",
    "%s",
    "%n",
    "{0}",
    "<script>alert(1)</script>",
    "<img src=x onerror=evil()>",
    "</p><p>",
    "<!-- x",
    "<?x",
    "&lt;script&gt;",
    "&#60;b&#62;",
    "[x](javascript:evil())",
    "[x]: javascript:x",
    "<javascript:evil()>",
    "![x](http://evil.example/x)",
    "[Vec]",
    "[`Vec`](std)",
    "# heading",
    "- item\n- item",
    "| a | b |\n|---|---|",
    "\u{202e}evil",
    "\u{200b}",
    "\u{feff}",
    "\r",
    "a\rb",
    "\r\n[dependencies]\r\nevil = \"1\"",
    "\u{0}",
    "a\u{0}b",
    "\u{85}\u{2028}",
    "",
    " ",
    "../../evil",
    "..",
    "/etc/evil",
    "Self",
    "crate",
];

/// Rust's and TOML's own words, and names that collide after conversion.
const NAMES: [&str; 16] = [
    "fn",
    "r#fn",
    "self",
    "super",
    "_",
    "__",
    "'a",
    "a b",
    "a-b",
    "a.b",
    "a;b",
    "x,y",
    "Vec",
    "Option",
    "std::process",
    "1st",
];

fn strings() -> Vec<String> {
    let mut strings: Vec<String> = STRINGS.map(str::to_owned).into();
    strings.push("long ".repeat(20_000));
    strings.push("\u{5b57}".repeat(3_000));
    strings
}

#[test]
fn no_string_of_a_spec_becomes_code() {
    let tree = Tree::base();
    let before = Crate::of(&tree).expect("the tree is sound").sum();
    let places = tree.places();
    let strings = strings();
    let mut tasks = Vec::new();
    for (number, place) in places.iter().enumerate() {
        // Names are tried where there are names.
        let names = if place.is_name() { &NAMES[..] } else { &[] };
        let all = strings
            .iter()
            .map(String::as_str)
            .chain(names.iter().copied());
        // The longest ones take their time: one place in ten is enough for them.
        let all = all.filter(|string| string.len() < 1000 || number % 10 == 0);
        tasks.extend(all.map(|string| (place, string)));
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let parts = tasks.chunks(tasks.len().div_ceil(threads));
    let refused: usize = std::thread::scope(|scope| {
        let judges = parts.map(|part| scope.spawn(|| judge_all(&tree, &before, part)));
        let judges: Vec<_> = judges.collect();
        judges
            .into_iter()
            .map(|judge| judge.join().expect("nothing escapes"))
            .sum()
    });
    let (tried, count) = (tasks.len(), places.len());
    println!(
        "attack: {} strings in {count} places of a spec: {tried} specs tried, 0 escaped \
         ({refused} refused)",
        strings.len()
    );
    assert!(strings.len() >= 60 && count >= 60, "{count} places");
    assert!(
        refused > 0 && refused < tried,
        "{refused} of {tried} refused"
    );
}

/// How many of the specs are refused.
fn judge_all(tree: &Tree, before: &Sum, tasks: &[(&Place, &str)]) -> usize {
    let judged = tasks
        .iter()
        .filter(|(place, string)| !judge(tree, before, place, string));
    judged.count()
}

/// Whether a spec is taken; panics where it is taken and something escapes.
fn judge(tree: &Tree, before: &Sum, place: &Place, string: &str) -> bool {
    let Some(after) = Crate::of(&tree.with(place, string)) else {
        return false;
    };
    let shown: String = string.chars().take(60).collect();
    before
        .holds(&after, place.is_name())
        .unwrap_or_else(|why| panic!("{place:?} = {shown:?}: {why}"));
    true
}

#[test]
fn nothing_is_written_elsewhere() {
    let outside = tempfile::tempdir().expect("a temporary folder can be made");
    let out = outside.path().join("a/b/out");
    let mut tried = 0;
    for name in [
        "../evil",
        "..",
        "/tmp/evil",
        "a/../../evil",
        "evil\\..\\x",
        "con",
        "src",
    ] {
        for place in Tree::base().places() {
            let Place::Text { path, .. } = &place else {
                continue;
            };
            if !path.last().is_some_and(|key| {
                ["operation", "service", "provider"].contains(&key.as_str())
            }) {
                continue;
            }
            tried += 1;
            let tree = Tree::base().with(&place, name);
            let folder = tree.write();
            if let Ok(pages) = yunspec::generate(&folder.path().join("specs")) {
                yunspec::page::write(&out, &pages, &[]).expect("it can be written");
            }
            let mut found = Vec::new();
            files(outside.path(), &mut found);
            found.retain(|file| !Path::new(file).starts_with(&out));
            assert!(found.is_empty(), "{name:?}: {found:?}");
        }
    }
    println!("attack: {tried} names of files tried, 0 escaped");
}

fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder is ours") {
        let path = entry.expect("the folder is ours").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path.display().to_string());
        }
    }
}

#[test]
fn the_guard_sees_what_it_looks_for() {
    let calm = "Plain `<code>` and \\<script> and <https://example.com/a>, \\[x](y).";
    assert_eq!(marks(calm), [0, 0, 0, 0]);
    assert_eq!(marks("a <b>"), [1, 0, 0, 0]);
    assert_eq!(marks("a\n```\nx\n```"), [0, 2, 0, 0]);
    assert_eq!(marks("a\n\n    x"), [0, 0, 1, 0]);
    assert_eq!(marks("[x](javascript:y)"), [0, 0, 0, 1]);
    assert_eq!(marks("<javascript:x>"), [1, 0, 0, 0]);
    let tree = Tree::base();
    let sound = Crate::of(&tree).expect("the tree is sound");
    let before = sound.sum();
    for (text, with) in [
        ("pub struct", "pub struct Evil; pub struct"),
        ("#[non_exhaustive]", "#[evil] #[non_exhaustive]"),
        ("    /// Its title", "    /// <b>Its title"),
    ] {
        let mut after = sound.clone();
        after.replace(text, with);
        assert!(before.holds(&after, true).is_err(), "{with:?} was not seen");
    }
    assert!(before.holds(&sound, false).is_ok());
    assert!(matches!(tree.files().next(), Some((_, Json::Object(_)))));
}
