//! Shared helpers of the test targets.

pub mod chaos;
pub mod consumer;
pub mod crates;
pub mod fuzz;
pub mod mutate;
pub mod samples;
pub mod server;
pub mod transcribed;
pub mod tree;
pub mod typed;
pub mod usage;
