//! Keys from a URL that answers in Alibaba Cloud's form: a helper beside the program.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::exchange::ANSWER_LIMIT;
use super::failure::failed;
use super::keys;
use super::place::Place;
use super::sts::ALIBABA_KEYS;
use super::{Credentials, CredentialsError, CredentialsSource, Surroundings};
use crate::future::BoxFuture;
use crate::secret::Secret;
use crate::transport::Limits;

/// How long the request may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// A URL that answers with `AccessKeyId`, `AccessKeySecret`, `SecurityToken` and `Expiration`,
/// as `ALIBABA_CLOUD_CREDENTIALS_URI` names one. Plain HTTP only goes to this machine, its
/// link, and the metadata service. Put it into a [`Cached`](super::Cached).
#[derive(Clone)]
pub struct CredentialsUri {
    /// Path and query may hold a key to the helper.
    url: Secret,
    surroundings: Surroundings,
}

impl CredentialsUri {
    /// The helper at this URL.
    pub fn new(url: impl Into<Secret>) -> Self {
        Self {
            url: url.into(),
            surroundings: Surroundings::process(),
        }
    }

    /// Sets what the source may touch; the process by default.
    pub fn surroundings(mut self, surroundings: Surroundings) -> Self {
        self.surroundings = surroundings;
        self
    }

    async fn get(&self) -> Result<Credentials, String> {
        let (place, path) = Place::parse_with_path(self.url.expose())?;
        let at = |why: String| format!("{}: {why}", place.host());
        let transport = self.surroundings.transport_for(place.scheme())?;
        let request = http::Request::get(place.url(&path)).body(Bytes::new());
        let request = request.map_err(|_| at("the path is none".to_owned()))?;
        let limits = Limits {
            timeout: TIMEOUT,
            max_response_bytes: ANSWER_LIMIT,
        };
        let response = transport.send(request, limits).await;
        let response = response.map_err(|error| at(error.to_string()))?;
        if response.status() != StatusCode::OK {
            return Err(at(format!("refused (HTTP {})", response.status().as_u16())));
        }
        let mut json = keys::parse(response.body()).map_err(at)?;
        let read = |json: &mut _| {
            let expires_at = keys::expiry(json, "Expiration")?;
            let mut credentials = ALIBABA_KEYS.temporary(json, "credential_uri")?;
            credentials.expires_at = expires_at;
            Ok(credentials)
        };
        read(&mut json).map_err(at)
    }
}

impl CredentialsSource for CredentialsUri {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async {
            self.get()
                .await
                .map_err(|why| failed("credentials URI", why))
        })
    }
}

impl fmt::Debug for CredentialsUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialsUri")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}
