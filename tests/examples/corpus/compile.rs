//! Cargo, run for one service after the other.

use std::fs;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde_json::Value as Json;

use super::crates::{self, Unit, Workspace, put};
use super::parallel;
use super::results::{Outcome, Results};
use crate::Stop;

/// Runs a command and writes the processor's time of it to a file.
const TIMED: &str =
    "times_file=$1; shift; \"$@\"; status=$?; times >\"$times_file\"; exit $status";

/// Compiles services alone, several at once.
pub(crate) struct Builder<'w> {
    /// What is compiled.
    pub(crate) workspace: &'w Workspace,
    results: Results,
    foundation: String,
    cargo: PathBuf,
}

/// What cargo said.
pub(crate) struct Built {
    /// How many errors; one as well where it failed without.
    pub(crate) errors: usize,
    /// How many warnings.
    pub(crate) warnings: usize,
    /// How many samples were held against it.
    pub(crate) samples: usize,
    /// Errors and warnings, for people.
    pub(crate) text: String,
    /// Seconds of the processor.
    pub(crate) cpu: Option<f64>,
}

impl<'w> Builder<'w> {
    /// A builder with the toolchain that runs this program.
    pub(crate) fn new(workspace: &'w Workspace, results: Results) -> Result<Self, Stop> {
        let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let version = Command::new(compiler).arg("-vV").output();
        let version = version.map_err(|error| Stop::Fault(format!("rustc: {error}")))?;
        let version = String::from_utf8_lossy(&version.stdout).into_owned();
        Ok(Self {
            workspace,
            results,
            foundation: crates::foundation(&version)?,
            cargo: std::env::var_os("CARGO")
                .unwrap_or_else(|| "cargo".into())
                .into(),
        })
    }

    /// Checks every service with only its own feature.
    pub(crate) fn check_all(&self) -> Result<Vec<Outcome>, Stop> {
        let check = ["check", "--package", "yun-sdk", "--jobs=1", "--features"];
        self.all("compile", &check[..3], &|_| String::new(), |job, unit| {
            let arguments = [&check[..], &[&unit.feature]].concat();
            let built = self.cargo(job, &arguments)?;
            self.forget(job);
            Ok(built)
        })
    }

    /// Does a step with every service for which no earlier run found it fine; `warm` is the
    /// command that builds what all services need, `also` the digest of what the step takes
    /// besides the service's own files.
    pub(crate) fn all(
        &self,
        step: &str,
        warm: &[&str],
        also: &(dyn Fn(&Unit) -> String + Sync),
        work: impl Fn(usize, &Unit) -> Result<Built, Stop> + Sync,
    ) -> Result<Vec<Outcome>, Stop> {
        let units = &self.workspace.services;
        let digest =
            |unit: &Unit| format!("{}{}{}", unit.digest, self.foundation, also(unit));
        let earlier = |unit: &Unit| self.results.fine(step, &unit.id, &digest(unit));
        if units.iter().any(|unit| earlier(unit).is_none()) {
            self.warm(warm)?;
        }
        let done = AtomicUsize::new(0);
        parallel::each(self.workspace.jobs, units, |job, unit| {
            let number = done.fetch_add(1, Ordering::Relaxed) + 1;
            if let Some(outcome) = earlier(unit) {
                return Ok(outcome);
            }
            if std::io::stderr().is_terminal() {
                eprintln!("{step} {number}/{} {}", units.len(), unit.id);
            }
            let start = Instant::now();
            let built = work(job, unit)?;
            self.log(step, unit, &built)?;
            let outcome = Outcome {
                service: unit.id.clone(),
                errors: built.errors,
                warnings: built.warnings,
                samples: built.samples,
                cpu: built.cpu,
                seconds: start.elapsed().as_secs_f64(),
                earlier: false,
            };
            self.results.keep(step, &digest(unit), &outcome)?;
            Ok(outcome)
        })
    }

    /// Keeps what is wrong with a service; there is no such file where nothing is.
    fn log(&self, step: &str, unit: &Unit, built: &Built) -> Result<(), Stop> {
        let folder = self.workspace.work.join("logs").join(step);
        let file = folder.join(format!("{}.txt", unit.feature));
        if built.text.is_empty() {
            // There is none where it always was fine.
            let _ = fs::remove_file(&file);
            return Ok(());
        }
        let (id, shown) = (&unit.id, file.display());
        let Built {
            errors, warnings, ..
        } = built;
        eprintln!("{step} {id}: {errors} errors, {warnings} warnings: {shown}");
        put(&file, &built.text)
    }

    /// Runs cargo in the build folder of a job.
    pub(crate) fn cargo(&self, job: usize, arguments: &[&str]) -> Result<Built, Stop> {
        let target = self.workspace.target(job);
        let times = target.join("times.txt");
        fs::create_dir_all(&target).map_err(|error| Stop::at(&target, error))?;
        let mut command = if cfg!(unix) {
            let mut shell = Command::new("sh");
            shell.args(["-c", TIMED, "sh"]).arg(&times).arg(&self.cargo);
            shell
        } else {
            Command::new(&self.cargo)
        };
        command
            .args(arguments)
            .args(["--message-format=json", "--quiet"]);
        command.current_dir(&self.workspace.work);
        // What cargo set for this program is none of the other's business.
        command
            .env_remove("CARGO_MANIFEST_DIR")
            .env("CARGO_TARGET_DIR", &target);
        let output = command.output();
        let output = output.map_err(|error| Stop::Fault(format!("cargo: {error}")))?;
        Ok(read(&output, cpu(&times)))
    }

    /// Builds what all services need, once, and copies it for the other jobs.
    fn warm(&self, arguments: &[&str]) -> Result<(), Stop> {
        let start = Instant::now();
        let built = self.cargo(0, arguments)?;
        if built.errors > 0 {
            return Err(Stop::Fault(format!(
                "the crate without services: {}",
                built.text
            )));
        }
        for job in 1..self.workspace.jobs {
            let target = self.workspace.target(job);
            let stamp = target.join(format!("{}-is-there", arguments[0]));
            if !stamp.is_file() {
                copy(&self.workspace.target(0), &target)?;
                put(&stamp, "")?;
            }
        }
        println!(
            "built what all need in {:.1} s",
            start.elapsed().as_secs_f64()
        );
        Ok(())
    }

    /// Removes what was built of a service: it is never used again.
    pub(crate) fn forget(&self, job: usize) {
        for folder in ["debug/deps", "debug/.fingerprint"] {
            let folder = self.workspace.target(job).join(folder);
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                let path = entry.path();
                if ["libyun_sdk-", "yun_sdk-"]
                    .iter()
                    .any(|start| name.starts_with(start))
                {
                    // What stays costs room, and no more.
                    let _ = fs::remove_file(path);
                } else if name.starts_with("yun-sdk-") {
                    let _ = fs::remove_dir_all(path);
                }
            }
        }
    }
}

/// Counts what cargo said about our code.
fn read(output: &Output, cpu: Option<f64>) -> Built {
    let mut built = Built {
        errors: 0,
        warnings: 0,
        samples: 0,
        text: String::new(),
        cpu,
    };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let line: Json = serde_json::from_str(line).unwrap_or_default();
        let message = &line["message"];
        // A summary has no place.
        if message["spans"].as_array().is_none_or(Vec::is_empty) {
            continue;
        }
        match message["level"].as_str() {
            Some("error") => built.errors += 1,
            Some("warning") => built.warnings += 1,
            _ => continue,
        }
        built.text += message["rendered"].as_str().unwrap_or_default();
    }
    if !output.status.success() && built.errors == 0 {
        built.errors = 1;
        built.text += &String::from_utf8_lossy(&output.stderr);
    }
    built
}

/// The seconds that `times` wrote for the children: `0m1.25s 0m0.50s` on its second line.
fn cpu(file: &Path) -> Option<f64> {
    let text = fs::read_to_string(file).ok()?;
    let seconds = |part: &str| {
        let (minutes, seconds) = part.strip_suffix('s')?.split_once('m')?;
        Some(60.0 * minutes.parse::<f64>().ok()? + seconds.parse::<f64>().ok()?)
    };
    text.lines().nth(1)?.split_whitespace().map(seconds).sum()
}

/// Copies a folder with the times of its files, by which cargo tells what is fresh.
fn copy(from: &Path, to: &Path) -> Result<(), Stop> {
    let at = |error| Stop::at(from, error);
    fs::create_dir_all(to).map_err(at)?;
    for entry in fs::read_dir(from).map_err(at)? {
        let entry = entry.map_err(at)?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(at)?;
            let time = entry
                .metadata()
                .and_then(|data| data.modified())
                .map_err(at)?;
            let file = fs::File::options().append(true).open(&target);
            file.and_then(|file| file.set_modified(time)).map_err(at)?;
        }
    }
    Ok(())
}
