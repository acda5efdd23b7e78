//! The published known answers, and those that a second implementation computed.

use yunspec_runtime::Json;
use yunspec_runtime::credentials::Credentials;
use yunspec_runtime::protocol::HttpRequest;
use yunspec_runtime::sign::{Digest, Signed, acs3, rpc1, sdk_hmac, tc3};

use crate::data::{array, bare, header, pairs, readable, stamp, text};

#[test]
fn known_answers() {
    let file: Json = serde_json::from_str(include_str!("known-answers.json"))
        .expect("the file is JSON");
    let (published, computed) = (array(&file, "published"), array(&file, "computed"));
    for answer in published.iter().chain(computed) {
        check(answer);
    }
    println!("sign: {0}/{0} known answers", published.len());
    println!(
        "sign: {0}/{0} answers of a second implementation",
        computed.len()
    );
    assert_eq!(published.len(), 8, "the published answers are eight");
}

fn check(answer: &Json) {
    let (id, expected) = (text(answer, "id"), &answer["expected"]);
    let signed = sign(answer);
    assert_eq!(
        signed.canonical_request.as_deref(),
        expected["canonical_request"].as_str(),
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
    if let Some(authorization) = expected["authorization"].as_str() {
        let sent = readable(&signed.headers);
        let pair = ("authorization".to_owned(), authorization.to_owned());
        assert!(sent.contains(&pair), "{id}: {sent:?}");
    }
}

fn sign(answer: &Json) -> Signed {
    let request = request(&answer["request"]);
    let mut keys = Credentials::new(text(answer, "id_key"), text(answer, "secret_key"));
    // The published request has no header for the provider of the keys.
    keys.provider = if text(answer, "provider").is_empty() {
        ""
    } else {
        "static_ak"
    };
    if text(answer, "scheme") == "HMAC-SHA1" {
        let secret = text(answer, "secret_key");
        let (string_to_sign, signature) =
            rpc1::signature(request.method.as_str(), &request.query, secret);
        let mut signed = Signed::default();
        signed.string_to_sign = string_to_sign;
        signed.signature = signature;
        return signed;
    }
    let stamp = stamp(text(answer, "time"), text(answer, "nonce"));
    let plain = sdk_hmac::Variant::Plain;
    let signed = match text(answer, "scheme") {
        "ACS3-HMAC-SHA256" => acs3::sign(&request, &keys, &stamp, Digest::Sha256),
        "ACS3-HMAC-SM3" => acs3::sign(&request, &keys, &stamp, Digest::Sm3),
        "TC3-HMAC-SHA256" => {
            let service = text(answer, "service");
            tc3::sign(&request, &keys, &stamp, service, &tc3::DailyKeys::default())
        }
        "SDK-HMAC-SHA256" => {
            sdk_hmac::sign(&request, &keys, &stamp, plain(Digest::Sha256))
        }
        "SDK-HMAC-SM3" => sdk_hmac::sign(&request, &keys, &stamp, plain(Digest::Sm3)),
        "V11-HMAC-SHA256" => {
            let (region, service) = (text(answer, "region"), text(answer, "service"));
            let variant = sdk_hmac::Variant::Derived { region, service };
            sdk_hmac::sign(&request, &keys, &stamp, variant)
        }
        other => panic!("{other} is no scheme"),
    };
    signed.expect("the keys fit into headers")
}

fn request(json: &Json) -> HttpRequest {
    let mut request = bare(text(json, "method"), text(json, "host"), text(json, "path"));
    request.query = pairs(json, "query");
    request.headers = pairs(json, "headers").into_iter().map(header).collect();
    request.body = text(json, "body").into();
    request
}
