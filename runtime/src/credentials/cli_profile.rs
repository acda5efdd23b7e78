//! The configuration of Alibaba Cloud's CLI, in JSON.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::exchange::Settings;
use super::failure::{behind, failed};
use super::keys::{self, Names};
use super::sts::{self, Role};
use super::{
    AssumeRole, Credentials, CredentialsError, CredentialsSource, CredentialsUri,
    ExternalProcess, Metadata, Surroundings, WebIdentity,
};
use crate::future::BoxFuture;
use crate::protocol::Protocol;
use crate::secret::Secret;
use crate::value::Json;

const KEYS: Names = Names {
    id: "access_key_id",
    secret: "access_key_secret",
    token: "sts_token",
};

/// Each of them turns the source off.
const OFF: [&str; 3] = [
    "ALIBABA_CLOUD_CLI_PROFILE_DISABLED",
    "ALIBABA_CLOUD_IGNORE_PROFILE",
    "ALIBABACLOUD_IGNORE_PROFILE",
];

/// Turns the mode `External` off.
const EXTERNAL_OFF: &str = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS";

/// The longest way from one profile to the next.
const LONGEST_WAY: usize = 8;

/// A profile of Alibaba Cloud's CLI: `~/.aliyun/config.json`, or the file that
/// `ALIBABA_CLOUD_CONFIG_FILE` names.
///
/// The profile is the one of [`CliProfile::name`], of `ALIBABA_CLOUD_PROFILE`, or the file's
/// `current`. The modes are `AK`, `StsToken`, `RamRoleArn`, `EcsRamRole`, `OIDC`,
/// `ChainableRamRoleArn`, `External` and `CredentialsURI`. `CloudSSO` and `OAuth`, which need
/// a browser, are refused. A file that others than its owner can read or change is refused as
/// well. `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true` and `ALIBABA_CLOUD_IGNORE_PROFILE=TRUE`
/// turn the source off. The file is read anew at every look-up; put the source into a
/// [`Cached`](super::Cached).
#[derive(Clone, Debug)]
pub struct CliProfile {
    name: Option<String>,
    file: Option<PathBuf>,
    surroundings: Surroundings,
}

impl CliProfile {
    /// The profile that is current.
    pub fn new() -> Self {
        Self {
            name: None,
            file: None,
            surroundings: Surroundings::process(),
        }
    }

    /// Chooses a profile, whatever the environment and the file say.
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
        let around = &self.surroundings;
        if let Some(off) = OFF.into_iter().find(|name| around.is_on(name)) {
            return Err(failed("CLI profile", format_args!("is off by {off}")));
        }
        let path = self.path().map_err(|why| failed("CLI profile", why))?;
        let text = around
            .read_keys(&path)
            .map_err(|why| failed("CLI profile", why))?;
        let at = path.display().to_string();
        let file = File::parse(&text).map_err(|why| failed(at.as_str(), why))?;
        let chosen = self
            .name
            .clone()
            .or_else(|| around.variable("ALIBABA_CLOUD_PROFILE"));
        let chosen = chosen.map_or_else(|| file.current(), Ok);
        let name = chosen.map_err(|why| failed(at.as_str(), why))?;
        let at = format!("{at} profile {name:?}");
        let source = file.source(&name, around, &mut Vec::new());
        let source = source.map_err(|why| failed(at.as_str(), why))?;
        source
            .credentials()
            .await
            .map_err(|error| behind(&at, &error))
    }

    fn path(&self) -> Result<PathBuf, String> {
        let around = &self.surroundings;
        let variable = || {
            around
                .variable("ALIBABA_CLOUD_CONFIG_FILE")
                .map(PathBuf::from)
        };
        let chosen = self.file.clone().or_else(variable);
        chosen.map_or_else(|| around.in_home(".aliyun/config.json"), Ok)
    }
}

impl Default for CliProfile {
    fn default() -> Self {
        Self::new()
    }
}

impl CredentialsSource for CliProfile {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.get())
    }
}

struct File(Json);

impl File {
    fn parse(text: &str) -> Result<Self, String> {
        let json = keys::parse(text.as_bytes())?;
        match json.get("profiles") {
            Some(Json::Array(_)) => Ok(Self(json)),
            _ => Err("there is no array of profiles".to_owned()),
        }
    }

    fn current(&self) -> Result<String, String> {
        let current = self.0.get("current").and_then(Json::as_str);
        let current = current.filter(|name| !name.is_empty());
        Ok(current.ok_or("names no current profile")?.to_owned())
    }

    fn profile(&self, name: &str) -> Result<Entry, String> {
        let profiles = self.0.get("profiles").and_then(Json::as_array);
        let named =
            |profile: &&Json| profile.get("name").and_then(Json::as_str) == Some(name);
        let mut found = profiles.into_iter().flatten().filter(named);
        match (found.next(), found.next()) {
            (Some(profile), None) => Ok(Entry(profile.clone())),
            (Some(_), Some(_)) => Err(format!("there are two profiles {name:?}")),
            (None, _) => Err(format!("there is no profile {name:?}")),
        }
    }

    /// The source that a profile stands for; `way` has the profiles that led to it.
    fn source(
        &self,
        name: &str,
        around: &Surroundings,
        way: &mut Vec<String>,
    ) -> Result<Arc<dyn CredentialsSource>, String> {
        if way.iter().any(|before| before == name) || way.len() == LONGEST_WAY {
            return Err("source_profile leads round and round".to_owned());
        }
        way.push(name.to_owned());
        let mut entry = self.profile(name)?;
        let mode = entry.need("mode")?;
        Ok(match mode.as_str() {
            "AK" => Arc::new(entry.pair()?),
            "StsToken" => Arc::new(KEYS.temporary(&mut entry.0, "static_sts")?),
            "RamRoleArn" => {
                let keys = Arc::new(entry.pair()?);
                Arc::new(entry.role(keys, around)?)
            }
            "ChainableRamRoleArn" => {
                let before = entry.need("source_profile")?;
                let keys = self.source(&before, around, way)?;
                Arc::new(entry.role(keys, around)?)
            }
            "EcsRamRole" => {
                let metadata =
                    Metadata::of(Protocol::ACS_RPC).surroundings(around.clone());
                match entry.text("ram_role_name")? {
                    Some(role) => Arc::new(metadata.role(role)),
                    None => Arc::new(metadata),
                }
            }
            "OIDC" => {
                let provider = entry.need("oidc_provider_arn")?;
                let file = entry.need("oidc_token_file")?;
                {
                    let (role, settings) = entry.session(around)?;
                    let identity = WebIdentity::role(role, provider, file);
                    Arc::new(identity.settings(settings))
                }
            }
            "External" if around.is_on(EXTERNAL_OFF) => {
                return Err(format!("mode External is off by {EXTERNAL_OFF}"));
            }
            "External" => Arc::new(ExternalProcess::new(entry.need("process_command")?)),
            "CredentialsURI" => {
                let url = Secret::from(entry.need("credentials_uri")?);
                Arc::new(CredentialsUri::new(url).surroundings(around.clone()))
            }
            "CloudSSO" | "OAuth" => {
                return Err(format!(
                    "mode {mode} signs in with a browser, which is not supported; choose a \
                     profile of another mode"
                ));
            }
            _ => return Err("its mode is not supported".to_owned()),
        })
    }
}

/// One profile.
struct Entry(Json);

impl Entry {
    fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        keys::text(&mut self.0, name)
    }

    fn need(&mut self, name: &str) -> Result<String, String> {
        self.text(name)?.ok_or_else(|| format!("{name} is missing"))
    }

    /// A pair of keys. A token is left over from another mode, and not theirs.
    fn pair(&mut self) -> Result<Credentials, String> {
        let credentials = KEYS.any(&mut self.0, "static_ak")?;
        Ok(Credentials {
            security_token: None,
            ..credentials
        })
    }

    fn role(
        &mut self,
        keys: Arc<dyn CredentialsSource>,
        around: &Surroundings,
    ) -> Result<AssumeRole, String> {
        let (role, settings) = self.session(around)?;
        let role = AssumeRole::new(keys, role, settings);
        Ok(match self.text("external_id")? {
            Some(id) => role.external_id(id),
            None => role,
        })
    }

    fn session(&mut self, around: &Surroundings) -> Result<(Role, Settings), String> {
        let mut role = Role::new(&sts::ALIBABA, self.need("ram_role_arn")?);
        role.policy = self.text("policy")?;
        role.vpc = match self.0.get("enable_vpc") {
            None | Some(Json::Null) => false,
            Some(on) => on.as_bool().ok_or("enable_vpc is neither true nor false")?,
        };
        let mut settings = Settings::new(around.clone());
        settings.name = self.text("ram_session_name")?;
        settings.region = self.text("sts_region")?;
        settings.duration = match self.0.get("expired_seconds") {
            None | Some(Json::Null) => None,
            Some(seconds) => {
                let seconds = seconds.as_u64().ok_or("expired_seconds is no number")?;
                (seconds > 0).then(|| Duration::from_secs(seconds))
            }
        };
        Ok((role, settings))
    }
}
