//! Why a request could not be written or signed.

use thiserror::Error;

use crate::endpoint::EndpointError;
use crate::sign::Signing;

/// A request that has no form on the wire, or keys that cannot sign it; nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// A path value or a region that is refused.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// The path needs a project and the credentials name none.
    #[error("the path needs {{project_id}}; set it with Credentials::project_id")]
    ProjectMissing,
    /// The path has a placeholder that no member fills.
    #[error("no member fills {{{name}}} of the path")]
    Placeholder {
        /// The placeholder's name.
        name: String,
    },
    /// A value of a kind that its place cannot hold.
    #[error("{member}: {found} does not fit into {place}")]
    Shape {
        /// The member's wire name.
        member: String,
        /// The kind of value.
        found: &'static str,
        /// Where it should go.
        place: &'static str,
    },
    /// A value that is nested too deeply.
    #[error("{member}: nested deeper than {limit} levels")]
    Depth {
        /// The member's wire name.
        member: String,
        /// The deepest level that is written.
        limit: usize,
    },
    /// NaN or an infinity.
    #[error("{member}: NaN and infinity cannot be sent")]
    Number {
        /// The member's wire name.
        member: String,
    },
    /// A header value with a control character, or a name that no header has.
    #[error("header {name}: holds a character that no header can carry")]
    Header {
        /// The header's name.
        name: String,
    },
    /// A host label that is not one DNS label.
    #[error("{member}: not a DNS label (lower-case letters, digits, inner hyphens)")]
    HostLabel {
        /// The member's wire name.
        member: String,
    },
    /// Members for a form and for a JSON body in one request.
    #[error("a request has one body, and its members ask for two: {first} and {second}")]
    Bodies {
        /// A kind of body.
        first: &'static str,
        /// Another kind of body.
        second: &'static str,
    },
    /// Not an HTTP method.
    #[error("{0:?} is no HTTP method")]
    Method(String),
    /// Neither a key pair nor a token that this provider knows.
    #[error("the credentials hold no key pair")]
    KeyMissing,
    /// A signature that the service does not know.
    #[error("{service} does not know the signature {signing:?}; leave Signing::Standard")]
    Signing {
        /// What was asked for.
        signing: Signing,
        /// `provider/service`.
        service: &'static str,
    },
}
