//! `yunspec completions`: a script that completes the command line.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Failure, print};

/// For which shell.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The shell.
    shell: Shell,
}

/// Prints the script.
///
/// # Errors
/// Status 3 where standard output fails.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    let mut command = super::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "yunspec", &mut script);
    let script = String::from_utf8_lossy(&script);
    print(&script)?;
    Ok(ExitCode::SUCCESS)
}
