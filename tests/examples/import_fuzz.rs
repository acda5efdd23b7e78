//! Imports metadata that were changed at random: documents of a source, cut down to some
//! operations, mixed with those of other products and changed, a case for each seed.
//!
//!     cargo run --release -p yunspec-tests --example import_fuzz -- \
//!         tencent SOURCE --seconds 600 --seed 1
//!
//! Ends at the first case in which something does not hold, with status 1 and the command
//! that runs this case alone. With `--keep DIR` the documents of the last case stay in
//! `DIR/source`, what was imported before them in `DIR/before`, and what comes of them alone
//! in `DIR/specs`: with many operations and few changes
//! that is a source for the example `corpus`, which compiles it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use yunspec_tests::mutate::{Case, Cloud, Plan, Source, Verdict, judge, write};

/// A case that takes longer does not end.
const LONGEST: u64 = 120;

/// Imports metadata that were changed at random, and says what does not hold then.
#[derive(Debug, Parser)]
struct Arguments {
    /// Whose metadata it is.
    #[arg(value_enum)]
    cloud: Name,
    /// A source as `yunspec import` takes it.
    source: PathBuf,
    /// How long to go on.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// The seed of the first case; each further one has the next number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many cases at most.
    #[arg(long)]
    cases: Option<u64>,
    /// How many operations a service keeps, and how many it gets from others.
    #[arg(long, default_value_t = 8)]
    operations: usize,
    /// The most changes of a case.
    #[arg(long, default_value_t = 6)]
    changes: usize,
    /// Where the last case stays.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Go on after a find.
    #[arg(long)]
    all: bool,
    /// Say each seed before its case: the last one is that of a crash.
    #[arg(long)]
    tell: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Name {
    Alibaba,
    Huawei,
    Tencent,
}

impl Name {
    fn cloud(self) -> Cloud {
        match self {
            Self::Alibaba => Cloud::Alibaba,
            Self::Huawei => Cloud::Huawei,
            Self::Tencent => Cloud::Tencent,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::from(3)
        }
    }
}

/// How many cases failed.
fn run(arguments: &Arguments) -> Result<usize, String> {
    let source = Source::open(&arguments.source).map_err(|error| error.to_string())?;
    if source.is_empty() {
        return Err(format!("{}: no documents", arguments.source.display()));
    }
    let start = Instant::now();
    let begun: &'static AtomicU64 = Box::leak(Box::default());
    watch(start, begun);
    let (mut operations, mut failed, mut done) = (0, 0, 0);
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    let end = Duration::from_secs(arguments.seconds);
    let seeds = arguments.seed..;
    let most = arguments.cases.unwrap_or(u64::MAX);
    for (seed, _) in seeds.zip(0..most) {
        if start.elapsed() > end && done > 0 {
            break;
        }
        if arguments.tell {
            eprintln!("seed {seed}");
        }
        begun.store(start.elapsed().as_secs() + 1, Ordering::Relaxed);
        let (case, outcome) = one(arguments, &source, seed)?;
        begun.store(0, Ordering::Relaxed);
        done += 1;
        match outcome {
            Ok(verdict) => {
                operations += verdict.operations;
                for (rule, count) in verdict.warnings {
                    if arguments.tell {
                        eprintln!("  {rule}: {count}");
                    }
                    *warnings.entry(rule).or_default() += count;
                }
            }
            Err(why) => {
                failed += 1;
                tell(arguments, seed, &case, &why);
                if !arguments.all {
                    break;
                }
            }
        }
    }
    let seconds = start.elapsed().as_secs();
    println!("{done} cases in {seconds} s: {operations} operations, {failed} finds");
    for (rule, count) in warnings {
        println!("{count:>8}  {rule}");
    }
    Ok(failed)
}

/// Makes a case, keeps it where that is wanted, and judges it.
fn one(
    arguments: &Arguments,
    source: &Source,
    seed: u64,
) -> Result<(Case, Result<Verdict, String>), String> {
    let plan = Plan {
        operations: arguments.operations,
        changes: arguments.changes,
    };
    let case = Case::new(source, plan, seed).map_err(|error| error.to_string())?;
    let cloud = arguments.cloud.cloud();
    let outcome = judge(cloud, &case);
    if let Some(folder) = &arguments.keep {
        let keep = || {
            for inner in ["before", "source", "specs"] {
                if folder.join(inner).exists() {
                    fs::remove_dir_all(folder.join(inner))?;
                }
            }
            if let Some(before) = &case.before {
                write(before, &folder.join("before"))?;
            }
            write(&case.files, &folder.join("source"))
        };
        keep().map_err(|error| format!("{}: {error}", folder.display()))?;
        if outcome.is_ok() || arguments.cases == Some(1) {
            let specs = folder.join("specs");
            // What it says was judged already.
            let _ = cloud.import(&folder.join("source"), &specs, case.with_docs);
        }
    }
    Ok((case, outcome))
}

fn tell(arguments: &Arguments, seed: u64, case: &Case, why: &str) {
    let cloud = arguments.cloud.to_possible_value();
    let cloud = cloud.as_ref().map_or("", |name| name.get_name());
    let why: String = why.chars().take(2_000).collect();
    println!("seed {seed}, {}:", case.product);
    for change in &case.log {
        println!("  {change}");
    }
    println!("  {why}");
    println!(
        "again: cargo run --release -p yunspec-tests --example import_fuzz -- {cloud} {} \
         --operations {} --changes {} --cases 1 --keep DIR --seed {seed}",
        arguments.source.display(),
        arguments.operations,
        arguments.changes,
    );
}

/// Ends the program where a case does not end. `begun` is the second in which one began, and
/// one more.
fn watch(start: Instant, begun: &'static AtomicU64) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let second = begun.load(Ordering::Relaxed);
            if second > 0 && start.elapsed().as_secs() > second + LONGEST {
                eprintln!("error: a case does not end; --tell says which");
                std::process::exit(1);
            }
        }
    });
}
