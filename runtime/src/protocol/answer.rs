//! What an answer says, before anything is decoded into types.

use std::fmt;
use std::time::Duration;

use http::HeaderMap;

use crate::skew::{date, http_date};
use crate::value::Json;
use crate::xml;

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The call succeeded.
    Success {
        /// The members of the response, without the protocol's envelope.
        json: Json,
        /// The request's id, from body or headers.
        request_id: Option<String>,
    },
    /// The status says success and there is no body; fine for an operation that returns
    /// nothing, and for no other.
    Empty {
        /// The request's id, from the headers.
        request_id: Option<String>,
    },
    /// The service refused or failed; also any status outside 200 to 299.
    Failure(Failure),
    /// The status says success and the body is no answer: HTML, cut off, no envelope.
    Unreadable {
        /// What is wrong with the body.
        why: String,
        /// The request's id, from the headers.
        request_id: Option<String>,
    },
}

/// What a service says about a failure. `Debug` leaves out `details`.
#[derive(Clone, PartialEq)]
pub struct Failure {
    /// What a caller can do about it.
    pub kind: Kind,
    /// The error code, to the letter; a number as its digits.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The request's id, from body or headers.
    pub request_id: Option<String>,
    /// How long to wait before the next attempt, where a header says so.
    pub retry_after: Option<Duration>,
    /// The whole body, to the letter; null where it is neither JSON nor XML.
    pub details: Json,
}

/// What a caller can do about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Too many requests: wait and repeat.
    Throttling,
    /// The service has trouble that may pass.
    Transient,
    /// Keys, signature or permissions.
    Auth,
    /// The token of temporary keys is expired or no good: other keys may be taken.
    Token,
    /// The clock of this machine is off.
    ClockSkew,
    /// Anything else: repeating changes nothing.
    Other,
}

impl Kind {
    /// What the status alone tells.
    pub(super) fn of_status(status: u16) -> Self {
        match status {
            429 => Self::Throttling,
            401 | 403 => Self::Auth,
            500 | 502 | 503 | 504 => Self::Transient,
            _ => Self::Other,
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("kind", &self.kind)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}

/// A body, read as what it is and not as what its content type says.
pub(super) enum Content {
    Empty,
    Json(Json),
    Unreadable(String),
}

impl Content {
    /// JSON.
    pub(super) fn parse(body: &[u8]) -> Self {
        let body = trimmed(body);
        if body.is_empty() {
            return Self::Empty;
        }
        serde_json::from_slice(body).map_or_else(
            |error| Self::Unreadable(format!("no JSON: {error}")),
            Self::Json,
        )
    }

    /// JSON, or XML in its place.
    pub(super) fn parse_either(body: &[u8]) -> Self {
        let body = trimmed(body);
        if body.first() != Some(&b'<') {
            return Self::parse(body);
        }
        xml::parse(body)
            .map_or_else(|error| Self::Unreadable(error.to_string()), Self::Json)
    }

    pub(super) fn json(&self) -> Option<&Json> {
        match self {
            Self::Json(json) => Some(json),
            Self::Empty | Self::Unreadable(_) => None,
        }
    }

    /// The body as JSON; null where it is none.
    pub(super) fn into_json(self) -> Json {
        match self {
            Self::Json(json) => json,
            Self::Empty | Self::Unreadable(_) => Json::Null,
        }
    }

    /// The answer of a body without an envelope, at a status that says success.
    pub(super) fn into_answer(self, request_id: Option<String>) -> Answer {
        match self {
            Self::Json(json) => Answer::Success { json, request_id },
            Self::Empty => Answer::Empty { request_id },
            Self::Unreadable(why) => Answer::Unreadable { why, request_id },
        }
    }
}

/// A body without a byte order mark and the spaces around it.
fn trimmed(body: &[u8]) -> &[u8] {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii()
}

/// The first of these members that is a text with content, or a number.
pub(super) fn text_of(json: &Json, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match json.get(name)? {
        Json::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// The request's id as a header has it.
pub(super) fn header_id(headers: &HeaderMap) -> Option<String> {
    id_in(headers).map(str::to_owned)
}

/// The request's id as a header has it, without a copy.
pub(crate) fn id_in(headers: &HeaderMap) -> Option<&str> {
    header_text(headers, &["x-acs-request-id", "x-request-id"])
}

/// The longest pause that a header asks for: milliseconds in the one; seconds, or a date
/// that is held against the service's own time, in the other.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| header_text(headers, &[name]).map(str::trim);
    let until = |text| http_date(text)?.duration_since(date(headers)?).ok();
    let milliseconds = text("x-acs-retry-after").and_then(|text| text.parse().ok());
    let standard = text("retry-after").and_then(|text| match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => until(text),
    });
    milliseconds.map(Duration::from_millis).max(standard)
}

pub(super) fn header_text<'a>(headers: &'a HeaderMap, names: &[&str]) -> Option<&'a str> {
    let value = names.iter().find_map(|name| headers.get(*name))?;
    value.to_str().ok().filter(|text| !text.is_empty())
}
