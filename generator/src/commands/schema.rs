//! `yunspec schema`: the JSON Schema of the spec format, for editors.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Failure, print};
use crate::schema;

/// Where to write it.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The file to write; `-` for standard output. By default schema.json in the specs
    /// folder.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write nothing; fail where the file is not up to date.
    #[arg(long)]
    check: bool,
}

/// Writes the schema, or compares it with the file.
///
/// # Errors
/// Status 1 where `--check` finds the file stale, 3 where it cannot be written.
pub fn run(arguments: &Arguments, specs: &Path) -> Result<ExitCode, Failure> {
    let text = schema::text();
    let file = arguments
        .out
        .clone()
        .unwrap_or_else(|| specs.join("schema.json"));
    if file == Path::new("-") {
        print(&text)?;
        return Ok(ExitCode::SUCCESS);
    }
    let fresh = fs::read(&file).is_ok_and(|found| found == text.as_bytes());
    if fresh {
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.check {
        let file = file.display();
        return Err(Failure::finding(format!(
            "{file} is stale; run `yunspec schema`"
        )));
    }
    write(&file, &text)
        .map_err(|error| Failure::io(format!("{}: {error}", file.display())))?;
    print(&format!("wrote {}", file.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Replaces the file at once: a reader sees the old text or the new one.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let draft = file.with_extension(format!("json.{}.tmp", std::process::id()));
    let written = File::create_new(&draft)
        .and_then(|mut draft| draft.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&draft, file));
    if written.is_err() {
        // The draft may never have been made; the first error is the one to tell.
        let _ = fs::remove_file(&draft);
    }
    written
}
