//! What stands in the files that are not Rust: `Cargo.toml` and `README.md`.

use serde::{Deserialize, Serialize};

/// What stands in the files that are not Rust.
#[derive(Debug, Default, Serialize)]
pub struct Manifest {
    /// What the crate is called, and where its runtime comes from.
    pub package: Package,
    /// The services, in id order.
    pub services: Vec<ServiceEntry>,
    /// The features that are none of a service, in name order.
    pub extras: Vec<Extra>,
}

/// The package of a generated crate.
#[derive(Clone, Debug, Serialize)]
pub struct Package {
    /// Its name in `Cargo.toml`.
    pub name: String,
    /// The folder of the runtime's package, seen from the crate's; without one it comes
    /// from the registry alone.
    pub runtime: Option<String>,
    /// Whether every service is on by default: in a crate that holds only what somebody
    /// asked for.
    pub whole: bool,
}

impl Default for Package {
    /// The crate that stands beside the runtime and holds everything.
    fn default() -> Self {
        Self {
            name: "yun-sdk".to_owned(),
            runtime: Some("../runtime".to_owned()),
            whole: false,
        }
    }
}

impl Package {
    /// The crate's name in Rust.
    pub fn krate(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// A feature of the runtime that the crate passes on, in `Cargo.toml` and `README.md`.
#[derive(Clone, Debug, Serialize)]
pub struct Extra {
    /// Its name, here and in the runtime.
    pub feature: &'static str,
    /// What it is for, in Markdown.
    pub what: &'static str,
}

/// What the files of the whole crate need to know of a service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceFacts {
    /// The name in `provider/service`.
    pub id: String,
    /// Why nothing of it is generated, where that is so.
    pub gated: Option<String>,
    /// How the crate lists it, where something is generated.
    pub entry: Option<ServiceEntry>,
}

/// A service in `Cargo.toml` and `README.md`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceEntry {
    /// The cargo feature: `provider-service`.
    pub feature: String,
    /// The path inside the crate: `provider::service`.
    pub module: String,
    /// The provider's name for people, in Markdown.
    pub provider: String,
    /// The service's name for people, in Markdown.
    pub title: String,
    /// The version on the wire, in Markdown.
    pub version: String,
    /// Its operations, in name order.
    pub operations: Vec<OperationEntry>,
}

/// An operation in `Cargo.toml` and `README.md`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OperationEntry {
    /// The client's method.
    pub method: String,
    /// The example's name, where there is one.
    pub example: Option<String>,
    /// One sentence, in Markdown.
    pub summary: String,
}
