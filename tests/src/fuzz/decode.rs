//! Any answer to a typed call, through the client.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, Response as HttpResponse};
use tokio::runtime::Runtime;
use yunspec_runtime::endpoint::Endpoint;
use yunspec_runtime::received::Received;
use yunspec_runtime::transport::{Bytes, Limits, Transport, TransportError};
use yunspec_runtime::{
    Binary, BoxFuture, Client, Config, Credentials, Error, Json, Operation, Protocol,
    Request, Response, Retries, Retry, Secret, Service, Timestamp, Unknown, Validate,
    WireEnum,
};

static ACS: Service = service(Protocol::ACS_RPC);
static TC3: Service = service(Protocol::TC3_JSON);
static SDK_HMAC: Service = service(Protocol::SDK_HMAC_REST);

/// Reads an answer in JSON to an RPC call. The bytes are a status, headers, an empty line and
/// the body; a body alone comes with status 200.
///
/// # Panics
/// Where an answer is lost, or changed.
pub fn decode_acs_json(data: &[u8]) {
    judge(&ACS, Answer::of(data));
}

/// Reads an answer in XML to an RPC call; as [`decode_acs_json`].
///
/// # Panics
/// Where an answer is lost, or changed.
pub fn decode_acs_xml(data: &[u8]) {
    let mut answer = Answer::of(data);
    if !answer.body.trim_ascii_start().starts_with(b"<") {
        answer.body = [b"<", &answer.body[..]].concat().into();
    }
    judge(&ACS, answer);
}

/// Reads an answer to a call of API 3.0; as [`decode_acs_json`].
///
/// # Panics
/// Where an answer is lost, or changed.
pub fn decode_tc3(data: &[u8]) {
    judge(&TC3, Answer::of(data));
}

/// Reads an answer to a REST call; as [`decode_acs_json`].
///
/// # Panics
/// Where an answer is lost, or changed.
pub fn decode_sdk_hmac(data: &[u8]) {
    judge(&SDK_HMAC, Answer::of(data));
}

fn judge(service: &'static Service, answer: Answer) {
    let config = Config::new(Credentials::new("id", "key"))
        .transport(Arc::new(answer.clone()))
        .retries(Retries::none())
        .rate_limit(false);
    let client = Client::new(service, config).expect("the settings are sound");
    let ask = Ask {
        name: "a".to_owned(),
    };
    let (typed, plain) = RUNTIME.with(|runtime| {
        runtime.block_on(async {
            let plain = client.call_untyped(&Ask::CALL, &ask).await;
            (client.call(ask).await, plain)
        })
    });
    match (&typed, &plain) {
        (Ok(typed), Ok(_)) => {
            assert_eq!(typed.status(), answer.status);
            assert!((200..300).contains(&answer.status), "{typed:?}");
            assert_eq!(typed.headers(), &answer.headers);
            sound(typed);
        }
        (Err(Error::Decode(_)), Ok(_)) => {}
        (Err(typed), Err(plain)) => {
            assert_eq!(typed.raw_code(), plain.raw_code());
            assert_eq!(typed.to_string(), plain.to_string());
        }
        (typed, plain) => panic!("typed {typed:?}, plain {plain:?}"),
    }
    if let Err(error) = &typed {
        kept(error, &answer);
    }
}

/// Nothing of what came is lost, and the message is one line.
fn kept(error: &Error<Refusal>, answer: &Answer) {
    assert_eq!(error.status(), Some(answer.status));
    let received = error.received().expect("something came");
    let kept = answer.body.len().min(Received::BODY_LIMIT);
    assert_eq!(received.body(), &answer.body[..kept]);
    assert_eq!(received.headers(), &answer.headers);
    if received.request_id().is_some() {
        assert!(error.request_id().is_some(), "{error}");
    }
    if let Some(code) = error.code() {
        assert_eq!(code.to_text(), error.raw_code().unwrap_or_default());
    }
    let line = error.to_string();
    assert!(!line.contains(char::is_control), "{line:?}");
    let _ = (error.is_retryable(), error.was_sent(), format!("{error:?}"));
}

/// Values of open enumerations stay what they are.
fn sound(everything: &Everything) {
    let kinds = everything.kind.iter().chain(&everything.kinds);
    for kind in kinds {
        let text = kind.to_text();
        assert_eq!(Kind::from_text(&text).to_text(), text);
    }
    for level in &everything.levels {
        let text = level.to_text();
        assert_eq!(Level::from_text(&text).to_text(), text);
    }
    assert_eq!(everything, &everything.clone());
    let hidden = format!("{:?}", everything.secret);
    assert!(["None", "Some(***)"].contains(&hidden.as_str()), "{hidden}");
}

thread_local! {
    static RUNTIME: Runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime can be built");
}

const fn service(protocol: Protocol) -> Service {
    let endpoint = Endpoint {
        global: Some("store.acme.example"),
        global_regions: &[],
        regional: None,
        regions: &[],
        hosts: &[],
    };
    Service {
        protocol,
        id: "acme/store",
        product: "store",
        version: "v1",
        endpoint,
    }
}

/// What comes back, whatever is sent.
#[derive(Clone, Debug)]
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn of(data: &[u8]) -> Self {
        let end = data.windows(2).position(|pair| pair == b"\n\n");
        let (head, body) = match end {
            Some(end) => (&data[..end], &data[end + 2..]),
            None => (&b"200"[..], data),
        };
        let mut lines = head.split(|byte| *byte == b'\n');
        let status = lines
            .next()
            .and_then(|line| std::str::from_utf8(line).ok()?.parse().ok());
        let header = |line: &[u8]| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = HeaderName::from_bytes(&line[..colon]).ok()?;
            let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?;
            Some((name, value))
        };
        Self {
            status: status.unwrap_or(200_u16).clamp(100, 999),
            headers: lines.filter_map(header).collect(),
            body: Bytes::copy_from_slice(body),
        }
    }
}

impl Transport for Answer {
    fn send(
        &self,
        _: http::Request<Bytes>,
        _: Limits,
    ) -> BoxFuture<'_, Result<HttpResponse<Bytes>, TransportError>> {
        let mut response = HttpResponse::new(self.body.clone());
        *response.status_mut() = self.status.try_into().expect("from 100 to 999");
        *response.headers_mut() = self.headers.clone();
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[derive(Clone, Debug, PartialEq, Request, Validate)]
struct Ask {
    #[wire("Name")]
    name: String,
}

impl Operation for Ask {
    const NAME: &'static str = "Ask";
    const RETRY: Retry = Retry::Unsafe;
    type Response = Everything;
    type Error = Refusal;
}

/// A member of every type that a spec knows.
#[derive(Clone, Debug, Default, PartialEq, Response)]
struct Everything {
    #[wire("RequestId")]
    request_id: String,
    #[wire("Int32")]
    int32: Option<i32>,
    #[wire("Int64")]
    int64: Option<i64>,
    #[wire("Uint64")]
    uint64: Option<u64>,
    #[wire("Number")]
    number: Option<f64>,
    #[wire("Boolean")]
    boolean: Option<bool>,
    #[wire("Timestamp")]
    timestamp: Option<Timestamp>,
    #[wire("Binary")]
    binary: Option<Binary>,
    #[wire("Secret")]
    secret: Option<Secret>,
    #[wire("Any")]
    any: Option<Json>,
    #[wire("Texts")]
    texts: Vec<String>,
    #[wire("Map")]
    map: BTreeMap<String, Vec<i64>>,
    #[wire("Kind")]
    kind: Option<Kind>,
    #[wire("Kinds")]
    kinds: Vec<Kind>,
    #[wire("Levels")]
    levels: Vec<Level>,
    #[wire("Tree")]
    tree: Option<Tree>,
}

#[derive(Clone, Debug, Default, PartialEq, Response)]
struct Tree {
    #[wire("Name")]
    name: String,
    #[wire("Below")]
    below: Vec<Tree>,
    #[wire("Above")]
    above: Option<Box<Tree>>,
}

#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
enum Kind {
    #[wire("red")]
    Red,
    #[wire("7")]
    Seven,
    Unknown(Unknown),
}

#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
enum Level {
    #[wire(0)]
    Low,
    #[wire(-7)]
    Lower,
    Unknown(Unknown),
}

#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
enum Refusal {
    #[wire("Book.NotFound", message = "The book %s of %s does not exist.")]
    NotFound,
    #[wire("Throttling")]
    Throttling,
    Unknown(Unknown),
}
