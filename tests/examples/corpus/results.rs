//! What was found out so far, a line for each service: a run that is stopped goes on.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value as Json, json};

use crate::Stop;

/// What came of one service.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// `provider/service`.
    pub(crate) service: String,
    /// Errors, and whatever else should not be.
    pub(crate) errors: usize,
    /// Warnings of the compiler.
    pub(crate) warnings: usize,
    /// How many samples were held against it.
    pub(crate) samples: usize,
    /// Seconds of the processor; none where the system does not tell.
    pub(crate) cpu: Option<f64>,
    /// Seconds on the clock.
    pub(crate) seconds: f64,
    /// Whether it was found out by an earlier run.
    pub(crate) earlier: bool,
}

impl Outcome {
    /// Whether it has neither errors nor warnings.
    pub(crate) fn is_fine(&self) -> bool {
        self.errors == 0 && self.warnings == 0
    }
}

/// The file of results.
pub(crate) struct Results {
    path: PathBuf,
    file: Mutex<File>,
    /// By step, service and digest.
    known: BTreeMap<[String; 3], Outcome>,
}

impl Results {
    /// Opens the file, with what earlier runs found out; a line that was cut off is skipped.
    pub(crate) fn open(work: &Path) -> Result<Self, Stop> {
        let path = work.join("results.jsonl");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let known = text.lines().filter_map(entry).collect();
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let file = file.map_err(|error| Stop::at(&path, error))?;
        if !text.is_empty() && !text.ends_with('\n') {
            writeln!(&file).map_err(|error| Stop::at(&path, error))?;
        }
        Ok(Self {
            path,
            file: Mutex::new(file),
            known,
        })
    }

    /// What an earlier run found fine: what failed is tried again.
    pub(crate) fn fine(
        &self,
        step: &str,
        service: &str,
        digest: &str,
    ) -> Option<Outcome> {
        let key = [step, service, digest].map(str::to_owned);
        self.known
            .get(&key)
            .filter(|outcome| outcome.is_fine())
            .cloned()
    }

    /// Keeps what came of a service.
    pub(crate) fn keep(
        &self,
        step: &str,
        digest: &str,
        outcome: &Outcome,
    ) -> Result<(), Stop> {
        let line = json!({
            "step": step,
            "service": outcome.service,
            "digest": digest,
            "errors": outcome.errors,
            "warnings": outcome.warnings,
            "samples": outcome.samples,
            "cpu": outcome.cpu,
            "seconds": outcome.seconds,
        });
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(file, "{line}").map_err(|error| Stop::at(&self.path, error))
    }
}

fn entry(line: &str) -> Option<([String; 3], Outcome)> {
    let line: Json = serde_json::from_str(line).ok()?;
    let text = |key: &str| line[key].as_str().map(str::to_owned);
    let count = |key: &str| usize::try_from(line[key].as_u64()?).ok();
    let outcome = Outcome {
        service: text("service")?,
        errors: count("errors")?,
        warnings: count("warnings")?,
        samples: count("samples")?,
        cpu: line["cpu"].as_f64(),
        seconds: line["seconds"].as_f64()?,
        earlier: true,
    };
    Some(([text("step")?, text("service")?, text("digest")?], outcome))
}
