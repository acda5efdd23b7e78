//! A transport in memory that follows a script.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::time::sleep;
use yunspec_runtime::future::BoxFuture;
use yunspec_runtime::received::Received;
use yunspec_runtime::transport::{Limits, Transport, TransportError};

use crate::step::{Reply, Step};

/// How long a connection is waited for: the default of `Timeouts::connect`.
const CONNECT: Duration = Duration::from_secs(3);

/// A transport that plays a script, and past its end its last step again and again.
#[derive(Debug)]
pub(crate) struct Memory(Mutex<VecDeque<Step>>);

impl Memory {
    pub(crate) fn new(script: impl IntoIterator<Item = Step>) -> Self {
        Self(Mutex::new(script.into_iter().collect()))
    }

    fn next(&self) -> Step {
        let mut script = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let step = script.pop_front().expect("a script has a step");
        if script.is_empty() {
            script.push_back(step.clone());
        }
        step
    }
}

impl Transport for Memory {
    fn send(
        &self,
        _request: Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(perform(self.next(), limits))
    }
}

async fn perform(step: Step, limits: Limits) -> Result<Response<Bytes>, TransportError> {
    Err(match step {
        Step::Answer(reply) => return Ok(response(&reply)),
        Step::Reset => TransportError::Broken {
            cause: "reset".into(),
            received: None,
        },
        Step::Cut(reply) => {
            let received = Received::new(reply.status(), reply.header_map(), b"{");
            TransportError::Broken {
                cause: "cut off".into(),
                received: Some(Box::new(received)),
            }
        }
        Step::Large => {
            let received = Box::new(Received::default());
            TransportError::TooLarge {
                limit: limits.max_response_bytes,
                received,
            }
        }
        Step::Refused => TransportError::Connect {
            cause: "refused".into(),
        },
        Step::Stall => {
            sleep(limits.timeout).await;
            TransportError::Timeout {
                sent: true,
                received: None,
            }
        }
        Step::NoDial => {
            sleep(limits.timeout.min(CONNECT)).await;
            TransportError::Timeout {
                sent: false,
                received: None,
            }
        }
    })
}

pub(crate) fn response(reply: &Reply) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(reply.body.clone()));
    *response.status_mut() = reply.status();
    *response.headers_mut() = reply.header_map();
    response
}
