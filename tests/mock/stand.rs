//! A stand-in to call, and the ways to call it.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value as Json, json};
use yunspec::call::Settings as CallSettings;
use yunspec::mock::{Mock, Settings};
use yunspec::model::Model;
use yunspec::show;
use yunspec_runtime::credentials::Surroundings;
use yunspec_runtime::{
    Client, Config, Error, Operation, Protocol, Response, Retries, Service, Signing,
};
use yunspec_tests::transcribed;

/// The model of a folder of specs, by its path from the root; each is read once. Of `specs`
/// it is what was transcribed: the calls below are written for that.
pub(crate) fn model(folder: &str) -> Model {
    static READ: Mutex<BTreeMap<String, Model>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let model = read.entry(folder.to_owned()).or_insert_with(|| {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(folder);
        let resolved = match folder {
            "specs" => yunspec::resolve(transcribed::specs().path()),
            _ => yunspec::resolve(&specs),
        };
        resolved.expect("the specs pass the check")
    });
    model.clone()
}

/// A stand-in of the real specs.
pub(crate) fn start() -> Mock {
    start_with(&Settings::default())
}

/// A stand-in with other settings.
pub(crate) fn start_with(settings: &Settings) -> Mock {
    Mock::start(model("specs"), settings).expect("a port of 127.0.0.1 is free")
}

/// The settings of a client that has read what the stand-in prints.
pub(crate) fn config(mock: &Mock, protocol: Protocol) -> Config {
    let surroundings = Surroundings::with_lookup(lookup(mock));
    let config = Config::from_env(protocol, &surroundings).expect("texts were printed");
    calm(mock, config)
}

/// The printed environment.
pub(crate) fn lookup(
    mock: &Mock,
) -> impl Fn(&str) -> Option<String> + Send + Sync + 'static {
    let exports = mock.exports();
    move |name| {
        let mut lines = exports
            .lines()
            .filter_map(|line| line.strip_prefix("export "));
        lines
            .find_map(|line| Some(line.strip_prefix(name)?.strip_prefix('=')?.to_owned()))
    }
}

/// Calls the stand-in once: nothing is repeated, and nothing waits.
pub(crate) fn calm(mock: &Mock, config: Config) -> Config {
    config
        .endpoint(mock.url())
        .allow_http(true)
        .region("cn-north-4")
        .retries(Retries::none())
        .rate_limit(false)
}

/// Makes a typed call.
pub(crate) async fn call<O: Operation>(
    service: &'static Service,
    config: Config,
    request: O,
) -> Result<Response<O::Response>, Error<O::Error>> {
    let client = Client::new(service, config).expect("the settings are in order");
    client.call(request).await
}

/// Talks to the stand-in itself: status and body.
pub(crate) fn control(mock: &Mock, method: &str, path: &str, body: &str) -> (u16, Json) {
    let length = body.len();
    let head =
        format!("{method} {path} HTTP/1.1\r\nhost: mock\r\ncontent-length: {length}");
    send(mock, &format!("{head}\r\nconnection: close\r\n\r\n{body}"))
}

/// Orders the answer of the next call.
pub(crate) fn order(mock: &Mock, order: &Json) {
    let (status, body) = control(mock, "POST", "/_mock/next", &order.to_string());
    assert_eq!(status, 200, "{order}: {body}");
}

/// What the stand-in says about the last call.
pub(crate) fn last(mock: &Mock) -> Json {
    let (status, calls) = control(mock, "GET", "/_mock/calls", "");
    assert_eq!(status, 200);
    let last = calls.as_array().and_then(|calls| calls.last());
    last.expect("a call came").clone()
}

/// Sends bytes as they stand; gives status and body.
pub(crate) fn send(mock: &Mock, text: &str) -> (u16, Json) {
    let address = mock.url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(address).expect("the stand-in listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .expect("a socket has a timeout");
    stream
        .write_all(text.as_bytes())
        .expect("the stand-in reads");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the stand-in answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (
        status.expect("a status"),
        serde_json::from_str(body).unwrap_or(Json::Null),
    )
}

/// A dry run, as the bytes that the call would send.
pub(crate) fn bytes(dry: &Json) -> String {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let url = text(&dry["url"]);
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut request = format!(
        "{} /{path} HTTP/1.1\r\nhost: {host}\r\n",
        text(&dry["method"])
    );
    let header = |(name, value): (&String, &Json)| format!("{name}: {}\r\n", text(value));
    let headers = dry["headers"].as_object().expect("a dry run shows headers");
    request.extend(headers.iter().map(header));
    let length = text(&dry["body"]).len().to_string();
    request.extend(["content-length: ", &length, "\r\nconnection: close\r\n\r\n"]);
    request + &text(&dry["body"])
}

/// The least input that an operation takes.
pub(crate) fn least(id: &str) -> Json {
    let least = BTreeMap::from([
        ("alibaba/ram/UpdateUser", json!({ "UserName": "a" })),
        (
            "alibaba/live/ModifyLiveMessageUserInfo",
            json!({ "AppId": "a", "UserId": "u" }),
        ),
        (
            "alibaba/quickbi-public/UpdateUser",
            json!({ "UserId": "u" }),
        ),
        ("tencent/cam/UpdateUser", json!({ "Name": "n" })),
        ("huawei/workspace/UpdateUserInfo", json!({ "user_id": "u" })),
    ]);
    least[id].clone()
}

/// A call straight from the spec, whatever the input holds.
pub(crate) async fn untyped(mock: &Mock, id: &str, input: &Json) -> Result<Json, String> {
    let model = model("specs");
    let shown = show::find(&model, id).expect("the operation exists");
    let settings = CallSettings {
        endpoint: Some(mock.url()),
        unchecked: true,
        ..CallSettings::default()
    };
    let ready = yunspec::call::ready(shown, input, settings, lookup(mock));
    ready
        .expect("nothing is checked")
        .send()
        .await
        .map_err(|error| error.to_string())
}

pub(crate) async fn dry_run(
    mock: &Mock,
    id: &str,
    input: &Json,
    signing: Signing,
    lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
) -> Json {
    let model = model("specs");
    let shown = show::find(&model, id).expect("the operation exists");
    let settings = CallSettings {
        endpoint: Some(mock.url()),
        region: Some("cn-north-4".to_owned()),
        signing,
        ..CallSettings::default()
    };
    let ready = yunspec::call::ready(shown, input, settings, lookup);
    ready
        .expect("the input is in order")
        .dry_run()
        .await
        .expect("it is signed")
}
