//! Several sources in a row, and what each provider's own tools try.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use yunspec_runtime::credentials::{Cached, Chain, default_chain};
use yunspec_runtime::{Credentials, CredentialsError, Protocol};

use crate::common::{CANARY, Home, Note, found, refusal};

const ALL: [Protocol; 3] = [
    Protocol::ACS_RPC,
    Protocol::TC3_JSON,
    Protocol::SDK_HMAC_REST,
];

async fn nothing() -> Result<Credentials, CredentialsError> {
    Err(CredentialsError::other("nothing here"))
}

#[tokio::test]
async fn the_first_that_has_any_answers() {
    let chain = Chain::new()
        .with(nothing)
        .with(Credentials::new("a", CANARY));
    let chain = chain.with(Credentials::new("b", CANARY));
    assert_eq!(found(&chain).await.access_key_id, "a");
}

#[tokio::test]
async fn what_no_request_can_carry_does_not_count() {
    let broken = Credentials::new("a", format!("{CANARY}\n"));
    let chain = Chain::new()
        .with(broken.clone())
        .with(Credentials::new("b", CANARY));
    assert_eq!(found(&chain).await.access_key_id, "b");
    let why = refusal(&Chain::new().with(broken)).await;
    assert!(
        why.contains("(1) the access key secret holds a line break"),
        "{why}"
    );
}

#[tokio::test]
async fn a_failure_poisons_nothing() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    let moody = move || {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        async move {
            match number {
                1 => Ok(Credentials::new("moody", CANARY)),
                _ => Err(CredentialsError::other("not now")),
            }
        }
    };
    let second = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&second);
    let late = move || {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        async move {
            if number == 0 {
                nothing().await
            } else {
                Ok(Credentials::new("late", CANARY))
            }
        }
    };
    let cached = Cached::new(Chain::new().with(moody).with(late));
    let why = refusal(&cached).await;
    assert_eq!(
        why,
        "no credentials: none of the sources has any: (1) not now; (2) nothing here"
    );
    assert_eq!(
        found(&cached).await.access_key_id,
        "moody",
        "all of it is tried again"
    );
    assert_eq!(second.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn an_empty_chain_says_so() {
    let why = refusal(&Chain::new()).await;
    assert_eq!(why, "no credentials: none of the sources has any");
}

#[tokio::test]
async fn where_nothing_is_set_up_every_source_tells_why() {
    let parts: [&[&str]; 3] = [
        &[
            "(1) ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set",
            "(2) ALIBABA_CLOUD_ROLE_ARN and ALIBABA_CLOUD_OIDC_PROVIDER_ARN and \
             ALIBABA_CLOUD_OIDC_TOKEN_FILE are not set",
            "(3) CLI profile: ",
            ".aliyun/config.json: there is no such file",
            "(4) profile file: ",
            ".alibabacloud/credentials: there is no such file",
            "(5) instance metadata: ",
            "(6) ALIBABA_CLOUD_CREDENTIALS_URI is not set",
        ],
        &[
            "(1) TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are not set",
            "(2) profile file: ",
            "(3) instance metadata: ",
            "(4) TKE_ROLE_ARN and TKE_PROVIDER_ID and TKE_WEB_IDENTITY_TOKEN_FILE and \
             TKE_REGION are not set",
        ],
        &[
            "(1) HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are not set",
            "(2) HUAWEICLOUD_SDK_IDP_ID and HUAWEICLOUD_SDK_ID_TOKEN_FILE are not set",
            "(3) profile file: ",
            "(4) instance metadata: ",
        ],
    ];
    for (protocol, parts) in ALL.into_iter().zip(parts) {
        let home = Home::new().network(Arc::new(Note::default()));
        let why = refusal(&default_chain(protocol, &home.surroundings())).await;
        let mut rest = why.as_str();
        for part in parts {
            let after = rest.split_once(part);
            (_, rest) = after.unwrap_or_else(|| panic!("{part:?} in this order: {why}"));
        }
    }
}

#[tokio::test]
async fn the_environment_comes_first_and_the_file_later() {
    let cases = [
        (
            Protocol::ACS_RPC,
            [
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            ],
            ".alibabacloud/credentials",
            "[default]\ntype=access_key\naccess_key_id=file\naccess_key_secret=x\n",
        ),
        (
            Protocol::TC3_JSON,
            ["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"],
            ".tencentcloud/credentials",
            "[default]\nsecret_id=file\nsecret_key=x\n",
        ),
        (
            Protocol::SDK_HMAC_REST,
            ["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK"],
            ".huaweicloud/credentials",
            "[basic]\nak=file\nsk=x\n",
        ),
    ];
    for (protocol, [id, secret], path, file) in cases {
        let network = Arc::new(Note::default());
        let home = Home::new().network(network.clone()).file(path, file);
        let keys = found(&default_chain(protocol, &home.surroundings())).await;
        assert_eq!(keys.access_key_id, "file");
        let home = home.set(id, "env");
        let keys = found(&default_chain(protocol, &home.surroundings())).await;
        assert_eq!(keys.access_key_id, "file", "half a pair is none");
        let home = home.set(secret, CANARY);
        let keys = found(&default_chain(protocol, &home.surroundings())).await;
        assert_eq!(keys.access_key_id, "env");
        assert!(
            network.urls().is_empty(),
            "nothing was asked over the network"
        );
    }
}

#[tokio::test]
async fn alibaba_s_cli_comes_before_the_ini_file() {
    let ini = "[default]\ntype=access_key\naccess_key_id=ini\naccess_key_secret=x\n";
    let cli = r#"{"current":"a","profiles":[{"name":"a","mode":"AK","access_key_id":"cli",
        "access_key_secret":"x"}]}"#;
    let home = Home::new().file(".alibabacloud/credentials", ini);
    let home = home.file(".aliyun/config.json", cli);
    let keys = found(&default_chain(Protocol::ACS_ROA, &home.surroundings())).await;
    assert_eq!(keys.access_key_id, "cli");
    let home = home.set("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true");
    let keys = found(&default_chain(Protocol::ACS_ROA, &home.surroundings())).await;
    assert_eq!(keys.access_key_id, "ini");
}
