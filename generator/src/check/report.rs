//! Collects findings; each gets its place, the text for its snippet, and the rule's advice.

use crate::diagnostic::{Diagnostic, KeyPath, Place, Rule};
use crate::load::node::Source;

/// The findings so far.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) findings: Vec<Diagnostic>,
}

/// A finding that was just added.
pub(crate) struct Added<'r>(&'r mut Diagnostic);

impl Report {
    /// A finding about a value.
    pub(crate) fn value(
        &mut self,
        rule: &'static Rule,
        source: &Source,
        path: &KeyPath,
        message: impl Into<String>,
    ) -> Added<'_> {
        self.add(rule, source, source.place(path), message.into())
    }

    /// A finding about a key.
    pub(crate) fn key(
        &mut self,
        rule: &'static Rule,
        source: &Source,
        path: &KeyPath,
        message: impl Into<String>,
    ) -> Added<'_> {
        self.add(rule, source, source.key_place(path), message.into())
    }

    fn add(
        &mut self,
        rule: &'static Rule,
        source: &Source,
        place: Place,
        message: String,
    ) -> Added<'_> {
        let finding = Diagnostic::new(rule, place, message);
        self.findings
            .push(finding.help(rule.mend).source(&source.text));
        let last = self.findings.len() - 1;
        Added(&mut self.findings[last])
    }
}

impl Added<'_> {
    /// Advice for this very case, in place of the rule's.
    pub(crate) fn help(self, help: impl Into<String>) {
        self.0.help = Some(help.into());
    }
}
