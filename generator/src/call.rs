//! A call straight from a spec: the model in the place of generated code, the runtime's
//! encoders, signers and transport below it.

use std::fmt;
use std::time::SystemTime;

use serde_json::{Value as Json, json};
use yunspec_runtime::credentials::Environment;
use yunspec_runtime::endpoint::{Endpoint, is_loopback};
use yunspec_runtime::operation::Answer;
use yunspec_runtime::prepared::Prepared;
use yunspec_runtime::{
    Call, Client, Config, Protocol, Response, Retry, Service, Signing, Stamp, Validate,
};

use crate::interpret::{self, Input, Names};
use crate::model::{self, Location, Member, Operation, Shape};
use crate::show::Shown;

/// How to make a call.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The region.
    pub region: Option<String>,
    /// Another host: `https://host[:port]`.
    pub endpoint: Option<String>,
    /// Whether `http://` may leave this machine.
    pub allow_http: bool,
    /// The time of signing; now where it is not set.
    pub time: Option<SystemTime>,
    /// The nonce of the signature; a random one where it is not set.
    pub nonce: Option<String>,
    /// Which of the provider's signatures to use.
    pub signing: Signing,
    /// The language of error messages.
    pub language: Option<String>,
    /// Send what the documented rules refuse, and leave out what they require.
    pub unchecked: bool,
}

/// Why a call was not made, or failed.
#[derive(Debug)]
pub enum CallError {
    /// The input or a setting; nothing was sent.
    Input(String),
    /// The cloud or the way to it.
    Failed(String),
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Input(why) | Self::Failed(why)) = self;
        f.write_str(why)
    }
}

impl std::error::Error for CallError {}

/// An operation that is ready to be called.
#[derive(Debug)]
pub struct Ready<'m> {
    client: Client,
    call: Call<'m>,
    operation: &'m Operation,
    request: Input<'m>,
}

/// Reads the input by the spec and makes a client, with the credentials that `lookup` finds
/// under the names of the provider's usual environment variables.
///
/// # Errors
/// [`CallError::Input`] with everything that is wrong with the input.
pub fn ready<'m>(
    shown: Shown<'m>,
    input: &Json,
    settings: Settings,
    lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
) -> Result<Ready<'m>, CallError> {
    if let Some(why) = &shown.operation.gated {
        let id = shown.id();
        return Err(CallError::Input(format!("{id} cannot be called: {why}")));
    }
    let names = Names {
        operation: shown.operation,
        service: shown.service,
    };
    let request = interpret::request(names, input, settings.unchecked)
        .map_err(|problems| CallError::Input(problems.join("\n")))?;
    if !settings.unchecked {
        request.validate().map_err(refused)?;
    }
    let service = service(shown)?;
    let environment = Environment::with_lookup(service.protocol, lookup);
    let mut config = Config::new(environment.credentials().map_err(refused)?);
    if let Some(region) = environment.region().map_err(refused)? {
        config = config.region(region);
    }
    let config = self::config(settings, config);
    let client = Client::new(service, config).map_err(refused)?;
    let call = Call {
        name: &shown.operation.name,
        method: &shown.operation.method,
        path: &shown.operation.path,
        retry: match shown.operation.retry {
            model::Retry::Safe => Retry::Safe,
            model::Retry::Unsafe => Retry::Unsafe,
        },
        // One call, and no other to keep a distance from.
        limit: None,
        host: shown.operation.host.as_deref(),
        content_type: shown.operation.content_type.as_deref(),
        answer: answer(shown.operation),
    };
    Ok(Ready {
        client,
        call,
        operation: shown.operation,
        request,
    })
}

impl Ready<'_> {
    /// What would be sent and signed: `method`, `url`, `headers`, `body`,
    /// `canonical_request`, `string_to_sign`, `signature`. Nothing is sent.
    ///
    /// # Errors
    /// [`CallError`], as far as a call can fail before it is sent.
    pub async fn dry_run(&self) -> Result<Json, CallError> {
        let prepared = self.client.prepare(&self.call, &self.request).await;
        Ok(document(&prepared.map_err(refused)?))
    }

    /// Makes the call; gives the response without the provider's envelope.
    ///
    /// # Errors
    /// [`CallError`] with everything that came back.
    pub async fn send(&self) -> Result<Json, CallError> {
        let response = self.client.call_untyped(&self.call, &self.request).await;
        let response = response.map_err(|error| CallError::Failed(error.to_string()))?;
        Ok(self.shaped(response))
    }

    /// The response by its members; what came with it where none stands in a header or is
    /// the whole body.
    fn shaped(&self, response: Response<Json>) -> Json {
        let members = &self.operation.response.members;
        let is_at = |place| move |member: &&Member| member.location == place;
        let headers = members.iter().filter(is_at(Location::Header));
        let headers = headers.filter_map(|member| {
            let value = response.headers().get(&member.name)?;
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            Some((member.name.clone(), Json::String(text)))
        });
        let mut found: serde_json::Map<_, _> = headers.collect();
        let body = response.into_inner();
        match (members.iter().find(is_at(Location::Payload)), body) {
            (Some(payload), body) => {
                found.insert(payload.name.clone(), body);
            }
            (None, Json::Object(body)) => found.extend(body),
            (None, body) if found.is_empty() => return body,
            (None, _) => {}
        }
        Json::Object(found)
    }
}

fn refused(error: impl fmt::Display) -> CallError {
    CallError::Input(error.to_string())
}

fn config(settings: Settings, mut config: Config) -> Config {
    if let Some(region) = settings.region {
        config = config.region(region);
    }
    if let Some(url) = settings.endpoint {
        let allowed = settings.allow_http || is_loopback(&url);
        config = config.endpoint(url).allow_http(allowed);
    }
    if let Some(language) = settings.language {
        config = config.language(language);
    }
    let (time, nonce) = (settings.time, settings.nonce);
    config.signing(settings.signing).stamp(move || {
        let now = Stamp::now();
        Stamp {
            time: time.unwrap_or(now.time),
            nonce: nonce.clone().unwrap_or(now.nonce),
        }
    })
}

/// What the body of a success is.
fn answer(operation: &Operation) -> Answer {
    match operation.payload() {
        Some(Shape::Binary) => Answer::Bytes,
        Some(Shape::String) => Answer::Text,
        _ => Answer::Json,
    }
}

/// The runtime's form of a service. Its texts live as long as the process, as the runtime
/// asks; a process makes one.
fn service(shown: Shown<'_>) -> Result<&'static Service, CallError> {
    let protocol = match shown.service.protocol.as_str() {
        "acs-rpc" => Protocol::ACS_RPC,
        "acs-roa" => Protocol::ACS_ROA,
        "tc3-json" => Protocol::TC3_JSON,
        "sdk-hmac-rest" => Protocol::SDK_HMAC_REST,
        other => {
            return Err(refused(format_args!(
                "the runtime has no protocol {other:?}"
            )));
        }
    };
    let text = |text: &str| -> &'static str { text.to_owned().leak() };
    let texts = |list: &[String]| -> &'static [&'static str] {
        list.iter()
            .map(|item| text(item))
            .collect::<Vec<_>>()
            .leak()
    };
    let endpoint = &shown.service.endpoint;
    Ok(Box::leak(Box::new(Service {
        protocol,
        id: text(&format!("{}/{}", shown.provider.id, shown.service.id)),
        product: text(&shown.service.product),
        version: text(&shown.service.version),
        endpoint: Endpoint {
            global: endpoint.global.as_deref().map(text),
            global_regions: texts(&endpoint.global_regions),
            regional: endpoint.regional.as_deref().map(text),
            regions: texts(&endpoint.regions),
            hosts: endpoint
                .hosts
                .iter()
                .map(|(region, host)| (text(region), text(host)))
                .collect::<Vec<_>>()
                .leak(),
        },
    })))
}

/// What `--dry-run` prints. A body that is no UTF-8 is shown with U+FFFD.
fn document(prepared: &Prepared) -> Json {
    let headers = prepared.request.headers.iter().map(|(name, value)| {
        (
            name.to_string(),
            Json::from(String::from_utf8_lossy(value.as_bytes())),
        )
    });
    json!({
        "method": prepared.request.method.as_str(),
        "url": prepared.url(),
        "headers": headers.collect::<serde_json::Map<_, _>>(),
        "body": String::from_utf8_lossy(&prepared.request.body),
        "canonical_request": prepared.signed.canonical_request,
        "string_to_sign": prepared.signed.string_to_sign,
        "signature": prepared.signed.signature,
    })
}
