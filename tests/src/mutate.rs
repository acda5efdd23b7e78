//! Metadata of a provider, changed at random as one seed says, and what has to hold for
//! whatever comes of it: the import ends, the checker has no errors, the crate is Rust, and
//! a second import changes nothing.

mod change;
mod json;
mod judge;
mod odd;
mod sort;
mod source;
mod spots;

use std::collections::BTreeMap;
use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use yunspec::import::{self, Options, Report};

pub use json::Json;
pub use judge::{Verdict, judge};
pub use source::Source;

/// Whose metadata it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// Alibaba Cloud.
    Alibaba,
    /// Huawei Cloud.
    Huawei,
    /// Tencent Cloud.
    Tencent,
}

impl Cloud {
    /// Imports a source into a specs folder, with the provider's texts or without.
    ///
    /// # Errors
    /// What the disk says.
    pub fn import(self, source: &Path, specs: &Path, with_docs: bool) -> Result<Report> {
        let import = match self {
            Self::Alibaba => import::alibaba::import,
            Self::Huawei => import::huawei::import,
            Self::Tencent => import::tencent::import,
        };
        let options = Options {
            with_docs,
            only: Vec::new(),
            day: "2026-01-02".to_owned(),
        };
        import(&[source.to_owned()], specs, &options, &|_| {})
    }
}

/// How a case is made.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many operations a service keeps; it gets as many from others.
    pub operations: usize,
    /// The most changes of a case.
    pub changes: usize,
}

/// Documents, by path.
pub type Texts = BTreeMap<PathBuf, String>;

/// Documents to import.
#[derive(Clone, Debug)]
pub struct Case {
    /// The product that they tell of.
    pub product: String,
    /// Whether the provider's texts are imported.
    pub with_docs: bool,
    /// What was imported before, if anything: texts by path.
    pub before: Option<Texts>,
    /// Texts by path.
    pub files: Texts,
    /// What was changed, in words.
    pub log: Vec<String>,
}

impl Case {
    /// The case of a seed: one product of the source, some of its operations, operations of
    /// other products, and changes of anything.
    ///
    /// # Errors
    /// What the disk says.
    pub fn new(source: &Source, plan: Plan, seed: u64) -> Result<Self> {
        let mut rng = Rng::with_seed(seed);
        let (product, mut files) = source.product(&mut rng, plan.operations)?;
        let mut log = Vec::new();
        let mut donor = BTreeMap::new();
        let mut left = plan.operations;
        while left > 0 {
            let share = left.min(8);
            let (name, documents) = source.product(&mut rng, share)?;
            if rng.u8(..) < 160 || plan.operations > 8 {
                log.push(format!("operations of {name}"));
                source::graft(&mut files, &documents, &mut rng);
            }
            donor = documents;
            left -= share;
        }
        let before = (rng.u8(..) < 64).then(|| texts(&files));
        if before.is_some() {
            log.push("imported so far, and again:".to_owned());
        }
        for _ in 0..rng.usize(0..=plan.changes) {
            log.push(change::any(&mut files, &donor, &mut rng));
        }
        let mut texts = texts(&files);
        if plan.changes > 0 && rng.u8(..) < 24 {
            log.push(odd::file(&mut texts, &mut rng));
        }
        Ok(Self {
            product,
            with_docs: rng.u8(..) < 64,
            before,
            files: texts,
            log,
        })
    }
}

/// Writes documents into a folder.
///
/// # Errors
/// What the disk says.
pub fn write(files: &Texts, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    Ok(())
}

fn texts(files: &source::Files) -> Texts {
    let texts = files.iter();
    texts
        .map(|(path, document)| (path.clone(), document.to_string()))
        .collect()
}
