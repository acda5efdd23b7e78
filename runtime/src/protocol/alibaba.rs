//! Alibaba Cloud, RPC and resource style.

use std::time::Duration;

use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::answer::{
    Answer, Content, Failure, Kind, header_id, header_text, retry_after, text_of,
};
use super::parts::{Draft, JSON};
use super::{EncodeError, Family, HttpRequest, Options};
use crate::credentials;
use crate::operation::{Call, Service};
use crate::sign::{self, Digest, Sign};
use crate::stamp::Stamp;
use crate::timestamp::Timestamp;

pub(super) static RPC: Family = family("acs-rpc", sign::alibaba_rpc);
pub(super) static ROA: Family = family("acs-roa", sign::alibaba_roa);

const fn family(name: &'static str, sign: Sign) -> Family {
    Family {
        name,
        encode,
        read,
        sign,
        unsigned,
        sources: &credentials::ALIBABA,
    }
}

const X_ACS_ACTION: HeaderName = HeaderName::from_static("x-acs-action");
const X_ACS_VERSION: HeaderName = HeaderName::from_static("x-acs-version");

/// What is said of a token of temporary keys before anything is done.
const TOKEN: [&str; 2] = [
    "InvalidSecurityToken.Expired",
    "InvalidSecurityToken.Malformed",
];

fn encode(
    service: &Service,
    call: &Call<'_>,
    draft: Draft,
    _: Options<'_>,
) -> Result<HttpRequest, EncodeError> {
    let Draft { mut http, content } = draft;
    http.push(X_ACS_ACTION, call.name)?;
    http.push_static(X_ACS_VERSION, service.version)?;
    http.headers.push((ACCEPT, HeaderValue::from_static(JSON)));
    if let Some(content) = content {
        http.content_type(&content)?;
    }
    Ok(http)
}

fn unsigned(request: &HttpRequest, stamp: &Stamp) -> Vec<(&'static str, String)> {
    vec![
        ("x-acs-date", Timestamp::from(stamp.time).to_string()),
        ("x-acs-signature-nonce", stamp.nonce.clone()),
        ("x-acs-content-sha256", Digest::Sha256.hex(&request.body)),
    ]
}

fn read(status: u16, headers: &HeaderMap, body: &[u8]) -> Answer {
    let content = Content::parse_either(body);
    let in_body = content
        .json()
        .and_then(|json| text_of(json, &["RequestId", "requestId"]));
    let request_id = in_body.or_else(|| header_id(headers));
    if (200..300).contains(&status) {
        return content.into_answer(request_id);
    }
    let details = content.into_json();
    let code = text_of(&details, &["Code", "code"]);
    let message = text_of(&details, &["Message", "message"]).map(without_echo);
    let kind = kind(status, code.as_deref());
    let retry_after = retry_after(headers).max(time_left(kind, headers));
    Answer::Failure(Failure {
        kind,
        code,
        message,
        request_id,
        retry_after,
        details,
    })
}

/// How long the limit that was hit lasts, in milliseconds: a user's own, or of this one API.
fn time_left(kind: Kind, headers: &HeaderMap) -> Option<Duration> {
    let time_left = |name| {
        let pairs = header_text(headers, &[name])?.split(',');
        let mut pairs = pairs.filter_map(|pair| pair.split_once(':'));
        pairs
            .find(|(key, _)| key.trim() == "TimeLeft")?
            .1
            .trim()
            .parse()
            .ok()
    };
    let longest = time_left("x-ratelimit-user-api").max(time_left("x-ratelimit-user"));
    longest
        .filter(|_| kind == Kind::Throttling)
        .map(Duration::from_millis)
}

/// The message, up to the first value of a request that it echoes: a refused signature comes
/// back with all parameters, passwords among them.
fn without_echo(mut message: String) -> String {
    let lower = message.to_ascii_lowercase();
    let titles = [
        "string to sign",
        "stringtosign",
        "canonical request",
        "canonicalrequest",
    ];
    let Some(echo) = titles.iter().filter_map(|title| lower.find(title)).min() else {
        return message;
    };
    let signs = ["=", "%3d"]
        .iter()
        .filter_map(|sign| lower[echo..].find(sign));
    if let Some(value) = signs.min() {
        message.truncate(echo + value);
        message.push_str("=***");
    }
    message
}

fn kind(status: u16, code: Option<&str>) -> Kind {
    let code = code.unwrap_or_default();
    let starts =
        |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
    if starts(&["Throttling"]) {
        Kind::Throttling
    } else if starts(&["InvalidTimeStamp.Expired"]) {
        Kind::ClockSkew
    } else if TOKEN.contains(&code) {
        Kind::Token
    } else if starts(&[
        "InvalidAccessKeyId",
        "InvalidSecurityToken",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "NoPermission",
        "Forbidden",
    ]) {
        Kind::Auth
    } else if starts(&["ServiceUnavailable"]) {
        Kind::Transient
    } else {
        Kind::of_status(status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert_eq!(kind(400, Some("Throttling.User")), Kind::Throttling);
        assert_eq!(kind(429, None), Kind::Throttling);
        assert_eq!(kind(400, Some("InvalidTimeStamp.Expired")), Kind::ClockSkew);
        assert_eq!(kind(403, Some("NoPermission")), Kind::Auth);
        let token = |what| kind(400, Some(what));
        assert_eq!(token("InvalidSecurityToken.Expired"), Kind::Token);
        assert_eq!(token("InvalidSecurityToken.Malformed"), Kind::Token);
        assert_eq!(token("InvalidSecurityToken.Other"), Kind::Auth);
        assert_eq!(kind(503, Some("ServiceUnavailable")), Kind::Transient);
        assert_eq!(kind(502, None), Kind::Transient);
        assert_eq!(kind(404, Some("EntityNotExist.User")), Kind::Other);
        assert_eq!(kind(302, None), Kind::Other);
    }

    #[test]
    fn an_echo_of_the_request_is_cut() {
        let start =
            "Specified signature does not match. server string to sign is:POST&%2F&";
        let echo = format!("{start}AccessKeyId%3Dtestid%26Password%3Dhunter2");
        assert_eq!(without_echo(echo), format!("{start}AccessKeyId=***"));
        let echo = "x=1; CanonicalRequest is:POST\n/\nPassword=hunter2\n";
        let cut = "x=1; CanonicalRequest is:POST\n/\nPassword=***";
        assert_eq!(without_echo(echo.to_owned()), cut);
        for plain in [start, "UserName=x is not there", ""] {
            assert_eq!(without_echo(plain.to_owned()), plain);
        }
    }

    #[test]
    fn numeric_code_is_kept_as_text() {
        let Answer::Failure(failure) = read(400, &HeaderMap::new(), br#"{"code":440}"#)
        else {
            panic!("400 is a failure")
        };
        assert_eq!(failure.code.as_deref(), Some("440"));
        assert_eq!(failure.details, serde_json::json!({ "code": 440 }));
    }
}
