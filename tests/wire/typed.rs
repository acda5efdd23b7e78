//! A captured input as the typed request that a consumer would write.

use yun_sdk::{alibaba, huawei, tencent};
use yunspec_runtime::credentials::Surroundings;
use yunspec_runtime::{Client, Config, Operation, Service};

use super::vector::{Seen, Vector};
use yunspec_tests::typed::{cam, live, quickbi, ram, workspace};

/// Signs the vector's input through the generated types.
pub(crate) async fn prepare(vector: &Vector) -> Result<Seen, String> {
    let input = vector.input();
    match vector.id() {
        "alibaba/ram/UpdateUser" => {
            sign(vector, &alibaba::ram::SERVICE, ram(&input)).await
        }
        "alibaba/live/ModifyLiveMessageUserInfo" => {
            sign(vector, &alibaba::live::SERVICE, live(&input)).await
        }
        "alibaba/quickbi-public/UpdateUser" => {
            sign(vector, &alibaba::quickbi_public::SERVICE, quickbi(&input)).await
        }
        "tencent/cam/UpdateUser" => {
            sign(vector, &tencent::cam::SERVICE, cam(&input)).await
        }
        _ => sign(vector, &huawei::workspace::SERVICE, workspace(&input)).await,
    }
}

async fn sign<O: Operation>(
    vector: &Vector,
    service: &'static Service,
    request: O,
) -> Result<Seen, String> {
    let settings = vector.settings();
    let surroundings = Surroundings::with_lookup(vector.environment());
    let mut config = Config::from_env(service.protocol, &surroundings)
        .map_err(|error| error.to_string())?
        .validation(false)
        .signing(settings.signing)
        .endpoint(settings.endpoint.expect("every vector has a host"))
        .allow_http(true);
    if let Some(region) = settings.region {
        config = config.region(region);
    }
    if let Some(language) = settings.language {
        config = config.language(language);
    }
    let stamp = vector.stamp();
    let client = Client::new(service, config.stamp(move || stamp.clone()));
    let client = client.map_err(|error| error.to_string())?;
    let prepared = client
        .prepare(&O::CALL, &request)
        .await
        .map_err(|e| e.to_string())?;
    let header = |(name, value): &(http::HeaderName, http::HeaderValue)| {
        (
            name.to_string(),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        )
    };
    Ok(Seen {
        method: prepared.request.method.to_string(),
        url: prepared.url(),
        headers: prepared.request.headers.iter().map(header).collect(),
        body: String::from_utf8_lossy(&prepared.request.body).into_owned(),
        canonical_request: prepared.signed.canonical_request,
        string_to_sign: prepared.signed.string_to_sign,
        signature: prepared.signed.signature,
    })
}
