//! One run: the services, several at once, then the files of the whole crate.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::cache::{self, Cache, Digest, Record};
use super::{Task, Trouble};
use crate::diagnostic::{Diagnostic, Severity, sort};
use crate::gated::Count;
use crate::load::{self, Loaded, folder};
use crate::page::Page;
use crate::page::disk::{self, Staged};
use crate::rust::{Package, ServiceFacts};
use crate::{check, emit, lower};

pub(super) struct Run<'t> {
    task: &'t Task<'t>,
    pub(super) old: Cache,
    /// Whether pages are written, or only compared.
    writes: bool,
    providers: Vec<folder::Provider>,
    /// What the folders alone break.
    findings: Vec<Diagnostic>,
    /// The files that the crate owns, before anything is written, and whether each is no
    /// link. Paths are compared as texts, which is ten times as fast.
    files: BTreeMap<OsString, bool>,
}

/// What became of a service, or of the files of the whole crate.
#[derive(Default)]
pub(super) struct Part {
    /// `provider/service`, or nothing.
    pub(super) name: String,
    facts: Option<ServiceFacts>,
    pub(super) gated: Count,
    /// How many pages it has, of those that are asked for.
    pub(super) pages: usize,
    /// Its pages, asked for or not.
    paths: Vec<PathBuf>,
    pub(super) missing: Vec<PathBuf>,
    pub(super) stale: Vec<PathBuf>,
    pub(super) staged: Vec<Staged>,
    input: Digest,
    pub(super) record: Option<Record>,
}

/// The bytes of files, by path; compared as texts, too.
type Held = BTreeMap<OsString, Vec<u8>>;

/// A service that is to be generated: its provider's index, and its own.
type Job = (usize, usize);

impl<'t> Run<'t> {
    pub(super) fn new(
        task: &'t Task<'t>,
        old: Cache,
        writes: bool,
    ) -> Result<Self, Trouble> {
        let (providers, findings) = folder::list(task.specs);
        let services = providers.iter().flat_map(|provider| &provider.services);
        let services: BTreeSet<_> = services.map(name).collect();
        if let Some(odd) = task.only.iter().find(|name| !services.contains(*name)) {
            return Err(Trouble::Unknown(
                odd.clone(),
                services.into_iter().collect(),
            ));
        }
        let files = disk::files(task.out)?.into_iter();
        Ok(Self {
            task,
            old,
            writes,
            providers,
            findings,
            files: files
                .map(|(path, is_file)| (path.into(), is_file))
                .collect(),
        })
    }

    /// Every part in order, the whole crate's last, and the files that are no page.
    pub(super) fn all(&self) -> Result<(Vec<Part>, Vec<PathBuf>), Trouble> {
        let mut findings = self.findings.clone();
        let mut parts = Vec::new();
        for outcome in self.services() {
            match outcome {
                Ok(part) => parts.push(part),
                Err(Trouble::Findings(found)) => findings.extend(found),
                Err(trouble) => return Err(trouble),
            }
        }
        match self.frame(&parts, findings.is_empty()) {
            Ok(part) => parts.push(part),
            Err(Trouble::Findings(found)) => findings.extend(found),
            Err(trouble) => return Err(trouble),
        }
        findings.retain(|finding| finding.severity == Severity::Error);
        if !findings.is_empty() {
            sort(&mut findings);
            return Err(Trouble::Findings(findings));
        }
        let pages = parts.iter().flat_map(|part| &part.paths);
        let pages: BTreeSet<_> = pages.map(|path| path.as_os_str()).collect();
        let files = self
            .files
            .keys()
            .filter(|file| !pages.contains(file.as_os_str()));
        let mut left_over: Vec<_> = files.map(PathBuf::from).collect();
        left_over.retain(|path| disk::is_inside(path, self.task.only));
        left_over.sort();
        Ok((parts, left_over))
    }

    /// The services, in order; the largest begin first, so that none is waited for alone.
    fn services(&self) -> Vec<Result<Part, Trouble>> {
        let providers = self.providers.iter().enumerate();
        let jobs = providers.flat_map(|(provider, folder)| {
            (0..folder.services.len()).map(move |service| (provider, service))
        });
        let mut jobs: Vec<Job> = jobs.collect();
        jobs.sort_by_key(|(provider, service)| {
            let service = &self.providers[*provider].services[*service];
            std::cmp::Reverse(service.operations.len())
        });
        let parts = jobs.into_par_iter().with_max_len(1);
        let mut parts: Vec<_> = parts.map(|job| (job, self.service(job))).collect();
        parts.sort_by_key(|(job, _)| *job);
        parts.into_iter().map(|(_, part)| part).collect()
    }

    fn service(&self, (provider, service): Job) -> Result<Part, Trouble> {
        let service = &self.providers[provider].services[service];
        let name = name(service);
        let provider = folder::Provider {
            file: self.providers[provider].file.clone(),
            services: vec![service.clone()],
        };
        let files = provider.file.iter().chain(service.files());
        let (held, input) = self.input(files);
        let is_chosen = disk::is_chosen(Some(&name), self.task.only);
        if let Some(part) = self.unchanged(&name, &input, is_chosen) {
            return Ok(part);
        }
        let file = provider.file.clone();
        let held = RefCell::new(held);
        let read = |file: &Path| match held.borrow_mut().remove(file.as_os_str()) {
            Some(bytes) => Ok(bytes),
            None => folder::read(self.task.specs, file),
        };
        let mut loaded = load::all(&read, vec![provider], Vec::new());
        loaded
            .findings
            .retain(|finding| Some(&finding.place.file) != file.as_ref());
        let model = check::services(&loaded).map_err(Trouble::Findings)?;
        let Some(provider) = model.providers.first() else {
            // The provider's own file is to blame, and is looked at with the whole crate.
            return Ok(Part::default());
        };
        // What a stage has read goes at once: the next one uses the memory again.
        drop(loaded.spec);
        let (facts, modules) = lower::services(provider, &Package::default())
            .map_err(|found| Trouble::Findings(loaded.sources.placed(found)))?;
        let gated = Count::of(&model);
        drop((loaded.sources, model));
        let mut part = Part {
            name,
            input,
            facts: facts.into_iter().next(),
            gated,
            ..Part::default()
        };
        let mut pages = Vec::with_capacity(modules.len());
        for module in modules {
            if is_chosen {
                let page = emit::module(&module);
                pages.push((page.path.clone(), cache::digest([page.text.as_bytes()])));
                self.page(&page, &mut part)?;
            } else {
                part.paths.push(module.path);
            }
        }
        part.record = is_chosen.then(|| part.record_of(pages));
        Ok(part)
    }

    /// The files of the whole crate. What the providers say is looked at here, and what
    /// only all services together break.
    fn frame(&self, parts: &[Part], complete: bool) -> Result<Part, Trouble> {
        let files = self.providers.iter().filter_map(|one| one.file.as_ref());
        let (_, providers) = self.input(files);
        let services = parts.iter().flat_map(|part| [&part.name, &part.input]);
        let input = [&providers].into_iter().chain(services);
        let input = cache::digest(input.map(String::as_bytes));
        let is_chosen = self.task.only.is_empty();
        if let Some(part) = self.unchanged("", &input, is_chosen) {
            return Ok(part);
        }
        let mut findings = Vec::new();
        let mut listed = Vec::new();
        for folder in &self.providers {
            let alone = folder::Provider {
                file: folder.file.clone(),
                services: Vec::new(),
            };
            let loaded = self.load(alone);
            let services = folder.services.iter().map(name);
            let services: BTreeSet<_> = services.collect();
            let of = parts.iter().filter(|part| services.contains(&part.name));
            let facts: Vec<_> = of.filter_map(|part| part.facts.clone()).collect();
            match check::provider(&loaded) {
                Ok(model) => listed.extend(model.providers.into_iter().zip([facts])),
                Err(found) => findings.extend(found),
            }
        }
        if !findings.is_empty() || !complete {
            return Err(Trouble::Findings(findings));
        }
        let providers = listed.iter().map(|(one, facts)| (one, facts.clone()));
        let providers: Vec<_> = providers.collect();
        let frame = lower::frame(&providers, Package::default())
            .map_err(|found| Trouble::Findings(self.placed(found)))?;
        let mut part = Part {
            input,
            ..Part::default()
        };
        let mut pages = Vec::new();
        for page in emit::emit(&frame) {
            pages.push((page.path.clone(), cache::digest([page.text.as_bytes()])));
            if is_chosen {
                self.page(&page, &mut part)?;
            } else {
                part.paths.push(page.path);
            }
        }
        part.record = is_chosen.then(|| part.record_of(pages));
        Ok(part)
    }

    /// Findings that only all services together show, with lines and snippets.
    fn placed(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let files: BTreeSet<_> = found.iter().map(|one| one.place.file.clone()).collect();
        let own = |file: &Option<PathBuf>| file.clone().filter(|one| files.contains(one));
        let providers = self.providers.iter().map(|provider| folder::Provider {
            file: provider.file.clone(),
            services: provider
                .services
                .iter()
                .filter(|service| own(&service.file).is_some())
                .map(|service| folder::Service {
                    types: None,
                    operations: Vec::new(),
                    ..service.clone()
                })
                .collect(),
        });
        providers.fold(found, |found, provider| {
            self.load(provider).sources.placed(found)
        })
    }

    fn load(&self, provider: folder::Provider) -> Loaded {
        let read = |file: &Path| folder::read(self.task.specs, file);
        load::all(&read, vec![provider], Vec::new())
    }

    /// Notes how the disk differs from a page, and writes it beside its place.
    fn page(&self, page: &Page, part: &mut Part) -> Result<(), Trouble> {
        part.pages += 1;
        part.paths.push(page.path.clone());
        match self.found(&page.path)? {
            Some(text) if text == page.text.as_bytes() => return Ok(()),
            Some(_) => part.stale.push(page.path.clone()),
            None => part.missing.push(page.path.clone()),
        }
        if self.writes {
            part.staged.push(disk::stage(self.task.out, page)?);
        }
        Ok(())
    }

    /// The bytes of a page's file, where there is one; of a link nothing.
    fn found(&self, page: &Path) -> io::Result<Option<Vec<u8>>> {
        let path = self.task.out.join(page);
        match self.files.get(page.as_os_str()) {
            Some(true) => std::fs::read(&path)
                .map(Some)
                .or_else(|_| disk::read(&path)),
            Some(false) => disk::read(&path),
            // The listing holds what stands in folders, and no other.
            None if page.parent() == Some(Path::new("")) => disk::read(&path),
            None => Ok(None),
        }
    }

    /// Whether every page of a record stands on the disk as it was made.
    fn holds(&self, record: &Record) -> bool {
        record.pages.iter().all(|(path, digest)| {
            let bytes = self.found(path).ok().flatten();
            bytes.is_some_and(|bytes| cache::digest([bytes.as_slice()]) == *digest)
        })
    }

    /// A part of which nothing has changed.
    fn unchanged(&self, name: &str, input: &str, is_chosen: bool) -> Option<Part> {
        let record = self.old.of(name, input)?;
        if is_chosen && !self.holds(record) {
            return None;
        }
        Some(Part {
            name: name.to_owned(),
            input: input.to_owned(),
            facts: record.facts.clone(),
            gated: record.gated,
            pages: if is_chosen { record.pages.len() } else { 0 },
            paths: record.pages.iter().map(|(path, _)| path.clone()).collect(),
            record: Some(record.clone()),
            ..Part::default()
        })
    }

    /// The bytes of files, and one digest of their names and bytes. A file that cannot be
    /// read has none: it is found out when it is loaded.
    fn input<'f>(&self, files: impl Iterator<Item = &'f PathBuf>) -> (Held, Digest) {
        let mut held = Held::new();
        let mut hash = Vec::new();
        for file in files {
            if let Ok(bytes) = folder::read(self.task.specs, file) {
                hash.push(file);
                held.insert(file.clone().into(), bytes);
            }
        }
        let parts = hash.iter().flat_map(|file| {
            let name = file.as_os_str();
            let bytes = held.get(name).map_or(&[][..], Vec::as_slice);
            [name.as_encoded_bytes(), bytes]
        });
        let digest = cache::digest(parts);
        (held, digest)
    }
}

impl Part {
    fn record_of(&self, pages: Vec<(PathBuf, Digest)>) -> Record {
        Record {
            input: self.input.clone(),
            pages,
            facts: self.facts.clone(),
            gated: self.gated,
        }
    }
}

/// `provider/service`.
fn name(service: &folder::Service) -> String {
    let parts = service.path.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
