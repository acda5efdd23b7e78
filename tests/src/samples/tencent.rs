//! Tencent Cloud: `api/SERVICE/VERSION/examples.json`.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use yunspec::model::Service;

use super::{Sample, Sent};

/// The file with the samples of a service, in one of the sources.
pub fn file(sources: &[PathBuf], service: &Service) -> Option<PathBuf> {
    let version = format!("v{}", service.version.replace('-', ""));
    let inner = Path::new(&service.product)
        .join(version)
        .join("examples.json");
    let places = sources.iter().flat_map(|source| {
        let folder = source.file_name() == Some(service.product.as_ref());
        let own = folder.then(|| source.with_file_name("").join(&inner));
        own.into_iter().chain([source.join("api").join(&inner)])
    });
    let mut places = places.filter(|place| place.is_file());
    places.next()
}

/// The samples that a file holds, in its order.
///
/// # Errors
/// What is wrong with the file.
pub fn read(file: &Path) -> Result<Vec<Sample>, String> {
    let bytes =
        std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let json: Json = serde_json::from_slice(&bytes)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    let mut samples = Vec::new();
    for (operation, list) in json["actions"].as_object().into_iter().flatten() {
        for (index, one) in list.as_array().into_iter().flatten().enumerate() {
            let text = |key: &str| one[key].as_str().filter(|text| !text.is_empty());
            samples.push(Sample {
                operation: operation.clone(),
                number: index + 1,
                request: text("input").map(sent),
                response: text("output").map(str::to_owned),
            });
        }
    }
    Ok(samples)
}

/// A message as text: an address, or lines of headers, an empty one, and the body.
fn sent(input: &str) -> Sent {
    if input.trim_start().starts_with("http") {
        return Sent::Address(input.trim().to_owned());
    }
    let mut body = false;
    let lines = input.lines().skip_while(|line| {
        body |= line.trim().is_empty();
        !body
    });
    let lines: Vec<_> = lines.collect();
    Sent::Body(lines.join("\n").trim().to_owned())
}
