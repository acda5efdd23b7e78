//! A spec file as plain YAML: nothing of the generator reads it.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;
use yunspec_runtime::value::Location;
use yunspec_tests::transcribed;

/// One operation's file, with its provider's and its service's beside it.
pub(crate) struct Spec {
    operation: Yaml,
    provider: Yaml,
    types: Yaml,
}

impl Spec {
    /// Reads `provider/service/Operation`.
    pub(crate) fn read(id: &str) -> Self {
        let provider = id.split('/').next().expect("an id has a provider");
        let service = id.rsplit_once('/').expect("an id has a service").0;
        let types = root().join(service).join("types.yaml");
        Self {
            operation: yaml(&root().join(format!("{id}.yaml"))),
            provider: yaml(&root().join(provider).join("provider.yaml")),
            types: if types.is_file() {
                yaml(&types)
            } else {
                Yaml::Null
            },
        }
    }

    /// How many operations are transcribed by hand.
    pub(crate) fn count() -> usize {
        let folders = |path: &Path| {
            let entries = std::fs::read_dir(path).expect("readable");
            entries
                .map(|entry| entry.expect("readable").path())
                .collect::<Vec<_>>()
        };
        let files = folders(&root())
            .into_iter()
            .filter(|path| path.is_dir())
            .flat_map(|provider| {
                let services =
                    folders(&provider).into_iter().filter(|path| path.is_dir());
                services
                    .flat_map(|service| folders(&service))
                    .collect::<Vec<_>>()
            });
        let special = ["service.yaml", "types.yaml"];
        files
            .filter(|file| !special.iter().any(|name| file.ends_with(name)))
            .filter(|file| !transcribed::is_imported_file(file))
            .count()
    }

    pub(crate) fn request(&self) -> impl Iterator<Item = (String, &Yaml)> {
        members(&self.operation["request"])
    }

    pub(crate) fn response(&self) -> impl Iterator<Item = (String, &Yaml)> {
        members(&self.operation["response"])
    }

    /// A structure of the operation or of the service.
    pub(crate) fn structure(&self, name: &str) -> impl Iterator<Item = (String, &Yaml)> {
        let own = &self.operation["types"][name];
        members(if own.is_null() {
            &self.types["types"][name]
        } else {
            own
        })
    }

    pub(crate) fn errors(&self) -> impl Iterator<Item = &Yaml> {
        self.operation["errors"].as_sequence().into_iter().flatten()
    }

    pub(crate) fn examples(&self) -> impl Iterator<Item = &Yaml> {
        self.operation["examples"]
            .as_sequence()
            .into_iter()
            .flatten()
    }

    /// Where a request member travels.
    pub(crate) fn location(&self, member: &Yaml) -> Location {
        let own = member["in"].as_str();
        match own
            .or(self.provider["members_in"].as_str())
            .expect("a place")
        {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            "body" => Location::Body,
            "form" => Location::Form,
            "host" => Location::Host,
            "payload" => Location::Payload,
            other => panic!("{other} is no place"),
        }
    }

    /// The smallest request that keeps every rule.
    pub(crate) fn least(&self) -> Json {
        let required = self
            .request()
            .filter(|(_, member)| member["required"] == true);
        let sample =
            |member: &Yaml| member["matches"][0].as_str().unwrap_or("a").to_owned();
        Json::Object(
            required
                .map(|(name, member)| (name, Json::from(sample(member))))
                .collect(),
        )
    }
}

/// A YAML scalar as JSON.
pub(crate) fn scalar(yaml: &Yaml) -> Json {
    serde_json::to_value(yaml).expect("a scalar is JSON")
}

fn members(yaml: &Yaml) -> impl Iterator<Item = (String, &Yaml)> {
    let entries = yaml.as_mapping().into_iter().flatten();
    entries.map(|(name, member)| (name.as_str().expect("a name").to_owned(), member))
}

fn yaml(file: &Path) -> Yaml {
    let text = std::fs::read_to_string(file)
        .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}
