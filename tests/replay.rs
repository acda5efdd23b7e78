//! What the fuzzers have found interesting, or wrong: every input under `fuzz/corpus/` goes
//! once more through the function of its target.
//!
//! Prints `replay: N inputs of M targets`.

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use yunspec_tests::fuzz::{TARGETS, Target};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz")
        .join(name)
}

/// The files of a folder, in name order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    files.sort();
    files
}

/// How many inputs a target has, and those that it does not stand.
fn replay((name, call): Target) -> (usize, Vec<String>) {
    let inputs = files(&folder("corpus").join(name));
    assert!(!inputs.is_empty(), "no input for {name}");
    let fails = |path: &&PathBuf| {
        let data = fs::read(path).expect("an input can be read");
        catch_unwind(|| call(&data)).is_err()
    };
    let failed = inputs.iter().filter(fails);
    let failed = failed.map(|path| path.display().to_string()).collect();
    (inputs.len(), failed)
}

#[test]
fn every_input_holds() {
    let done: Vec<_> = std::thread::scope(|scope| {
        let threads = TARGETS.map(|target| scope.spawn(move || replay(target)));
        threads
            .map(|thread| thread.join().expect("its inputs are there"))
            .into()
    });
    let inputs: usize = done.iter().map(|(count, _)| count).sum();
    let failed: Vec<_> = done.into_iter().flat_map(|(_, failed)| failed).collect();
    println!("replay: {inputs} inputs of {} targets", TARGETS.len());
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn each_target_has_its_folder_and_its_fuzzer() {
    let names: BTreeSet<String> = TARGETS.map(|(name, _)| name.to_owned()).into();
    let stems = |folder_name| {
        let stem = |path: PathBuf| Some(path.file_stem()?.to_str()?.to_owned());
        let files = files(&folder(folder_name)).into_iter();
        files.filter_map(stem).collect::<BTreeSet<_>>()
    };
    assert_eq!(stems("corpus"), names);
    assert_eq!(stems("fuzz_targets"), names);
    let manifest = fs::read_to_string(folder("Cargo.toml")).expect("it is there");
    for name in &names {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        let file = folder("fuzz_targets").join(name).with_extension("rs");
        let text = fs::read_to_string(file).expect("it is there");
        assert!(text.contains(&format!("fuzz::{name}(")), "{name}");
    }
}
