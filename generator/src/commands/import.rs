//! `yunspec import`: what a provider publishes to spec files.

use std::io::{self, IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

use clap::{Args, ValueEnum};
use yunspec_runtime::{Stamp, Timestamp};

use super::Failure;
use crate::import::{Options, Progress, alibaba, huawei, tencent};

/// What to import, and from where.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Whose metadata it is.
    #[arg(value_enum)]
    cloud: Cloud,
    /// Folders with what the provider publishes: `api/SERVICE/VERSION/api.json`, or one
    /// service's folder, of Tencent Cloud; `api-docs`, `sdk-idl` and `cli-meta` of Alibaba
    /// Cloud.
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Take the provider's own texts as well.
    #[arg(long)]
    with_docs: bool,
    /// Only these services.
    #[arg(long, value_name = "SERVICE", value_delimiter = ',')]
    only: Vec<String>,
    /// The day that new and changed files say, as YYYY-MM-DD; today by default.
    #[arg(long, value_name = "DAY")]
    today: Option<String>,
    /// How to print the report.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Whose metadata can be imported.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Cloud {
    /// Alibaba Cloud: `api-docs`, `sdk-idl`, `cli-meta`.
    Alibaba,
    /// Tencent Cloud: `api.json`, and error codes per operation.
    Tencent,
    /// Huawei Cloud: `OpenAPI` documents, and facts of the SDKs.
    Huawei,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people, on standard error.
    Text,
    /// One JSON document, on standard output.
    Json,
}

/// Imports into the specs folder `out`.
///
/// # Errors
/// Status 3 where the disk fails, 2 where the day is none.
pub fn run(arguments: &Arguments, out: &Path) -> Result<ExitCode, Failure> {
    let options = Options {
        with_docs: arguments.with_docs,
        only: arguments.only.clone(),
        day: today(arguments.today.as_deref())?,
    };
    let line = Line::new();
    let import = match arguments.cloud {
        Cloud::Alibaba => alibaba::import,
        Cloud::Tencent => tencent::import,
        Cloud::Huawei => huawei::import,
    };
    let report = import(&arguments.sources, out, &options, &|progress| {
        line.show(progress);
    });
    line.clear();
    let report = report.map_err(|error| Failure::io(error.to_string()))?;
    match arguments.format {
        Format::Text => {
            let _ = io::stderr().write_all(report.text().as_bytes());
        }
        Format::Json => super::print(&report.json())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The line that says how far the import is, on a terminal only.
struct Line {
    /// The number of the last service that was shown: threads may come out of order.
    shown: Mutex<usize>,
    terminal: bool,
}

impl Line {
    fn new() -> Self {
        Self {
            shown: Mutex::new(0),
            terminal: io::stderr().is_terminal(),
        }
    }

    fn show(&self, Progress { service, of, name }: Progress<'_>) {
        let Ok(mut shown) = self.shown.lock() else {
            return;
        };
        if self.terminal && service > *shown {
            *shown = service;
            // Nobody is left to tell where standard error is gone.
            let _ = write!(io::stderr(), "\r\x1b[K{service}/{of} {name}");
        }
    }

    fn clear(&self) {
        if self.terminal {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

fn today(day: Option<&str>) -> Result<String, Failure> {
    let Some(day) = day else {
        let now = Timestamp::from(Stamp::now().time).to_string();
        return Ok(now.chars().take(10).collect());
    };
    let time = format!("{day}T00:00:00Z");
    match Timestamp::from(time.as_str()).to_system_time() {
        Some(_) if day.len() == 10 => Ok(day.to_owned()),
        _ => Err(Failure::usage(format!(
            "--today {day:?} is no date such as 2026-01-02"
        ))),
    }
}
