//! A transport with recorded answers, for the tests of a program that calls a service.
//!
//! ```
//! use std::sync::Arc;
//!
//! use yunspec_runtime::endpoint::Endpoint;
//! use yunspec_runtime::test_util::{Answer, Recorded};
//! use yunspec_runtime::{Call, Client, Config, Credentials, Protocol, Request, Retry, Service};
//!
//! #[derive(Request)]
//! struct UpdateUser {
//!     #[wire("Name")]
//!     name: String,
//! }
//!
//! static CAM: Service = Service {
//!     protocol: Protocol::TC3_JSON,
//!     id: "tencent/cam",
//!     product: "cam",
//!     version: "2019-01-16",
//!     endpoint: Endpoint {
//!         global: Some("cam.tencentcloudapi.com"),
//!         global_regions: &[],
//!         regional: None,
//!         regions: &[],
//!         hosts: &[],
//!     },
//! };
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let refused = r#"{"Response": {"Error": {"Code": "FailedOperation", "Message": "No."},
//!     "RequestId": "r-1"}}"#;
//! let recorded = Arc::new(Recorded::new([Answer::new(200).body(refused)]));
//! let config = Config::new(Credentials::new("id", "key")).transport(recorded.clone());
//! let cam = Client::new(&CAM, config)?; // a generated client takes the same settings
//!
//! let call = Call {
//!     name: "UpdateUser",
//!     method: "POST",
//!     path: "/",
//!     retry: Retry::Unsafe,
//!     ..Call::PLAIN
//! };
//! let request = UpdateUser { name: "test124".to_owned() };
//! let error = cam.call_untyped(&call, &request).await.expect_err("it is refused");
//! assert_eq!(error.raw_code(), Some("FailedOperation"));
//!
//! let sent = recorded.request();
//! assert_eq!((sent.method(), sent.path()), ("POST", "/"));
//! assert_eq!(sent.header("x-tc-action"), Some("UpdateUser"));
//! assert_eq!(sent.text(), r#"{"Name":"test124"}"#);
//! # Ok(())
//! # }
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};

use crate::future::BoxFuture;
use crate::received::Received;
use crate::transport::{Limits, Transport, TransportError};

/// A transport that gives recorded answers, in their order, and keeps what was sent.
///
/// When the answers are used up every further request fails as if there were no connection.
#[derive(Debug, Default)]
pub struct Recorded {
    answers: Mutex<VecDeque<Answer>>,
    requests: Mutex<Vec<Sent>>,
}

impl Recorded {
    /// A transport with these answers.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self {
            answers: Mutex::new(answers.into_iter().collect()),
            requests: Mutex::default(),
        }
    }

    /// Every request so far, in the order in which they were sent.
    pub fn requests(&self) -> Vec<Sent> {
        locked(&self.requests).clone()
    }

    /// The one request so far.
    ///
    /// # Panics
    /// Where there was none, or more than one.
    #[track_caller]
    pub fn request(&self) -> Sent {
        let mut requests = self.requests();
        let count = requests.len();
        let only = requests.pop().filter(|_| count == 1);
        only.unwrap_or_else(|| panic!("one request was expected, {count} were sent"))
    }
}

impl Transport for Recorded {
    fn send(
        &self,
        request: Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        locked(&self.requests).push(Sent(request));
        let answer = locked(&self.answers).pop_front();
        Box::pin(async move {
            match answer {
                Some(answer) => answer.give(limits),
                None => Err(TransportError::Connect {
                    cause: "no recorded answer is left".into(),
                }),
            }
        })
    }
}

/// One recorded answer, or one way to have none. `Debug` shows the status: an answer may hold
/// keys.
#[derive(Clone)]
pub struct Answer(Outcome);

#[derive(Clone)]
enum Outcome {
    Response {
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    },
    NoConnection,
    Broken,
    Timeout,
}

impl Answer {
    /// An answer with this status, no headers and an empty body.
    ///
    /// # Panics
    /// Where the status is not from 100 to 999.
    #[track_caller]
    pub fn new(status: u16) -> Self {
        let status = StatusCode::from_u16(status).expect("a status is from 100 to 999");
        Self(Outcome::Response {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        })
    }

    /// No connection: nothing is sent.
    pub fn no_connection() -> Self {
        Self(Outcome::NoConnection)
    }

    /// The connection breaks after the request was sent.
    pub fn broken() -> Self {
        Self(Outcome::Broken)
    }

    /// The time is up after the request was sent.
    pub fn timeout() -> Self {
        Self(Outcome::Timeout)
    }

    /// Adds a header; an answer that never comes has none.
    ///
    /// # Panics
    /// Where no header can have this name or value.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).expect("a header can have this name");
        let value = HeaderValue::try_from(value).expect("a header can have this value");
        if let Outcome::Response { headers, .. } = &mut self.0 {
            headers.append(name, value);
        }
        self
    }

    /// Sets the body; an answer that never comes has none.
    pub fn body(mut self, text: impl Into<Bytes>) -> Self {
        if let Outcome::Response { body, .. } = &mut self.0 {
            *body = text.into();
        }
        self
    }

    fn give(self, limits: Limits) -> Result<Response<Bytes>, TransportError> {
        let cause = || "a recorded failure".into();
        match self.0 {
            Outcome::Response {
                status,
                headers,
                body,
            } => {
                if body.len() > limits.max_response_bytes {
                    let received = Received::new(status, headers, &body);
                    return Err(TransportError::TooLarge {
                        limit: limits.max_response_bytes,
                        received: Box::new(received),
                    });
                }
                let mut response = Response::new(body);
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                Ok(response)
            }
            Outcome::NoConnection => Err(TransportError::Connect { cause: cause() }),
            Outcome::Broken => Err(TransportError::Broken {
                cause: cause(),
                received: None,
            }),
            Outcome::Timeout => Err(TransportError::Timeout {
                sent: true,
                received: None,
            }),
        }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Outcome::Response { status, .. } => return write!(f, "Answer({status})"),
            Outcome::NoConnection => "Answer(no connection)",
            Outcome::Broken => "Answer(broken)",
            Outcome::Timeout => "Answer(timeout)",
        })
    }
}

/// A request as the client handed it over, signed. `Debug` shows method, host and path.
#[derive(Clone)]
pub struct Sent(Request<Bytes>);

impl Sent {
    /// The method.
    pub fn method(&self) -> &str {
        self.0.method().as_str()
    }

    /// The host, with a port where it is not the scheme's own.
    pub fn host(&self) -> &str {
        let authority = self.0.uri().authority();
        authority.map_or("", |authority| authority.as_str())
    }

    /// The path, encoded.
    pub fn path(&self) -> &str {
        self.0.uri().path()
    }

    /// The query, encoded; empty where there is none.
    pub fn query(&self) -> &str {
        self.0.uri().query().unwrap_or_default()
    }

    /// The value of the first header of that name, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)?.to_str().ok()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// The body as text; what is no UTF-8 becomes U+FFFD.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.0.body()).into_owned()
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent")
            .field("method", &self.method())
            .field("host", &self.host())
            .field("path", &self.path())
            .finish_non_exhaustive()
    }
}

/// The value of a mutex, also after a test panicked with it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
