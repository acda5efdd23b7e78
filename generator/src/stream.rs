//! Specs → crate on the disk, a service at a time and several at once.
//!
//! A service is read, checked, chosen, spelled and written beside its place, then dropped;
//! it leaves behind the few facts that the files of the whole crate are made of. Only when
//! nothing is wrong anywhere do all files move into their places, so that an error leaves
//! everything as it was, and memory holds a few services and not all.
//!
//! A service of which nothing has changed, neither what goes in nor what stands on the
//! disk, is told by digests and left alone: see `cache`.

mod cache;
mod run;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::gated::Count;
use crate::page::disk;
use crate::page::{Difference, Written};

use cache::Cache;
use run::Run;

/// What to generate, and where.
#[derive(Clone, Debug)]
pub struct Task<'t> {
    /// The specs folder.
    pub specs: &'t Path,
    /// The folder of the crate.
    pub out: &'t Path,
    /// The services to write, as `provider/service`; all, and the files of the whole crate,
    /// where none is named.
    pub only: &'t [String],
    /// What tells this generator from every other; without it nothing is remembered.
    pub generator: Option<String>,
}

/// Why nothing was written or compared.
#[derive(Debug)]
pub enum Trouble {
    /// The specs break rules: every error, in order.
    Findings(Vec<Diagnostic>),
    /// A service that is asked for does not exist; those that do, in order.
    Unknown(String, Vec<String>),
    /// The disk refused; the message has the path.
    Disk(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// The digest of the running program: another build may spell another way.
pub fn generator() -> Option<String> {
    let program = std::env::current_exe().and_then(std::fs::File::open).ok()?;
    cache::digest_of(program).ok()
}

/// Makes the crate what the specs say, as [`crate::page::write()`] does; also counts what
/// the specs keep from being generated.
///
/// # Errors
/// [`Trouble`]; then nothing has changed, but where the disk refused to move a file.
pub fn write(task: &Task<'_>) -> Result<(Written, Count), Trouble> {
    let old = match &task.generator {
        Some(generator) => Cache::read(task.out, generator),
        None => Cache::default(),
    };
    let run = Run::new(task, old, true)?;
    disk::refuse_foreign(task.out)?;
    let (parts, left_over) = run.all()?;
    let mut done = Written {
        removed: left_over,
        ..Written::default()
    };
    let mut records = BTreeMap::new();
    let mut gated = Count::default();
    for part in parts {
        gated += part.gated;
        done.unchanged += part.pages - part.missing.len() - part.stale.len();
        done.written.extend(part.missing);
        done.written.extend(part.stale);
        for staged in part.staged {
            staged.commit()?;
        }
        records.extend(part.record.map(|record| (part.name, record)));
    }
    done.written.sort();
    disk::remove(task.out, &done.removed)?;
    if let Some(generator) = &task.generator
        && !run.old.is(&records)
    {
        cache::write(task.out, generator, &records)?;
    }
    Ok((done, gated))
}

/// Holds the crate against the specs, as [`crate::page::compare()`] does; nothing that an
/// earlier run left is believed.
///
/// # Errors
/// [`Trouble`].
pub fn compare(task: &Task<'_>) -> Result<Difference, Trouble> {
    let run = Run::new(task, Cache::default(), false)?;
    let (parts, left_over) = run.all()?;
    let mut difference = Difference {
        left_over,
        ..Difference::default()
    };
    for part in parts {
        difference.missing.extend(part.missing);
        difference.stale.extend(part.stale);
    }
    difference.missing.sort();
    difference.stale.sort();
    Ok(difference)
}
