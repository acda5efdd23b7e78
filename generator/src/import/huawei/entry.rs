//! The operations of an `OpenAPI` document, as they lie there.

use serde_json::Value;

use super::kit::{Reader, entries};

/// Methods of a path item.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "patch", "head", "options", "trace",
];

/// An operation as it lies in the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'v> {
    /// Its name.
    pub(super) name: &'v str,
    /// The method, in lower case.
    pub(super) method: &'v str,
    /// What stands in `x-url`.
    url: &'v str,
    /// What the methods of the path share.
    pub(super) item: &'v Value,
    pub(super) value: &'v Value,
}

impl<'v> Entry<'v> {
    /// The path behind what stands for the host.
    pub(super) fn path(&self) -> &'v str {
        let rest = self
            .url
            .split_once("://")
            .map_or(self.url, |(_, rest)| rest);
        rest.find('/').map_or("", |start| &rest[start..])
    }

    /// The host, where the operation has one of its own.
    pub(super) fn host(&self) -> Option<&'v str> {
        let (_, rest) = self.url.split_once("://")?;
        rest.split('/').next()
    }
}

/// The operations of a document; what is none is counted where a reader is given.
pub(super) fn operations<'v>(
    document: &'v Value,
    mut reader: Option<&mut Reader<'_>>,
) -> Vec<Entry<'v>> {
    let mut found = Vec::new();
    for (key, item) in entries(&document["paths"]) {
        let url = item["x-url"].as_str().unwrap_or(key);
        for (method, value) in entries(item).filter(|(key, _)| METHODS.contains(key)) {
            let stated = value["operationId"]
                .as_str()
                .or(item["x-operationId"].as_str());
            let name = stated.unwrap_or(key.trim_start_matches('/'));
            found.push(Entry {
                name,
                method,
                url,
                item,
                value,
            });
            if let Some(reader) = reader.as_deref_mut() {
                item_oddities(item, method, name, stated.is_some(), reader);
            }
        }
    }
    found
}

fn item_oddities(
    item: &Value,
    method: &str,
    name: &str,
    named: bool,
    reader: &mut Reader<'_>,
) {
    if !named {
        reader.lose("operation without an operationId", name);
    }
    if item["x-url"].as_str().is_none() {
        reader.lose("operation without a URL", name);
    }
    let stated = item["x-method"].as_str().unwrap_or(method);
    if !stated.eq_ignore_ascii_case(method) {
        reader.lose("method that `x-method` says otherwise", name);
    }
    let known = [
        "x-url",
        "x-method",
        "x-content-type",
        "x-operationId",
        "parameters",
    ];
    for (key, _) in entries(item) {
        if !known.contains(&key) && !METHODS.contains(&key) {
            reader.lose(&format!("unknown key `{key}`"), name);
        }
    }
}
