//! `yunspec generate`: specs to the crate of clients.

mod package;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::Failure;
use crate::gated::Count;
use crate::page::{Difference, Written};
use crate::stream::{self, Task, Trouble};

/// More files of a kind than that are counted.
const MOST_PATHS: usize = 20;

/// What to write, and where.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Write nothing; end with status 1 where the files are not what the specs say.
    #[arg(long)]
    check: bool,
    /// Only these services, as `provider/service`; all other files stay as they are. With
    /// `--package` also operations, `provider/service/Operation`, where `*` stands for any
    /// run of characters; the crate then holds nothing else.
    #[arg(long, value_name = "PROVIDER/SERVICE", value_delimiter = ',')]
    only: Vec<String>,
    /// Write a crate of this name, made to be published or to stand in your workspace.
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
    /// The folder of yunspec-runtime, seen from the new crate; without it the crate takes
    /// the runtime from the registry.
    #[arg(long, value_name = "DIR", requires = "package")]
    runtime: Option<PathBuf>,
}

/// Generates the crate into `out`, or compares it with what stands there.
///
/// # Errors
/// [`Failure`] with the exit code that belongs to it.
pub fn run(arguments: &Arguments, specs: &Path, out: &Path) -> Result<ExitCode, Failure> {
    if let Some(name) = &arguments.package {
        return package::run(name, arguments, specs, out);
    }
    let start = Instant::now();
    let task = Task {
        specs,
        out,
        only: &arguments.only,
        generator: (!arguments.check).then(stream::generator).flatten(),
    };
    if arguments.check {
        let found = stream::compare(&task).map_err(trouble)?;
        return difference(&found, out);
    }
    let (written, gated) = stream::write(&task).map_err(trouble)?;
    let time = start.elapsed().as_millis();
    super::print(&format!("{}, {time} ms", summary(out, &written, gated)))?;
    Ok(ExitCode::SUCCESS)
}

fn summary(out: &Path, written: &Written, gated: Count) -> String {
    let chosen = written.written.len() + written.unchanged;
    let gated = if gated == Count::default() {
        String::new()
    } else {
        format!(", {gated}")
    };
    format!(
        "{}: {chosen} files, {} written, {} removed{gated}",
        out.display(),
        written.written.len(),
        written.removed.len(),
    )
}

fn trouble(trouble: Trouble) -> Failure {
    match trouble {
        Trouble::Findings(findings) => Failure::findings(findings),
        Trouble::Unknown(name, known) => Failure::usage(format!(
            "--only {name}: there is no such service; there are {}",
            known.join(", ")
        )),
        Trouble::Disk(error) => disk(error),
    }
}

fn difference(difference: &Difference, out: &Path) -> Result<ExitCode, Failure> {
    if difference.is_empty() {
        super::print(&format!("{}: up to date", out.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut text = String::new();
    let kinds: [(&str, &[PathBuf]); 3] = [
        ("missing", &difference.missing),
        ("stale", &difference.stale),
        ("left over", &difference.left_over),
    ];
    for (kind, paths) in kinds {
        for path in paths.iter().take(MOST_PATHS) {
            let _ = writeln!(text, "{kind}: {}", out.join(path).display());
        }
        if let Some(more) = paths.len().checked_sub(MOST_PATHS).filter(|it| *it > 0) {
            let _ = writeln!(text, "{kind}: {more} more");
        }
    }
    text.push_str("run `yunspec generate` to mend it");
    super::print(&text)?;
    Ok(ExitCode::from(1))
}

fn disk(error: std::io::Error) -> Failure {
    Failure::io(error.to_string())
}
