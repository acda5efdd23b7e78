//! One request to a token service: encoded, signed and read as every other call is.

use std::fmt::{self, Write as _};
use std::time::Duration;

use serde_json::Value as Json;

use super::failure::{failed, line};
use super::place::Place;
use super::{Credentials, CredentialsError, Surroundings};
use crate::operation::{Call, Retry, Service};
use crate::protocol::{self, Answer, Failure, Header, HttpRequest, Kind, Options};
use crate::secret::Secret;
use crate::sign::tc3::DailyKeys;
use crate::sign::{self, Scope, Signing};
use crate::transport::Limits;
use crate::value::{Location, Member, Structure, Style, Value};

/// How long one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(10);

/// The pause before the second attempt.
const PAUSE: Duration = Duration::from_millis(200);

/// The largest answer that is read: keys take a few kilobytes.
pub(super) const ANSWER_LIMIT: usize = 1 << 20;

/// What a program may set about a request for keys.
#[derive(Clone)]
pub(super) struct Settings {
    /// The name that the session has in the cloud's logs.
    pub(super) name: Option<String>,
    /// How long the keys shall hold.
    pub(super) duration: Option<Duration>,
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) surroundings: Surroundings,
}

impl Settings {
    pub(super) fn new(surroundings: Surroundings) -> Self {
        Self {
            name: None,
            duration: None,
            region: None,
            endpoint: None,
            surroundings,
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("name", &self.name)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

/// A request that is not worth a type of its own.
#[derive(Default)]
pub(super) struct Parameters<'a> {
    members: Vec<Member<'a>>,
    values: Vec<Value<'a>>,
}

impl<'a> Parameters<'a> {
    /// Adds a member; a value that is absent is not sent.
    pub(super) fn with(
        mut self,
        location: Location,
        name: &'a str,
        value: Option<Value<'a>>,
    ) -> Self {
        self.members.push(Member {
            name,
            location,
            style: Style::Json,
        });
        self.values.push(value.unwrap_or(Value::Absent));
        self
    }
}

impl Structure for Parameters<'_> {
    fn members(&self) -> &[Member<'_>] {
        &self.members
    }

    fn value(&self, index: usize) -> Value<'_> {
        self.values.get(index).cloned().unwrap_or(Value::Absent)
    }
}

/// A text as a value.
pub(super) fn text(text: &str) -> Value<'_> {
    Value::String(text.into())
}

/// Who signs.
pub(super) enum Signer<'a> {
    /// These keys.
    Keys(&'a Credentials),
    /// Nobody: the token in the request speaks for itself. It is kept out of messages.
    Nobody(&'a Secret),
}

/// A call of a token service.
pub(super) struct Exchange<'a> {
    pub(super) service: &'a Service,
    pub(super) action: &'a str,
    pub(super) path: &'a str,
    pub(super) region: Option<&'a str>,
    pub(super) place: &'a Place,
    pub(super) signer: Signer<'a>,
    pub(super) surroundings: &'a Surroundings,
}

/// What came back: the members, and the headers.
pub(super) struct Reply {
    pub(super) json: Json,
    pub(super) headers: http::HeaderMap,
}

enum Trouble {
    /// The same again may work.
    Passing(String),
    Lasting(String),
}

impl Exchange<'_> {
    /// Makes the call; where it fails for a reason that may pass, once more.
    pub(super) async fn run(
        &self,
        request: &dyn Structure,
    ) -> Result<Reply, CredentialsError> {
        let why = match self.attempt(request).await {
            Ok(reply) => return Ok(reply),
            Err(Trouble::Lasting(why)) => why,
            Err(Trouble::Passing(_)) => {
                tokio::time::sleep(PAUSE.mul_f64(0.5 + fastrand::f64())).await;
                match self.attempt(request).await {
                    Ok(reply) => return Ok(reply),
                    Err(Trouble::Lasting(why) | Trouble::Passing(why)) => why,
                }
            }
        };
        Err(failed(
            format!("{} at {}", self.action, self.place.host()),
            why,
        ))
    }

    async fn attempt(&self, request: &dyn Structure) -> Result<Reply, Trouble> {
        let Self {
            place,
            surroundings,
            ..
        } = self;
        let request = self.written(request).map_err(Trouble::Lasting)?;
        let request = request
            .into_http(place.scheme())
            .map_err(|error| Trouble::Lasting(error.to_string()))?;
        let transport = surroundings
            .transport_for(place.scheme())
            .map_err(Trouble::Lasting)?;
        let limits = Limits {
            timeout: ATTEMPT,
            max_response_bytes: ANSWER_LIMIT,
        };
        let response = transport.send(request, limits).await;
        let response = response.map_err(|error| Trouble::Passing(error.to_string()))?;
        let (head, body) = response.into_parts();
        let status = head.status.as_u16();
        match protocol::read(self.service.protocol, status, &head.headers, &body) {
            Answer::Success { json, .. } => Ok(Reply {
                json,
                headers: head.headers,
            }),
            Answer::Empty { .. } => {
                Err(Trouble::Lasting(format!("an empty answer (HTTP {status})")))
            }
            Answer::Unreadable { .. } => Err(Trouble::Lasting(format!(
                "an answer that cannot be read (HTTP {status})"
            ))),
            Answer::Failure(failure) => Err(self.refused(status, &failure)),
        }
    }

    /// The request with everything that it is sent with.
    fn written(&self, request: &dyn Structure) -> Result<HttpRequest, String> {
        let Self {
            service,
            action,
            path,
            region,
            place,
            ..
        } = *self;
        let call = Call {
            name: action,
            method: "POST",
            path,
            retry: Retry::Safe,
            ..Call::PLAIN
        };
        let options = Options {
            region,
            ..Options::default()
        };
        let nobody = Credentials::new("", "");
        let credentials = match self.signer {
            Signer::Keys(keys) => keys,
            Signer::Nobody(_) => &nobody,
        };
        let mut http =
            protocol::encode(service, &call, request, place.host(), credentials, options)
                .map_err(|error| error.to_string())?;
        let added = match self.signer {
            Signer::Keys(_) => self.signed(&http, credentials)?,
            Signer::Nobody(_) => self.unsigned(&http)?,
        };
        http.headers.extend(added);
        Ok(http)
    }

    fn signed(
        &self,
        http: &HttpRequest,
        keys: &Credentials,
    ) -> Result<Vec<Header>, String> {
        let scope = Scope {
            signing: Signing::Standard,
            service: self.service,
            action: self.action,
            region: self.region,
            keys: &DailyKeys::default(),
        };
        let stamp = self.surroundings.now();
        let signed = sign::sign(http, keys, &stamp, &scope);
        Ok(signed.map_err(|error| error.to_string())?.headers)
    }

    /// What a request has in the place of a signature.
    fn unsigned(&self, http: &HttpRequest) -> Result<Vec<Header>, String> {
        let stamp = self.surroundings.now();
        let texts = (self.service.protocol.family().unsigned)(http, &stamp);
        let header = |(name, value)| {
            let value = http::HeaderValue::try_from(value);
            let value =
                value.map_err(|_| format!("{name} would hold no header value"))?;
            Ok((http::HeaderName::from_static(name), value))
        };
        texts.into_iter().map(header).collect()
    }

    fn refused(&self, status: u16, failure: &Failure) -> Trouble {
        let Failure {
            kind,
            code,
            message,
            request_id,
            ..
        } = failure;
        let mut why = match code {
            Some(code) => line(code),
            None => "refused without an error code".to_owned(),
        };
        if let Some(message) = message {
            why.extend([": ", &line(&self.without_token(message))]);
        }
        let _ = write!(why, " (HTTP {status}");
        if let Some(id) = request_id {
            why.extend([", request id ", &line(id)]);
        }
        why.push(')');
        match kind {
            Kind::Throttling | Kind::Transient => Trouble::Passing(why),
            _ => Trouble::Lasting(why),
        }
    }

    /// A service's message, which may echo what it was sent.
    fn without_token(&self, message: &str) -> String {
        let secret = match &self.signer {
            Signer::Keys(keys) => keys.security_token.as_ref(),
            Signer::Nobody(token) => Some(*token),
        };
        match secret.map(Secret::expose) {
            Some(secret) if !secret.is_empty() => message.replace(secret, "***"),
            _ => message.to_owned(),
        }
    }
}
