//! Published samples, held against the types: those that stand here, with the compiled types
//! beside the model, and those of the providers where they lie beside the workspace.
//! `BLESS=1` writes the goldens anew.

use std::fs;
use std::path::{Path, PathBuf};

use yunspec::model::{Model, Provider, Service};
use yunspec::{lower, page, resolve};
use yunspec_runtime::Protocol;
use yunspec_tests::samples::program::{self, Program};
use yunspec_tests::samples::{Sample, judge, tencent};

// The table names the generated crate; here it is this one.
extern crate self as yun_sdk;
pub use yunspec_runtime as runtime;
pub use yunspec_runtime::{Binary, Credentials, Json, Operation, Secret, Timestamp};

mod samples {
    mod corpus;
}

/// The generated service.
#[allow(ambiguous_glob_reexports, clippy::pedantic)]
#[path = "samples/generated/src/nimbus"]
pub mod nimbus {
    pub mod store;
}

#[path = "src/samples/program/proof.rs"]
pub mod proof;

#[rustfmt::skip]
#[path = "samples/table.rs"]
pub mod table;

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples")
        .join(name)
}

/// The specs of this folder.
fn model() -> Model {
    resolve(&here("specs")).expect("the specs have no errors")
}

fn store(model: &Model) -> (&Provider, &Service) {
    let provider = &model.providers[0];
    (provider, &provider.services[0])
}

fn published() -> Vec<Sample> {
    tencent::read(&here("examples.json")).expect("the samples are there")
}

/// The program of the samples of this folder, of which the table is a part of this test.
fn program(model: &Model) -> Program {
    let (provider, service) = store(model);
    let crates = lower::lower(model).expect("the names do not collide");
    let modules = crates.modules.iter().filter(|module| {
        module.path.starts_with("src")
            && module.service.as_deref() == Some("nimbus/store")
    });
    let modules: Vec<_> = modules.collect();
    program::write(provider, service, &modules, &published())
}

/// Holds a text against a golden file, or writes it.
fn golden(name: &str, text: &str) {
    let file = here(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, text).expect("writable");
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        there == text,
        "{name}: set BLESS=1 where this is right:\n{text}"
    );
}

#[test]
fn every_kind_of_fault_is_told_with_its_place() {
    let model = model();
    let (provider, service) = store(&model);
    let verdicts = judge::judge(provider, service, Protocol::TC3_JSON, &published());
    let lists = [&verdicts.responses, &verdicts.bodies, &verdicts.addresses];
    let lines = lists.iter().flat_map(|tally| &tally.lines);
    let lines: Vec<_> = lines.chain(&verdicts.strays).cloned().collect();
    golden(
        "verdicts.txt",
        &format!("{}{}\n", verdicts.text(), lines.join("\n")),
    );
}

#[test]
fn the_compiled_types_say_what_the_model_says() {
    let model = model();
    let (_, service) = store(&model);
    let pages = yunspec::generate(&here("specs")).expect("the specs have no errors");
    let generated = here("generated");
    if std::env::var_os("BLESS").is_some() {
        page::write(&generated, &pages, &[]).expect("the disk takes it");
    }
    let difference =
        page::compare(&generated, &pages, &[]).expect("the files can be read");
    assert!(
        difference.is_empty(),
        "set BLESS=1 where this is right: {difference:#?}"
    );
    let program = program(&model);
    golden("table.rs", &program.table);
    assert!(program.unwritten.is_empty(), "{:#?}", program.unwritten);
    let answers = proof::answers(&program.input()).expect("every operation has a row");
    let by_model =
        |name: &str, body: &str| judge::wrong(service, Protocol::TC3_JSON, name, body);
    let found = program.differences(&answers, &proof::requests(), by_model);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!((answers.len(), program.requests.len()), (9, 4));
}

#[test]
fn a_difference_between_types_and_model_is_found() {
    let model = model();
    let program = program(&model);
    let (answers, mut requests) = (vec![String::new(); 9], proof::requests());
    requests[1] = Ok("{}".to_owned());
    let found = program.differences(&answers, &requests, |_, _| "wrong".to_owned());
    assert_eq!(found.len(), 10, "{found:#?}");
    let found = program.differences(&[], &requests, |_, _| String::new());
    assert_eq!(found, ["only 0 answers, 4 requests"]);
}
