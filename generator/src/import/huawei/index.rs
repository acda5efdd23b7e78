//! Which documents of a source tell of which version of a service.

use std::collections::BTreeMap;
use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::driver::{self, Product};
use super::super::{Report, disk, json};
use super::{entry, version};

/// The version of a service whose paths name none.
const UNTOLD: &str = "v1";

/// The documents of one service.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Its name.
    pub(super) name: String,
    /// The `OpenAPI` document, if there is one.
    pub(super) openapi: Option<File>,
    /// The facts of each version, the newest last.
    pub(super) facts: Vec<(String, File)>,
}

/// A document.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// Relative to the source.
    pub(super) place: String,
}

/// The services of a source, in name order. The documents spell a name in several ways.
pub(super) fn products(source: &Path) -> Result<Vec<Product>> {
    let mut known: BTreeMap<String, Files> = BTreeMap::new();
    for (stem, file) in files(source, "sdk-facts")? {
        if let Some((name, version)) = stem.rsplit_once('.') {
            let files = known.entry(plain(name)).or_default();
            files.name = name.to_ascii_lowercase();
            files.facts.push((version.to_owned(), file));
        }
    }
    for (stem, file) in files(source, "openapi")? {
        let files = known.entry(plain(&stem)).or_default();
        if files.name.is_empty() {
            files.name = stem.to_ascii_lowercase();
        }
        files.openapi = Some(file);
    }
    known.into_values().map(product).collect()
}

fn product(mut files: Files) -> Result<Product> {
    files
        .facts
        .sort_by_key(|(version, _)| (number(version), version.clone()));
    let names = if files.facts.is_empty() {
        vec![commonest(&files)?]
    } else {
        files
            .facts
            .iter()
            .map(|(version, _)| version.clone())
            .collect()
    };
    let name = files.name.clone();
    let files = Arc::new(files);
    let versions = names.into_iter().map(|name| {
        let (files, version) = (Arc::clone(&files), name.clone());
        driver::Version {
            name,
            documents: vec![Box::new(move |options, report| {
                version::read(&files, &version, options, report)
            })],
        }
    });
    let versions = versions.collect();
    Ok(Product { name, versions })
}

/// The version that most paths of a document name.
fn commonest(files: &Files) -> Result<String> {
    let Some(file) = &files.openapi else {
        return Ok(UNTOLD.to_owned());
    };
    // What is odd in the document is told when it is read as a whole.
    let mut report = Report::default();
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    let document = json::read(&file.path, &file.place, &mut report)?.unwrap_or_default();
    for one in entry::operations(&document, None) {
        if let Some(version) = of_path(one.path()) {
            *counts.entry(version).or_default() += 1;
        }
    }
    let commonest = counts
        .into_iter()
        .max_by_key(|(version, count)| (*count, *version));
    Ok(commonest.map_or(UNTOLD.to_owned(), |(version, _)| format!("v{version}")))
}

/// The number of the version that a path names: 2 of `/v2.1/{project_id}/books`.
pub(super) fn of_path(path: &str) -> Option<u32> {
    let segments = path.split('/').filter(|segment| segment.starts_with('v'));
    segments.map(number).find(|number| *number > 0)
}

/// The number of a version; 0 of what is none.
pub(super) fn number(version: &str) -> u32 {
    let digits = version.strip_prefix('v').unwrap_or(version);
    let end = digits.find(|c: char| !c.is_ascii_digit());
    let (number, rest) = digits.split_at(end.unwrap_or(digits.len()));
    let whole = rest.is_empty() || rest.starts_with(['.', '-']);
    number.parse().ok().filter(|_| whole).unwrap_or_default()
}

/// A name without signs and case.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

/// The JSON documents of a folder, which need not be there, in name order.
fn files(source: &Path, folder: &str) -> Result<BTreeMap<String, File>> {
    let inner = source.join(folder);
    let mut found = BTreeMap::new();
    if !inner.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(&inner).map_err(|error| disk::at(&inner, &error))? {
        let path = entry.map_err(|error| disk::at(&inner, &error))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if let Some(stem) = name.strip_suffix(".json") {
            let place = format!("{folder}/{}", name.replace(' ', "_"));
            found.insert(stem.to_owned(), File { path, place });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_a_number() {
        for (path, version) in [
            ("/v2/{project_id}/books", Some(2)),
            ("/v2.1/books", Some(2)),
            ("/v3-ext/OS-FEDERATION", Some(3)),
            ("/{project_id}/v10/books", Some(10)),
            ("/vaults/v1", Some(1)),
            ("/versions", None),
            ("/", None),
        ] {
            assert_eq!(of_path(path), version, "{path}");
        }
    }
}
