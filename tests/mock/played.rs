//! Answers that were ordered: documented errors, and any to the letter.

use serde_json::{Value as Json, json};
use yun_sdk::{alibaba, huawei, tencent};
use yunspec::mock::Mock;
use yunspec::show::{self, Shown};
use yunspec_runtime::{Error, Operation, Protocol, Service, WireEnum};
use yunspec_tests::typed;

use super::stand::{call, config, control, least, model, order, start, untyped};

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
    let of_providers = show::all(&model).map(|shown| shown.provider.errors.len());
    let of_providers: usize = of_providers.sum();
    println!(
        "mock: {operations} operations, {played} documented errors played \
         ({of_providers} of them common errors of the provider)"
    );
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
        let usual = if service.protocol == Protocol::TC3_JSON {
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
    let error = call(config(&mock, Protocol::TC3_JSON))
        .await
        .expect_err("busy");
    assert_eq!(error.status(), Some(503));
    call(config(&mock, Protocol::TC3_JSON))
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
