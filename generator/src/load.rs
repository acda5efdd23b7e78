//! Files → spec: the only reader of the disk.
//!
//! A spec is untrusted: size, characters and nesting are limited before a parser sees the
//! text; YAML that hides something from a reviewer is refused; every finding has a place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, KeyPath, Place, Rule, has_errors, sort};
use crate::diff::ack::Acknowledgements;
use crate::schema::Kind;
use crate::spec::{ProviderFile, ServiceFile, Spec};

pub(crate) mod folder;
pub mod node;
mod rules;
mod scalar;
mod shape;
mod text;
mod typed;
mod yaml;

pub(crate) use rules::RULES;
pub(crate) use yaml::brief;

use node::{Source, Sources};

/// Everything under a specs folder.
#[derive(Debug, Default)]
pub struct Loaded {
    /// What the YAML says, of the files that could be loaded.
    pub spec: Spec,
    /// The files' trees, for places.
    pub sources: Sources,
    /// What is wrong with the files; empty after [`load`], but for warnings.
    pub findings: Vec<Diagnostic>,
}

/// Loads every file under `specs`.
///
/// # Errors
/// All findings, when one of them is an error.
pub fn load(specs: &Path) -> Result<Loaded, Vec<Diagnostic>> {
    let loaded = read(specs);
    if has_errors(&loaded.findings) {
        Err(loaded.findings)
    } else {
        Ok(loaded)
    }
}

/// Loads what can be loaded, and keeps what is wrong with the rest.
///
/// A service whose own files fail is left out with its operations: without its hosts and
/// types, findings about them would mislead.
pub fn read(specs: &Path) -> Loaded {
    let (providers, findings) = folder::list(specs);
    all(&|file| folder::read(specs, file), providers, findings)
}

/// Loads texts as [`read`] does files, by the path that each would have inside the folder.
pub(crate) fn texts(texts: &BTreeMap<PathBuf, String>) -> Loaded {
    let read = |file: &Path| {
        let text = texts.get(file).map(String::as_bytes);
        Ok(text.unwrap_or_default().to_vec())
    };
    all(&read, folder::group(texts.keys()), Vec::new())
}

/// Loads these folders through `read`, as [`read`] does all.
pub(crate) fn all(
    read: Read<'_>,
    providers: Vec<folder::Provider>,
    findings: Vec<Diagnostic>,
) -> Loaded {
    let mut reader = Reader {
        read,
        loaded: Loaded {
            findings,
            ..Loaded::default()
        },
    };
    for provider in providers {
        reader.provider(provider);
    }
    sort(&mut reader.loaded.findings);
    reader.loaded
}

/// The file beside the specs that says which changes reviewers accept.
pub const ACKNOWLEDGED: &str = "acknowledged.yaml";

/// What reviewers accept, with the file's tree; nothing where there is no such file.
///
/// # Errors
/// What is wrong with the file, by the same rules as for specs.
pub fn acknowledged(
    specs: &Path,
) -> Result<Option<(Acknowledgements, Source)>, Vec<Diagnostic>> {
    let file = Path::new(ACKNOWLEDGED);
    if !specs.join(file).exists() {
        return Ok(None);
    }
    let text = text::decode(file, folder::read(specs, file)?)?;
    let is_remark = |line: &str| line.trim().is_empty() || line.starts_with('#');
    if text.lines().all(is_remark) {
        return Ok(None);
    }
    let mut reader = Reader {
        read: &|file| folder::read(specs, file),
        loaded: Loaded::default(),
    };
    let list = reader.file(file, Kind::Acknowledged);
    let source = reader.loaded.sources.0.remove(file);
    match list.zip(source) {
        Some(found) => Ok(Some(found)),
        None => Err(reader.loaded.findings),
    }
}

/// Whether every reader of YAML takes a plain scalar for this text.
pub(crate) fn is_text(plain: &str) -> bool {
    scalar::classify(plain) == scalar::Plain::Text
}

/// Whether a character is refused wherever it stands.
pub(crate) fn is_refused(char: char) -> bool {
    text::refused(char).is_some()
}

/// Whether a text is more than a file may have.
pub(crate) fn is_too_large(text: &str) -> bool {
    text.len() > text::MAX_BYTES
}

/// Whether a finding is about the machine, not about a spec.
pub fn is_io(finding: &Diagnostic) -> bool {
    finding.rule == rules::FILE_UNREADABLE.id
}

/// The bytes of a file, by its path inside the specs folder.
type Read<'r> = &'r dyn Fn(&Path) -> Result<Vec<u8>, Vec<Diagnostic>>;

struct Reader<'r> {
    read: Read<'r>,
    loaded: Loaded,
}

impl Reader<'_> {
    fn provider(&mut self, folder: folder::Provider) {
        let provider = folder
            .file
            .and_then(|file| Some((self.file(&file, Kind::Provider)?, file)));
        let services: Vec<ServiceFile> = folder
            .services
            .into_iter()
            .filter_map(|service| self.service(service))
            .collect();
        if let Some((provider, file)) = provider {
            self.loaded.spec.providers.push(ProviderFile {
                file,
                provider,
                services,
            });
        }
    }

    fn service(&mut self, folder: folder::Service) -> Option<ServiceFile> {
        let service = folder
            .file
            .and_then(|file| Some((self.file(&file, Kind::Service)?, file)));
        let types = folder
            .types
            .map(|file| (self.file(&file, Kind::Types), file));
        let operations: Vec<_> = folder
            .operations
            .into_iter()
            .filter_map(|file| Some((self.file(&file, Kind::Operation)?, file)))
            .map(|(operation, file)| (file, operation))
            .collect();
        let types = match types {
            Some((types, file)) => Some((file, types?)),
            None => None,
        };
        let (service, file) = service?;
        Some(ServiceFile {
            file,
            service,
            types,
            operations,
        })
    }

    /// One file: its tree among the sources, and what it says where nothing is wrong.
    fn file<T: DeserializeOwned>(&mut self, file: &Path, kind: Kind) -> Option<T> {
        match self.tree(file) {
            Ok(source) => {
                let value = self.typed(&source, kind);
                self.loaded.sources.0.insert(file.to_owned(), source);
                value
            }
            Err(findings) => {
                self.loaded.findings.extend(findings);
                None
            }
        }
    }

    fn tree(&self, file: &Path) -> Result<Source, Vec<Diagnostic>> {
        let bytes = (self.read)(file)?;
        let text = text::decode(file, bytes)?;
        match yaml::parse(file, &text) {
            (Some(root), findings) if findings.is_empty() => Ok(Source {
                file: file.to_owned(),
                text,
                root,
            }),
            (_, findings) => Err(findings),
        }
    }

    fn typed<T: DeserializeOwned>(&mut self, source: &Source, kind: Kind) -> Option<T> {
        let mut findings = shape::check(source, kind);
        findings.extend(misplaced(source, kind));
        let value = if findings.is_empty() {
            typed::read(&source.root)
                .map_err(|refused| findings.push(disagreement(source, refused)))
                .ok()
        } else {
            None
        };
        findings.extend(decomposed(source));
        self.loaded.findings.extend(findings);
        value
    }
}

/// What only the typed reading refuses.
fn disagreement(source: &Source, refused: typed::Refused) -> Diagnostic {
    let span = refused.span.unwrap_or(source.root.span);
    let place = Place::span(&source.file, &source.text, span, KeyPath::default());
    finding(&rules::WRONG_TYPE, source, place, refused.message)
}

/// A name that differs from the path: the file's, or its folder's.
fn misplaced(source: &Source, kind: Kind) -> Option<Diagnostic> {
    let (key, expected) = match kind {
        Kind::Operation => ("operation", source.file.file_stem()?),
        Kind::Service => ("service", source.file.parent()?.file_name()?),
        Kind::Provider => ("provider", source.file.parent()?.file_name()?),
        Kind::Types | Kind::Acknowledged => return None,
    };
    let expected = expected.to_string_lossy();
    let path = KeyPath::default().key(key);
    let node::Kind::Scalar { text, .. } = &source.root.get(key)?.kind else {
        return None;
    };
    (*text != expected).then(|| {
        let message = format!(
            "the path says `{expected}`, the file says `{}`",
            brief(text)
        );
        finding(
            &rules::FILE_PATH_MISMATCH,
            source,
            source.place(&path),
            message,
        )
    })
}

/// A combining mark after a letter, which one composed character would say as well.
fn decomposed(source: &Source) -> Option<Diagnostic> {
    if source.text.is_ascii() {
        return None;
    }
    let marks = '\u{0300}'..='\u{036F}';
    let at = source.text.find(|char| marks.contains(&char))?;
    let place = Place::span(&source.file, &source.text, (at, at + 2), KeyPath::default());
    let message = "a letter with a combining mark; one composed character says the same";
    Some(finding(
        &rules::NOT_COMPOSED,
        source,
        place,
        message.to_owned(),
    ))
}

fn finding(
    rule: &'static Rule,
    source: &Source,
    place: Place,
    message: String,
) -> Diagnostic {
    Diagnostic::new(rule, place, message)
        .help(rule.mend)
        .source(&source.text)
}
