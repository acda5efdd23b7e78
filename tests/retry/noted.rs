//! A transport around another one that notes when it was used, and with which headers.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use tokio::time::Instant;
use yunspec_runtime::future::BoxFuture;
use yunspec_runtime::transport::{Limits, Transport, TransportError};

/// Notes every request to the transport inside.
#[derive(Debug)]
pub(crate) struct Noted<T> {
    inner: T,
    seen: Mutex<Vec<Seen>>,
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) headers: HeaderMap,
    pub(crate) came: Instant,
    pub(crate) went: Instant,
}

impl<T> Noted<T> {
    pub(crate) fn new(inner: T) -> Self {
        Self {
            inner,
            seen: Mutex::default(),
        }
    }

    pub(crate) fn inner(&self) -> &T {
        &self.inner
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.lock().clone()
    }

    /// The pauses between the requests, in milliseconds.
    pub(crate) fn pauses(&self) -> Vec<u128> {
        let pause = |pair: &[Seen]| (pair[1].came - pair[0].went).as_millis();
        self.lock().windows(2).map(pause).collect()
    }

    /// One header of every request; empty where it is absent.
    pub(crate) fn header(&self, name: &str) -> Vec<String> {
        let value = |seen: &Seen| {
            let value = seen
                .headers
                .get(name)
                .map(|value| value.to_str().expect("ASCII"));
            value.unwrap_or_default().to_owned()
        };
        self.lock().iter().map(value).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Transport> Noted<T> {
    async fn note(
        &self,
        request: Request<Bytes>,
        limits: Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        let (headers, came) = (request.headers().clone(), Instant::now());
        let result = self.inner.send(request, limits).await;
        self.lock().push(Seen {
            headers,
            came,
            went: Instant::now(),
        });
        result
    }
}

impl<T: Transport> Transport for Noted<T> {
    fn send(
        &self,
        request: Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.note(request, limits))
    }
}
