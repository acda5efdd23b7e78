//! The files of a service folder: which of them were imported, and which belong to a person.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Error, ErrorKind, Result, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::{Report, Service, compare};

/// How the first line of an imported file begins.
const MARK: &str = "# Imported from ";
/// How it goes on behind the document.
const DIGEST: &str = "; a change by hand makes the file yours. Digest ";

/// One service's folder.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// `provider/service`.
    id: String,
    /// What its files are imported from.
    document: String,
    /// The files that were there and that the source has not named so far.
    left: BTreeSet<String>,
}

impl Folder {
    /// Opens the folder of a service inside that of its provider.
    pub(super) fn open(provider: &Path, service: &Service) -> Result<Self> {
        let Service { id, document, .. } = service;
        let path = provider.join(id);
        let mut left = BTreeSet::new();
        if path.is_dir() {
            for entry in fs::read_dir(&path).map_err(|error| at(&path, &error))? {
                let name = entry.map_err(|error| at(&path, &error))?.file_name();
                left.extend(name.to_str().map(str::to_owned));
            }
        }
        let name = provider.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            id: format!("{name}/{id}"),
            document: document.clone(),
            path,
            left,
        })
    }

    /// Puts a file there, unless it belongs to a person or says the same already. `text`
    /// makes its text for a day.
    pub(super) fn put(
        &mut self,
        name: &str,
        text: &dyn Fn(&str) -> String,
        day: &str,
        report: &mut Report,
    ) -> Result<()> {
        let path = self.path.join(name);
        let file = format!("{}/{name}", self.id);
        if !self.left.remove(name) {
            report.written += 1;
            return replace(&path, &self.marked(&text(day)));
        }
        let old = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
        if !is_imported(&old) {
            report
                .conflicts
                .extend(compare::files(&file, &old, &text(day)));
            report.kept.push(file);
        } else if old == self.marked(&text(day_of(&old).unwrap_or(day))) {
            report.unchanged += 1;
        } else {
            report.written += 1;
            replace(&path, &self.marked(&text(day)))?;
        }
        Ok(())
    }

    /// Removes imported files that the source no longer has; those of a person stay.
    pub(super) fn close(self, report: &mut Report) -> Result<()> {
        for name in &self.left {
            let path = self.path.join(name);
            let file = format!("{}/{name}", self.id);
            if path.is_file()
                && fs::read_to_string(&path).is_ok_and(|text| is_imported(&text))
            {
                fs::remove_file(&path).map_err(|error| at(&path, &error))?;
                report.removed.push(file);
            } else {
                report.kept.push(file);
            }
        }
        Ok(())
    }

    /// A text behind the line that says where it comes from.
    fn marked(&self, text: &str) -> String {
        format!("{MARK}{}{DIGEST}{}.\n{text}", self.document, digest(text))
    }
}

/// Writes a file at once or not at all.
pub(super) fn replace(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".").tempfile_in(folder)?;
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

/// Whether a text was imported and is as it was then.
fn is_imported(text: &str) -> bool {
    text.split_once('\n').is_some_and(|(first, rest)| {
        first.starts_with(MARK) && first.ends_with(&format!("{DIGEST}{}.", digest(rest)))
    })
}

/// 64 bits of SHA-256: a change by hand is no attack.
fn digest(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    let mut start = [0; 8];
    start.copy_from_slice(&hash[..8]);
    format!("{:016x}", u64::from_be_bytes(start))
}

/// The day that a file says it was transcribed.
fn day_of(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("\n  transcribed: ")?;
    rest.lines().next()
}
