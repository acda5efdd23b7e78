//! What a client is told once: who calls, where to, how long, and how.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;

use crate::credentials::{
    CredentialsError, CredentialsSource, Surroundings, default_chain,
};
use crate::endpoint::{EndpointError, is_label, is_loopback};
use crate::protocol::Protocol;
use crate::retry::Retries;
use crate::secret::Secret;
use crate::sign::Signing;
use crate::stamp::Stamp;
use crate::transport::{Network, Transport};

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Name lookup, TCP and TLS together; 3 s by default.
    pub connect: Duration,
    /// One attempt, from the connection to the last byte; 10 s by default.
    pub attempt: Duration,
    /// The whole call: fetching credentials, every pause and every attempt; 30 s by default.
    pub call: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            attempt: Duration::from_secs(10),
            call: Duration::from_secs(30),
        }
    }
}

/// The settings of a [`Client`](crate::Client). `Debug` shows no credentials.
#[derive(Clone)]
pub struct Config {
    pub(crate) credentials: Arc<dyn CredentialsSource>,
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) allow_http: bool,
    pub(crate) validation: bool,
    pub(crate) signing: Signing,
    pub(crate) language: Option<String>,
    pub(crate) user_agent: String,
    pub(crate) timeouts: Timeouts,
    pub(crate) retries: Retries,
    pub(crate) rate_limit: bool,
    pub(crate) max_response_bytes: usize,
    pub(crate) stamp: Arc<dyn Fn() -> Stamp + Send + Sync>,
    pub(crate) network: Network,
    pub(crate) transport: Option<Arc<dyn Transport>>,
}

impl Config {
    /// Settings with these credentials and the defaults for everything else.
    ///
    /// `credentials` are [`Credentials`](crate::Credentials), a source of
    /// [`credentials`](crate::credentials), or an async closure that fetches some.
    pub fn new(credentials: impl CredentialsSource + 'static) -> Self {
        Self {
            credentials: Arc::new(credentials),
            region: None,
            endpoint: None,
            allow_http: false,
            validation: true,
            signing: Signing::Standard,
            language: None,
            user_agent: concat!("yun-sdk/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeouts: Timeouts::default(),
            retries: Retries::default(),
            rate_limit: true,
            max_response_bytes: 16 << 20,
            stamp: Arc::new(Stamp::now),
            network: Network::default(),
            transport: None,
        }
    }

    /// Settings that the surroundings of a program name: credentials of the provider's
    /// [`default_chain`], the region of its variable, and the endpoint of `YUN_ENDPOINT`,
    /// where that is set. Plain HTTP only goes to this machine.
    ///
    /// Nothing is read from the disk and nothing sent before the first call, which fails with
    /// what every source said where none has credentials.
    ///
    /// # Errors
    /// [`CredentialsError::Malformed`] where a region or an endpoint is no printable text.
    pub fn from_env(
        protocol: Protocol,
        surroundings: &Surroundings,
    ) -> Result<Self, CredentialsError> {
        let environment = surroundings.environment(protocol);
        let mut config = Self::new(default_chain(protocol, surroundings));
        config.region = environment.region()?;
        if let Some(url) = environment.endpoint()? {
            config.allow_http = is_loopback(&url);
            config.endpoint = Some(url);
        }
        Ok(config)
    }

    /// Sets the region: one DNS label, such as `cn-shanghai`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sends the calls to `https://host` or `https://host:port` in place of the service's
    /// own host: a private endpoint, a proxy, a test server.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// Whether [`Config::endpoint`] may begin with `http://`; for test servers. Requests
    /// are then readable on the way, and no proxy of the environment is used.
    pub fn allow_http(mut self, allow: bool) -> Self {
        self.allow_http = allow;
        self
    }

    /// Whether requests are checked against the documented rules before they are sent; on
    /// by default.
    pub fn validation(mut self, on: bool) -> Self {
        self.validation = on;
        self
    }

    /// Sets which of the provider's signatures to use.
    pub fn signing(mut self, signing: Signing) -> Self {
        self.signing = signing;
        self
    }

    /// Sets the language of error messages: `zh-CN` or `en-US` (Tencent Cloud).
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// Sets the `User-Agent`: 1 to 128 ASCII letters, digits, spaces and `. _ / -`.
    pub fn user_agent(mut self, agent: impl Into<String>) -> Self {
        self.user_agent = agent.into();
        self
    }

    /// Sets how long things may take.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Sets how often a client repeats what failed; [`Retries::none`] turns that off.
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Whether a client and its clones keep to the documented [`RateLimit`] of each
    /// operation; on by default. A call waits for its turn, and fails at once where that
    /// would take longer than [`Timeouts::call`].
    ///
    /// [`RateLimit`]: crate::RateLimit
    pub fn rate_limit(mut self, on: bool) -> Self {
        self.rate_limit = on;
        self
    }

    /// Sets the largest body of an answer; 16 MiB by default.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Sets where time and nonce of each attempt come from; the clock and a random number
    /// by default.
    pub fn stamp(mut self, stamp: impl Fn() -> Stamp + Send + Sync + 'static) -> Self {
        self.stamp = Arc::new(stamp);
        self
    }

    /// Trusts these authorities besides the system's: certificates as PEM, one or more, such
    /// as that of a company whose proxy opens TLS.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.network.root_certificates = Some(pem.into());
        self
    }

    /// Sends everything through this proxy in place of the one that the environment names:
    /// `http://host:port` or `https://host:port`, with `user:password@` in front of the host
    /// where it asks for them, percent-encoded.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.network.proxy = Some(url.into());
        self
    }

    /// Sends through another transport: one that several clients share, or a fake.
    /// [`Timeouts::connect`], [`Config::proxy`] and [`Config::root_certificates`] are then the
    /// transport's own affair.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Refuses settings that no request can be made with.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        if let Some(region) = self.region.as_ref().filter(|region| !is_label(region)) {
            return Err(EndpointError::Region(region.clone()).into());
        }
        let agent = |byte: u8| byte.is_ascii_alphanumeric() || b"._/ -".contains(&byte);
        if !(1..=128).contains(&self.user_agent.len())
            || !self.user_agent.bytes().all(agent)
        {
            return Err(ConfigError::UserAgent(self.user_agent.clone()));
        }
        let tag = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let wrong = |tag_text: &&String| {
            !(1..=35).contains(&tag_text.len()) || !tag_text.bytes().all(tag)
        };
        match self.language.as_ref().filter(wrong) {
            Some(language) => Err(ConfigError::Language(language.clone())),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("region", &self.region)
            .field(
                "endpoint",
                &self
                    .endpoint
                    .as_ref()
                    .and_then(|url| url.rsplit('@').next()),
            )
            .field("allow_http", &self.allow_http)
            .field("validation", &self.validation)
            .field("signing", &self.signing)
            .field("language", &self.language)
            .field("user_agent", &self.user_agent)
            .field("timeouts", &self.timeouts)
            .field("retries", &self.retries)
            .field("rate_limit", &self.rate_limit)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("network", &self.network)
            .field("transport", &self.transport)
            .finish_non_exhaustive()
    }
}

/// Settings that no client can be made of.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The region or the endpoint.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// The credentials of the environment.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// A user agent with other characters, or with none, or with more than 128.
    #[error("{0:?} is no user agent: 1 to 128 ASCII letters, digits, spaces and . _ / -")]
    UserAgent(String),
    /// A language that is no language tag.
    #[error("{0:?} is no language tag such as \"en-US\"")]
    Language(String),
    /// A proxy that is no plain URL; it may hold a password, so it is not shown.
    #[error("the proxy is refused: {0}")]
    Proxy(&'static str),
    /// Root certificates that cannot be read.
    #[error("the root certificates are refused: {0}")]
    RootCertificates(String),
    /// The thread that waits for the blocking clients cannot start.
    #[cfg(feature = "blocking")]
    #[error("the thread of the blocking clients cannot start: {0}")]
    Thread(std::io::Error),
    /// TLS cannot start: mostly, the system has no certificate authorities.
    #[error(
        "TLS cannot start: {0}; install the system's CA certificates, or name a file of \
         them in SSL_CERT_FILE"
    )]
    Tls(Box<dyn std::error::Error + Send + Sync>),
}
