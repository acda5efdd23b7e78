//! Which spec files a person transcribed, and which come from a provider's metadata.

use std::fs;
use std::path::Path;

/// Whether the file of `provider/service/Operation` was imported.
pub fn is_imported(id: &str) -> bool {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    is_imported_file(&specs.join(format!("{id}.yaml")))
}

/// Whether a file was imported: its first line says so.
pub fn is_imported_file(file: &Path) -> bool {
    fs::read_to_string(file).is_ok_and(|text| text.starts_with("# Imported from "))
}
