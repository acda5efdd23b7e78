//! `yunspec explain`: what a rule finds, why that matters, how to mend it.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, print};
use crate::check;
use crate::diagnostic::Rule;
use crate::diff;
use crate::nearest::nearest;

/// Which rule.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The rule's id, as findings show it.
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    rule: Option<String>,
    /// Print the id of every rule, one a line.
    #[arg(long)]
    list: bool,
}

/// Explains a rule, or lists them all.
///
/// # Errors
/// Status 2 where there is no such rule.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let ids = check::rules().into_iter().map(|rule| rule.id);
    let ids = ids.chain(diff::rule::rules().into_iter().map(|rule| rule.id));
    let Some(id) = &arguments.rule else {
        print(&ids.collect::<Vec<_>>().join("\n"))?;
        return Ok(ExitCode::SUCCESS);
    };
    let text = check::rule(id)
        .map(explanation)
        .or_else(|| diff::rule::rule(id).map(change));
    let Some(text) = text else {
        let near = nearest(id, ids);
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`yunspec explain --list` prints them all".to_owned(),
        };
        return Err(Failure::usage(format!("no rule `{id}`; {help}")));
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The page of a rule.
pub fn explanation(rule: &Rule) -> String {
    let example = rule.example.replace('\n', "\n    ");
    format!(
        "{} ({}, {})\n\n{}.\n\n{}\n\nTo mend it: {}\n\nFor example:\n\n    {example}\n",
        rule.id,
        rule.severity.as_str(),
        rule.family,
        rule.summary,
        wrap(rule.why),
        wrap(rule.mend),
    )
}

/// The page of a kind of change.
pub fn change(rule: &diff::Rule) -> String {
    let example = rule.example.replace('\n', "\n    ");
    format!(
        "{} (change, {})\n\n{}.\n\n{}\n\nUsually: wire {}, behaviour {}; source is computed from the \
         Rust items.\n\nWhat to do: {}\n\nFor example:\n\n    {example}\n",
        rule.id,
        rule.group.as_str(),
        rule.summary,
        wrap(rule.why),
        rule.wire.as_str(),
        rule.behaviour.as_str(),
        wrap(rule.mend),
    )
}

/// Breaks lines at 80 characters.
fn wrap(text: &str) -> String {
    const WIDTH: usize = 80;
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        if width > 0 && width + 1 + word.chars().count() > WIDTH {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += word.chars().count();
    }
    out
}
