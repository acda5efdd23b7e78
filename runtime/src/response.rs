//! A success, with what came around it.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::decode::{Content, Decode, Message};
use crate::error::{DecodeError, DecodeProblem, Error};
use crate::operation::Answer;
use crate::received::Received;
use crate::value::Json;

/// What an operation returns; reads like the value inside.
///
/// `Debug` shows no headers: an answer may hold keys in them.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    request_id: Option<String>,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
}

impl<T> Response<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The request id, by which the provider's support finds the call.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// How many requests the call took.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

impl<T> Deref for Response<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("request_id", &self.request_id)
            .field("status", &self.status())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// An answer that says success, before it is decoded.
pub(crate) struct Success {
    /// Null where the body was empty.
    pub(crate) json: Json,
    pub(crate) request_id: Option<String>,
    pub(crate) received: Received,
    /// The body of an operation that answers with bytes.
    pub(crate) bytes: Option<Bytes>,
    pub(crate) attempts: u32,
}

impl Success {
    /// A body that is one text, or bytes.
    pub(crate) fn raw(head: Parts, body: Bytes, expected: Answer) -> Self {
        let received = Received::new(head.status, head.headers, &body);
        let request_id = received.request_id().map(str::to_owned);
        let (json, bytes) = match expected {
            Answer::Bytes => (Json::Null, Some(body)),
            Answer::Text | Answer::Json => (text(received.headers(), &body), None),
        };
        Self {
            json,
            request_id,
            received,
            bytes,
            attempts: 1,
        }
    }

    /// Only what is behind a path; null where nothing is.
    pub(crate) fn only(mut self, path: &str) -> Self {
        for key in path.split('.') {
            self.json = self.json.get_mut(key).map_or(Json::Null, Json::take);
        }
        self
    }

    pub(crate) fn decode<T: Decode, E>(self) -> Result<Response<T>, Error<E>> {
        let Self {
            json,
            request_id,
            received,
            bytes,
            attempts,
        } = self;
        let is_empty = json.is_null();
        let content = bytes.map_or(Content::Json(json), Content::Bytes);
        let message = Message {
            headers: received.headers(),
            content,
        };
        match T::receive(message) {
            Ok(value) => {
                let (status, headers) = received.into_head();
                Ok(Response {
                    value,
                    request_id,
                    status,
                    headers,
                    attempts,
                })
            }
            Err(mismatch) => {
                let mismatch = DecodeProblem::Mismatch(mismatch);
                let problem = if is_empty {
                    DecodeProblem::Empty
                } else {
                    mismatch
                };
                let error = DecodeError {
                    problem,
                    request_id,
                    attempts,
                    received,
                };
                Err(Error::Decode(Box::new(error)))
            }
        }
    }
}

/// The text of a body: what a JSON text stands for where the headers speak of JSON, else
/// the body as it is. What is no UTF-8 becomes U+FFFD.
fn text(headers: &HeaderMap, body: &[u8]) -> Json {
    let content = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_json = content.is_some_and(|it| it.windows(4).any(|part| part == b"json"));
    let quoted = is_json.then(|| serde_json::from_slice::<String>(body).ok());
    let plain = || String::from_utf8_lossy(body).into_owned();
    Json::String(quoted.flatten().unwrap_or_else(plain))
}
