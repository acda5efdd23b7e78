//! Files that mean to cost time or memory, or to hide something, are refused at once.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use yunspec::diagnostic::{Severity, render};
use yunspec::{check, load};

use super::tree;

/// A bomb is refused in this time.
const LIMIT: Duration = Duration::from_millis(100);

/// The most memory that a process takes to refuse a bomb, in kilobytes.
const MOST_MEMORY: u64 = 64 << 10;

/// Names the specs that a process of its own reads for [`bombs_take_little_memory`].
const SPECS: &str = "YUNSPEC_BOMB_SPECS";

/// A name, the bytes, and the rule that refuses them.
type Bomb = (&'static str, Vec<u8>, &'static str);

fn bomb(name: &'static str, text: impl Into<Vec<u8>>, rule: &'static str) -> Bomb {
    (name, text.into(), rule)
}

fn deep() -> Vec<Bomb> {
    let mut block = String::new();
    for depth in 0..1_000 {
        let _ = writeln!(block, "{}a:", " ".repeat(depth));
    }
    let texts = [
        ("flow lists", "[".repeat(100_000)),
        ("flow lists on lines", "[\n".repeat(100_000)),
        ("flow mappings", "{a: ".repeat(100_000)),
        ("flow lists behind words", "x: [\n ".repeat(50)),
        ("flow in a value", format!("a: {}", "[".repeat(100_000))),
        ("block lists", "- ".repeat(3_000)),
        ("block mappings", block),
        ("block keys", "? ".repeat(3_000)),
        ("colons", ": ".repeat(50_000)),
    ];
    texts
        .into_iter()
        .map(|(name, text)| bomb(name, text, "yaml-too-deep"))
        .collect()
}

fn constructs() -> Vec<Bomb> {
    let mut laughs = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let (name, before) = (char::from(b'a' + level), char::from(b'a' + level - 1));
        let items = vec![format!("*{before}"); 9].join(", ");
        let _ = writeln!(laughs, "{name}: &{name} [{items}]");
    }
    let aliases = format!("a: &a x\nb: [{}]", "*a, ".repeat(15_000));
    let row = format!("{{{}}}", "a: b, ".repeat(10_000));
    vec![
        bomb("aliases", aliases, "yaml-anchor"),
        bomb("laughs", laughs, "yaml-anchor"),
        bomb("an unknown alias", "a: *b", "yaml-syntax"),
        bomb("equal keys", "a: b\n".repeat(50_000), "yaml-duplicate-key"),
        bomb("equal keys in a row", row, "yaml-duplicate-key"),
        bomb(
            "documents",
            "---\na: b\n".repeat(50_000),
            "yaml-second-document",
        ),
        bomb("tags", format!("a: {}", "!x ".repeat(100_000)), "yaml-tag"),
        bomb("a tag", "a: !!binary x", "yaml-tag"),
        bomb(
            "quotes",
            format!("a: \"{}", "x".repeat(200_000)),
            "yaml-syntax",
        ),
        bomb(
            "a long key",
            format!("{}: x", "k".repeat(100_000)),
            "yaml-syntax",
        ),
    ]
}

fn characters() -> Vec<Bomb> {
    let wide: Vec<u8> = "a: b\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hidden = "bidi-or-control-char";
    vec![
        bomb(
            "a mark of bytes",
            "\u{FEFF}operation: X\n",
            "yaml-byte-order-mark",
        ),
        bomb(
            "marks of bytes",
            "\u{FEFF}".repeat(300_000),
            "yaml-byte-order-mark",
        ),
        bomb("NUL", "a: \0", hidden),
        bomb("an escaped NUL", "a: \"\\0\"", hidden),
        bomb("an escaped turn", "a: \"\\u202E\"", hidden),
        bomb("UTF-16", wide, hidden),
        bomb("not UTF-8", vec![0xFF; 1_000_000], "file-not-utf8"),
    ]
}

fn shapes() -> Vec<Bomb> {
    let mut unknown = String::new();
    for number in 0..5_000 {
        let _ = writeln!(unknown, "key{number}: x");
    }
    let large = format!("{}: x", "k".repeat(10 << 20));
    let mut pairs = String::new();
    for number in 0..6_000 {
        let _ = writeln!(pairs, "k{number}: x");
    }
    let many = format!("[{}]", "[[a, a, a, a]], ".repeat(3_000));
    vec![
        bomb("a large key", large, "file-too-large"),
        bomb("a large file", "a: b\n".repeat(1 << 20), "file-too-large"),
        bomb("nothing", "", "missing-key"),
        bomb("a comment", "# x\n", "missing-key"),
        bomb("a list", "- a\n".repeat(5_000), "wrong-type"),
        bomb("a long list", "- a\n".repeat(40_000), "file-too-large"),
        bomb("a long mapping", pairs, "file-too-large"),
        bomb(
            "a long line",
            format!("[{}]", "a, ".repeat(300_000)),
            "file-too-large",
        ),
        bomb("many lists", many, "wrong-type"),
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
    text.split(' ')
        .next()?
        .parse()
        .ok()
        .map(Duration::from_nanos)
}

/// As much as a file may hold, and more: refused late, so that it counts for the memory only.
fn large() -> Vec<Bomb> {
    let row = ["  - [", &"[a, a, a], ".repeat(4_000), "]\n"].concat();
    let text = "\u{4e2d} ".repeat(200_000);
    vec![
        bomb("many values", row.repeat(20), "file-too-large"),
        bomb(
            "a wide text",
            format!("operation: {text}"),
            "file-path-mismatch",
        ),
    ]
}

fn all() -> Vec<Bomb> {
    [deep(), constructs(), characters(), shapes()].concat()
}

/// The base tree with a bomb in the place of an operation.
fn armed(bytes: Vec<u8>) -> TempDir {
    let tree = tree::base();
    let file = tree.path().join("specs/acme/store/PutBook.yaml");
    fs::write(file, bytes).expect("it can be written");
    tree
}

#[test]
fn bombs_are_refused_at_once() {
    let mut wrong = Vec::new();
    let mut worst = (Duration::ZERO, "");
    for (name, bytes, rule) in all() {
        let tree = armed(bytes);
        let specs = tree.path().join("specs");
        let loaded = load::read(&specs);
        let took = time(&specs);
        let found: Vec<_> = loaded.findings.iter().map(|finding| finding.rule).collect();
        if !found.contains(&rule) {
            wrong.push(format!("{name}: not {rule} but {found:?}"));
        }
        worst = worst.max((took, name));
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
            provider
                .services
                .iter()
                .map(|service| service.operations.len())
                .sum()
        });
        if others != 2 {
            wrong.push(format!("{name}: the other files were not loaded"));
        }
    }
    let (took, name) = worst;
    println!("bombs: {} files, {took:?} at most ({name})", all().len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Checks the specs as the command does, and prints the most memory that this process has had.
fn check_and_tell(specs: &Path) {
    let findings = check::findings(&load::read(specs));
    render::text(&findings, specs, false);
    assert!(!findings.is_empty(), "a bomb is refused");
    for finding in &findings {
        println!("rule {}.", finding.rule);
    }
    println!("peak {}", peak().expect("the system tells"));
}

/// The most memory that this process has had at once, in kilobytes, where the system tells.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[test]
fn bombs_take_little_memory() {
    if let Some(specs) = std::env::var_os(SPECS) {
        return check_and_tell(Path::new(&specs));
    }
    if peak().is_none() {
        println!("skipped: the system does not tell how much memory a process has had");
        return;
    }
    let mut worst = (0, "");
    let bombs = [all(), large()].concat();
    for (name, bytes, rule) in bombs.clone() {
        let tree = armed(bytes);
        let this = std::env::current_exe().expect("a test has a file");
        let output = Command::new(this)
            .args(["--exact", "bombs::bombs_take_little_memory", "--nocapture"])
            .env(SPECS, tree.path().join("specs"))
            .output()
            .expect("a test can be started");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{name}: {said}");
        assert!(said.contains(&format!("rule {rule}.")), "{name}: {said}");
        let peak = said
            .lines()
            .find_map(|line| Some(line.split_once("peak ")?.1));
        let peak = peak.and_then(|peak| peak.parse().ok());
        worst = worst.max((peak.expect("it tells its peak"), name));
    }
    let (peak, name) = worst;
    let count = bombs.len();
    println!("bombs: {count} files, {peak} kB of memory at most ({name})");
    assert!(peak < MOST_MEMORY, "{name}: {peak} kB");
}

#[test]
fn one_mistake_made_many_times_is_reported_some_times() {
    let mut text =
        fs::read_to_string(tree::folder().join("base/acme/store/PutBook.yaml"))
            .expect("the base tree is there");
    for number in 0..4_000 {
        let _ = writeln!(text, "  M{number}: {{ type: T{number}, doc: A member. }}");
    }
    let tree = armed(text.into());
    let findings = check::findings(&load::read(&tree.path().join("specs")));
    let known: Vec<_> = findings
        .iter()
        .filter(|finding| finding.rule == "unresolved-ref")
        .collect();
    assert_eq!(known.len(), 100);
    assert!(findings.len() < 200, "{} findings", findings.len());
}

#[cfg(unix)]
#[test]
fn links_and_hidden_files_are_refused() {
    let tree = tree::base();
    let specs = tree.path().join("specs");
    let store = specs.join("acme/store");
    std::os::unix::fs::symlink("/etc/hostname", store.join("Link.yaml")).expect("a link");
    std::os::unix::fs::symlink(&store, specs.join("acme/other"))
        .expect("a link to a folder");
    fs::write(store.join(".Hidden.yaml"), "operation: Hidden").expect("a hidden file");
    fs::create_dir(store.join("Deep")).expect("a folder inside a service");
    let loaded = load::read(&specs);
    let found: Vec<_> = loaded
        .findings
        .iter()
        .map(|one| (one.rule, one.place.file.display().to_string()))
        .collect();
    let expected = [
        "acme/other",
        "acme/store/.Hidden.yaml",
        "acme/store/Deep",
        "acme/store/Link.yaml",
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|path| ("file-unexpected", (*path).to_owned()))
        .collect();
    assert_eq!(found, expected);
}
