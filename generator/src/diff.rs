//! Model × model → changes, each with a verdict per axis: what an old client meets on the
//! wire, whether code that uses the crate still compiles, and what behaves differently.
//!
//! Things are matched by their names on the wire, never by order. The verdict on source is
//! no rule of thumb: both models are lowered, and the Rust items are compared.

use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::Place;

pub mod ack;
mod attribute;
mod bounds;
mod cause;
mod common;
mod compare;
mod constraint;
mod documents;
mod endpoint;
mod errors;
mod example;
pub mod fingerprint;
pub mod gate;
mod host;
pub mod inclusion;
mod item;
mod kit;
mod member;
mod operation;
mod optional;
mod order;
mod pairs;
mod pattern;
pub mod print;
pub mod report;
pub mod rule;
mod rules;
mod seat;
mod shape;
pub mod side;
mod structure;
mod symbol;
mod values;

pub use item::{Effect, ItemChange};
pub use report::Report;
pub use rule::{Group, Rule};
pub use side::Side;

/// What a change means on one axis, from harmless to harmful.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing changes.
    #[default]
    None,
    /// Something changes, and what worked goes on working.
    Compatible,
    /// What worked may work differently.
    Risky,
    /// What worked stops working.
    Breaking,
}

/// How much attention a change asks for: its worst verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing that worked changes.
    Info,
    /// Something may work differently.
    Warning,
    /// Something breaks.
    Error,
}

/// The part of the version that a release with the change has to raise.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// The crate stays as it is: no release is needed.
    #[default]
    None,
    /// `0.0.x`.
    Patch,
    /// `0.x.0`.
    Minor,
    /// `x.0.0`.
    Major,
}

/// Why a spec changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The API changed.
    ApiChange,
    /// The spec was wrong, and an erratum at the place says so.
    Erratum,
    /// Something that a gap said was not told is told now.
    GapResolved,
    /// Only texts and evidence.
    Documentation,
    /// Only names that the spec chooses for Rust.
    Naming,
}

/// One change between two sides.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Its kind; serialises as the id.
    pub rule: &'static Rule,
    /// What happened, in one line, with both values.
    pub message: String,
    /// The wire path, stable over commits: `provider/service/Operation/request/Name`.
    pub subject: String,
    /// The operations that it reaches, as `provider/service/Operation`, sorted.
    pub operations: Vec<String>,
    /// The value before; nothing where it was added.
    pub old: Option<Value>,
    /// The value after; nothing where it was removed.
    pub new: Option<Value>,
    /// Where the old value stands, inside the old specs folder.
    #[serde(skip)]
    pub old_place: Option<Place>,
    /// Where the new value stands, inside the new specs folder.
    #[serde(skip)]
    pub new_place: Option<Place>,
    /// What an old client meets when it talks to the cloud.
    pub wire: Verdict,
    /// What the compiler says to code that was written for the old crate.
    pub source: Verdict,
    /// What behaves differently without the compiler or the wire telling.
    pub behaviour: Verdict,
    /// Why the spec changed.
    pub cause: Cause,
    /// Twelve hexadecimal digits over rule, subject and both values; what an
    /// acknowledgement names.
    pub fingerprint: String,
    /// A value that the old rules accept and the new ones refuse.
    pub refused: Option<Value>,
    /// A value that the old rules refuse and the new ones accept.
    pub admitted: Option<Value>,
    /// What went or came with it, not listed one by one: `3 request parameters`.
    pub folded: Vec<String>,
    /// The Rust items that it changes.
    pub items: Vec<ItemChange>,
    /// The acknowledgement that names it.
    pub acknowledged: Option<Acknowledged>,
}

/// What an acknowledgement says about a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acknowledged {
    /// What kind of change it is, by the reviewer's word.
    pub kind: ack::Kind,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub by: Option<String>,
}

impl Verdict {
    /// `none`, `compatible`, `risky` or `breaking`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Compatible => "compatible",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        }
    }
}

impl Severity {
    /// `info`, `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Bump {
    /// `none`, `patch`, `minor` or `major`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Cause {
    /// `api-change`, `erratum`, `gap-resolved`, `documentation` or `naming`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ApiChange => "api-change",
            Self::Erratum => "erratum",
            Self::GapResolved => "gap-resolved",
            Self::Documentation => "documentation",
            Self::Naming => "naming",
        }
    }
}

impl Change {
    /// The worst of the three verdicts.
    pub fn verdict(&self) -> Verdict {
        self.wire.max(self.source).max(self.behaviour)
    }

    /// How much attention it asks for.
    pub fn severity(&self) -> Severity {
        match self.verdict() {
            Verdict::Breaking => Severity::Error,
            Verdict::Risky => Severity::Warning,
            Verdict::None | Verdict::Compatible => Severity::Info,
        }
    }

    /// The part of the version that it raises: a break on any axis the first, an item that
    /// is new or deprecated the second.
    pub fn bump(&self) -> Bump {
        match (self.verdict(), self.source) {
            (Verdict::Breaking, _) => Bump::Major,
            (_, Verdict::Compatible | Verdict::Risky) => Bump::Minor,
            _ if self.wire > Verdict::None || self.behaviour > Verdict::None => {
                Bump::Patch
            }
            _ => self.rule.floor,
        }
    }

    /// Where a reader looks first: the new place, else the old one.
    pub fn place(&self) -> Option<&Place> {
        self.new_place.as_ref().or(self.old_place.as_ref())
    }
}

/// Every change from `old` to `new`: by file, then by place, then by rule.
pub fn diff(old: &Side, new: &Side) -> Vec<Change> {
    let mut drafts = compare::models(old, new);
    attribute::source(old, new, &mut drafts);
    cause::tell(old, new, &mut drafts);
    let changes = drafts.into_iter().map(|draft| {
        let mut change = draft.change;
        change.fingerprint = fingerprint::of(&change);
        change
    });
    order::sort(changes.collect())
}
