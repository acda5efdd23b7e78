//! Profile files in the INI format.

use std::path::PathBuf;
use std::sync::Arc;

use super::failure::{behind, failed};
use super::ini::{Ini, Section};
use super::sts::{Cloud, Session};
use super::{
    AssumeRole, Credentials, CredentialsError, CredentialsSource, Metadata, Surroundings,
    WebIdentity, huawei,
};
use crate::future::BoxFuture;
use crate::operation::Protocol;

/// A profile of a provider's INI file.
///
/// | | file | variable for another file | profile |
/// |---|---|---|---|
/// | Alibaba Cloud | `~/.alibabacloud/credentials` | `ALIBABA_CLOUD_CREDENTIALS_FILE` | `ALIBABA_CLOUD_PROFILE`, `default` |
/// | Tencent Cloud | `~/.tencentcloud/credentials`, `/etc/tencentcloud/credentials` | `TENCENTCLOUD_CREDENTIALS_FILE` | `default` |
/// | Huawei Cloud | `~/.huaweicloud/credentials` | `HUAWEICLOUD_SDK_CREDENTIALS_FILE` | `HUAWEICLOUD_SDK_CREDENTIAL_TYPE`, `basic`, `global` |
///
/// Alibaba Cloud's profiles have a `type`: `access_key`, `ecs_ram_role`, `ram_role_arn` or
/// `oidc_role_arn`. A file that others than its owner can read or change is refused. The file
/// is read anew at every look-up; put the source into a [`Cached`](super::Cached).
#[derive(Clone, Debug)]
pub struct Profile {
    protocol: Protocol,
    name: Option<String>,
    file: Option<PathBuf>,
    surroundings: Surroundings,
}

impl Profile {
    /// The profile file of the provider that speaks this protocol.
    pub fn of(protocol: Protocol) -> Self {
        let surroundings = Surroundings::process();
        Self {
            protocol,
            name: None,
            file: None,
            surroundings,
        }
    }

    /// Chooses a profile, whatever the environment says.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Reads this file, whatever the environment says.
    pub fn file(mut self, file: impl Into<PathBuf>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Sets what the source may touch; the process by default.
    pub fn surroundings(mut self, surroundings: Surroundings) -> Self {
        self.surroundings = surroundings;
        self
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let path = self.path().map_err(|why| failed("profile file", why))?;
        let text = self.surroundings.read_keys(&path);
        let text = text.map_err(|why| failed("profile file", why))?;
        let at = path.display();
        let ini = Ini::parse(&text).map_err(|why| failed(at.to_string(), why))?;
        let (name, section) = self
            .section(&ini)
            .map_err(|why| failed(at.to_string(), why))?;
        let at = format!("{at} [{name}]");
        let source = match self.protocol {
            Protocol::AcsRpc | Protocol::AcsRoa => self.alibaba(section),
            Protocol::Tc3Json => tencent(section),
            Protocol::SdkHmacRest => self.huawei(section),
        };
        let source = source.map_err(|why| failed(at.as_str(), why))?;
        source
            .credentials()
            .await
            .map_err(|error| behind(&at, &error))
    }

    fn path(&self) -> Result<PathBuf, String> {
        let around = &self.surroundings;
        let (variable, path) = match self.protocol {
            Protocol::AcsRpc | Protocol::AcsRoa => (
                "ALIBABA_CLOUD_CREDENTIALS_FILE",
                ".alibabacloud/credentials",
            ),
            Protocol::Tc3Json => {
                ("TENCENTCLOUD_CREDENTIALS_FILE", ".tencentcloud/credentials")
            }
            Protocol::SdkHmacRest => (
                "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
                ".huaweicloud/credentials",
            ),
        };
        let chosen = self
            .file
            .clone()
            .or_else(|| around.variable(variable).map(PathBuf::from));
        if let Some(chosen) = chosen {
            return Ok(chosen);
        }
        let own = around.in_home(path);
        let common = match self.protocol {
            Protocol::Tc3Json => around.in_system("tencentcloud/credentials"),
            _ => None,
        };
        match (own, common) {
            (Ok(own), Some(common)) if !own.exists() && common.exists() => Ok(common),
            (Err(_), Some(common)) => Ok(common),
            (own, _) => own,
        }
    }

    fn section<'i>(&self, ini: &'i Ini) -> Result<(String, &'i Section), String> {
        let around = &self.surroundings;
        let chosen = self.name.clone().or_else(|| match self.protocol {
            Protocol::AcsRpc | Protocol::AcsRoa => {
                around.variable("ALIBABA_CLOUD_PROFILE")
            }
            Protocol::Tc3Json => None,
            Protocol::SdkHmacRest => around
                .variable("HUAWEICLOUD_SDK_CREDENTIAL_TYPE")
                .map(|kind| kind.to_ascii_lowercase()),
        });
        let names = match (chosen, self.protocol) {
            (Some(name), _) => vec![name],
            (None, Protocol::SdkHmacRest) => {
                vec!["basic".to_owned(), "global".to_owned()]
            }
            (None, _) => vec!["default".to_owned()],
        };
        let missing = format!("there is no section [{}]", names.join("] or ["));
        let found = names
            .into_iter()
            .find_map(|name| Some((ini.section(&name)?, name)));
        found.map(|(section, name)| (name, section)).ok_or(missing)
    }

    fn alibaba(&self, section: &Section) -> Result<Arc<dyn CredentialsSource>, String> {
        let session = || -> Result<Session, String> {
            let mut session = Session::new(Cloud::Alibaba, section.need("role_arn")?);
            session.surroundings = self.surroundings.clone();
            session.name = section.get("role_session_name").map(str::to_owned);
            session.policy = section.get("policy").map(str::to_owned);
            Ok(session)
        };
        match section.need("type")? {
            "access_key" => Ok(Arc::new(pair(section)?)),
            "ram_role_arn" => Ok(Arc::new(AssumeRole::new(
                Arc::new(pair(section)?),
                session()?,
            ))),
            "ecs_ram_role" => {
                let metadata = Metadata::of(self.protocol);
                let metadata = metadata.surroundings(self.surroundings.clone());
                Ok(match section.get("role_name") {
                    Some(name) => Arc::new(metadata.role(name)),
                    None => Arc::new(metadata),
                })
            }
            "oidc_role_arn" => {
                let provider = section.need("oidc_provider_arn")?.to_owned();
                let file = section.need("oidc_token_file_path")?;
                Ok(Arc::new(WebIdentity::role(session()?, provider, file)))
            }
            _ => {
                let types = "access_key, ecs_ram_role, ram_role_arn and oidc_role_arn";
                Err(format!("its type is not supported; {types} are"))
            }
        }
    }

    fn huawei(&self, section: &Section) -> Result<Arc<dyn CredentialsSource>, String> {
        let own = |key| section.get(key).map(str::to_owned);
        let around = &self.surroundings;
        if let Some(idp) = section
            .get("idp_id")
            .filter(|_| section.get("ak").is_none())
        {
            let mut federation = huawei::Federation::new(idp.to_owned());
            federation.endpoint = own("iam_endpoint");
            federation.project_id = own("project_id");
            federation.domain_id = own("domain_id");
            federation.surroundings = around.clone();
            let file = section.need("id_token_file")?;
            return Ok(Arc::new(WebIdentity::federation(federation, file)));
        }
        let mut credentials = Credentials::new(section.need("ak")?, section.need("sk")?);
        credentials.project_id = own("project_id");
        credentials.domain_id = own("domain_id");
        let credentials = with_token(credentials, section.get("security_token"))?;
        Ok(Arc::new(huawei::with_scope(credentials, around)))
    }
}

impl CredentialsSource for Profile {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.get())
    }
}

fn tencent(section: &Section) -> Result<Arc<dyn CredentialsSource>, String> {
    let credentials =
        Credentials::new(section.need("secret_id")?, section.need("secret_key")?);
    Ok(Arc::new(with_token(credentials, section.get("token"))?))
}

fn pair(section: &Section) -> Result<Credentials, String> {
    let (id, secret) = (
        section.need("access_key_id")?,
        section.need("access_key_secret")?,
    );
    with_token(Credentials::new(id, secret), section.get("security_token"))
}

fn with_token(
    credentials: Credentials,
    token: Option<&str>,
) -> Result<Credentials, String> {
    let credentials = match token {
        Some(token) => credentials.security_token(token),
        None => credentials,
    };
    credentials.check().map_err(|error| error.to_string())?;
    Ok(credentials)
}
