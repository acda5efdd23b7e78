//! A request that is written and not yet signed.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method};

use super::EncodeError;
use crate::sign::canonical;

/// One header.
pub type Header = (HeaderName, HeaderValue);

/// The content type of a form.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// A request as it goes to the wire, without signature, user agent and `host` header.
///
/// `Debug` shows neither values nor body: they may hold keys.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The host, with a port where it is not the scheme's own.
    pub host: String,
    /// The path, encoded.
    pub path: String,
    /// The query, decoded, in the order of the wire.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: Vec<Header>,
    /// The body; empty where there is none.
    pub body: Vec<u8>,
}

impl HttpRequest {
    /// Path and query, encoded.
    pub fn target(&self) -> String {
        let mut target = String::with_capacity(self.path.len() + 32 * self.query.len());
        target.push_str(&self.path);
        if !self.query.is_empty() {
            target.push('?');
            canonical::query(&mut target, &self.query);
        }
        target
    }

    /// The value of a header, where it is there and readable; `name` is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        value.to_str().ok()
    }

    /// Adds a header that is part of every request of its kind.
    pub(super) fn push(
        &mut self,
        name: HeaderName,
        value: &str,
    ) -> Result<(), EncodeError> {
        let refused = |_| EncodeError::Header {
            name: name.to_string(),
        };
        let value = HeaderValue::from_str(value).map_err(refused)?;
        self.headers.push((name, value));
        Ok(())
    }

    /// Adds a header whose value lives as long as the program.
    pub(super) fn push_static(
        &mut self,
        name: HeaderName,
        value: &'static str,
    ) -> Result<(), EncodeError> {
        self.headers.push(canonical::static_header(name, value)?);
        Ok(())
    }

    /// Sets the content type, where no member has set it.
    pub(super) fn content_type(&mut self, kind: &str) -> Result<(), EncodeError> {
        if self.header("content-type").is_none() {
            self.push(CONTENT_TYPE, kind)?;
        }
        Ok(())
    }

    /// Turns the signed request into one that a transport sends.
    ///
    /// # Errors
    /// [`http::Error`] where host or path are no URL.
    pub fn into_http(self, scheme: &str) -> Result<http::Request<Bytes>, http::Error> {
        let uri = [scheme, "://", &self.host, &self.target()].concat();
        let mut request = http::Request::builder().method(self.method).uri(uri);
        if let Some(headers) = request.headers_mut() {
            headers.reserve(self.headers.len());
            headers.extend(self.headers);
        }
        request.body(Bytes::from(self.body))
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("host", &self.host)
            .field("path", &self.path)
            .field(
                "query",
                &self.query.iter().map(|(key, _)| key).collect::<Vec<_>>(),
            )
            .field(
                "headers",
                &self
                    .headers
                    .iter()
                    .map(|(name, _)| name)
                    .collect::<Vec<_>>(),
            )
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
