//! Every request that an official SDK sent and signed, signed again.

use std::collections::BTreeMap;

use yunspec_runtime::Json;
use yunspec_runtime::credentials::Credentials;
use yunspec_runtime::protocol::HttpRequest;
use yunspec_runtime::sign::{Digest, Signed, acs3, rpc1, sdk_hmac, tc3};
use yunspec_runtime::stamp::Stamp;

use crate::data::{
    array, bare, credentials, header, pairs, readable, shared, sorted, stamp, text,
};

/// What the official SDKs sign on the way, or send with a connection, and we do not.
const NOT_OURS: &[&str] = &[
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "content-md5",
    "host",
    "x-sdk-client",
    "x-sdk-invoke-type",
    "x-tc-requestclient",
    "x-tc-traceid",
];

#[test]
fn captured_signatures() {
    let Some(file) = shared("vectors/requests.json") else {
        return;
    };
    let vectors = array(&file, "vectors");
    let mut skipped: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut equal = 0;
    for vector in vectors {
        match Case::new(vector).check() {
            Ok(()) => equal += 1,
            Err(reason) => skipped.entry(reason).or_default().push(text(vector, "id")),
        }
    }
    println!("sign: {equal}/{} vectors equal", vectors.len());
    for (reason, ids) in &skipped {
        println!("sign: {} skipped, {reason}: {}", ids.len(), ids.join(" "));
    }
    let skipped: usize = skipped.values().map(Vec::len).sum();
    assert_eq!(skipped, 12, "the families above, and nothing besides");
}

struct Case<'v> {
    vector: &'v Json,
    request: &'v Json,
    keys: Credentials,
    stamp: Stamp,
}

impl<'v> Case<'v> {
    fn new(vector: &'v Json) -> Self {
        let keys = credentials(&vector["credentials"], vector["project_id"].as_str());
        let stamp = stamp(text(vector, "timestamp"), text(vector, "nonce"));
        Self {
            vector,
            request: &vector["request"],
            keys,
            stamp,
        }
    }

    /// Signs and compares.
    ///
    /// # Errors
    /// Why the vector says nothing about our signature.
    fn check(&self) -> Result<(), &'static str> {
        let id = text(self.vector, "id");
        if id.contains(".path_dot.") {
            return Err(
                "the SDK signs one path and sends another; encode refuses the value",
            );
        }
        match text(&self.vector["signing"], "algorithm") {
            "ACS3-HMAC-SHA256" => self.acs3(Digest::Sha256),
            "ACS3-HMAC-SM3" => {
                return Err("user-agent and accept are signed; see the computed answer");
            }
            "HMAC-SHA1" if id.contains(".core1.") => self.all_parameters(),
            "HMAC-SHA1" => self.rpc1(),
            "TC3-HMAC-SHA256" if text(self.request, "query_raw").contains('+') => {
                return Err("a GET with a space written as +, which we write as %20");
            }
            "TC3-HMAC-SHA256" => self.tc3(),
            "HmacSHA1" | "HmacSHA256" => {
                return Err("the first signature of Tencent Cloud is not offered");
            }
            "SDK-HMAC-SHA256" => self.sdk_hmac(sdk_hmac::Variant::Plain(Digest::Sha256)),
            "SDK-HMAC-SM3" => self.sdk_hmac(sdk_hmac::Variant::Plain(Digest::Sm3)),
            "V11-HMAC-SHA256" => {
                let region = text(self.vector, "region");
                self.sdk_hmac(sdk_hmac::Variant::Derived {
                    region,
                    service: "workspace",
                });
            }
            _ => self.token(),
        }
        Ok(())
    }

    /// The request as `encode` leaves it: without what `added` will add.
    fn unsigned(&self, added: impl Fn(&str) -> bool) -> HttpRequest {
        let sent = self.headers();
        let mut request = bare(
            text(self.request, "method"),
            &sent["host"],
            text(self.request, "path"),
        );
        request.query = pairs(self.request, "query");
        request.body = text(self.request, "body").into();
        let ours = |name: &str| !NOT_OURS.contains(&name) && !added(name);
        let kept = sent.into_iter().filter(|(name, _)| ours(name));
        request.headers = kept.map(header).collect();
        request
    }

    fn headers(&self) -> BTreeMap<String, String> {
        let lower = |(name, value): (String, String)| (name.to_ascii_lowercase(), value);
        pairs(self.request, "headers")
            .into_iter()
            .map(lower)
            .collect()
    }

    /// What was captured, or computed for the headers that we sign.
    fn expect(&self, alternative: &str, signed: &Signed) {
        let id = text(self.vector, "id");
        let mut alternatives = array(self.vector, "signing_alt").iter();
        let chosen = alternatives.find(|other| text(other, "name") == alternative);
        let expected = chosen.unwrap_or(&self.vector["signing"]);
        let canonical = expected["canonical_request"].as_str();
        assert_eq!(
            signed.canonical_request.as_deref(),
            canonical,
            "{id}: canonical request"
        );
        assert_eq!(
            signed.string_to_sign,
            text(expected, "string_to_sign"),
            "{id}"
        );
        assert_eq!(
            signed.signature,
            text(expected, "signature"),
            "{id}: signature"
        );
        let sent = self.headers();
        for (name, value) in readable(&signed.headers) {
            let wanted = match name.as_str() {
                "authorization" => text(expected, "authorization"),
                name => sent.get(name).map(String::as_str).unwrap_or_default(),
            };
            assert_eq!(value, wanted, "{id}: {name}");
        }
    }

    fn acs3(&self, digest: Digest) {
        let by_encode = |name: &str| matches!(name, "x-acs-action" | "x-acs-version");
        let request =
            self.unsigned(|name| name.starts_with("x-acs-") && !by_encode(name));
        let signed = acs3::sign(&request, &self.keys, &self.stamp, digest);
        let signed = signed.expect("the keys fit into headers");
        self.expect("js-style: host, content-type, x-acs-*", &signed);
    }

    fn rpc1(&self) {
        let id = text(self.vector, "id");
        let operation = &self.vector["operation"];
        let mut request = self.unsigned(|_| false);
        let input = &self.vector["input"];
        request.query.retain(|(key, _)| input.get(key).is_some());
        let (action, version) = (text(operation, "action"), text(operation, "version"));
        let signed = rpc1::sign(&request, &self.keys, &self.stamp, action, version);
        self.expect("", &signed);
        let ours = sorted([request.query, signed.query].concat());
        assert_eq!(ours, sorted(pairs(self.request, "query")), "{id}: query");
    }

    /// The older SDK sends more parameters than we do, some in a form; all of them signed.
    fn all_parameters(&self) {
        let id = text(self.vector, "id");
        let mut parameters = pairs(self.request, "query");
        let body = text(self.request, "body");
        let input = &self.vector["input"];
        if !body.is_empty() {
            let entries = input.as_object().expect("an object").iter();
            let text = |json: &Json| {
                json.as_str()
                    .map_or_else(|| json.to_string(), str::to_owned)
            };
            parameters.extend(entries.map(|(key, value)| (key.clone(), text(value))));
        }
        parameters.retain(|(key, _)| key != "Signature");
        let method = text(self.request, "method");
        let secret = text(&self.vector["credentials"], "access_key_secret");
        let (string_to_sign, signature) = rpc1::signature(method, &parameters, secret);
        let expected = &self.vector["signing"];
        assert_eq!(string_to_sign, text(expected, "string_to_sign"), "{id}");
        assert_eq!(signature, text(expected, "signature"), "{id}: signature");
    }

    fn tc3(&self) {
        let request =
            self.unsigned(|name| matches!(name, "x-tc-timestamp" | "x-tc-token"));
        let keys = tc3::DailyKeys::default();
        let product = text(&self.vector["operation"], "product");
        // The second time the key comes from the cache.
        for _ in 0..2 {
            let signed = tc3::sign(&request, &self.keys, &self.stamp, product, &keys);
            self.expect("", &signed.expect("the keys fit into headers"));
        }
    }

    fn sdk_hmac(&self, variant: sdk_hmac::Variant<'_>) {
        let alternative = "without user-agent";
        let has = |other: &Json| text(other, "name") == alternative;
        let captured = !array(self.vector, "signing_alt").iter().any(has);
        let request = self.unsigned(|name| match name {
            "x-sdk-date" | "x-security-token" | "x-project-id" => true,
            "user-agent" => !captured,
            _ => false,
        });
        let signed = sdk_hmac::sign(&request, &self.keys, &self.stamp, variant);
        self.expect(alternative, &signed.expect("the keys fit into headers"));
    }

    fn token(&self) {
        let sent = self.headers();
        let signed = sdk_hmac::token(&self.keys, &sent["x-auth-token"].as_str().into());
        let headers = readable(&signed.expect("the token fits into a header").headers);
        let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["x-project-id", "x-auth-token"]);
        assert!(
            headers.iter().all(|(name, value)| sent[name] == *value),
            "{headers:?}"
        );
    }
}
