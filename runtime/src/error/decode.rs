//! An answer that does not fit the spec.

use std::error::Error as StdError;
use std::fmt;

use super::{Line, tail};
use crate::decode::Mismatch;
use crate::pages::PagesProblem;
use crate::received::Received;

/// A success that cannot be read; the operation has most likely been carried out.
#[derive(Debug)]
#[non_exhaustive]
pub struct DecodeError {
    /// What is wrong with it.
    pub problem: DecodeProblem,
    /// The request id, where the answer has one.
    pub request_id: Option<String>,
    /// How many requests the call took.
    pub attempts: u32,
    /// The status, the headers and the first bytes.
    pub received: Received,
}

/// What is wrong with an answer; holds nothing of its content.
#[derive(Debug)]
#[non_exhaustive]
pub enum DecodeProblem {
    /// The body is empty, and the operation returns something.
    Empty,
    /// The body is no answer of this service: HTML, cut off, without an envelope.
    Syntax(String),
    /// The body is well-formed, but a member has another type.
    Mismatch(Mismatch),
    /// The answer is a page of a list, and the list does not end as it should.
    Pages(PagesProblem),
}

impl DecodeError {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.received.status()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            DecodeProblem::Empty => f.write_str("empty answer"),
            DecodeProblem::Syntax(why) => write!(f, "unreadable answer: {}", Line(why)),
            DecodeProblem::Mismatch(error) => write!(f, "unexpected answer: {error}"),
            DecodeProblem::Pages(problem) => write!(f, "unexpected page: {problem}"),
        }?;
        tail(f, self.status(), self.request_id.as_deref())
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.problem {
            DecodeProblem::Mismatch(error) => Some(error),
            DecodeProblem::Pages(problem) => Some(problem),
            DecodeProblem::Empty | DecodeProblem::Syntax(_) => None,
        }
    }
}
