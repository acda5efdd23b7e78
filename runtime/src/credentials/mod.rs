//! Who calls: the keys that sign a request, or the token that stands in for a signature.

mod cache;
mod chain;
mod cli_profile;
mod environment;
mod exchange;
mod failure;
mod huawei;
mod ini;
mod keys;
mod metadata;
mod oidc;
mod place;
mod process;
mod profile;
mod source;
mod sources;
mod sts;
mod surroundings;
mod uri;

use std::fmt;
use std::time::SystemTime;

use crate::secret::Secret;

pub use cache::Cached;
pub use chain::{Chain, default_chain};
pub use cli_profile::CliProfile;
pub use environment::Environment;
pub use metadata::Metadata;
pub use oidc::WebIdentity;
pub use process::ExternalProcess;
pub use profile::Profile;
pub use source::{CredentialsError, CredentialsSource};
pub use sts::AssumeRole;
pub use surroundings::Surroundings;
pub use uri::CredentialsUri;

pub(crate) use sources::{ALIBABA, HUAWEI, Sources, TENCENT};

/// The keys of one identity, with what the wire needs besides.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Credentials {
    /// The public half of the key pair; empty where a token is used instead.
    pub access_key_id: String,
    /// The half that signs.
    pub access_key_secret: Secret,
    /// What temporary keys need besides.
    pub security_token: Option<Secret>,
    /// Fills `{project_id}` in a path, and goes into a header (Huawei Cloud).
    pub project_id: Option<String>,
    /// The account of a global service (Huawei Cloud).
    pub domain_id: Option<String>,
    /// Sent as `X-Auth-Token`; nothing is signed then (Huawei Cloud).
    pub auth_token: Option<Secret>,
    /// Where the keys come from, as Alibaba Cloud names it: `static_ak`, `static_sts`.
    pub provider: &'static str,
    /// When temporary keys stop being good; nothing where they do not say.
    pub expires_at: Option<SystemTime>,
}

impl Credentials {
    /// A key pair.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            access_key_id: id.into(),
            access_key_secret: secret.into(),
            security_token: None,
            project_id: None,
            domain_id: None,
            auth_token: None,
            provider: "static_ak",
            expires_at: None,
        }
    }

    /// A token that stands in for a signature (Huawei Cloud).
    pub fn token(token: impl Into<Secret>) -> Self {
        Self {
            auth_token: Some(token.into()),
            ..Self::new("", "")
        }
    }

    /// Adds the token of temporary keys.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<Secret>) -> Self {
        self.security_token = Some(token.into());
        self.provider = "static_sts";
        self
    }

    /// Sets the project (Huawei Cloud).
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// Sets the account of a global service (Huawei Cloud).
    #[must_use]
    pub fn domain_id(mut self, id: impl Into<String>) -> Self {
        self.domain_id = Some(id.into());
        self
    }

    /// Sets when temporary keys stop being good.
    #[must_use]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }

    /// Refuses what no request can carry, before anything is signed with it.
    pub(crate) fn check(&self) -> Result<(), CredentialsError> {
        let key = |part| Some(part).filter(|_| self.auth_token.is_none());
        let parts = [
            ("the access key id", key(self.access_key_id.as_str())),
            (
                "the access key secret",
                key(self.access_key_secret.expose()),
            ),
            (
                "the security token",
                self.security_token.as_ref().map(Secret::expose),
            ),
            (
                "the auth token",
                self.auth_token.as_ref().map(Secret::expose),
            ),
            ("the project id", self.project_id.as_deref()),
            ("the domain id", self.domain_id.as_deref()),
        ];
        let mut given = parts
            .into_iter()
            .filter_map(|(what, part)| Some((what, part?)));
        given.try_for_each(|(what, part)| source::printable(what, part))
    }
}

impl fmt::Debug for Credentials {
    /// Shows four characters of the key's name, and no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start: String = self.access_key_id.chars().take(4).collect();
        f.debug_struct("Credentials")
            .field("access_key_id", &format_args!("{start}***"))
            .field("access_key_secret", &self.access_key_secret)
            .field("security_token", &self.security_token)
            .field("project_id", &self.project_id)
            .field("domain_id", &self.domain_id)
            .field("auth_token", &self.auth_token)
            .field("provider", &self.provider)
            .field("expires_at", &self.expires_at)
            .finish()
    }
}
