//! Writes an entry into acknowledged.yaml and keeps the rest of its text.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Adds an entry at the end of the file; a reader sees the old text or the new one.
pub(super) fn append(file: &Path, entry: &str) -> io::Result<()> {
    let mut text = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read?,
    };
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(entry);
    let draft = file.with_extension(format!("yaml.{}.tmp", std::process::id()));
    let written = File::create_new(&draft)
        .and_then(|mut draft| draft.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&draft, file));
    if written.is_err() {
        // The draft may never have been made; the first error is the one to tell.
        let _ = fs::remove_file(&draft);
    }
    written
}
