//! The transport that ships: reqwest over HTTP/1.1, with rustls.

use std::error::Error as StdError;
use std::fmt;
use std::mem;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request, Response, Uri};
use reqwest::Url;
use reqwest::redirect::Policy;
use tokio::time::{Instant, timeout_at};

use super::{Limits, Network, Transport, TransportError};
use crate::config::ConfigError;
use crate::future::BoxFuture;
use crate::received::Received;

/// The transport that a [`Client`](crate::Client) uses unless its configuration names one.
///
/// It holds the pool of connections; clients that share it share the pool. Answers come as
/// they are: it asks for no compression and undoes none.
///
/// TLS is rustls over ring, or over AWS-LC with the feature `aws-lc` of this crate or of the
/// crate of the clients.
#[derive(Clone)]
pub struct HttpTransport(reqwest::Client);

impl HttpTransport {
    /// How long an idle connection is kept. It has to be less than the clouds keep theirs,
    /// or a request meets a connection that is being closed: Alibaba Cloud takes about 10
    /// seconds, Tencent Cloud 60.
    pub const IDLE: Duration = Duration::from_secs(8);

    /// A transport with an empty pool. `connect` bounds name lookup, TCP and TLS together.
    ///
    /// With `allow_http` plain HTTP is sent as well, and no proxy of the environment is used.
    ///
    /// # Errors
    /// [`ConfigError::Tls`] where the system has no certificate authorities.
    pub fn new(connect: Duration, allow_http: bool) -> Result<Self, ConfigError> {
        Self::through(&Network::default(), connect, allow_http)
    }

    /// The same with a proxy and root certificates.
    pub(crate) fn through(
        network: &Network,
        connect: Duration,
        allow_http: bool,
    ) -> Result<Self, ConfigError> {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(network.tls()?)
            .http1_only()
            .https_only(!allow_http)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(connect)
            .pool_idle_timeout(Self::IDLE);
        let builder = match network.proxy()? {
            Some(proxy) => builder.proxy(proxy),
            None if allow_http => builder.no_proxy(),
            None => builder,
        };
        builder
            .build()
            .map(Self)
            .map_err(|error| ConfigError::Tls(Box::new(error)))
    }

    async fn exchange(
        &self,
        request: Request<Bytes>,
        limits: Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        let deadline = Instant::now() + limits.timeout;
        let url = unchanged(request.uri())?;
        let (head, body) = framed(request).into_parts();
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(body.into());
        match timeout_at(deadline, self.0.execute(request)).await {
            Ok(Ok(response)) => {
                Reader::new(response, limits.max_response_bytes)
                    .read(deadline)
                    .await
            }
            Ok(Err(error)) => Err(failed(error)),
            Err(_) => Err(TransportError::Timeout {
                sent: true,
                received: None,
            }),
        }
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpTransport")
    }
}

/// Says that there is no body where one is usual: some gateways answer 411 otherwise.
fn framed(mut request: Request<Bytes>) -> Request<Bytes> {
    let usual = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    if usual && request.body().is_empty() {
        request
            .headers_mut()
            .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    request
}

/// The URL for reqwest, whose own kind may resolve dots, decode a host or drop a port: held
/// against the one that was signed.
fn unchanged(signed: &Uri) -> Result<Url, TransportError> {
    let signed = signed.to_string();
    let url = Url::parse(&signed).map_err(|error| TransportError::Connect {
        cause: Box::new(error),
    })?;
    if url.as_str() == signed {
        return Ok(url);
    }
    let bare = |url: &str| url.split(['?', '#']).next().unwrap_or_default().to_owned();
    Err(TransportError::Rewritten {
        signed: bare(&signed),
        sent: bare(url.as_str()),
    })
}

fn failed(error: reqwest::Error) -> TransportError {
    match (error.is_connect() || error.is_builder(), error.is_timeout()) {
        (true, true) => TransportError::Timeout {
            sent: false,
            received: None,
        },
        (true, false) => connect(error),
        (false, _) => TransportError::Broken {
            cause: quiet(error),
            received: None,
        },
    }
}

fn connect(error: reqwest::Error) -> TransportError {
    TransportError::Connect {
        cause: quiet(error),
    }
}

/// The error without its URL, which may hold a signature.
fn quiet(error: reqwest::Error) -> Box<dyn StdError + Send + Sync> {
    Box::new(error.without_url())
}

/// Reads a body chunk by chunk and never holds more than the limit.
struct Reader {
    response: reqwest::Response,
    body: Vec<u8>,
    limit: usize,
}

impl Reader {
    fn new(response: reqwest::Response, limit: usize) -> Self {
        Self {
            response,
            body: Vec::new(),
            limit,
        }
    }

    async fn read(
        mut self,
        deadline: Instant,
    ) -> Result<Response<Bytes>, TransportError> {
        let announced = self.response.content_length().unwrap_or_default();
        if usize::try_from(announced).map_or(true, |announced| announced > self.limit) {
            return Err(self.too_large());
        }
        while let Some(chunk) = self.chunk(deadline).await? {
            if self.body.len() + chunk.len() > self.limit {
                return Err(self.too_large());
            }
            self.body.extend_from_slice(&chunk);
        }
        Ok(self.finish())
    }

    async fn chunk(
        &mut self,
        deadline: Instant,
    ) -> Result<Option<Bytes>, TransportError> {
        match timeout_at(deadline, self.response.chunk()).await {
            Ok(Ok(chunk)) => Ok(chunk),
            Ok(Err(error)) => Err(TransportError::Broken {
                cause: quiet(error),
                received: Some(Box::new(self.received())),
            }),
            Err(_) => Err(TransportError::Timeout {
                sent: true,
                received: Some(Box::new(self.received())),
            }),
        }
    }

    fn too_large(&self) -> TransportError {
        TransportError::TooLarge {
            limit: self.limit,
            received: Box::new(self.received()),
        }
    }

    fn finish(mut self) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from(self.body));
        *response.status_mut() = self.response.status();
        *response.headers_mut() = mem::take(self.response.headers_mut());
        response
    }

    fn received(&self) -> Received {
        let Self { response, body, .. } = self;
        Received::new(response.status(), response.headers().clone(), body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_sent_as_it_was_signed_or_not_at_all() {
        let table = [
            ("https://a.example/", None),
            ("https://a.example/v2/x?b=%20&c=*", None),
            ("https://a.example:8443/v2/x", None),
            ("http://[::1]:8080/", None),
            ("https://a.example//b.example/", None),
            ("https://a.example/a/../b?c", Some("https://a.example/b")),
            ("https://a.example/a/%2e%2E/b", Some("https://a.example/b")),
            ("https://a.example:443/a", Some("https://a.example/a")),
            ("https://A.example/a", Some("https://a.example/a")),
            ("https://0x7f.1/a", Some("https://127.0.0.1/a")),
        ];
        for (url, rewritten) in table {
            let uri = url.parse().expect("a URI");
            match (unchanged(&uri), rewritten) {
                (Ok(sent), None) => assert_eq!(sent.as_str(), url),
                (Err(TransportError::Rewritten { sent, .. }), Some(want)) => {
                    assert_eq!(sent, want, "{url}");
                }
                (other, _) => panic!("{url}: {other:?}"),
            }
        }
    }
}
