//! The stand-in of the clouds: the typed clients and `yunspec call` against it, what it
//! refuses, and every documented error played once.

mod mock {
    pub(crate) mod stand;
}

use std::collections::BTreeMap;
use std::time::Duration;

use mock::stand::{
    bytes, call, calm, config, control, last, lookup, model, order, send, start,
    start_with,
};
use serde_json::{Value as Json, json};
use yun_sdk::{alibaba, huawei, tencent};
use yunspec::call::Settings as CallSettings;
use yunspec::mock::{Mock, Settings};
use yunspec::model::{Location, Model};
use yunspec::show::{self, Shown};
use yunspec_runtime::{
    Config, Credentials, Error, Operation, Protocol, Service, Signing, Stamp, WireEnum,
};
use yunspec_tests::typed;

#[tokio::test]
async fn the_typed_clients_get_the_documented_samples() {
    let mock = start();
    let ram =
        alibaba::ram::Client::new(config(&mock, Protocol::AcsRpc)).expect("a client");
    let request =
        typed::ram(&json!({ "UserName": "zhangqiang", "NewEmail": "a@example.com" }));
    let response = ram.update_user(request).await.expect("accepted");
    let user = response.user.as_ref().expect("the sample has a user");
    assert_eq!(user.user_name.as_deref(), Some("xiaoqiang"));
    assert_eq!(
        response.request_id.as_deref(),
        last(&mock)["request_id"].as_str()
    );

    let live =
        alibaba::live::Client::new(config(&mock, Protocol::AcsRpc)).expect("a client");
    let request = typed::live(&json!({ "AppId": "demo", "UserId": "张 三+&=" }));
    let response = live
        .modify_live_message_user_info(request)
        .await
        .expect("accepted");
    assert_eq!(response.fail_list[0].code, Some(440));

    let quickbi = config(&mock, Protocol::AcsRpc);
    let quickbi = alibaba::quickbi_public::Client::new(quickbi).expect("a client");
    let request =
        typed::quickbi(&json!({ "UserId": "u", "UserType": 3, "IsDeleted": false }));
    let response = quickbi
        .update_user(request)
        .await
        .expect("accepted without a sample");
    assert_eq!(
        (response.result, response.success),
        (Some(true), Some(true))
    );
    assert_eq!(
        Some(response.request_id.as_str()),
        last(&mock)["request_id"].as_str()
    );

    let cam =
        tencent::cam::Client::new(config(&mock, Protocol::Tc3Json)).expect("a client");
    let request = typed::cam(
        &json!({ "Name": "test124", "ConsoleLogin": 1, "Remark": "\u{1f600}" }),
    );
    let response = cam.update_user(request).await.expect("accepted");
    assert_eq!(
        Some(response.request_id.as_str()),
        last(&mock)["request_id"].as_str()
    );

    let workspace = config(&mock, Protocol::SdkHmacRest);
    let workspace = huawei::workspace::Client::new(workspace).expect("a client");
    let request = typed::workspace(&json!({ "user_id": "a b/张", "disabled": true }));
    let response = workspace.update_user_info(request).await.expect("accepted");
    assert_eq!(
        response.id.as_deref(),
        Some("8a2c3f9579d240820179d51e6caf0001")
    );
    assert_eq!(response.request_id(), last(&mock)["request_id"].as_str());
}

#[tokio::test]
async fn every_signature_is_verified() {
    let mock = start();
    let (mut accepted, mut refused) = (0, 0);
    for (id, signing) in signatures() {
        let input = least(id);
        let good = dry_run(&mock, id, &input, signing, lookup(&mock)).await;
        let (status, body) = send(&mock, &bytes(&good));
        assert_eq!(
            last(&mock)["accepted"],
            true,
            "{id} {signing:?}: {status} {body}"
        );
        accepted += 1;
        let printed = lookup(&mock);
        let wrong = move |name: &str| {
            Some(printed(name)? + if is_secret(name) { "x" } else { "" })
        };
        let bad = dry_run(&mock, id, &input, signing, wrong).await;
        let changes = changes(&good).into_iter().chain([("secret", bytes(&bad))]);
        // The older signature covers the parameters and no host.
        let signed = |what: &str| what != "host" || signing != Signing::HmacSha1;
        for (what, request) in changes.filter(|(what, _)| signed(what)) {
            send(&mock, &request);
            let seen = last(&mock);
            let why = seen["why"].as_str().unwrap_or_default();
            assert_eq!(seen["accepted"], false, "{id} {signing:?}: another {what}");
            assert!(
                !why.is_empty() && !why.contains("mock-alibaba-key-secret"),
                "{why}"
            );
            if what == "secret" {
                assert!(why.contains("The string to sign is"), "{why}");
                let canonical = why.contains("and the canonical request is");
                assert_eq!(canonical, signing != Signing::HmacSha1, "{why}");
            }
            refused += 1;
        }
    }
    println!("mock: {accepted} signatures accepted, {refused} changed requests refused");
    assert!(accepted == 12 && refused > 40, "{accepted} {refused}");
}

/// Every operation with every signature that its provider has.
fn signatures() -> Vec<(&'static str, Signing)> {
    use Signing::{Derived, HmacSha1, Sm3, Standard};
    let acs = [
        "alibaba/ram/UpdateUser",
        "alibaba/live/ModifyLiveMessageUserInfo",
    ];
    let mut all = vec![("tencent/cam/UpdateUser", Standard)];
    for id in acs.into_iter().chain(["alibaba/quickbi-public/UpdateUser"]) {
        all.extend([Standard, Sm3, HmacSha1].map(|signing| (id, signing)));
    }
    all.extend(
        [Standard, Derived].map(|signing| ("huawei/workspace/UpdateUserInfo", signing)),
    );
    all
}

fn is_secret(name: &str) -> bool {
    ["_SECRET", "_SECRET_KEY", "_SK"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// The request with one thing changed after it was signed.
fn changes(dry: &Json) -> Vec<(&'static str, String)> {
    let request = bytes(dry);
    let mut changed = vec![
        ("host", request.replacen("\r\nhost: ", "\r\nhost: x", 1)),
        (
            "query",
            request.replacen(
                " HTTP/1.1",
                if request.contains('?') {
                    "&z=1 HTTP/1.1"
                } else {
                    "?z=1 HTTP/1.1"
                },
                1,
            ),
        ),
        (
            "method",
            request.replacen(request.split(' ').next().unwrap_or_default(), "PATCH", 1),
        ),
        (
            "body",
            request
                .replace("\r\ncontent-length: ", "\r\ncontent-length: 1")
                .to_owned()
                + &"x".repeat(200),
        ),
    ];
    let last = request.find("ignature=").map(|at| at + "ignature=".len());
    let at = last.expect("a signature is somewhere");
    let flipped = if &request[at..=at] == "0" { "1" } else { "0" };
    changed.push((
        "signature",
        [&request[..at], flipped, &request[at + 1..]].concat(),
    ));
    changed
}

#[tokio::test]
async fn the_keys_the_token_and_the_time_have_to_be_the_printed_ones() {
    let mock = start();
    let service = &huawei::workspace::SERVICE;
    let request = || typed::workspace(&json!({ "user_id": "u" }));
    let token = |token: &str| {
        calm(
            &mock,
            Config::new(Credentials::token(token).project_id("mock-huawei-project")),
        )
    };
    call(service, token("mock-huawei-token"), request())
        .await
        .expect("the printed token");
    let error = call(service, token("another"), request())
        .await
        .expect_err("another token");
    assert_eq!(
        (error.status(), error.raw_code()),
        (Some(401), Some("APIGW.0301"))
    );
    let keys = Credentials::new("mock-huawei-key-id", "mock-huawei-key-secret");
    let other = calm(&mock, Config::new(keys.project_id("other")));
    let error = call(service, other, request())
        .await
        .expect_err("another project");
    assert_eq!(error.status(), Some(403));

    let service = &tencent::cam::SERVICE;
    let request = || typed::cam(&json!({ "Name": "n" }));
    let unknown = calm(&mock, Config::new(Credentials::new("AKIDother", "x")));
    let error = call(service, unknown, request())
        .await
        .expect_err("an unknown key");
    assert_eq!(error.raw_code(), Some("AuthFailure.SecretIdNotFound"));
    for (minutes, good) in [(0, true), (14, true), (16, false)] {
        for sign in [-1, 1] {
            let config =
                config(&mock, Protocol::Tc3Json).stamp(move || shifted(sign * minutes));
            let result = call(service, config, request()).await;
            assert_eq!(result.is_ok(), good, "{minutes} minutes: {result:?}");
            let late = result
                .err()
                .and_then(|error| error.raw_code().map(str::to_owned));
            assert_eq!(
                late,
                (!good).then(|| "AuthFailure.SignatureExpire".to_owned())
            );
        }
    }
}

fn shifted(minutes: i64) -> Stamp {
    let now = Stamp::now();
    let by = Duration::from_secs(minutes.unsigned_abs() * 60);
    let time = if minutes < 0 {
        now.time - by
    } else {
        now.time + by
    };
    Stamp { time, ..now }
}

#[tokio::test]
async fn placeholder_keys_are_good_only_where_that_is_asked_for() {
    for any_credentials in [false, true] {
        let mock = start_with(&Settings {
            any_credentials,
            ..Settings::default()
        });
        // As the generated examples build their client.
        let config = |credentials| calm(&mock, Config::new(credentials));
        let keys = || Credentials::new("id", "secret");
        let request = typed::ram(&json!({ "UserName": "a" }));
        let ram = call(&alibaba::ram::SERVICE, config(keys()), request).await;
        let request = typed::cam(&json!({ "Name": "a" }));
        let cam = call(&tencent::cam::SERVICE, config(keys()), request).await;
        let request = typed::workspace(&json!({ "user_id": "a" }));
        let keys = keys().project_id("project_id");
        let workspace = call(&huawei::workspace::SERVICE, config(keys), request).await;
        let done = [ram.is_ok(), cam.is_ok(), workspace.is_ok()];
        assert_eq!(done, [any_credentials; 3]);
    }
}

#[tokio::test]
async fn what_breaks_the_spec_is_refused_with_the_member_and_the_rule() {
    let mock = start();
    let cases = [
        (
            "alibaba/ram/UpdateUser",
            json!({}),
            "UserName: is required",
            "MissingParameter",
        ),
        (
            "alibaba/ram/UpdateUser",
            json!({ "UserName": "a b" }),
            "UserName: must match",
            "InvalidParameter",
        ),
        (
            "alibaba/live/ModifyLiveMessageUserInfo",
            json!({ "AppId": "a", "UserId": "u", "UserMetaInfo": "x".repeat(513) }),
            "UserMetaInfo: must",
            "InvalidParameter",
        ),
        (
            "alibaba/quickbi-public/UpdateUser",
            json!({ "UserId": "u", "UserType": 11, "RoleIds": "1,2,3,4" }),
            "RoleIds: must",
            "InvalidParameter",
        ),
        (
            "tencent/cam/UpdateUser",
            json!({ "Remark": "r" }),
            "Name: is required",
            "MissingParameter",
        ),
    ];
    for (id, input, why, code) in cases {
        let error = untyped(&mock, id, &input).await.expect_err("refused");
        assert!(
            error.contains(why) && error.starts_with(code),
            "{id}: {error}"
        );
        assert_eq!(last(&mock)["accepted"], false);
    }
    // What no client of ours would write is signed by hand.
    let id = "huawei/workspace/UpdateUserInfo";
    for (body, why) in [
        (
            r#"{"disabled":"yes"}"#,
            "disabled: expected true or false, found a text",
        ),
        (r#"{"nope":1}"#, "no member \"nope\""),
        (
            r#"{"user_id":"u"}"#,
            "user_id: does not belong into the body",
        ),
        ("[]", "the body: expected an object"),
        ("{", "the body: no JSON (line 1, column 1)"),
    ] {
        let request = signed_by_hand(&mock, body);
        let (status, answer) = send(&mock, &request);
        let message = answer["error_msg"].as_str().unwrap_or_default();
        assert!(
            status == 400 && message.contains(why),
            "{id}: {status} {answer}"
        );
    }
}

/// A request of the REST style with a body that has another form than its spec.
fn signed_by_hand(mock: &Mock, body: &str) -> String {
    use yunspec_runtime::protocol::HttpRequest;
    use yunspec_runtime::sign::{Digest, sdk_hmac};
    let host = mock.url().trim_start_matches("http://").to_owned();
    let request = HttpRequest {
        method: http::Method::PUT,
        host: host.clone(),
        path: "/v2/mock-huawei-project/users/u".to_owned(),
        query: Vec::new(),
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
    };
    let keys = Credentials::new("mock-huawei-key-id", "mock-huawei-key-secret");
    let variant = sdk_hmac::Variant::Plain(Digest::Sha256);
    let signed =
        sdk_hmac::sign(&request, &keys, &Stamp::now(), variant).expect("it signs");
    let header = |(name, value): &(http::HeaderName, http::HeaderValue)| {
        format!("{name}: {}\r\n", value.to_str().expect("ASCII"))
    };
    let headers: String = signed.headers.iter().map(header).collect();
    let (path, length) = (request.path, body.len());
    format!(
        "PUT {path} HTTP/1.1\r\nhost: {host}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

#[tokio::test]
async fn what_is_no_operation_is_refused_in_the_form_of_its_provider() {
    let mock = start();
    let ask = |head: &str| {
        send(
            &mock,
            &format!("{head}\r\nhost: h\r\nconnection: close\r\n\r\n"),
        )
    };
    let (status, body) = ask("POST / HTTP/1.1\r\nx-acs-action: Nope\r\nx-acs-version: 1");
    assert_eq!(
        (status, &body["Code"]),
        (404, &json!("InvalidAction.NotFound"))
    );
    let (status, body) =
        ask("POST / HTTP/1.1\r\nx-acs-action: UpdateUser\r\nx-acs-version: 1");
    assert_eq!((status, &body["Code"]), (400, &json!("InvalidVersion")));
    let (status, body) = ask("POST /?Action=UpdateUser&Version=2015-05-01 HTTP/1.1");
    assert_eq!(
        (status, &body["Code"]),
        (400, &json!("IncompleteSignature"))
    );
    let (status, body) = ask("POST / HTTP/1.1\r\nx-tc-action: Nope");
    assert_eq!(
        (status, &body["Response"]["Error"]["Code"]),
        (200, &json!("InvalidAction"))
    );
    let (status, body) = ask("DELETE /v2/p/users/u HTTP/1.1");
    assert_eq!((status, &body["error_code"]), (404, &json!("APIGW.0101")));
    let why = last(&mock)["why"].as_str().unwrap_or_default().to_owned();
    assert!(
        why.contains("PUT /v2/{project_id}/users/{user_id}"),
        "{why}"
    );
}

#[tokio::test]
async fn every_documented_error_arrives_as_its_variant() {
    let mock = start();
    let model = model("specs");
    let (mut operations, mut played) = (0, 0);
    for shown in show::all(&model) {
        operations += 1;
        played += match shown.id().as_str() {
            "alibaba/ram/UpdateUser" => {
                play(&mock, shown, &alibaba::ram::SERVICE, typed::ram).await
            }
            "alibaba/live/ModifyLiveMessageUserInfo" => {
                play(&mock, shown, &alibaba::live::SERVICE, typed::live).await
            }
            "alibaba/quickbi-public/UpdateUser" => {
                play(
                    &mock,
                    shown,
                    &alibaba::quickbi_public::SERVICE,
                    typed::quickbi,
                )
                .await
            }
            "tencent/cam/UpdateUser" => {
                play(&mock, shown, &tencent::cam::SERVICE, typed::cam).await
            }
            "huawei/workspace/UpdateUserInfo" => {
                play(&mock, shown, &huawei::workspace::SERVICE, typed::workspace).await
            }
            other => panic!("{other} has no row here"),
        };
    }
    println!("mock: {operations} operations, {played} documented errors played");
    assert!(operations == 5 && played >= 42, "{operations} {played}");
}

/// Plays every documented error of an operation, its own and its provider's.
async fn play<O: Operation>(
    mock: &Mock,
    shown: Shown<'_>,
    service: &'static Service,
    request: fn(&Json) -> O,
) -> usize
where
    O::Response: std::fmt::Debug,
    O::Error: std::fmt::Debug,
{
    let id = shown.id();
    let call = || {
        call(
            service,
            config(mock, service.protocol),
            request(&least(&id)),
        )
    };
    let own = shown.operation.errors.len();
    let all = shown.operation.errors.iter().chain(&shown.provider.errors);
    for (index, error) in all.enumerate() {
        let code = error.code.clone().unwrap_or_default();
        let name = if code.is_empty() {
            error.status.unwrap_or(0).to_string()
        } else {
            code.clone()
        };
        order(mock, &json!({ "operation": id, "error": name }));
        let Err(Error::Service(refusal)) = call().await else {
            panic!("{id}: {name} did not arrive")
        };
        assert_eq!(refusal.raw_code, code, "{id}");
        let usual = if service.protocol == Protocol::Tc3Json {
            200
        } else {
            400
        };
        assert_eq!(
            refusal.status(),
            error.status.unwrap_or(usual),
            "{id}: {name}"
        );
        assert!(refusal.request_id.is_some(), "{id}: {name}");
        if index < own && !code.is_empty() {
            assert!(
                refusal.code.index().is_ok(),
                "{id}: {name} has a variant of its own"
            );
            assert_eq!(refusal.code.to_text(), code);
        }
        let message = error.message.as_deref().unwrap_or_default();
        if message.contains("%s") {
            assert_eq!(
                refusal.parameters.len(),
                1,
                "{id}: {name}: {}",
                refusal.message
            );
        } else if !message.is_empty() {
            assert_eq!(refusal.message, message, "{id}: {name}");
        }
    }
    call().await.expect("an ordered error is played once");
    own + shown.provider.errors.len()
}

#[tokio::test]
async fn an_answer_can_be_ordered_to_the_letter() {
    let mock = start();
    let id = "tencent/cam/UpdateUser";
    let request = || typed::cam(&json!({ "Name": "a" }));
    let call = |config| call(&tencent::cam::SERVICE, config, request());
    order(
        &mock,
        &json!({ "operation": id, "status": 503, "body": "<html>busy</html>" }),
    );
    // A call that is refused for its own faults does not use it up.
    untyped(&mock, id, &json!({})).await.expect_err("refused");
    let error = call(config(&mock, Protocol::Tc3Json))
        .await
        .expect_err("busy");
    assert_eq!(error.status(), Some(503));
    call(config(&mock, Protocol::Tc3Json))
        .await
        .expect("used once");

    for wrong in [
        json!({ "operation": "no/such/One", "error": "x" }),
        json!({ "operation": id, "error": "Nope" }),
        json!({ "operation": id }),
        json!({ "operation": id, "status": 99 }),
        json!({ "operation": id, "error": "FailedOperation", "status": 500 }),
        json!({ "operation": id, "eror": "FailedOperation" }),
    ] {
        let (status, _) = control(&mock, "POST", "/_mock/next", &wrong.to_string());
        assert_eq!(status, 400, "{wrong}");
    }
    let nope = json!({ "operation": id, "error": "Nope" }).to_string();
    let (_, body) = control(&mock, "POST", "/_mock/next", &nope);
    let known = body["known"].as_array().expect("the documented codes");
    assert!(
        known.contains(&json!("ResourceNotFound.UserNotExist")),
        "{body}"
    );
    assert_eq!(control(&mock, "GET", "/_mock/else", "").0, 400);
}

#[tokio::test]
async fn call_works_against_it_for_every_operation() {
    let mock = start();
    let model = model("specs");
    for shown in show::all(&model) {
        let id = shown.id();
        let samples = shown
            .operation
            .examples
            .iter()
            .filter_map(|it| it.request.clone());
        for input in samples.chain([least(&id)]) {
            let response = untyped(&mock, &id, &input).await.expect(&id);
            assert!(response.is_object(), "{id}: {response}");
        }
    }
}

#[tokio::test]
async fn every_shape_is_read_back_from_every_place() {
    let everything = json!({
        "Text": "a&b=c d+e", "Int32": -3, "Int64": i64::MAX, "Uint64": 10, "Number": 0.5,
        "Boolean": true, "Timestamp": "2026-01-02T03:04:05Z", "Binary": "aGk=",
        "Any": { "a": [1] }, "Texts": ["a", "b"], "Maybe": [1, 2, 3],
        "Nested": [["a"], ["b", "c"]], "Map": { "x.y": 1.5, "z": 1 },
        "Maps": { "m": [{ "t": { "Name": "ash" } }, { "u": { "Name": "oak" } }] },
        "Tree": { "Name": "oak", "Leaves": [{ "Name": "l" }], "Roots": { "r": { "Name": "x" } } },
        "Secrets": ["x"], "Password": "a`b", "Roles": "a,b", "Kinds": ["a", "c"],
        "Own": { "Name": "own", "List": ["l"] },
    });
    for place in [Location::Body, Location::Query, Location::Form] {
        let mut model = only("course/shapes/PutEverything");
        let service = &mut model.providers[0].services[0];
        for member in &mut service.operations[0].request.members {
            member.location = place;
        }
        // The trees of the course have no end.
        for member in service.structures.iter_mut().flat_map(|it| &mut it.members) {
            member.required = false;
        }
        let (status, answer) = round(&model, &everything).await;
        assert_eq!(status, 200, "{place:?}: {answer}");
        let mut wrong = everything.clone();
        wrong["Tree"]["Leaves"][0] =
            json!({ "Name": "l", "Kind": "elm", "Branch": { "Name": "" } });
        assert_eq!(round(&model, &wrong).await.0, 200, "an enumeration is open");
        wrong["Texts"] = json!(["1", "2", "3", "4"]);
        let (status, answer) = round(&model, &wrong).await;
        let message = answer["error_msg"].as_str().unwrap_or_default();
        assert!(
            status == 400 && message.starts_with("Texts: must"),
            "{place:?}: {answer}"
        );
    }
    let places = json!({
        "place": "a b/c", "id": 7, "bucket": "b", "content": { "key": "k", "value": "v" },
        "limit": 3, "tags": [{ "key": "k", "value": "v" }, { "key": "l" }],
        "more": [{ "key": "k" }], "ids": ["a", "b"], "keys": ["x", "y"], "X-Trace": "t",
    });
    let answer = round(&only("course/places/GetPlaces"), &places).await;
    assert_eq!(answer, (200, json!({})));
    let form = json!({ "name": "张", "tags": ["b", "c"] });
    let answer = round(&only("course/places/PostForm"), &form).await;
    assert_eq!(answer, (200, json!({})));
    // Nobody has written a response down here, so it is made from the shapes.
    let mut bare = only("course/shapes/PutEverything");
    bare.providers[0].services[0].operations[0].examples.clear();
    bare.providers[0].services[0].operations[0]
        .request
        .members
        .clear();
    let (status, made) = round(&bare, &json!({})).await;
    assert_eq!(
        (status, &made["Kind"], &made["Number"]),
        (200, &json!("a"), &json!(0))
    );
    assert!(
        made["Own"][0]["List"].is_array() && made["Tree"]["Kind"] == "oak",
        "{made}"
    );
}

/// The course with one operation.
fn only(id: &str) -> Model {
    let mut model = model("tests/golden/specs");
    for provider in &mut model.providers {
        for service in &mut provider.services {
            let name = format!("{}/{}", provider.id, service.id);
            service
                .operations
                .retain(|it| format!("{name}/{}", it.name) == id);
        }
        provider
            .services
            .retain(|service| !service.operations.is_empty());
    }
    model
}

/// Writes the only operation of a model, and lets a stand-in of that model read it.
async fn round(model: &Model, input: &Json) -> (u16, Json) {
    let mock = Mock::start(model.clone(), &Settings::default()).expect("a port is free");
    let shown = show::all(model).next().expect("an operation");
    let settings = CallSettings {
        unchecked: true,
        ..CallSettings::default()
    };
    let ready = yunspec::call::ready(shown, input, settings, lookup(&mock));
    let dry = ready.expect("the input has the shapes").dry_run().await;
    send(&mock, &bytes(&dry.expect("it is written and signed")))
}

#[tokio::test]
async fn it_ends_after_its_calls_or_its_time() {
    let mock = start_with(&Settings {
        requests: Some(2),
        ..Settings::default()
    });
    let url = mock.url();
    for _ in 0..2 {
        assert_eq!(control(&mock, "GET", "/_mock/calls", "").0, 200);
        untyped(&mock, "tencent/cam/UpdateUser", &json!({ "Name": "a" }))
            .await
            .expect("good");
    }
    mock.wait();
    let address = url.trim_start_matches("http://");
    assert!(
        std::net::TcpStream::connect(address).is_err(),
        "nobody listens any more"
    );
    let lasting = Duration::from_millis(30);
    start_with(&Settings {
        lasting,
        ..Settings::default()
    })
    .wait();
    let mock = start();
    let _silent = std::net::TcpStream::connect(mock.url().trim_start_matches("http://"));
    mock.stop();
}

/// The least input that an operation takes.
fn least(id: &str) -> Json {
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
async fn untyped(mock: &Mock, id: &str, input: &Json) -> Result<Json, String> {
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

async fn dry_run(
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
