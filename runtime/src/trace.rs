//! What a subscriber of `tracing` sees: a span for each call, an event for each attempt.
//!
//! Operation, number, status, request id, outcome and pause; never a header, a query, a
//! body, a message of the service or a key. Without the feature `tracing` nothing is left.

#[cfg(feature = "tracing")]
mod events;
#[cfg(not(feature = "tracing"))]
mod silent;

#[cfg(feature = "tracing")]
pub(crate) use events::{call, failed, succeeded};
#[cfg(not(feature = "tracing"))]
pub(crate) use silent::{call, failed, succeeded};
