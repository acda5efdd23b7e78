//! `yunspec check`: every finding at once.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, print, report};
use crate::diagnostic::{machine, render, sarif};
use crate::{check, load};

/// How to print what is found.
#[derive(Debug, Args)]
pub struct Arguments {
    /// How to print the findings.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Snippets, on standard error.
    Text,
    /// One JSON document.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands, which GitHub shows beside the lines of a change.
    Github,
}

/// Checks the specs; warnings fail the check as well.
///
/// # Errors
/// Status 3 where the specs cannot be read or nothing can be printed.
pub fn run(arguments: &Arguments, specs: &Path) -> Result<ExitCode, Failure> {
    let loaded = load::read(specs);
    let findings = check::findings(&loaded);
    match arguments.format {
        Format::Text => {
            report(&findings, specs);
            let files = loaded.sources.0.len();
            print(&format!("{files} files: {}", render::tally(&findings)))?;
        }
        Format::Json => print(&machine::json(&findings, specs))?,
        Format::Sarif => print(&sarif::document(&findings, specs, &check::rules()))?,
        Format::Github => print(&machine::github(&findings, specs))?,
    }
    let status = match findings.as_slice() {
        [] => 0,
        findings if findings.iter().any(load::is_io) => 3,
        _ => 1,
    };
    Ok(ExitCode::from(status))
}
