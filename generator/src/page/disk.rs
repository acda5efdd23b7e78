//! Pages on the disk: what differs, and how to make it the same.
//!
//! The generated crate owns everything under its `src` and `examples`, besides its
//! `Cargo.toml` and `README.md`. Nothing outside is touched, and no link is followed.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{Error, ErrorKind, Result, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{MARK, Page};

/// The folders of which every file is a page.
const OWNED: [&str; 2] = ["src", "examples"];

/// How the disk differs from the pages; paths are relative to the crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Pages without a file.
    pub missing: Vec<PathBuf>,
    /// Files with another text.
    pub stale: Vec<PathBuf>,
    /// Files that are no page.
    pub left_over: Vec<PathBuf>,
}

impl Difference {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.stale.is_empty() && self.left_over.is_empty()
    }
}

/// What [`write()`] did; paths are relative to the crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have a new text.
    pub written: Vec<PathBuf>,
    /// How many files had their text already and were not touched.
    pub unchanged: usize,
    /// Files that were no page any more.
    pub removed: Vec<PathBuf>,
}

/// Compares the crate at `out` with its pages: all, or those of the services in `only`.
///
/// # Errors
/// What the disk says, with the path; and where a folder is a link.
pub fn compare(out: &Path, pages: &[Page], only: &[String]) -> Result<Difference> {
    let mut difference = Difference::default();
    let mut found: BTreeSet<_> = files(out)?.into_iter().map(|(path, _)| path).collect();
    for page in pages {
        found.remove(&page.path);
        if !is_chosen(page.service.as_deref(), only) {
            continue;
        }
        match read(&out.join(&page.path))? {
            None => difference.missing.push(page.path.clone()),
            Some(text) if text == page.text.as_bytes() => {}
            Some(_) => difference.stale.push(page.path.clone()),
        }
    }
    difference.left_over = found
        .into_iter()
        .filter(|path| is_inside(path, only))
        .collect();
    Ok(difference)
}

/// Makes the crate at `out` the same as its pages: all, or those of the services in `only`.
///
/// Each file is replaced at once or not at all; one that has its text already keeps its
/// time. What is no page is removed from the folders that the crate owns.
///
/// # Errors
/// What the disk says, with the path; where a folder is a link; and where `out` holds
/// something that was not generated.
pub fn write(out: &Path, pages: &[Page], only: &[String]) -> Result<Written> {
    refuse_foreign(out)?;
    let Difference {
        missing,
        stale,
        left_over,
    } = compare(out, pages, only)?;
    let changed: BTreeSet<_> = missing.iter().chain(&stale).collect();
    for page in pages.iter().filter(|page| changed.contains(&page.path)) {
        stage(out, page)?.commit()?;
    }
    remove(out, &left_over)?;
    let is_chosen = |page: &&Page| is_chosen(page.service.as_deref(), only);
    let chosen = pages.iter().filter(is_chosen).count();
    let unchanged = chosen - changed.len();
    let mut written: Vec<_> = missing.into_iter().chain(stale).collect();
    written.sort();
    Ok(Written {
        written,
        unchanged,
        removed: left_over,
    })
}

/// Removes files, and the folders that they leave empty.
pub(crate) fn remove(out: &Path, files: &[PathBuf]) -> Result<()> {
    for path in files {
        let file = out.join(path);
        fs::remove_file(&file).map_err(|error| at(&file, &error))?;
        remove_empty(out, path);
    }
    Ok(())
}

/// Whether the pages of a service, or those of the whole crate, are asked for.
pub(crate) fn is_chosen(service: Option<&str>, only: &[String]) -> bool {
    let named = |service| only.iter().any(|one| one == service);
    only.is_empty() || service.is_some_and(named)
}

/// Whether a file that is no page stands where a chosen service has its files.
pub(crate) fn is_inside(path: &Path, only: &[String]) -> bool {
    let of = |service: &String| {
        let module = service.replace('-', "_");
        let example = format!("{}_", module.replace('/', "_"));
        let name = path.file_name().map(|name| name.to_string_lossy());
        path.starts_with(Path::new("src").join(&module))
            || path.starts_with("examples")
                && name.is_some_and(|name| name.starts_with(&example))
    };
    only.is_empty() || only.iter().any(of)
}

/// Every file under the folders that the crate owns, relative to the crate, in no order;
/// and whether it is a file indeed, or a link.
pub(crate) fn files(out: &Path) -> Result<Vec<(PathBuf, bool)>> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = OWNED.iter().map(PathBuf::from).collect();
    while let Some(folder) = folders.pop() {
        let path = out.join(&folder);
        match fs::symlink_metadata(&path) {
            Ok(data) if data.is_dir() => {}
            Ok(_) => return Err(refused(&path, "is no folder, or a link to one")),
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(at(&path, &error)),
        }
        for entry in fs::read_dir(&path).map_err(|error| at(&path, &error))? {
            let entry = entry.map_err(|error| at(&path, &error))?;
            let kind = entry.file_type().map_err(|error| at(&path, &error))?;
            let inside = folder.join(entry.file_name());
            // A link to a folder is listed as a folder, and refused above.
            if kind.is_dir() || kind.is_symlink() && entry.path().is_dir() {
                folders.push(inside);
            } else {
                found.push((inside, kind.is_file()));
            }
        }
    }
    Ok(found)
}

/// The bytes of a file; nothing where there is none, or a link in its place.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_symlink() => Ok(Some(Vec::new())),
        Ok(_) => fs::read(path).map(Some).map_err(|error| at(path, &error)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path, &error)),
    }
}

/// Refuses a folder with files that the generator did not write.
pub(crate) fn refuse_foreign(out: &Path) -> Result<()> {
    let is_empty = match fs::read_dir(out) {
        Ok(mut entries) => entries.all(|entry| {
            entry.is_ok_and(|entry| entry.file_name() == *super::CACHE_FOLDER)
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => true,
        Err(error) => return Err(at(out, &error)),
    };
    let manifest = read(&out.join("Cargo.toml"))?.unwrap_or_default();
    let first = manifest
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    if is_empty || String::from_utf8_lossy(first).contains(MARK) {
        return Ok(());
    }
    Err(refused(
        out,
        "holds files that were not generated: name an empty or a generated folder",
    ))
}

/// A file that is written and waits beside its place; without [`Staged::commit`] it goes,
/// and the folders that were made for it.
#[derive(Debug)]
pub(crate) struct Staged {
    out: PathBuf,
    /// Where it waits, and its place, inside `out`.
    paths: Option<(PathBuf, PathBuf)>,
}

impl Staged {
    /// Puts the file into its place.
    pub(crate) fn commit(mut self) -> Result<()> {
        let Some((waits, path)) = self.paths.take() else {
            return Ok(());
        };
        let (waits, path) = (self.out.join(waits), self.out.join(path));
        fs::rename(&waits, &path).map_err(|error| {
            let _ = fs::remove_file(&waits);
            at(&path, &error)
        })
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Some((waits, _)) = &self.paths
            && fs::remove_file(self.out.join(waits)).is_ok()
        {
            remove_empty(&self.out, waits);
            let _ = fs::remove_dir(&self.out);
        }
    }
}

/// Writes a page beside its place.
pub(crate) fn stage(out: &Path, page: &Page) -> Result<Staged> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let name = page
        .path
        .file_name()
        .filter(|_| page.path.components().all(plain));
    let Some(name) = name else {
        return Err(refused(&page.path, "is no path inside the crate"));
    };
    // Two pages of one path are a finding elsewhere; here they are two files.
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut waits = OsString::from(".");
    waits.push(name);
    waits.push(format!(".{}-{count}.tmp", std::process::id()));
    let waits = page.path.with_file_name(waits);
    let path = out.join(&waits);
    let opened = match fs::File::create_new(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let folder = path.parent().unwrap_or(out);
            fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
            fs::File::create_new(&path)
        }
        opened => opened,
    };
    let mut file = opened.map_err(|error| at(&path, &error))?;
    let staged = Staged {
        out: out.to_owned(),
        paths: Some((waits, page.path.clone())),
    };
    file.write_all(page.text.as_bytes())
        .map_err(|error| at(&path, &error))?;
    Ok(staged)
}

/// Removes the folders that a removed file leaves empty.
fn remove_empty(out: &Path, path: &Path) {
    for folder in path
        .ancestors()
        .skip(1)
        .filter(|folder| folder.components().count() > 0)
    {
        if fs::remove_dir(out.join(folder)).is_err() {
            break;
        }
    }
}

fn at(path: &Path, error: &Error) -> Error {
    Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn refused(path: &Path, why: &str) -> Error {
    Error::new(ErrorKind::InvalidInput, format!("{} {why}", path.display()))
}
