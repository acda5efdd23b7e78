//! Pages on the disk: what differs, and how to make it the same.
//!
//! The generated crate owns everything under its `src` and `examples`, besides its
//! `Cargo.toml` and `README.md`. Nothing outside is touched, and no link is followed.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{Error, ErrorKind, Result, Write as _};
use std::path::{Component, Path, PathBuf};

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
    let mut found = files(out)?;
    for page in pages {
        found.remove(&page.path);
        if !is_chosen(page, only) {
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
        replace(out, page)?;
    }
    for path in &left_over {
        let file = out.join(path);
        fs::remove_file(&file).map_err(|error| at(&file, &error))?;
        remove_empty(out, path);
    }
    let chosen = pages.iter().filter(|page| is_chosen(page, only)).count();
    let unchanged = chosen - changed.len();
    let mut written: Vec<_> = missing.into_iter().chain(stale).collect();
    written.sort();
    Ok(Written {
        written,
        unchanged,
        removed: left_over,
    })
}

fn is_chosen(page: &Page, only: &[String]) -> bool {
    let named = |service: &String| only.contains(service);
    only.is_empty() || page.service.as_ref().is_some_and(named)
}

/// Whether a file that is no page stands where a chosen service has its files.
fn is_inside(path: &Path, only: &[String]) -> bool {
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

/// Every file under the folders that the crate owns, relative to the crate.
fn files(out: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
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
            let inside = folder.join(entry.file_name());
            // A link to a folder is listed as a folder, and refused above.
            if entry.path().is_dir() {
                folders.push(inside);
            } else {
                found.insert(inside);
            }
        }
    }
    Ok(found)
}

/// The bytes of a file; nothing where there is none, or a link in its place.
fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_symlink() => Ok(Some(Vec::new())),
        Ok(_) => fs::read(path).map(Some).map_err(|error| at(path, &error)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path, &error)),
    }
}

/// Refuses a folder with files that the generator did not write.
fn refuse_foreign(out: &Path) -> Result<()> {
    let is_empty = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none(),
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

/// Writes a file beside the old one and puts it into its place.
fn replace(out: &Path, page: &Page) -> Result<()> {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let name = page
        .path
        .file_name()
        .filter(|_| page.path.components().all(plain));
    let Some(name) = name else {
        return Err(refused(&page.path, "is no path inside the crate"));
    };
    let path = out.join(&page.path);
    let folder = path.parent().unwrap_or(out);
    fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
    let mut temporary = OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{}.tmp", std::process::id()));
    let temporary = folder.join(temporary);
    let written = fs::File::create_new(&temporary)
        .and_then(|mut file| file.write_all(page.text.as_bytes()))
        .and_then(|()| fs::rename(&temporary, &path));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        at(&path, &error)
    })
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
