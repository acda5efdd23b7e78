//! The files of a service folder: which of them were imported, and which belong to a person.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Error, ErrorKind, Result, Write as _};
use std::path::{Path, PathBuf};

use super::edited::{Edited, Outcome, Remembered, comments};
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
    /// The files that the source names, each with the digest of its text; without one where
    /// something of it is a person's.
    digests: Digests,
    /// Whether a file was written or removed.
    is_changed: bool,
}

type Digests = BTreeMap<String, Option<String>>;

/// How many files a service has, where all of them are as an import of the same draft left
/// them; nothing otherwise. `draft` is the digest of what was read.
pub(super) fn standing(
    provider: &Path,
    service: &Service,
    draft: &str,
) -> Result<Option<usize>> {
    let texts = texts(&provider.join(&service.file.service))?;
    let documents = service.documents.join(", ");
    let mut digests = Digests::new();
    let mut proof = None;
    for (name, text) in &texts {
        let Some((head, body)) = Head::of(text) else {
            return Ok(None);
        };
        if head.documents != documents || !head.is_untouched(body) {
            return Ok(None);
        }
        proof = proof.or(head.proof);
        digests.insert(name.clone(), head.text);
    }
    let named = super::files(service).all(|file| texts.contains_key(&file.name()));
    let all = named && super::files(service).count() == texts.len();
    let stands = all && proof == Some(prove(draft, &digests));
    Ok(stands.then_some(texts.len()))
}

/// The digest of what was read and of what it became.
fn prove(draft: &str, digests: &Digests) -> String {
    facts::digest(format!("{draft} {digests:?}").as_bytes())
}

impl<'s> Folder<'s> {
    /// Opens the folder of a service inside that of its provider.
    pub(super) fn open(provider: &Path, service: &'s Service) -> Result<Self> {
        let name = &service.file.service;
        let path = provider.join(name);
        let texts = texts(&path)?;
        let provider = provider.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            id: format!("{provider}/{name}"),
            documents: service.documents.join(", "),
            left: texts.keys().cloned().collect(),
            shared: Remembered::new(texts, service),
            digests: Digests::new(),
            is_changed: false,
            path,
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
        let shown = format!("{}/{name}", self.id);
        let moved = self.shared.moves.of(&name).is_some();
        self.left.remove(&name);
        self.digests.insert(name.clone(), None);
        let old = self.shared.texts.get(&name).cloned();
        let (head, body) = match old.as_deref().map(|old| (old, Head::of(old))) {
            None => (None, ""),
            Some((_, Some((head, body)))) => (Some(head), body),
            Some((old, None)) => {
                let conflicts = compare::files(&shown, old, &file.text(day));
                report.conflicts.extend(conflicts);
                report.kept.push(shown);
                return Ok(());
            }
        };
        if let Some(head) = head.as_ref().filter(|_| !moved) {
            let text = file.text(day_of(body).unwrap_or(day));
            if body == text && head.documents == self.documents {
                report.unchanged += 1;
                if head.is_untouched(body) {
                    self.digests.insert(name, head.text.clone());
                }
                return Ok(());
            }
        }
        let is_plain = head.as_ref().is_none_or(|head| head.is_untouched(body));
        let outcome = if is_plain && !moved {
            Outcome::Source
        } else {
            let edited = Edited {
                name: &shown,
                file,
                head: head.as_ref(),
                body,
                day,
            };
            edited.renew(&mut self.shared, report)
        };
        match outcome {
            Outcome::Same => report.unchanged += 1,
            Outcome::Kept => report.kept.push(shown),
            Outcome::Source | Outcome::New { .. } => {
                report.written += 1;
                self.is_changed = true;
                return replace(&path, &self.text(file, outcome, day));
            }
        }
        Ok(())
    }

    /// What a file will say, with its first line.
    fn text(&mut self, file: File<'_>, outcome: Outcome, day: &str) -> String {
        if let Outcome::New { facts, body } = outcome {
            let head = Head {
                documents: self.documents.clone(),
                facts,
                text: None,
                proof: None,
            };
            return head.line() + &body;
        }
        let text = file.text(day);
        let head = self.head(file, &text);
        self.digests.insert(file.name(), head.text.clone());
        head.line() + &text
    }

    /// Removes imported files that the source no longer has; those of a person stay. `draft`
    /// is the digest of what was read, where nothing of it had to be left out.
    pub(super) fn close(
        mut self,
        draft: Option<&str>,
        report: &mut Report,
    ) -> Result<()> {
        let mut is_whole = self.digests.values().all(Option::is_some);
        for name in &self.left {
            let path = self.path.join(name);
            let file = format!("{}/{name}", self.id);
            let text = self.shared.texts.get(name).map_or("", String::as_str);
            let imported = Head::of(text);
            let plain = imported
                .as_ref()
                .is_some_and(|(head, body)| head.is_untouched(body));
            if plain || self.shared.moves.empty(name) {
                fs::remove_file(&path).map_err(|error| at(&path, &error))?;
                let lost = comments(text).skip(1).filter(|_| !plain);
                let lost = lost.map(|comment| Conflict {
                    file: file.clone(),
                    at: ".".to_owned(),
                    file_says: comment.to_owned(),
                    ..Conflict::default()
                });
                report.conflicts.extend(lost);
                report.removed.push(file);
                self.is_changed = true;
                continue;
            }
            is_whole = false;
            if imported.is_some() {
                report.conflicts.push(Conflict {
                    file: file.clone(),
                    at: ".".to_owned(),
                    file_says: "texts or errata of ours".to_owned(),
                    ..Conflict::default()
                });
            }
            report.kept.push(file);
        }
        match draft {
            Some(draft) if is_whole && self.is_changed => self.sign(draft),
            _ => Ok(()),
        }
    }

    /// The first line of a text that holds nothing of a person.
    fn head(&self, file: File<'_>, text: &str) -> Head {
        let document = facts::read(text).unwrap_or_default();
        let errata = self.shared.new_errata(file, &document);
        Head {
            documents: self.documents.clone(),
            facts: facts::digest_of(&document, &errata),
            text: Some(facts::digest(text.as_bytes())),
            proof: None,
        }
    }

    /// Says in `service.yaml` what all the files are made of.
    fn sign(&self, draft: &str) -> Result<()> {
        let path = self.path.join("service.yaml");
        let text = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
        let Some((mut head, body)) = Head::of(&text) else {
            return Ok(());
        };
        head.proof = Some(prove(draft, &self.digests));
        replace(&path, &(head.line() + body))
    }
}

/// The files of a folder, by name; what an import that was stopped left there goes.
fn texts(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(texts);
    }
    for entry in fs::read_dir(folder).map_err(|error| at(folder, &error))? {
        let file = entry.map_err(|error| at(folder, &error))?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(UNFINISHED) {
            fs::remove_file(&file).map_err(|error| at(&file, &error))?;
        } else {
            // What is no text is nobody's spec: it stays, as what is made by hand.
            let text = fs::read(&file).map(String::from_utf8);
            let text = text.ok().and_then(std::result::Result::ok);
            texts.insert(name.into_owned(), text.unwrap_or_default());
        }
    }
    Ok(texts)
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
