//! Shared helpers of the test targets.

pub mod server;
pub mod typed;
