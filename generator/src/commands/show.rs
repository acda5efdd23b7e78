//! `yunspec show`: one operation's model.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, load_model};
use crate::show;

/// What to show, and how.
#[derive(Debug, Args)]
pub struct Arguments {
    /// `provider/service/Operation`; without it, all operations are listed.
    operation: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// About a screen, for people.
    Text,
    /// The whole model of the operation.
    Json,
}

/// Prints the operation, or the list of operations.
///
/// # Errors
/// [`Failure`] with the exit code that belongs to it.
pub fn run(arguments: &Arguments, specs: &Path) -> Result<ExitCode, Failure> {
    let model = load_model(specs)?;
    let Some(id) = &arguments.operation else {
        let ids: Vec<_> = show::all(&model).map(|shown| shown.id()).collect();
        let text = match arguments.format {
            Format::Text => ids.join("\n"),
            Format::Json => serde_json::json!(ids).to_string(),
        };
        super::print(&text)?;
        return Ok(ExitCode::SUCCESS);
    };
    let shown =
        show::find(&model, id).map_err(|known| Failure::no_operation(id, &known))?;
    super::print(&match arguments.format {
        Format::Text => shown.text(),
        Format::Json => shown.json(),
    })?;
    Ok(ExitCode::SUCCESS)
}
