//! Reading the facts, and requests without generated code.

use std::path::Path;
use std::time::SystemTime;

use yunspec_runtime::credentials::Credentials;
use yunspec_runtime::endpoint::Endpoint;
use yunspec_runtime::protocol::{Header, HttpRequest};
use yunspec_runtime::stamp::Stamp;
use yunspec_runtime::value::{Location, Member, Structure, Style, Value};
use yunspec_runtime::{Json, Protocol, Service, Timestamp};

/// A file of captured facts; says so where it is absent.
pub(crate) fn shared(name: &str) -> Option<Json> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    if !root.is_dir() {
        println!("skipped: ../shared is absent, and {name} with it");
        return None;
    }
    let text =
        std::fs::read_to_string(root.join(name)).expect("../shared holds the vectors");
    Some(serde_json::from_str(&text).expect("the vectors are JSON"))
}

pub(crate) fn text<'j>(json: &'j Json, key: &str) -> &'j str {
    json[key].as_str().unwrap_or_default()
}

pub(crate) fn array<'j>(json: &'j Json, key: &str) -> &'j [Json] {
    json[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// `[[key, value], …]`
pub(crate) fn pairs(json: &Json, key: &str) -> Vec<(String, String)> {
    let side = |pair: &Json, side: usize| pair[side].as_str().expect("a text").to_owned();
    array(json, key)
        .iter()
        .map(|pair| (side(pair, 0), side(pair, 1)))
        .collect()
}

pub(crate) fn header((name, value): (String, String)) -> Header {
    let name = name.parse().expect("a header's name");
    (name, value.parse().expect("a header's value"))
}

pub(crate) fn time(text: &str) -> SystemTime {
    Timestamp::from(text).to_system_time().expect("RFC 3339")
}

pub(crate) fn stamp(time_text: &str, nonce: &str) -> Stamp {
    Stamp {
        time: time(time_text),
        nonce: nonce.to_owned(),
    }
}

/// The headers by name and value, for a comparison that names the difference.
pub(crate) fn readable(headers: &[Header]) -> Vec<(String, String)> {
    let text = |(name, value): &Header| {
        (
            name.to_string(),
            value.to_str().expect("readable").to_owned(),
        )
    };
    headers.iter().map(text).collect()
}

pub(crate) fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items
}

/// A request without members.
pub(crate) fn bare(method: &str, host: &str, path: &str) -> HttpRequest {
    HttpRequest {
        method: method.parse().expect("a method"),
        host: host.to_owned(),
        path: path.to_owned(),
        query: Vec::new(),
        headers: Vec::new(),
        body: Vec::new(),
    }
}

pub(crate) fn credentials(json: &Json, project_id: Option<&str>) -> Credentials {
    let (id, secret) = (text(json, "access_key_id"), text(json, "access_key_secret"));
    let mut credentials = Credentials::new(id, secret);
    if let Some(token) = json["security_token"].as_str() {
        credentials = credentials.security_token(token);
    }
    credentials.project_id = project_id.map(str::to_owned);
    credentials
}

pub(crate) static ALIBABA: Service =
    service(Protocol::ACS_RPC, "alibaba/ram", "Ram", "2015-05-01");
pub(crate) static ALIBABA_ROA: Service =
    service(Protocol::ACS_ROA, "alibaba/cs", "CS", "2015-12-15");
pub(crate) static TENCENT: Service =
    service(Protocol::TC3_JSON, "tencent/cam", "cam", "2019-01-16");
pub(crate) static HUAWEI: Service = service(
    Protocol::SDK_HMAC_REST,
    "huawei/workspace",
    "Workspace",
    "v2",
);

const fn service(
    protocol: Protocol,
    id: &'static str,
    product: &'static str,
    version: &'static str,
) -> Service {
    let endpoint = Endpoint {
        global: None,
        global_regions: &[],
        regional: None,
        regions: &[],
        hosts: &[],
    };
    Service {
        protocol,
        id,
        product,
        version,
        endpoint,
    }
}

/// A request whose members are written by hand.
#[derive(Default)]
pub(crate) struct Members<'a> {
    table: Vec<Member<'a>>,
    values: Vec<Value<'a>>,
}

impl<'a> Members<'a> {
    pub(crate) fn with(
        mut self,
        location: Location,
        name: &'a str,
        value: Value<'a>,
    ) -> Self {
        self.table.push(Member {
            name,
            location,
            style: Style::Repeat,
        });
        self.values.push(value);
        self
    }

    pub(crate) fn styled(
        mut self,
        style: Style,
        name: &'a str,
        value: Value<'a>,
    ) -> Self {
        self.table.push(Member {
            name,
            location: Location::Query,
            style,
        });
        self.values.push(value);
        self
    }

    /// One member for each entry of a JSON object.
    pub(crate) fn all(mut self, location: Location, json: &'a Json) -> Self {
        for (name, value) in json.as_object().expect("an object") {
            self = self.with(location, name, value_of(value));
        }
        self
    }
}

impl Structure for Members<'_> {
    fn members(&self) -> &[Member<'_>] {
        &self.table
    }
    fn value(&self, index: usize) -> Value<'_> {
        self.values[index].clone()
    }
}

/// Null counts as absent, as in the official SDKs.
fn value_of(json: &Json) -> Value<'_> {
    match json {
        Json::Null => Value::Absent,
        Json::Bool(value) => Value::Boolean(*value),
        Json::String(text) => Value::String(text.into()),
        other => Value::Json(other),
    }
}
