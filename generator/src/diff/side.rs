//! One of the two sides: specs that were loaded, resolved and lowered.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check;
use crate::diagnostic::{Diagnostic, KeyPath, Place, shown};
use crate::load::node::Source;
use crate::load::{self, Loaded};
use crate::lower;
use crate::model::Model;
use crate::rust::Crate;

/// Specs with everything that the comparison asks about them.
#[derive(Debug)]
pub struct Side {
    /// What a reader calls it: a folder, `git:v0.3.0`.
    pub label: String,
    /// The folder that its files are shown under.
    pub root: PathBuf,
    /// The files' trees and texts.
    pub loaded: Loaded,
    /// What they mean.
    pub model: Model,
    /// What they become in Rust.
    pub items: Crate,
    /// The version of the crate that was generated from it, where that is known.
    pub version: Option<String>,
}

impl Side {
    /// Loads a specs folder; its files are shown under `root`.
    ///
    /// # Errors
    /// All findings, when one is an error.
    pub fn load(specs: &Path, label: &str, root: &Path) -> Result<Self, Vec<Diagnostic>> {
        let loaded = load::load(specs)?;
        let model = check::check(&loaded)?;
        let items = lower::lower(&model).map_err(|found| loaded.sources.placed(found))?;
        Ok(Self {
            label: label.to_owned(),
            root: root.to_owned(),
            loaded,
            model,
            items,
            version: None,
        })
    }

    /// Keeps one operation: `provider/service/Operation`.
    ///
    /// # Errors
    /// As [`Side::load`]; none where the whole was in order.
    pub fn only(mut self, id: &str) -> Result<Self, Vec<Diagnostic>> {
        let steps: Vec<&str> = id.split('/').collect();
        let [provider, service, operation] = steps[..] else {
            return Ok(self);
        };
        let model = &mut self.model;
        model.providers.retain(|one| one.id == provider);
        for one in &mut model.providers {
            one.services.retain(|one| one.id == service);
            for one in &mut one.services {
                one.operations.retain(|one| one.name == operation);
            }
        }
        self.items = lower::lower(&self.model)?;
        Ok(self)
    }

    /// A file that was read.
    pub fn source(&self, file: &Path) -> Option<&Source> {
        self.loaded.sources.get(file)
    }

    /// The text of a file.
    pub fn text(&self, file: &Path) -> Option<&Arc<str>> {
        self.source(file).map(|source| &source.text)
    }

    /// Where a value stands; nothing where the file is not there.
    pub fn place(&self, file: &Path, path: &KeyPath) -> Option<Place> {
        Some(self.source(file)?.place(path))
    }

    /// Where a key stands; nothing where the file is not there.
    pub fn key_place(&self, file: &Path, path: &KeyPath) -> Option<Place> {
        Some(self.source(file)?.key_place(path))
    }

    /// A file as a reader outside sees it.
    pub fn shown(&self, file: &Path) -> String {
        shown(&self.root, file)
    }

    /// The ids of all operations.
    pub fn operations(&self) -> BTreeSet<String> {
        crate::show::all(&self.model)
            .map(|shown| shown.id())
            .collect()
    }
}
