//! Credentials from environment variables, under the names of each provider's own SDKs.

use std::sync::Arc;

use super::source::printable;
use super::{Credentials, CredentialsError, CredentialsSource};
use crate::future::BoxFuture;
use crate::protocol::Protocol;

/// The environment of a process, as one provider's tools read it.
///
/// | | Alibaba Cloud | Tencent Cloud | Huawei Cloud |
/// |---|---|---|---|
/// | key id | `ALIBABA_CLOUD_ACCESS_KEY_ID` | `TENCENTCLOUD_SECRET_ID` | `HUAWEICLOUD_SDK_AK` |
/// | key secret | `ALIBABA_CLOUD_ACCESS_KEY_SECRET` | `TENCENTCLOUD_SECRET_KEY` | `HUAWEICLOUD_SDK_SK` |
/// | security token | `ALIBABA_CLOUD_SECURITY_TOKEN` | `TENCENTCLOUD_TOKEN` | `HUAWEICLOUD_SDK_SECURITY_TOKEN` |
/// | project | | | `HUAWEICLOUD_SDK_PROJECT_ID` |
/// | account | | | `HUAWEICLOUD_SDK_DOMAIN_ID` |
/// | region | `ALIBABA_CLOUD_REGION_ID` | `TENCENTCLOUD_REGION` | `HUAWEICLOUD_SDK_REGION` |
/// | endpoint | `YUN_ENDPOINT` | `YUN_ENDPOINT` | `YUN_ENDPOINT` |
///
/// The variables for the region are a convention of this crate where a provider's SDK has
/// none, and so is the endpoint, which stands in for every service. Spaces and line breaks around a value are dropped; a variable that holds nothing
/// else counts as missing.
#[derive(Clone)]
pub struct Environment {
    names: &'static Names,
    lookup: Arc<Lookup>,
}

type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

impl Environment {
    /// The environment of this process.
    pub fn of(protocol: Protocol) -> Self {
        // What is no UTF-8 becomes U+FFFD, which is refused with a clear message below.
        let lookup =
            |name: &str| Some(std::env::var_os(name)?.to_string_lossy().into_owned());
        Self::with_lookup(protocol, lookup)
    }

    /// An environment that `lookup` answers for.
    pub fn with_lookup(
        protocol: Protocol,
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            names: protocol.family().sources.environment,
            lookup: Arc::new(lookup),
        }
    }

    /// The credentials that the variables hold now.
    ///
    /// # Errors
    /// [`CredentialsError`] where a variable is missing or malformed.
    pub fn credentials(&self) -> Result<Credentials, CredentialsError> {
        let Names {
            id,
            secret,
            token,
            project,
            domain,
            ..
        } = *self.names;
        let (id, secret) = match (self.value(id)?, self.value(secret)?) {
            (Some(id), Some(secret)) => (id, secret),
            (found_id, found_secret) => {
                let missing = [(id, found_id), (secret, found_secret)];
                let missing = missing.into_iter().filter(|(_, found)| found.is_none());
                let variables = missing.map(|(name, _)| name).collect();
                return Err(CredentialsError::Missing { variables });
            }
        };
        let mut credentials = Credentials::new(id, secret);
        if let Some(token) = self.value(token)? {
            credentials = credentials.security_token(token);
        }
        credentials.project_id = project.map_or(Ok(None), |name| self.value(name))?;
        credentials.domain_id = domain.map_or(Ok(None), |name| self.value(name))?;
        Ok(credentials)
    }

    /// The region that the variables name.
    ///
    /// # Errors
    /// [`CredentialsError::Malformed`] where it is no printable text.
    pub fn region(&self) -> Result<Option<String>, CredentialsError> {
        self.value(self.names.region)
    }

    /// The URL that stands in for every service's own host.
    ///
    /// # Errors
    /// [`CredentialsError::Malformed`] where it is no printable text.
    pub fn endpoint(&self) -> Result<Option<String>, CredentialsError> {
        self.value("YUN_ENDPOINT")
    }

    fn value(&self, name: &'static str) -> Result<Option<String>, CredentialsError> {
        let Some(value) = (self.lookup)(name) else {
            return Ok(None);
        };
        let value = value.trim();
        if value.is_empty() {
            return Ok(None);
        }
        printable(name, value).map(|()| Some(value.to_owned()))
    }
}

impl CredentialsSource for Environment {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(self.credentials()))
    }
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment")
            .field("names", self.names)
            .finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub(super) struct Names {
    id: &'static str,
    secret: &'static str,
    token: &'static str,
    project: Option<&'static str>,
    domain: Option<&'static str>,
    region: &'static str,
}

pub(super) static ALIBABA: Names = Names {
    id: "ALIBABA_CLOUD_ACCESS_KEY_ID",
    secret: "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    token: "ALIBABA_CLOUD_SECURITY_TOKEN",
    project: None,
    domain: None,
    region: "ALIBABA_CLOUD_REGION_ID",
};

pub(super) static TENCENT: Names = Names {
    id: "TENCENTCLOUD_SECRET_ID",
    secret: "TENCENTCLOUD_SECRET_KEY",
    token: "TENCENTCLOUD_TOKEN",
    project: None,
    domain: None,
    region: "TENCENTCLOUD_REGION",
};

pub(super) static HUAWEI: Names = Names {
    id: "HUAWEICLOUD_SDK_AK",
    secret: "HUAWEICLOUD_SDK_SK",
    token: "HUAWEICLOUD_SDK_SECURITY_TOKEN",
    project: Some("HUAWEICLOUD_SDK_PROJECT_ID"),
    domain: Some("HUAWEICLOUD_SDK_DOMAIN_ID"),
    region: "HUAWEICLOUD_SDK_REGION",
};
