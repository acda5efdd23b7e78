//! Specs as YAML values, which can be changed at any leaf and written back.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde_yaml::Value as Yaml;
use tempfile::TempDir;
use yunspec::diagnostic::render;
use yunspec::diff::Side;
use yunspec_tests::transcribed;

/// The files of one service, and its provider's.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    /// `provider/service`.
    pub(crate) id: String,
    /// Path inside the specs folder, and what the file says.
    pub(crate) files: Vec<(String, Yaml)>,
}

/// The five real services, and the invented one of the differ's own cases.
pub(crate) fn sets() -> &'static [Set] {
    static SETS: LazyLock<Vec<Set>> = LazyLock::new(|| {
        let mut sets: Vec<_> = REAL.iter().map(|id| real(id)).collect();
        sets.push(invented());
        sets
    });
    &SETS
}

const REAL: [&str; 5] = [
    "alibaba/live",
    "alibaba/quickbi-public",
    "alibaba/ram",
    "huawei/workspace",
    "tencent/cam",
];

fn read(path: &Path) -> Yaml {
    let text = fs::read_to_string(path).expect("a spec can be read");
    serde_yaml::from_str(&text).expect("a spec is YAML")
}

fn real(id: &str) -> Set {
    let copy = transcribed::specs();
    let specs = copy.path();
    let (provider, _) = id.split_once('/').expect("a service has a provider");
    let provider = format!("{provider}/provider.yaml");
    let folder = fs::read_dir(specs.join(id)).expect("the service has a folder");
    let names = folder.map(|entry| entry.expect("it can be read").file_name());
    let mut paths: Vec<String> = names
        .map(|name| format!("{id}/{}", name.to_string_lossy()))
        .collect();
    paths.sort();
    paths.insert(0, provider);
    let files = paths.into_iter().map(|path| {
        let value = read(&specs.join(&path));
        (path, value)
    });
    Set {
        id: id.to_owned(),
        files: files.collect(),
    }
}

fn invented() -> Set {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("diff/base");
    let files = [
        ("acme/provider.yaml", "provider.yaml"),
        ("acme/store/GetBook.yaml", "GetBook.yaml"),
        ("acme/store/PutBook.yaml", "PutBook.yaml"),
        ("acme/store/service.yaml", "service.yaml"),
        ("acme/store/types.yaml", "types.yaml"),
    ];
    Set {
        id: "acme/store".to_owned(),
        files: files
            .map(|(path, file)| (path.to_owned(), read(&base.join(file))))
            .into(),
    }
}

/// A value as the text of a file: JSON, which is YAML without doubtful scalars.
pub(crate) fn text(value: &Yaml) -> String {
    serde_json::to_string_pretty(value).expect("all keys are texts")
}

/// Writes a file below a folder.
pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    let parent = path.parent().expect("a file has a folder");
    fs::create_dir_all(parent).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// Loads a folder; nothing where `check` refuses it.
pub(crate) fn load(folder: &Path) -> Option<Side> {
    Side::load(folder, "side", Path::new("specs")).ok()
}

impl Set {
    /// The set on disk.
    pub(crate) fn lay(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for (path, value) in &self.files {
            write(folder.path(), path, &text(value));
        }
        folder
    }

    /// The set, loaded.
    pub(crate) fn side(&self) -> Side {
        let folder = self.lay();
        Side::load(folder.path(), "side", Path::new("specs")).unwrap_or_else(|found| {
            panic!(
                "{}: {}",
                self.id,
                render::text(&found, folder.path(), false)
            )
        })
    }
}
