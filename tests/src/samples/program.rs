//! A program that holds the compiled types of one service against its samples.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value as Json, json};
use yunspec::model::{Provider, Service};
use yunspec::rust::{Item, Module};

use super::expression::Types;
use super::{Sample, Verdict, judge, request};

/// `src/main.rs`, the same in every program.
pub const MAIN: &str = include_str!("program/main.txt");
/// `src/proof.rs`, the same in every program.
pub const PROOF: &str = include_str!("program/proof.rs");

/// One sample: its operation, and its number there.
pub type Named = (String, usize);

/// The program of a service.
#[derive(Debug, Default)]
pub struct Program {
    /// `src/table.rs`: what is compiled for each operation and each request.
    pub table: String,
    /// The answers that it decodes.
    pub answers: Vec<(Named, String)>,
    /// The requests that it builds, with what has to come out.
    pub requests: Vec<(Named, Json)>,
    /// Samples that no Rust could be written for, each with the reason: a fault of ours.
    pub unwritten: Vec<String>,
}

/// Writes the program of a service; `modules` are its files.
pub fn write(
    provider: &Provider,
    service: &Service,
    modules: &[&Module],
    samples: &[Sample],
) -> Program {
    let operations = judge::by_name(service);
    let base = base(modules);
    let path = |module: &Module| format!("{base}::{}", stem(&module.path));
    let shared = modules.iter().find(|one| one.path.ends_with("types.rs"));
    let (mut program, mut table) = (Program::default(), Table::default());
    for (module, facts) in modules.iter().filter_map(|one| Some((*one, facts(one)?))) {
        let name = facts.name.as_str();
        let Some(operation) = operations.get(name) else {
            continue;
        };
        let own = path(module);
        let shared = shared.map(|module| (path(module), *module));
        let types = Types::new((own.clone(), module), shared);
        table.decoder(name, &format!("{own}::{}", facts.request));
        for sample in samples.iter().filter(|one| one.operation == name) {
            let named = (name.to_owned(), sample.number);
            if let Some(body) = &sample.response {
                program.answers.push((named.clone(), body.clone()));
            }
            let clean = sample.request.as_ref();
            let clean = clean.map(|sent| request::read(service, operation, sent));
            let Some(Ok(json)) = clean else { continue };
            match types.structure(&facts.request, &json) {
                Ok(built) => {
                    table.builder(program.requests.len(), &built);
                    program.requests.push((named, json));
                }
                Err(why) => {
                    let (provider, service) = (&provider.id, &service.id);
                    let place =
                        format!("{provider}/{service}/{name} request {}", named.1);
                    program.unwritten.push(format!("{place}: {why}"));
                }
            }
        }
    }
    program.table = table.text(&base);
    program
}

impl Program {
    /// What the program reads: a list of `[operation, body]`.
    pub fn input(&self) -> Json {
        let answers = self.answers.iter();
        answers
            .map(|((name, _), body)| json!([name, body]))
            .collect()
    }

    /// Where the compiled types and the model do not agree. `wrong` is what the program says
    /// of each answer, `built` of each request, `by_model` what the model says.
    pub fn differences(
        &self,
        wrong: &[String],
        built: &[Result<String, String>],
        by_model: impl Fn(&str, &str) -> String,
    ) -> Vec<String> {
        let (answers, requests) = (&self.answers, &self.requests);
        if wrong.len() != answers.len() || built.len() != requests.len() {
            let (answers, requests) = (wrong.len(), built.len());
            return vec![format!("only {answers} answers, {requests} requests")];
        }
        let mut found = Vec::new();
        for (((name, number), body), compiled) in answers.iter().zip(wrong) {
            let model = by_model(name, body);
            if model != *compiled {
                let both = format!("by the model {model:?}, compiled {compiled:?}");
                found.push(format!("{name} response {number}: {both}"));
            }
        }
        for (((name, number), sample), sent) in requests.iter().zip(built) {
            let verdict = sent
                .as_ref()
                .map(|body| request::compare(body.as_bytes(), sample));
            match verdict {
                Ok(Verdict::Exact) => {}
                other => found.push(format!("{name} request {number}: {other:?}")),
            }
        }
        found
    }
}

/// The file of a program that names the types.
#[derive(Default)]
struct Table {
    decoders: String,
    builders: String,
    functions: String,
}

impl Table {
    fn decoder(&mut self, operation: &str, request: &str) {
        let _ = writeln!(self.decoders, "    ({operation:?}, answer::<{request}>),");
    }

    fn builder(&mut self, index: usize, request: &str) {
        let _ = writeln!(self.builders, "    r{index},");
        let function = format!("\nfn r{index}() -> Sent {{\n    send(&{request})\n}}\n");
        self.functions.push_str(&function);
    }

    fn text(self, base: &str) -> String {
        let Self {
            decoders,
            builders,
            functions,
        } = self;
        format!(
            "//! What the samples of `{base}` are held against.\n\n\
             #![allow(clippy::all, clippy::pedantic, deprecated, unused_imports)]\n\n\
             use std::collections::BTreeMap;\n\n\
             use yun_sdk::runtime::Service;\n\n\
             use crate::proof::*;\n\n\
             /// The service.\n\
             pub static SERVICE: &Service = &{base}::SERVICE;\n\n\
             /// What decodes the answers of each operation.\n\
             pub const ANSWERS: &[(&str, Decoder)] = &[\n{decoders}];\n\n\
             /// What builds each request.\n\
             pub const REQUESTS: &[fn() -> Sent] = &[\n{builders}];\n\
             {functions}"
        )
    }
}

fn facts(module: &Module) -> Option<&yunspec::rust::Operation> {
    module.items.iter().find_map(|item| match item {
        Item::Operation(facts) => Some(facts),
        _ => None,
    })
}

/// The path of a service: `yun_sdk::provider::service`.
fn base(modules: &[&Module]) -> String {
    let folder = modules.iter().find_map(|module| module.path.parent());
    let names = folder.into_iter().flat_map(Path::iter).skip(1);
    let names = names.map(|name| format!("::{}", ident(&name.to_string_lossy())));
    format!("yun_sdk{}", names.collect::<String>())
}

fn stem(path: &Path) -> String {
    ident(&path.file_stem().unwrap_or_default().to_string_lossy())
}

/// A name, raw where it is a keyword.
fn ident(name: &str) -> String {
    let raw = syn::parse_str::<syn::Ident>(name).is_err();
    format!("{}{name}", if raw { "r#" } else { "" })
}
