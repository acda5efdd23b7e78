//! What happened to one Rust item.

use serde::Serialize;

use super::Verdict;

/// What the compiler makes of a change of one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// It no longer warns.
    Undeprecated,
    /// It is new.
    Added,
    /// It warns.
    Deprecated,
    /// It takes the same types in another order: calls compile and mean something else.
    Swapped,
    /// It has another type or signature.
    Changed,
    /// It is gone.
    Removed,
}

/// A change of one item that a consumer can name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ItemChange {
    /// Its path: `acme::store::put_book::PutBookRequest::new`.
    pub path: String,
    /// What it is: `field`, `setter`, `variant`, `method`, `impl`.
    pub kind: &'static str,
    /// What happened to it.
    pub effect: Effect,
    /// Its declaration before.
    pub old: Option<String>,
    /// Its declaration after.
    pub new: Option<String>,
}

impl Effect {
    /// The verdict on source.
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Undeprecated => Verdict::None,
            Self::Added | Self::Deprecated => Verdict::Compatible,
            Self::Swapped => Verdict::Risky,
            Self::Changed | Self::Removed => Verdict::Breaking,
        }
    }
}
