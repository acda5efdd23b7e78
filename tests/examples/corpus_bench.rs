//! What a whole cloud costs: CPU time, time and memory of reading its metadata bare, of the
//! import, the check, a first generation, one without a change, and one after one change.
//!
//!     cargo run --release -p yunspec-tests --example corpus_bench -- tencent SOURCE
//!
//! Without a source it makes a corpus of its own. Each stage is a process of its own; CPU
//! time is user and system time of that process, as Linux counts it.

mod corpus_bench {
    pub(crate) mod metadata;
    pub(crate) mod process;
}

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use corpus_bench::process::{Cost, median};
use corpus_bench::{metadata, process};

/// How often each stage runs; the median counts.
const RUNS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    match arguments.get(1).and_then(|first| first.to_str()) {
        Some("stage-parse") => match metadata::parse(Path::new(&arguments[2])) {
            Ok(files) => {
                println!("{files} files");
                ExitCode::SUCCESS
            }
            Err(error) => fail(&error),
        },
        Some("stage-yunspec") => yunspec::commands::run(arguments[1..].iter().cloned()),
        cloud => {
            let cloud = cloud.unwrap_or("tencent");
            match bench(cloud, arguments.get(2).map(PathBuf::from)) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => fail(&error),
            }
        }
    }
}

fn fail(error: &io::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(3)
}

fn bench(cloud: &str, source: Option<PathBuf>) -> io::Result<()> {
    let work = tempfile::tempdir()?;
    let source = match source {
        Some(source) => source,
        None => metadata::write(&work.path().join("source"))?,
    };
    let (specs, out) = (work.path().join("specs"), work.path().join("crate"));
    let yunspec = |line: &[&Path]| {
        let line = line.iter().map(|part| part.as_os_str());
        process::run(
            [std::ffi::OsStr::new("stage-yunspec")]
                .into_iter()
                .chain(line),
        )
    };
    let path = Path::new;
    let generate: [&Path; 5] = [
        path("generate"),
        path("--specs"),
        &specs,
        path("--out"),
        &out,
    ];

    let bare = several(|| process::run([path("stage-parse"), &source]), || Ok(()))?;
    let import = yunspec(&[path("import"), path(cloud), &source, path("--out"), &specs])?;
    let operations = operations(&specs)?;
    let check = several(
        || yunspec(&[path("check"), path("--specs"), &specs]),
        || Ok(()),
    )?;
    let first = several(|| yunspec(&generate), || aside(&out))?;
    let unchanged = several(|| yunspec(&generate), || Ok(()))?;
    let changed = several(|| yunspec(&generate), || touch(&specs))?;

    println!(
        "{} operations; medians of {RUNS} runs; CPU is user and system time\n",
        operations.len()
    );
    println!(
        "| stage | CPU s | time s | peak MB | times bare | CPU ms an operation |\n\
         |---|---|---|---|---|---|"
    );
    let rows = [
        ("serde_json, bare", &bare),
        ("import", &import),
        ("check", &check),
        ("generate, all", &first),
        ("generate, unchanged", &unchanged),
        ("generate, one change", &changed),
    ];
    for (name, cost) in rows {
        let each = cost.cpu * 1_000.0 / count(operations.len());
        println!(
            "| {name} | {:.2} | {:.2} | {:.0} | {:.1} | {each:.3} |",
            cost.cpu,
            cost.time,
            cost.peak,
            cost.cpu / bare.cpu,
        );
    }
    println!(
        "\nunchanged / all: CPU {:.3}, time {:.3}; one change / all: CPU {:.3}, time {:.3}",
        unchanged.cpu / first.cpu,
        unchanged.time / first.time,
        changed.cpu / first.cpu,
        changed.time / first.time,
    );
    Ok(())
}

fn several(
    run: impl Fn() -> io::Result<Cost>,
    before: impl Fn() -> io::Result<()>,
) -> io::Result<Cost> {
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        before()?;
        costs.push(run()?);
    }
    Ok(median(&costs))
}

/// Moves a crate out of the way. It is not removed: for minutes after that, some file
/// systems search long for each new file, and the next run would pay for it.
fn aside(out: &Path) -> io::Result<()> {
    let mut names = (1..).map(|number| out.with_extension(number.to_string()));
    let free = names.find(|path| !path.exists());
    match free.map_or(Ok(()), |free| fs::rename(out, free)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Every operation's file, in name order.
fn operations(specs: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = metadata::files(specs)?;
    files.retain(|file| {
        let name = file
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        Path::new(name).extension().is_some_and(|end| end == "yaml")
            && name.starts_with(|c: char| c.is_ascii_uppercase())
    });
    Ok(files)
}

/// Changes the summary of the operation in the middle.
fn touch(specs: &Path) -> io::Result<()> {
    let files = operations(specs)?;
    let file = files.get(files.len() / 2).ok_or(io::ErrorKind::NotFound)?;
    let text = fs::read_to_string(file)?;
    let changed = text.replacen("\nsummary: ", "\nsummary: Very ", 1);
    if changed == text {
        return Err(io::Error::other(format!(
            "{} has no summary to change",
            file.display()
        )));
    }
    fs::write(file, changed)
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}
