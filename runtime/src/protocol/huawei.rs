//! Huawei Cloud: REST with JSON bodies; the request id is in a header.

use http::HeaderMap;

use super::answer::{Answer, Content, Failure, Kind, header_id, retry_after, text_of};
use super::json::DEPTH_LIMIT;
use super::parts::{Draft, JSON};
use super::{EncodeError, Family, HttpRequest, Options};
use crate::credentials;
use crate::operation::{Call, Service};
use crate::sign;
use crate::value::Json;

/// The names that an error code has in one body or another.
const CODES: &[&str] = &["error_code", "errorCode", "code"];
/// The names that its message has.
const MESSAGES: &[&str] = &["error_msg", "errorMsg", "message"];

pub(super) static REST: Family = Family {
    name: "sdk-hmac-rest",
    encode,
    read,
    sign: sign::huawei,
    // The token in the request is all that its services want.
    unsigned: |_, _| Vec::new(),
    sources: &credentials::HUAWEI,
};

fn encode(
    _: &Service,
    _: &Call<'_>,
    draft: Draft,
    _: Options<'_>,
) -> Result<HttpRequest, EncodeError> {
    let Draft { mut http, content } = draft;
    http.query.sort_unstable();
    http.content_type(content.as_deref().unwrap_or(JSON))?;
    Ok(http)
}

fn read(status: u16, headers: &HeaderMap, body: &[u8]) -> Answer {
    let content = Content::parse_either(body);
    let in_header = header_id(headers);
    if (200..300).contains(&status) {
        return content.into_answer(in_header);
    }
    let details = content.into_json();
    let (code, message) = find(&details);
    let request_id =
        in_header.or_else(|| text_of(&details, &["request_id", "requestId"]));
    let kind = kind(status, code.as_deref(), message.as_deref());
    let retry_after = retry_after(headers);
    Answer::Failure(Failure {
        kind,
        code,
        message,
        request_id,
        retry_after,
        details,
    })
}

type Pair = (Option<String>, Option<String>);

/// Code and message: the first complete pair from the outside in; else what there is.
fn find(json: &Json) -> Pair {
    let outer = (text_of(json, CODES), text_of(json, MESSAGES));
    complete(json, 0).unwrap_or(outer)
}

fn complete(json: &Json, depth: usize) -> Option<Pair> {
    if let (Some(code), Some(message)) = (text_of(json, CODES), text_of(json, MESSAGES)) {
        return Some((Some(code), Some(message)));
    }
    let object = json.as_object().filter(|_| depth < DEPTH_LIMIT)?;
    object.values().find_map(|inner| complete(inner, depth + 1))
}

fn kind(status: u16, code: Option<&str>, message: Option<&str>) -> Kind {
    // The gateway has one code for every refused signature; only its words tell the clock
    // and the token.
    let lower = message.unwrap_or_default().to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|words| lower.contains(words));
    match code {
        Some("APIGW.0308" | "APIG.0308") => Kind::Throttling,
        Some("APIGW.0301" | "APIGW.0303") if says(&["signature expired"]) => {
            Kind::ClockSkew
        }
        Some("APIGW.0301" | "APIG.0301")
            if says(&["token expires", "decrypt token fail"]) =>
        {
            Kind::Token
        }
        Some("APIGW.0301" | "APIGW.0303") => Kind::Auth,
        _ => Kind::of_status(status),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(json: &Json) -> (String, String) {
        let (code, message) = find(json);
        (code.unwrap_or_default(), message.unwrap_or_default())
    }

    #[test]
    fn six_spellings() {
        let pair = |code: &str, message: &str| (code.to_owned(), message.to_owned());
        let cases = [
            (
                json!({ "error_code": "A", "error_msg": "m" }),
                pair("A", "m"),
            ),
            (json!({ "errorCode": "A", "errorMsg": "m" }), pair("A", "m")),
            (json!({ "code": "A", "message": "m" }), pair("A", "m")),
            (
                json!({ "error": { "code": "A", "message": "m" } }),
                pair("A", "m"),
            ),
            (
                json!({ "error": { "code": 400, "message": "m" } }),
                pair("400", "m"),
            ),
            (
                json!({ "a": { "b": { "errorCode": "A", "message": "m" } } }),
                pair("A", "m"),
            ),
            // An inner pair wins over half of an outer one, and loses against a whole one.
            (
                json!({ "error_code": "T", "error": { "code": "A", "message": "m" } }),
                pair("A", "m"),
            ),
            (
                json!({ "error_code": "T", "error_msg": "t", "x": { "code": 1, "message": "m" } }),
                pair("T", "t"),
            ),
            (json!({ "error_code": "E5" }), pair("E5", "")),
            (json!({ "error_msg": "m" }), pair("", "m")),
            (json!("plain"), pair("", "")),
        ];
        for (body, expected) in cases {
            assert_eq!(found(&body), expected, "{body}");
        }
    }

    #[test]
    fn kinds() {
        assert_eq!(kind(429, Some("APIGW.0308"), None), Kind::Throttling);
        let late = Some("Incorrect IAM authentication information: Signature expired");
        assert_eq!(kind(401, Some("APIGW.0301"), late), Kind::ClockSkew);
        assert_eq!(
            kind(401, Some("APIGW.0301"), Some("verify failed")),
            Kind::Auth
        );
        for words in ["token expires, expires_at: 2026", "decrypt token fail"] {
            let message = format!("Incorrect IAM authentication information: {words}");
            let token = |code| kind(401, Some(code), Some(&message));
            assert_eq!(token("APIGW.0301"), Kind::Token, "{words}");
            assert_eq!(token("APIG.0301"), Kind::Token, "{words}");
        }
        assert_eq!(kind(403, Some("PAP5.0030"), None), Kind::Auth);
        assert_eq!(kind(500, Some("WKS.500"), None), Kind::Transient);
        assert_eq!(kind(404, Some("WKS.404"), None), Kind::Other);
    }
}
