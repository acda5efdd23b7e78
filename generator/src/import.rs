//! What providers publish about their APIs → spec files: facts, with short texts of our own
//! where the format asks for one.
//!
//! A reader per provider knows its format and fills [`Service`]; [`write()`] turns that into
//! files and never touches what was made or changed by hand. Nothing stops an import: what
//! cannot be carried over is in the [`Report`], by kind and count.

mod compare;
mod disk;
mod markup;
mod names;
mod report;
mod spell;
pub mod tencent;
mod words;
mod yaml;

use std::path::Path;

pub use report::{Conflict, Report};

/// What an import takes besides facts, and what it says about itself.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether the provider's own texts stand in `doc`.
    pub with_docs: bool,
    /// The services to import, by their name at the provider; none named means all.
    pub only: Vec<String>,
    /// The day that new and changed files say, as YYYY-MM-DD.
    pub day: String,
}

/// One version of a product.
#[derive(Clone, Debug)]
pub struct Service {
    /// The folder's name.
    pub id: String,
    /// The product's name on the wire.
    pub product: String,
    /// The API version on the wire.
    pub version: String,
    /// The host that serves every region.
    pub host: String,
    /// The document that this comes from, relative to the source.
    pub document: String,
    /// The language of that document.
    pub language: &'static str,
    /// The operations.
    pub operations: Vec<Operation>,
    /// Structures that several operations use.
    pub types: Vec<Structure>,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The name on the wire.
    pub name: String,
    /// The provider's text, where that was asked for.
    pub doc: Option<String>,
    /// Why it should not be used.
    pub deprecated: Option<&'static str>,
    /// What is sent.
    pub request: Vec<Member>,
    /// What comes back.
    pub response: Vec<Member>,
    /// Structures that no other operation uses.
    pub types: Vec<Structure>,
    /// The codes that it answers with.
    pub errors: Vec<ErrorCode>,
}

/// A structure.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Its name in the specs.
    pub name: String,
    /// Its members.
    pub members: Vec<Member>,
}

/// A parameter or a field.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name on the wire.
    pub name: String,
    /// The Rust name, where the wire name gives none that fits.
    pub rust_name: Option<String>,
    /// The type.
    pub shape: Shape,
    /// In a request: must be sent. In a response: always there.
    pub required: bool,
    /// A format in words.
    pub format: Option<&'static str>,
    /// Never shown in messages or logs.
    pub sensitive: bool,
    /// Why it should not be used.
    pub deprecated: Option<&'static str>,
    /// The provider's text, where that was asked for.
    pub doc: Option<String>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A type word of the format.
    Word(&'static str),
    /// A structure, by name.
    Structure(String),
    /// An array of this.
    Array(Box<Shape>),
}

/// A code that an operation answers with.
#[derive(Clone, Debug)]
pub struct ErrorCode {
    /// The code, to the letter.
    pub code: String,
    /// The Rust variant, where the code gives none that fits.
    pub name: Option<String>,
}

/// Writes a service into the folder of its provider, `out`, and says in the report what
/// became of each file.
///
/// A file that was made by hand, or was changed since it was imported, stays as it is; how
/// it differs from the source is a conflict of the report. A file whose facts are the same
/// keeps its text and day; one that the source no longer has is removed.
///
/// # Errors
/// What the disk says, with the path.
pub fn write(
    out: &Path,
    service: &Service,
    day: &str,
    report: &mut Report,
) -> std::io::Result<()> {
    let mut folder = disk::Folder::open(out, service)?;
    folder.put("service.yaml", &|_| spell::service(service), day, report)?;
    if !service.types.is_empty() {
        folder.put("types.yaml", &|_| spell::types(service), day, report)?;
    }
    for operation in &service.operations {
        let name = format!("{}.yaml", operation.name);
        let text = |day: &str| spell::operation(service, operation, day);
        folder.put(&name, &text, day, report)?;
    }
    folder.close(report)
}
