//! SDK-HMAC-SHA256, SDK-HMAC-SM3 and V11-HMAC-SHA256 (Huawei Cloud).
//!
//! Signed is every header of the request, but those with an underscore in their name.

use std::borrow::Cow;

use http::HeaderName;
use http::header::AUTHORIZATION;
use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use super::canonical::{
    AUTHORIZED, CANONICAL, SignedHeaders, header, hex, percent, secret_header,
    sorted_query, static_header,
};
use super::moment::Moment;
use super::{Digest, Signed};
use crate::credentials::Credentials;
use crate::protocol::{EncodeError, Header, HttpRequest};
use crate::secret::Secret;
use crate::stamp::Stamp;

const X_SDK_DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const X_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");
const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
const X_PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");
const X_DOMAIN_ID: HeaderName = HeaderName::from_static("x-domain-id");
const X_SDK_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-sdk-content-sha256");
#[cfg(feature = "sm3")]
const X_SDK_CONTENT_SM3: HeaderName = HeaderName::from_static("x-sdk-content-sm3");

/// What stands in the place of a body's hash, where the body is no JSON.
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// The kinds of this signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant<'a> {
    /// The secret key signs.
    Plain(Digest),
    /// A key that is derived for a day, a region and a service signs.
    Derived {
        /// The region.
        region: &'a str,
        /// The service, in lower case.
        service: &'a str,
    },
}

/// Signs a request.
///
/// # Errors
/// [`EncodeError::Header`] where a key or a header holds what no header can carry.
pub fn sign(
    request: &HttpRequest,
    credentials: &Credentials,
    stamp: &Stamp,
    variant: Variant<'_>,
) -> Result<Signed, EncodeError> {
    let moment = Moment::new(stamp.time);
    let date = moment.basic();
    let mut headers = Vec::with_capacity(6);
    push_identity(&mut headers, credentials)?;
    if let Some(token) = &credentials.security_token {
        headers.push(secret_header(X_SECURITY_TOKEN, token.expose())?);
    }
    headers.push(header(X_SDK_DATE, date.as_str())?);
    let digest = match variant {
        Variant::Plain(digest) => digest,
        Variant::Derived { .. } => Digest::Sha256,
    };
    let is_unsigned = is_unsigned(request);
    if is_unsigned {
        let name = match digest {
            Digest::Sha256 => X_SDK_CONTENT_SHA256,
            #[cfg(feature = "sm3")]
            Digest::Sm3 => X_SDK_CONTENT_SM3,
        };
        headers.push(static_header(name, UNSIGNED)?);
    }
    let signed = SignedHeaders::select(request, &headers, |name| !name.contains('_'))?;
    let mut canonical = String::with_capacity(CANONICAL);
    canonical.extend([request.method.as_str(), "\n"]);
    write_path(&mut canonical, &request.path);
    canonical.push('\n');
    sorted_query(&mut canonical, &request.query);
    canonical.push('\n');
    signed.write_lines(&mut canonical);
    canonical.push('\n');
    signed.write_names(&mut canonical);
    canonical.push('\n');
    if is_unsigned && !request.body.is_empty() {
        canonical.push_str(UNSIGNED);
    } else {
        canonical.push_str(&digest.hex(&request.body));
    }

    let hash = digest.hex(canonical.as_bytes());
    let seal = match variant {
        Variant::Plain(digest) => Seal::plain(credentials, digest, &date, &hash),
        Variant::Derived { region, service } => {
            let scope = [&moment.basic_date(), "/", region, "/", service].concat();
            Seal::derived(credentials, &scope, &date, &hash)
        }
    };

    let mut authorization = String::with_capacity(AUTHORIZED);
    authorization.extend([seal.name, " ", &seal.credential, ", SignedHeaders="]);
    signed.write_names(&mut authorization);
    authorization.extend([", Signature=", &seal.signature]);
    headers.push(secret_header(AUTHORIZATION, authorization)?);
    Ok(Signed {
        headers,
        canonical_request: Some(canonical),
        string_to_sign: seal.string_to_sign,
        signature: seal.signature,
        ..Signed::default()
    })
}

/// Whether the signature leaves out the body: forms, files and bytes.
fn is_unsigned(request: &HttpRequest) -> bool {
    let content = request.header("content-type").unwrap_or_default();
    let signed = ["application/json", "application/bson"];
    !content.is_empty() && !signed.iter().any(|kind| content.starts_with(kind))
}

/// The part in which the variants differ.
struct Seal {
    name: &'static str,
    credential: String,
    string_to_sign: String,
    signature: String,
}

impl Seal {
    fn plain(credentials: &Credentials, digest: Digest, date: &str, hash: &str) -> Self {
        let name = match digest {
            Digest::Sha256 => "SDK-HMAC-SHA256",
            #[cfg(feature = "sm3")]
            Digest::Sm3 => "SDK-HMAC-SM3",
        };
        let string_to_sign = [name, "\n", date, "\n", hash].concat();
        let key = credentials.access_key_secret.expose();
        let signature = hex(&digest.hmac(key.as_bytes(), string_to_sign.as_bytes()));
        let credential = ["Access=", &credentials.access_key_id].concat();
        Self {
            name,
            credential,
            string_to_sign,
            signature,
        }
    }

    fn derived(credentials: &Credentials, scope: &str, date: &str, hash: &str) -> Self {
        let name = "V11-HMAC-SHA256";
        let string_to_sign = [name, "\n", date, "\n", scope, "\n", hash].concat();
        let id = credentials.access_key_id.as_str();
        let key = derive(id, credentials.access_key_secret.expose(), scope);
        let code = Digest::Sha256.hmac(key.as_bytes(), string_to_sign.as_bytes());
        let credential = ["Credential=", id, "/", scope].concat();
        Self {
            name,
            credential,
            string_to_sign,
            signature: hex(&code),
        }
    }
}

/// What is sent instead of a signature: the token of a session.
///
/// # Errors
/// [`EncodeError::Header`] where the token holds what no header can carry.
pub fn token(credentials: &Credentials, token: &Secret) -> Result<Signed, EncodeError> {
    let mut headers = Vec::new();
    push_identity(&mut headers, credentials)?;
    headers.push(secret_header(X_AUTH_TOKEN, token.expose())?);
    Ok(Signed {
        headers,
        ..Signed::default()
    })
}

/// Adds the headers that say for which project or account the call is.
fn push_identity(
    headers: &mut Vec<Header>,
    credentials: &Credentials,
) -> Result<(), EncodeError> {
    if let Some(id) = credentials.project_id.as_deref() {
        headers.push(header(X_PROJECT_ID, id)?);
    }
    if let Some(id) = credentials.domain_id.as_deref() {
        headers.push(header(X_DOMAIN_ID, id)?);
    }
    Ok(())
}

/// Appends the path, decoded and encoded again segment by segment, with a slash at its end.
fn write_path(out: &mut String, path: &str) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let path = if path.bytes().all(plain) {
        Cow::Borrowed(path)
    } else {
        percent_decode_str(path).decode_utf8_lossy()
    };
    for (index, segment) in path.split('/').enumerate() {
        out.push_str(if index == 0 { "" } else { "/" });
        percent(out, segment);
    }
    if !path.ends_with('/') {
        out.push('/');
    }
}

/// HKDF (RFC 5869) to 32 bytes, which go on as their hexadecimal digits.
fn derive(id: &str, secret: &str, scope: &str) -> Zeroizing<String> {
    let hmac = |key: &[u8], data: &[u8]| Zeroizing::new(Digest::Sha256.hmac(key, data));
    let extracted = hmac(id.as_bytes(), secret.as_bytes());
    let expanded = hmac(&*extracted, [scope, "\u{1}"].concat().as_bytes());
    Zeroizing::new(hex(&expanded))
}
