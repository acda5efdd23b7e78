//! Waits until work is done that goes on after an answer: calls the operation that tells how
//! far it is, with a pause between two calls, and not for ever.

use std::fmt;
use std::time::Duration;

use tokio::time::sleep;

use crate::client::Client;
use crate::error::{Deadline, Error, TimeoutError};
use crate::operation::Operation;
use crate::received::Received;
use crate::response::Response;

/// A request that starts work which goes on after the answer.
pub trait Awaited: Operation {
    /// How often to ask about it.
    const POLLING: Polling;
    /// The request that asks how far it is.
    type Poll: Operation;
}

/// How often to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polling {
    /// The pause between two calls.
    pub interval: Duration,
    /// How many calls at most.
    pub attempts: u32,
}

/// Asks how far work is, until the caller sees that it is done.
#[must_use = "nothing is sent before `until`"]
pub struct Waiter<O> {
    client: Client,
    request: O,
    polling: Polling,
}

impl<O: Operation> Waiter<O> {
    /// Sets the pause between two calls.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.polling.interval = interval;
        self
    }

    /// Sets how many calls are made at most; one is made in any case.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.polling.attempts = attempts;
        self
    }

    /// Calls until `done` says so of an answer, and returns that answer. Which answers mean
    /// the end, failures among them, is the caller's to say.
    ///
    /// # Errors
    /// [`Error::Timeout`] where the last call finds it not done; else as of the call.
    pub async fn until(
        self,
        mut done: impl FnMut(&O::Response) -> bool,
    ) -> Result<Response<O::Response>, Error<O::Error>> {
        let Self {
            client,
            request,
            polling,
        } = self;
        client.validated(&request).map_err(Error::with_codes)?;
        let mut requests = 0;
        let mut left = polling.attempts.max(1);
        loop {
            left -= 1;
            let answer = client.exchange(&O::CALL, &request).await;
            let answer = answer.map_err(Error::with_codes)?;
            requests += answer.attempts;
            let received = (left == 0).then(|| Box::new(answer.received.clone()));
            let answer = answer.decode()?;
            if done(&answer) {
                return Ok(answer);
            }
            if received.is_some() {
                return Err(Error::Timeout(polling.over(requests, received)));
            }
            sleep(polling.interval).await;
        }
    }
}

impl Polling {
    /// A pause of so many milliseconds, and so many calls at most.
    pub const fn new(interval_ms: u32, attempts: u32) -> Self {
        Self {
            interval: Duration::from_millis(interval_ms as u64),
            attempts,
        }
    }

    fn over(self, requests: u32, received: Option<Box<Received>>) -> TimeoutError {
        let pauses = self.attempts.saturating_sub(1);
        TimeoutError {
            deadline: Deadline::Wait,
            limit: self.interval.saturating_mul(pauses),
            sent: true,
            attempts: requests,
            received,
        }
    }
}

impl<O> fmt::Debug for Waiter<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("polling", &self.polling)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Waits for the work that an operation starts, with the documented pauses. Sends nothing
    /// yet.
    pub fn waiter<O: Awaited>(&self, request: O::Poll) -> Waiter<O::Poll> {
        Waiter {
            client: self.clone(),
            request,
            polling: O::POLLING,
        }
    }
}
