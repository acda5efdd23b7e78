//! TC3-HMAC-SHA256 (Tencent Cloud). Signed are the content type and the host.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use http::HeaderName;
use http::header::AUTHORIZATION;
use zeroize::Zeroizing;

use super::canonical::{header, hex, query, secret_header};
use super::moment::Moment;
use super::{Digest, Signed};
use crate::credentials::Credentials;
use crate::protocol::{EncodeError, HttpRequest};
use crate::secret::Secret;
use crate::stamp::Stamp;

const X_TC_TIMESTAMP: HeaderName = HeaderName::from_static("x-tc-timestamp");
const X_TC_TOKEN: HeaderName = HeaderName::from_static("x-tc-token");

/// Signs a request for a service, named as in its host: `cam`.
///
/// # Errors
/// [`EncodeError::Header`] where a key holds what no header can carry.
pub fn sign(
    request: &HttpRequest,
    credentials: &Credentials,
    stamp: &Stamp,
    service: &str,
    keys: &DailyKeys,
) -> Result<Signed, EncodeError> {
    let moment = Moment::new(stamp.time);
    let (seconds, date) = (moment.seconds(), moment.date());
    let content_type = request.header("content-type").unwrap_or_default();

    let mut canonical = String::with_capacity(256);
    canonical.extend([request.method.as_str(), "\n", &request.path, "\n"]);
    query(&mut canonical, &request.query);
    canonical.extend(["\ncontent-type:", content_type, "\nhost:", &request.host]);
    canonical.push_str("\n\ncontent-type;host\n");
    canonical.push_str(&Digest::Sha256.hex(&request.body));

    let scope = [&date, "/", service, "/tc3_request"].concat();
    let hash = Digest::Sha256.hex(canonical.as_bytes());
    let string_to_sign =
        ["TC3-HMAC-SHA256\n", &seconds, "\n", &scope, "\n", &hash].concat();
    let key = keys.get(&credentials.access_key_secret, &date, service);
    let signature = hex(&Digest::Sha256.hmac(&*key, string_to_sign.as_bytes()));

    let id = credentials.access_key_id.as_str();
    let authorization = [
        "TC3-HMAC-SHA256 Credential=",
        id,
        "/",
        &scope,
        ", SignedHeaders=content-type;host, Signature=",
        &signature,
    ];
    let mut headers = vec![header(X_TC_TIMESTAMP, seconds)?];
    if let Some(token) = &credentials.security_token {
        headers.push(secret_header(X_TC_TOKEN, token.expose())?);
    }
    headers.push(secret_header(AUTHORIZATION, authorization.concat())?);
    let canonical_request = Some(canonical);
    Ok(Signed {
        headers,
        canonical_request,
        string_to_sign,
        signature,
        ..Signed::default()
    })
}

/// A key for one day and service.
type Key = Zeroizing<[u8; 32]>;

/// Derives the key for a day (`2026-01-02`) and a service.
fn derive(secret: &str, date: &str, service: &str) -> Key {
    let start = Zeroizing::new(["TC3", secret].concat());
    let hmac =
        |key: &[u8], data: &str| Key::new(Digest::Sha256.hmac(key, data.as_bytes()));
    let date = hmac(start.as_bytes(), date);
    let service = hmac(&*date, service);
    hmac(&*service, "tc3_request")
}

/// The last key that was derived: deriving costs as much as signing, and holds for a day.
#[derive(Default)]
pub struct DailyKeys(Mutex<Option<Daily>>);

struct Daily {
    secret: Secret,
    date: String,
    service: String,
    key: Key,
}

impl DailyKeys {
    fn get(&self, secret: &Secret, date: &str, service: &str) -> Key {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(daily) = last.as_ref()
            && (daily.date == date && daily.service == service && daily.secret == *secret)
        {
            return daily.key.clone();
        }
        let key = derive(secret.expose(), date, service);
        let (date, service) = (date.to_owned(), service.to_owned());
        *last = Some(Daily {
            secret: secret.clone(),
            date,
            service,
            key: key.clone(),
        });
        key
    }
}

impl fmt::Debug for DailyKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DailyKeys(***)")
    }
}
