//! The failure of one source among several, in one line.

use std::fmt;
use std::sync::Arc;

use super::CredentialsError;

/// Which source failed, and why.
#[derive(Debug)]
struct Failed {
    source: String,
    why: String,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.why)
    }
}

impl std::error::Error for Failed {}

/// A source's own failure.
pub(super) fn failed(
    source: impl Into<String>,
    why: impl fmt::Display,
) -> CredentialsError {
    let (source, why) = (source.into(), why.to_string());
    CredentialsError::Source(Arc::new(Failed { source, why }))
}

/// The failure of a source that stands behind another: a role's own keys, a profile's role.
pub(super) fn behind(source: &str, error: &CredentialsError) -> CredentialsError {
    failed(source, brief(error))
}

/// A failure without the words that say that it is one.
pub(super) fn brief(error: &CredentialsError) -> String {
    match error {
        CredentialsError::Missing { variables } => {
            let verb = if variables.len() == 1 { "is" } else { "are" };
            format!("{} {verb} not set", variables.join(" and "))
        }
        CredentialsError::Malformed { what, why } => format!("{what} {why}"),
        CredentialsError::Source(error) => error.to_string(),
    }
}

/// A text of another program on one line, and not longer than a message should be.
pub(super) fn line(text: &str) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().take(300).map(visible).collect()
}
