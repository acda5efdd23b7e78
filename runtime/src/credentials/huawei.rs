//! Huawei Cloud's IAM: an identity provider's token for a session's token, and that one for
//! temporary keys.

use std::time::Duration;

use super::exchange::{Exchange, Parameters, Reply, Settings, Signer, text};
use super::failure::failed;
use super::keys::{self, Names};
use super::oidc::Way;
use super::place::Place;
use super::{Credentials, CredentialsError, Surroundings};
use crate::endpoint::Endpoint;
use crate::future::BoxFuture;
use crate::operation::Service;
use crate::protocol::Protocol;
use crate::secret::Secret;
use crate::value::{Json, Location, Value};

static IAM: Service = Service {
    protocol: Protocol::SDK_HMAC_REST,
    id: "huawei/iam",
    product: "IAM",
    version: "v3",
    endpoint: Endpoint {
        global: Some("iam.myhuaweicloud.com"),
        global_regions: &[],
        regional: Some("iam.{region}.myhuaweicloud.com"),
        regions: &[],
        hosts: &[],
    },
};

/// How long keys hold unless the caller says otherwise; the service gives up to a day.
const DURATION: Duration = Duration::from_secs(6 * 3600);

const KEYS: Names = Names {
    id: "access",
    secret: "secret",
    token: "securitytoken",
};

#[derive(Clone, Debug)]
pub(super) struct Federation {
    pub(super) idp: String,
    pub(super) project_id: Option<String>,
    pub(super) domain_id: Option<String>,
}

impl Way for Federation {
    fn ask<'a>(
        &'a self,
        settings: &'a Settings,
        id_token: &'a Secret,
    ) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(self.get(settings, id_token))
    }
}

impl Federation {
    async fn get(
        &self,
        settings: &Settings,
        id_token: &Secret,
    ) -> Result<Credentials, CredentialsError> {
        let session = self.session(settings, id_token).await?;
        let mut credentials = keys(settings, &session).await?;
        credentials.project_id.clone_from(&self.project_id);
        credentials.domain_id.clone_from(&self.domain_id);
        Ok(with_scope(credentials, &settings.surroundings))
    }

    async fn session(
        &self,
        settings: &Settings,
        id_token: &Secret,
    ) -> Result<Secret, CredentialsError> {
        let body = Location::Body;
        let id = one("id", Value::Secret(id_token.expose()));
        let auth = one("id_token", Value::Structure(&id));
        let request = Parameters::default()
            .with(Location::Header, "X-Idp-Id", Some(text(&self.idp)))
            .with(body, "auth", Some(Value::Structure(&auth)));
        let action = "CreateTokenWithIdToken";
        let path = "/v3.0/OS-AUTH/id-token/tokens";
        let reply = exchange(settings, action, path, id_token, request).await?;
        let token = reply.headers.get("x-subject-token");
        let token = token
            .and_then(|token| token.to_str().ok())
            .filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| {
            failed(
                action,
                "the answer does not fit: its header X-Subject-Token is missing",
            )
        })?;
        Ok(Secret::from(token))
    }
}

async fn keys(
    settings: &Settings,
    session: &Secret,
) -> Result<Credentials, CredentialsError> {
    let duration = settings.duration.unwrap_or(DURATION);
    let token = one("id", Value::Secret(session.expose())).with(
        Location::Body,
        "duration_seconds",
        Some(Value::Unsigned(duration.as_secs())),
    );
    let methods = Json::from(vec!["token"]);
    let identity = one("methods", Value::Json(&methods)).with(
        Location::Body,
        "token",
        Some(Value::Structure(&token)),
    );
    let auth = one("identity", Value::Structure(&identity));
    let request = one("auth", Value::Structure(&auth));
    let action = "CreateTemporaryAccessKeyByToken";
    let path = "/v3.0/OS-CREDENTIAL/securitytokens";
    let mut reply = exchange(settings, action, path, session, request).await?;
    read(&mut reply.json, "oidc")
        .map_err(|why| failed(action, format_args!("the answer does not fit: {why}")))
}

async fn exchange(
    settings: &Settings,
    action: &str,
    path: &str,
    token: &Secret,
    request: Parameters<'_>,
) -> Result<Reply, CredentialsError> {
    let place = place(settings).map_err(|why| failed(action, why))?;
    let exchange = Exchange {
        service: &IAM,
        action,
        path,
        region: None,
        place: &place,
        signer: Signer::Nobody(token),
        surroundings: &settings.surroundings,
    };
    exchange.run(&request).await
}

fn place(settings: &Settings) -> Result<Place, String> {
    let around = &settings.surroundings;
    let given = settings.endpoint.clone();
    let given = given.or_else(|| around.variable("HUAWEICLOUD_SDK_IAM_ENDPOINT"));
    if let Some(url) = given {
        // The provider's own tools take a bare host as well.
        let scheme = if url.contains("://") { "" } else { "https://" };
        return Place::parse(&[scheme, &url].concat());
    }
    let host = IAM.endpoint.host(IAM.id, settings.region.as_deref());
    host.map(Place::https).map_err(|error| error.to_string())
}

fn one<'a>(name: &'a str, value: Value<'a>) -> Parameters<'a> {
    Parameters::default().with(Location::Body, name, Some(value))
}

/// Takes temporary keys out of an answer of IAM or of the metadata service.
pub(super) fn read(
    json: &mut Json,
    provider: &'static str,
) -> Result<Credentials, String> {
    let keys = json.get_mut("credential").ok_or("credential is missing")?;
    let expires_at = keys::expiry(keys, "expires_at")?;
    let mut credentials = KEYS.temporary(keys, provider)?;
    credentials.expires_at = expires_at;
    Ok(credentials)
}

/// Adds the project and the account that the environment names, where the keys have none.
pub(super) fn with_scope(
    mut credentials: Credentials,
    around: &Surroundings,
) -> Credentials {
    let Credentials {
        project_id,
        domain_id,
        ..
    } = &mut credentials;
    *project_id = project_id
        .take()
        .or_else(|| around.variable("HUAWEICLOUD_SDK_PROJECT_ID"));
    *domain_id = domain_id
        .take()
        .or_else(|| around.variable("HUAWEICLOUD_SDK_DOMAIN_ID"));
    credentials
}
