//! The service said no.

use std::fmt;
use std::time::Duration;

use super::template::parameters;
use super::{Line, tail};
use crate::protocol::{Failure, Kind};
use crate::received::Received;
use crate::value::Json;
use crate::wire_enum::{NoCodes, WireEnum};

/// The service refused the call. `Debug` leaves out `details`, which may echo the request.
#[non_exhaustive]
pub struct ServiceError<E> {
    /// The code as the operation's page documents it, or as unknown.
    pub code: E,
    /// The code to the letter; empty where the answer has none.
    pub raw_code: String,
    /// The message to the letter; empty where the answer has none.
    pub message: String,
    /// The request id, by which the provider's support finds the call.
    pub request_id: Option<String>,
    /// What filled each `%s` of the documented message; empty where the message has none or
    /// reads otherwise.
    pub parameters: Vec<String>,
    /// The status, the headers and the first bytes.
    pub received: Received,
    /// What a caller can do about it.
    pub kind: Kind,
    /// How long to wait before the next attempt, where a header says so.
    pub retry_after: Option<Duration>,
    /// How many requests the call took.
    pub attempts: u32,
    /// The whole body; null where it is neither JSON nor XML.
    pub details: Json,
}

impl<E> ServiceError<E> {
    /// The HTTP status; some services refuse with 200.
    pub fn status(&self) -> u16 {
        self.received.status()
    }

    /// Whether the same call may succeed later: the service is busy or throttles.
    pub fn is_retryable(&self) -> bool {
        matches!(self.kind, Kind::Throttling | Kind::Transient)
    }
}

impl ServiceError<NoCodes> {
    pub(crate) fn new(failure: Failure, received: Received) -> Self {
        let raw_code = failure.code.unwrap_or_default();
        Self {
            code: NoCodes::from_text(&raw_code),
            raw_code,
            message: failure.message.unwrap_or_default(),
            request_id: failure.request_id,
            parameters: Vec::new(),
            received,
            kind: failure.kind,
            retry_after: failure.retry_after,
            attempts: 1,
            details: failure.details,
        }
    }

    pub(super) fn with_codes<E: WireEnum>(self) -> ServiceError<E> {
        let code = E::from_text(&self.raw_code);
        let template = code.template();
        ServiceError {
            parameters: template
                .map(|it| parameters(it, &self.message))
                .unwrap_or_default(),
            code,
            raw_code: self.raw_code,
            message: self.message,
            request_id: self.request_id,
            received: self.received,
            kind: self.kind,
            retry_after: self.retry_after,
            attempts: self.attempts,
            details: self.details,
        }
    }
}

impl<E> fmt::Display for ServiceError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.raw_code.as_str() {
            "" => f.write_str("refused without an error code"),
            code => Line(code).fmt(f),
        }?;
        if !self.message.is_empty() {
            write!(f, ": {}", Line(&self.message))?;
        }
        tail(f, self.status(), self.request_id.as_deref())
    }
}

impl<E: fmt::Debug> fmt::Debug for ServiceError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceError")
            .field("code", &self.code)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .field("parameters", &self.parameters)
            .field("kind", &self.kind)
            .field("retry_after", &self.retry_after)
            .field("attempts", &self.attempts)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Debug> std::error::Error for ServiceError<E> {}
