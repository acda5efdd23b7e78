//! The command line: one file per command. Each parses, calls the library and prints;
//! results go to standard output, diagnostics to standard error.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::diagnostic::{Diagnostic, render};
use crate::load;
use crate::model::Model;

pub mod call;
pub mod check;
pub mod completions;
pub mod diff;
pub mod explain;
pub mod generate;
pub mod import;
pub mod mock;
pub mod schema;
pub mod show;

/// Reviewed YAML specs of cloud APIs in; typed Rust clients out.
#[derive(Debug, Parser)]
#[command(name = "yunspec", version, arg_required_else_help = true)]
pub struct Arguments {
    /// The specs folder.
    #[arg(long, global = true, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Hold every spec against the rules; all findings at once.
    Check(check::Arguments),
    /// Write the crate of clients, or compare it with what the specs say.
    Generate {
        #[command(flatten)]
        arguments: generate::Arguments,
        /// The folder of the generated crate.
        #[arg(long, value_name = "DIR", default_value = "generated")]
        out: PathBuf,
    },
    /// Say what a change of specs does to callers: on the wire, to source, to behaviour.
    Diff(Box<diff::Arguments>),
    /// Show one operation's model.
    Show(show::Arguments),
    /// Make a call straight from a spec, or print what would be sent.
    Call(call::Arguments),
    /// Stand in for the clouds on this machine: samples, refusals and errors on request.
    Mock(mock::Arguments),
    /// Write specs from what a provider publishes about its APIs.
    Import {
        #[command(flatten)]
        arguments: import::Arguments,
        /// The specs folder to write into.
        #[arg(long, value_name = "DIR", default_value = "specs")]
        out: PathBuf,
    },
    /// Explain a rule: what it finds, why that matters, how to mend it.
    Explain(explain::Arguments),
    /// Write the JSON Schema of the spec format.
    Schema(schema::Arguments),
    /// Print a completion script.
    Completions(completions::Arguments),
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    run(std::env::args_os())
}

/// Parses a command line, the program's name first, and runs the command. Exit status:
/// 0 fine, 1 findings, 2 usage, 3 input, output or an internal fault.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let Arguments { specs, command } = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help goes to standard output; where that is gone, nobody reads it.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let done = match &command {
        Command::Check(arguments) => check::run(arguments, &specs),
        Command::Generate { arguments, out } => generate::run(arguments, &specs, out),
        Command::Diff(arguments) => diff::run(arguments, &specs),
        Command::Show(arguments) => show::run(arguments, &specs),
        Command::Call(arguments) => call::run(arguments, &specs),
        Command::Mock(arguments) => mock::run(arguments, &specs),
        Command::Import { arguments, out } => import::run(arguments, out),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Schema(arguments) => schema::run(arguments, &specs),
        Command::Completions(arguments) => completions::run(arguments),
    };
    done.unwrap_or_else(|failure| failure.report(&specs))
}

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub struct Failure {
    status: u8,
    message: String,
    findings: Vec<Diagnostic>,
}

impl Failure {
    /// The specs are not in order.
    pub fn findings(findings: Vec<Diagnostic>) -> Self {
        let status = if findings.iter().any(load::is_io) {
            3
        } else {
            1
        };
        Self {
            status,
            message: String::new(),
            findings,
        }
    }

    /// Something was found that should not be: status 1.
    pub fn finding(message: impl Into<String>) -> Self {
        Self::new(1, message)
    }

    /// The command line asks for what cannot be: status 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(2, message)
    }

    /// A file or a stream failed: status 3.
    pub fn io(message: impl Into<String>) -> Self {
        Self::new(3, message)
    }

    /// A fault of this program: status 3.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(3, message)
    }

    /// No operation has this id; `known` are those that exist, nearest first.
    pub fn no_operation(id: &str, known: &[String]) -> Self {
        let known = known.iter().take(5).map(String::as_str).collect::<Vec<_>>();
        let help = match known.as_slice() {
            [] => "there are no operations; --specs names their folder".to_owned(),
            known => format!("nearest: {}", known.join(", ")),
        };
        Self::usage(format!("no operation `{id}`; {help}"))
    }

    fn new(status: u8, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            findings: Vec::new(),
        }
    }

    fn report(self, specs: &Path) -> ExitCode {
        report(&self.findings, specs);
        let message = match self.message.as_str() {
            "" => render::tally(&self.findings),
            message => format!("error: {message}"),
        };
        // Nobody is left to tell where standard error is gone.
        let _ = writeln!(io::stderr(), "{message}");
        ExitCode::from(self.status)
    }
}

/// Loads and resolves the specs.
///
/// # Errors
/// All findings, when one is an error.
pub fn load_model(specs: &Path) -> Result<Model, Failure> {
    let loaded = load::load(specs).map_err(Failure::findings)?;
    crate::check::check(&loaded).map_err(Failure::findings)
}

/// Prints a result, with a line break at its end; nothing of an empty one.
///
/// # Errors
/// Status 3 where standard output fails; a reader that has seen enough is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let end = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    match write!(stdout, "{text}{end}").and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::io(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Shows findings to a person, on standard error.
pub fn report(findings: &[Diagnostic], specs: &Path) {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    // Nobody is left to tell where standard error is gone.
    let _ = io::stderr().write_all(render::text(findings, specs, colour).as_bytes());
}
