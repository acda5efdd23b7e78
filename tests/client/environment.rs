//! What a client takes from its surroundings, and when.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use yunspec_runtime::credentials::Surroundings;
use yunspec_runtime::transport::{Bytes, Limits, Transport, TransportError, http};
use yunspec_runtime::{
    BoxFuture, Client, Config, ConfigError, EndpointError, Error, Protocol, Service,
};
use yunspec_tests::server::{Answer, Server};

use crate::operations::{
    CAM, CamUpdateUser, RAM, RamUpdateUser, WORKSPACE, WorkspaceDeleteUser,
};

const ALL: [&Service; 3] = [&RAM, &CAM, &WORKSPACE];

/// The variables that make a complete environment, each cloud's own and the common one.
fn variables(endpoint: &str) -> Vec<(&'static str, String)> {
    let own = |name, value: &str| (name, value.to_owned());
    vec![
        own("ALIBABA_CLOUD_ACCESS_KEY_ID", "AKIDALIBABA"),
        own("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "SECRET"),
        own("TENCENTCLOUD_SECRET_ID", "AKIDTENCENT"),
        own("TENCENTCLOUD_SECRET_KEY", "SECRET"),
        own("TENCENTCLOUD_REGION", "ap-guangzhou"),
        own("HUAWEICLOUD_SDK_AK", "AKIDHUAWEI"),
        own("HUAWEICLOUD_SDK_SK", "SECRET"),
        own("HUAWEICLOUD_SDK_PROJECT_ID", "p1"),
        own("HUAWEICLOUD_SDK_REGION", "cn-north-4"),
        own("YUN_ENDPOINT", endpoint),
    ]
}

fn surroundings(variables: Vec<(&'static str, String)>) -> Surroundings {
    Surroundings::with_lookup(move |name| {
        let found = variables.iter().find(|(known, _)| *known == name)?;
        Some(found.1.clone())
    })
}

fn config(protocol: Protocol, endpoint: &str) -> Config {
    Config::from_env(protocol, &surroundings(variables(endpoint))).expect("well-formed")
}

#[tokio::test]
async fn variables_alone_make_a_client() {
    let server = Server::start([
        Answer::new(200).body(r#"{"RequestId":"r","User":{"UserId":"u"}}"#),
        Answer::new(200).body(r#"{"Response":{"RequestId":"r","New":{}}}"#),
        Answer::new(204),
    ]);
    let client = |service: &'static Service| {
        let config = config(service.protocol, &server.url());
        Client::new(service, config).expect("it is complete")
    };
    client(&RAM)
        .call(RamUpdateUser::new("a"))
        .await
        .expect("a success");
    client(&CAM)
        .call(CamUpdateUser::new("a"))
        .await
        .expect("a success");
    let request = WorkspaceDeleteUser::new("u");
    client(&WORKSPACE).call(request).await.expect("a success");
    let requests = server.requests();
    for (request, key) in
        requests
            .iter()
            .zip(["AKIDALIBABA", "AKIDTENCENT", "AKIDHUAWEI"])
    {
        let signed = request.header("authorization").expect("it is signed");
        assert!(signed.contains(key), "{signed}");
    }
    assert_eq!(requests[1].header("x-tc-region"), Some("ap-guangzhou"));
    assert_eq!(requests[2].path(), "/v2/p1/users/u");
}

#[test]
fn plain_http_stays_on_this_machine() {
    let client = |url: &str| Client::new(&CAM, config(Protocol::TC3_JSON, url));
    for near in [
        "http://127.0.0.1:8080",
        "http://127.3.2.1",
        "http://localhost:1/",
        "http://[::1]:80",
        "https://example.com",
    ] {
        client(near).expect(near);
    }
    for far in [
        "http://example.com",
        "http://10.0.0.1:80",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://0.0.0.0",
        "http://[::2]",
        "http://user@127.0.0.1",
    ] {
        let error = client(far).expect_err(far);
        let refused = matches!(error, ConfigError::Endpoint(EndpointError::HttpRefused));
        assert!(refused, "{far}: {error}");
    }
    for odd in [
        "127.0.0.1",
        "ftp://localhost",
        "http://127.0.0.1/path",
        "http://",
    ] {
        let error = client(odd).expect_err(odd);
        assert!(matches!(error, ConfigError::Endpoint(_)), "{odd}: {error}");
    }
}

#[test]
fn a_malformed_variable_is_told_at_once() {
    for name in ["YUN_ENDPOINT", "TENCENTCLOUD_REGION"] {
        let mut variables = variables("https://example.com");
        for (known, value) in &mut variables {
            if *known == name {
                "a\nb".clone_into(value);
            }
        }
        let error = Config::from_env(Protocol::TC3_JSON, &surroundings(variables));
        let error = error.expect_err(name).to_string();
        assert!(
            error.starts_with(&format!("{name} holds a line break")),
            "{error}"
        );
    }
}

/// A network that never answers, and counts.
#[derive(Debug, Default)]
struct Silent(AtomicUsize);

impl Transport for Silent {
    fn send(
        &self,
        _: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            tokio::time::sleep(limits.timeout).await;
            Err(TransportError::Timeout {
                sent: false,
                received: None,
            })
        })
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_happens_before_the_first_call_and_that_does_not_hang() {
    for service in ALL {
        let silent = Arc::new(Silent::default());
        let around = Surroundings::with_lookup(|_| None).transport(silent.clone());
        let config = Config::from_env(service.protocol, &around).expect("nothing is set");
        let config = config.region("cn-north-4").endpoint("https://example.com");
        let client = Client::new(service, config).expect("credentials come later");
        assert_eq!(silent.0.load(Ordering::SeqCst), 0, "{}", service.id);

        let began = tokio::time::Instant::now();
        let error = client
            .call(CamUpdateUser::new("a"))
            .await
            .expect_err("no keys");
        assert!(matches!(error, Error::Credentials(_)), "{error}");
        let text = error.to_string();
        assert!(text.contains("none of the sources has any: (1) "), "{text}");
        assert!(text.contains("instance metadata"), "{text}");
        let took = began.elapsed();
        assert!(
            took <= Duration::from_millis(1100),
            "{}: {took:?}",
            service.id
        );
        assert!(
            silent.0.load(Ordering::SeqCst) >= 1,
            "the metadata service was asked"
        );
    }
}

#[tokio::test]
async fn a_switch_keeps_the_metadata_service_out() {
    let switches = [
        "ALIBABA_CLOUD_ECS_METADATA_DISABLED",
        "TENCENTCLOUD_METADATA_DISABLED",
        "HUAWEICLOUD_SDK_METADATA_DISABLED",
    ];
    for (service, switch) in ALL.into_iter().zip(switches) {
        let silent = Arc::new(Silent::default());
        let around = surroundings(vec![(switch, "true".to_owned())]);
        let around = around.transport(silent.clone());
        let config = Config::from_env(service.protocol, &around).expect("well-formed");
        let config = config.region("cn-north-4");
        let client = Client::new(service, config).expect("credentials come later");
        let began = Instant::now();
        let error = client
            .call(CamUpdateUser::new("a"))
            .await
            .expect_err("no keys");
        assert!(error.to_string().contains(switch), "{error}");
        assert_eq!(silent.0.load(Ordering::SeqCst), 0, "nothing is sent");
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{:?}",
            began.elapsed()
        );
    }
}
