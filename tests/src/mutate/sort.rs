//! What kind of document a file is: the folder that it is in, or its own name.

use std::path::Path;

/// Documents of one sort have one format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sort(String);

impl Sort {
    /// The sort of a file.
    pub(super) fn of(path: &Path) -> Self {
        let text = |part: Option<&std::ffi::OsStr>| {
            part.map(|part| part.to_string_lossy().into_owned())
        };
        let folder = text(path.iter().next()).unwrap_or_default();
        Self(match folder.as_str() {
            // Documents of several formats lie in one folder.
            "api" => text(path.file_name()).unwrap_or_default(),
            _ => folder,
        })
    }
}
