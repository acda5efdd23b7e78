//! What has to hold for an import, whatever the metadata are.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use quote::ToTokens as _;
use syn::{Fields, ImplItem, Item};
use tempfile::TempDir;
use yunspec::diagnostic::Severity;
use yunspec::page::Page;
use yunspec::{check, load};

use super::{Case, Cloud, write};

/// What came of a case in which everything held.
#[derive(Debug, Default)]
pub struct Verdict {
    /// How many operations were imported.
    pub operations: usize,
    /// The checker's warnings, by rule.
    pub warnings: BTreeMap<&'static str, usize>,
}

/// Bytes by path.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Imports a case, and looks at what comes of it.
///
/// # Errors
/// What does not hold.
pub fn judge(cloud: Cloud, case: &Case) -> Result<Verdict, String> {
    let folder = TempDir::new().map_err(|error| error.to_string())?;
    let source = folder.path().join("source");
    write(&case.files, &source).map_err(|error| error.to_string())?;
    let specs = folder.path().join("specs");
    let judged = AssertUnwindSafe(|| {
        if let Some(files) = &case.before {
            let source = folder.path().join("before");
            let import = || {
                write(files, &source)?;
                cloud.import(&source, &specs, case.with_docs)
            };
            import().map_err(|error| format!("import before: {error}"))?;
        }
        inside(cloud, case, &source, &specs)
    });
    catch_unwind(judged).unwrap_or_else(|panic| Err(format!("panic: {}", said(&*panic))))
}

fn inside(
    cloud: Cloud,
    case: &Case,
    source: &Path,
    specs: &Path,
) -> Result<Verdict, String> {
    let import = || cloud.import(source, specs, case.with_docs);
    let first = import().map_err(|error| format!("import: {error}"))?;
    let before = files(specs);
    let again = import().map_err(|error| format!("second import: {error}"))?;
    let after = files(specs);
    if before != after {
        return Err(format!(
            "a second import changes {}",
            changed(&before, &after)
        ));
    }
    let there = first.written + first.unchanged;
    if again.written > 0 || again.unchanged != there {
        return Err(format!(
            "a second import: {} written, {} of {there} unchanged",
            again.written, again.unchanged
        ));
    }
    if let Some(kept) = first.kept.first() {
        return Err(format!("{kept} is kept as if a person had made it"));
    }
    let mut verdict = Verdict {
        operations: first.operations,
        ..Verdict::default()
    };
    for finding in check::findings(&load::read(specs)) {
        if finding.severity == Severity::Error {
            return Err(format!("check: {finding:?}"));
        }
        *verdict.warnings.entry(finding.rule).or_default() += 1;
    }
    let pages =
        yunspec::generate(specs).map_err(|found| format!("generate: {found:?}"))?;
    sound(&pages)?;
    Ok(verdict)
}

/// The first file that is another one, with the first line that is.
fn changed(before: &Files, after: &Files) -> String {
    let differs = after
        .iter()
        .find(|(path, text)| before.get(*path) != Some(text));
    let Some((path, text)) = differs else {
        return "which files there are".to_owned();
    };
    let old = before.get(path).map(|old| String::from_utf8_lossy(old));
    let old = old.unwrap_or_default();
    let text = String::from_utf8_lossy(text);
    let line = text
        .lines()
        .find(|line| old.lines().all(|known| known != *line));
    format!("{}: {line:?}", path.display())
}

/// Whether the pages are Rust, with different names.
fn sound(pages: &[Page]) -> Result<(), String> {
    let mut paths = BTreeSet::new();
    for page in pages {
        let path = page.path.display();
        if !paths.insert(path.to_string().to_lowercase()) {
            return Err(format!("two pages are {path}"));
        }
        if page.path.extension().is_some_and(|end| end == "rs") {
            let file = syn::parse_file(&page.text);
            let file = file.map_err(|error| format!("{path}: {error}\n{}", page.text))?;
            items(&file.items).map_err(|name| format!("{path}: twice {name}"))?;
        }
    }
    Ok(())
}

/// Whether each item has a name of its own, and each field, variant and method.
fn items(items: &[Item]) -> Result<(), String> {
    let mut taken = BTreeSet::new();
    let mut take = |kind: &str, name: String| {
        let full = format!("{kind} {name}");
        if taken.insert(full.clone()) {
            Ok(())
        } else {
            Err(full)
        }
    };
    for item in items {
        match item {
            Item::Struct(one) => {
                take("type", one.ident.to_string())?;
                if let Fields::Named(fields) = &one.fields {
                    let names = fields.named.iter().filter_map(|one| one.ident.as_ref());
                    unique(&one.ident, names)?;
                }
            }
            Item::Enum(one) => {
                take("type", one.ident.to_string())?;
                unique(&one.ident, one.variants.iter().map(|one| &one.ident))?;
            }
            Item::Mod(one) => take("module", one.ident.to_string())?,
            Item::Type(one) => take("type", one.ident.to_string())?,
            Item::Fn(one) => take("function", one.sig.ident.to_string())?,
            Item::Impl(one) if one.trait_.is_none() => {
                let of = one.self_ty.to_token_stream().to_string();
                for item in &one.items {
                    if let ImplItem::Fn(method) = item {
                        take(&format!("method of {of}"), method.sig.ident.to_string())?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn unique<'i>(
    of: &syn::Ident,
    names: impl Iterator<Item = &'i syn::Ident>,
) -> Result<(), String> {
    let mut taken = BTreeSet::new();
    for name in names {
        if !taken.insert(name.to_string()) {
            return Err(format!("{of}::{name}"));
        }
    }
    Ok(())
}

/// All files below a folder, by path.
fn files(folder: &Path) -> Files {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let entries = fs::read_dir(next).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = fs::read(&path) {
                found.insert(path, text);
            }
        }
    }
    found
}

/// What a panic says.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("without a word")
}
