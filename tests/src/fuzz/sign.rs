//! Any request and any keys, signed: the same each time, another signature for another
//! request, a canonical request that says what is sent, and no secret anywhere.

mod case;

use yunspec_runtime::protocol::EncodeError;
use yunspec_runtime::sign::{Digest, Signed, acs3, rpc1, sdk_hmac, tc3};

use super::CANARY;
use case::{Case, Part};

/// Signs with ACS3-HMAC-SHA256, or -SM3.
///
/// # Panics
/// Where a signature is not sound.
pub fn sign_acs3(data: &[u8]) {
    let Some(case) = Case::of(data) else { return };
    let digest = if case.odd {
        Digest::Sm3
    } else {
        Digest::Sha256
    };
    let sign = |case: &Case| {
        let Case {
            request,
            credentials,
            stamp,
            ..
        } = case;
        acs3::sign(request, credentials, stamp, digest)
    };
    let parts = [
        Part::Method,
        Part::Host,
        Part::Path,
        Part::Query,
        Part::Body,
        Part::Header("x-acs-fuzz"),
        Part::Secret,
        Part::Token,
        Part::Nonce,
        Part::Time,
    ];
    if let Some(signed) = judge(&case, sign, &parts) {
        let path = [&case.request.path, "\n"].concat();
        let query = after_path(&case, &signed, &path);
        assert_eq!(pairs(query), sorted(case.request.query));
    }
}

/// Signs with HMAC-SHA1 in the query.
///
/// # Panics
/// Where a signature is not sound.
pub fn sign_rpc1(data: &[u8]) {
    let Some(case) = Case::of(data) else { return };
    let sign = |case: &Case| {
        let Case {
            request,
            credentials,
            stamp,
            service,
            ..
        } = case;
        Ok(rpc1::sign(request, credentials, stamp, service, "v1"))
    };
    let parts = [
        Part::Method,
        Part::Query,
        Part::Secret,
        Part::Token,
        Part::Nonce,
        Part::Time,
        Part::Service,
    ];
    let Some(signed) = judge(&case, sign, &parts) else {
        return;
    };
    let start = [case.request.method.as_str(), "&%2F&"].concat();
    let query = signed.string_to_sign.strip_prefix(&start);
    let query = decoded(query.expect("the method and the path come first"));
    let mut all = case.request.query.clone();
    all.extend(
        signed
            .query
            .into_iter()
            .filter(|(key, _)| key != "Signature"),
    );
    if case.request.header("content-type") == Some("application/x-www-form-urlencoded") {
        let body = std::str::from_utf8(&case.request.body).unwrap_or_default();
        all.extend(body.split('&').filter_map(pair));
    }
    assert_eq!(pairs(&query), sorted(all));
}

/// Signs with TC3-HMAC-SHA256.
///
/// # Panics
/// Where a signature is not sound.
pub fn sign_tc3(data: &[u8]) {
    let Some(case) = Case::of(data) else { return };
    let keys = tc3::DailyKeys::default();
    let with = |case: &Case, keys: &tc3::DailyKeys| {
        let Case {
            request,
            credentials,
            stamp,
            service,
            ..
        } = case;
        tc3::sign(request, credentials, stamp, service, keys)
    };
    let parts = [
        Part::Method,
        Part::Host,
        Part::Path,
        Part::Query,
        Part::Body,
        Part::Header("content-type"),
        Part::Secret,
        Part::Time,
        Part::Service,
    ];
    if let Some(signed) = judge(&case, |case| with(case, &keys), &parts) {
        let fresh = with(&case, &tc3::DailyKeys::default());
        assert_eq!(fresh.as_ref(), Ok(&signed), "a remembered key differs");
        let path = [&case.request.path, "\n"].concat();
        let query = after_path(&case, &signed, &path);
        assert_eq!(pairs(query), case.request.query);
    }
}

/// Signs with SDK-HMAC-SHA256, or -SM3, or V11-HMAC-SHA256.
///
/// # Panics
/// Where a signature is not sound.
pub fn sign_sdk_hmac(data: &[u8]) {
    let Some(case) = Case::of(data) else { return };
    let sign = |case: &Case| {
        let Case {
            request,
            credentials,
            stamp,
            service,
            region,
            odd,
        } = case;
        let variant = match (region.as_str(), odd) {
            ("", false) => sdk_hmac::Variant::Plain(Digest::Sha256),
            ("", true) => sdk_hmac::Variant::Plain(Digest::Sm3),
            (region, _) => sdk_hmac::Variant::Derived { region, service },
        };
        sdk_hmac::sign(request, credentials, stamp, variant)
    };
    let parts = [
        Part::Method,
        Part::Host,
        Part::Path,
        Part::Query,
        Part::Body,
        Part::Header("x-fuzz"),
        Part::Secret,
        Part::Token,
        Part::Time,
    ];
    if let Some(signed) = judge(&case, sign, &parts) {
        let canonical = signed.canonical_request.as_deref().unwrap_or_default();
        let mut lines = canonical.split('\n').skip(1);
        let path = lines.next().expect("the path is the second line");
        assert!(path.ends_with('/'), "{path}");
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte);
        assert!(path.bytes().all(plain), "{path}");
        let query = lines.next().expect("the query is the third line");
        assert_eq!(pairs(query), sorted(case.request.query));
    }
}

/// What holds for every scheme; the signature, where there is one.
fn judge(
    case: &Case,
    sign: impl Fn(&Case) -> Result<Signed, EncodeError>,
    parts: &[Part],
) -> Option<Signed> {
    quiet(&format!("{:?} {:?}", case.request, case.credentials));
    let signed = match sign(case) {
        Ok(signed) => signed,
        Err(error) => {
            quiet(&format!("{error} {error:?}"));
            return None;
        }
    };
    assert_eq!(sign(case).as_ref(), Ok(&signed), "another signature");
    quiet(&signed.string_to_sign);
    quiet(&signed.signature);
    quiet(signed.canonical_request.as_deref().unwrap_or_default());
    quiet(&format!(
        "{signed:?} {:?} {:?}",
        signed.headers, signed.query
    ));
    for (name, value) in &signed.headers {
        quiet(&String::from_utf8_lossy(value.as_bytes()));
        let secret = name == "authorization" || name.as_str().ends_with("-token");
        assert_eq!(secret, value.is_sensitive(), "{name}");
    }
    for part in parts {
        if let Ok(other) = sign(&case.with(part)) {
            assert_ne!(other.signature, signed.signature, "{part:?} is not signed");
        }
    }
    let mut request = case.request.clone();
    request.query.extend_from_slice(&signed.query);
    request.headers.extend_from_slice(&signed.headers);
    let _ = request.into_http("https");
    Some(signed)
}

/// The query in a canonical request, behind the method and the path.
fn after_path<'s>(case: &Case, signed: &'s Signed, path: &str) -> &'s str {
    let canonical = signed.canonical_request.as_deref().unwrap_or_default();
    let start = [case.request.method.as_str(), "\n", path].concat();
    let rest = canonical.strip_prefix(&start);
    let rest = rest.expect("the method and the path come first");
    rest.split('\n').next().unwrap_or_default()
}

fn quiet(shown: &str) {
    assert!(!shown.contains(CANARY), "shows a secret: {shown}");
}

fn sorted(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.sort();
    pairs
}

/// The pairs of an encoded query.
fn pairs(query: &str) -> Vec<(String, String)> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| pair(part).expect("a key and a value"))
        .collect()
}

fn pair(part: &str) -> Option<(String, String)> {
    let (key, value) = part.split_once('=')?;
    Some((decoded(key), decoded(value)))
}

/// A text without its `%XX`.
fn decoded(text: &str) -> String {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = (digit(bytes.get(at + 1)), digit(bytes.get(at + 2)));
        if let (b'%', (Some(high), Some(low))) = (byte, pair) {
            plain.extend(u8::try_from(high * 16 + low));
            at += 3;
        } else {
            plain.push(*byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}
