//! A specs folder of an invented provider, with one specimen put over it.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use yunspec::check;
use yunspec::diagnostic::Diagnostic;
use yunspec::load;

/// The folder of the specimens.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("specimens")
}

/// The specs of the repository.
pub(crate) fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}

/// A copy of the base tree.
pub(crate) fn base() -> TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder can be made");
    copy_into(&folder().join("base"), &copy.path().join("specs"));
    copy
}

fn copy_into(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the base tree is there") {
        let entry = entry.expect("the base tree can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

/// The base tree with a specimen over it. The specimen's first line says where: `# file:`
/// puts it there, `# deletes:` removes what stands there. Under `# signs`, `{U+202E}`,
/// `{byte B9}` and `{9 x}` stand for what they name: the repository holds no such signs.
pub(crate) fn with_specimen(text: &str) -> TempDir {
    let tree = base();
    let specs = tree.path().join("specs");
    let first = text.lines().next().expect("a specimen has a first line");
    if let Some(path) = first.strip_prefix("# deletes: ") {
        let path = if path == "." { specs } else { specs.join(path) };
        if path.is_dir() {
            fs::remove_dir_all(path).expect("a folder can be removed");
        } else {
            fs::remove_file(path).expect("a file can be removed");
        }
        return tree;
    }
    let path = first
        .strip_prefix("# file: ")
        .expect("the first line says where it goes");
    let path = specs.join(path);
    fs::create_dir_all(path.parent().expect("it goes into a folder"))
        .expect("it can be made");
    let signs = text.lines().nth(1) == Some("# signs");
    let bytes = if signs {
        expand(text)
    } else {
        text.as_bytes().to_vec()
    };
    fs::write(path, bytes).expect("a file can be written");
    tree
}

fn expand(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        bytes.extend_from_slice(before.as_bytes());
        let (token, after_token) = after.split_once('}').unwrap_or((after, ""));
        if let Some(sign) = sign(token) {
            bytes.extend(sign);
            rest = after_token;
        } else {
            bytes.push(b'{');
            rest = after;
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

fn sign(token: &str) -> Option<Vec<u8>> {
    if let Some(code) = token.strip_prefix("U+") {
        let char = u32::from_str_radix(code, 16)
            .ok()
            .and_then(char::from_u32)?;
        return Some(char.to_string().into_bytes());
    }
    if let Some(byte) = token.strip_prefix("byte ") {
        return Some(vec![u8::from_str_radix(byte, 16).ok()?]);
    }
    let (count, text) = token.split_once(' ')?;
    Some(text.repeat(count.parse().ok()?).into_bytes())
}

/// All findings of a tree.
pub(crate) fn findings(tree: &Path) -> Vec<Diagnostic> {
    check::findings(&load::read(tree))
}
