//! The way to the network: which authorities are trusted, and which proxy stands in between.

use std::fmt;
use std::sync::Arc;

#[cfg(feature = "aws-lc")]
use rustls::crypto::aws_lc_rs as cryptography;
#[cfg(not(feature = "aws-lc"))]
use rustls::crypto::ring as cryptography;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;

use crate::config::ConfigError;
use crate::endpoint::Base;
use crate::secret::Secret;

/// What a configuration adds to the system's own settings.
#[derive(Clone, Default)]
pub(crate) struct Network {
    /// Certificates as PEM.
    pub(crate) root_certificates: Option<Vec<u8>>,
    /// A URL, which may hold a password.
    pub(crate) proxy: Option<Secret>,
}

impl Network {
    /// TLS 1.2 and 1.3, the system's authorities and those of the configuration, without a
    /// process-wide default.
    pub(crate) fn tls(&self) -> Result<rustls::ClientConfig, ConfigError> {
        let roots = self.roots()?;
        let failed = |error: rustls::Error| match self.root_certificates {
            Some(_) => ConfigError::RootCertificates(error.to_string()),
            None => ConfigError::Tls(Box::new(error)),
        };
        let provider = Arc::new(cryptography::default_provider());
        let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(&provider))
            .map_err(failed)?;
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| ConfigError::Tls(Box::new(error)))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        Ok(config.with_no_client_auth())
    }

    /// The proxy, where one is set.
    pub(crate) fn proxy(&self) -> Result<Option<reqwest::Proxy>, ConfigError> {
        let Some(url) = self.proxy.as_ref().map(Secret::expose) else {
            return Ok(None);
        };
        let refused = |why| Err(ConfigError::Proxy(why));
        let Some((scheme @ ("http" | "https"), rest)) = url.split_once("://") else {
            return refused("it has to begin with http:// or https://");
        };
        let (user, host) = rest.rsplit_once('@').unwrap_or(("", rest));
        let plain = |byte: u8| {
            byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:".contains(&byte)
        };
        if !user.bytes().all(plain) {
            return refused("percent-encode the user and the password");
        }
        if Base::parse(&[scheme, "://", host].concat(), true).is_err() {
            return refused("nothing but a host, and perhaps a port, may stand in it");
        }
        reqwest::Proxy::all(url)
            .map(Some)
            .or_else(|_| refused("it is no URL"))
    }

    fn roots(&self) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
        let pem = self.root_certificates.as_deref().unwrap_or_default();
        let roots = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
        let refused = |why: &str| Err(ConfigError::RootCertificates(why.to_owned()));
        match roots {
            Err(_) => refused("they are no PEM"),
            Ok(roots) if roots.is_empty() && self.root_certificates.is_some() => {
                refused("there is no BEGIN CERTIFICATE in them")
            }
            Ok(roots) => Ok(roots),
        }
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.root_certificates.as_ref().map(Vec::len);
        f.debug_struct("Network")
            .field("root_certificates_bytes", &bytes)
            .field("proxy", &self.proxy)
            .finish()
    }
}
