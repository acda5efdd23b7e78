//! One file of a service folder, as a source says it.

use indexmap::IndexMap;
use serde_json::Value;

use super::spell;
use crate::spec::{Members, Operation, Service, Types};

/// A file and what it is to say.
#[derive(Clone, Copy, Debug)]
pub(super) enum File<'s> {
    /// `service.yaml`.
    Service(&'s Service),
    /// `types.yaml`.
    Types(&'s IndexMap<String, Members>),
    /// The file of an operation.
    Operation(&'s Operation),
}

impl File<'_> {
    /// Its name in the folder.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Service(_) => "service.yaml".to_owned(),
            Self::Types(_) => "types.yaml".to_owned(),
            Self::Operation(operation) => format!("{}.yaml", operation.operation),
        }
    }

    /// Its text; `day` is when it was transcribed.
    pub(super) fn text(&self, day: &str) -> String {
        match self {
            Self::Service(service) => spell::service(service),
            Self::Types(types) => spell::types(types),
            Self::Operation(operation) => spell::operation(operation, day),
        }
    }

    /// The text of another document in the place of this file, in the same style; nothing
    /// where it is no such file.
    pub(super) fn spell(&self, document: Value, day: &str) -> Option<String> {
        Some(match self {
            Self::Service(_) => spell::service(&serde_json::from_value(document).ok()?),
            Self::Types(_) => {
                let types: Types = serde_json::from_value(document).ok()?;
                spell::types(&types.types)
            }
            Self::Operation(_) => {
                spell::operation(&serde_json::from_value(document).ok()?, day)
            }
        })
    }
}
