//! What a source of credentials may touch besides its own settings.

use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use zeroize::Zeroizing;

use super::{CredentialsError, Environment};
use crate::protocol::Protocol;
use crate::stamp::Stamp;
use crate::transport::{HttpTransport, Transport};

/// The largest file that is read: a profile file has a few kilobytes.
const FILE_LIMIT: u64 = 1 << 20;

/// How long a connection to a cloud may take.
const CONNECT: Duration = Duration::from_secs(3);

/// How long a connection on the same machine or link may take; a program that runs outside
/// of the cloud waits for it once.
const CONNECT_LOCAL: Duration = Duration::from_millis(800);

type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

/// The environment variables, the home directory, the clock and the network, as the sources
/// of credentials see them. A test gives its own; a program takes [`Surroundings::process`].
#[derive(Clone)]
pub struct Surroundings {
    lookup: Arc<Lookup>,
    home: Option<PathBuf>,
    /// Where files for the whole machine are.
    system: Option<PathBuf>,
    stamp: Arc<dyn Fn() -> Stamp + Send + Sync>,
    transports: Arc<Transports>,
    shared_files: bool,
}

/// Built on first use: a pair of keys in the environment needs none.
#[derive(Default)]
struct Transports {
    given: Option<Arc<dyn Transport>>,
    https: OnceLock<Arc<dyn Transport>>,
    http: OnceLock<Arc<dyn Transport>>,
}

impl Surroundings {
    /// What this process has around it.
    pub fn process() -> Self {
        // What is no UTF-8 becomes U+FFFD, which no key, path or address holds.
        let lookup =
            |name: &str| Some(std::env::var_os(name)?.to_string_lossy().into_owned());
        let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        let home = std::env::var_os(home)
            .filter(|home| !home.is_empty())
            .map(PathBuf::from);
        let system = cfg!(unix).then(|| PathBuf::from("/etc"));
        Self {
            home,
            system,
            ..Self::with_lookup(lookup)
        }
    }

    /// An environment that `lookup` answers for, and no home directory.
    pub fn with_lookup(
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            lookup: Arc::new(lookup),
            home: None,
            system: None,
            stamp: Arc::new(Stamp::now),
            transports: Arc::default(),
            shared_files: false,
        }
    }

    /// Sets the home directory, where the profile files are.
    pub fn home(mut self, home: impl Into<PathBuf>) -> Self {
        self.home = Some(home.into());
        self
    }

    /// Sets where the time comes from, and the nonce of a signed request.
    pub fn stamp(mut self, stamp: impl Fn() -> Stamp + Send + Sync + 'static) -> Self {
        self.stamp = Arc::new(stamp);
        self
    }

    /// Sends every request of a source through this transport.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        let given = Some(transport);
        self.transports = Arc::new(Transports {
            given,
            ..Transports::default()
        });
        self
    }

    /// Whether a profile file may be readable by others than its owner, as a mounted secret
    /// of a cluster is; refused by default.
    pub fn shared_files(mut self, allow: bool) -> Self {
        self.shared_files = allow;
        self
    }

    /// The variables, as one provider's tools read them.
    pub(crate) fn environment(&self, protocol: Protocol) -> Environment {
        let lookup = Arc::clone(&self.lookup);
        Environment::with_lookup(protocol, move |name| lookup(name))
    }

    /// A variable, without the spaces around it; an empty one counts as missing.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        let value = (self.lookup)(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// All of these variables, or an error that names those that are missing.
    pub(super) fn variables<const N: usize>(
        &self,
        names: [&'static str; N],
    ) -> Result<[String; N], CredentialsError> {
        let values = names.map(|name| self.variable(name));
        let missing = names
            .iter()
            .zip(&values)
            .filter(|(_, value)| value.is_none());
        let missing: Vec<_> = missing.map(|(name, _)| *name).collect();
        if missing.is_empty() {
            Ok(values.map(Option::unwrap_or_default))
        } else {
            Err(CredentialsError::Missing { variables: missing })
        }
    }

    /// Whether a variable says `true` or `1`.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.variable(name)
            .is_some_and(|value| value == "1" || value.eq_ignore_ascii_case("true"))
    }

    /// A path below the home directory.
    pub(super) fn in_home(&self, path: &str) -> Result<PathBuf, String> {
        let home = self.home.as_ref().ok_or("there is no home directory")?;
        Ok(home.join(path))
    }

    /// A path below `/etc`, where the system has that.
    pub(super) fn in_system(&self, path: &str) -> Option<PathBuf> {
        Some(self.system.as_ref()?.join(path))
    }

    pub(super) fn now(&self) -> Stamp {
        (self.stamp)()
    }

    /// The transport for a scheme. Plain HTTP only goes to this machine or its link, which
    /// the caller has to see to, and never through a proxy.
    pub(super) fn transport_for(
        &self,
        scheme: &str,
    ) -> Result<Arc<dyn Transport>, String> {
        let Transports { given, https, http } = &*self.transports;
        if let Some(given) = given {
            return Ok(Arc::clone(given));
        }
        let (cell, connect, plain) = match scheme {
            "http" => (http, CONNECT_LOCAL, true),
            _ => (https, CONNECT, false),
        };
        if let Some(built) = cell.get() {
            return Ok(Arc::clone(built));
        }
        let built =
            HttpTransport::new(connect, plain).map_err(|error| error.to_string())?;
        Ok(Arc::clone(cell.get_or_init(|| Arc::new(built))))
    }

    /// The text of a file that holds keys: refused where others can read it.
    pub(super) fn read_keys(&self, path: &Path) -> Result<Zeroizing<String>, String> {
        read(path, !self.shared_files).map_err(|why| format!("{}: {why}", path.display()))
    }

    /// The text of a file with a token that a cluster put there; its mode is the cluster's
    /// affair.
    pub(super) fn read_token(path: &Path) -> Result<Zeroizing<String>, String> {
        read(path, false).map_err(|why| format!("{}: {why}", path.display()))
    }
}

impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings")
            .field("home", &self.home)
            .field("transport", &self.transports.given)
            .field("shared_files", &self.shared_files)
            .finish_non_exhaustive()
    }
}

fn read(path: &Path, private: bool) -> Result<Zeroizing<String>, String> {
    let why = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    // Opening a pipe would wait for its writer, so what it is comes first.
    let found = std::fs::metadata(path).map_err(why)?;
    if !found.is_file() {
        return Err("is no regular file".to_owned());
    }
    if private && open_to_others(&found) {
        let help = "can be read or changed by others than its owner; run chmod 600 on it";
        return Err(help.to_owned());
    }
    let file = File::open(path).map_err(why)?;
    // With room for everything, no piece of the secret is left behind by growing.
    let capacity = usize::try_from(found.len().min(FILE_LIMIT)).unwrap_or(0) + 2;
    let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
    file.take(FILE_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(why)?;
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(format!("is larger than {FILE_LIMIT} bytes"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| "is no UTF-8 text")?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(Zeroizing::new(text.to_owned()))
}

#[cfg(unix)]
fn open_to_others(found: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    found.permissions().mode() & 0o066 != 0
}

#[cfg(not(unix))]
fn open_to_others(_: &std::fs::Metadata) -> bool {
    false
}
