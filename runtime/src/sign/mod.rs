//! How a request is signed: pure functions of (request, credentials, stamp).
//!
//! Each attempt is signed anew, so everything that depends on the time or on the keys is
//! added here, and nothing of it by [`crate::protocol::encode`].

pub mod acs3;
pub(crate) mod canonical;
mod digest;
mod moment;
pub mod rpc1;
pub mod sdk_hmac;
pub mod tc3;

use std::fmt;

pub use digest::Digest;

use crate::credentials::Credentials;
use crate::endpoint::EndpointError;
use crate::operation::Service;
use crate::protocol::{EncodeError, Header, HttpRequest};
use crate::stamp::Stamp;

/// Which signature a client uses; the default suits every provider.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signing {
    /// The provider's own HMAC-SHA256 scheme.
    #[default]
    Standard,
    /// The same scheme over SM3 (Alibaba Cloud, Huawei Cloud).
    #[cfg(feature = "sm3")]
    Sm3,
    /// The older RPC signature, HMAC-SHA1 in the query (Alibaba Cloud, RPC style).
    HmacSha1,
    /// V11-HMAC-SHA256, with a key for one day, region and service (Huawei Cloud).
    Derived,
}

/// What a signature depends on besides the request, the keys and the time.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// Which signature.
    pub signing: Signing,
    /// The service that is called.
    pub service: &'a Service,
    /// The operation's name on the wire.
    pub action: &'a str,
    /// The region, where one is set.
    pub region: Option<&'a str>,
    /// The client's daily keys.
    pub keys: &'a tc3::DailyKeys,
}

/// What a signer adds to a request, and how it came to it.
///
/// `Debug` shows no values: a query string or a header may hold keys.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signed {
    /// Headers to send besides those of the request.
    pub headers: Vec<Header>,
    /// Query pairs to send besides those of the request, decoded.
    pub query: Vec<(String, String)>,
    /// What was hashed, where the scheme has it.
    pub canonical_request: Option<String>,
    /// What the keys were applied to; empty where a token stands in.
    pub string_to_sign: String,
    /// The signature as it is sent; empty where a token stands in.
    pub signature: String,
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed")
            .field(
                "headers",
                &self
                    .headers
                    .iter()
                    .map(|(name, _)| name)
                    .collect::<Vec<_>>(),
            )
            .field(
                "query",
                &self.query.iter().map(|(key, _)| key).collect::<Vec<_>>(),
            )
            .finish_non_exhaustive()
    }
}

/// Signs a request the way its service and the client's setting ask for.
///
/// Add the user agent after this: what a proxy may rewrite is better not signed.
///
/// # Errors
/// [`EncodeError`]: no keys, keys that no header can carry, a signature that the service
/// does not know, a region that is missing.
pub fn sign(
    request: &HttpRequest,
    credentials: &Credentials,
    stamp: &Stamp,
    scope: &Scope<'_>,
) -> Result<Signed, EncodeError> {
    (scope.service.protocol.family().sign)(request, credentials, stamp, scope)
}

/// How a family of services is signed; see [`sign`].
pub(crate) type Sign =
    fn(&HttpRequest, &Credentials, &Stamp, &Scope<'_>) -> Result<Signed, EncodeError>;

/// Alibaba Cloud, resource style.
pub(crate) fn alibaba_roa(
    request: &HttpRequest,
    credentials: &Credentials,
    stamp: &Stamp,
    scope: &Scope<'_>,
) -> Result<Signed, EncodeError> {
    need_pair(credentials)?;
    let digest = match scope.signing {
        Signing::Standard => Digest::Sha256,
        #[cfg(feature = "sm3")]
        Signing::Sm3 => Digest::Sm3,
        _ => return Err(scope.unknown()),
    };
    acs3::sign(request, credentials, stamp, digest)
}

/// Alibaba Cloud, RPC style.
pub(crate) fn alibaba_rpc(
    request: &HttpRequest,
    credentials: &Credentials,
    stamp: &Stamp,
    scope: &Scope<'_>,
) -> Result<Signed, EncodeError> {
    if scope.signing != Signing::HmacSha1 {
        return alibaba_roa(request, credentials, stamp, scope);
    }
    need_pair(credentials)?;
    let (action, version) = (scope.action, scope.service.version);
    Ok(rpc1::sign(request, credentials, stamp, action, version))
}

/// Tencent Cloud.
pub(crate) fn tencent(
    request: &HttpRequest,
    credentials: &Credentials,
    stamp: &Stamp,
    scope: &Scope<'_>,
) -> Result<Signed, EncodeError> {
    need_pair(credentials)?;
    if scope.signing != Signing::Standard {
        return Err(scope.unknown());
    }
    tc3::sign(
        request,
        credentials,
        stamp,
        scope.service.product,
        scope.keys,
    )
}

/// Huawei Cloud: with keys, or with a token that stands in for a signature.
pub(crate) fn huawei(
    request: &HttpRequest,
    credentials: &Credentials,
    stamp: &Stamp,
    scope: &Scope<'_>,
) -> Result<Signed, EncodeError> {
    if let Some(token) = &credentials.auth_token {
        return sdk_hmac::token(credentials, token);
    }
    need_pair(credentials)?;
    let service = scope.service.product.to_ascii_lowercase();
    let variant = match scope.signing {
        Signing::Standard => sdk_hmac::Variant::Plain(Digest::Sha256),
        #[cfg(feature = "sm3")]
        Signing::Sm3 => sdk_hmac::Variant::Plain(Digest::Sm3),
        Signing::Derived => {
            let missing = EndpointError::RegionMissing {
                service: scope.service.id,
            };
            sdk_hmac::Variant::Derived {
                region: scope.region.ok_or(missing)?,
                service: &service,
            }
        }
        Signing::HmacSha1 => return Err(scope.unknown()),
    };
    sdk_hmac::sign(request, credentials, stamp, variant)
}

fn need_pair(credentials: &Credentials) -> Result<(), EncodeError> {
    let Credentials {
        access_key_id: id,
        access_key_secret: secret,
        ..
    } = credentials;
    if id.is_empty() || secret.expose().is_empty() {
        return Err(EncodeError::KeyMissing);
    }
    Ok(())
}

impl Scope<'_> {
    fn unknown(&self) -> EncodeError {
        EncodeError::Signing {
            signing: self.signing,
            service: self.service.id,
        }
    }
}
