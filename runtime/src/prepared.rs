//! A signed request, on its way to the transport or to a dry run.

use bytes::Bytes;

use crate::endpoint::EndpointError;
use crate::protocol::HttpRequest;
use crate::sign::Signed;

/// A signed request that was not sent, and how it was signed.
#[derive(Debug)]
#[non_exhaustive]
pub struct Prepared {
    /// `https`, or `http` where the endpoint says so.
    pub scheme: &'static str,
    /// The request with everything that the signature adds.
    pub request: HttpRequest,
    /// What the signer worked with; its headers and its query are the request's now.
    pub signed: Signed,
}

impl Prepared {
    /// The URL with its query, which may hold a signature.
    pub fn url(&self) -> String {
        [
            self.scheme,
            "://",
            &self.request.host,
            &self.request.target(),
        ]
        .concat()
    }

    /// What the transport gets, held against what was signed.
    pub(crate) fn into_http(self) -> Result<http::Request<Bytes>, EndpointError> {
        let Self {
            scheme, request, ..
        } = self;
        let (host, path) = (request.host.clone(), request.path.clone());
        let signed = || [scheme, "://", &host, &path].concat();
        let request = request.into_http(scheme).map_err(|_| {
            let why =
                "the request line is longer than 65,534 bytes, or holds what none can";
            EndpointError::Url { url: signed(), why }
        })?;
        let uri = request.uri();
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        if (authority, uri.path()) == (&*host, &*path) {
            return Ok(request);
        }
        Err(EndpointError::Rewritten {
            signed: signed(),
            sent: [scheme, "://", authority, uri.path()].concat(),
        })
    }
}
