//! A report as one JSON document, and the schema of that document.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Place, machine};
use crate::diff::{Change, Report, Severity, Side};

/// What `yunspec diff --format json` prints. Keys are only ever added; `version` changes
/// when one goes.
#[derive(Serialize, JsonSchema)]
struct Document<'a> {
    /// The version of this format.
    version: u32,
    /// The specs before.
    old: End<'a>,
    /// The specs after.
    new: End<'a>,
    /// What a release has to raise: `none`, `patch`, `minor` or `major`.
    bump: &'static str,
    /// How many changes there are.
    totals: Totals,
    /// The changes, by file, place and rule.
    changes: Vec<Finding<'a>>,
    /// What is wrong with acknowledgements and versions.
    gate: Vec<Gate<'a>>,
}

/// One of the two sides.
#[derive(Serialize, JsonSchema)]
struct End<'a> {
    /// What it is called: a folder, `git:v0.3.0`.
    label: &'a str,
    /// The version of the crate that was generated from it.
    version: Option<&'a str>,
}

/// How many changes there are; acknowledged ones are counted apart.
#[derive(Serialize, JsonSchema)]
struct Totals {
    /// Something breaks.
    errors: usize,
    /// Something may work differently.
    warnings: usize,
    /// Nothing that worked changes.
    infos: usize,
    /// Accepted by a reviewer.
    acknowledged: usize,
    /// What the gates found.
    gate: usize,
}

/// One change.
#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    /// The kind of change; `yunspec explain` tells about it.
    rule: &'static str,
    /// What the kind is about.
    group: &'static str,
    /// `error`, `warning` or `info`: the worst of the three verdicts.
    severity: &'static str,
    /// What happened, in one line.
    message: &'a str,
    /// The wire path.
    subject: &'a str,
    /// The operations that it reaches.
    operations: &'a [String],
    /// The value before; null where there was none.
    old: Option<&'a Value>,
    /// The value after; null where there is none.
    new: Option<&'a Value>,
    /// Where the old value stands.
    old_place: Option<Spot>,
    /// Where the new value stands.
    new_place: Option<Spot>,
    /// What an old client meets on the wire: `none`, `compatible`, `risky`, `breaking`.
    wire: &'static str,
    /// What the compiler says to code for the old crate; the same words.
    source: &'static str,
    /// What behaves differently without either telling; the same words.
    behaviour: &'static str,
    /// The part of the version that it raises.
    bump: &'static str,
    /// `api-change`, `erratum`, `gap-resolved`, `documentation` or `naming`.
    cause: &'static str,
    /// What an acknowledgement names it by.
    fingerprint: &'a str,
    /// A value that was accepted and is refused now.
    refused: Option<&'a Value>,
    /// A value that was refused and is accepted now.
    admitted: Option<&'a Value>,
    /// What came or went with it.
    folded: &'a [String],
    /// The Rust items that it changes.
    items: Vec<Item<'a>>,
    /// What a reviewer said about it.
    acknowledged: Option<Acknowledged<'a>>,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
struct Spot {
    /// The file.
    file: String,
    /// The line, from 1; 0 where only the file is known.
    line: usize,
    /// The column in characters, from 1.
    column: usize,
    /// The key path.
    path: String,
}

/// A change of one Rust item.
#[derive(Serialize, JsonSchema)]
struct Item<'a> {
    /// Its path.
    path: &'a str,
    /// What it is.
    kind: &'static str,
    /// What the compiler makes of it: `none`, `compatible`, `risky`, `breaking`.
    verdict: &'static str,
    /// Its declaration before.
    old: Option<&'a str>,
    /// Its declaration after.
    new: Option<&'a str>,
}

/// What a reviewer said.
#[derive(Serialize, JsonSchema)]
struct Acknowledged<'a> {
    /// `api-change`, `erratum` or `accepted-risk`.
    kind: &'static str,
    /// Why it is accepted.
    reason: &'a str,
    /// Who accepted it.
    by: Option<&'a str>,
}

/// A finding of a gate.
#[derive(Serialize, JsonSchema)]
struct Gate<'a> {
    /// The kind of finding.
    rule: &'static str,
    /// What is wrong.
    message: &'a str,
    /// Where.
    place: Option<Spot>,
}

/// The report as JSON.
pub fn json(report: &Report<'_>) -> String {
    let totals = report.totals();
    let changes = report.changes.iter();
    let gate = report.gate.iter();
    machine::pretty(&Document {
        version: 1,
        old: end(report.old),
        new: end(report.new),
        bump: totals.bump.as_str(),
        totals: Totals {
            errors: totals.of(Severity::Error),
            warnings: totals.of(Severity::Warning),
            infos: totals.of(Severity::Info),
            acknowledged: totals.acknowledged,
            gate: totals.gate,
        },
        changes: changes.map(|change| finding(change, report)).collect(),
        gate: gate.map(|found| gate_finding(found, report)).collect(),
    })
}

/// The JSON Schema of what [`json`] writes.
pub fn schema() -> String {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let schema = settings
        .into_generator()
        .into_root_schema_for::<Document<'_>>();
    machine::pretty(&schema)
}

fn end(side: &Side) -> End<'_> {
    End {
        label: &side.label,
        version: side.version.as_deref(),
    }
}

fn finding<'a>(change: &'a Change, report: &Report<'_>) -> Finding<'a> {
    let place = |side: &Side, place: &Option<Place>| Some(spot(side, place.as_ref()?));
    let items = change.items.iter();
    Finding {
        rule: change.rule.id,
        group: change.rule.group.as_str(),
        severity: change.severity().as_str(),
        message: &change.message,
        subject: &change.subject,
        operations: &change.operations,
        old: change.old.as_ref(),
        new: change.new.as_ref(),
        old_place: place(report.old, &change.old_place),
        new_place: place(report.new, &change.new_place),
        wire: change.wire.as_str(),
        source: change.source.as_str(),
        behaviour: change.behaviour.as_str(),
        bump: change.bump().as_str(),
        cause: change.cause.as_str(),
        fingerprint: &change.fingerprint,
        refused: change.refused.as_ref(),
        admitted: change.admitted.as_ref(),
        folded: &change.folded,
        items: items
            .map(|item| Item {
                path: &item.path,
                kind: item.kind,
                verdict: item.effect.verdict().as_str(),
                old: item.old.as_deref(),
                new: item.new.as_deref(),
            })
            .collect(),
        acknowledged: change.acknowledged.as_ref().map(|given| Acknowledged {
            kind: given.kind.as_str(),
            reason: &given.reason,
            by: given.by.as_deref(),
        }),
    }
}

fn gate_finding<'a>(found: &'a Diagnostic, report: &Report<'_>) -> Gate<'a> {
    Gate {
        rule: found.rule,
        message: &found.message,
        place: (found.place.line > 0).then(|| spot(report.new, &found.place)),
    }
}

fn spot(side: &Side, place: &Place) -> Spot {
    Spot {
        file: side.shown(&place.file),
        line: place.line,
        column: place.column,
        path: place.path.to_string(),
    }
}
