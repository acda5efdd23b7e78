//! What came back, as far as it came: kept by every error, whatever went wrong.

use std::borrow::Cow;
use std::fmt;

use http::{HeaderMap, StatusCode};

use crate::protocol;

/// The status, the headers and the first bytes of an answer.
///
/// `Debug` shows the names of the headers and the size of the body, not their content:
/// an answer may hold keys.
#[derive(Clone, Default)]
pub struct Received {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Received {
    /// How many bytes of a body are kept.
    pub const BODY_LIMIT: usize = 4096;

    /// Keeps an answer; of the body the first [`Received::BODY_LIMIT`] bytes.
    pub fn new(status: StatusCode, headers: HeaderMap, body: &[u8]) -> Self {
        let body = body[..body.len().min(Self::BODY_LIMIT)].to_vec();
        Self {
            status,
            headers,
            body,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The request id, where a header has it.
    pub fn request_id(&self) -> Option<&str> {
        protocol::id_in(&self.headers)
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The first bytes of the body, at most [`Received::BODY_LIMIT`].
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The first bytes of the body as text; what is no UTF-8 becomes U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

impl Received {
    pub(crate) fn into_head(self) -> (StatusCode, HeaderMap) {
        (self.status, self.headers)
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("status", &self.status())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
