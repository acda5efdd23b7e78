//! Everything that an output needs, whatever its format.

use std::collections::BTreeMap;

use super::{Bump, Change, Severity, Side};
use crate::diagnostic::Diagnostic;

/// A comparison with its changes, and what the gates say.
#[derive(Debug)]
pub struct Report<'s> {
    /// The specs before; their texts are there for excerpts.
    pub old: &'s Side,
    /// The specs after.
    pub new: &'s Side,
    /// The changes, in the order of [`super::diff`].
    pub changes: Vec<Change>,
    /// What is wrong with acknowledgements and versions; always errors.
    pub gate: Vec<Diagnostic>,
}

/// How many changes of each kind there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Changes that nobody acknowledged, by severity.
    pub open: BTreeMap<Severity, usize>,
    /// Changes that somebody acknowledged.
    pub acknowledged: usize,
    /// Findings of the gates.
    pub gate: usize,
    /// What the release has to raise; acknowledged changes count as well.
    pub bump: Bump,
}

impl Report<'_> {
    /// The totals.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals {
            gate: self.gate.len(),
            bump: bump(&self.changes),
            ..Totals::default()
        };
        for change in &self.changes {
            if change.acknowledged.is_some() {
                totals.acknowledged += 1;
            } else {
                *totals.open.entry(change.severity()).or_default() += 1;
            }
        }
        totals
    }

    /// Whether something at or above the threshold is open; a gate always is.
    pub fn fails(&self, threshold: Option<Severity>) -> bool {
        let open = |change: &Change| {
            change.acknowledged.is_none()
                && threshold.is_some_and(|threshold| change.severity() >= threshold)
        };
        !self.gate.is_empty() || self.changes.iter().any(open)
    }
}

impl Totals {
    /// How many open changes have this severity.
    pub fn of(&self, severity: Severity) -> usize {
        self.open.get(&severity).copied().unwrap_or_default()
    }
}

/// What a release with these changes has to raise.
pub fn bump(changes: &[Change]) -> Bump {
    changes.iter().map(Change::bump).max().unwrap_or_default()
}
