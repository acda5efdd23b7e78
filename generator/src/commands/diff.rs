//! `yunspec diff`: what a change of specs does to callers.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use yunspec_runtime::{Stamp, Timestamp};

use super::{Failure, print};
use crate::diff::ack::{self, Kind, Now};
use crate::diff::{self, Change, Report, Severity, Verdict, gate, print as prints};
use crate::load;

mod accept;
mod input;

use input::Input;

/// What to compare, and how to print it.
#[derive(Debug, Args)]
#[command(
    after_help = "A side is a specs folder, one operation's file in such a folder, or \
    `git:REVISION[:PATH]`. Exit status: 0 nothing open at the threshold, 1 findings, 2 usage, \
    3 a side does not load."
)]
pub struct Arguments {
    /// The specs before.
    #[arg(required_unless_present_any = ["against_release", "print_schema"])]
    old: Option<String>,
    /// The specs after; by default the specs folder.
    new: Option<String>,
    /// Compare with the newest release: the tag with the greatest version.
    #[arg(long, conflicts_with = "new")]
    against_release: bool,
    /// How bad an open change has to be to fail.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    fail_on: Threshold,
    /// Only changes that are not `none` on this axis; may be given several times.
    #[arg(long, value_enum)]
    axis: Vec<Axis>,
    /// How to print the changes.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The version that the new specs are to be released as.
    #[arg(long, value_name = "X.Y.Z")]
    release_version: Option<String>,
    /// The version that the old specs were released as; by default that of the generated
    /// crate beside them.
    #[arg(long, value_name = "X.Y.Z")]
    previous_version: Option<String>,
    /// Fail where the generated crates' versions do not say how much changed.
    #[arg(long)]
    version_gate: bool,
    /// Write an acknowledgement of the change with this fingerprint into acknowledged.yaml.
    #[arg(long, value_name = "FINGERPRINT", requires = "reason")]
    ack: Option<String>,
    /// Why the change is accepted.
    #[arg(long, value_name = "TEXT", requires = "ack")]
    reason: Option<String>,
    /// What kind of change it is.
    #[arg(long, value_enum, default_value = "api-change", requires = "ack")]
    kind: Kind,
    /// Who accepts it.
    #[arg(long, value_name = "NAME", requires = "ack")]
    by: Option<String>,
    /// The day that acknowledgements are held against; by default today.
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
    /// Print the JSON Schema of `--format json`.
    #[arg(long)]
    print_schema: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A block per change, for people.
    Text,
    /// One JSON document.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands, which GitHub shows beside the lines of a change.
    Github,
    /// One comment for a pull request.
    Markdown,
    /// A section of a CHANGELOG.md.
    Changelog,
    /// One page with both sides' YAML, to open in a browser.
    Html,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Threshold {
    /// Something breaks.
    Error,
    /// Something may work differently.
    Warning,
    /// Anything at all.
    Info,
    /// Nothing; gates still fail.
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Axis {
    /// What an old client meets when it talks to the cloud.
    Wire,
    /// What the compiler says to old code.
    Source,
    /// What works differently without either telling.
    Behaviour,
}

/// Compares two sides and prints what changed, or writes an acknowledgement.
///
/// # Errors
/// [`Failure`] with the exit code that belongs to it; 3 where a side does not load.
pub fn run(arguments: &Arguments, specs: &Path) -> Result<ExitCode, Failure> {
    if arguments.print_schema {
        print(&prints::json::schema())?;
        return Ok(ExitCode::SUCCESS);
    }
    let (old, new) = inputs(arguments, specs)?;
    let entries = load::acknowledged(new.folder()).map_err(|found| {
        super::report(&found, new.folder());
        Failure::io(format!("{} is not in order", load::ACKNOWLEDGED))
    })?;
    let only = new.only().map(str::to_owned);
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| old.load());
        let new = new.load();
        let lost = |_| Err(Failure::internal("the old side could not be loaded"));
        (old.join().unwrap_or_else(lost), new)
    });
    let (old, new) = (old?, new?);
    let mut changes = diff::diff(&old.side, &new.side);
    let versions = versions(arguments, &old.side, &new.side)?;
    let mut found = Vec::new();
    if let Some((entries, source)) = &entries {
        let now = Now {
            today: today(arguments)?,
            released: versions.previous.clone(),
            only,
        };
        found = ack::apply(&entries.0, source, &now, &mut changes);
    }
    if let Some(fingerprint) = &arguments.ack {
        return accept(arguments, specs, fingerprint, &changes);
    }
    if let Some((previous, release)) = versions.gate() {
        let checked = gate::check(&changes, previous, release);
        found.extend(checked.map_err(Failure::usage)?);
    }
    changes.retain(|change| is_shown(arguments, change));
    let report = Report {
        old: &old.side,
        new: &new.side,
        changes,
        gate: found,
    };
    print(&written(arguments.format, &report))?;
    Ok(ExitCode::from(u8::from(
        report.fails(arguments.fail_on.into()),
    )))
}

fn written(format: Format, report: &Report<'_>) -> String {
    match format {
        Format::Text => {
            let colour =
                std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            prints::text::text(report, colour)
        }
        Format::Json => prints::json::json(report),
        Format::Sarif => prints::sarif::sarif(report),
        Format::Github => prints::github::github(report),
        Format::Markdown => prints::markdown::markdown(report),
        Format::Changelog => prints::changelog::changelog(report),
        Format::Html => prints::html::html(report),
    }
}

fn inputs(arguments: &Arguments, specs: &Path) -> Result<(Input, Input), Failure> {
    if arguments.against_release {
        let tag = input::newest_release(specs)?;
        let new = match &arguments.old {
            Some(new) => Input::read(new, specs)?,
            None => Input::folder_of(specs),
        };
        return Ok((Input::read(&format!("git:{tag}"), specs)?, new));
    }
    let old = arguments.old.as_deref().unwrap_or_default();
    let new = match &arguments.new {
        Some(new) => Input::read(new, specs)?,
        None => Input::folder_of(specs),
    };
    Ok((Input::read(old, specs)?, new))
}

/// The versions of both sides, where the gate asks for them.
struct Versions {
    previous: Option<String>,
    release: Option<String>,
}

impl Versions {
    fn gate(&self) -> Option<(&str, &str)> {
        self.previous.as_deref().zip(self.release.as_deref())
    }
}

/// The previous version is told or stands beside the old specs; the gate is open where no
/// release version is told and none is asked for.
fn versions(
    arguments: &Arguments,
    old: &diff::Side,
    new: &diff::Side,
) -> Result<Versions, Failure> {
    let told = |given: &Option<String>, side: &diff::Side| {
        given.clone().or_else(|| side.version.clone())
    };
    let previous = told(&arguments.previous_version, old);
    let wanted = arguments.version_gate || arguments.release_version.is_some();
    let release = wanted
        .then(|| told(&arguments.release_version, new))
        .flatten();
    if wanted && previous.is_none() {
        let help = "say --previous-version, or keep the generated crate beside the specs";
        return Err(Failure::usage(format!(
            "the old version is unknown: {help}"
        )));
    }
    if wanted && release.is_none() {
        let help = "say --release-version, or keep the generated crate beside the specs";
        return Err(Failure::usage(format!(
            "the new version is unknown: {help}"
        )));
    }
    Ok(Versions { previous, release })
}

fn is_shown(arguments: &Arguments, change: &Change) -> bool {
    let touched = |axis: &Axis| {
        let verdict = match axis {
            Axis::Wire => change.wire,
            Axis::Source => change.source,
            Axis::Behaviour => change.behaviour,
        };
        verdict > Verdict::None
    };
    arguments.axis.is_empty() || arguments.axis.iter().any(touched)
}

fn today(arguments: &Arguments) -> Result<String, Failure> {
    let today = match &arguments.today {
        Some(day) => day.clone(),
        None => Timestamp::from(Stamp::now().time).to_string(),
    };
    let day: String = today.chars().take(10).collect();
    let valid = Timestamp::from(format!("{day}T00:00:00Z").as_str())
        .to_system_time()
        .is_some();
    if valid {
        Ok(day)
    } else {
        Err(Failure::usage(format!(
            "--today {today:?} is no date such as 2026-01-02"
        )))
    }
}

fn accept(
    arguments: &Arguments,
    specs: &Path,
    fingerprint: &str,
    changes: &[Change],
) -> Result<ExitCode, Failure> {
    let Some(change) = changes
        .iter()
        .find(|change| change.fingerprint == fingerprint)
    else {
        return Err(Failure::usage(format!(
            "no change has the fingerprint `{fingerprint}`"
        )));
    };
    if change.acknowledged.is_some() {
        return Err(Failure::usage(format!(
            "`{fingerprint}` is acknowledged already"
        )));
    }
    let reason = arguments.reason.as_deref().unwrap_or_default();
    let entry = ack::entry(change, arguments.kind, reason, arguments.by.as_deref());
    let file = specs.join(load::ACKNOWLEDGED);
    accept::append(&file, &entry)
        .map_err(|error| Failure::io(format!("{}: {error}", file.display())))?;
    print(&format!(
        "{}: acknowledged in {}",
        change.rule.id,
        file.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

impl From<Threshold> for Option<Severity> {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Error => Some(Severity::Error),
            Threshold::Warning => Some(Severity::Warning),
            Threshold::Info => Some(Severity::Info),
            Threshold::None => None,
        }
    }
}
