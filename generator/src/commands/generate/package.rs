//! `yunspec generate --package NAME`: a crate of its own, of just the operations that
//! somebody needs.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use syn::Ident;

use super::{Arguments, difference, disk, summary};
use crate::commands::Failure;
use crate::gated::Count;
use crate::page::{self, Page};
use crate::rust::Package;
use crate::select::{Selection, Widowed};
use crate::{emit, lower};

/// Writes the crate into `out`, or compares it with what stands there.
///
/// # Errors
/// As [`super::run()`].
pub(super) fn run(
    name: &str,
    arguments: &Arguments,
    specs: &Path,
    out: &Path,
) -> Result<ExitCode, Failure> {
    let package = Package {
        name: named(name)?,
        runtime: arguments.runtime.as_deref().map(folder).transpose()?,
        whole: true,
    };
    let (pages, gated) = pages(specs, &arguments.only, package)?;
    if arguments.check {
        let found = page::compare(out, &pages, &[]).map_err(disk)?;
        return difference(&found, out);
    }
    let written = page::write(out, &pages, &[]).map_err(disk)?;
    super::super::print(&summary(out, &written, gated))?;
    Ok(ExitCode::SUCCESS)
}

fn pages(
    specs: &Path,
    only: &[String],
    package: Package,
) -> Result<(Vec<Page>, Count), Failure> {
    let mut model = crate::resolve(specs).map_err(Failure::findings)?;
    if !only.is_empty() {
        let wanted = Selection::parse(only).map_err(Failure::usage)?;
        let widowed = wanted.keep(&mut model).map_err(|unused| {
            Failure::usage(format!(
                "--only {}: there is no such operation in {}",
                unused.join(","),
                specs.display()
            ))
        })?;
        for Widowed { operation, polled } in widowed {
            let _ = writeln!(
                io::stderr(),
                "note: {operation} has no waiter without {polled}; name that in --only, too"
            );
        }
    }
    let krate = lower::package(&model, package).map_err(Failure::findings)?;
    Ok((emit::emit(&krate), Count::of(&model)))
}

/// A name that cargo and Rust take.
fn named(name: &str) -> Result<String, Failure> {
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(safe)
        && name.len() <= 64
        && syn::parse_str::<Ident>(&name.replace('-', "_")).is_ok();
    if is_name {
        return Ok(name.to_owned());
    }
    Err(Failure::usage(format!(
        "--package {name:?} is no package name: use lower-case letters, digits, - and _, a \
         letter first, and no word of Rust"
    )))
}

/// A path that a manifest can hold as it stands.
fn folder(path: &Path) -> Result<String, Failure> {
    let text = path.to_str().filter(|text| {
        let odd = |c: char| c.is_control() || "\"\\".contains(c);
        !text.is_empty() && !text.contains(odd)
    });
    text.map(str::to_owned).ok_or_else(|| {
        Failure::usage(format!(
            "--runtime {}: name the folder without quotes, backslashes and control characters",
            path.display()
        ))
    })
}
