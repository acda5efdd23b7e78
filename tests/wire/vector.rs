//! One captured request, and what our request for the same input has to share with it.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde_json::{Value as Json, json};
use yunspec_runtime::{Signing, Stamp};

/// What a vector asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verdict {
    /// The same request.
    Compare(Body),
    /// A refusal whose message holds these words: the official SDK goes astray here.
    Refuse(&'static str),
    /// Nothing, for this reason.
    Skip(&'static str),
}

/// How much of the request can be equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Body {
    /// Every byte, and the signature over our set of headers.
    Bytes,
    /// Every byte but the signature: the SDK signs its own user agent too.
    Unsigned,
    /// The same JSON: the SDK writes spaces and `\u` escapes into its body, which changes
    /// its hash and with it the signature.
    Json,
    /// The operation's own parameters: an older SDK adds others of its own and signs them.
    Parameters,
}

impl Body {
    /// For the report.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Bytes => "in every byte and in the signature",
            Self::Unsigned => "but for the signature, which covers the SDK's user agent",
            Self::Json => "but for the spaces and escapes in the SDK's JSON",
            Self::Parameters => "but for the older SDK's additional parameters",
        }
    }
}

/// A request as we see it, from whichever path.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
    pub(crate) canonical_request: Option<String>,
    pub(crate) string_to_sign: String,
    pub(crate) signature: String,
}

impl Seen {
    /// What `call --dry-run` printed.
    pub(crate) fn from_dry_run(printed: &Json) -> Self {
        let text = |key: &str| printed[key].as_str().unwrap_or_default().to_owned();
        let headers = printed["headers"]
            .as_object()
            .expect("headers are an object");
        let header = |(name, value): (&String, &Json)| {
            (name.clone(), value.as_str().unwrap_or_default().to_owned())
        };
        Self {
            method: text("method"),
            url: text("url"),
            headers: headers.iter().map(header).collect(),
            body: text("body"),
            canonical_request: printed["canonical_request"].as_str().map(str::to_owned),
            string_to_sign: text("string_to_sign"),
            signature: text("signature"),
        }
    }

    fn query(&self) -> Vec<(String, String)> {
        let url = url::Url::parse(&self.url).expect("our URL is one");
        url.query_pairs().into_owned().collect()
    }
}

/// A captured request.
pub(crate) struct Vector(Json);

impl Vector {
    pub(crate) fn new(captured: Json) -> Self {
        Self(captured)
    }

    pub(crate) fn name(&self) -> &str {
        self.text("id")
    }

    pub(crate) fn provider(&self) -> &str {
        self.text("provider")
    }

    /// The operation's id in our specs.
    pub(crate) fn id(&self) -> &'static str {
        let product = self.0["operation"]["product"].as_str().unwrap_or_default();
        match product.to_ascii_lowercase().as_str() {
            "ram" => "alibaba/ram/UpdateUser",
            "live" => "alibaba/live/ModifyLiveMessageUserInfo",
            "quickbi-public" => "alibaba/quickbi-public/UpdateUser",
            "cam" => "tencent/cam/UpdateUser",
            "workspace" => "huawei/workspace/UpdateUserInfo",
            other => panic!("no spec for {other}"),
        }
    }

    /// The members as one flat object, without what the credentials hold.
    pub(crate) fn input(&self) -> Json {
        let mut members = serde_json::Map::new();
        for (name, value) in self.0["input"].as_object().expect("the input is an object")
        {
            match (name.as_str(), value) {
                ("body", Json::Object(body)) => members.extend(body.clone()),
                ("project_id" | "body", _) => {}
                _ => {
                    members.insert(name.clone(), value.clone());
                }
            }
        }
        Json::Object(members)
    }

    /// The environment variables that hold the vector's credentials.
    pub(crate) fn environment(
        &self,
    ) -> impl Fn(&str) -> Option<String> + Send + Sync + 'static {
        let credentials = &self.0["credentials"];
        let of = |key: &str| credentials[key].as_str().map(str::to_owned);
        let names = match self.provider() {
            "alibaba" => [
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                "ALIBABA_CLOUD_SECURITY_TOKEN",
            ],
            "tencent" => [
                "TENCENTCLOUD_SECRET_ID",
                "TENCENTCLOUD_SECRET_KEY",
                "TENCENTCLOUD_TOKEN",
            ],
            _ => [
                "HUAWEICLOUD_SDK_AK",
                "HUAWEICLOUD_SDK_SK",
                "HUAWEICLOUD_SDK_SECURITY_TOKEN",
            ],
        };
        let values = [
            of("access_key_id"),
            of("access_key_secret"),
            of("security_token"),
        ];
        let mut variables: BTreeMap<String, String> = names
            .into_iter()
            .zip(values)
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect();
        if let Some(project) = self.0["project_id"].as_str() {
            variables.insert("HUAWEICLOUD_SDK_PROJECT_ID".to_owned(), project.to_owned());
        }
        move |name| variables.get(name).cloned()
    }

    /// The settings of `call` that reproduce the SDK's.
    pub(crate) fn settings(&self) -> yunspec::call::Settings {
        let host = self.text("endpoint");
        let scheme = if host.contains(':') { "http" } else { "https" };
        let stamp = self.stamp();
        yunspec::call::Settings {
            region: self.0["region"].as_str().map(str::to_owned),
            endpoint: Some(format!("{scheme}://{host}")),
            allow_http: false,
            time: Some(stamp.time),
            nonce: Some(stamp.nonce),
            signing: self.signing(),
            language: self.0["options"]["language"].as_str().map(str::to_owned),
            unchecked: true,
        }
    }

    /// The frozen clock and nonce.
    pub(crate) fn stamp(&self) -> Stamp {
        let seconds = self.0["timestamp_unix"].as_u64().expect("a time");
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        Stamp {
            time,
            nonce: self.text("nonce").to_owned(),
        }
    }

    pub(crate) fn signing(&self) -> Signing {
        match self.option("signature") {
            "RPC-V1-HMAC-SHA1" => Signing::HmacSha1,
            "ACS3-HMAC-SM3" | "SDK-HMAC-SM3" => Signing::Sm3,
            "V11-HMAC-SHA256" => Signing::Derived,
            _ => Signing::Standard,
        }
    }

    /// `typed` is set for the compiled client.
    pub(crate) fn verdict(&self, typed: bool) -> Verdict {
        let case = self.option("case");
        let scheme = self.option("signature");
        if self.name().contains("path_dot") {
            return Verdict::Refuse("refused in a path");
        }
        if self.name().contains("opt-no-project") {
            return Verdict::Refuse("project");
        }
        if matches!(scheme, "HmacSHA1" | "HmacSHA256") {
            return Verdict::Skip("the signature that Tencent Cloud has replaced by TC3");
        }
        if self.0["options"]["http_method"] == "GET" {
            return Verdict::Skip("TC3 over GET, which no JSON operation needs");
        }
        if self.name().contains("authorization-preset") {
            return Verdict::Skip(
                "a preset Authorization header; our token mode sends none",
            );
        }
        if case == "path_reserved" {
            return Verdict::Skip(
                "the official SDKs of Huawei Cloud disagree on reserved characters",
            );
        }
        if case == "no_fields" && typed {
            return Verdict::Skip("a required member is missing, which does not compile");
        }
        if case == "no_body" {
            return Verdict::Skip(
                "no body in the place of `{}`; the case `minimal` is compared",
            );
        }
        if self.option("bool_style") == "sdk" && has_boolean(&self.0["input"]) {
            return Verdict::Skip(
                "Python's spelling of booleans, True; its twin with `true` is compared",
            );
        }
        if self.0["sdk"]["name"] == "aliyun-python-sdk-core" {
            return Verdict::Compare(Body::Parameters);
        }
        let body = self.0["request"]["body"].as_str().unwrap_or_default();
        let json = serde_json::from_str::<Json>(body);
        let compact = json
            .map(|json| json.to_string())
            .is_ok_and(|text| text == body);
        let signed = self.signed_as_we_do()["signed_headers"].as_array();
        let agent =
            signed.is_some_and(|names| names.iter().any(|name| name == "user-agent"));
        Verdict::Compare(match body.is_empty() || compact {
            false => Body::Json,
            true if agent => Body::Unsigned,
            true => Body::Bytes,
        })
    }

    /// Everything in which our request differs from the captured one.
    pub(crate) fn differences(&self, seen: &Seen, body: Body) -> Vec<String> {
        let mut found = Vec::new();
        let mut same = |what: &str, ours: &str, theirs: &str| {
            if ours != theirs {
                found.push(format!("{what}: ours {ours:?}, theirs {theirs:?}"));
            }
        };
        let request = &self.0["request"];
        if body == Body::Parameters {
            let ours = parameters(seen.query());
            let mut sent = pairs(&request["query"]);
            let form = request["body"].as_str().unwrap_or_default();
            sent.extend(url::form_urlencoded::parse(form.as_bytes()).into_owned());
            same(
                "parameters",
                &format!("{ours:?}"),
                &format!("{:?}", parameters(sent)),
            );
            return found;
        }
        same(
            "method",
            &seen.method,
            request["method"].as_str().unwrap_or_default(),
        );
        let url = url::Url::parse(&seen.url).expect("our URL is one");
        same(
            "path",
            url.path(),
            request["path"].as_str().unwrap_or_default(),
        );
        let (mut ours, mut theirs) = (seen.query(), pairs(&request["query"]));
        ours.sort();
        theirs.sort();
        same("query", &format!("{ours:?}"), &format!("{theirs:?}"));
        let theirs = request["body"].as_str().unwrap_or_default();
        if body == Body::Json {
            let ours: Json = serde_json::from_str(&seen.body).unwrap_or(json!("no JSON"));
            same(
                "body",
                &ours.to_string(),
                &serde_json::from_str::<Json>(theirs)
                    .expect("JSON")
                    .to_string(),
            );
            return found;
        }
        same("body", &seen.body, theirs);
        if body == Body::Unsigned {
            return found;
        }
        let signing = self.signed_as_we_do();
        let theirs = |key: &str| signing[key].as_str().unwrap_or_default();
        same(
            "canonical request",
            seen.canonical_request.as_deref().unwrap_or_default(),
            theirs("canonical_request"),
        );
        same(
            "string to sign",
            &seen.string_to_sign,
            theirs("string_to_sign"),
        );
        same("signature", &seen.signature, theirs("signature"));
        let authorization = theirs("authorization");
        if !authorization.is_empty() {
            let ours = seen.headers.get("authorization").map_or("", String::as_str);
            same("authorization", ours, authorization);
        }
        found
    }

    /// The capture's signature over the set of headers that we sign.
    fn signed_as_we_do(&self) -> &Json {
        let ours = match self.provider() {
            "alibaba" => "js-style: host, content-type, x-acs-*",
            "huawei" => "without user-agent",
            _ => return &self.0["signing"],
        };
        let alternatives = self.0["signing_alt"].as_array();
        let found =
            alternatives.and_then(|all| all.iter().find(|one| one["name"] == ours));
        found.unwrap_or(&self.0["signing"])
    }

    fn text(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap_or_default()
    }

    fn option(&self, key: &str) -> &str {
        self.0["options"][key].as_str().unwrap_or_default()
    }
}

fn has_boolean(json: &Json) -> bool {
    json.as_object()
        .is_some_and(|members| members.values().any(Json::is_boolean))
}

fn pairs(query: &Json) -> Vec<(String, String)> {
    serde_json::from_value(query.clone()).expect("a query is a list of pairs")
}

/// The pairs of the operation itself, sorted.
fn parameters(pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    const COMMON: [&str; 12] = [
        "Action",
        "Version",
        "Format",
        "RegionId",
        "Timestamp",
        "AccessKeyId",
        "SecurityToken",
        "Signature",
        "SignatureMethod",
        "SignatureNonce",
        "SignatureType",
        "SignatureVersion",
    ];
    let own = pairs
        .into_iter()
        .filter(|(key, _)| !COMMON.contains(&key.as_str()));
    let mut own: Vec<_> = own.collect();
    own.sort();
    own
}
