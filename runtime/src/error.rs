//! Why a call failed: every failure keeps what came back, and shows no secret.

mod decode;
mod service;
mod template;
mod timeout;

use std::error::Error as StdError;
use std::fmt;

use crate::credentials::CredentialsError;
use crate::endpoint::EndpointError;
use crate::protocol::EncodeError;
use crate::received::Received;
use crate::transport::TransportError;
use crate::validate::Violations;
use crate::wire_enum::{NoCodes, WireEnum};

pub use decode::{DecodeError, DecodeProblem};
pub use service::ServiceError;
pub use timeout::{Deadline, TimeoutError};

/// Why a call failed; `E` lists the codes that the operation's page documents.
///
/// `Display` is one line with everything: code, HTTP status, message, request id.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The request breaks documented rules; nothing was sent.
    Invalid(Violations),
    /// There are no credentials, or no header can hold them; nothing was sent.
    Credentials(CredentialsError),
    /// The request would go to another host or path than it should; nothing was sent.
    Endpoint(EndpointError),
    /// The request has no form on the wire; nothing was sent.
    Encode(EncodeError),
    /// No whole answer came back.
    Transport {
        /// What the transport says about the last attempt.
        error: TransportError,
        /// How many requests the call took.
        attempts: u32,
    },
    /// One of the [`Timeouts`](crate::Timeouts) was over.
    Timeout(TimeoutError),
    /// The service refused the call.
    Service(Box<ServiceError<E>>),
    /// The service answered something that does not fit the spec.
    Decode(Box<DecodeError>),
}

impl<E> Error<E> {
    /// The error code, where the service refused the call.
    pub fn code(&self) -> Option<&E> {
        self.service().map(|error| &error.code)
    }

    /// The error code to the letter, where the service refused the call with one.
    pub fn raw_code(&self) -> Option<&str> {
        self.service()
            .map(|error| error.raw_code.as_str())
            .filter(|code| !code.is_empty())
    }

    /// The request id, by which the provider's support finds the call.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.request_id.as_deref(),
            Self::Decode(error) => error.request_id.as_deref(),
            _ => self.received()?.request_id(),
        }
    }

    /// The HTTP status, where one came back.
    pub fn status(&self) -> Option<u16> {
        self.received().map(Received::status)
    }

    /// What came back, as far as it came.
    pub fn received(&self) -> Option<&Received> {
        match self {
            Self::Invalid(_)
            | Self::Credentials(_)
            | Self::Endpoint(_)
            | Self::Encode(_) => None,
            Self::Transport { error, .. } => error.received(),
            Self::Timeout(error) => error.received.as_deref(),
            Self::Service(error) => Some(&error.received),
            Self::Decode(error) => Some(&error.received),
        }
    }

    /// Whether the same call may succeed later: the network failed, the time was up, the
    /// service is busy or throttles.
    ///
    /// That it may be repeated without harm is another question, which the operation's
    /// [`Retry`](crate::Retry) and [`Error::was_sent`] answer.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Invalid(_)
            | Self::Credentials(_)
            | Self::Endpoint(_)
            | Self::Encode(_)
            | Self::Decode(_) => false,
            Self::Transport { error, .. } => error.is_retryable(),
            Self::Timeout(_) => true,
            Self::Service(error) => error.is_retryable(),
        }
    }

    /// How many requests the call took; 0 where it failed before the first.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Invalid(_)
            | Self::Credentials(_)
            | Self::Endpoint(_)
            | Self::Encode(_) => 0,
            Self::Transport { attempts, .. } => *attempts,
            Self::Timeout(error) => error.attempts,
            Self::Service(error) => error.attempts,
            Self::Decode(error) => error.attempts,
        }
    }

    /// Whether the time was up.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Whether the last request may have reached the service. An earlier one may have as well
    /// where the operation is [`Retry::Safe`](crate::Retry::Safe), and did nothing otherwise.
    pub fn was_sent(&self) -> bool {
        match self {
            Self::Invalid(_)
            | Self::Credentials(_)
            | Self::Endpoint(_)
            | Self::Encode(_) => false,
            Self::Transport { error, .. } => error.was_sent(),
            Self::Timeout(error) => error.sent,
            Self::Service(_) | Self::Decode(_) => true,
        }
    }

    fn service(&self) -> Option<&ServiceError<E>> {
        match self {
            Self::Service(error) => Some(error),
            _ => None,
        }
    }
}

impl Error<NoCodes> {
    /// The same failure after so many requests.
    pub(crate) fn after(mut self, requests: u32) -> Self {
        match &mut self {
            Self::Invalid(_)
            | Self::Credentials(_)
            | Self::Endpoint(_)
            | Self::Encode(_) => {}
            Self::Transport { attempts, .. } => *attempts = requests,
            Self::Timeout(error) => error.attempts = requests,
            Self::Service(error) => error.attempts = requests,
            Self::Decode(error) => error.attempts = requests,
        }
        self
    }

    /// The same failure with the codes of an operation.
    pub(crate) fn with_codes<E: WireEnum>(self) -> Error<E> {
        match self {
            Self::Invalid(error) => Error::Invalid(error),
            Self::Credentials(error) => Error::Credentials(error),
            Self::Endpoint(error) => Error::Endpoint(error),
            Self::Encode(error) => Error::Encode(error),
            Self::Transport { error, attempts } => Error::Transport { error, attempts },
            Self::Timeout(error) => Error::Timeout(error),
            Self::Service(error) => Error::Service(Box::new(error.with_codes())),
            Self::Decode(error) => Error::Decode(error),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(error) => write!(f, "invalid request: {error}"),
            Self::Credentials(error) => error.fmt(f),
            Self::Endpoint(error) => error.fmt(f),
            Self::Encode(error) => error.fmt(f),
            Self::Transport { error, .. } => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Service(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }?;
        match self.attempts() {
            0 | 1 => Ok(()),
            attempts => write!(f, ", after {attempts} attempts"),
        }
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    /// What lies below the failure, where that is another error: `Display` has it already.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Credentials(error) => error.source(),
            Self::Transport { error, .. } => error.source(),
            Self::Decode(error) => error.source(),
            Self::Invalid(_)
            | Self::Endpoint(_)
            | Self::Encode(_)
            | Self::Timeout(_)
            | Self::Service(_) => None,
        }
    }
}

/// A server's text on one line: control characters become spaces.
pub(crate) struct Line<'t>(pub(crate) &'t str);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let visible = |c: char| if c.is_control() { ' ' } else { c };
        self.0
            .chars()
            .map(visible)
            .try_for_each(|c| fmt::Write::write_char(f, c))
    }
}

/// Ends a line: the status and the request id, as far as they are known.
fn tail(
    f: &mut fmt::Formatter<'_>,
    status: u16,
    request_id: Option<&str>,
) -> fmt::Result {
    write!(f, " (HTTP {status}")?;
    if let Some(id) = request_id {
        write!(f, ", request id {}", Line(id))?;
    }
    f.write_str(")")
}
