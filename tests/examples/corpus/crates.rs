//! The workspace that is compiled: the generated crate, and a program for each job.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use sha2::{Digest as _, Sha256};
use yunspec::emit;
use yunspec::page::{self, Page};
use yunspec::rust::Crate;

use crate::Stop;

/// The folder of work, with a crate to compile.
pub(crate) struct Workspace {
    /// Where everything is.
    pub(crate) work: PathBuf,
    /// How many services are compiled at once.
    pub(crate) jobs: usize,
    /// The services, the largest first.
    pub(crate) services: Vec<Unit>,
}

/// One service, to be compiled alone.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// `provider/service`.
    pub(crate) id: String,
    /// Its cargo feature.
    pub(crate) feature: String,
    /// The digest of its files of Rust.
    pub(crate) digest: String,
    /// How many bytes of Rust it has.
    pub(crate) size: usize,
}

impl Workspace {
    /// Writes the generated crate as a workspace of its own.
    pub(crate) fn write(work: &Path, crates: &Crate, jobs: usize) -> Result<Self, Stop> {
        let start = Instant::now();
        let mut pages = emit::emit(crates);
        let sdk = work.join("sdk");
        let runtime = root().join("runtime");
        let runtime = runtime
            .canonicalize()
            .map_err(|error| Stop::at(&runtime, error))?;
        for page in pages
            .iter_mut()
            .filter(|page| page.path == Path::new("Cargo.toml"))
        {
            let there = format!("path = {:?}", runtime.display().to_string());
            page.text = page.text.replace("path = \"../runtime\"", &there);
        }
        let written =
            page::write(&sdk, &pages, &[]).map_err(|error| Stop::at(&sdk, error))?;
        let lines: usize = pages.iter().map(|page| page.text.lines().count()).sum();
        println!(
            "generated {} files, {lines} lines ({} written) in {:.1} s",
            pages.len(),
            written.written.len(),
            start.elapsed().as_secs_f64()
        );
        let features = crates
            .manifest
            .services
            .iter()
            .map(|one| one.feature.clone());
        let features: Vec<_> = features.collect();
        let services = units(&pages, &features);
        let workspace = Self {
            work: work.to_owned(),
            jobs,
            services,
        };
        workspace.manifests(&features)?;
        Ok(workspace)
    }

    /// The folder of a job's program.
    pub(crate) fn program(&self, job: usize) -> PathBuf {
        self.work.join(format!("program-{job}"))
    }

    /// The build folder of a job.
    pub(crate) fn target(&self, job: usize) -> PathBuf {
        self.work.join(format!("target-{job}"))
    }

    fn manifests(&self, features: &[String]) -> Result<(), Stop> {
        let programs = (0..self.jobs).map(|job| format!(", \"program-{job}\""));
        let manifest = format!(
            "[workspace]\nmembers = [\"sdk\"{}]\nresolver = \"3\"\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n\n\
             [profile.dev.build-override]\nopt-level = 2\n",
            programs.collect::<String>()
        );
        put(&self.work.join("Cargo.toml"), &manifest)?;
        let lock = self.work.join("Cargo.lock");
        if !lock.is_file() {
            let ours = root().join("Cargo.lock");
            fs::copy(&ours, &lock).map_err(|error| Stop::at(&ours, error))?;
        }
        let features = features
            .iter()
            .map(|one| format!("{one} = [\"yun-sdk/{one}\"]\n"));
        let features: String = features.collect();
        for job in 0..self.jobs {
            let manifest = format!(
                "[package]\nname = \"program-{job}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [features]\n{features}\n[dependencies]\nyun-sdk = {{ path = \"../sdk\" }}\n"
            );
            let folder = self.program(job);
            put(&folder.join("Cargo.toml"), &manifest)?;
            // What an earlier run left there may need a service that this one has not.
            put(&folder.join("src/main.rs"), "fn main() {}\n")?;
        }
        Ok(())
    }
}

/// The services of a crate, the largest first.
fn units(pages: &[Page], features: &[String]) -> Vec<Unit> {
    let mut sources: BTreeMap<&str, (Sha256, usize)> = BTreeMap::new();
    for page in pages.iter().filter(|page| page.path.starts_with("src")) {
        let Some(service) = &page.service else {
            continue;
        };
        let (digest, size) = sources.entry(service).or_default();
        digest.update(page.path.display().to_string());
        digest.update(&page.text);
        *size += page.text.len();
    }
    let unit = |(id, (digest, size)): (&str, (Sha256, usize))| {
        let feature = features.iter().find(|one| **one == id.replace('/', "-"))?;
        Some(Unit {
            id: id.to_owned(),
            feature: feature.clone(),
            digest: hex(digest),
            size,
        })
    };
    let mut units: Vec<_> = sources.into_iter().filter_map(unit).collect();
    units.sort_by(|one, other| (other.size, &one.id).cmp(&(one.size, &other.id)));
    units
}

/// The digest of what every service is compiled with: runtime, derives, compiler.
pub(crate) fn foundation(compiler: &str) -> Result<String, Stop> {
    let mut files = vec![root().join("Cargo.lock")];
    for folder in ["runtime", "macros"] {
        files.push(root().join(folder).join("Cargo.toml"));
        walk(&root().join(folder).join("src"), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    digest.update(compiler);
    for file in files {
        digest.update(fs::read(&file).map_err(|error| Stop::at(&file, error))?);
    }
    Ok(hex(digest))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Stop> {
    for entry in fs::read_dir(folder).map_err(|error| Stop::at(folder, error))? {
        let path = entry.map_err(|error| Stop::at(folder, error))?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Writes a file, unless it says the same already: what is newer is compiled again.
pub(crate) fn put(path: &Path, text: &str) -> Result<(), Stop> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| Stop::at(path, error))
}

/// The digest of several texts.
pub(crate) fn digest(texts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update(text.len().to_le_bytes());
        digest.update(text);
    }
    hex(digest)
}

fn hex(digest: Sha256) -> String {
    let bytes = digest.finalize();
    let mut text = String::new();
    for byte in bytes.iter().take(16) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
