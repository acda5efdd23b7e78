//! What is the same for every provider: which services, in which folders, in what order.
//!
//! To add a provider, fill a [`Provider`] and call [`run`]. Its `products` looks through a
//! source and names what lies there without reading it: products, their versions, and for
//! each version one [`Read`] per document that tells of it, the most trusted first. A read
//! gives one [`Service`], or nothing where its document has none, and tells the report what
//! it left out; only the disk stops it. It runs on any thread, and in any order.
//!
//! All else is done here: a product that two sources hold, `--only`, the folders' names (a
//! read need not fill `service`), several documents made one ([`merge`]), names and texts
//! ([`settle`]), the files ([`write`]), progress, and a report in the order of the sources.

use std::collections::BTreeSet;
use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde_json::Value;

use super::head::Head;
use super::{Options, Report, Service, disk, merge, settle, write};

/// What is particular to a provider.
pub(super) struct Provider {
    /// Its folder in the specs.
    pub(super) name: &'static str,
    /// `provider.yaml`, where the specs have none yet.
    pub(super) file: &'static str,
    /// What every source of it holds: `an api.json`.
    pub(super) holds: &'static str,
    /// The products of a source, in name order.
    pub(super) products: fn(&Path) -> Result<Vec<Product>>,
}

/// One product of a source.
pub(super) struct Product {
    /// What `--only` calls it: the folder's name in the specs.
    pub(super) name: String,
    /// Its versions, the newest last.
    pub(super) versions: Vec<Version>,
}

/// One version of a product.
pub(super) struct Version {
    /// The API version; `2019-01-16` and `v20190116` are the same.
    pub(super) name: String,
    /// The documents that tell of it, the most trusted first.
    pub(super) documents: Vec<Read>,
}

/// Reads one document.
pub(super) type Read =
    Box<dyn Fn(&Options, &mut Report) -> Result<Option<Service>> + Send + Sync>;

/// How far an import is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'s> {
    /// The number of the service that is begun, counted from 1.
    pub service: usize,
    /// How many there are.
    pub of: usize,
    /// Its name.
    pub name: &'s str,
}

/// Imports the services of the sources into `specs`; `progress` hears of each before it is
/// read, from any thread.
///
/// # Errors
/// What the disk says, with the path. Whatever else is odd is in the report.
pub(super) fn run(
    provider: &Provider,
    sources: &[PathBuf],
    specs: &Path,
    options: &Options,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<Report> {
    let out = specs.join(provider.name);
    let mut report = Report::default();
    let products = gather(provider, sources, options, &mut report)?;
    let file = out.join("provider.yaml");
    if !file.exists() {
        disk::replace(&file, provider.file)?;
    }
    let facts = fs::read_to_string(&file).map_err(|error| disk::at(&file, &error))?;
    let tasks = tasks(products, &out, &mut report);
    let begun = AtomicUsize::new(0);
    let done: Vec<Result<Report>> = tasks
        .par_iter()
        .map(|task| {
            progress(Progress {
                service: begun.fetch_add(1, Ordering::Relaxed) + 1,
                of: tasks.len(),
                name: &task.folder,
            });
            task.run(&out, &facts, options)
        })
        .collect();
    for one in done {
        report.join(one?);
    }
    Ok(report)
}

/// The wanted products, each from the first source that has it.
fn gather(
    provider: &Provider,
    sources: &[PathBuf],
    options: &Options,
    report: &mut Report,
) -> Result<Vec<Product>> {
    let mut seen = BTreeSet::new();
    let mut wanted = Vec::new();
    for source in sources {
        let products = (provider.products)(source)?;
        if products.is_empty() {
            let kind = format!("source without {}", provider.holds);
            report.lose(&kind, || source.display().to_string());
        }
        for product in products {
            if !options.only.is_empty() && !options.only.contains(&product.name) {
                continue;
            }
            if seen.insert(product.name.clone()) {
                wanted.push(product);
            } else {
                report.lose("service that an earlier source has", || product.name);
            }
        }
    }
    for name in options.only.iter().filter(|name| !seen.contains(*name)) {
        report.lose("service that no source has", || name.clone());
    }
    Ok(wanted)
}

/// One service version and where it goes.
struct Task {
    /// The folder's name.
    folder: String,
    documents: Vec<Read>,
}

fn tasks(products: Vec<Product>, out: &Path, report: &mut Report) -> Vec<Task> {
    let mut taken = BTreeSet::new();
    let mut tasks = Vec::new();
    for product in products {
        let name = folder_name(&product.name);
        let plain = plain_version(&product, &out.join(&name));
        for version in product.versions {
            let tag = tag(&version.name);
            let folder = if plain.as_ref() == Some(&tag) && !taken.contains(&name) {
                name.clone()
            } else {
                format!("{name}-{tag}")
            };
            if !is_folder_name(&folder) {
                report.lose("service whose name is no folder name", || folder);
            } else if taken.insert(folder.clone()) {
                let documents = version.documents;
                tasks.push(Task { folder, documents });
            } else {
                report.lose("service whose folder another one has", || folder);
            }
        }
    }
    tasks
}

impl Task {
    /// Imports the version into the folder `out` of the provider, whose `provider.yaml` is
    /// `provider`.
    fn run(&self, out: &Path, provider: &str, options: &Options) -> Result<Report> {
        let mut report = Report::default();
        let mut merged: Option<Service> = None;
        for read in &self.documents {
            let next = read(options, &mut report)?;
            merged = match (merged, next) {
                (Some(first), Some(second)) => {
                    Some(merge::merge(first, second, &mut report))
                }
                (first, second) => first.or(second),
            };
        }
        if let Some(mut service) = merged {
            service.file.service.clone_from(&self.folder);
            self.settle(&mut service, out, provider, &options.day, &mut report)?;
        }
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        for one in &mut report.disagreements {
            one.file = format!("{name}/{}/{}", self.folder, one.file);
        }
        Ok(report)
    }

    /// Makes a service a spec and writes it. Where the same was read before and no file of
    /// it changed since, they stand: the checker has seen them.
    fn settle(
        &self,
        service: &mut Service,
        out: &Path,
        provider: &str,
        day: &str,
        report: &mut Report,
    ) -> Result<()> {
        let draft = settle::draft(service, provider, report);
        let digest = draft
            .as_ref()
            .map(settle::Draft::digest)
            .unwrap_or_default();
        if let Some(files) = disk::standing(out, service, &digest)? {
            settle::tally(service, report);
            report.unchanged += files;
            return Ok(());
        }
        let is_all = draft.is_some_and(|draft| settle::finish(draft, service, report));
        settle::tally(service, report);
        if service.operations.is_empty() {
            report.lose("service without an operation", || self.folder.clone());
            return Ok(());
        }
        let draft = is_all.then_some(digest.as_str());
        write(out, service, day, draft, report)
    }
}

/// The version that has the plain name, which is that of `folder`: the one that has it in the
/// specs, for nothing may move under a consumer, else the newest.
fn plain_version(product: &Product, folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("service.yaml")).unwrap_or_default();
    let service: Value = serde_yaml::from_str(&text).unwrap_or_default();
    let tags = || product.versions.iter().map(|version| tag(&version.name));
    let Some(there) = service["version"].as_str().map(tag) else {
        return tags().next_back();
    };
    // A document may call itself otherwise than its file is called.
    let documents = Head::of(&text).map(|(head, _)| letters(&head.documents));
    let documents = documents.unwrap_or_default();
    let named = tags().filter(|tag| documents.contains(&letters(tag)));
    let named = named.max_by_key(|tag| (tag.len(), *tag == there));
    Some(named.unwrap_or(there))
}

/// A version as it stands in a folder's name: `20190116`, `v2`, `v1-0`.
fn tag(version: &str) -> String {
    let tag = version.replace(['-', '_'], "").to_ascii_lowercase();
    match tag.strip_prefix('v') {
        Some(date) if date.len() == 8 => date.to_owned(),
        _ => folder_name(&tag),
    }
}

/// A product's name as that of a folder.
fn folder_name(product: &str) -> String {
    product.to_ascii_lowercase().replace(['.', '_', ' '], "-")
}

fn letters(text: &str) -> String {
    let kept = text.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

fn is_folder_name(name: &str) -> bool {
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(safe)
        && !name.ends_with('-')
        && name.len() <= 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_part_of_a_folder_name() {
        for (version, tag) in [
            ("2019-01-16", "20190116"),
            ("v20190116", "20190116"),
            ("v2", "v2"),
            ("V1.0", "v1-0"),
            ("2021-11-15_131123360", "20211115131123360"),
            ("2021-11-10_21-31", "202111102131"),
        ] {
            assert_eq!(super::tag(version), tag);
        }
        assert!(is_folder_name("cam-20190116") && !is_folder_name("Cam"));
        assert!(!is_folder_name("x-v1.0") && !is_folder_name("../x"));
    }
}
