//! Errata, gaps and notes answer warnings: `answers` names the rules, `at` the place.

use std::collections::BTreeSet;
use std::path::Path;

use super::at::Target;
use super::evidence::{Remarks, target};
use super::report::Report;
use crate::diagnostic::{Diagnostic, KeyPath, Severity, rules};
use crate::load::node::Source;
use crate::nearest::nearest;
use crate::schema;

rules! {
    "answers";
    UNKNOWN: Error "answer-unknown-rule",
        "An answer to a rule that does not exist",
        "It answers nothing.",
        "Mend the id; `yunspec explain --list` prints them all.",
        "answers: [example-maskd]";
    UNUSED: Error "answer-unused",
        "An answer that silences nothing",
        "The warning is gone, stands at another place, or is an error, which no answer \
         silences. A left-over answer would hide the next warning of its kind.",
        "Remove the rule from `answers`, or mend `at`: it has to be the place of the warning, \
         or one around it.",
        "notes:\n  - { at: request, note: …, answers: [example-masked] }";
}

/// Drops the warnings that the remarks of one file answer, and reports idle answers.
pub(super) fn apply(
    remarks: &Remarks<'_>,
    sources: &[(&Source, schema::Kind)],
    report: &mut Report,
) {
    let own = sources[0].0;
    let mut used = BTreeSet::new();
    let answers = collect(remarks);
    for answer in &answers {
        let (source, target) = target(answer.at, sources);
        let at = match target {
            Target::Present(at) | Target::Absent(at) => at,
            Target::Nowhere(..) => continue,
        };
        let whole = at.0.is_empty();
        let is_here = |file: &Path| {
            if whole {
                sources.iter().any(|(source, _)| source.file == file)
            } else {
                source.file == file
            }
        };
        let matches = |finding: &Diagnostic| {
            finding.rule == answer.rule
                && finding.severity == Severity::Warning
                && is_here(&finding.place.file)
                && at.holds(&finding.place.path)
        };
        let silenced = report
            .findings
            .iter()
            .enumerate()
            .filter(|(_, finding)| matches(finding));
        let silenced: Vec<usize> = silenced.map(|(index, _)| index).collect();
        if silenced.is_empty() {
            idle(answer, own, report);
        }
        used.extend(silenced);
    }
    if used.is_empty() {
        return;
    }
    let mut index = 0;
    report.findings.retain(|_| {
        index += 1;
        !used.contains(&(index - 1))
    });
}

struct Answer<'a> {
    rule: &'a str,
    at: &'a str,
    path: KeyPath,
}

fn collect<'a>(remarks: &Remarks<'a>) -> Vec<Answer<'a>> {
    let errata = remarks
        .errata
        .iter()
        .map(|one| (&one.at, &one.answers))
        .collect::<Vec<_>>();
    let gaps = remarks
        .gaps
        .iter()
        .map(|one| (&one.at, &one.answers))
        .collect();
    let notes = remarks
        .notes
        .iter()
        .map(|one| (&one.at, &one.answers))
        .collect();
    let mut answers = Vec::new();
    for (key, list) in [("errata", errata), ("gaps", gaps), ("notes", notes)] {
        for (index, (at, rules)) in list.into_iter().enumerate() {
            let path = KeyPath::default().key(key).item(index).key("answers");
            for (item, rule) in rules.iter().enumerate() {
                answers.push(Answer {
                    rule,
                    at,
                    path: path.item(item),
                });
            }
        }
    }
    answers
}

fn idle(answer: &Answer<'_>, source: &Source, report: &mut Report) {
    let rule = answer.rule;
    match super::rule(rule) {
        None => {
            let message = format!("there is no rule `{rule}`");
            let known = super::rules().into_iter().map(|rule| rule.id);
            let help = match nearest(rule, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => UNKNOWN.mend.to_owned(),
            };
            report
                .value(&UNKNOWN, source, &answer.path, message)
                .help(help);
        }
        Some(known) if known.severity == Severity::Error => {
            let message = format!("`{rule}` is an error: no answer silences it");
            report.value(&UNUSED, source, &answer.path, message);
        }
        Some(_) => {
            let message = format!("`{rule}` has no finding at `{}`", answer.at);
            report.value(&UNUSED, source, &answer.path, message);
        }
    }
}
