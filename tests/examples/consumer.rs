//! What one operation costs a consumer, beside a program of bare reqwest and serde, and what
//! operations cost that nobody calls.
//!
//! `cargo run --release -p yunspec-tests --example consumer`: builds four programs from
//! nothing, one after the other: the bare one, two with a crate of the one operation that they
//! call, and one with a crate of all operations of `specs/`.

use std::collections::BTreeSet;
use std::fs;
use std::io::Result;
use std::path::Path;

use yunspec_tests::consumer::{BARE, KEYS, PROGRAM, Workspace};
use yunspec_tests::usage;

/// What every program needs, with the features that the runtime asks for.
const BOTH: &str = "tokio = { version = \"1\", features = [\"macros\", \"rt\"] }";
const ALONE: &str = "\
reqwest = { version = \"0.13\", default-features = false, features = [\"json\", \"rustls-no-provider\"] }
rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"";
const OURS: &str = "cloud = { path = \"../cloud\" }";

struct Cost {
    crates: usize,
    cpu: f64,
    bytes: u64,
}

fn main() -> Result<()> {
    let one = ["tencent/cam/UpdateUser"];
    let bare = cost("bare reqwest and serde", &one, BARE, ALONE)?;
    let keys = cost("one operation, keys given", &one, KEYS, OURS)?;
    let ours = cost("one operation, keys looked for", &one, PROGRAM, OURS)?;
    let all = cost("all of specs/, one called", &[], PROGRAM, OURS)?;
    for (name, one) in [("given", &keys), ("looked for", &ours)] {
        println!(
            "one operation, keys {name}: {:.2} of the bare program's CPU, {:+.1} KB of binary",
            one.cpu / bare.cpu,
            kilobytes(one.bytes, bare.bytes),
        );
    }
    println!(
        "operations that nobody calls: {:+.2} % of binary",
        kilobytes(all.bytes, ours.bytes) * 1000.0 / as_float(ours.bytes) * 100.0,
    );
    Ok(())
}

/// Builds a program from nothing, in release mode.
fn cost(name: &str, only: &[&str], program: &str, dependencies: &str) -> Result<Cost> {
    let workspace = Workspace::new(only, program, &format!("{dependencies}\n{BOTH}"));
    let tree = [
        "tree",
        "--package",
        "shop",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
    ];
    let tree = workspace.cargo(&tree).output()?;
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    let crates: BTreeSet<&str> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    let before = usage::children();
    let built = workspace
        .cargo(&["build", "--release", "--quiet", "--package", "shop"])
        .arg("--target-dir")
        .arg(workspace.path("target"))
        .status()?;
    assert!(built.success(), "{name} does not build");
    let cost = Cost {
        crates: crates.len(),
        cpu: usage::children() - before,
        bytes: size(&workspace.path("target/release/shop"))?,
    };
    println!(
        "{name}: {} crates, {:.1} s CPU, {:.1} KB",
        cost.crates,
        cost.cpu,
        as_float(cost.bytes) / 1000.0
    );
    Ok(cost)
}

fn size(file: &Path) -> Result<u64> {
    Ok(fs::metadata(file)?.len())
}

fn kilobytes(one: u64, other: u64) -> f64 {
    (as_float(one) - as_float(other)) / 1000.0
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a file is smaller than 2^52 bytes"
)]
fn as_float(bytes: u64) -> f64 {
    bytes as f64
}
