//! Tencent Cloud: `api/SERVICE/VERSION/api.json`, and `errors/SERVICE.VERSION.json`.
//!
//! A service may have several versions; the newest is `SERVICE` in the specs, unless the
//! specs have another one under that name already, and the others are `SERVICE-VERSION`.

mod map;
mod metadata;

use std::collections::BTreeSet;
use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Options, Report, Service, disk, write};

/// `provider.yaml`, where the specs have none yet.
const PROVIDER: &str = "\
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
";

/// One product of a source.
struct Product {
    name: String,
    /// Its folder, with a folder for each version inside.
    folder: PathBuf,
    /// Where the error codes are, if anywhere.
    errors: PathBuf,
    /// The names of the versions' folders, the newest last.
    versions: Vec<String>,
}

/// Imports every service of the sources into `specs`; `progress` hears of each before it
/// is read.
///
/// # Errors
/// What the disk says, with the path. Whatever else is odd is in the report.
pub fn import(
    sources: &[PathBuf],
    specs: &Path,
    options: &Options,
    progress: &mut dyn FnMut(&str),
) -> Result<Report> {
    let out = specs.join("tencent");
    let mut report = Report::default();
    if !out.join("provider.yaml").exists() {
        disk::replace(&out.join("provider.yaml"), PROVIDER)?;
    }
    let mut seen = BTreeSet::new();
    for source in sources {
        let products = products(source)?;
        let shown = || source.display().to_string();
        if products.is_empty() {
            report.lose("source without an api.json", shown);
        }
        for product in products {
            if !options.only.is_empty() && !options.only.contains(&product.name) {
                continue;
            }
            if !seen.insert(product.name.clone()) {
                report.lose("service that an earlier source has", || product.name);
                continue;
            }
            progress(&product.name);
            one(&product, &out, options, &mut report)?;
        }
    }
    for name in options.only.iter().filter(|name| !seen.contains(*name)) {
        report.lose("service that no source has", || name.clone());
    }
    Ok(report)
}

fn one(
    product: &Product,
    out: &Path,
    options: &Options,
    report: &mut Report,
) -> Result<()> {
    let plain = plain_version(product, out);
    for version in &product.versions {
        let id = if plain.as_ref() == Some(version) {
            product.name.clone()
        } else {
            format!("{}-{}", product.name, version.trim_start_matches('v'))
        };
        let source = map::Document {
            id,
            product: product.name.clone(),
            place: format!("api/{}/{version}/api.json", product.name),
            with_docs: options.with_docs,
        };
        if let Some(service) = read(product, version, &source, report)? {
            write(out, &service, &options.day, report)?;
        }
    }
    Ok(())
}

/// One version of a product, with its error codes; nothing where that is not possible.
fn read(
    product: &Product,
    version: &str,
    source: &map::Document,
    report: &mut Report,
) -> Result<Option<Service>> {
    let place = &source.place;
    if !is_folder_name(&source.id) {
        report.lose("service whose name is no folder name", || place.clone());
        return Ok(None);
    }
    let folder = product.folder.join(version);
    let Some(api) = json(&folder.join("api.json"), place, report)? else {
        return Ok(None);
    };
    let errors = format!("{}.{version}.json", product.name);
    let errors = product.errors.join(errors);
    let errors = if errors.is_file() {
        json(&errors, place, report)?
    } else {
        None
    };
    if errors.is_none() {
        report.lose("service without error codes", || place.clone());
    }
    samples(&folder.join("examples.json"), place, report)?;
    Ok(map::service(source, &api, errors.as_ref(), report))
}

/// The version that has the plain name: the one that has it in the specs, for nothing may
/// move under a consumer, else the newest.
fn plain_version(product: &Product, out: &Path) -> Option<String> {
    let file = out.join(&product.name).join("service.yaml");
    let service = fs::read_to_string(file).unwrap_or_default();
    let service: Value = serde_yaml::from_str(&service).unwrap_or_default();
    let stands = service["version"]
        .as_str()
        .map(|version| format!("v{}", version.replace('-', "")));
    stands.or_else(|| product.versions.last().cloned())
}

/// What a source holds: it is a folder with `api`, or the folder of one product.
fn products(source: &Path) -> Result<Vec<Product>> {
    let api = source.join("api");
    let mut products = Vec::new();
    if api.is_dir() {
        for name in folders(&api)? {
            products.extend(product(&api.join(&name), &name, source.join("errors"))?);
        }
    } else {
        let name = source.file_name().unwrap_or_default().to_string_lossy();
        products.extend(product(source, &name, source.join("../../errors"))?);
    }
    Ok(products)
}

fn product(folder: &Path, name: &str, errors: PathBuf) -> Result<Option<Product>> {
    let mut versions = folders(folder)?;
    versions.retain(|version| folder.join(version).join("api.json").is_file());
    Ok((!versions.is_empty()).then(|| Product {
        name: name.to_owned(),
        folder: folder.to_owned(),
        errors,
        versions,
    }))
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

/// A document, unless it is no JSON; `place` is its name in the report.
fn json(path: &Path, place: &str, report: &mut Report) -> Result<Option<Value>> {
    let bytes = fs::read(path).map_err(|error| disk::at(path, &error))?;
    match serde_json::from_slice(&bytes) {
        Ok(value) => Ok(Some(value)),
        Err(error) => {
            report.lose("document that is no JSON", || format!("{place}: {error}"));
            Ok(None)
        }
    }
}

/// Counts the samples, which are not carried over.
fn samples(path: &Path, place: &str, report: &mut Report) -> Result<()> {
    if !path.is_file() {
        return Ok(());
    }
    let Some(samples) = json(path, place, report)? else {
        return Ok(());
    };
    let actions = samples["actions"].as_object();
    let count = actions.map_or(0, |actions| {
        let lists = actions.values().filter_map(Value::as_array);
        lists.map(Vec::len).sum()
    });
    report.lose_many("sample", count, || {
        place.replace("api.json", "examples.json")
    });
    Ok(())
}

fn is_folder_name(name: &str) -> bool {
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(safe)
        && !name.ends_with('-')
        && name.len() <= 64
}
