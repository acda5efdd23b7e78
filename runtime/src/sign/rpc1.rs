//! The RPC signature, version 1.0: HMAC-SHA1, everything in the query (Alibaba Cloud).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use ring::hmac;

use super::Signed;
use super::canonical::{percent, sorted_query};
use super::moment::Moment;
use crate::credentials::Credentials;
use crate::protocol::{FORM, HttpRequest};
use crate::stamp::Stamp;

/// Signs a request: its query, and its body where that is a form.
pub fn sign(
    request: &HttpRequest,
    credentials: &Credentials,
    stamp: &Stamp,
    action: &str,
    version: &str,
) -> Signed {
    let timestamp = Moment::new(stamp.time).extended();
    let common = [
        ("Action", action),
        ("Format", "json"),
        ("Version", version),
        ("Timestamp", &timestamp),
        ("SignatureNonce", &stamp.nonce),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureVersion", "1.0"),
        ("AccessKeyId", &credentials.access_key_id),
    ];
    let mut query: Vec<_> = common.map(|(key, value)| (key.into(), value.into())).into();
    if let Some(token) = &credentials.security_token {
        query.push(("SecurityToken".into(), token.expose().into()));
    }
    let mut pairs = query.clone();
    pairs.extend_from_slice(&request.query);
    pairs.extend(form_pairs(request));
    let secret = credentials.access_key_secret.expose();
    let (string_to_sign, signature) = signature(request.method.as_str(), &pairs, secret);
    query.push(("Signature".into(), signature.clone()));
    Signed {
        query,
        string_to_sign,
        signature,
        ..Signed::default()
    }
}

/// The string to sign and the signature over all parameters, in any order.
pub fn signature(
    method: &str,
    pairs: &[(String, String)],
    secret: &str,
) -> (String, String) {
    let mut parameters = String::with_capacity(512);
    sorted_query(&mut parameters, pairs);
    let mut text = String::with_capacity(parameters.len() * 3 / 2);
    text.extend([method, "&%2F&"]);
    percent(&mut text, &parameters);
    let key = [secret, "&"].concat();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key.as_bytes());
    let code = hmac::sign(&key, text.as_bytes());
    (text, STANDARD.encode(code))
}

/// The pairs of a form that [`crate::protocol::encode`] wrote.
fn form_pairs(request: &HttpRequest) -> Vec<(String, String)> {
    let is_form = request
        .header("content-type")
        .is_some_and(|kind| kind == FORM);
    let Some(body) = std::str::from_utf8(&request.body).ok().filter(|_| is_form) else {
        return Vec::new();
    };
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pair = |pair: &str| {
        pair.split_once('=')
            .map(|(key, value)| (decode(key), decode(value)))
    };
    body.split('&').filter_map(pair).collect()
}
