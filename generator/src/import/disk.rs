//! The files of a service folder: which of them were imported, and which belong to a person.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Error, ErrorKind, Result, Write as _};
use std::path::{Path, PathBuf};

use super::edited::{Edited, Outcome, Remembered};
use super::file::File;
use super::head::Head;
use super::report::{Conflict, Report};
use super::{Service, compare, facts};

/// How the name of a file begins that is being written.
const UNFINISHED: &str = ".yunspec-";

/// One service's folder.
#[derive(Debug)]
pub(super) struct Folder<'s> {
    path: PathBuf,
    /// `provider/service`.
    id: String,
    /// What its files are imported from.
    documents: String,
    /// The files that were there and that the source has not named so far.
    left: BTreeSet<String>,
    /// What the files have in common.
    shared: Remembered<'s>,
}

impl<'s> Folder<'s> {
    /// Opens the folder of a service inside that of its provider.
    pub(super) fn open(provider: &Path, service: &'s Service) -> Result<Self> {
        let name = &service.file.service;
        let path = provider.join(name);
        let mut left = BTreeSet::new();
        if path.is_dir() {
            for entry in fs::read_dir(&path).map_err(|error| at(&path, &error))? {
                let name = entry.map_err(|error| at(&path, &error))?.file_name();
                let name = name.to_string_lossy().into_owned();
                if name.starts_with(UNFINISHED) {
                    // What an import that was stopped left behind.
                    let file = path.join(&name);
                    fs::remove_file(&file).map_err(|error| at(&file, &error))?;
                } else {
                    left.insert(name);
                }
            }
        }
        let provider = provider.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            id: format!("{provider}/{name}"),
            documents: service.documents.join(", "),
            shared: Remembered::new(&path, service),
            path,
            left,
        })
    }

    /// Puts a file there, unless it belongs to a person or says the same already.
    /// `types.yaml` goes before `service.yaml`, which holds its errata.
    pub(super) fn put(
        &mut self,
        file: File<'s>,
        day: &str,
        report: &mut Report,
    ) -> Result<()> {
        let name = file.name();
        let path = self.path.join(&name);
        if !self.left.remove(&name) {
            report.written += 1;
            return replace(&path, &self.untouched(file, &file.text(day)));
        }
        let old = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
        let shown = format!("{}/{name}", self.id);
        let Some((head, body)) = Head::of(&old) else {
            let source = file.text(day);
            let conflicts = compare::files(&shown, &old, &source);
            report.conflicts.extend(conflicts);
            report.kept.push(shown);
            return Ok(());
        };
        let text = file.text(day_of(body).unwrap_or(day));
        if body == text && head.documents == self.documents {
            report.unchanged += 1;
            return Ok(());
        }
        if head.is_untouched(body) {
            report.written += 1;
            return replace(&path, &self.untouched(file, &file.text(day)));
        }
        let edited = Edited {
            name: &shown,
            file,
            head: &head,
            body,
            day,
        };
        match edited.renew(&mut self.shared, report) {
            Outcome::Same => report.unchanged += 1,
            Outcome::Kept => report.kept.push(shown),
            Outcome::New { facts, body } => {
                let head = Head {
                    documents: self.documents.clone(),
                    facts,
                    text: None,
                };
                report.written += 1;
                replace(&path, &(head.line() + &body))?;
            }
        }
        Ok(())
    }

    /// Removes imported files that the source no longer has; those of a person stay.
    pub(super) fn close(self, report: &mut Report) -> Result<()> {
        for name in &self.left {
            let path = self.path.join(name);
            let file = format!("{}/{name}", self.id);
            let text = fs::read_to_string(&path).unwrap_or_default();
            match Head::of(&text) {
                Some((head, body)) if head.is_untouched(body) => {
                    fs::remove_file(&path).map_err(|error| at(&path, &error))?;
                    report.removed.push(file);
                }
                Some(_) => {
                    report.conflicts.push(Conflict {
                        file: file.clone(),
                        at: ".".to_owned(),
                        file_says: "texts or errata of ours".to_owned(),
                        ..Conflict::default()
                    });
                    report.kept.push(file);
                }
                None => report.kept.push(file),
            }
        }
        Ok(())
    }

    /// A text that holds nothing of a person, behind its first line.
    fn untouched(&self, file: File<'_>, text: &str) -> String {
        let document = facts::read(text).unwrap_or_default();
        let errata = self.shared.new_errata(file, &document);
        let head = Head {
            documents: self.documents.clone(),
            facts: facts::digest_of(&document, &errata),
            text: Some(facts::digest(text.as_bytes())),
        };
        head.line() + text
    }
}

/// Writes a file at once or not at all.
pub(super) fn replace(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error| at(path, &error))
}

/// The error with its path.
pub(super) fn at(path: &Path, error: &Error) -> Error {
    let kind = match error.kind() {
        ErrorKind::Other => ErrorKind::InvalidData,
        kind => kind,
    };
    Error::new(kind, format!("{}: {error}", path.display()))
}

/// The day that a file says it was transcribed.
fn day_of(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("\n  transcribed: ")?;
    rest.lines().next()
}
