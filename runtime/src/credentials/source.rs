//! Where credentials come from, and why they may not come.

use std::error::Error as StdError;
use std::sync::Arc;

use thiserror::Error;

use super::Credentials;
use crate::future::BoxFuture;

/// Something that has credentials, or can fetch some; asked before every call.
///
/// [`Credentials`] are a source of themselves; so is an async closure:
///
/// ```
/// # use yunspec_runtime::{Config, Credentials};
/// let config = Config::new(|| async { Ok(Credentials::new("id", "secret")) });
/// ```
pub trait CredentialsSource: Send + Sync {
    /// The credentials for the next call. The time it takes counts against the call.
    ///
    /// # Errors
    /// [`CredentialsError`] where there are none.
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>>;

    /// Gives up `refused`, whose token a service says is expired or no good; whether another
    /// look-up may bring other credentials. A source that keeps nothing has nothing to do.
    fn renew(&self, refused: &Credentials) -> bool {
        let _ = refused;
        true
    }
}

impl CredentialsSource for Credentials {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }

    fn renew(&self, _: &Credentials) -> bool {
        false
    }
}

impl<F, R> CredentialsSource for F
where
    F: Fn() -> R + Send + Sync,
    R: Future<Output = Result<Credentials, CredentialsError>> + Send + 'static,
{
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self())
    }
}

/// Why there are no credentials; never holds one.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// Variables that the environment has to hold.
    #[error(
        "no credentials: set {} in the environment, or pass Credentials::new to Config::new",
        variables.join(" and ")
    )]
    Missing {
        /// Their names.
        variables: Vec<&'static str>,
    },
    /// A value that no header can hold.
    #[error("{what} {why}")]
    Malformed {
        /// Which value: a variable, or a part of the credentials.
        what: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A source failed; shared, for many calls can wait for one look-up.
    #[error("no credentials: {0}")]
    Source(Arc<dyn StdError + Send + Sync>),
}

impl CredentialsError {
    /// The failure of a source of the program's own, from an error or a text. It is shown to
    /// whoever makes the call, so it must not hold a secret.
    pub fn other(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Source(Arc::from(cause.into()))
    }
}

/// Whether a value can stand in a header or a query.
pub(super) fn printable(what: &'static str, value: &str) -> Result<(), CredentialsError> {
    let wrong = |byte: u8| !(b' '..=b'~').contains(&byte);
    let why = if value.is_empty() {
        "is empty"
    } else if value.bytes().any(wrong) {
        "holds a line break or another character that is no printable ASCII"
    } else if value.trim().len() < value.len() {
        "begins or ends with a space"
    } else {
        return Ok(());
    };
    Err(CredentialsError::Malformed { what, why })
}
