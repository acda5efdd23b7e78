//! Profile files in the INI format.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::exchange::Settings;
use super::failure::{behind, failed};
use super::huawei::{Federation, with_scope};
use super::ini::{Ini, Section};
use super::sts::{self, Role};
use super::{
    AssumeRole, Credentials, CredentialsError, CredentialsSource, Metadata, Surroundings,
    WebIdentity,
};
use crate::future::BoxFuture;
use crate::protocol::Protocol;

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
    facts: &'static Facts,
    name: Option<String>,
    file: Option<PathBuf>,
    surroundings: Surroundings,
}

impl Profile {
    /// The profile file of the provider that speaks this protocol.
    pub fn of(protocol: Protocol) -> Self {
        let surroundings = Surroundings::process();
        Self {
            facts: protocol.family().sources.profile,
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
        let source = (self.facts.source)(section, &self.surroundings);
        let source = source.map_err(|why| failed(at.as_str(), why))?;
        source
            .credentials()
            .await
            .map_err(|error| behind(&at, &error))
    }

    fn path(&self) -> Result<PathBuf, String> {
        let around = &self.surroundings;
        let chosen = self
            .file
            .clone()
            .or_else(|| around.variable(self.facts.variable).map(PathBuf::from));
        if let Some(chosen) = chosen {
            return Ok(chosen);
        }
        let own = around.in_home(self.facts.home);
        let common = self.facts.system.and_then(|path| around.in_system(path));
        match (own, common) {
            (Ok(own), Some(common)) if !own.exists() && common.exists() => Ok(common),
            (Err(_), Some(common)) => Ok(common),
            (own, _) => own,
        }
    }

    fn section<'i>(&self, ini: &'i Ini) -> Result<(String, &'i Section), String> {
        let around = &self.surroundings;
        let chosen = self.name.clone().or_else(|| (self.facts.chosen)(around));
        let usual = || {
            self.facts
                .usual
                .iter()
                .map(|name| (*name).to_owned())
                .collect()
        };
        let names = chosen.map_or_else(usual, |name| vec![name]);
        let missing = format!("there is no section [{}]", names.join("] or ["));
        let found = names
            .into_iter()
            .find_map(|name| Some((ini.section(&name)?, name)));
        found.map(|(section, name)| (name, section)).ok_or(missing)
    }
}

impl CredentialsSource for Profile {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.get())
    }
}

/// What a profile stands for, or why it stands for nothing.
type Found = Result<Arc<dyn CredentialsSource>, String>;

/// What differs between the clouds.
pub(super) struct Facts {
    /// The variable for another file.
    variable: &'static str,
    /// The file in the user's folder.
    home: &'static str,
    /// The file for all users.
    system: Option<&'static str>,
    /// The profile that the environment chooses.
    chosen: fn(&Surroundings) -> Option<String>,
    /// The profiles that are taken without a choice, the first that is there.
    usual: &'static [&'static str],
    /// What a profile stands for.
    source: fn(&Section, &Surroundings) -> Found,
}

impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.home)
    }
}

pub(super) static ALIBABA: Facts = Facts {
    variable: "ALIBABA_CLOUD_CREDENTIALS_FILE",
    home: ".alibabacloud/credentials",
    system: None,
    chosen: |around| around.variable("ALIBABA_CLOUD_PROFILE"),
    usual: &["default"],
    source: alibaba,
};

pub(super) static TENCENT: Facts = Facts {
    variable: "TENCENTCLOUD_CREDENTIALS_FILE",
    home: ".tencentcloud/credentials",
    system: Some("tencentcloud/credentials"),
    chosen: |_| None,
    usual: &["default"],
    source: tencent,
};

pub(super) static HUAWEI: Facts = Facts {
    variable: "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
    home: ".huaweicloud/credentials",
    system: None,
    chosen: |around| {
        let kind = around.variable("HUAWEICLOUD_SDK_CREDENTIAL_TYPE")?;
        Some(kind.to_ascii_lowercase())
    },
    usual: &["basic", "global"],
    source: huawei,
};

fn alibaba(section: &Section, around: &Surroundings) -> Found {
    let session = || -> Result<(Role, Settings), String> {
        let mut role = Role::new(&sts::ALIBABA, section.need("role_arn")?);
        role.policy = section.get("policy").map(str::to_owned);
        let mut settings = Settings::new(around.clone());
        settings.name = section.get("role_session_name").map(str::to_owned);
        Ok((role, settings))
    };
    match section.need("type")? {
        "access_key" => Ok(Arc::new(pair(section)?)),
        "ram_role_arn" => {
            let keys = Arc::new(pair(section)?);
            let (role, settings) = session()?;
            Ok(Arc::new(AssumeRole::new(keys, role, settings)))
        }
        "ecs_ram_role" => {
            let metadata = Metadata::of(Protocol::ACS_RPC).surroundings(around.clone());
            Ok(match section.get("role_name") {
                Some(name) => Arc::new(metadata.role(name)),
                None => Arc::new(metadata),
            })
        }
        "oidc_role_arn" => {
            let provider = section.need("oidc_provider_arn")?.to_owned();
            let file = section.need("oidc_token_file_path")?;
            let (role, settings) = session()?;
            let identity = WebIdentity::role(role, provider, file);
            Ok(Arc::new(identity.settings(settings)))
        }
        _ => {
            let types = "access_key, ecs_ram_role, ram_role_arn and oidc_role_arn";
            Err(format!("its type is not supported; {types} are"))
        }
    }
}

fn tencent(section: &Section, _: &Surroundings) -> Found {
    let credentials =
        Credentials::new(section.need("secret_id")?, section.need("secret_key")?);
    Ok(Arc::new(with_token(credentials, section.get("token"))?))
}

fn huawei(section: &Section, around: &Surroundings) -> Found {
    let own = |key| section.get(key).map(str::to_owned);
    let (project_id, domain_id) = (own("project_id"), own("domain_id"));
    let without_keys = section.get("ak").is_none();
    if let Some(idp) = own("idp_id").filter(|_| without_keys) {
        let mut settings = Settings::new(around.clone());
        settings.endpoint = own("iam_endpoint");
        let federation = Federation {
            idp,
            project_id,
            domain_id,
        };
        let identity = WebIdentity::new(federation, section.need("id_token_file")?);
        return Ok(Arc::new(identity.settings(settings)));
    }
    let mut credentials = Credentials::new(section.need("ak")?, section.need("sk")?);
    credentials.project_id = project_id;
    credentials.domain_id = domain_id;
    let credentials = with_token(credentials, section.get("security_token"))?;
    Ok(Arc::new(with_scope(credentials, around)))
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
