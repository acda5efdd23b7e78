//! The kinds of changes: what `yunspec explain` prints about each.

use serde::{Serialize, Serializer};

use super::{Bump, Verdict, rules};

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable id: `request-max-length-decreased`.
    pub id: &'static str,
    /// What it is about.
    pub group: Group,
    /// The id that the reversed change has; its own where that is the same kind.
    pub dual: &'static str,
    /// The usual verdict on the wire; a change may say otherwise.
    pub wire: Verdict,
    /// The usual verdict on behaviour; a change may say otherwise. There is none on source:
    /// that is computed.
    pub behaviour: Verdict,
    /// The bump where all verdicts are none: `patch` where a text of the crate changes.
    pub floor: Bump,
    /// What happened, in one line.
    pub summary: &'static str,
    /// What that means to callers.
    pub why: &'static str,
    /// What to do about it.
    pub mend: &'static str,
    /// The lines before and after.
    pub example: &'static str,
}

/// What a kind of change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Providers and services.
    Service,
    /// Hosts and regions.
    Endpoint,
    /// Operations as a whole.
    Operation,
    /// What is sent.
    Request,
    /// The rules that are checked before sending.
    Constraint,
    /// Known values.
    Enum,
    /// What comes back.
    Response,
    /// Error codes.
    Error,
    /// Names and shapes of Rust items.
    Structure,
    /// Texts and evidence.
    Documentation,
    /// Releases and acknowledgements.
    Gate,
}

impl Group {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Endpoint => "endpoint",
            Self::Operation => "operation",
            Self::Request => "request",
            Self::Constraint => "constraint",
            Self::Enum => "enum",
            Self::Response => "response",
            Self::Error => "error",
            Self::Structure => "structure",
            Self::Documentation => "documentation",
            Self::Gate => "gate",
        }
    }
}

impl Serialize for Rule {
    /// Its id.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

/// Every kind of change, by group.
pub fn rules() -> Vec<&'static Rule> {
    rules::ALL.concat()
}

/// The kind of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules::ALL
        .iter()
        .flat_map(|group| group.iter())
        .copied()
        .find(|rule| rule.id == id)
}

/// Declares the rules of one group, each as a static, and `RULES` with all of them: id, the
/// id of the reversed change, the usual verdicts on wire and behaviour, and the bump where
/// nothing else asks for one.
macro_rules! changes {
    ($group:ident; $($name:ident: $id:literal / $dual:literal, $wire:ident $behaviour:ident
      $floor:ident, $summary:literal, $why:literal, $mend:literal, $example:literal;)+) => {
        $(pub(crate) static $name: $crate::diff::Rule = $crate::diff::Rule {
            id: $id,
            group: $crate::diff::Group::$group,
            dual: $dual,
            wire: $crate::diff::Verdict::$wire,
            behaviour: $crate::diff::Verdict::$behaviour,
            floor: $crate::diff::Bump::$floor,
            summary: $summary,
            why: $why,
            mend: $mend,
            example: $example,
        };)+
        /// The rules of this group.
        pub(crate) static RULES: &[&$crate::diff::Rule] = &[$(&$name),+];
    };
}
pub(crate) use changes;
