//! Which spec files a person transcribed, and which come from a provider's metadata.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// Whether the file of `provider/service/Operation` was imported.
pub fn is_imported(id: &str) -> bool {
    is_imported_file(&all().join(format!("{id}.yaml")))
}

/// Whether a file was imported: its first line says so.
pub fn is_imported_file(file: &Path) -> bool {
    fs::read_to_string(file).is_ok_and(|text| text.starts_with("# Imported from "))
}

/// A copy of what was transcribed alone: proofs that try thousands of changes take too long
/// with whole services.
///
/// # Panics
/// Where the disk fails.
pub fn specs() -> TempDir {
    let copy = TempDir::new().expect("a folder");
    copy_into(&all(), copy.path());
    copy
}

fn all() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}

fn copy_into(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("writable");
    for entry in fs::read_dir(from).expect("the specs are there") {
        let path = entry.expect("readable").path();
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy_into(&path, &target);
        } else if !is_imported_file(&path) {
            let text = fs::read_to_string(&path).expect("the specs are text");
            fs::write(target, without_types(&text)).expect("writable");
        }
    }
}

/// A text without the remarks about `types.yaml`, which was imported.
fn without_types(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut about_types = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with("  - ") {
            let at = line.trim_start_matches("  - ").trim_start_matches("{ ");
            about_types = at.starts_with("at: types");
        } else if !line.starts_with("   ") {
            about_types = false;
        }
        if !about_types {
            kept.push_str(line);
        }
    }
    kept.strip_suffix("gaps:\n").unwrap_or(&kept).to_owned()
}
