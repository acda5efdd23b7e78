//! How a call ended, and how it should have.

use yun_sdk::{Error, Response};
use yunspec_runtime::error::Deadline;
use yunspec_runtime::protocol::Kind;
use yunspec_runtime::transport::TransportError;
use yunspec_tests::chaos::{Act, Api, Plan};

/// The ways in which a call ends here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// A typed answer.
    Ok,
    /// A code that the page documents, or one of an operation without documented codes.
    Refused,
    /// The service has trouble.
    Unavailable,
    /// Too many requests.
    Throttled,
    /// An answer that does not fit the spec.
    Decode,
    /// The answer was lost.
    Broken,
    /// The answer is over the limit.
    TooLarge,
    /// The time of an attempt or of the call was up.
    Timeout,
    /// Nothing of this: always wrong.
    Other,
}

/// What the caller learns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) ending: Ending,
    attempts: u32,
    status: Option<u16>,
    request_id: Option<String>,
    /// The error's own line, for whoever reads a failed test.
    #[allow(dead_code, reason = "`Debug` shows it")]
    text: String,
}

impl Outcome {
    /// Reads a result; `is_documented` knows the code that the server sends.
    pub(crate) fn of<T, E>(
        result: &Result<Response<T>, Error<E>>,
        is_documented: impl Fn(&E) -> bool,
    ) -> Self {
        match result {
            Ok(response) => Self {
                ending: Ending::Ok,
                attempts: response.attempts(),
                status: Some(response.status()),
                request_id: response.request_id().map(str::to_owned),
                text: String::new(),
            },
            Err(error) => Self {
                ending: ending(error, is_documented),
                attempts: error.attempts(),
                status: error.status(),
                request_id: error.request_id().map(str::to_owned),
                text: error.to_string(),
            },
        }
    }

    /// Whether the caller learns what it should: the kind, how many requests it took, the
    /// status and the request id, which is the id of the user here.
    pub(crate) fn fits(&self, plan: &Plan) -> bool {
        let (ending, attempts, status) = expected(plan);
        let request_id = status.map(|_| plan.id());
        self.ending == ending
            && self.attempts == attempts
            && self.status == status
            && self.request_id == request_id
    }
}

fn ending<E>(error: &Error<E>, is_documented: impl Fn(&E) -> bool) -> Ending {
    match error {
        Error::Service(error) => match error.kind {
            Kind::Throttling => Ending::Throttled,
            Kind::Transient => Ending::Unavailable,
            _ if is_documented(&error.code) => Ending::Refused,
            _ => Ending::Other,
        },
        Error::Decode(_) => Ending::Decode,
        Error::Transport { error, .. } => match error {
            TransportError::Broken { .. } => Ending::Broken,
            TransportError::TooLarge { .. } => Ending::TooLarge,
            _ => Ending::Other,
        },
        Error::Timeout(error) => match error.deadline {
            Deadline::Attempt | Deadline::Call => Ending::Timeout,
            _ => Ending::Other,
        },
        _ => Ending::Other,
    }
}

/// How the call ends, after how many requests, and the status that the caller learns. None of
/// the operations may be repeated once it was sent, unless the service says that it did
/// nothing.
fn expected(plan: &Plan) -> (Ending, u32, Option<u16>) {
    match plan.act {
        Act::Answer => (Ending::Ok, 1, Some(200)),
        Act::Once429 => (Ending::Ok, 2, Some(200)),
        Act::Refuse => {
            let status = match plan.api {
                Api::Ram => 404,
                Api::Live | Api::Quickbi | Api::Workspace => 400,
                Api::Cam => 200,
            };
            (Ending::Refused, 1, Some(status))
        }
        Act::Html500 => (Ending::Unavailable, 1, Some(500)),
        Act::Html503 => (Ending::Unavailable, 1, Some(503)),
        Act::Html429 => (Ending::Throttled, 3, Some(429)),
        Act::Later429 => (Ending::Throttled, 1, Some(429)),
        Act::Html200 | Act::Bomb | Act::Deep | Act::Abyss | Act::Types => {
            (Ending::Decode, 1, Some(200))
        }
        Act::Huge | Act::Endless => (Ending::TooLarge, 1, Some(200)),
        Act::Truncate => (Ending::Broken, 1, Some(200)),
        Act::Header | Act::Headers | Act::Garbage | Act::HangUp | Act::Reset => {
            (Ending::Broken, 1, None)
        }
        Act::Drip | Act::Stall => (Ending::Timeout, 1, None),
    }
}
