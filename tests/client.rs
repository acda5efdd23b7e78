//! The typed client over a loopback socket: what it sends, what it makes of every kind of
//! answer, and what it refuses to send.

#[path = "client/answers.rs"]
mod answers;
#[path = "client/environment.rs"]
mod environment;
#[path = "client/failures.rs"]
mod failures;
#[path = "client/incumbents.rs"]
mod incumbents;
#[path = "client/limits.rs"]
mod limits;
#[path = "client/network.rs"]
mod network;
#[path = "client/operations.rs"]
mod operations;
#[path = "client/refusals.rs"]
mod refusals;
#[path = "client/secrets.rs"]
mod secrets;
#[path = "client/settings.rs"]
mod settings;
