//! What the template shows, in the order in which it shows it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::finding::Finding;
use crate::diagnostic::Diagnostic;
use crate::diff::print::words::{self, Part, Run, visible};
use crate::diff::{Change, Report, Side, rule};

/// The page.
#[derive(Serialize)]
pub(super) struct View {
    verdict: &'static str,
    need: &'static str,
    /// The level of the worst open change.
    worst: &'static str,
    old: End,
    new: End,
    tally: String,
    total: usize,
    axes: Vec<Row>,
    levels: Vec<Count>,
    gate: Vec<Gate>,
    providers: Vec<String>,
    operations: Vec<String>,
    groups: Vec<Group>,
    rules: Vec<Kind>,
}

#[derive(Serialize)]
struct End {
    label: String,
    version: Option<String>,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    cells: Vec<Count>,
}

#[derive(Serialize)]
struct Count {
    name: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct Gate {
    rule: &'static str,
    message: Vec<Run>,
    place: Option<String>,
    help: Option<Vec<Run>>,
}

/// The changes of one page, the worst first.
#[derive(Serialize)]
struct Group {
    name: String,
    /// The name in parts, between which a line may break.
    steps: Vec<String>,
    tally: String,
    worst: &'static str,
    findings: Vec<Finding>,
}

/// A kind of change that the page has, explained once.
#[derive(Serialize)]
struct Kind {
    id: &'static str,
    text: Vec<Run>,
}

impl View {
    pub(super) fn of(report: &Report<'_>) -> Self {
        let changes = &report.changes;
        let lists = Lists::of(changes);
        let open = changes.iter().filter(|one| one.acknowledged.is_none());
        let rows = words::AXES.map(|(name, axis)| Row {
            name,
            cells: std::iter::zip(
                ["breaking", "risky", "compatible"],
                words::on_axis(changes, axis),
            )
            .map(|(name, count)| Count { name, count })
            .collect(),
        });
        Self {
            verdict: words::verdict(report),
            need: words::need(report.totals().bump),
            worst: open.map(Part::level).min().map_or("", Part::as_str),
            old: end(report.old),
            new: end(report.new),
            tally: words::tally(&words::counts(changes)),
            total: changes.len(),
            axes: rows.into(),
            levels: levels(changes),
            gate: report
                .gate
                .iter()
                .map(|found| gate(report, found))
                .collect(),
            groups: groups(report, &lists),
            providers: lists.providers.into_keys().collect(),
            operations: lists.operations.into_keys().collect(),
            rules: kinds(report),
        }
    }
}

/// What the filter offers.
pub(super) struct Lists {
    providers: BTreeMap<String, usize>,
    operations: BTreeMap<String, usize>,
}

impl Lists {
    /// The number of a change's provider.
    pub(super) fn provider(&self, change: &Change) -> usize {
        self.providers
            .get(&provider(change))
            .copied()
            .unwrap_or_default()
    }

    /// The number of an operation.
    pub(super) fn operation(&self, name: &str) -> usize {
        self.operations
            .get(&visible(name))
            .copied()
            .unwrap_or_default()
    }

    fn of(changes: &[Change]) -> Self {
        let operations = changes.iter().flat_map(|change| &change.operations);
        Self {
            providers: numbered(changes.iter().map(provider).collect()),
            operations: numbered(operations.map(|name| visible(name)).collect()),
        }
    }
}

fn numbered(names: BTreeSet<String>) -> BTreeMap<String, usize> {
    std::iter::zip(names, 0..).collect()
}

fn provider(change: &Change) -> String {
    let name = change.subject.split('/').next().unwrap_or_default();
    visible(name)
}

fn end(side: &Side) -> End {
    End {
        label: visible(&side.label),
        version: side.version.as_deref().map(visible),
    }
}

fn levels(changes: &[Change]) -> Vec<Count> {
    let parts = Part::ALL
        .into_iter()
        .filter(|part| *part != Part::Acknowledged);
    let count = |part| {
        changes
            .iter()
            .filter(|one| Part::level(one) == part)
            .count()
    };
    parts
        .map(|part| Count {
            name: part.as_str(),
            count: count(part),
        })
        .collect()
}

/// The pages with their changes, those with the worst changes first.
fn groups(report: &Report<'_>, lists: &Lists) -> Vec<Group> {
    let mut pages: BTreeMap<String, Vec<&Change>> = BTreeMap::new();
    for change in &report.changes {
        pages.entry(words::page(change)).or_default().push(change);
    }
    let mut groups: Vec<(Part, Group)> = Vec::with_capacity(pages.len());
    for (name, mut changes) in pages {
        changes.sort_by_key(|change| Part::level(change));
        let worst = changes
            .first()
            .map_or(Part::Documentation, |one| Part::level(one));
        let findings = changes.iter().map(|one| Finding::of(report, one, lists));
        let name = visible(&name);
        let group = Group {
            steps: name.split_inclusive('/').map(str::to_owned).collect(),
            name,
            tally: words::tally(&words::counts(changes.iter().copied())),
            worst: worst.as_str(),
            findings: findings.collect(),
        };
        groups.push((worst, group));
    }
    groups.sort_by_key(|(worst, _)| *worst);
    groups.into_iter().map(|(_, group)| group).collect()
}

fn gate(report: &Report<'_>, found: &Diagnostic) -> Gate {
    let place = (found.place.line > 0).then(|| words::place(report.new, &found.place));
    Gate {
        rule: found.rule,
        message: words::runs(&found.message),
        place: place.map(|place| visible(&place)),
        help: found.help.as_deref().map(words::runs),
    }
}

/// Every kind of change that the page has, once.
fn kinds(report: &Report<'_>) -> Vec<Kind> {
    let changes = report.changes.iter().map(|change| change.rule.id);
    let ids = changes.chain(report.gate.iter().map(|found| found.rule));
    let ids: BTreeSet<&str> = ids.collect();
    ids.into_iter()
        .filter_map(rule::rule)
        .map(|rule| Kind {
            id: rule.id,
            text: words::runs(&[rule.summary, ". ", rule.why, " ", rule.mend].concat()),
        })
        .collect()
}
