//! Files that mean to cost time or to hide something are refused at once.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use yunspec::diagnostic::Severity;
use yunspec::load;

use super::tree;

/// A bomb is refused in this time.
const LIMIT: Duration = Duration::from_millis(100);

fn bombs() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let mut laughs = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let (name, before) = (char::from(b'a' + level), char::from(b'a' + level - 1));
        let items = vec![format!("*{before}"); 9].join(", ");
        let _ = writeln!(laughs, "{name}: &{name} [{items}]");
    }
    let mut block = String::new();
    for depth in 0..1_000 {
        let _ = writeln!(block, "{}a:", " ".repeat(depth));
    }
    let text = |text: String| text.into_bytes();
    vec![
        ("flow lists", text("[".repeat(100_000)), "yaml-too-deep"),
        ("flow lists on lines", text("[\n".repeat(100_000)), "yaml-too-deep"),
        ("flow mappings", text("{a: ".repeat(100_000)), "yaml-too-deep"),
        ("flow lists behind words", text("x: [\n ".repeat(50)), "yaml-too-deep"),
        ("flow in a value", text(format!("a: {}", "[".repeat(100_000))), "yaml-too-deep"),
        ("block lists", text("- ".repeat(3_000)), "yaml-too-deep"),
        ("block mappings", text(block), "yaml-too-deep"),
        ("block keys", text("? ".repeat(3_000)), "yaml-too-deep"),
        (
            "aliases",
            text(format!("a: &a x\nb: [{}]", "*a, ".repeat(200_000))),
            "yaml-anchor",
        ),
        ("laughs", text(laughs), "yaml-anchor"),
        ("an unknown alias", text("a: *b".to_owned()), "yaml-syntax"),
        ("a large key", text(format!("{}: x", "k".repeat(10 << 20))), "file-too-large"),
        ("a large file", text("a: b\n".repeat(1 << 20)), "file-too-large"),
        ("a long key", text(format!("{}: x", "k".repeat(100_000))), "yaml-syntax"),
        ("equal keys", text("a: b\n".repeat(50_000)), "yaml-duplicate-key"),
        ("equal keys in a row", text(format!("{{{}}}", "a: b, ".repeat(10_000))), "yaml-duplicate-key"),
        ("documents", text("---\na: b\n".repeat(50_000)), "yaml-second-document"),
        ("a mark of bytes", text("\u{FEFF}operation: X\n".to_owned()), "yaml-byte-order-mark"),
        ("marks of bytes", text("\u{FEFF}".repeat(300_000)), "yaml-byte-order-mark"),
        ("tags", text("a: !x ".to_owned() + &"!x ".repeat(100_000)), "yaml-tag"),
        ("a tag", text("a: !!binary x".to_owned()), "yaml-tag"),
        ("NUL", text("a: \0".to_owned()), "bidi-or-control-char"),
        ("an escaped NUL", text("a: \"\\0\"".to_owned()), "bidi-or-control-char"),
        ("an escaped turn", text("a: \"\\u202E\"".to_owned()), "bidi-or-control-char"),
        ("nothing", Vec::new(), "missing-key"),
        ("a comment", text("# x\n".to_owned()), "missing-key"),
        ("not UTF-8", vec![0xFF; 1_000_000], "file-not-utf8"),
        ("UTF-16", "a: b\n".encode_utf16().flat_map(u16::to_be_bytes).collect(), "bidi-or-control-char"),
        ("quotes", text("a: \"".to_owned() + &"x".repeat(200_000)), "yaml-syntax"),
        ("a list", text("- a\n".repeat(10_000)), "wrong-type"),
        ("a text", text("x".repeat(200_000)), "wrong-type"),
        ("unknown keys", (0..5_000).fold(String::new(), |mut all, n| {
            let _ = writeln!(all, "key{n}: x");
            all
        }).into_bytes(), "unknown-key"),
        ("words", text("a ".repeat(50_000)), "wrong-type"),
        ("colons", text(": ".repeat(50_000)), "yaml-too-deep"),
    ]
}

/// How long the loader works, whatever else this machine does; the best of some runs.
fn time(specs: &Path) -> Duration {
    let run = |_| {
        let (clock, work) = (Instant::now(), worked());
        load::read(specs);
        match (work, worked()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => clock.elapsed(),
        }
    };
    (0..3).map(run).min().expect("three runs")
}

/// The time that this thread has worked, where the system tells.
fn worked() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

#[test]
fn bombs_are_refused_at_once() {
    let mut wrong = Vec::new();
    for (name, bytes, rule) in bombs() {
        let tree = tree::base();
        let specs = tree.path().join("specs");
        fs::write(specs.join("acme/store/PutBook.yaml"), bytes).expect("it can be written");
        let loaded = load::read(&specs);
        let took = time(&specs);
        let found: Vec<_> = loaded.findings.iter().map(|finding| finding.rule).collect();
        if !found.contains(&rule) {
            wrong.push(format!("{name}: not {rule} but {found:?}"));
        }
        if took > LIMIT {
            wrong.push(format!("{name}: took {took:?}"));
        }
        let error = |finding: &yunspec::diagnostic::Diagnostic| {
            finding.severity == Severity::Error
                && finding.place.file.ends_with("PutBook.yaml")
        };
        if !loaded.findings.iter().any(error) || load::load(&specs).is_ok() {
            wrong.push(format!("{name}: no error at the file"));
        }
        if loaded.findings.len() > 200 {
            wrong.push(format!("{name}: {} findings", loaded.findings.len()));
        }
        let others = loaded.spec.providers.first().map_or(0, |provider| {
            provider.services.iter().map(|service| service.operations.len()).sum()
        });
        if others != 1 {
            wrong.push(format!("{name}: the other file was not loaded"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[cfg(unix)]
#[test]
fn links_and_hidden_files_are_refused() {
    let tree = tree::base();
    let specs = tree.path().join("specs");
    let store = specs.join("acme/store");
    std::os::unix::fs::symlink("/etc/hostname", store.join("Link.yaml")).expect("a link");
    std::os::unix::fs::symlink(&store, specs.join("acme/other")).expect("a link to a folder");
    fs::write(store.join(".Hidden.yaml"), "operation: Hidden").expect("a hidden file");
    fs::create_dir(store.join("Deep")).expect("a folder inside a service");
    let loaded = load::read(&specs);
    let found: Vec<_> =
        loaded.findings.iter().map(|one| (one.rule, one.place.file.display().to_string())).collect();
    let expected = ["acme/other", "acme/store/.Hidden.yaml", "acme/store/Deep", "acme/store/Link.yaml"];
    let expected: Vec<_> =
        expected.iter().map(|path| ("file-unexpected", (*path).to_owned())).collect();
    assert_eq!(found, expected);
}
