//! Tencent Cloud API 3.0: a JSON body, everything else in `X-TC-` headers.

use std::time::UNIX_EPOCH;

use http::{HeaderMap, HeaderName};

use super::answer::{Answer, Content, Failure, Kind, header_id, retry_after, text_of};
use super::parts::{Draft, JSON};
use super::{EncodeError, Family, HttpRequest, Options};
use crate::credentials;
use crate::operation::{Call, Service};
use crate::sign;
use crate::stamp::Stamp;
use crate::value::Json;

const X_TC_ACTION: HeaderName = HeaderName::from_static("x-tc-action");
const X_TC_VERSION: HeaderName = HeaderName::from_static("x-tc-version");
const X_TC_REGION: HeaderName = HeaderName::from_static("x-tc-region");
const X_TC_LANGUAGE: HeaderName = HeaderName::from_static("x-tc-language");

pub(super) static JSON_3: Family = Family {
    name: "tc3-json",
    encode,
    read,
    sign: sign::tencent,
    unsigned,
    sources: &credentials::TENCENT,
};

fn encode(
    service: &Service,
    call: &Call<'_>,
    draft: Draft,
    options: Options<'_>,
) -> Result<HttpRequest, EncodeError> {
    let Draft { mut http, content } = draft;
    if content.is_none() {
        http.body.extend_from_slice(b"{}");
    }
    http.content_type(content.as_deref().unwrap_or(JSON))?;
    http.push(X_TC_ACTION, call.name)?;
    http.push_static(X_TC_VERSION, service.version)?;
    if let Some(region) = options.region {
        http.push(X_TC_REGION, region)?;
    }
    if let Some(language) = options.language {
        http.push(X_TC_LANGUAGE, language)?;
    }
    Ok(http)
}

fn unsigned(_: &HttpRequest, stamp: &Stamp) -> Vec<(&'static str, String)> {
    let since = stamp.time.duration_since(UNIX_EPOCH).unwrap_or_default();
    vec![
        ("x-tc-timestamp", since.as_secs().to_string()),
        ("authorization", "SKIP".to_owned()),
    ]
}

/// An error arrives with status 200 as well, whatever the content type says.
fn read(status: u16, headers: &HeaderMap, body: &[u8]) -> Answer {
    let content = Content::parse(body);
    let response = content.json().and_then(|json| json.get("Response"));
    let in_body = response.and_then(|response| text_of(response, &["RequestId"]));
    let request_id = in_body.or_else(|| header_id(headers));
    let error = response.and_then(|response| response.get("Error"));
    let error = error.filter(|error| !error.is_null());
    if !(200..300).contains(&status) || error.is_some() {
        let code = error.and_then(|error| text_of(error, &["Code"]));
        let message = error.and_then(|error| text_of(error, &["Message"]));
        let kind = kind(status, code.as_deref());
        let retry_after = retry_after(headers);
        let details = content.into_json();
        return Answer::Failure(Failure {
            kind,
            code,
            message,
            request_id,
            retry_after,
            details,
        });
    }
    match content {
        Content::Json(mut json) => match json.get_mut("Response").map(Json::take) {
            Some(json) => Answer::Success { json, request_id },
            None => Answer::Unreadable {
                why: "no member Response".to_owned(),
                request_id,
            },
        },
        content => content.into_answer(request_id),
    }
}

fn kind(status: u16, code: Option<&str>) -> Kind {
    let code = code.unwrap_or_default();
    match code.split('.').next().unwrap_or_default() {
        "RequestLimitExceeded" => Kind::Throttling,
        "AuthFailure" if code == "AuthFailure.SignatureExpire" => Kind::ClockSkew,
        "AuthFailure" if code == "AuthFailure.TokenFailure" => Kind::Token,
        "AuthFailure" | "UnauthorizedOperation" => Kind::Auth,
        "InternalError" | "ServiceUnavailable" => Kind::Transient,
        _ => Kind::of_status(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert_eq!(
            kind(200, Some("RequestLimitExceeded.UinLimitExceeded")),
            Kind::Throttling
        );
        assert_eq!(
            kind(200, Some("AuthFailure.SignatureExpire")),
            Kind::ClockSkew
        );
        assert_eq!(kind(200, Some("AuthFailure.SecretIdNotFound")), Kind::Auth);
        assert_eq!(kind(200, Some("AuthFailure.TokenFailure")), Kind::Token);
        assert_eq!(
            kind(200, Some("InternalError.SystemError")),
            Kind::Transient
        );
        assert_eq!(
            kind(200, Some("ResourceNotFound.UserNotExist")),
            Kind::Other
        );
        assert_eq!(kind(503, None), Kind::Transient);
    }
}
