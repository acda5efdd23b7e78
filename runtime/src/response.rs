//! A success, with what came around it.

use std::fmt;
use std::ops::Deref;

use http::{HeaderMap, StatusCode};

use crate::decode::Decode;
use crate::error::{DecodeError, DecodeProblem, Error};
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
    pub(crate) attempts: u32,
}

impl Success {
    pub(crate) fn decode<T: Decode, E>(self) -> Result<Response<T>, Error<E>> {
        let Self {
            json,
            request_id,
            received,
            attempts,
        } = self;
        let is_empty = json.is_null();
        match T::decode(json) {
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
