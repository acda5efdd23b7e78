//! Acknowledgements: `acknowledged.yaml` beside the specs, reviewed like code.
//!
//! An entry never hides a change: it takes it out of what fails. It is an error itself once
//! nothing answers to it, once it is past its time, or when it speaks of another change.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::rules::gate as rules;
use super::{Acknowledged, Cause, Change, Rule, Verdict, gate};
use crate::diagnostic::{Diagnostic, KeyPath, Severity};
use crate::load::node::Source;

/// The file `acknowledged.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub struct Acknowledgements(pub Vec<Acknowledgement>);

/// A change that a reviewer accepts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// The change's fingerprint: twelve hexadecimal digits.
    pub id: String,
    /// The change's kind.
    pub rule: String,
    /// The change's wire path: `provider/service/Operation/request/Name`.
    pub at: String,
    /// The value before; `absent` where there was none.
    pub old: Value,
    /// The value after; `absent` where there is none.
    pub new: Value,
    /// What kind of change it is.
    pub kind: Kind,
    /// Why it is accepted.
    pub reason: String,
    /// Where that can be checked.
    #[serde(default)]
    pub evidence: Option<String>,
    /// Who accepted it.
    #[serde(default)]
    pub by: Option<String>,
    /// The day after which it no longer holds.
    #[serde(default)]
    pub expires: Option<String>,
    /// The release after which it no longer holds.
    #[serde(default)]
    pub for_version: Option<String>,
}

/// What kind of change a reviewer takes it for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The API changed, and consumers have to follow.
    ApiChange,
    /// The spec was wrong: what it breaks never worked.
    Erratum,
    /// It is known what may break.
    AcceptedRisk,
}

impl Kind {
    /// `api-change`, `erratum` or `accepted-risk`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ApiChange => "api-change",
            Self::Erratum => "erratum",
            Self::AcceptedRisk => "accepted-risk",
        }
    }
}

/// The day and the release that entries are held against.
#[derive(Clone, Debug, Default)]
pub struct Now {
    /// Today, as `YYYY-MM-DD`.
    pub today: String,
    /// The version that was released last, where that is known.
    pub released: Option<String>,
    /// The one operation that is compared; entries about others have no say then.
    pub only: Option<String>,
}

/// Marks the changes that entries name. What is wrong with the entries comes back: none of
/// them counts then.
pub fn apply(
    entries: &[Acknowledgement],
    source: &Source,
    now: &Now,
    changes: &mut [Change],
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let apt = |entry: &Acknowledgement| match &now.only {
        None => true,
        Some(only) => entry
            .at
            .strip_prefix(only.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    };
    let entries = entries.iter().enumerate();
    for (index, entry) in entries.filter(|(_, entry)| apt(entry)) {
        let path = KeyPath::default().item(index);
        let mut fail = |rule: &'static Rule, key: &str, message: String| {
            findings.push(finding(rule, source, &path.key(key), message));
        };
        if let Some((key, message)) = expired(entry, now) {
            fail(&rules::EXPIRED, key, message);
            continue;
        }
        let named = changes
            .iter_mut()
            .find(|change| change.fingerprint == entry.id);
        let Some(change) = named else {
            let same = |change: &&mut Change| {
                change.rule.id == entry.rule && change.subject == entry.at
            };
            match changes.iter_mut().find(same) {
                Some(change) => fail(
                    &rules::MISMATCH,
                    "id",
                    format!(
                        "the change is `{}` now: its values are others",
                        change.fingerprint
                    ),
                ),
                None => fail(
                    &rules::UNUSED,
                    "id",
                    format!("no change has the fingerprint `{}`", entry.id),
                ),
            }
            continue;
        };
        if let Some((key, message)) = mismatch(entry, change) {
            fail(&rules::MISMATCH, key, message);
            continue;
        }
        accept(change, entry);
    }
    findings
}

fn accept(change: &mut Change, entry: &Acknowledgement) {
    change.acknowledged = Some(Acknowledged {
        kind: entry.kind,
        reason: entry.reason.clone(),
        by: entry.by.clone(),
    });
    if entry.kind == Kind::Erratum {
        change.cause = Cause::Erratum;
        change.wire = change.wire.min(Verdict::Compatible);
        change.behaviour = change.behaviour.min(Verdict::Compatible);
    }
}

fn expired(entry: &Acknowledgement, now: &Now) -> Option<(&'static str, String)> {
    if let Some(day) = &entry.expires {
        if !is_date(day) {
            return Some(("expires", format!("`{day}` is no date: write YYYY-MM-DD")));
        }
        if *day < now.today {
            return Some(("expires", format!("it held until {day}")));
        }
    }
    let (wanted, released) = entry.for_version.as_ref().zip(now.released.as_ref())?;
    let past = gate::numbers(released)? >= gate::numbers(wanted)?;
    past.then(|| ("for_version", format!("{released} is released already")))
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-').map(str::len);
    let digits = |char: char| char.is_ascii_digit() || char == '-';
    parts.by_ref().take(3).eq([4, 2, 2])
        && parts.next().is_none()
        && text.chars().all(digits)
}

/// Where an entry says something else than the change that it names.
fn mismatch(entry: &Acknowledgement, change: &Change) -> Option<(&'static str, String)> {
    let is = |key, found: &Value| {
        Some((
            key,
            format!("the change says {}", super::host::shown(found)),
        ))
    };
    if entry.rule != change.rule.id {
        return is("rule", &Value::from(change.rule.id));
    }
    if entry.at != change.subject {
        return is("at", &Value::from(change.subject.as_str()));
    }
    for (key, said, found) in [
        ("old", &entry.old, &change.old),
        ("new", &entry.new, &change.new),
    ] {
        let found = found.clone().unwrap_or_else(absent);
        if *said != found {
            return is(key, &found);
        }
    }
    None
}

fn absent() -> Value {
    Value::from("absent")
}

fn finding(
    rule: &'static Rule,
    source: &Source,
    path: &KeyPath,
    message: String,
) -> Diagnostic {
    Diagnostic {
        rule: rule.id,
        severity: Severity::Error,
        place: source.place(path),
        message,
        help: Some(rule.mend.to_owned()),
        source: Some(Arc::clone(&source.text)),
    }
}

/// The entry of a change, as a list item of YAML: texts in quotes, values as JSON.
pub fn entry(change: &Change, kind: Kind, reason: &str, by: Option<&str>) -> String {
    let value = |value: &Option<Value>| value.clone().unwrap_or_else(absent).to_string();
    let quoted = |text: &str| Value::from(text).to_string();
    let kind = kind.as_str();
    let mut text = format!(
        "- id: {}\n  rule: {}\n  at: {}\n  old: {}\n  new: {}\n  kind: {kind}\n  reason: {}\n",
        quoted(&change.fingerprint),
        change.rule.id,
        quoted(&change.subject),
        value(&change.old),
        value(&change.new),
        quoted(reason),
    );
    if let Some(by) = by {
        text.push_str(&format!("  by: {}\n", quoted(by)));
    }
    text
}
