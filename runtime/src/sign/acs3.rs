//! ACS3-HMAC-SHA256 and ACS3-HMAC-SM3 (Alibaba Cloud).
//!
//! Signed are the host, the content type where there is one, and every `x-acs-` header.

use http::HeaderName;
use http::header::AUTHORIZATION;

use super::canonical::{
    AUTHORIZED, CANONICAL, SignedHeaders, header, hex, secret_header, sorted_query,
    static_header,
};
use super::moment::Moment;
use super::{Digest, Signed};
use crate::credentials::Credentials;
use crate::protocol::{EncodeError, HttpRequest};
use crate::stamp::Stamp;

const X_ACS_DATE: HeaderName = HeaderName::from_static("x-acs-date");
const X_ACS_SIGNATURE_NONCE: HeaderName =
    HeaderName::from_static("x-acs-signature-nonce");
const X_ACS_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-acs-content-sha256");
const X_ACS_CREDENTIALS_PROVIDER: HeaderName =
    HeaderName::from_static("x-acs-credentials-provider");
const X_ACS_ACCESSKEY_ID: HeaderName = HeaderName::from_static("x-acs-accesskey-id");
const X_ACS_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-acs-security-token");

/// Signs a request.
///
/// # Errors
/// [`EncodeError::Header`] where a key or a header holds what no header can carry.
pub fn sign(
    request: &HttpRequest,
    credentials: &Credentials,
    stamp: &Stamp,
    digest: Digest,
) -> Result<Signed, EncodeError> {
    let payload = digest.hex(&request.body);
    let mut headers = Vec::with_capacity(8);
    headers.push(header(X_ACS_DATE, Moment::new(stamp.time).extended())?);
    headers.push(header(X_ACS_SIGNATURE_NONCE, stamp.nonce.as_str())?);
    headers.push(header(X_ACS_CONTENT_SHA256, payload.as_str())?);
    if !credentials.provider.is_empty() {
        headers.push(static_header(
            X_ACS_CREDENTIALS_PROVIDER,
            credentials.provider,
        )?);
    }
    if let Some(token) = &credentials.security_token {
        headers.push(header(
            X_ACS_ACCESSKEY_ID,
            credentials.access_key_id.as_str(),
        )?);
        headers.push(secret_header(X_ACS_SECURITY_TOKEN, token.expose())?);
    }
    let covers = |name: &str| name == "content-type" || name.starts_with("x-acs-");
    let signed = SignedHeaders::select(request, &headers, covers)?;

    let mut canonical = String::with_capacity(CANONICAL);
    canonical.extend([request.method.as_str(), "\n", &request.path, "\n"]);
    sorted_query(&mut canonical, &request.query);
    canonical.push('\n');
    signed.write_lines(&mut canonical);
    canonical.push('\n');
    signed.write_names(&mut canonical);
    canonical.extend(["\n", &payload]);

    let name = match digest {
        Digest::Sha256 => "ACS3-HMAC-SHA256",
        #[cfg(feature = "sm3")]
        Digest::Sm3 => "ACS3-HMAC-SM3",
    };
    let string_to_sign = [name, "\n", &digest.hex(canonical.as_bytes())].concat();
    let secret = credentials.access_key_secret.expose().as_bytes();
    let signature = hex(&digest.hmac(secret, string_to_sign.as_bytes()));

    let mut authorization = String::with_capacity(AUTHORIZED);
    let id = credentials.access_key_id.as_str();
    authorization.extend([name, " Credential=", id, ",SignedHeaders="]);
    signed.write_names(&mut authorization);
    authorization.extend([",Signature=", &signature]);
    headers.push(secret_header(AUTHORIZATION, authorization)?);
    let canonical_request = Some(canonical);
    Ok(Signed {
        headers,
        canonical_request,
        string_to_sign,
        signature,
        ..Signed::default()
    })
}
