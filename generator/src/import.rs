//! What providers publish about their APIs → spec files: facts, with short texts of our own
//! where the format asks for one.
//!
//! A reader per provider knows its format and fills a [`Service`] with what stands there, to
//! the letter. `settle` makes it a spec that the checker accepts: names, texts, and the
//! structures where they belong. `write` turns it into files and never touches what was
//! made or changed by hand. Nothing stops an import: what cannot be carried over is in the
//! [`Report`], by kind and count.

pub mod alibaba;
mod compare;
mod disk;
mod driver;
mod edited;
mod facts;
mod file;
mod head;
pub mod huawei;
mod json;
mod keep;
mod markup;
pub mod merge;
mod moves;
mod names;
mod pages;
mod path;
mod reader;
mod report;
mod sample;
mod settle;
mod spell;
pub mod tencent;
mod weave;
mod words;
mod yaml;

use std::path::Path;

use indexmap::IndexMap;

use file::File;

pub use driver::Progress;
pub use report::{Conflict, Disagreement, Report};

use crate::spec::{self, Members};

/// What an import takes besides facts, and what it says about itself.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether the provider's own texts stand in `doc`.
    pub with_docs: bool,
    /// The services to import, by their name at the provider; none named means all.
    pub only: Vec<String>,
    /// The day that new and changed files say, as YYYY-MM-DD.
    pub day: String,
}

/// One version of a product, as spec files say it.
#[derive(Clone, Debug, Default)]
pub struct Service {
    /// What becomes `service.yaml`.
    pub file: spec::Service,
    /// Where it comes from, relative to the source, the most trusted first.
    pub documents: Vec<String>,
    /// What becomes a file each.
    pub operations: Vec<spec::Operation>,
    /// Structures, by their name in the specs. A reader puts all of them here.
    pub types: IndexMap<String, Members>,
}

/// Writes a service into the folder of its provider, `out`, and says in the report what
/// became of each file.
///
/// A file that was made by hand stays as it is; how it differs from the source is a conflict
/// of the report. One that was imported takes the new facts and keeps what is ours: texts,
/// names, remarks, and the errata that the source has not caught up with. A file of which
/// nothing changed keeps its text and day; one that the source no longer has is removed,
/// unless there is something of ours in it.
/// `draft` is the digest of what was read, where the service is all of it: while that and the
/// files stay the same, the next import has nothing to do.
///
/// # Errors
/// What the disk says, with the path.
fn write(
    out: &Path,
    service: &Service,
    day: &str,
    draft: Option<&str>,
    report: &mut Report,
) -> std::io::Result<()> {
    let mut folder = disk::Folder::open(out, service)?;
    for file in files(service) {
        folder.put(file, day, report)?;
    }
    folder.close(draft, report)
}

/// The files that a service becomes.
fn files(service: &Service) -> impl Iterator<Item = File<'_>> {
    let types = (!service.types.is_empty()).then_some(File::Types(&service.types));
    let operations = service.operations.iter().map(File::Operation);
    let own = std::iter::once(File::Service(&service.file));
    types.into_iter().chain(own).chain(operations)
}
