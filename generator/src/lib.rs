//! Reviewed YAML specs in; typed Rust clients, validators and error enums out.

#![forbid(unsafe_code)]

pub mod call;
pub mod check;
pub mod commands;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod gated;
pub mod import;
pub mod interpret;
pub mod load;
pub mod lower;
pub mod mock;
pub mod model;
pub mod name;
pub mod nearest;
pub mod page;
pub mod protocol;
pub mod rust;
pub mod schema;
pub mod select;
pub mod show;
pub mod spec;
pub mod stream;

use std::path::Path;

use diagnostic::Diagnostic;
use model::Model;
use page::Page;

/// Reads a specs folder and resolves it.
///
/// # Errors
/// All findings, when one is an error.
pub fn resolve(specs: &Path) -> Result<Model, Vec<Diagnostic>> {
    check::check(&load::load(specs)?)
}

/// Turns a specs folder into the files of the generated crate.
///
/// # Errors
/// All findings, when one is an error.
pub fn generate(specs: &Path) -> Result<Vec<Page>, Vec<Diagnostic>> {
    let loaded = load::load(specs)?;
    let model = check::check(&loaded)?;
    let modules = lower::lower(&model).map_err(|found| loaded.sources.placed(found))?;
    Ok(emit::emit(&modules))
}
