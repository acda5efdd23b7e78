//! Alibaba Cloud: the answers in `api-docs/PRODUCT/VERSION.json`.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use yunspec::model::Service;

use super::Sample;

/// The file with the samples of a service, in one of the sources.
pub fn file(sources: &[PathBuf], service: &Service) -> Option<PathBuf> {
    let name = format!("{}.json", service.version);
    let mut folders = sources.iter().map(|source| source.join("api-docs"));
    folders.find_map(|folder| {
        let product = |entry: std::io::Result<std::fs::DirEntry>| {
            let entry = entry.ok()?;
            let same = entry
                .file_name()
                .to_string_lossy()
                .eq_ignore_ascii_case(&service.product);
            same.then(|| entry.path().join(&name))
        };
        let mut entries = std::fs::read_dir(folder).ok()?.filter_map(product);
        entries.find(|file| file.is_file())
    })
}

/// The answers in JSON that a file holds, in its order.
///
/// # Errors
/// What is wrong with the file.
pub fn read(file: &Path) -> Result<Vec<Sample>, String> {
    let bytes =
        std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let json: Json = serde_json::from_slice(&bytes)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    let mut samples = Vec::new();
    for (operation, api) in json["apis"].as_object().into_iter().flatten() {
        let published = api["responseDemo"].as_str().unwrap_or_default();
        let list: Json = serde_json::from_str(published).unwrap_or_default();
        let of_json = list.as_array().into_iter().flatten();
        let of_json = of_json.filter(|one| one["type"] == "json");
        for (index, one) in of_json.enumerate() {
            let text = one["example"].as_str().unwrap_or_default().trim();
            samples.push(Sample {
                operation: operation.clone(),
                number: index + 1,
                request: None,
                response: (!text.is_empty()).then(|| text.to_owned()),
            });
        }
    }
    Ok(samples)
}
