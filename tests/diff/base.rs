//! A small specs folder of an invented provider, changed by replacing text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;
use yunspec::diagnostic::{Diagnostic, render};
use yunspec::diff::{Change, Side, diff};

/// Files by path, as text.
#[derive(Clone, Debug)]
pub(crate) struct Tree(pub(crate) BTreeMap<String, String>);

/// One replacement in one file; an empty `from` appends, and makes the file where it is
/// missing; `to` of a dash removes the file.
pub(crate) type Edit = (&'static str, &'static str, &'static str);

impl Tree {
    /// The base tree.
    pub(crate) fn base() -> Self {
        let files = [
            ("acme/provider.yaml", include_str!("base/provider.yaml")),
            ("acme/store/service.yaml", include_str!("base/service.yaml")),
            ("acme/store/types.yaml", include_str!("base/types.yaml")),
            ("acme/store/PutBook.yaml", include_str!("base/PutBook.yaml")),
            ("acme/store/GetBook.yaml", include_str!("base/GetBook.yaml")),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        Self(files.into())
    }

    /// The tree after an edit; a file is named without `acme/store/`.
    pub(crate) fn edited(mut self, (file, from, to): Edit) -> Self {
        let path = match file {
            "provider" => "acme/provider.yaml".to_owned(),
            file if file.contains('/') => format!("{file}.yaml"),
            file => format!("acme/store/{file}.yaml"),
        };
        if to == "-" {
            self.0.remove(&path).expect("the file is there");
            return self;
        }
        let text = self.0.entry(path).or_default();
        if from.is_empty() {
            text.push_str(to);
        } else {
            assert!(text.contains(from), "{file} has no {from:?}");
            *text = text.replacen(from, to, 1);
        }
        self
    }

    /// Writes the tree below a folder.
    pub(crate) fn write(&self, specs: &Path) {
        for (path, text) in &self.0 {
            let path = specs.join(path);
            let folder = path.parent().expect("a file has a folder");
            fs::create_dir_all(folder).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
    }

    /// The tree on disk.
    pub(crate) fn lay(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        self.write(folder.path());
        folder
    }

    /// The tree, loaded.
    pub(crate) fn side(&self, label: &str) -> Side {
        let folder = self.lay();
        load(folder.path(), label)
    }
}

/// Loads a side that has to be in order.
pub(crate) fn load(specs: &Path, label: &str) -> Side {
    Side::load(specs, label, Path::new("specs")).unwrap_or_else(|found| {
        let found: Vec<Diagnostic> = found;
        panic!("{}", render::text(&found, specs, false))
    })
}

/// The changes from one tree to another.
pub(crate) fn changes(old: &Tree, new: &Tree) -> Vec<Change> {
    diff(&old.side("old"), &new.side("new"))
}
