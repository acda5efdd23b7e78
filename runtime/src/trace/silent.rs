//! The same functions for a build that leaves `tracing` out.

use crate::error::Error;
use crate::response::Success;
use crate::retry::Verdict;
use crate::wire_enum::NoCodes;

/// Runs a call.
pub(crate) fn call<F: Future>(
    _service: &'static str,
    _operation: &str,
    call: F,
) -> impl Future<Output = F::Output> {
    call
}

/// An attempt succeeded.
pub(crate) fn succeeded(_success: &Success) {}

/// An attempt failed.
pub(crate) fn failed(_error: &Error<NoCodes>, _verdict: Verdict) {}
