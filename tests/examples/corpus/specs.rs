//! Metadata to specs to the generated crate, with a line for each step.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::ValueEnum;
use yunspec::diagnostic::Severity;
use yunspec::model::{Model, Operation};
use yunspec::rust::Crate;
use yunspec::{check, commands, load, lower};

use crate::Stop;

/// Whose metadata can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Cloud {
    /// Alibaba Cloud.
    Alibaba,
    /// Huawei Cloud.
    Huawei,
    /// Tencent Cloud.
    Tencent,
}

/// What was imported.
pub(crate) struct Specs {
    /// Where it comes from.
    pub(crate) sources: Vec<PathBuf>,
    /// What it means.
    pub(crate) model: Model,
}

impl Specs {
    /// Imports a cloud into the folder of work and holds it against all rules.
    pub(crate) fn import(
        cloud: Cloud,
        sources: &[PathBuf],
        only: &[String],
        work: &Path,
    ) -> Result<Self, Stop> {
        let specs = work.join("specs");
        let start = Instant::now();
        let name = cloud
            .to_possible_value()
            .map_or_else(String::new, |name| name.get_name().to_owned());
        let mut line = vec!["yunspec".into(), "import".into(), name.into()];
        line.extend(sources.iter().map(|source| source.clone().into_os_string()));
        line.extend(["--out".into(), specs.clone().into_os_string()]);
        if !only.is_empty() {
            line.extend(["--only".into(), only.join(",").into()]);
        }
        let status = commands::run(line);
        if format!("{status:?}") != format!("{:?}", ExitCode::SUCCESS) {
            return Err(Stop::Fault("the import failed".to_owned()));
        }
        println!("imported in {:.1} s", start.elapsed().as_secs_f64());
        let start = Instant::now();
        let loaded = load::read(&specs);
        let mut model = checked(&loaded, &specs)?;
        // The folder may hold more, from an earlier run.
        let wanted = |name: &String| only.is_empty() || only.contains(name);
        for provider in &mut model.providers {
            let services = &mut provider.services;
            services.retain(|one| wanted(&one.product) || wanted(&one.id));
        }
        println!("checked in {:.1} s", start.elapsed().as_secs_f64());
        tell_gated(&model);
        Ok(Self {
            sources: sources.to_vec(),
            model,
        })
    }
}

/// The model, with the findings counted by rule; errors end the run.
fn checked(loaded: &load::Loaded, specs: &Path) -> Result<Model, Stop> {
    let found = check::findings(loaded);
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found {
        *rules.entry(finding.rule).or_default() += 1;
    }
    for (rule, count) in rules {
        println!("{count:>8}  {rule}");
    }
    let errors = found
        .into_iter()
        .filter(|one| one.severity == Severity::Error);
    let errors: Vec<_> = errors.collect();
    if errors.is_empty() {
        return check::check(loaded).map_err(|_| {
            Stop::Fault("the check has errors that it does not report".to_owned())
        });
    }
    commands::report(&errors[..errors.len().min(10)], specs);
    Err(Stop::Finding(format!(
        "the check finds {} errors; the first are above",
        errors.len()
    )))
}

/// Says of how much nothing is generated.
fn tell_gated(model: &Model) {
    let services = model.providers.iter().flat_map(|one| &one.services);
    let gated = |one: &&Operation| one.gated.is_some();
    let counts = services.map(|one| {
        let count = one.operations.iter().filter(gated).count();
        (count, usize::from(count == one.operations.len()))
    });
    let (operations, wholly) =
        counts.fold((0, 0), |(a, b), (one, whole)| (a + one, b + whole));
    if operations > 0 {
        println!("{operations:>8}  operations are gated, {wholly} services wholly");
    }
}

/// The generated crate.
pub(crate) fn lower(model: &Model) -> Result<Crate, Stop> {
    lower::lower(model).map_err(|findings| {
        commands::report(&findings, Path::new("specs"));
        Stop::Finding("names collide in the generated crate".to_owned())
    })
}
