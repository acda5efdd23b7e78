//! Collects findings; each gets its place, the text for its snippet, and the rule's advice.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, KeyPath, Place, Rule, Severity};
use crate::load::node::Source;

/// So many errors of one rule in one file are reported; more help nobody.
const MOST_ERRORS: usize = 100;

/// So many warnings: each of them may be answered.
const MOST_WARNINGS: usize = 1_000;

/// The findings so far.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) findings: Vec<Diagnostic>,
    counts: BTreeMap<(&'static str, PathBuf), usize>,
}

/// A finding that was just added, unless there are enough of its kind.
pub(crate) struct Added<'r>(Option<&'r mut Diagnostic>);

impl Report {
    /// A report that goes on from these findings.
    pub(crate) fn new(findings: Vec<Diagnostic>) -> Self {
        let counts = BTreeMap::new();
        Self { findings, counts }
    }

    /// A finding about a value.
    pub(crate) fn value(
        &mut self,
        rule: &'static Rule,
        source: &Source,
        path: &KeyPath,
        message: impl Into<String>,
    ) -> Added<'_> {
        self.add(rule, source, || source.place(path), message.into())
    }

    /// A finding about a key.
    pub(crate) fn key(
        &mut self,
        rule: &'static Rule,
        source: &Source,
        path: &KeyPath,
        message: impl Into<String>,
    ) -> Added<'_> {
        self.add(rule, source, || source.key_place(path), message.into())
    }

    /// Whether a further finding of this rule in this file would be left out.
    pub(crate) fn is_full(&self, rule: &'static Rule, source: &Source) -> bool {
        let count = self.counts.get(&(rule.id, source.file.clone()));
        count.is_some_and(|count| *count >= most(rule))
    }

    fn add(
        &mut self,
        rule: &'static Rule,
        source: &Source,
        place: impl FnOnce() -> Place,
        message: String,
    ) -> Added<'_> {
        let count = self.counts.entry((rule.id, source.file.clone()));
        let count = count.or_default();
        *count += 1;
        if *count > most(rule) {
            return Added(None);
        }
        let finding = Diagnostic::new(rule, place(), message);
        self.findings
            .push(finding.help(rule.mend).source(&source.text));
        Added(self.findings.last_mut())
    }
}

fn most(rule: &Rule) -> usize {
    match rule.severity {
        Severity::Error => MOST_ERRORS,
        Severity::Warning => MOST_WARNINGS,
    }
}

impl Added<'_> {
    /// Advice for this very case, in place of the rule's.
    pub(crate) fn help(self, help: impl Into<String>) {
        if let Some(finding) = self.0 {
            finding.help = Some(help.into());
        }
    }
}
