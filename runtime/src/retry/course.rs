//! The attempts of one call, and what the calls of a client share.

use std::time::Duration;

use tokio::time::Instant;

use super::{Attempt, Budget, Cause, Retries, Verdict, decide, jitter};
use crate::error::Error;
use crate::operation::Retry;
use crate::protocol::Kind;
use crate::skew::{Moment, Skew};
use crate::stamp::Stamp;
use crate::wire_enum::NoCodes;

/// What a client and its clones know about repeating.
#[derive(Debug)]
pub(crate) struct Retrier {
    policy: Retries,
    budget: Budget,
    skew: Skew,
}

impl Retrier {
    /// A full stock of retries, and no correction of the clock.
    pub(crate) fn new(policy: Retries) -> Self {
        Self {
            policy,
            budget: Budget::new(policy.budget),
            skew: Skew::default(),
        }
    }

    /// A stamp by the service's clock.
    pub(crate) fn moment(&self, stamp: Stamp) -> Moment {
        self.skew.moment(stamp)
    }

    /// Begins a call that may take so long.
    pub(crate) fn begin(&self, retry: Retry, limit: Duration) -> Course<'_> {
        let began = Instant::now();
        Course {
            retrier: self,
            retry,
            began,
            limit,
            requests: 0,
            corrected: false,
            renewed: false,
        }
    }
}

/// The attempts of one call so far.
#[derive(Debug)]
pub(crate) struct Course<'r> {
    retrier: &'r Retrier,
    retry: Retry,
    began: Instant,
    limit: Duration,
    requests: u32,
    corrected: bool,
    renewed: bool,
}

impl Course<'_> {
    /// How many requests the call has sent, or tried to.
    pub(crate) fn requests(&self) -> u32 {
        self.requests
    }

    /// An attempt begins.
    pub(crate) fn attempt(&mut self) {
        self.requests = self.requests.saturating_add(1);
    }

    /// The attempt succeeded, and the call with it.
    pub(crate) fn succeeded(&self) {
        self.retrier.budget.answered(self.requests > 1);
    }

    /// Whether another request may follow a refused token: the first one of the call.
    pub(crate) fn may_renew(&self) -> bool {
        !self.renewed && self.retrier.policy.max_attempts > 1
    }

    /// The attempt that was signed at `moment` failed: what follows. `other_keys` tells that
    /// the next one would be signed by others.
    pub(crate) fn failed(
        &mut self,
        error: &Error<NoCodes>,
        moment: &Moment,
        other_keys: bool,
    ) -> Verdict {
        let Retrier { policy, budget, .. } = self.retrier;
        let cause = if other_keys {
            Cause::StaleKeys
        } else {
            self.cause(error, moment)
        };
        let verdict = decide(
            policy,
            &self.judged(cause, error),
            jitter(&moment.stamp.nonce),
        );
        match verdict {
            Verdict::Wait(_) if budget.take() => {
                self.corrected |= cause == Cause::ClockSkew;
                self.renewed |= cause == Cause::StaleKeys;
                verdict
            }
            Verdict::Wait(_) => Verdict::Stop,
            Verdict::Stop => {
                if cause == Cause::Lasting {
                    budget.answered(false);
                }
                verdict
            }
        }
    }

    fn judged(&self, cause: Cause, error: &Error<NoCodes>) -> Attempt {
        let asked = match error {
            Error::Service(error) => error.retry_after,
            _ => None,
        };
        Attempt {
            cause,
            sent: error.was_sent(),
            retry: self.retry,
            requests: self.requests,
            corrected: self.corrected,
            renewed: self.renewed,
            asked,
            elapsed: self.began.elapsed(),
            limit: self.limit,
        }
    }

    fn cause(&self, error: &Error<NoCodes>, moment: &Moment) -> Cause {
        match error {
            Error::Service(error) => match error.kind {
                Kind::Throttling => Cause::Throttled,
                Kind::Transient => Cause::Unavailable,
                Kind::ClockSkew
                    if self.retrier.skew.learn(error.received.headers(), moment) =>
                {
                    Cause::ClockSkew
                }
                Kind::ClockSkew | Kind::Auth | Kind::Token | Kind::Other => {
                    Cause::Lasting
                }
            },
            Error::Transport { .. } | Error::Timeout(_) if error.is_retryable() => {
                Cause::Unanswered
            }
            _ => Cause::Lasting,
        }
    }
}
