//! Where keys come from, cloud by cloud, as one table each.

use std::time::Duration;

use super::{
    Chain, CredentialsError, Surroundings, WebIdentity, chain, environment, metadata,
    oidc, profile,
};

/// What the sources have to know about a cloud.
pub(crate) struct Sources {
    pub(super) environment: &'static environment::Names,
    pub(super) profile: &'static profile::Facts,
    pub(super) metadata: &'static metadata::Facts,
    /// The identity that the variables of the environment name.
    pub(super) identity: fn(&Surroundings) -> Result<WebIdentity, CredentialsError>,
    /// All sources in the order of the cloud's own tools.
    pub(super) chain: fn(&Surroundings) -> Chain,
    /// How long before their end keys are renewed.
    pub(super) early: Duration,
}

pub(crate) static ALIBABA: Sources = Sources {
    environment: &environment::ALIBABA,
    profile: &profile::ALIBABA,
    metadata: &metadata::ALIBABA,
    identity: oidc::alibaba,
    chain: chain::alibaba,
    early: Duration::from_secs(3 * 60),
};

pub(crate) static TENCENT: Sources = Sources {
    environment: &environment::TENCENT,
    profile: &profile::TENCENT,
    metadata: &metadata::TENCENT,
    identity: oidc::tencent,
    chain: chain::tencent,
    early: Duration::from_secs(5 * 60),
};

pub(crate) static HUAWEI: Sources = Sources {
    environment: &environment::HUAWEI,
    profile: &profile::HUAWEI,
    metadata: &metadata::HUAWEI,
    identity: oidc::huawei,
    chain: chain::huawei,
    early: Duration::from_secs(40 * 60),
};
