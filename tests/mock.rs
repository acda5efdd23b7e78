//! The stand-in of the clouds: the typed clients and `yunspec call` against it, what it
//! refuses, and every documented error played once.

mod mock {
    mod played;
    mod refused;
    mod shapes;
    pub(crate) mod stand;
    mod who;
}

use std::time::Duration;

use serde_json::json;
use yun_sdk::{alibaba, huawei, tencent};
use yunspec::mock::Settings;
use yunspec::show;
use yunspec_runtime::Protocol;
use yunspec_tests::typed;

use mock::stand::{config, control, last, least, model, start, start_with, untyped};

#[tokio::test]
async fn the_typed_clients_get_the_documented_samples() {
    let mock = start();
    let ram =
        alibaba::ram::Client::new(config(&mock, Protocol::ACS_RPC)).expect("a client");
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
        alibaba::live::Client::new(config(&mock, Protocol::ACS_RPC)).expect("a client");
    let request = typed::live(&json!({ "AppId": "demo", "UserId": "张 三+&=" }));
    let response = live
        .modify_live_message_user_info(request)
        .await
        .expect("accepted");
    assert_eq!(response.fail_list[0].code, Some(440));

    let quickbi = config(&mock, Protocol::ACS_RPC);
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
        tencent::cam::Client::new(config(&mock, Protocol::TC3_JSON)).expect("a client");
    let request = typed::cam(
        &json!({ "Name": "test124", "ConsoleLogin": 1, "Remark": "\u{1f600}" }),
    );
    let response = cam.update_user(request).await.expect("accepted");
    assert_eq!(
        Some(response.request_id.as_str()),
        last(&mock)["request_id"].as_str()
    );

    let workspace = config(&mock, Protocol::SDK_HMAC_REST);
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
