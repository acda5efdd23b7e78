//! How a request becomes bytes, and how bytes become an answer or a failure; pure.
//!
//! What differs between the providers is in one file each; a [`Protocol`] points there.

mod alibaba;
mod answer;
mod error;
mod family;
mod huawei;
mod json;
mod multipart;
mod parts;
mod path;
mod request;
mod tencent;
mod text;

pub use answer::{Answer, Failure, Kind};
pub use error::EncodeError;
pub use family::Protocol;
pub use request::{Header, HttpRequest};

pub(crate) use answer::id_in;
pub(crate) use family::Family;
pub(crate) use request::FORM;

use http::HeaderMap;

use crate::credentials::Credentials;
use crate::operation::{Call, Service};
use crate::value::Structure;

/// Settings of a client that show in a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options<'a> {
    /// The region, where one is set; Tencent Cloud wants it in a header.
    pub region: Option<&'a str>,
    /// The language of error messages, `en-US` or `zh-CN` (Tencent Cloud); the cloud's own
    /// choice where it is not set.
    pub language: Option<&'a str>,
}

/// Writes a request for `host`, without anything that depends on the time or the keys.
///
/// # Errors
/// [`EncodeError`]: a value that has no place on the wire.
pub fn encode(
    service: &Service,
    call: &Call<'_>,
    request: &dyn Structure,
    host: &str,
    credentials: &Credentials,
    options: Options<'_>,
) -> Result<HttpRequest, EncodeError> {
    let parts = parts::Parts::gather(request, call.content_type)?;
    let draft = parts.draft(call, host, credentials.project_id.as_deref())?;
    (service.protocol.family().encode)(service, call, draft, options)
}

/// Splits what came back into an answer or a failure, whatever it is.
pub fn read(protocol: Protocol, status: u16, headers: &HeaderMap, body: &[u8]) -> Answer {
    (protocol.family().read)(status, headers, body)
}
