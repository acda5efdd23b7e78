//! The time was up.

use std::fmt;
use std::time::Duration;

use crate::received::Received;

/// Which of the [`Timeouts`](crate::Timeouts) was over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Deadline {
    /// [`Timeouts::connect`](crate::Timeouts::connect).
    Connect,
    /// [`Timeouts::attempt`](crate::Timeouts::attempt).
    Attempt,
    /// [`Timeouts::call`](crate::Timeouts::call).
    Call,
    /// [`Timeouts::call`](crate::Timeouts::call), which would be over before the operation's
    /// documented limit of requests lets the call pass.
    RateLimit,
    /// The pauses between all calls of a [`Waiter`](crate::Waiter).
    Wait,
}

/// The time was up before the whole answer had come.
#[derive(Debug)]
#[non_exhaustive]
pub struct TimeoutError {
    /// Which limit was over.
    pub deadline: Deadline,
    /// The limit.
    pub limit: Duration,
    /// Whether the request may have reached the service.
    pub sent: bool,
    /// How many requests the call took.
    pub attempts: u32,
    /// What had come by then.
    pub received: Option<Box<Received>>,
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = self.limit;
        match self.deadline {
            Deadline::Connect => write!(f, "no connection within {limit:?}"),
            Deadline::Attempt => write!(f, "no whole answer within {limit:?}"),
            Deadline::Call => write!(f, "the call was not done within {limit:?}"),
            Deadline::RateLimit => write!(
                f,
                "the documented rate limit would hold the call back longer than {limit:?}; \
                 Config::rate_limit(false) turns the limit off"
            ),
            Deadline::Wait => write!(f, "the work was not done within {limit:?}"),
        }?;
        match (&self.received, self.sent) {
            (Some(received), _) => write!(f, " (HTTP {} had come)", received.status()),
            (None, true) => f.write_str(" (the request may have been sent)"),
            (None, false) => f.write_str(" (nothing was sent)"),
        }
    }
}

impl std::error::Error for TimeoutError {}
