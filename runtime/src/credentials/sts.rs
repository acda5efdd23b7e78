//! Temporary keys of a role that other keys may take on (Alibaba Cloud, Tencent Cloud).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::exchange::{Exchange, Parameters, Reply, Settings, Signer, text};
use super::failure::{behind, failed};
use super::keys::{self, Names};
use super::place::Place;
use super::{Credentials, CredentialsError, CredentialsSource, Surroundings};
use crate::endpoint::Endpoint;
use crate::future::BoxFuture;
use crate::operation::Service;
use crate::protocol::Protocol;
use crate::value::{Location, Value};

/// What differs between the clouds.
pub(super) struct Cloud {
    service: &'static Service,
    /// Where the service answers inside of a private network.
    private: Option<Private>,
    /// The region that a call names unless it is told another; none names none.
    call_region: Option<&'static str>,
    /// The variable for the session's name.
    session_name: Option<&'static str>,
    /// How long keys hold unless they are told otherwise, in seconds.
    usual: u64,
    /// Where the parameters of a signed request stand.
    signed_at: Location,
    /// What the request for a token's keys is made of.
    pub(super) identity: Identity,
    keys: Names,
    expiry: Expiry,
}

struct Private {
    endpoint: Endpoint,
    /// The variable that asks for it.
    switch: &'static str,
    /// The variable for the region.
    region: &'static str,
}

/// The names of the request that takes a token in place of keys.
pub(super) struct Identity {
    pub(super) action: &'static str,
    pub(super) at: Location,
    pub(super) provider: &'static str,
    pub(super) token: &'static str,
}

/// Where an answer says when its keys stop being good.
enum Expiry {
    Beside(&'static str),
    Inside(&'static str),
}

/// Alibaba Cloud's token service.
pub(super) static ALIBABA: Cloud = Cloud {
    service: &Service {
        protocol: Protocol::ACS_RPC,
        id: "alibaba/sts",
        product: "Sts",
        version: "2015-04-01",
        endpoint: Endpoint {
            global: Some("sts.aliyuncs.com"),
            global_regions: &[],
            regional: Some("sts.{region}.aliyuncs.com"),
            regions: &[],
            hosts: &[],
        },
    },
    private: Some(Private {
        endpoint: Endpoint {
            global: Some("sts.aliyuncs.com"),
            global_regions: &[],
            regional: Some("sts-vpc.{region}.aliyuncs.com"),
            regions: &[],
            hosts: &[],
        },
        switch: "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED",
        region: "ALIBABA_CLOUD_STS_REGION",
    }),
    call_region: None,
    session_name: Some("ALIBABA_CLOUD_ROLE_SESSION_NAME"),
    usual: 3600,
    signed_at: Location::Query,
    identity: Identity {
        action: "AssumeRoleWithOIDC",
        // In a form, not in the query, which proxies and servers log.
        at: Location::Form,
        provider: "OIDCProviderArn",
        token: "OIDCToken",
    },
    keys: ALIBABA_KEYS,
    expiry: Expiry::Inside("Expiration"),
};

/// Tencent Cloud's token service.
pub(super) static TENCENT: Cloud = Cloud {
    service: &Service {
        protocol: Protocol::TC3_JSON,
        id: "tencent/sts",
        product: "sts",
        version: "2018-08-13",
        endpoint: Endpoint {
            global: Some("sts.tencentcloudapi.com"),
            global_regions: &[],
            regional: None,
            regions: &[],
            hosts: &[],
        },
    },
    private: None,
    call_region: Some("ap-guangzhou"),
    session_name: None,
    usual: 7200,
    signed_at: Location::Body,
    identity: Identity {
        action: "AssumeRoleWithWebIdentity",
        at: Location::Body,
        provider: "ProviderId",
        token: "WebIdentityToken",
    },
    keys: TENCENT_KEYS,
    expiry: Expiry::Beside("ExpiredTime"),
};

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
    role: Role,
    settings: Settings,
}

impl AssumeRole {
    /// A role of Alibaba Cloud: `acs:ram::123456789012****:role/name`.
    pub fn alibaba(
        source: impl CredentialsSource + 'static,
        role_arn: impl Into<String>,
    ) -> Self {
        Self::new(Arc::new(source), Role::new(&ALIBABA, role_arn), settings())
    }

    /// A role of Tencent Cloud: `qcs::cam::uin/100000000001:roleName/name`.
    pub fn tencent(
        source: impl CredentialsSource + 'static,
        role_arn: impl Into<String>,
    ) -> Self {
        Self::new(Arc::new(source), Role::new(&TENCENT, role_arn), settings())
    }

    pub(super) fn new(
        source: Arc<dyn CredentialsSource>,
        role: Role,
        settings: Settings,
    ) -> Self {
        Self {
            source,
            external_id: None,
            role,
            settings,
        }
    }

    /// Sets the name that the session has in the cloud's logs; a random one by default.
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self
    }

    /// Sets how long the keys hold; the cloud's usual time by default.
    pub fn duration(mut self, duration: Duration) -> Self {
        self.settings.duration = Some(duration);
        self
    }

    /// Narrows what the keys may do: a policy document in JSON.
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.role.policy = Some(policy.into());
        self
    }

    /// Sets the id that the role's owner asks of another account.
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    /// Sets the region whose token service is asked.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = Some(region.into());
        self
    }

    /// Asks the token service at `https://host` in place of the cloud's own.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.settings.endpoint = Some(url.into());
        self
    }

    /// Sets what the source may touch; the process by default.
    pub fn surroundings(mut self, surroundings: Surroundings) -> Self {
        self.settings.surroundings = surroundings;
        self
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let Self {
            source,
            external_id,
            role,
            settings,
        } = self;
        let keys = source.credentials().await;
        let keys =
            keys.map_err(|error| behind("the keys that take on the role", &error))?;
        keys.check()?;
        let at = role.cloud.signed_at;
        let name = role.session_name(settings);
        let request = role.parameters(settings, at, &name).with(
            at,
            "ExternalId",
            external_id.as_deref().map(text),
        );
        let action = "AssumeRole";
        let signer = Signer::Keys(&keys);
        let reply = role.exchange(settings, action, signer, request).await?;
        role.read(action, reply, "ram_role_arn")
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
            .field("role", &self.role)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// A role, however it is taken on.
#[derive(Clone)]
pub(super) struct Role {
    cloud: &'static Cloud,
    arn: String,
    pub(super) policy: Option<String>,
    /// Whether to ask inside of a private network (Alibaba Cloud).
    pub(super) vpc: bool,
}

impl Role {
    pub(super) fn new(cloud: &'static Cloud, arn: impl Into<String>) -> Self {
        Self {
            cloud,
            arn: arn.into(),
            policy: None,
            vpc: false,
        }
    }

    /// The request for the keys of a token.
    pub(super) fn identity(&self) -> &'static Identity {
        &self.cloud.identity
    }

    /// The session's name in the cloud's logs.
    pub(super) fn session_name(&self, settings: &Settings) -> String {
        let around = &settings.surroundings;
        let variable = || around.variable(self.cloud.session_name?);
        let named = settings.name.clone().or_else(variable);
        named.unwrap_or_else(|| {
            let nonce = around.now().nonce;
            ["yunspec-", nonce.get(..12).unwrap_or(&nonce)].concat()
        })
    }

    pub(super) fn parameters<'a>(
        &'a self,
        settings: &Settings,
        at: Location,
        name: &'a str,
    ) -> Parameters<'a> {
        let duration = settings.duration.map(|duration| duration.as_secs());
        let seconds = duration.unwrap_or(self.cloud.usual);
        Parameters::default()
            .with(at, "RoleArn", Some(text(&self.arn)))
            .with(at, "RoleSessionName", Some(text(name)))
            .with(at, "DurationSeconds", Some(Value::Unsigned(seconds)))
            .with(at, "Policy", self.policy.as_deref().map(text))
    }

    pub(super) async fn exchange(
        &self,
        settings: &Settings,
        action: &str,
        signer: Signer<'_>,
        request: Parameters<'_>,
    ) -> Result<Reply, CredentialsError> {
        let place = self.place(settings).map_err(|why| failed(action, why))?;
        let usual = self.cloud.call_region;
        let exchange = Exchange {
            service: self.cloud.service,
            action,
            path: "/",
            region: usual.map(|usual| settings.region.as_deref().unwrap_or(usual)),
            place: &place,
            signer,
            surroundings: &settings.surroundings,
        };
        exchange.run(&request).await
    }

    fn place(&self, settings: &Settings) -> Result<Place, String> {
        if let Some(url) = &settings.endpoint {
            return Place::parse(url);
        }
        let Service { id, endpoint, .. } = self.cloud.service;
        let host = match &self.cloud.private {
            None => endpoint.host(id, None),
            Some(private) => {
                let around = &settings.surroundings;
                let inside = self.vpc || around.is_on(private.switch);
                let endpoint = if inside { &private.endpoint } else { endpoint };
                let region = settings.region.clone();
                let region = region.or_else(|| around.variable(private.region));
                endpoint.host(id, region.as_deref())
            }
        };
        host.map(Place::https).map_err(|error| error.to_string())
    }

    pub(super) fn read(
        &self,
        action: &str,
        mut reply: Reply,
        provider: &'static str,
    ) -> Result<Credentials, CredentialsError> {
        let Cloud { keys, expiry, .. } = self.cloud;
        let mut read = || {
            let beside = match expiry {
                Expiry::Beside(name) => keys::expiry(&reply.json, name)?,
                Expiry::Inside(_) => None,
            };
            let inner = reply.json.get_mut("Credentials");
            let inner = inner.ok_or("Credentials is missing")?;
            let expires_at = match expiry {
                Expiry::Beside(_) => beside,
                Expiry::Inside(name) => keys::expiry(inner, name)?,
            };
            let mut credentials = keys.temporary(inner, provider)?;
            credentials.expires_at = expires_at;
            Ok::<_, String>(credentials)
        };
        read()
            .map_err(|why| failed(action, format_args!("the answer does not fit: {why}")))
    }
}

impl fmt::Debug for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Role")
            .field("service", &self.cloud.service.id)
            .field("arn", &self.arn)
            .finish_non_exhaustive()
    }
}

fn settings() -> Settings {
    Settings::new(Surroundings::process())
}
