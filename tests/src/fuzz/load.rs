//! One YAML file among sound ones: load, check, and every way to show what is found.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use yunspec::diagnostic::{has_errors, machine, render, sarif};
use yunspec::{check, load as loader};

/// The files that a text may stand in for; the first where it does not say.
const FILES: [&str; 5] = [
    "acme/store/PutBook.yaml",
    "acme/store/GetBook.yaml",
    "acme/store/service.yaml",
    "acme/store/types.yaml",
    "acme/provider.yaml",
];

/// So many findings of one file help nobody.
const MOST_FINDINGS: usize = 1_000;

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
}

/// Reads the bytes as a file of a small tree of specs. A first line `# file: PATH` says which
/// one, as in the specimens of the rules.
///
/// # Panics
/// Where the findings cannot be shown, or what is accepted becomes no Rust.
pub fn load(data: &[u8]) {
    FOLDER.with(|folder| {
        let specs = folder.get_or_init(sound).path();
        let name = chosen(data);
        let sound = fs::read(base().join(name)).expect("the specimens are there");
        fs::write(specs.join(name), data).expect("the folder is ours");
        judge(specs);
        fs::write(specs.join(name), sound).expect("the folder is ours");
    });
}

fn judge(specs: &Path) {
    let loaded = loader::read(specs);
    let findings = check::findings(&loaded);
    assert!(findings.len() <= MOST_FINDINGS, "{}", findings.len());
    for colour in [false, true] {
        render::text(&findings, specs, colour);
    }
    machine::json(&findings, specs);
    machine::github(&findings, specs);
    let fired = findings.iter().filter_map(|found| check::rule(found.rule));
    sarif::document(&findings, specs, &fired.collect::<Vec<_>>());
    if has_errors(&findings) {
        return;
    }
    let pages = yunspec::generate(specs).expect("there are no errors");
    for page in pages {
        if page.path.extension().is_some_and(|kind| kind == "rs") {
            let parsed = syn::parse_file(&page.text);
            assert!(parsed.is_ok(), "{}:\n{}", page.path.display(), page.text);
        }
    }
}

fn chosen(data: &[u8]) -> &'static str {
    let path = data.strip_prefix(b"# file: ").unwrap_or_default();
    let named = |name: &&&str| path.starts_with(name.as_bytes());
    FILES.iter().find(named).unwrap_or(&FILES[0])
}

fn base() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("specimens/base")
}

fn sound() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    fs::create_dir_all(folder.path().join("acme/store")).expect("the folder is ours");
    for name in FILES {
        let to = folder.path().join(name);
        fs::copy(base().join(name), to).expect("the folder is ours");
    }
    folder
}
