//! The checker itself says what is wrong with a service: what it refuses is taken out, and
//! the warnings that metadata can never mend are answered, until nothing is left.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Desk, answers, cut};
use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::import::{Service, facts, spell};
use crate::load;
use crate::spec::{Provider, Types};

/// What is still wrong then goes: no service needs so many.
const MOST_ROUNDS: usize = 12;

/// The day that a file says while it is checked, where its reader gives none.
const DAY: &str = "2026-01-01";

/// A service that the checker has not seen yet.
pub(in crate::import) struct Draft<'p> {
    files: Files<'p>,
    /// What the files say.
    texts: BTreeMap<PathBuf, String>,
}

impl<'p> Draft<'p> {
    /// The files of a service; nothing where `provider` is no `provider.yaml`.
    pub(super) fn of(service: &Service, provider: &'p str) -> Option<Self> {
        let files = Files::of(service, provider)?;
        let texts = files.texts(service);
        Some(Self { files, texts })
    }

    /// The digest of all that decides what becomes of it.
    pub(in crate::import) fn digest(&self) -> String {
        let mut whole = env!("CARGO_PKG_VERSION").to_owned();
        for (path, text) in &self.texts {
            whole.push_str(&format!("\n{} {}\n", path.display(), text.len()));
            whole.push_str(text);
        }
        facts::digest(whole.as_bytes())
    }

    /// Takes out of a service what the checker refuses, and answers its warnings.
    pub(super) fn mend(self, service: &mut Service, desk: &mut Desk<'_>) {
        let Self { mut files, texts } = self;
        let mut first = Some(texts);
        for _ in 0..MOST_ROUNDS {
            let texts = first.take().unwrap_or_else(|| files.texts(service));
            files.dirty = files.round(service, &texts, desk);
            if files.dirty.as_ref().is_some_and(BTreeSet::is_empty) {
                if files.stuck {
                    break;
                }
                return;
            }
        }
        files.refuse(service, desk);
    }
}

/// What the checker finds in a service, for tests.
#[cfg(test)]
pub(super) fn left(service: &Service, provider: &str) -> Vec<Diagnostic> {
    let files = Files::of(service, provider).expect("a provider");
    check::findings(&load::texts(&files.texts(service)))
}

/// The files of the service while they are checked.
struct Files<'p> {
    folder: PathBuf,
    provider: (PathBuf, &'p str),
    /// The operations that changed since they were checked; `None` is everything.
    dirty: Option<BTreeSet<String>>,
    /// Whether the service itself is wrong in a way that nothing mends.
    stuck: bool,
}

impl<'p> Files<'p> {
    fn of(service: &Service, provider: &'p str) -> Option<Self> {
        let facts: Provider = serde_yaml::from_str(provider).ok()?;
        let folder = Path::new(&facts.provider);
        Some(Self {
            folder: folder.join(&service.file.service),
            provider: (folder.join("provider.yaml"), provider),
            dirty: None,
            stuck: false,
        })
    }

    /// Checks what changed, of which `texts` are the files, and mends it; what changed then.
    fn round(
        &mut self,
        service: &mut Service,
        texts: &BTreeMap<PathBuf, String>,
        desk: &mut Desk<'_>,
    ) -> Option<BTreeSet<String>> {
        let mut found: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
        for finding in check::findings(&load::texts(texts)) {
            let file = finding.place.file.clone();
            found.entry(file).or_default().push(finding);
        }
        let mut dirty = BTreeSet::new();
        let mut whole = false;
        let shared = ["service.yaml", "types.yaml"].map(|name| self.folder.join(name));
        if self.dirty.is_none() {
            let [of_service, of_types] = shared
                .each_ref()
                .map(|file| found.remove(file).unwrap_or_default());
            let text = texts.get(&shared[1]);
            whole |= types(service, &of_types, text, desk);
            whole |= answers::service(service, &of_service, &of_types, desk);
            let mut found = of_service.iter().chain(&of_types);
            self.stuck = !whole && found.any(is_error);
        }
        let mut kept = Vec::with_capacity(service.operations.len());
        for mut operation in std::mem::take(&mut service.operations) {
            let name = operation.operation.clone();
            let file = self.folder.join(format!("{name}.yaml"));
            let (Some(found), Some(text)) = (found.get(&file), texts.get(&file)) else {
                kept.push(operation);
                continue;
            };
            let cuts = cut::wanted(found);
            if cuts.is_empty() {
                if answers::operation(&mut operation, found) {
                    dirty.insert(name);
                }
                kept.push(operation);
                continue;
            }
            if let Some(mended) = cut::all(text, &cuts, &name, desk) {
                dirty.insert(name);
                kept.push(mended);
            } else {
                desk.lose("operation that the checker refuses", &name);
                whole = true;
            }
        }
        service.operations = kept;
        (!whole).then_some(dirty)
    }

    /// Takes out the operations that are still wrong; all of them where the service is.
    fn refuse(&mut self, service: &mut Service, desk: &mut Desk<'_>) {
        self.dirty = None;
        let mut wrong = BTreeSet::new();
        for finding in check::findings(&load::texts(&self.texts(service))) {
            if is_error(&finding) {
                wrong.insert(finding.place.file);
            }
        }
        let of = |name: &str| self.folder.join(format!("{name}.yaml"));
        if wrong.contains(&of("service")) || wrong.contains(&of("types")) {
            desk.lose("service that the checker refuses", &service.file.service);
            service.operations.clear();
        }
        service.operations.retain(|operation| {
            let fine = !wrong.contains(&of(&operation.operation));
            if !fine {
                let kind = "operation that the checker refuses";
                desk.lose(kind, &operation.operation);
            }
            fine
        });
    }

    fn texts(&self, service: &Service) -> BTreeMap<PathBuf, String> {
        let mut texts = BTreeMap::new();
        texts.insert(self.provider.0.clone(), self.provider.1.to_owned());
        let mut add = |name: &str, text| texts.insert(self.folder.join(name), text);
        add("service.yaml", spell::service(&service.file));
        if !service.types.is_empty() {
            add("types.yaml", spell::types(&service.types));
        }
        for operation in &service.operations {
            let name = &operation.operation;
            if self.dirty.as_ref().is_none_or(|dirty| dirty.contains(name)) {
                let day = match operation.source.transcribed.as_str() {
                    "" => DAY,
                    day => day,
                };
                add(&format!("{name}.yaml"), spell::operation(operation, day));
            }
        }
        texts
    }
}

/// Mends the shared structures; whether anything changed.
fn types(
    service: &mut Service,
    found: &[Diagnostic],
    text: Option<&String>,
    desk: &mut Desk<'_>,
) -> bool {
    let cuts = cut::wanted(found);
    let Some(text) = text.filter(|_| !cuts.is_empty()) else {
        return false;
    };
    match cut::all::<Types>(text, &cuts, "types.yaml", desk) {
        Some(mended) => service.types = mended.types,
        None => return false,
    }
    true
}

/// Whether a finding fails the generation.
pub(super) fn is_error(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error
}
