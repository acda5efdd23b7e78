//! Proves a whole cloud: imports what its provider publishes, checks it, generates one crate
//! with a feature for each service, compiles each service alone, and holds the provider's own
//! samples against the types.
//!
//!     cargo run --release -p yunspec-tests --example corpus -- tencent SOURCE… --work DIR
//!
//! A run that is stopped goes on where it was: what compiled is kept in `DIR/results.jsonl`
//! until the source of the service, the runtime, the derives or the compiler change. Status
//! 1 where something fails, 2 for a wrong command line, 3 where the disk or cargo fails.

mod corpus {
    pub(crate) mod compile;
    pub(crate) mod crates;
    pub(crate) mod parallel;
    pub(crate) mod prove;
    pub(crate) mod results;
    pub(crate) mod specs;
    pub(crate) mod table;
}

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use corpus::compile::Builder;
use corpus::crates::Workspace;
use corpus::results::{Outcome, Results};
use corpus::specs::{Cloud, Specs};
use corpus::{prove, specs, table};

/// Imports, checks, generates and compiles all services of a cloud, and judges its samples.
#[derive(Debug, Parser)]
pub struct Arguments {
    /// Whose metadata it is.
    #[arg(value_enum)]
    cloud: Cloud,
    /// What `yunspec import` takes as its sources.
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Where specs, crate, results and build files go; some gigabytes for a whole cloud.
    #[arg(long, value_name = "DIR")]
    work: PathBuf,
    /// Only these services, by their name at the provider.
    #[arg(long, value_name = "SERVICE", value_delimiter = ',')]
    only: Vec<String>,
    /// How many services are compiled at once; as many as there are processors by default.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// What to do with the generated crate.
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "samples,compile"
    )]
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Judge all samples by the model.
    Samples,
    /// Check each service with the compiler, alone.
    Compile,
    /// Build a program for each service that judges the samples by the compiled types.
    Programs,
}

/// Why a run ends early.
#[derive(Debug)]
pub enum Stop {
    /// Something that should not be.
    Finding(String),
    /// The disk, or a program that does not run.
    Fault(String),
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(Stop::Finding(why)) => {
            eprintln!("error: {why}");
            ExitCode::from(1)
        }
        Err(Stop::Fault(why)) => {
            eprintln!("error: {why}");
            ExitCode::from(3)
        }
    }
}

/// Whether everything is as it should be.
fn run(arguments: &Arguments) -> Result<bool, Stop> {
    let does = |step| arguments.steps.contains(&step);
    let jobs = arguments
        .jobs
        .map_or_else(parallel_jobs, |jobs| jobs.max(1));
    let specs = Specs::import(
        arguments.cloud,
        &arguments.sources,
        &arguments.only,
        &arguments.work,
    )?;
    let crates = specs::lower(&specs.model)?;
    let mut fine = true;
    if does(Step::Samples) {
        prove::by_model(&specs, &arguments.work)?;
    }
    if !does(Step::Compile) && !does(Step::Programs) {
        return Ok(fine);
    }
    let workspace = Workspace::write(&arguments.work, &crates, jobs)?;
    let builder = Builder::new(&workspace, Results::open(&arguments.work)?)?;
    if does(Step::Compile) {
        let outcomes = builder.check_all()?;
        print!("{}", table::text("compiled", &outcomes));
        fine &= outcomes.iter().all(Outcome::is_fine);
    }
    if does(Step::Programs) {
        let outcomes = prove::by_programs(&specs, &crates, &builder)?;
        print!("{}", table::text("held against their samples", &outcomes));
        fine &= outcomes.iter().all(Outcome::is_fine);
    }
    Ok(fine)
}

fn parallel_jobs() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

impl Stop {
    /// A fault at a path.
    fn at(path: &std::path::Path, error: impl std::fmt::Display) -> Self {
        Self::Fault(format!("{}: {error}", path.display()))
    }
}
