//! The provider's samples, held against the model and against the compiled types.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::Value as Json;
use yunspec::model::{Provider, Service};
use yunspec::rust::{Crate, Module};
use yunspec_tests::samples::judge::{self, Verdicts};
use yunspec_tests::samples::program::{self, Program};

use super::compile::{Builder, Built};
use super::crates::{Unit, digest, put};
use super::results::Outcome;
use super::specs::Specs;
use crate::Stop;

/// Judges all samples by the model; failures are listed in a file.
pub(crate) fn by_model(specs: &Specs, work: &Path) -> Result<(), Stop> {
    let start = Instant::now();
    let mut all = Verdicts::default();
    for (provider, service) in services(specs) {
        let samples = judge::published(&provider.id, &specs.sources, service);
        let samples = samples.map_err(Stop::Fault)?;
        all.merge(judge::judge(
            provider,
            service,
            protocol(service)?,
            &samples,
        ));
    }
    print!("{}", all.text());
    let lists = [&all.responses, &all.bodies, &all.addresses].map(|tally| &tally.lines);
    let mut lines: Vec<_> = lines_of(&lists).chain(all.strays.iter()).cloned().collect();
    lines.sort();
    let file = work.join("samples.txt");
    put(&file, &(lines.join("\n") + "\n"))?;
    println!(
        "judged by the model in {:.1} s; what does not fit is in {}",
        start.elapsed().as_secs_f64(),
        file.display()
    );
    Ok(())
}

fn lines_of<'l>(lists: &'l [&Vec<String>]) -> impl Iterator<Item = &'l String> {
    lists.iter().flat_map(|list| list.iter())
}

fn services(specs: &Specs) -> impl Iterator<Item = (&Provider, &Service)> {
    let providers = specs.model.providers.iter();
    providers.flat_map(|one| one.services.iter().map(move |service| (one, service)))
}

fn protocol(service: &Service) -> Result<yunspec_runtime::Protocol, Stop> {
    let unknown = || Stop::Finding(format!("{}: an unknown protocol", service.id));
    judge::protocol(service).ok_or_else(unknown)
}

/// Builds and runs a program for each service.
pub(crate) fn by_programs(
    specs: &Specs,
    crates: &Crate,
    builder: &Builder<'_>,
) -> Result<Vec<Outcome>, Stop> {
    let mut proofs = BTreeMap::new();
    for (provider, service) in services(specs) {
        let proof = Proof::write(specs, crates, provider, service)?;
        proofs.insert(format!("{}/{}", provider.id, service.id), proof);
    }
    let warm = ["build", "--package", "program-0"];
    let also = |unit: &Unit| proofs[&unit.id].digest();
    builder.all("programs", &warm, &also, |job, unit| {
        let built = proofs[&unit.id].run(builder, job, unit);
        builder.forget(job);
        built
    })
}

/// The program of one service.
struct Proof<'m> {
    service: &'m Service,
    protocol: yunspec_runtime::Protocol,
    program: Program,
}

impl<'m> Proof<'m> {
    fn write(
        specs: &Specs,
        crates: &Crate,
        provider: &Provider,
        service: &'m Service,
    ) -> Result<Self, Stop> {
        let samples = judge::published(&provider.id, &specs.sources, service);
        let samples = samples.map_err(Stop::Fault)?;
        let id = format!("{}/{}", provider.id, service.id);
        let modules = crates.modules.iter().filter(|module| {
            module.path.starts_with("src") && module.service.as_ref() == Some(&id)
        });
        let modules: Vec<&Module> = modules.collect();
        Ok(Self {
            service,
            protocol: protocol(service)?,
            program: program::write(provider, service, &modules, &samples),
        })
    }

    fn digest(&self) -> String {
        let input = self.program.input().to_string();
        digest(&[program::MAIN, program::PROOF, &self.program.table, &input])
    }

    fn run(&self, builder: &Builder<'_>, job: usize, unit: &Unit) -> Result<Built, Stop> {
        let program = &self.program;
        let mut built = build(builder, job, unit, program)?;
        let mut wrong = program.unwritten.clone();
        if built.errors == 0 {
            let (answers, requests) = run(builder, job, program)?;
            built.samples = answers.len() + requests.len();
            let by_model = |name: &str, body: &str| {
                judge::wrong(self.service, self.protocol, name, body)
            };
            wrong.extend(program.differences(&answers, &requests, by_model));
        }
        built.errors += wrong.len();
        built.text += &wrong.join("\n");
        Ok(built)
    }
}

/// Compiles the program of a service in the folder of a job.
fn build(
    builder: &Builder<'_>,
    job: usize,
    unit: &Unit,
    program: &Program,
) -> Result<Built, Stop> {
    let folder = builder.workspace.program(job);
    put(&folder.join("src/main.rs"), program::MAIN)?;
    put(&folder.join("src/proof.rs"), program::PROOF)?;
    put(&folder.join("src/table.rs"), &program.table)?;
    let package = format!("program-{job}");
    builder.cargo(
        job,
        &[
            "build",
            "--package",
            &package,
            "--jobs=1",
            "--features",
            &unit.feature,
        ],
    )
}

/// What a program says: what is wrong with each answer, and the body of each request.
type Said = (Vec<String>, Vec<Result<String, String>>);

/// What the program says of answers and requests.
fn run(builder: &Builder<'_>, job: usize, program: &Program) -> Result<Said, Stop> {
    let file = builder.workspace.program(job).join("answers.json");
    put(&file, &program.input().to_string())?;
    let folder = builder.workspace.target(job).join("debug");
    let binary = folder.join(format!("program-{job}{}", std::env::consts::EXE_SUFFIX));
    let output = Command::new(&binary).arg(&file).output();
    let output = output.map_err(|error| Stop::at(&binary, error))?;
    let (mut wrong, mut built) = (Vec::new(), Vec::new());
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let line: Json = serde_json::from_str(line).unwrap_or_default();
        let text = |json: &Json| json.as_str().map(str::to_owned);
        if let Some(text) = text(&line) {
            wrong.push(text);
        } else if let Some(body) = text(&line["body"]) {
            built.push(Ok(body));
        } else {
            built.push(Err(text(&line["why"]).unwrap_or_default()));
        }
    }
    Ok((wrong, built))
}
