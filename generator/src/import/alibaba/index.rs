//! Which documents of a source tell of one version of a product.

use std::collections::BTreeMap;
use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::super::driver::{Product, Version};
use super::super::{Options, Report, disk, json};
use super::kit::Reader;
use super::{Told, api_docs, cli_meta, sdk_idl};

/// One file of a source.
#[derive(Clone, Debug)]
pub(super) struct Document {
    path: PathBuf,
    /// Relative to the source.
    pub(super) place: String,
    format: Format,
}

/// The order is that of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Format {
    ApiDocs,
    SdkIdl,
    CliMeta,
}

impl Document {
    /// What the document says; nothing where it is none.
    pub(super) fn read(
        &self,
        options: &Options,
        report: &mut Report,
    ) -> Result<Option<Told>> {
        let place = &self.place;
        let Some(value) = json::read(&self.path, place, report)? else {
            return Ok(None);
        };
        let mut reader = Reader {
            place: place.clone(),
            with_docs: options.with_docs,
            report,
        };
        let read = match self.format {
            Format::ApiDocs => api_docs::service,
            Format::SdkIdl => sdk_idl::service,
            Format::CliMeta => cli_meta::service,
        };
        Ok(read(&value, &mut reader))
    }
}

/// The products of a source, in name order: the same product and version may be spelt in
/// another way in each document.
pub(super) fn products(source: &Path) -> Result<Vec<Product>> {
    let mut known = Known::new();
    api_docs(source, &mut known)?;
    sdk_idl(source, &mut known)?;
    cli_meta(source, &mut known)?;
    Ok(known.into_values().map(product).collect())
}

/// By product and version, without signs and case: the spellings and the documents.
type Known = BTreeMap<String, BTreeMap<String, Vec<Found>>>;

struct Found {
    product: String,
    version: String,
    document: Document,
}

fn product(versions: BTreeMap<String, Vec<Found>>) -> Product {
    let all = versions.values().flatten();
    let name = all
        .min_by_key(|found| (found.document.format, found.product.clone()))
        .map(|found| found.product.to_ascii_lowercase())
        .unwrap_or_default();
    let versions = versions.into_values().map(version).collect();
    Product { name, versions }
}

fn version(mut found: Vec<Found>) -> Version {
    found.sort_by_key(|found| found.document.format);
    let name = found
        .first()
        .map(|found| found.version.replace('_', "-"))
        .unwrap_or_default();
    let documents: Vec<Document> =
        found.into_iter().map(|found| found.document).collect();
    Version {
        name,
        documents: vec![Box::new(move |options, report| {
            super::read(&documents, options, report)
        })],
    }
}

fn add(known: &mut Known, product: &str, version: &str, document: Document) {
    let versions = known.entry(plain(product)).or_default();
    let mut order = plain(version);
    if !order.starts_with(|c: char| c.is_ascii_digit()) {
        // What is no date is older than any.
        order.insert(0, '!');
    }
    let all = versions.entry(order).or_default();
    // Two spellings of one name in one format: the first by name stands.
    if all
        .iter()
        .all(|found| found.document.format != document.format)
    {
        all.push(Found {
            product: product.to_owned(),
            version: version.to_owned(),
            document,
        });
    }
}

fn plain(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

fn api_docs(source: &Path, known: &mut Known) -> Result<()> {
    let folder = source.join("api-docs");
    for product in names(&folder)? {
        let inner = folder.join(&product);
        for file in names(&inner)? {
            if let Some(version) = file.strip_suffix(".json") {
                let document = Document {
                    path: inner.join(&file),
                    place: format!("api-docs/{product}/{file}"),
                    format: Format::ApiDocs,
                };
                add(known, &product, version, document);
            }
        }
    }
    Ok(())
}

fn sdk_idl(source: &Path, known: &mut Known) -> Result<()> {
    let folder = source.join("sdk-idl");
    for file in names(&folder)? {
        let stem = file.strip_suffix(".json");
        if let Some((product, version)) = stem.and_then(|stem| stem.rsplit_once('-')) {
            let document = Document {
                path: folder.join(&file),
                place: format!("sdk-idl/{file}"),
                format: Format::SdkIdl,
            };
            add(known, product, version, document);
        }
    }
    Ok(())
}

/// The version stands inside these documents only.
fn cli_meta(source: &Path, known: &mut Known) -> Result<()> {
    #[derive(Deserialize)]
    struct Head {
        product: Named,
    }
    #[derive(Deserialize)]
    struct Named {
        code: String,
        version: String,
    }
    let folder = source.join("cli-meta");
    for file in names(&folder)? {
        let Some(stem) = file.strip_suffix(".json") else {
            continue;
        };
        if stem.starts_with('_') {
            continue;
        }
        let path = folder.join(&file);
        let bytes = fs::read(&path).map_err(|error| disk::at(&path, &error))?;
        let head: Option<Head> = match serde_json::from_slice(&bytes) {
            Ok(head) => Some(head),
            Err(_) => json::parse(&bytes)
                .and_then(|(value, ..)| serde_json::from_value(value))
                .ok(),
        };
        // A document that cannot be read is told of when its turn comes.
        let (code, version) = match &head {
            Some(Head { product }) => (product.code.as_str(), product.version.as_str()),
            None => (stem, ""),
        };
        let document = Document {
            path,
            place: format!("cli-meta/{file}"),
            format: Format::CliMeta,
        };
        add(known, code, version, document);
    }
    Ok(())
}

/// What a folder holds, in name order; nothing where there is no such folder.
fn names(folder: &Path) -> Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let read = || -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.extend(entry?.file_name().to_str().map(str::to_owned));
        }
        names.sort();
        Ok(names)
    };
    read().map_err(|error| disk::at(folder, &error))
}
