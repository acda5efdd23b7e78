//! Tencent Cloud: `api/SERVICE/VERSION/api.json` with `examples.json` beside it, error codes
//! in `errors/SERVICE.VERSION.json`, and English texts in `intl-en/SERVICE.VERSION.json`.
//!
//! A service may have several versions; the newest is `SERVICE` in the specs, unless the
//! specs have another one under that name already, and the others are `SERVICE-VERSION`.

mod english;
mod map;
mod metadata;
mod samples;

use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::driver::{self, Product, Progress, Version};
use super::{Options, Report, Service, disk, json};

const PROVIDER: driver::Provider = driver::Provider {
    name: "tencent",
    file: "\
provider: tencent
title: Tencent Cloud
protocol: tc3-json
members_in: body
method: POST
path: /
envelope: Response
common_parameters:
  Action: { in: header, wire: X-TC-Action, required: true, doc: The name of the operation. }
  Version: { in: header, wire: X-TC-Version, required: true, doc: The API version of the service. }
  Region: { in: header, wire: X-TC-Region, doc: \"The region, where the service has regions.\" }
",
    holds: "an api.json",
    products,
};

/// Imports every service of the sources into `specs`; `progress` hears of each before it
/// is read, from any thread.
///
/// # Errors
/// What the disk says, with the path. Whatever else is odd is in the report.
pub fn import(
    sources: &[PathBuf],
    specs: &Path,
    options: &Options,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<Report> {
    driver::run(&PROVIDER, sources, specs, options, progress)
}

/// What a source holds: it is a folder with `api`, or the folder of one product.
fn products(source: &Path) -> Result<Vec<Product>> {
    let api = source.join("api");
    let mut products = Vec::new();
    if api.is_dir() {
        for name in folders(&api)? {
            products.extend(product(&api.join(&name), &name, source)?);
        }
    } else {
        let name = source.file_name().unwrap_or_default().to_string_lossy();
        products.extend(product(source, &name, &source.join("../.."))?);
    }
    Ok(products)
}

fn product(folder: &Path, name: &str, source: &Path) -> Result<Option<Product>> {
    let mut versions = Vec::new();
    for version in folders(folder)? {
        let document = Document {
            product: name.to_owned(),
            folder: folder.join(&version),
            errors: source.join(format!("errors/{name}.{version}.json")),
            english: source.join(format!("intl-en/{name}.{version}.json")),
            place: format!("api/{name}/{version}/api.json"),
        };
        if document.folder.join("api.json").is_file() {
            versions.push(Version {
                name: version,
                documents: vec![Box::new(move |options, report| {
                    document.read(options, report)
                })],
            });
        }
    }
    Ok((!versions.is_empty()).then(|| Product {
        name: name.to_owned(),
        versions,
    }))
}

/// One version of a product.
struct Document {
    /// The product's name at the provider.
    product: String,
    /// The folder of the version.
    folder: PathBuf,
    /// Where its error codes are, if anywhere.
    errors: PathBuf,
    /// Where its English texts are, if anywhere.
    english: PathBuf,
    /// Its name in the report.
    place: String,
}

impl Document {
    /// What it says, with the error codes; nothing where that is not possible.
    fn read(&self, options: &Options, report: &mut Report) -> Result<Option<Service>> {
        let place = &self.place;
        let Some(api) = json::read(&self.folder.join("api.json"), place, report)? else {
            return Ok(None);
        };
        let errors = maybe(&self.errors, place, report)?;
        if errors.is_none() {
            report.lose("service without error codes", || place.clone());
        }
        let document = map::Document {
            product: self.product.clone(),
            place: place.clone(),
            with_docs: options.with_docs,
        };
        let service = map::service(&document, &api, errors.as_ref(), report);
        let Some(mut service) = service else {
            return Ok(None);
        };
        if options.with_docs
            && let Some(english) = maybe(&self.english, place, report)?
        {
            english::add(&mut service, &english);
        }
        let place = place.replace("api.json", "examples.json");
        let samples = self.folder.join("examples.json");
        if let Some(samples) = maybe(&samples, &place, report)? {
            samples::add(&mut service, &samples, &place, report);
        }
        Ok(Some(service))
    }
}

/// The folders inside a folder, in name order.
fn folders(folder: &Path) -> Result<Vec<String>> {
    let read = || -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.path().is_dir() {
                names.extend(entry.file_name().to_str().map(str::to_owned));
            }
        }
        names.sort();
        Ok(names)
    };
    read().map_err(|error| disk::at(folder, &error))
}

/// A document that need not be there; `place` is its name in the report.
fn maybe(path: &Path, place: &str, report: &mut Report) -> Result<Option<Value>> {
    if path.is_file() {
        json::read(path, place, report)
    } else {
        Ok(None)
    }
}
