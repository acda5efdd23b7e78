//! What a run comes to.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use yunspec_tests::chaos::Plan;

use crate::outcome::{Ending, Outcome};

/// How many wrong outcomes are shown.
const SHOWN: usize = 20;

/// The figures of one task, or of all.
#[derive(Default)]
pub(crate) struct Figures {
    endings: BTreeMap<Ending, u64>,
    /// The calls after which the connection is of no more use.
    pub(crate) broken: u64,
    /// The longest that a call took.
    pub(crate) slowest: Duration,
    /// Calls that did not end as they should, or with too many requests.
    pub(crate) wrong: Vec<String>,
    early: Option<u64>,
    late: Option<u64>,
    took: Duration,
}

impl Figures {
    /// Adds a call.
    pub(crate) fn note(&mut self, plan: &Plan, outcome: &Outcome, took: Duration) {
        *self.endings.entry(outcome.ending).or_default() += 1;
        self.broken += u64::from(plan.act.breaks());
        self.slowest = self.slowest.max(took);
        if !outcome.fits(plan) && self.wrong.len() < SHOWN {
            self.wrong
                .push(format!("{plan:?} after {took:?}: {outcome:?}"));
        }
    }

    /// Remembers the memory as it is now, to hold the end against it.
    pub(crate) fn remember(&mut self) {
        self.early = resident();
    }

    /// Adds what another task has.
    pub(crate) fn add(&mut self, other: Self) {
        for (ending, count) in other.endings {
            *self.endings.entry(ending).or_default() += count;
        }
        self.broken += other.broken;
        self.slowest = self.slowest.max(other.slowest);
        self.wrong.extend(other.wrong);
        self.wrong.truncate(SHOWN);
        self.early = self.early.or(other.early);
    }

    /// All calls are made.
    pub(crate) fn end(&mut self, took: Duration) {
        self.took = took;
        self.late = resident();
    }

    /// How many calls there were.
    pub(crate) fn calls(&self) -> u64 {
        self.endings.values().sum()
    }

    /// By how many bytes the process has grown since it remembered; none where the system does
    /// not say.
    pub(crate) fn growth(&self) -> Option<u64> {
        Some(self.late?.saturating_sub(self.early?))
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (calls, took, slowest) = (self.calls(), self.took, self.slowest);
        writeln!(f, "{calls} calls in {took:.1?}, the slowest {slowest:.3?}")?;
        let endings = self.endings.iter();
        let endings: Vec<_> = endings
            .map(|(ending, count)| format!("{ending:?} {count}"))
            .collect();
        writeln!(f, "{}", endings.join(", "))?;
        match (self.early, self.late) {
            (Some(early), Some(late)) => {
                let (early, late) = (early >> 10, late >> 10);
                write!(f, "{early} kB resident after a tenth, {late} kB at the end")
            }
            _ => f.write_str("the system does not say how much memory there is"),
        }
    }
}

/// The resident memory of this process in bytes, where the system has `/proc`.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes = line.trim().strip_suffix("kB")?.trim();
    kilobytes
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes << 10)
}
