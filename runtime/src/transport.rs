//! The way to the network: one trait over the types of the `http` crate.

mod network;
mod reqwest;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{Request, Response};

use crate::future::BoxFuture;
use crate::received::Received;

pub(crate) use self::network::Network;
pub use self::reqwest::HttpTransport;
// What an implementation elsewhere needs to name.
pub use bytes::Bytes;
pub use http;

/// Sends one signed request and brings back the whole answer.
///
/// A test implements it with an answer of its own; a program, with its own HTTP stack.
/// An implementation keeps the [`Limits`], follows no redirect, repeats nothing, and logs
/// neither headers nor body nor query: they hold keys.
pub trait Transport: Send + Sync + fmt::Debug {
    /// Sends the request as it stands: another host, path, query or header would not fit
    /// the signature. Any status is an answer, not an error.
    ///
    /// # Errors
    /// [`TransportError`] where no whole answer came back.
    fn send(
        &self,
        request: Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;
}

/// What one attempt may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// From the first step of the connection to the last byte of the body.
    pub timeout: Duration,
    /// The largest body; a larger one is [`TransportError::TooLarge`].
    pub max_response_bytes: usize,
}

/// Why no whole answer came back.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// No connection; nothing was sent.
    Connect {
        /// What the network, the resolver or TLS says.
        cause: Box<dyn StdError + Send + Sync>,
    },
    /// The connection failed after the request may have left.
    Broken {
        /// What the network says.
        cause: Box<dyn StdError + Send + Sync>,
        /// What had come by then.
        received: Option<Box<Received>>,
    },
    /// The body is larger than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
        /// What had come by then.
        received: Box<Received>,
    },
    /// The time was up.
    Timeout {
        /// Whether the request may have left.
        sent: bool,
        /// What had come by then.
        received: Option<Box<Received>>,
    },
    /// The transport would send the request elsewhere than it was signed for.
    Rewritten {
        /// What was signed.
        signed: String,
        /// What would be sent.
        sent: String,
    },
}

impl TransportError {
    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::Connect { .. } | Self::Broken { .. } | Self::Timeout { .. }
        )
    }

    /// Whether the request may have reached the server.
    pub fn was_sent(&self) -> bool {
        match self {
            Self::Connect { .. } | Self::Rewritten { .. } => false,
            Self::Broken { .. } | Self::TooLarge { .. } => true,
            Self::Timeout { sent, .. } => *sent,
        }
    }

    /// What had come back by then.
    pub fn received(&self) -> Option<&Received> {
        match self {
            Self::Connect { .. } | Self::Rewritten { .. } => None,
            Self::TooLarge { received, .. } => Some(received),
            Self::Broken { received, .. } | Self::Timeout { received, .. } => {
                received.as_deref()
            }
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect { cause } => {
                f.write_str("no connection, nothing was sent")?;
                chain(f, cause.as_ref())
            }
            Self::Broken { cause, .. } => {
                f.write_str("the connection broke")?;
                chain(f, cause.as_ref())
            }
            Self::TooLarge { limit, .. } => write!(
                f,
                "the answer is larger than {limit} bytes; Config::max_response_bytes raises the limit"
            ),
            Self::Timeout { .. } => f.write_str("the time was up"),
            Self::Rewritten { signed, sent } => {
                write!(f, "signed for {signed:?}, but {sent:?} would be sent")
            }
        }?;
        match self.received() {
            Some(received) => write!(f, " (HTTP {} had come)", received.status()),
            None => Ok(()),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Connect { cause } | Self::Broken { cause, .. } => Some(cause.as_ref()),
            _ => None,
        }
    }
}

/// Every cause down to the root, in one line.
fn chain(f: &mut fmt::Formatter<'_>, cause: &(dyn StdError + 'static)) -> fmt::Result {
    let mut next = Some(cause);
    while let Some(cause) = next {
        write!(f, ": {cause}")?;
        next = cause.source();
    }
    Ok(())
}
