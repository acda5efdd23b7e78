//! Runs this program again as one stage, and tells what that cost.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Linux tells CPU times in hundredths of a second.
const TICKS: f64 = 100.0;

/// What one run of a stage took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// User and system time, in seconds.
    pub(crate) cpu: f64,
    /// In seconds.
    pub(crate) time: f64,
    /// The most memory at once, in megabytes.
    pub(crate) peak: f64,
}

/// Runs a stage.
///
/// # Errors
/// Where it cannot run, and where it ends with a status other than 0 and 1.
pub(crate) fn run<A: AsRef<OsStr>>(
    line: impl IntoIterator<Item = A>,
) -> io::Result<Cost> {
    let before = children()?;
    let start = Instant::now();
    let mut child = Command::new(std::env::current_exe()?)
        .args(line)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        peak = memory(&status).unwrap_or(peak);
        sleep(Duration::from_millis(1));
    };
    let time = start.elapsed().as_secs_f64();
    match ended.code() {
        Some(0 | 1) => Ok(Cost {
            cpu: children()? - before,
            time,
            peak,
        }),
        _ => Err(io::Error::other(format!("a stage ended with {ended}"))),
    }
}

/// The median of each figure alone.
pub(crate) fn median(costs: &[Cost]) -> Cost {
    let middle = |figure: fn(&Cost) -> f64| {
        let mut figures: Vec<_> = costs.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied().unwrap_or_default()
    };
    Cost {
        cpu: middle(|cost| cost.cpu),
        time: middle(|cost| cost.time),
        peak: middle(|cost| cost.peak),
    }
}

/// CPU seconds of all processes that this one waited for.
fn children() -> io::Result<f64> {
    let text = fs::read_to_string("/proc/self/stat")?;
    // The program's name, in brackets, may hold blanks.
    let fields = text.rsplit(')').next().unwrap_or_default();
    let fields = fields.split_whitespace().skip(13).take(2);
    Ok(fields
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / TICKS)
}

/// The high-water mark of a process that runs, in megabytes.
fn memory(status: &str) -> Option<f64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1_024.0)
}
