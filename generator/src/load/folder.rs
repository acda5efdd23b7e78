//! The files under the specs folder, each where it belongs; nothing else may lie there.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::rules;
use super::text::MAX_BYTES;
use crate::diagnostic::{Diagnostic, Place};

/// What lies beside the specs: the schema, for editors, and what reviewers accepted, for
/// `diff`.
const BESIDE: [&str; 2] = ["schema.json", super::ACKNOWLEDGED];

/// A provider's folder, with paths relative to the specs folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Provider {
    pub(crate) file: Option<PathBuf>,
    pub(crate) services: Vec<Service>,
}

/// A service's folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Service {
    /// `provider/service`.
    pub(crate) path: PathBuf,
    pub(crate) file: Option<PathBuf>,
    pub(crate) types: Option<PathBuf>,
    pub(crate) operations: Vec<PathBuf>,
}

impl Service {
    /// Its files, in a fixed order.
    pub(crate) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.file.iter().chain(&self.types).chain(&self.operations)
    }
}

/// Everything under `specs`, in name order, and what does not belong there.
pub(crate) fn list(specs: &Path) -> (Vec<Provider>, Vec<Diagnostic>) {
    let mut walk = Walk {
        specs,
        findings: Vec::new(),
    };
    let entries = walk.entries(Path::new(""));
    let mut providers = Vec::new();
    for entry in entries {
        match entry {
            Entry::Folder(folder) => providers.push(walk.provider(&folder)),
            Entry::File(file) if BESIDE.iter().any(|name| file == Path::new(name)) => {}
            Entry::File(file) => {
                walk.unexpected(file, "only folders of providers lie here");
            }
        }
    }
    (providers, walk.findings)
}

/// Files that lie where they belong, by provider and service.
pub(super) fn group<'p>(files: impl Iterator<Item = &'p PathBuf>) -> Vec<Provider> {
    let mut providers: BTreeMap<&Path, Provider> = BTreeMap::new();
    let mut services: BTreeMap<&Path, Service> = BTreeMap::new();
    for file in files {
        let folder = file.parent().unwrap_or(Path::new(""));
        let service = services.entry(folder);
        match file.file_name().and_then(OsStr::to_str) {
            Some("provider.yaml") => {
                providers.entry(folder).or_default().file = Some(file.clone());
            }
            Some("service.yaml") => service.or_default().file = Some(file.clone()),
            Some("types.yaml") => service.or_default().types = Some(file.clone()),
            _ => service.or_default().operations.push(file.clone()),
        }
    }
    for (folder, mut service) in services {
        folder.clone_into(&mut service.path);
        let provider = folder.parent().unwrap_or(Path::new(""));
        let provider = providers.entry(provider).or_default();
        provider.services.push(service);
    }
    providers.into_values().collect()
}

/// The bytes of a file; one byte more than the limit where it is larger.
pub(crate) fn read(specs: &Path, file: &Path) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let read = || -> io::Result<Vec<u8>> {
        // As much as most files have: one read, and one that finds the end.
        let mut bytes = Vec::with_capacity(8 * 1024);
        let limit = u64::try_from(MAX_BYTES + 1).unwrap_or(u64::MAX);
        fs::File::open(specs.join(file))?
            .take(limit)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| vec![unreadable(file, &error)])
}

enum Entry {
    Folder(PathBuf),
    File(PathBuf),
}

struct Walk<'s> {
    specs: &'s Path,
    findings: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn provider(&mut self, folder: &Path) -> Provider {
        let mut provider = Provider::default();
        let described = folder.join("provider.yaml");
        for entry in self.entries(folder) {
            match entry {
                Entry::Folder(folder) => provider.services.push(self.service(&folder)),
                Entry::File(file) if file == described => provider.file = Some(file),
                Entry::File(file) => {
                    self.unexpected(
                        file,
                        "only provider.yaml and folders of services lie here",
                    );
                }
            }
        }
        if provider.file.is_none() {
            self.missing(folder, "provider.yaml");
        }
        provider
    }

    fn service(&mut self, folder: &Path) -> Service {
        let mut service = Service {
            path: folder.to_owned(),
            ..Service::default()
        };
        let described = folder.join("service.yaml");
        for entry in self.entries(folder) {
            match entry {
                Entry::File(file) if file == described => service.file = Some(file),
                Entry::File(file) if file == folder.join("types.yaml") => {
                    service.types = Some(file);
                }
                Entry::File(file) if file.extension().is_some_and(|e| e == "yaml") => {
                    service.operations.push(file);
                }
                Entry::File(path) | Entry::Folder(path) => {
                    self.unexpected(path, "only files named .yaml lie here");
                }
            }
        }
        if service.file.is_none() {
            self.missing(folder, "service.yaml");
        }
        service
    }

    /// What lies in a folder, by name; links, hidden and odd files become findings.
    fn entries(&mut self, folder: &Path) -> Vec<Entry> {
        let read = fs::read_dir(self.specs.join(folder))
            .and_then(Iterator::collect::<io::Result<Vec<DirEntry>>>);
        let mut entries = match read {
            Ok(entries) => entries,
            Err(error) => {
                self.findings.push(unreadable(folder, &error));
                return Vec::new();
            }
        };
        entries.sort_by_key(DirEntry::file_name);
        entries
            .iter()
            .filter_map(|entry| self.entry(folder, entry))
            .collect()
    }

    fn entry(&mut self, folder: &Path, entry: &DirEntry) -> Option<Entry> {
        let name = entry.file_name();
        let path = folder.join(&name);
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) => {
                self.findings.push(unreadable(&path, &error));
                return None;
            }
        };
        if kind.is_symlink() {
            self.unexpected(path, "a link");
        } else if name.to_str().is_none_or(|name| name.starts_with('.')) {
            self.unexpected(path, "a hidden file, or a name that is not UTF-8");
        } else if kind.is_dir() {
            return Some(Entry::Folder(path));
        } else if kind.is_file() {
            return Some(Entry::File(path));
        } else {
            self.unexpected(path, "neither a file nor a folder");
        }
        None
    }

    fn unexpected(&mut self, path: PathBuf, why: &str) {
        let message = format!("{} has no place here: {why}", path.display());
        let finding =
            Diagnostic::new(&rules::FILE_UNEXPECTED, Place::file(path), message);
        self.findings
            .push(finding.help(rules::FILE_UNEXPECTED.mend));
    }

    fn missing(&mut self, folder: &Path, name: &str) {
        let message = format!("{} has no {name}", folder.display());
        let finding = Diagnostic::new(&rules::FILE_MISSING, Place::file(folder), message);
        let help = format!("write {}", folder.join(name).display());
        self.findings.push(finding.help(help));
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = match path.to_str() {
        Some("") | None => format!("cannot read: {error}"),
        Some(path) => format!("cannot read {path}: {error}"),
    };
    let finding = Diagnostic::new(&rules::FILE_UNREADABLE, Place::file(path), message);
    finding.help(rules::FILE_UNREADABLE.mend)
}
