//! The samples that providers publish beside their metadata, as a proof of the types: read
//! strictly, decoded and rebuilt by the model; what does not fit is told with its reason.

pub mod alibaba;
pub mod expression;
mod json;
pub mod judge;
pub mod program;
pub mod request;
pub mod response;
pub mod tally;
pub mod tencent;
mod url;

pub use json::equal;

/// One published sample of an operation.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The operation, by its name on the wire.
    pub operation: String,
    /// Its number among the samples of the operation, from 1.
    pub number: usize,
    /// What is sent, where the sample tells.
    pub request: Option<Sent>,
    /// The body that comes back, where the sample tells.
    pub response: Option<String>,
}

/// A published request.
#[derive(Clone, Debug)]
pub enum Sent {
    /// A body that should be JSON.
    Body(String),
    /// An address with all members in its query.
    Address(String),
}

/// What became of one side of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It fits to the letter.
    Exact,
    /// It fits, as clients are to read it; what was forgiven.
    Forgiven(&'static str),
    /// It cannot be read, through no fault of the types: the kind, and what is wrong.
    Unclean(&'static str, String),
    /// It does not fit: the kind, and what is wrong.
    Fails(&'static str, String),
}
