//! Several sources, of which the first that has credentials answers.

use std::fmt;
use std::sync::Arc;

use super::failure::brief;
use super::{
    Cached, CliProfile, Credentials, CredentialsError, CredentialsSource, CredentialsUri,
    Environment, Metadata, Profile, Surroundings, WebIdentity,
};
use crate::future::BoxFuture;
use crate::protocol::Protocol;

/// Sources in an order. Every look-up begins with the first, whatever answered last time; a
/// source that fails stands in nobody's way. Where none has credentials, the error tells what
/// each of them said.
#[derive(Default)]
pub struct Chain(Vec<Box<dyn CredentialsSource>>);

impl Chain {
    /// A chain without sources.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a source behind the others.
    pub fn with(mut self, source: impl CredentialsSource + 'static) -> Self {
        self.0.push(Box::new(source));
        self
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let mut failures = Vec::with_capacity(self.0.len());
        for source in &self.0 {
            let found = source.credentials().await;
            match found.and_then(|found| found.check().map(|()| found)) {
                Ok(credentials) => return Ok(credentials),
                Err(error) => failures.push(error),
            }
        }
        Err(CredentialsError::Source(Arc::new(Exhausted(failures))))
    }
}

impl CredentialsSource for Chain {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.get())
    }

    fn renew(&self, refused: &Credentials) -> bool {
        // Every source is told, whichever of them the keys came from.
        let renewed = self.0.iter().map(|source| source.renew(refused));
        renewed.fold(false, |any, one| any | one)
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chain({} sources)", self.0.len())
    }
}

/// None of the sources has credentials.
#[derive(Debug)]
struct Exhausted(Vec<CredentialsError>);

impl fmt::Display for Exhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("none of the sources has any")?;
        for (index, error) in self.0.iter().enumerate() {
            let joint = if index == 0 { ": " } else { "; " };
            write!(f, "{joint}({}) {}", index + 1, brief(error))?;
        }
        Ok(())
    }
}

impl std::error::Error for Exhausted {}

/// What a provider's own tools try, in their order, behind one cache.
///
/// | Alibaba Cloud | Tencent Cloud | Huawei Cloud |
/// |---|---|---|
/// | environment | environment | environment |
/// | OIDC of the environment | profile file | OIDC of the environment |
/// | profile of the CLI | metadata service | profile file |
/// | profile file | OIDC of the environment | metadata service |
/// | metadata service | | |
/// | `ALIBABA_CLOUD_CREDENTIALS_URI` | | |
///
/// Keys that expire are renewed early by the provider's own measure: 3, 5 and 40 minutes.
///
/// ```
/// # use yunspec_runtime::credentials::{Surroundings, default_chain};
/// # use yunspec_runtime::{Config, Protocol};
/// let credentials = default_chain(Protocol::TC3_JSON, &Surroundings::process());
/// let config = Config::new(credentials).region("ap-guangzhou");
/// ```
pub fn default_chain(protocol: Protocol, surroundings: &Surroundings) -> Cached {
    let sources = protocol.family().sources;
    let cached = Cached::new((sources.chain)(surroundings)).early(sources.early);
    let clock = surroundings.clone();
    cached.clock(move || clock.now().time)
}

pub(super) fn alibaba(around: &Surroundings) -> Chain {
    let (environment, identity, profile, metadata) = usual(Protocol::ACS_RPC, around);
    let cli = CliProfile::new().surroundings(around.clone());
    let chain = Chain::new().with(environment).with(identity).with(cli);
    let chain = chain.with(profile).with(metadata);
    chain.with(uri(around.clone()))
}

pub(super) fn tencent(around: &Surroundings) -> Chain {
    let (environment, identity, profile, metadata) = usual(Protocol::TC3_JSON, around);
    let chain = Chain::new().with(environment).with(profile);
    chain.with(metadata).with(identity)
}

pub(super) fn huawei(around: &Surroundings) -> Chain {
    let (environment, identity, profile, metadata) =
        usual(Protocol::SDK_HMAC_REST, around);
    let chain = Chain::new().with(environment).with(identity);
    chain.with(profile).with(metadata)
}

/// The sources that every cloud has.
fn usual(
    protocol: Protocol,
    around: &Surroundings,
) -> (
    Environment,
    impl CredentialsSource + use<>,
    Profile,
    Metadata,
) {
    let own = around.clone();
    let identity = move || {
        let identity = WebIdentity::from_env(protocol, &own);
        async move { identity?.credentials().await }
    };
    (
        around.environment(protocol),
        identity,
        Profile::of(protocol).surroundings(around.clone()),
        Metadata::of(protocol).surroundings(around.clone()),
    )
}

fn uri(around: Surroundings) -> impl CredentialsSource {
    move || {
        let url = around.variables(["ALIBABA_CLOUD_CREDENTIALS_URI"]);
        let around = around.clone();
        async move {
            let [url] = url?;
            CredentialsUri::new(url)
                .surroundings(around)
                .credentials()
                .await
        }
    }
}
