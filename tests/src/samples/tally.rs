//! What became of many samples, counted by reason, with each failure on a line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Verdict;

/// The counts of one kind of samples.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How many fit to the letter.
    pub exact: usize,
    /// How many fit as clients read them, by what was forgiven.
    pub forgiven: BTreeMap<&'static str, usize>,
    /// How many cannot be read, by reason.
    pub unclean: BTreeMap<&'static str, usize>,
    /// How many do not fit, by reason.
    pub fails: BTreeMap<&'static str, usize>,
    /// Each sample that does not fit or cannot be read: where, and why.
    pub lines: Vec<String>,
}

impl Tally {
    /// Counts one sample; `place` names it.
    pub fn add(&mut self, verdict: &Verdict, place: impl FnOnce() -> String) {
        let (counts, kind, why) = match verdict {
            Verdict::Exact => {
                self.exact += 1;
                return;
            }
            Verdict::Forgiven(kind) => {
                *self.forgiven.entry(kind).or_default() += 1;
                return;
            }
            Verdict::Unclean(kind, why) => (&mut self.unclean, kind, why),
            Verdict::Fails(kind, why) => (&mut self.fails, kind, why),
        };
        *counts.entry(kind).or_default() += 1;
        let colon = if why.is_empty() { "" } else { ": " };
        self.lines.push(format!("{}: {kind}{colon}{why}", place()));
    }

    /// Adds what another one counted.
    pub fn merge(&mut self, other: Self) {
        self.exact += other.exact;
        for (ours, theirs) in [
            (&mut self.forgiven, other.forgiven),
            (&mut self.unclean, other.unclean),
            (&mut self.fails, other.fails),
        ] {
            for (kind, count) in theirs {
                *ours.entry(kind).or_default() += count;
            }
        }
        self.lines.extend(other.lines);
    }

    /// How many fit.
    pub fn fit(&self) -> usize {
        self.exact + self.forgiven.values().sum::<usize>()
    }

    /// How many were held against the types.
    pub fn clean(&self) -> usize {
        self.fit() + self.fails.values().sum::<usize>()
    }

    /// How many there are.
    pub fn all(&self) -> usize {
        self.clean() + self.unclean.values().sum::<usize>()
    }

    /// The counts as lines for people; nothing where there are no samples.
    pub fn text(&self, title: &str) -> String {
        let mut text = String::new();
        if self.all() == 0 {
            return text;
        }
        let share = 100.0 * as_float(self.fit()) / as_float(self.clean().max(1));
        let (fit, clean) = (self.fit(), self.clean());
        let _ = writeln!(text, "{title}: {fit} of {clean} fit ({share:.2} %)");
        let mut row = |what: &str, counts: &BTreeMap<&str, usize>| {
            for (kind, count) in counts {
                let _ = writeln!(text, "{count:>8}  {what}: {kind}");
            }
        };
        row("fit", &self.forgiven);
        row("do not fit", &self.fails);
        row("left out", &self.unclean);
        text
    }
}

#[allow(clippy::cast_precision_loss)] // counts of samples are small
fn as_float(count: usize) -> f64 {
    count as f64
}
