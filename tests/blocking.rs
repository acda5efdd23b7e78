//! The blocking clients: the five operations over a socket, from many threads, and inside of
//! async runtimes.

use std::task::Poll;
use std::thread;
use std::time::Duration;

use serde_json::json;
use yun_sdk::runtime::credentials::Surroundings;
use yun_sdk::runtime::{Protocol, Retries};
use yun_sdk::{Config, ConfigError, Credentials, CredentialsError, Error, Timeouts};
use yun_sdk::{alibaba, huawei, tencent};
use yunspec_tests::server::{Answer, Server};
use yunspec_tests::typed;

fn config(server: &Server) -> Config {
    let credentials = Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE").project_id("p1");
    Config::new(credentials)
        .endpoint(server.url())
        .allow_http(true)
        .rate_limit(false)
}

fn cam_answers(count: usize) -> impl Iterator<Item = Answer> {
    let answer =
        |id| Answer::new(200).body(format!(r#"{{"Response":{{"RequestId":"r-{id}"}}}}"#));
    (0..count).map(answer)
}

fn cam(server: &Server) -> tencent::cam::blocking::Client {
    tencent::cam::blocking::Client::new(config(server)).expect("sound settings")
}

fn update(cam: &tencent::cam::blocking::Client) -> String {
    let response = cam.update_user(typed::cam(&json!({ "Name": "n" })));
    response.expect("a success").request_id.clone()
}

#[test]
fn every_operation() {
    let id =
        r#"{"RequestId":"r-1","User":{"UserName":"n"},"Result":true,"Success":true}"#;
    let answers = [
        Answer::new(200).body(id),
        Answer::new(200).body(id),
        Answer::new(200).body(id),
        Answer::new(200).body(r#"{"Response":{"RequestId":"r-1"}}"#),
        Answer::new(200)
            .header("X-Request-Id", "r-1")
            .body(r#"{"id":"u"}"#),
    ];
    let server = Server::start(answers);
    let live = alibaba::live::blocking::Client::new(config(&server)).expect("sound");
    let input = json!({ "AppId": "a", "UserId": "u" });
    let response = live.modify_live_message_user_info(typed::live(&input));
    assert_eq!(response.expect("a success").request_id(), Some("r-1"));

    let quickbi = alibaba::quickbi_public::blocking::Client::new(config(&server));
    let input = typed::quickbi(&json!({ "UserId": "u" }));
    let response = quickbi
        .expect("sound")
        .update_user(input)
        .expect("a success");
    assert_eq!(
        (response.request_id(), response.result),
        (Some("r-1"), Some(true))
    );

    let ram = alibaba::ram::blocking::Client::new(config(&server)).expect("sound");
    let response = ram.update_user(typed::ram(&json!({ "UserName": "n" })));
    let user = response
        .expect("a success")
        .into_inner()
        .user
        .expect("it came");
    assert_eq!(user.user_name.as_deref(), Some("n"));

    assert_eq!(update(&cam(&server)), "r-1");

    let workspace = huawei::workspace::blocking::Client::new(config(&server));
    let input = typed::workspace(&json!({ "user_id": "u" }));
    let response = workspace.expect("sound").update_user_info(input);
    let response = response.expect("a success");
    assert_eq!(
        (response.request_id(), response.id.as_deref()),
        (Some("r-1"), Some("u"))
    );

    let targets: Vec<_> = server
        .requests()
        .iter()
        .map(|it| it.path().to_owned())
        .collect();
    assert_eq!(targets, ["/", "/", "/", "/", "/v2/p1/users/u"]);
}

#[test]
fn failures_are_typed_as_well() {
    use tencent::cam::UpdateUserError::ResourceNotFoundUserNotExist;

    let body = r#"{"Response":{"Error":{"Code":"ResourceNotFound.UserNotExist",
        "Message":"m"},"RequestId":"r-1"}}"#;
    let server = Server::start([Answer::new(200).body(body), Answer::stall()]);
    let timeouts = Timeouts {
        attempt: Duration::from_millis(50),
        ..Timeouts::default()
    };
    let config = config(&server).timeouts(timeouts).retries(Retries::none());
    let cam = tencent::cam::blocking::Client::new(config).expect("sound");
    let call = || cam.update_user(typed::cam(&json!({ "Name": "n" })));
    let error = call().expect_err("refused");
    assert_eq!(error.code(), Some(&ResourceNotFoundUserNotExist));
    let error = call().expect_err("no answer comes");
    assert!(error.is_timeout() && error.was_sent(), "{error}");

    let none = Config::new(Credentials::new("id", "key")).endpoint("ftp://x");
    let error = tencent::cam::blocking::Client::new(none).expect_err("no endpoint");
    assert!(matches!(error, ConfigError::Endpoint(_)), "{error}");
}

#[test]
fn many_threads_share_a_client() {
    let server = Server::start(cam_answers(200));
    let cam = cam(&server);
    let threads = (0..20).map(|_| {
        let cam = cam.clone();
        thread::spawn(move || (0..10).map(|_| update(&cam)).collect::<Vec<_>>())
    });
    let threads: Vec<_> = threads.collect();
    let ids = threads
        .into_iter()
        .flat_map(|thread| thread.join().expect("no thread panics"));
    let ids: std::collections::BTreeSet<_> = ids.collect();
    assert_eq!(ids.len(), 200, "each call got its own answer");
    let connections = server.requests();
    let connections = connections.iter().map(|request| request.connection);
    let connections: std::collections::BTreeSet<_> = connections.collect();
    assert!(connections.len() <= 40, "{} connections", connections.len());
}

#[test]
fn clones_share_connections_and_the_stock_of_retries() {
    let throttled = || Answer::new(429).body("{}");
    let answers = cam_answers(3).chain([throttled(), throttled(), throttled()]);
    let server = Server::start(answers);
    let retries = Retries {
        budget: 1,
        base: Duration::ZERO,
        ..Retries::default()
    };
    let cam = tencent::cam::blocking::Client::new(config(&server).retries(retries));
    let cam = cam.expect("sound");
    for _ in 0..3 {
        update(&cam.clone());
        // The connection goes back to the pool on another thread.
        thread::sleep(Duration::from_millis(50));
    }
    let requests = server.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.connection == requests[0].connection)
    );
    let refused = |cam: &tencent::cam::blocking::Client| {
        let error = cam.update_user(typed::cam(&json!({ "Name": "n" })));
        error.expect_err("too many").attempts()
    };
    assert_eq!((refused(&cam.clone()), refused(&cam.clone())), (2, 1));
}

#[test]
fn inside_of_runtimes() {
    let server = Server::start(cam_answers(8));
    let current = tokio::runtime::Builder::new_current_thread().build();
    let threads = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build();
    for runtime in [current, threads] {
        let runtime = runtime.expect("a runtime without I/O and without timers");
        let ids = runtime.block_on(async {
            let cam = cam(&server);
            let (one, other) = (cam.clone(), cam.clone());
            let spawned = tokio::spawn(async move { update(&one) });
            let blocking = tokio::task::spawn_blocking(move || update(&other));
            let ids = [update(&cam), spawned.await.expect("it ran")];
            drop(cam);
            ids.into_iter()
                .chain([blocking.await.expect("it ran")])
                .collect::<Vec<_>>()
        });
        assert_eq!(ids.len(), 3);
    }
}

#[tokio::test]
async fn a_task_without_polls_left_gets_its_answer() {
    let server = Server::start(cam_answers(1));
    let cam = cam(&server);
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    for number in 0..10_000 {
        sender.send(number).expect("the receiver is there");
    }
    let id = std::future::poll_fn(|context| {
        while receiver.poll_recv(context).is_ready() {}
        Poll::Ready(update(&cam))
    });
    assert_eq!(id.await, "r-0");
    assert!(!receiver.is_empty(), "the runtime stopped it in between");
}

#[test]
fn sources_run_there_too() {
    let server = Server::start(cam_answers(2));
    let url = server.url();
    let surroundings = Surroundings::with_lookup(move |name| match name {
        "TENCENTCLOUD_SECRET_ID" => Some("ID".to_owned()),
        "TENCENTCLOUD_SECRET_KEY" => Some("KEY".to_owned()),
        "YUN_ENDPOINT" => Some(url.clone()),
        _ => None,
    });
    let config =
        Config::from_env(Protocol::TC3_JSON, &surroundings).expect("well-formed");
    let cam = tencent::cam::blocking::Client::new(config.clone()).expect("sound");
    assert_eq!(update(&cam), "r-0");
    drop(cam);
    let other = tencent::cam::blocking::Client::new(config).expect("sound");
    assert_eq!(
        update(&other),
        "r-1",
        "the cache outlives the client that filled it"
    );

    let failing = || async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        let fetched = tokio::spawn(async { "no luck" }).await;
        Err(CredentialsError::other(fetched.expect("it ran")))
    };
    let cam = tencent::cam::blocking::Client::new(Config::new(failing)).expect("sound");
    let error = cam.update_user(typed::cam(&json!({ "Name": "n" })));
    let error = error.expect_err("no credentials");
    assert!(matches!(&error, Error::Credentials(_)), "{error}");
    assert_eq!(error.to_string(), "no credentials: no luck");
}
