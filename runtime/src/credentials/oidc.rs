//! Temporary keys for the token of an identity provider, which a cluster writes to a file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::exchange::{Signer, text};
use super::failure::failed;
use super::huawei;
use super::sts::{Cloud, Session};
use super::{Credentials, CredentialsError, CredentialsSource, Surroundings};
use crate::future::BoxFuture;
use crate::operation::Protocol;
use crate::secret::Secret;
use crate::value::{Location, Value};

/// A workload's own identity: the token in a file, for the keys of a role.
///
/// The file is read anew at every look-up, for a cluster replaces it. Every look-up is a
/// request; put it into a [`Cached`](super::Cached).
#[derive(Clone)]
pub struct WebIdentity {
    token_file: PathBuf,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Role { session: Session, provider: String },
    Huawei(huawei::Federation),
}

impl WebIdentity {
    /// `AssumeRoleWithOIDC` of Alibaba Cloud.
    pub fn alibaba(
        role_arn: impl Into<String>,
        provider_arn: impl Into<String>,
        token_file: impl Into<PathBuf>,
    ) -> Self {
        Self::role(
            Session::new(Cloud::Alibaba, role_arn),
            provider_arn.into(),
            token_file,
        )
    }

    /// `AssumeRoleWithWebIdentity` of Tencent Cloud.
    pub fn tencent(
        role_arn: impl Into<String>,
        provider_id: impl Into<String>,
        token_file: impl Into<PathBuf>,
    ) -> Self {
        Self::role(
            Session::new(Cloud::Tencent, role_arn),
            provider_id.into(),
            token_file,
        )
    }

    /// A token and then temporary keys of Huawei Cloud's IAM. Project and account come from
    /// `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID`.
    pub fn huawei(idp_id: impl Into<String>, token_file: impl Into<PathBuf>) -> Self {
        Self::federation(huawei::Federation::new(idp_id.into()), token_file)
    }

    pub(super) fn federation(
        federation: huawei::Federation,
        token_file: impl Into<PathBuf>,
    ) -> Self {
        Self {
            token_file: token_file.into(),
            way: Way::Huawei(federation),
        }
    }

    pub(super) fn role(
        session: Session,
        provider: String,
        token_file: impl Into<PathBuf>,
    ) -> Self {
        let way = Way::Role { session, provider };
        Self {
            token_file: token_file.into(),
            way,
        }
    }

    /// The identity that the variables of the environment name.
    ///
    /// | Alibaba Cloud | Tencent Cloud | Huawei Cloud |
    /// |---|---|---|
    /// | `ALIBABA_CLOUD_ROLE_ARN` | `TKE_ROLE_ARN` | |
    /// | `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` | `TKE_PROVIDER_ID` | `HUAWEICLOUD_SDK_IDP_ID` |
    /// | `ALIBABA_CLOUD_OIDC_TOKEN_FILE` | `TKE_WEB_IDENTITY_TOKEN_FILE` | `HUAWEICLOUD_SDK_ID_TOKEN_FILE` |
    /// | | `TKE_REGION` | |
    ///
    /// # Errors
    /// [`CredentialsError::Missing`] with the variables that are not set.
    pub fn from_env(
        protocol: Protocol,
        surroundings: &Surroundings,
    ) -> Result<Self, CredentialsError> {
        let identity = match protocol {
            Protocol::AcsRpc | Protocol::AcsRoa => {
                let names = [
                    "ALIBABA_CLOUD_ROLE_ARN",
                    "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
                    "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
                ];
                let [role, provider, file] = surroundings.variables(names)?;
                Self::alibaba(role, provider, file)
            }
            Protocol::Tc3Json => {
                let names = [
                    "TKE_ROLE_ARN",
                    "TKE_PROVIDER_ID",
                    "TKE_WEB_IDENTITY_TOKEN_FILE",
                    "TKE_REGION",
                ];
                let [role, provider, file, region] = surroundings.variables(names)?;
                Self::tencent(role, provider, file).region(region)
            }
            Protocol::SdkHmacRest => {
                let names = ["HUAWEICLOUD_SDK_IDP_ID", "HUAWEICLOUD_SDK_ID_TOKEN_FILE"];
                let [provider, file] = surroundings.variables(names)?;
                Self::huawei(provider, file)
            }
        };
        Ok(identity.surroundings(surroundings.clone()))
    }

    /// Sets the name that the session has in the cloud's logs; a random one by default.
    /// Huawei Cloud has none.
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        if let Way::Role { session, .. } = &mut self.way {
            session.name = Some(name.into());
        }
        self
    }

    /// Sets how long the keys hold; the cloud's usual time by default.
    pub fn duration(mut self, duration: Duration) -> Self {
        match &mut self.way {
            Way::Role { session, .. } => session.duration = Some(duration),
            Way::Huawei(federation) => federation.duration = duration,
        }
        self
    }

    /// Sets the region whose token service is asked.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        match &mut self.way {
            Way::Role { session, .. } => session.region = Some(region.into()),
            Way::Huawei(federation) => federation.region = Some(region.into()),
        }
        self
    }

    /// Asks the token service at `https://host` in place of the cloud's own.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        match &mut self.way {
            Way::Role { session, .. } => session.endpoint = Some(url.into()),
            Way::Huawei(federation) => federation.endpoint = Some(url.into()),
        }
        self
    }

    /// Sets what the source may touch; the process by default.
    pub fn surroundings(mut self, surroundings: Surroundings) -> Self {
        match &mut self.way {
            Way::Role { session, .. } => session.surroundings = surroundings,
            Way::Huawei(federation) => federation.surroundings = surroundings,
        }
        self
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let token =
            token(&self.token_file).map_err(|why| failed("the token file", why))?;
        match &self.way {
            Way::Role { session, provider } => role(session, provider, &token).await,
            Way::Huawei(federation) => federation.get(&token).await,
        }
    }
}

impl CredentialsSource for WebIdentity {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.get())
    }
}

impl fmt::Debug for WebIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebIdentity")
            .field("token_file", &self.token_file)
            .field("way", &self.way)
            .finish()
    }
}

async fn role(
    session: &Session,
    provider: &str,
    token: &Secret,
) -> Result<Credentials, CredentialsError> {
    let name = session.name();
    let (action, at, provider_name, token_name) = match session.cloud {
        // In a form, not in the query, which proxies and servers log.
        Cloud::Alibaba => (
            "AssumeRoleWithOIDC",
            Location::Form,
            "OIDCProviderArn",
            "OIDCToken",
        ),
        Cloud::Tencent => (
            "AssumeRoleWithWebIdentity",
            Location::Body,
            "ProviderId",
            "WebIdentityToken",
        ),
    };
    let request = session
        .parameters(at, &name)
        .with(at, provider_name, Some(text(provider)))
        .with(at, token_name, Some(Value::Secret(token.expose())));
    let reply = session
        .exchange(action, Signer::Nobody(token), request)
        .await?;
    session.read(action, reply, "oidc_role_arn")
}

/// The token in a file, without the line break at its end.
fn token(path: &Path) -> Result<Secret, String> {
    let text = Surroundings::read_token(path)?;
    let token = text.trim();
    let odd = |byte: u8| !byte.is_ascii_graphic();
    if token.is_empty() || token.bytes().any(odd) {
        return Err(format!("{}: holds no token", path.display()));
    }
    Ok(Secret::from(token))
}
