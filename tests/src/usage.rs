//! What this process and those it waited for took from the machine, as Linux tells it.

use std::fs;

/// Linux counts CPU time in hundredths of a second, whatever the kernel's own clock.
const TICKS: f64 = 100.0;

/// CPU seconds of this process, all its threads, user and system.
pub fn own() -> f64 {
    cpu(11)
}

/// CPU seconds of the processes that this one started and waited for.
pub fn children() -> f64 {
    cpu(13)
}

/// The most memory that this process ever held, in bytes.
pub fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.map_or(0, |kilobytes: u64| kilobytes * 1024)
}

/// Two neighbouring fields of `/proc/self/stat`, counted behind the program's name; nothing
/// where the system is another one.
fn cpu(field: usize) -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    let fields = fields.split(' ').skip(field).take(2);
    let ticks = fields.filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS
}
