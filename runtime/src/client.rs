//! The way of a call: validate, encode, sign, send, repeat, decode. Only this file knows all
//! steps.

mod steps;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HOST, USER_AGENT};
use http::{HeaderValue, Response as HttpResponse};
use tokio::time::{Instant, sleep, timeout_at};

use crate::config::{Config, ConfigError};
use crate::credentials::{Credentials, CredentialsError, Surroundings};
use crate::endpoint::{self, Base, EndpointError};
use crate::error::{
    Deadline, DecodeError, DecodeProblem, Error, ServiceError, TimeoutError,
};
use crate::operation::{self, Call, Operation, Service};
use crate::prepared::Prepared;
use crate::protocol::{self, Answer, EncodeError, HttpRequest, Kind, Options};
use crate::rate_limit::{Limiter, TooLate};
use crate::received::Received;
use crate::response::{Response, Success};
use crate::retry::{Retrier, Verdict};
use crate::sign::tc3::DailyKeys;
use crate::sign::{self, Scope};
use crate::stamp::Stamp;
use crate::trace;
use crate::transport::{HttpTransport, Limits, Transport, TransportError};
use crate::value::{Json, Structure};
use crate::wire_enum::NoCodes;

/// Longer than any call; keeps the arithmetic with the clock in bounds.
const LONGEST_CALL: Duration = Duration::from_secs(365 * 24 * 3600);

/// Calls the operations of one service. Clones share the connections, the stock of retries
/// and the rate limits.
///
/// Calls need a tokio runtime with I/O and time.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    service: &'static Service,
    config: Config,
    base: Base,
    transport: Arc<dyn Transport>,
    keys: DailyKeys,
    retrier: Retrier,
    limiter: Limiter,
}

impl Client {
    /// A client for a service.
    ///
    /// # Errors
    /// [`ConfigError`] where the settings are malformed, the service needs a region and none
    /// is set, or TLS cannot start.
    pub fn new(service: &'static Service, config: Config) -> Result<Self, ConfigError> {
        config.check()?;
        let base = match &config.endpoint {
            Some(url) => Base::parse(url, config.allow_http)?,
            None => Base::https(
                service
                    .endpoint
                    .host(service.id, config.region.as_deref())?,
            ),
        };
        let transport = match &config.transport {
            Some(transport) => Arc::clone(transport),
            None => Arc::new(HttpTransport::through(
                &config.network,
                config.timeouts.connect,
                config.allow_http,
            )?),
        };
        Ok(Self(Arc::new(Inner {
            service,
            base,
            transport,
            keys: DailyKeys::default(),
            retrier: Retrier::new(config.retries),
            limiter: Limiter::new(),
            config,
        })))
    }

    /// A client with what the environment says; see [`Config::from_env`].
    ///
    /// # Errors
    /// [`ConfigError`] where a variable is malformed or the service needs a region.
    pub fn from_env(service: &'static Service) -> Result<Self, ConfigError> {
        let surroundings = Surroundings::process();
        Self::new(service, Config::from_env(service.protocol, &surroundings)?)
    }

    /// Calls an operation.
    ///
    /// # Errors
    /// [`Error`]; see its variants.
    pub async fn call<O: Operation>(
        &self,
        request: O,
    ) -> Result<Response<O::Response>, Error<O::Error>> {
        self.validated(&request).map_err(Error::with_codes)?;
        let success = self
            .exchange(&O::CALL, &request)
            .await
            .map_err(Error::with_codes)?;
        success.decode()
    }

    /// Calls an operation that has no type: the answer is JSON, and every code unknown.
    ///
    /// # Errors
    /// [`Error`]; see its variants.
    pub async fn call_untyped(
        &self,
        call: &Call<'_>,
        request: &dyn Structure,
    ) -> Result<Response<Json>, Error<NoCodes>> {
        self.exchange(call, request).await?.decode()
    }

    /// Signs what a call would send, and sends nothing. Rules are not checked.
    ///
    /// # Errors
    /// [`Error`], as far as a call can fail before it is sent.
    pub async fn prepare(
        &self,
        call: &Call<'_>,
        request: &dyn Structure,
    ) -> Result<Prepared, Error<NoCodes>> {
        let credentials = self.0.credentials(self.0.end_of_call()).await?;
        let encoded = self.0.encode(call, request, &credentials)?;
        let moment = self.0.retrier.moment((self.0.config.stamp)());
        self.0.sign(call, encoded, &credentials, &moment.stamp)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            service, config, ..
        } = &*self.0;
        let mut f = f.debug_struct("Client");
        f.field("service", &service.id)
            .field("config", config)
            .finish_non_exhaustive()
    }
}

// Nothing below depends on an operation's type, so that unused operations cost nothing.
impl Inner {
    async fn attempts(
        &self,
        call: &Call<'_>,
        request: &dyn Structure,
    ) -> Result<Success, Error<NoCodes>> {
        let Config {
            timeouts, stamp, ..
        } = &self.config;
        let mut course = self.retrier.begin(call.retry, timeouts.call);
        let end = self.end_of_call();
        let mut credentials = self.credentials(end).await?;
        let mut failed = None;
        loop {
            let encoded = self.encode(call, request, &credentials)?;
            if let Err(late) = self.turn(call, end).await {
                return Err(failed.unwrap_or(late));
            }
            let moment = self.retrier.moment(stamp());
            let prepared = self.sign(call, encoded, &credentials, &moment.stamp)?;
            course.attempt();
            let error = match self.attempt(prepared, call.answer, end).await {
                Ok(mut success) => {
                    course.succeeded();
                    success.attempts = course.requests();
                    trace::succeeded(&success);
                    return Ok(success);
                }
                Err(error) => error.after(course.requests()),
            };
            let others = match &error {
                Error::Service(error) if error.kind == Kind::Token => {
                    self.others(&credentials, course.may_renew(), end).await
                }
                _ => None,
            };
            let verdict = course.failed(&error, &moment, others.is_some());
            trace::failed(&error, verdict);
            match verdict {
                Verdict::Stop => return Err(error),
                Verdict::Wait(pause) => sleep(pause).await,
            }
            credentials = others.unwrap_or(credentials);
            failed = Some(error);
        }
    }

    /// Waits until the operation's documented limit lets a request pass.
    async fn turn(&self, call: &Call<'_>, end: Instant) -> Result<(), Error<NoCodes>> {
        if let Some(limit) = call.limit.filter(|_| self.config.rate_limit) {
            let passed = self.limiter.pass(call.name, limit, end).await;
            passed.map_err(|TooLate| self.timeout(Deadline::RateLimit, false, None))?;
        }
        if Instant::now() < end {
            Ok(())
        } else {
            Err(self.timeout(Deadline::Call, false, None))
        }
    }

    async fn credentials(&self, end: Instant) -> Result<Credentials, Error<NoCodes>> {
        let credentials = timeout_at(end, self.config.credentials.credentials()).await;
        let credentials = credentials
            .map_err(|_| self.timeout(Deadline::Call, false, None))?
            .map_err(Error::Credentials)?;
        credentials.check().map_err(Error::Credentials)?;
        Ok(credentials)
    }

    /// Other credentials than those whose token the service refused, where the source has any
    /// and the call may still use them; if not, the next call asks for them.
    async fn others(
        &self,
        refused: &Credentials,
        usable: bool,
        end: Instant,
    ) -> Option<Credentials> {
        if !self.config.credentials.renew(refused) || !usable {
            return None;
        }
        let found = self.credentials(end).await.ok()?;
        (found != *refused).then_some(found)
    }

    fn encode(
        &self,
        call: &Call<'_>,
        request: &dyn Structure,
        credentials: &Credentials,
    ) -> Result<HttpRequest, Error<NoCodes>> {
        let Config {
            region, language, ..
        } = &self.config;
        let options = Options {
            region: region.as_deref(),
            language: language.as_deref(),
        };
        let own = call.host.filter(|_| self.config.endpoint.is_none());
        let own = own.map(|host| endpoint::filled(host, self.service.id, options.region));
        let own = own.transpose().map_err(Error::Endpoint)?;
        let host = own.as_deref().unwrap_or(&self.base.host);
        protocol::encode(self.service, call, request, host, credentials, options)
            .map_err(refused)
    }

    async fn attempt(
        &self,
        prepared: Prepared,
        expected: operation::Answer,
        end: Instant,
    ) -> Result<Success, Error<NoCodes>> {
        let request = prepared.into_http().map_err(Error::Endpoint)?;
        let left = end.saturating_duration_since(Instant::now());
        let Config {
            timeouts,
            max_response_bytes,
            ..
        } = self.config;
        let limits = Limits {
            timeout: timeouts.attempt.min(left),
            max_response_bytes,
        };
        match self.transport.send(request, limits).await {
            Ok(response) => self.read(response, expected),
            Err(TransportError::Rewritten { signed, sent }) => {
                Err(Error::Endpoint(EndpointError::Rewritten { signed, sent }))
            }
            Err(TransportError::Timeout { sent, received }) => {
                let deadline = match (sent, left < timeouts.attempt) {
                    (false, _) => Deadline::Connect,
                    (true, true) => Deadline::Call,
                    (true, false) => Deadline::Attempt,
                };
                Err(self.timeout(deadline, sent, received))
            }
            Err(error) => Err(Error::Transport { error, attempts: 1 }),
        }
    }

    fn sign(
        &self,
        call: &Call<'_>,
        mut request: HttpRequest,
        credentials: &Credentials,
        stamp: &Stamp,
    ) -> Result<Prepared, Error<NoCodes>> {
        let Config {
            signing,
            region,
            user_agent,
            ..
        } = &self.config;
        let scope = Scope {
            signing: *signing,
            service: self.service,
            action: call.name,
            region: region.as_deref(),
            keys: &self.keys,
        };
        let mut signed =
            sign::sign(&request, credentials, stamp, &scope).map_err(refused)?;
        request.query.append(&mut signed.query);
        request.headers.append(&mut signed.headers);
        for (name, value) in [(HOST, &request.host), (USER_AGENT, user_agent)] {
            let value = HeaderValue::from_str(value).map_err(|_| {
                refused(EncodeError::Header {
                    name: name.to_string(),
                })
            })?;
            request.headers.push((name, value));
        }
        Ok(Prepared {
            scheme: self.base.scheme,
            request,
            signed,
        })
    }

    fn read(
        &self,
        response: HttpResponse<Bytes>,
        expected: operation::Answer,
    ) -> Result<Success, Error<NoCodes>> {
        let (head, body) = response.into_parts();
        if head.status.is_success() && expected != operation::Answer::Json {
            return Ok(Success::raw(head, body, expected));
        }
        let answer = protocol::read(
            self.service.protocol,
            head.status.as_u16(),
            &head.headers,
            &body,
        );
        let received = Received::new(head.status, head.headers, &body);
        match answer {
            Answer::Success { json, request_id } => Ok(Success {
                json,
                request_id,
                received,
                bytes: None,
                attempts: 1,
            }),
            Answer::Empty { request_id } => Ok(Success {
                json: Json::Null,
                request_id,
                received,
                bytes: None,
                attempts: 1,
            }),
            Answer::Unreadable { why, request_id } => {
                let problem = DecodeProblem::Syntax(why);
                let attempts = 1;
                let error = DecodeError {
                    problem,
                    request_id,
                    attempts,
                    received,
                };
                Err(Error::Decode(Box::new(error)))
            }
            Answer::Failure(failure) => Err(Error::Service(Box::new(ServiceError::new(
                failure, received,
            )))),
        }
    }

    fn end_of_call(&self) -> Instant {
        Instant::now() + self.config.timeouts.call.min(LONGEST_CALL)
    }

    fn timeout(
        &self,
        deadline: Deadline,
        sent: bool,
        received: Option<Box<Received>>,
    ) -> Error<NoCodes> {
        let timeouts = &self.config.timeouts;
        let limit = match deadline {
            Deadline::Connect => timeouts.connect,
            Deadline::Attempt => timeouts.attempt,
            Deadline::Call | Deadline::RateLimit | Deadline::Wait => timeouts.call,
        };
        Error::Timeout(TimeoutError {
            deadline,
            limit,
            sent,
            received,
            attempts: 0,
        })
    }
}

fn refused(error: EncodeError) -> Error<NoCodes> {
    match error {
        EncodeError::Endpoint(error) => Error::Endpoint(error),
        EncodeError::KeyMissing => {
            let (what, why) = ("the credentials", "hold no key pair");
            Error::Credentials(CredentialsError::Malformed { what, why })
        }
        error => Error::Encode(error),
    }
}
