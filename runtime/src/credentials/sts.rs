//! Temporary keys of a role that other keys may take on (Alibaba Cloud, Tencent Cloud).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::exchange::{Exchange, Parameters, Reply, Signer, text};
use super::failure::{behind, failed};
use super::keys::{self, Names};
use super::place::Place;
use super::{Credentials, CredentialsError, CredentialsSource, Surroundings};
use crate::endpoint::Endpoint;
use crate::future::BoxFuture;
use crate::operation::{Protocol, Service};
use crate::value::{Location, Value};

/// Alibaba Cloud's token service.
pub(super) static ALIBABA: Service = Service {
    protocol: Protocol::AcsRpc,
    id: "alibaba/sts",
    product: "Sts",
    version: "2015-04-01",
    endpoint: Endpoint {
        global: Some("sts.aliyuncs.com"),
        global_regions: &[],
        regional: Some("sts.{region}.aliyuncs.com"),
        regions: &[],
    },
};

/// Where the same service answers inside of a private network.
static ALIBABA_VPC: Endpoint = Endpoint {
    global: Some("sts.aliyuncs.com"),
    global_regions: &[],
    regional: Some("sts-vpc.{region}.aliyuncs.com"),
    regions: &[],
};

/// Tencent Cloud's token service.
pub(super) static TENCENT: Service = Service {
    protocol: Protocol::Tc3Json,
    id: "tencent/sts",
    product: "sts",
    version: "2018-08-13",
    endpoint: Endpoint {
        global: Some("sts.tencentcloudapi.com"),
        global_regions: &[],
        regional: None,
        regions: &[],
    },
};

/// The region that a call of Tencent Cloud's token service names unless it is told another.
const TENCENT_REGION: &str = "ap-guangzhou";

pub(super) const ALIBABA_KEYS: Names = Names {
    id: "AccessKeyId",
    secret: "AccessKeySecret",
    token: "SecurityToken",
};

pub(super) const TENCENT_KEYS: Names = Names {
    id: "TmpSecretId",
    secret: "TmpSecretKey",
    token: "Token",
};

/// `AssumeRole`: a role's temporary keys, for the keys of another source.
///
/// Every look-up is a request; put it into a [`Cached`](super::Cached).
#[derive(Clone)]
pub struct AssumeRole {
    source: Arc<dyn CredentialsSource>,
    external_id: Option<String>,
    session: Session,
}

impl AssumeRole {
    /// A role of Alibaba Cloud: `acs:ram::123456789012****:role/name`.
    pub fn alibaba(
        source: impl CredentialsSource + 'static,
        role_arn: impl Into<String>,
    ) -> Self {
        Self::new(Arc::new(source), Session::new(Cloud::Alibaba, role_arn))
    }

    /// A role of Tencent Cloud: `qcs::cam::uin/100000000001:roleName/name`.
    pub fn tencent(
        source: impl CredentialsSource + 'static,
        role_arn: impl Into<String>,
    ) -> Self {
        Self::new(Arc::new(source), Session::new(Cloud::Tencent, role_arn))
    }

    pub(super) fn new(source: Arc<dyn CredentialsSource>, session: Session) -> Self {
        Self {
            source,
            external_id: None,
            session,
        }
    }

    /// Sets the name that the session has in the cloud's logs; a random one by default.
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session.name = Some(name.into());
        self
    }

    /// Sets how long the keys hold; the cloud's usual time by default.
    pub fn duration(mut self, duration: Duration) -> Self {
        self.session.duration = Some(duration);
        self
    }

    /// Narrows what the keys may do: a policy document in JSON.
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.session.policy = Some(policy.into());
        self
    }

    /// Sets the id that the role's owner asks of another account.
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    /// Sets the region whose token service is asked.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.session.region = Some(region.into());
        self
    }

    /// Asks the token service at `https://host` in place of the cloud's own.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.session.endpoint = Some(url.into());
        self
    }

    /// Sets what the source may touch; the process by default.
    pub fn surroundings(mut self, surroundings: Surroundings) -> Self {
        self.session.surroundings = surroundings;
        self
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let Self {
            source,
            external_id,
            session,
        } = self;
        let keys = source.credentials().await;
        let keys =
            keys.map_err(|error| behind("the keys that take on the role", &error))?;
        keys.check()?;
        let at = match session.cloud {
            Cloud::Alibaba => Location::Query,
            Cloud::Tencent => Location::Body,
        };
        let name = session.name();
        let request = session.parameters(at, &name).with(
            at,
            "ExternalId",
            external_id.as_deref().map(text),
        );
        let reply = session
            .exchange("AssumeRole", Signer::Keys(&keys), request)
            .await?;
        session.read("AssumeRole", reply, "ram_role_arn")
    }
}

impl CredentialsSource for AssumeRole {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.get())
    }
}

impl fmt::Debug for AssumeRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssumeRole")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cloud {
    Alibaba,
    Tencent,
}

/// What the ways to a role have in common.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) cloud: Cloud,
    pub(super) role_arn: String,
    pub(super) name: Option<String>,
    pub(super) duration: Option<Duration>,
    pub(super) policy: Option<String>,
    pub(super) region: Option<String>,
    /// Whether to ask inside of a private network (Alibaba Cloud).
    pub(super) vpc: bool,
    pub(super) endpoint: Option<String>,
    pub(super) surroundings: Surroundings,
}

impl Session {
    pub(super) fn new(cloud: Cloud, role_arn: impl Into<String>) -> Self {
        Self {
            cloud,
            role_arn: role_arn.into(),
            name: None,
            duration: None,
            policy: None,
            region: None,
            vpc: false,
            endpoint: None,
            surroundings: Surroundings::process(),
        }
    }

    /// The session's name in the cloud's logs.
    pub(super) fn name(&self) -> String {
        let named = self.name.clone().or_else(|| match self.cloud {
            Cloud::Alibaba => self
                .surroundings
                .variable("ALIBABA_CLOUD_ROLE_SESSION_NAME"),
            Cloud::Tencent => None,
        });
        named.unwrap_or_else(|| {
            let nonce = self.surroundings.now().nonce;
            ["yunspec-", nonce.get(..12).unwrap_or(&nonce)].concat()
        })
    }

    pub(super) fn parameters<'a>(
        &'a self,
        at: Location,
        name: &'a str,
    ) -> Parameters<'a> {
        let usual = match self.cloud {
            Cloud::Alibaba => 3600,
            Cloud::Tencent => 7200,
        };
        let seconds = self.duration.map_or(usual, |duration| duration.as_secs());
        Parameters::default()
            .with(at, "RoleArn", Some(text(&self.role_arn)))
            .with(at, "RoleSessionName", Some(text(name)))
            .with(at, "DurationSeconds", Some(Value::Unsigned(seconds)))
            .with(at, "Policy", self.policy.as_deref().map(text))
    }

    pub(super) async fn exchange(
        &self,
        action: &str,
        signer: Signer<'_>,
        request: Parameters<'_>,
    ) -> Result<Reply, CredentialsError> {
        let place = self.place().map_err(|why| failed(action, why))?;
        let service = match self.cloud {
            Cloud::Alibaba => &ALIBABA,
            Cloud::Tencent => &TENCENT,
        };
        let region = match self.cloud {
            Cloud::Alibaba => None,
            Cloud::Tencent => Some(self.region.as_deref().unwrap_or(TENCENT_REGION)),
        };
        let (path, surroundings) = ("/", &self.surroundings);
        let exchange = Exchange {
            service,
            action,
            path,
            region,
            place: &place,
            signer,
            surroundings,
        };
        exchange.run(&request).await
    }

    fn place(&self) -> Result<Place, String> {
        if let Some(url) = &self.endpoint {
            return Place::parse(url);
        }
        let (id, endpoint, region) = match self.cloud {
            Cloud::Tencent => (TENCENT.id, &TENCENT.endpoint, None),
            Cloud::Alibaba => {
                let around = &self.surroundings;
                let vpc = self.vpc || around.is_on("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED");
                let endpoint = if vpc { &ALIBABA_VPC } else { &ALIBABA.endpoint };
                let region = self.region.clone();
                let region =
                    region.or_else(|| around.variable("ALIBABA_CLOUD_STS_REGION"));
                (ALIBABA.id, endpoint, region)
            }
        };
        let host = endpoint.host(id, region.as_deref());
        host.map(Place::https).map_err(|error| error.to_string())
    }

    pub(super) fn read(
        &self,
        action: &str,
        reply: Reply,
        provider: &'static str,
    ) -> Result<Credentials, CredentialsError> {
        let (names, outer, inner) = match self.cloud {
            Cloud::Alibaba => (&ALIBABA_KEYS, None, Some("Expiration")),
            Cloud::Tencent => (&TENCENT_KEYS, Some("ExpiredTime"), None),
        };
        let mut json = reply.json;
        let read = || {
            let outer = outer.map_or(Ok(None), |name| keys::expiry(&json, name))?;
            let keys = json
                .get_mut("Credentials")
                .ok_or("Credentials is missing")?;
            let inner = inner.map_or(Ok(None), |name| keys::expiry(keys, name))?;
            let mut credentials = names.temporary(keys, provider)?;
            credentials.expires_at = outer.or(inner);
            Ok::<_, String>(credentials)
        };
        let mut read = read;
        read()
            .map_err(|why| failed(action, format_args!("the answer does not fit: {why}")))
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("cloud", &self.cloud)
            .field("role_arn", &self.role_arn)
            .field("name", &self.name)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}
