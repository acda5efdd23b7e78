//! `cargo-semver-checks` as one more judge of the histories, where it is installed: what it
//! calls a major change must break `source`. It compares no types, so it may see less.
//!
//!     cargo run -p yunspec-tests --example semver_judge

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use yunspec::diff::{Side, Verdict, diff};
use yunspec::emit;

/// A pair of specs, with what the differ says.
struct Pair {
    module: String,
    breaks: bool,
    rules: Vec<&'static str>,
}

fn main() -> ExitCode {
    let probe = Command::new("cargo")
        .args(["semver-checks", "--version"])
        .output();
    if !probe.is_ok_and(|output| output.status.success()) {
        println!("skipped: cargo-semver-checks is not installed");
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let pairs = lay(folder.path());
    let lints = run(folder.path());
    let mut wrong = 0;
    for pair in &pairs {
        let found = lints.get(&pair.module).cloned().unwrap_or_default();
        let verdict = match (pair.breaks, found.is_empty()) {
            (true, false) | (false, true) => "agrees",
            (true, true) => "sees less",
            (false, false) => "DISAGREES",
        };
        wrong += usize::from(verdict == "DISAGREES");
        println!("{verdict} {} {:?} {found:?}", pair.module, pair.rules);
    }
    println!("{} pairs, {wrong} disagree", pairs.len());
    ExitCode::from(u8::from(wrong > 0))
}

/// Writes both crates, with a module for each history.
fn lay(folder: &Path) -> Vec<Pair> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = fs::read_dir(tests.join("diff_proof/histories"));
    let entries = entries.expect("the histories are there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    paths.sort();
    let pairs: Vec<_> = paths.iter().map(|path| pair(folder, path)).collect();
    for which in ["before", "after"] {
        let modules = pairs
            .iter()
            .map(|pair| format!("pub mod {};\n", pair.module));
        let root = "#![allow(missing_docs, ambiguous_glob_reexports)]\n".to_owned();
        put(
            &folder.join(which).join("src/lib.rs"),
            &(root + &modules.collect::<String>()),
        );
        let runtime = tests.join("../runtime");
        let manifest = format!(
            "[package]\nname = \"histories\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n\
             [workspace]\n\n[dependencies]\nyunspec-runtime = {{ path = \"{}\", \
             default-features = false, features = [\"blocking\"] }}\n",
            runtime.display()
        );
        put(&folder.join(which).join("Cargo.toml"), &manifest);
        fs::copy(
            tests.join("../Cargo.lock"),
            folder.join(which).join("Cargo.lock"),
        )
        .expect("the lock file can be copied");
    }
    pairs
}

fn pair(folder: &Path, path: &Path) -> Pair {
    let name = path.file_name().expect("a folder has a name");
    let module = name.to_string_lossy().replace('-', "_");
    let side = |which: &str| {
        let side = Side::load(&path.join(which), which, path);
        let side = side.expect("a history passes check");
        let below = folder.join(which).join("src").join(&module);
        for page in emit::emit(&side.items) {
            // Features choose services; here all are there.
            let lines = page.text.lines();
            let lines = lines.filter(|line| !line.starts_with("#[cfg(feature"));
            let text = lines.collect::<Vec<_>>().join("\n");
            if page.path == Path::new("src/lib.rs") {
                let lines = text.lines().filter(|line| line.starts_with("pub mod "));
                let text = lines.collect::<Vec<_>>().join("\n");
                put(&below.join("mod.rs"), &text);
            } else if let Ok(inside) = page.path.strip_prefix("src") {
                put(&below.join(inside), &text);
            }
        }
        side
    };
    let changes = diff(&side("before"), &side("after"));
    Pair {
        module,
        breaks: changes.iter().any(|one| one.source == Verdict::Breaking),
        rules: changes.iter().map(|one| one.rule.id).collect(),
    }
}

fn put(path: &Path, text: &str) {
    let folder = path.parent().expect("a file has a folder");
    fs::create_dir_all(folder).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// The lints that fail for a minor release, by the module whose file they name.
fn run(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let output = Command::new("cargo")
        .args([
            "semver-checks",
            "--release-type",
            "minor",
            "--manifest-path",
        ])
        .arg(folder.join("after/Cargo.toml"))
        .arg("--baseline-root")
        .arg(folder.join("before"))
        .output()
        .expect("it was found before");
    let told = String::from_utf8_lossy(&output.stdout);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut lint = String::new();
    for line in told.lines() {
        if let Some(rest) = line.strip_prefix("--- failure ") {
            rest.split(':')
                .next()
                .unwrap_or_default()
                .clone_into(&mut lint);
        } else if let Some((_, rest)) = line.split_once("/src/") {
            let module = rest.split('/').next().unwrap_or_default();
            let lints = found.entry(module.to_owned()).or_default();
            if !lints.contains(&lint) {
                lints.push(lint.clone());
            }
        }
    }
    assert!(
        output.status.success() || !found.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    found
}
