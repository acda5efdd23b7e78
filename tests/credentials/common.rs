//! A home directory with its environment, a network that only notes, and the look for secrets
//! in what a failure shows.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tempfile::TempDir;
use yunspec_runtime::credentials::Surroundings;
use yunspec_runtime::stamp::Stamp;
use yunspec_runtime::transport::{
    Bytes, HttpTransport, Limits, Transport, TransportError, http,
};
use yunspec_runtime::{BoxFuture, Credentials, CredentialsSource};

/// Stands in every value that is secret.
pub(crate) const CANARY: &str = "CANARY7f3a";

/// 2026-01-02T03:04:05Z
pub(crate) const NOW: u64 = 1_767_323_045;

/// A time so many seconds after 1970.
pub(crate) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// A secret with a name of its own.
pub(crate) fn secret(name: &str) -> String {
    [name, CANARY].concat()
}

/// A home directory, and the variables of an environment.
#[derive(Debug)]
pub(crate) struct Home {
    directory: TempDir,
    variables: BTreeMap<String, String>,
    transport: Option<Arc<dyn Transport>>,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            directory: TempDir::new().expect("a place for files"),
            variables: BTreeMap::new(),
            transport: Some(shared()),
        }
    }

    /// Leaves the network to the sources.
    pub(crate) fn without_network(mut self) -> Self {
        self.transport = None;
        self
    }

    pub(crate) fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.insert(name.to_owned(), value.into());
        self
    }

    /// Writes a file that only its owner can read.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.file_with_mode(path, content, 0o600)
    }

    pub(crate) fn file_with_mode(
        self,
        path: &str,
        content: impl AsRef<[u8]>,
        mode: u32,
    ) -> Self {
        let path = self.path(path);
        let folder = path.parent().expect("a file is in a folder");
        std::fs::create_dir_all(folder).expect("the folder is ours");
        std::fs::write(&path, content).expect("the file is ours");
        set_mode(&path, mode);
        self
    }

    /// Sends every request there.
    pub(crate) fn network(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    pub(crate) fn text_path(&self, path: &str) -> String {
        self.path(path).to_str().expect("a plain path").to_owned()
    }

    pub(crate) fn surroundings(&self) -> Surroundings {
        let variables = self.variables.clone();
        let around = Surroundings::with_lookup(move |name| variables.get(name).cloned())
            .home(self.directory.path())
            .stamp(stamp);
        match &self.transport {
            Some(transport) => around.transport(Arc::clone(transport)),
            None => around,
        }
    }
}

/// One transport for all tests: to build one, it reads the system's authorities.
fn shared() -> Arc<dyn Transport> {
    static SHARED: OnceLock<HttpTransport> = OnceLock::new();
    let build = || HttpTransport::new(Duration::from_secs(3), true).expect("authorities");
    Arc::new(SHARED.get_or_init(build).clone())
}

#[cfg(unix)]
fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(path, mode).expect("the file is ours");
}

#[cfg(not(unix))]
fn set_mode(_: &std::path::Path, _: u32) {}

pub(crate) fn stamp() -> Stamp {
    let nonce = "9f5a4d3c2b1e40718d6c5b4a39281706".to_owned();
    Stamp {
        time: at(NOW),
        nonce,
    }
}

/// What a source has.
pub(crate) async fn found(source: &impl CredentialsSource) -> Credentials {
    let found = source
        .credentials()
        .await
        .expect("the source has credentials");
    quiet(&format!("{found:?}"));
    found
}

/// Why a source has nothing; shows no secret.
pub(crate) async fn refusal(source: &impl CredentialsSource) -> String {
    let error = source
        .credentials()
        .await
        .expect_err("the source has no credentials");
    quiet(&format!("{error:?}"));
    let why = error.to_string();
    quiet(&why);
    assert!(
        why.len() < 2000 && !why.contains('\n'),
        "one readable line: {why}"
    );
    why
}

pub(crate) fn quiet(shown: &str) {
    assert!(!shown.contains(CANARY), "shows a secret: {shown}");
}

/// A network that goes nowhere: it notes where it should have gone, answers with what it was
/// given, and when that is used up, with 403.
#[derive(Debug, Default)]
pub(crate) struct Note {
    seen: Mutex<Vec<Seen>>,
    answers: Mutex<VecDeque<String>>,
}

/// A request that should have gone somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Scheme and host.
    pub(crate) url: String,
    pub(crate) authorization: String,
}

impl Note {
    /// A network that answers with these bodies first.
    pub(crate) fn answering(bodies: impl IntoIterator<Item = String>) -> Self {
        let answers = Mutex::new(bodies.into_iter().collect());
        Self {
            answers,
            ..Self::default()
        }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        locked(&self.seen).clone()
    }

    pub(crate) fn urls(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.url).collect()
    }
}

impl Transport for Note {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let uri = request.uri();
        let url =
            [uri.scheme_str(), Some("://"), uri.host()].map(Option::unwrap_or_default);
        let authorization = request.headers().get("authorization");
        let authorization = authorization.and_then(|value| value.to_str().ok());
        let authorization = authorization.unwrap_or_default().to_owned();
        locked(&self.seen).push(Seen {
            url: url.concat(),
            authorization,
        });
        #[allow(clippy::single_match_else)] // both arms are answers
        let answer = match locked(&self.answers).pop_front() {
            Some(body) => http::Response::new(Bytes::from(body)),
            None => {
                let mut refusal = http::Response::new(Bytes::from_static(b"{}"));
                *refusal.status_mut() = http::StatusCode::FORBIDDEN;
                refusal
            }
        };
        Box::pin(std::future::ready(Ok(answer)))
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
