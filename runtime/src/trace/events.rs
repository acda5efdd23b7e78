//! Spans and events for `tracing`; the target is `yunspec`, the level is DEBUG.

use std::time::Duration;

use tracing::{Instrument, debug, debug_span};

use crate::error::Error;
use crate::protocol::Kind;
use crate::response::Success;
use crate::retry::Verdict;
use crate::wire_enum::NoCodes;

/// Longer than the request ids of all providers.
const LONGEST_ID: usize = 128;

/// Runs a call inside its span.
pub(crate) fn call<F: Future>(
    service: &'static str,
    operation: &str,
    call: F,
) -> impl Future<Output = F::Output> {
    call.instrument(debug_span!(target: "yunspec", "call", service, operation))
}

/// An attempt succeeded.
pub(crate) fn succeeded(success: &Success) {
    debug!(
        target: "yunspec",
        attempt = success.attempts,
        status = success.received.status(),
        request_id = success.request_id.as_deref().and_then(plain),
        outcome = "success",
        "attempt",
    );
}

/// An attempt failed, and this is what follows.
pub(crate) fn failed(error: &Error<NoCodes>, verdict: Verdict) {
    let pause = match verdict {
        Verdict::Stop => None,
        Verdict::Wait(pause) => Some(milliseconds(pause)),
    };
    debug!(
        target: "yunspec",
        attempt = error.attempts(),
        status = error.status(),
        request_id = error.request_id().and_then(plain),
        outcome = outcome(error),
        wait_ms = pause,
        "attempt",
    );
}

fn outcome(error: &Error<NoCodes>) -> &'static str {
    match error {
        Error::Invalid(_) => "invalid",
        Error::Credentials(_) => "credentials",
        Error::Endpoint(_) => "endpoint",
        Error::Encode(_) => "encode",
        Error::Transport { .. } => "transport",
        Error::Timeout(_) => "timeout",
        Error::Decode(_) => "decode",
        Error::Service(error) => match error.kind {
            Kind::Throttling => "throttled",
            Kind::Transient => "unavailable",
            Kind::ClockSkew => "clock_skew",
            Kind::Auth => "auth",
            Kind::Token => "token",
            Kind::Other => "refused",
        },
    }
}

/// A request id that cannot forge a log line; it comes from the server.
fn plain(id: &str) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    Some(id).filter(|id| id.len() <= LONGEST_ID && id.bytes().all(is_plain))
}

fn milliseconds(pause: Duration) -> u64 {
    u64::try_from(pause.as_millis()).unwrap_or(u64::MAX)
}
