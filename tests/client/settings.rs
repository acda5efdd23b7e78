//! Credentials and region from the environment; a transport of the program's own.

use std::sync::{Arc, Mutex};

use yunspec_runtime::credentials::Environment;
use yunspec_runtime::transport::{Bytes, Limits, Transport, TransportError, http};
use yunspec_runtime::{
    BoxFuture, Client, Config, Credentials, CredentialsError, Error, Protocol, Retries,
    Timeouts,
};

use crate::operations::{
    CAM, CamUpdateUser, RAM, RamUpdateUser, WORKSPACE, WorkspaceUpdateUser, credentials,
    stamp,
};

fn environment(protocol: Protocol, variables: &'static [(&str, &str)]) -> Environment {
    Environment::with_lookup(protocol, |name| {
        let found = variables.iter().find(|(known, _)| *known == name)?;
        Some(found.1.to_owned())
    })
}

#[test]
fn the_names_of_each_provider() {
    let alibaba = environment(
        Protocol::ACS_RPC,
        &[
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", "id"),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", " secret\r\n"),
            ("ALIBABA_CLOUD_SECURITY_TOKEN", "token\n"),
            ("ALIBABA_CLOUD_REGION_ID", "cn-shanghai"),
        ],
    );
    let expected = Credentials::new("id", "secret").security_token("token");
    assert_eq!(alibaba.credentials().expect("complete"), expected);
    assert_eq!(
        alibaba.region().expect("well-formed").as_deref(),
        Some("cn-shanghai")
    );

    let tencent = environment(
        Protocol::TC3_JSON,
        &[
            ("TENCENTCLOUD_SECRET_ID", "id"),
            ("TENCENTCLOUD_SECRET_KEY", "key"),
            ("TENCENTCLOUD_TOKEN", " "),
        ],
    );
    assert_eq!(
        tencent.credentials().expect("complete"),
        Credentials::new("id", "key")
    );
    assert_eq!(tencent.region().expect("absent"), None);

    let huawei = environment(
        Protocol::SDK_HMAC_REST,
        &[
            ("HUAWEICLOUD_SDK_AK", "ak"),
            ("HUAWEICLOUD_SDK_SK", "sk"),
            ("HUAWEICLOUD_SDK_SECURITY_TOKEN", "t"),
            ("HUAWEICLOUD_SDK_PROJECT_ID", "p"),
            ("HUAWEICLOUD_SDK_DOMAIN_ID", "d"),
            ("HUAWEICLOUD_SDK_REGION", "cn-north-4"),
        ],
    );
    let expected = Credentials::new("ak", "sk")
        .security_token("t")
        .project_id("p")
        .domain_id("d");
    assert_eq!(huawei.credentials().expect("complete"), expected);
    assert_eq!(
        huawei.region().expect("well-formed").as_deref(),
        Some("cn-north-4")
    );
    assert_eq!(huawei.endpoint().expect("absent"), None);
}

#[test]
fn missing_and_malformed_variables() {
    let none = environment(Protocol::ACS_ROA, &[])
        .credentials()
        .expect_err("nothing is set");
    assert_eq!(
        none.to_string(),
        "no credentials: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET \
         in the environment, or pass Credentials::new to Config::new"
    );
    let half = environment(Protocol::TC3_JSON, &[("TENCENTCLOUD_SECRET_ID", "id")]);
    let half = half.credentials().expect_err("half is set");
    assert!(
        matches!(&half, CredentialsError::Missing { variables } if variables == &["TENCENTCLOUD_SECRET_KEY"]),
        "{half}"
    );
    let odd = environment(
        Protocol::SDK_HMAC_REST,
        &[
            ("HUAWEICLOUD_SDK_AK", "a\nb"),
            ("HUAWEICLOUD_SDK_SK", "CANARY"),
        ],
    );
    let odd = odd.credentials().expect_err("a line break inside");
    assert!(
        odd.to_string()
            .starts_with("HUAWEICLOUD_SDK_AK holds a line break"),
        "{odd}"
    );
    assert!(!format!("{odd:?}").contains("CANARY"));
}

/// Keeps the requests, and gives one answer or none.
#[derive(Debug)]
struct Fake {
    answer: Option<(u16, &'static str)>,
    sent: Mutex<Vec<(http::Request<Bytes>, Limits)>>,
}

impl Fake {
    fn new(answer: Option<(u16, &'static str)>) -> Arc<Self> {
        Arc::new(Self {
            answer,
            sent: Mutex::default(),
        })
    }
}

impl Transport for Fake {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.sent
            .lock()
            .expect("no test panics with it")
            .push((request, limits));
        let answer = self.answer.map(|(status, body)| {
            let response = http::Response::builder().status(status);
            response
                .body(Bytes::from_static(body.as_bytes()))
                .expect("well-formed")
        });
        let none = || TransportError::Timeout {
            sent: false,
            received: None,
        };
        Box::pin(std::future::ready(answer.ok_or_else(none)))
    }
}

#[tokio::test]
async fn a_transport_of_ones_own() {
    let fake = Fake::new(Some((200, r#"{"RequestId":"r-1","User":{"UserId":"u1"}}"#)));
    let timeouts = Timeouts::default();
    let config = Config::new(credentials())
        .transport(fake.clone())
        .region("cn-shanghai")
        .stamp(stamp);
    let ram = Client::new(&RAM, config.clone().max_response_bytes(99)).expect("sound");
    let response = ram.call(RamUpdateUser::new("a")).await.expect("a success");
    assert_eq!(response.into_inner().user.user_id, "u1");

    let elsewhere = Client::new(&RAM, config.region("cn-guangzhou")).expect("sound");
    elsewhere
        .call(RamUpdateUser::new("a"))
        .await
        .expect("a success");

    let sent = fake.sent.lock().expect("no test panics with it");
    let (request, limits) = &sent[0];
    assert_eq!(request.uri(), "https://ram.aliyuncs.com/?UserName=a");
    assert_eq!(request.headers()["host"], "ram.aliyuncs.com");
    assert_eq!(
        (limits.timeout, limits.max_response_bytes),
        (timeouts.attempt, 99)
    );
    assert_eq!(
        sent[1].0.uri().host(),
        Some("ram.cn-guangzhou.aliyuncs.com")
    );
}

#[tokio::test]
async fn no_connection_in_time() {
    let fake = Fake::new(None);
    let config = Config::new(credentials())
        .transport(fake)
        .region("cn-north-4")
        .retries(Retries::none());
    let workspace = Client::new(&WORKSPACE, config.clone()).expect("sound");
    let error = workspace
        .call(WorkspaceUpdateUser::new("u"))
        .await
        .expect_err("no answer");
    assert_eq!(
        error.to_string(),
        "no connection within 3s (nothing was sent)"
    );
    assert!(error.is_timeout() && error.is_retryable() && !error.was_sent());

    let cam = Client::new(&CAM, config).expect("sound");
    let boxed: Box<dyn std::error::Error + Send + Sync> = cam
        .call(CamUpdateUser::new("a"))
        .await
        .expect_err("no answer")
        .into();
    assert!(
        boxed
            .downcast_ref::<Error<super::operations::CamUpdateUserError>>()
            .is_some()
    );
}
