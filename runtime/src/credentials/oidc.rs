//! Temporary keys for the token of an identity provider, which a cluster writes to a file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::exchange::{Settings, Signer, text};
use super::failure::failed;
use super::huawei::Federation;
use super::sts::{self, Identity, Role};
use super::{Credentials, CredentialsError, CredentialsSource, Surroundings};
use crate::future::BoxFuture;
use crate::protocol::Protocol;
use crate::secret::Secret;
use crate::value::Value;

/// A workload's own identity: the token in a file, for the keys of a role.
///
/// The file is read anew at every look-up, for a cluster replaces it. Every look-up is a
/// request; put it into a [`Cached`](super::Cached).
#[derive(Clone)]
pub struct WebIdentity {
    token_file: PathBuf,
    settings: Settings,
    way: Arc<dyn Way>,
}

/// How a token becomes keys; a trait, so that a program is linked with its own cloud's way.
pub(super) trait Way: fmt::Debug + Send + Sync {
    fn ask<'a>(
        &'a self,
        settings: &'a Settings,
        token: &'a Secret,
    ) -> BoxFuture<'a, Result<Credentials, CredentialsError>>;
}

impl WebIdentity {
    /// `AssumeRoleWithOIDC` of Alibaba Cloud.
    pub fn alibaba(
        role_arn: impl Into<String>,
        provider_arn: impl Into<String>,
        token_file: impl Into<PathBuf>,
    ) -> Self {
        let role = Role::new(&sts::ALIBABA, role_arn);
        Self::role(role, provider_arn.into(), token_file)
    }

    /// `AssumeRoleWithWebIdentity` of Tencent Cloud.
    pub fn tencent(
        role_arn: impl Into<String>,
        provider_id: impl Into<String>,
        token_file: impl Into<PathBuf>,
    ) -> Self {
        let role = Role::new(&sts::TENCENT, role_arn);
        Self::role(role, provider_id.into(), token_file)
    }

    /// A token and then temporary keys of Huawei Cloud's IAM. Project and account come from
    /// `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID`.
    pub fn huawei(idp_id: impl Into<String>, token_file: impl Into<PathBuf>) -> Self {
        let federation = Federation {
            idp: idp_id.into(),
            project_id: None,
            domain_id: None,
        };
        Self::new(federation, token_file)
    }

    pub(super) fn role(
        role: Role,
        provider: String,
        token_file: impl Into<PathBuf>,
    ) -> Self {
        Self::new(RoleOfToken { role, provider }, token_file)
    }

    pub(super) fn new(way: impl Way + 'static, token_file: impl Into<PathBuf>) -> Self {
        Self {
            token_file: token_file.into(),
            settings: Settings::new(Surroundings::process()),
            way: Arc::new(way),
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
        let identity = (protocol.family().sources.identity)(surroundings)?;
        Ok(identity.surroundings(surroundings.clone()))
    }

    /// Sets the name that the session has in the cloud's logs; a random one by default.
    /// Huawei Cloud has none.
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self
    }

    /// Sets how long the keys hold; the cloud's usual time by default.
    pub fn duration(mut self, duration: Duration) -> Self {
        self.settings.duration = Some(duration);
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

    pub(super) fn settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let token =
            token(&self.token_file).map_err(|why| failed("the token file", why))?;
        self.way.ask(&self.settings, &token).await
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
            .field("settings", &self.settings)
            .field("way", &self.way)
            .finish()
    }
}

pub(super) fn alibaba(around: &Surroundings) -> Result<WebIdentity, CredentialsError> {
    let [role, provider, file] = around.variables([
        "ALIBABA_CLOUD_ROLE_ARN",
        "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
        "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
    ])?;
    Ok(WebIdentity::alibaba(role, provider, file))
}

pub(super) fn tencent(around: &Surroundings) -> Result<WebIdentity, CredentialsError> {
    let [role, provider, file, region] = around.variables([
        "TKE_ROLE_ARN",
        "TKE_PROVIDER_ID",
        "TKE_WEB_IDENTITY_TOKEN_FILE",
        "TKE_REGION",
    ])?;
    Ok(WebIdentity::tencent(role, provider, file).region(region))
}

pub(super) fn huawei(around: &Surroundings) -> Result<WebIdentity, CredentialsError> {
    let names = ["HUAWEICLOUD_SDK_IDP_ID", "HUAWEICLOUD_SDK_ID_TOKEN_FILE"];
    let [provider, file] = around.variables(names)?;
    Ok(WebIdentity::huawei(provider, file))
}

/// A role, for the token of an identity provider that the cloud knows.
#[derive(Debug)]
struct RoleOfToken {
    role: Role,
    provider: String,
}

impl Way for RoleOfToken {
    fn ask<'a>(
        &'a self,
        settings: &'a Settings,
        token: &'a Secret,
    ) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(self.get(settings, token))
    }
}

impl RoleOfToken {
    async fn get(
        &self,
        settings: &Settings,
        token: &Secret,
    ) -> Result<Credentials, CredentialsError> {
        let Self { role, provider } = self;
        let Identity { action, at, .. } = *role.identity();
        let name = role.session_name(settings);
        let request = role
            .parameters(settings, at, &name)
            .with(at, role.identity().provider, Some(text(provider)))
            .with(
                at,
                role.identity().token,
                Some(Value::Secret(token.expose())),
            );
        let signer = Signer::Nobody(token);
        let reply = role.exchange(settings, action, signer, request).await?;
        role.read(action, reply, "oidc_role_arn")
    }
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
