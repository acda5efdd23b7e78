//! The keys of a role that is bound to the machine, from the cloud's metadata service.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, StatusCode};

use super::exchange::ANSWER_LIMIT;
use super::failure::failed;
use super::keys::{self, Names};
use super::place::Place;
use super::sts::{ALIBABA_KEYS, TENCENT_KEYS};
use super::{Credentials, CredentialsError, CredentialsSource, Surroundings, huawei};
use crate::future::BoxFuture;
use crate::protocol::Protocol;
use crate::secret::Secret;
use crate::transport::{Limits, Transport};

/// How long one request may take; the service is on the machine's own link.
const TIMEOUT: Duration = Duration::from_secs(1);

/// How long the service's token is asked to hold: it serves one look-up.
const TOKEN_SECONDS: u32 = 60;

/// What the failures of this source begin with.
const NAME: &str = "instance metadata";

/// The metadata service of the machine that the program runs on.
///
/// | | address | off switch |
/// |---|---|---|
/// | Alibaba Cloud | `100.100.100.200` | `ALIBABA_CLOUD_ECS_METADATA_DISABLED` |
/// | Tencent Cloud | `metadata.tencentyun.com` | `TENCENTCLOUD_METADATA_DISABLED` |
/// | Huawei Cloud | `169.254.169.254` | `HUAWEICLOUD_SDK_METADATA_DISABLED` |
///
/// A switch says `true`; the last two are a convention of this crate. Where the service has
/// a token, that is used, and without one only where the service does not know it; for
/// Alibaba Cloud `ALIBABA_CLOUD_IMDSV1_DISABLED=true` rules that out as well. Elsewhere than
/// on such a machine the source fails within a second. Put it into a
/// [`Cached`](super::Cached).
#[derive(Clone, Debug)]
pub struct Metadata {
    facts: &'static Facts,
    role: Option<String>,
    base_url: Option<String>,
    surroundings: Surroundings,
}

impl Metadata {
    /// The metadata service of the cloud that speaks this protocol.
    pub fn of(protocol: Protocol) -> Self {
        Self {
            facts: protocol.family().sources.metadata,
            role: None,
            base_url: None,
            surroundings: Surroundings::process(),
        }
    }

    /// Sets the role's name, which the service is asked for otherwise; for Alibaba Cloud
    /// `ALIBABA_CLOUD_ECS_METADATA` does the same. Huawei Cloud has none.
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.role = Some(name.into());
        self
    }

    /// Asks a stand-in on this machine: `http://127.0.0.1:8080`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets what the source may touch; the process by default.
    pub fn surroundings(mut self, surroundings: Surroundings) -> Self {
        self.surroundings = surroundings;
        self
    }

    async fn get(&self) -> Result<Credentials, String> {
        let Self {
            facts,
            surroundings,
            ..
        } = self;
        if surroundings.is_on(facts.off) {
            return Err(format!("is off by {}", facts.off));
        }
        let place = Place::parse(self.base_url.as_deref().unwrap_or(facts.base))?;
        let transport = surroundings.transport_for(place.scheme())?;
        let link = Link {
            place: &place,
            transport,
        };
        let token = self.token(&link).await?;
        let path = match facts.keys {
            Keys::OfRole { path, .. } => {
                [path, &self.role_name(&link, path, token.as_ref()).await?].concat()
            }
            Keys::OfAgency { path } => path.to_owned(),
        };
        let body = self.fetch(&link, &path, token.as_ref()).await?;
        let mut json = keys::parse(&body)?;
        match &facts.keys {
            Keys::OfRole {
                names,
                expiry,
                provider,
                ..
            } => {
                match keys::text(&mut json, "Code")?.as_deref() {
                    None | Some("Success") => {}
                    Some(_) => {
                        return Err("the service has no keys for the role".to_owned());
                    }
                }
                let expires_at = keys::expiry(&json, expiry)?;
                let mut credentials = names.temporary(&mut json, provider)?;
                credentials.expires_at = expires_at;
                Ok(credentials)
            }
            Keys::OfAgency { .. } => {
                let credentials = huawei::read(&mut json, "ecs_agency")?;
                Ok(huawei::with_scope(credentials, surroundings))
            }
        }
    }

    /// The service's token; none where the service does not know tokens.
    async fn token(&self, link: &Link<'_>) -> Result<Option<Secret>, String> {
        let Some(token) = &self.facts.token else {
            return Ok(None);
        };
        let optional = !token
            .required_by
            .is_some_and(|name| self.surroundings.is_on(name));
        let ttl = HeaderValue::from(TOKEN_SECONDS);
        let refused = match link
            .send(Method::PUT, token.path, Some((token.ttl, ttl)))
            .await
        {
            Ok((StatusCode::OK, body)) => {
                let text = std::str::from_utf8(&body).unwrap_or_default().trim();
                let plain = |byte: u8| byte.is_ascii_graphic();
                let good = (1..=4096).contains(&text.len()) && text.bytes().all(plain);
                return if good {
                    Ok(Some(Secret::from(text)))
                } else {
                    Err("the service's token is none".to_owned())
                };
            }
            Ok((status, _)) => {
                format!("the service gives no token (HTTP {})", status.as_u16())
            }
            // A container can be one hop too far away for the answer with the token.
            Err(Silence::Sent(why)) => why,
            Err(Silence::Unreachable(why)) => return Err(why),
        };
        if optional { Ok(None) } else { Err(refused) }
    }

    async fn role_name(
        &self,
        link: &Link<'_>,
        path: &str,
        token: Option<&Secret>,
    ) -> Result<String, String> {
        let in_environment = || {
            self.facts
                .role
                .and_then(|name| self.surroundings.variable(name))
        };
        let name = if let Some(name) = self.role.clone().or_else(in_environment) {
            name
        } else {
            let body = self.fetch(link, path, token).await?;
            String::from_utf8_lossy(&body).trim().to_owned()
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.@+=,".contains(&byte);
        let good = (1..=128).contains(&name.len())
            && name.bytes().all(plain)
            && !matches!(name.as_str(), "." | "..");
        let bad = || "the role's name is none".to_owned();
        good.then_some(name).ok_or_else(bad)
    }

    async fn fetch(
        &self,
        link: &Link<'_>,
        path: &str,
        token: Option<&Secret>,
    ) -> Result<Bytes, String> {
        let header = match (&self.facts.token, token) {
            (Some(facts), Some(token)) => {
                let value = HeaderValue::from_str(token.expose());
                let mut value = value.map_err(|_| "the service's token is none")?;
                value.set_sensitive(true);
                Some((facts.header, value))
            }
            _ => None,
        };
        match link.send(Method::GET, path, header).await {
            Ok((StatusCode::OK, body)) => Ok(body),
            Ok((StatusCode::NOT_FOUND, _)) => {
                Err("no role is bound to the machine".to_owned())
            }
            Ok((StatusCode::UNAUTHORIZED, body)) if is_without_agency(&body) => {
                Err("no agency is bound to the machine".to_owned())
            }
            Ok((status, _)) => {
                Err(format!("the service refuses (HTTP {})", status.as_u16()))
            }
            Err(Silence::Sent(why) | Silence::Unreachable(why)) => Err(why),
        }
    }
}

impl CredentialsSource for Metadata {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async { self.get().await.map_err(|why| failed(NAME, why)) })
    }
}

/// What Huawei Cloud's service says where a machine has no agency.
fn is_without_agency(body: &[u8]) -> bool {
    String::from_utf8_lossy(body).contains("Please configure Cloud Service Agency first")
}

struct Link<'a> {
    place: &'a Place,
    transport: Arc<dyn Transport>,
}

/// No answer came.
enum Silence {
    Unreachable(String),
    Sent(String),
}

impl Link<'_> {
    async fn send(
        &self,
        method: Method,
        path: &str,
        header: Option<(&'static str, HeaderValue)>,
    ) -> Result<(StatusCode, Bytes), Silence> {
        let request = http::Request::builder()
            .method(method)
            .uri(self.place.url(path));
        let mut request = request
            .body(Bytes::new())
            .map_err(|error| Silence::Unreachable(error.to_string()))?;
        if let Some((name, value)) = header {
            request
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
        let limits = Limits {
            timeout: TIMEOUT,
            max_response_bytes: ANSWER_LIMIT,
        };
        match self.transport.send(request, limits).await {
            Ok(response) => Ok((response.status(), response.into_body())),
            Err(error) if error.was_sent() => Err(Silence::Sent(error.to_string())),
            Err(error) => Err(Silence::Unreachable(error.to_string())),
        }
    }
}

/// What differs between the clouds.
#[derive(Debug)]
pub(super) struct Facts {
    base: &'static str,
    off: &'static str,
    /// The variable that holds the role's name.
    role: Option<&'static str>,
    token: Option<TokenFacts>,
    keys: Keys,
}

#[derive(Debug)]
struct TokenFacts {
    path: &'static str,
    /// The header that says how long it shall hold.
    ttl: &'static str,
    /// The header that carries it.
    header: &'static str,
    /// The variable that rules out going on without one.
    required_by: Option<&'static str>,
}

#[derive(Debug)]
enum Keys {
    OfRole {
        /// Answers with the role's name, and behind that with its keys.
        path: &'static str,
        names: Names,
        expiry: &'static str,
        provider: &'static str,
    },
    OfAgency {
        path: &'static str,
    },
}

pub(super) static ALIBABA: Facts = Facts {
    base: "http://100.100.100.200",
    off: "ALIBABA_CLOUD_ECS_METADATA_DISABLED",
    role: Some("ALIBABA_CLOUD_ECS_METADATA"),
    token: Some(TokenFacts {
        path: "/latest/api/token",
        ttl: "x-aliyun-ecs-metadata-token-ttl-seconds",
        header: "x-aliyun-ecs-metadata-token",
        required_by: Some("ALIBABA_CLOUD_IMDSV1_DISABLED"),
    }),
    keys: Keys::OfRole {
        path: "/latest/meta-data/ram/security-credentials/",
        names: ALIBABA_KEYS,
        expiry: "Expiration",
        provider: "ecs_ram_role",
    },
};

pub(super) static TENCENT: Facts = Facts {
    base: "http://metadata.tencentyun.com",
    off: "TENCENTCLOUD_METADATA_DISABLED",
    role: None,
    token: None,
    keys: Keys::OfRole {
        path: "/latest/meta-data/cam/security-credentials/",
        names: TENCENT_KEYS,
        expiry: "ExpiredTime",
        provider: "cvm_role",
    },
};

pub(super) static HUAWEI: Facts = Facts {
    base: "http://169.254.169.254",
    off: "HUAWEICLOUD_SDK_METADATA_DISABLED",
    role: None,
    token: Some(TokenFacts {
        path: "/meta-data/latest/api/token",
        ttl: "x-metadata-token-ttl-seconds",
        header: "x-metadata-token",
        required_by: None,
    }),
    keys: Keys::OfAgency {
        path: "/openstack/latest/securitykey",
    },
};
