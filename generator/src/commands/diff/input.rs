//! What the command line names as a side: a folder, a file, or a git revision, which is
//! laid out in a folder of its own for the time of the comparison.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::commands::Failure;
use crate::diagnostic::Diagnostic;
use crate::diff::{Side, gate};

/// A side that was found and not loaded yet.
#[derive(Debug)]
pub(super) struct Input {
    label: String,
    specs: PathBuf,
    root: PathBuf,
    /// The one operation to keep.
    only: Option<String>,
    version: Option<String>,
    /// Where a revision is laid out.
    folder: Option<TempDir>,
}

/// A loaded side, with the folder that its revision was laid out in.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) side: Side,
    _folder: Option<TempDir>,
}

impl Input {
    /// A specs folder.
    pub(super) fn folder_of(specs: &Path) -> Self {
        Self {
            label: specs.display().to_string(),
            specs: specs.to_owned(),
            root: specs.to_owned(),
            only: None,
            version: version(specs),
            folder: None,
        }
    }

    /// What a word of the command line names; `specs` is where a revision has its specs.
    pub(super) fn read(word: &str, specs: &Path) -> Result<Self, Failure> {
        if let Some(revision) = word.strip_prefix("git:") {
            return revision_of(revision, specs);
        }
        let path = Path::new(word);
        if path.is_dir() {
            return Ok(Self::folder_of(path));
        }
        if !path.is_file() {
            return Err(Failure::io(format!("{word}: no such file or folder")));
        }
        let full = fs::canonicalize(path)
            .map_err(|error| Failure::io(format!("{word}: {error}")))?;
        let (specs, only) = operation(&full).ok_or_else(|| lone(word))?;
        let root = path
            .ancestors()
            .nth(3)
            .filter(|root| path.components().count() > 3 || root.is_absolute())
            .map_or_else(|| specs.clone(), Path::to_owned);
        let beside = |name: &str| specs.join(&only).with_file_name(name).is_file();
        if !beside("service.yaml") {
            return Err(lone(word));
        }
        Ok(Self {
            label: word.to_owned(),
            version: version(&specs),
            specs,
            root,
            only: Some(only),
            folder: None,
        })
    }

    /// Its folder: acknowledgements lie there.
    pub(super) fn folder(&self) -> &Path {
        &self.specs
    }

    /// The one operation that it is about, where it is a file.
    pub(super) fn only(&self) -> Option<&str> {
        self.only.as_deref()
    }

    /// Loads the side; what is wrong with it is shown.
    pub(super) fn load(self) -> Result<Ready, Failure> {
        let fail = |found: Vec<Diagnostic>| {
            crate::commands::report(&found, &self.root);
            Failure::io(format!("{} does not load", self.label))
        };
        let mut side = Side::load(&self.specs, &self.label, &self.root).map_err(fail)?;
        if let Some(only) = &self.only {
            side = side.only(only).map_err(fail)?;
        }
        side.version = self.version;
        Ok(Ready {
            side,
            _folder: self.folder,
        })
    }
}

fn lone(word: &str) -> Failure {
    let help = "an operation's file lies in SPECS/PROVIDER/SERVICE beside service.yaml";
    Failure::usage(format!("{word}: {help}"))
}

/// The specs folder of an operation's file, and the operation's id.
fn operation(file: &Path) -> Option<(PathBuf, String)> {
    let specs = file.ancestors().nth(3)?;
    let inside = file.strip_prefix(specs).ok()?.with_extension("");
    let id = inside.to_str()?.replace('\\', "/");
    Some((specs.to_owned(), id))
}

/// The version of the generated crate beside a specs folder.
fn version(specs: &Path) -> Option<String> {
    let specs = fs::canonicalize(specs).ok()?;
    let manifest = specs.parent()?.join("generated/Cargo.toml");
    version_in(&fs::read_to_string(manifest).ok()?)
}

/// The version of a manifest: the first that its first section has.
fn version_in(manifest: &str) -> Option<String> {
    let lines = manifest.lines().map(str::trim);
    let line = lines
        .skip_while(|line| *line != "[package]")
        .find_map(|line| line.strip_prefix("version = \""))?;
    Some(line.trim_end_matches('"').to_owned())
}

/// `REVISION[:PATH]`, laid out in a folder for the time of the comparison.
fn revision_of(word: &str, specs: &Path) -> Result<Input, Failure> {
    let (revision, path) = match word.split_once(':') {
        Some((revision, path)) => (revision, Some(Path::new(path))),
        None => (word, None),
    };
    let (base, only) = match path {
        None => (specs.to_owned(), None),
        Some(file) if file.extension().is_some_and(|kind| kind == "yaml") => {
            let (specs, only) = operation(file).ok_or_else(|| lone(word))?;
            (specs, Some(only))
        }
        Some(folder) => (folder.to_owned(), None),
    };
    let (home, name) = split(&base)?;
    let commit = format!("{revision}^{{commit}}");
    let arguments = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ];
    let commit = git(&home, &arguments, &[])
        .map_err(|error| unknown(&format!("git:{word}"), &error))?;
    let folder = tempfile::tempdir()
        .map_err(|error| Failure::io(format!("a temporary folder: {error}")))?;
    let index = folder.path().join("index");
    let tree = format!("{}:./{name}", commit.trim());
    let laid = folder.path().join("specs");
    let environment = [("GIT_INDEX_FILE", index.as_path())];
    let prefix = format!("--prefix={}/", laid.display());
    for arguments in [
        &["read-tree", &tree][..],
        &[
            "-c",
            "core.autocrlf=false",
            "checkout-index",
            "--all",
            &prefix,
        ],
    ] {
        git(&home, arguments, &environment)
            .map_err(|error| unknown(&format!("git:{word}"), &error))?;
    }
    // What an empty tree leaves out.
    fs::create_dir_all(&laid).map_err(|error| Failure::io(error.to_string()))?;
    let manifest = format!("{}:./generated/Cargo.toml", commit.trim());
    let manifest = git(&home, &["show", &manifest], &[]).ok();
    Ok(Input {
        label: format!("git:{word}"),
        specs: laid,
        root: base,
        only,
        version: manifest.as_deref().and_then(version_in),
        folder: Some(folder),
    })
}

fn unknown(word: &str, error: &str) -> Failure {
    let why = match error.trim() {
        "" => "git knows no such revision here",
        why => why,
    };
    Failure::io(format!("{word}: {why}"))
}

/// The folder that git runs in, and the name of the specs inside it.
fn split(specs: &Path) -> Result<(PathBuf, String), Failure> {
    let home = match specs.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let name = specs.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| {
        Failure::usage(format!("{}: name the specs folder itself", specs.display()))
    })?;
    Ok((home, name.to_owned()))
}

/// The tag with the greatest version among those that lead here.
pub(super) fn newest_release(specs: &Path) -> Result<String, Failure> {
    let (home, _) = split(specs)?;
    let tags = git(&home, &["tag", "--list", "--merged", "HEAD"], &[])
        .map_err(|error| unknown("--against-release", &error))?;
    let versions = tags
        .lines()
        .filter_map(|tag| Some((gate::numbers(tag)?, tag)));
    let newest = versions.max().map(|(_, tag)| tag.to_owned());
    newest.ok_or_else(|| {
        Failure::io("--against-release: no tag is a version such as v1.2.3")
    })
}

/// Runs git; its output, or what it complains about.
fn git(
    home: &Path,
    arguments: &[&str],
    environment: &[(&str, &Path)],
) -> Result<String, String> {
    let output = Command::new("git")
        .current_dir(home)
        .args(arguments)
        .envs(environment.iter().copied())
        .output()
        .map_err(|error| format!("git cannot be run in {}: {error}", home.display()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
