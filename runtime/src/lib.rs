//! What every generated client shares: encoding, signing, sending, decoding, errors.
//!
//! The way of a call: validate, encode ([`protocol`]), wait for its turn ([`rate_limit`]),
//! sign ([`sign`]), send ([`transport`]), repeat ([`retry`]), decode. Only [`client`] knows
//! all of them.

#![forbid(unsafe_code)]

// The derives name this crate by its published name, also inside it.
extern crate self as yunspec_runtime;

pub mod binary;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod client;
pub mod config;
pub mod credentials;
pub mod decode;
pub mod endpoint;
pub mod error;
pub mod future;
pub mod operation;
pub mod pages;
pub mod prepared;
pub mod protocol;
pub mod rate_limit;
pub mod received;
pub mod response;
pub mod retry;
pub mod secret;
pub mod sign;
mod skew;
pub mod stamp;
#[cfg(feature = "test-util")]
pub mod test_util;
pub mod timestamp;
mod trace;
pub mod transport;
pub mod validate;
pub mod value;
pub mod waiter;
pub mod wire_enum;
pub mod xml;

pub use binary::Binary;
pub use client::Client;
pub use config::{Config, ConfigError, Timeouts};
pub use credentials::{Credentials, CredentialsError, CredentialsSource};
pub use endpoint::EndpointError;
pub use error::{Error, ServiceError};
pub use future::BoxFuture;
pub use operation::{Answer, Call, Operation, Retry, Service};
pub use pages::{Items, Pages, Paginated, Turn};
pub use protocol::Protocol;
pub use rate_limit::RateLimit;
pub use response::Response;
pub use retry::Retries;
pub use secret::Secret;
pub use sign::Signing;
pub use stamp::Stamp;
pub use timestamp::Timestamp;
pub use transport::Transport;
pub use validate::Validate;
pub use value::Json;
pub use waiter::{Awaited, Polling, Waiter};
pub use wire_enum::{NoCodes, Unknown, WireEnum};
pub use yunspec_macros::{Request, Response, Validate, WireEnum};
