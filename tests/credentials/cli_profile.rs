//! The configuration of Alibaba Cloud's CLI.

use std::sync::Arc;

use serde_json::json;
use yunspec_runtime::credentials::CliProfile;
use yunspec_runtime::{Credentials, Json};

use crate::common::{CANARY, Home, Note, found, refusal, secret};

const PATH: &str = ".aliyun/config.json";

fn with(profiles: &Json) -> Home {
    let file = json!({ "current": "default", "profiles": profiles, "meta_path": "" });
    Home::new().file(PATH, file.to_string())
}

fn of(home: &Home) -> CliProfile {
    CliProfile::new().surroundings(home.surroundings())
}

fn pair(name: &str, mode: &str) -> Json {
    json!({
        "name": name,
        "mode": mode,
        "access_key_id": "id",
        "access_key_secret": secret("key"),
        "sts_token": secret("token"),
        "region_id": "cn-hangzhou",
        "retry_count": 0,
    })
}

fn added(mut profile: Json, members: Json) -> Json {
    let (Json::Object(profile_members), Json::Object(members)) = (&mut profile, members)
    else {
        panic!("profiles are objects")
    };
    profile_members.extend(members);
    profile
}

#[tokio::test]
async fn keys_with_and_without_a_token() {
    let home = with(&json!([pair("default", "AK"), pair("sts", "StsToken")]));
    assert_eq!(
        found(&of(&home)).await,
        Credentials::new("id", secret("key"))
    );
    let expected = Credentials::new("id", secret("key")).security_token(secret("token"));
    assert_eq!(found(&of(&home).name("sts")).await, expected);
}

#[tokio::test]
async fn which_profile() {
    let other = added(pair("other", "AK"), json!({ "access_key_id": "other" }));
    let home = with(&json!([pair("default", "AK"), other]));
    assert_eq!(found(&of(&home)).await.access_key_id, "id");
    let home = home.set("ALIBABA_CLOUD_PROFILE", "other");
    assert_eq!(found(&of(&home)).await.access_key_id, "other");
    assert_eq!(found(&of(&home).name("default")).await.access_key_id, "id");
    let why = refusal(&of(&home).name("none")).await;
    assert!(why.ends_with("there is no profile \"none\""), "{why}");

    let file = std::fs::read(home.path(PATH)).expect("the file is ours");
    let home = home.file(
        "mine.json",
        String::from_utf8_lossy(&file).replace("other", "mine"),
    );
    let chosen = home.text_path("mine.json");
    let home = home.set("ALIBABA_CLOUD_CONFIG_FILE", chosen);
    assert_eq!(found(&of(&home).name("mine")).await.access_key_id, "mine");
}

#[tokio::test]
async fn where_the_modes_ask() {
    let role =
        json!({ "ram_role_arn": "r", "sts_region": "cn-beijing", "enable_vpc": true });
    let chained = json!({ "name": "default", "mode": "ChainableRamRoleArn", "source_profile": "a", "ram_role_arn": "r" });
    let oidc = json!({
        "name": "default", "mode": "OIDC", "ram_role_arn": "r", "oidc_provider_arn": "p",
        "oidc_token_file": "TOKEN", "ram_session_name": "s", "expired_seconds": 900,
    });
    let cases = [
        (
            json!([added(pair("default", "RamRoleArn"), role)]),
            "https://sts-vpc.cn-beijing.aliyuncs.com",
        ),
        (
            json!([chained, pair("a", "AK")]),
            "https://sts.aliyuncs.com",
        ),
        (json!([oidc]), "https://sts.aliyuncs.com"),
        (
            json!([{ "name": "default", "mode": "EcsRamRole" }]),
            "http://100.100.100.200",
        ),
        (
            json!([{ "name": "default", "mode": "EcsRamRole", "ram_role_name": "r" }]),
            "http://100.100.100.200",
        ),
        (
            json!([{ "name": "default", "mode": "CredentialsURI",
                     "credentials_uri": format!("https://keys.example.test/{CANARY}") }]),
            "https://keys.example.test",
        ),
    ];
    for (profiles, expected) in cases {
        let network = Arc::new(Note::default());
        let home = Home::new().file("token", "jwt").network(network.clone());
        let file = json!({ "current": "default", "profiles": profiles }).to_string();
        let file = file.replace("TOKEN", &home.text_path("token"));
        let home = home.file(PATH, file);
        let why = refusal(&of(&home)).await;
        assert!(why.contains("config.json profile \"default\": "), "{why}");
        assert_eq!(
            network.urls().first().map(String::as_str),
            Some(expected),
            "{why}"
        );
    }
}

#[tokio::test]
async fn a_chain_of_roles_takes_each_step_with_the_keys_of_the_one_before() {
    let keys = |id: &str| {
        json!({ "AccessKeyId": id, "AccessKeySecret": secret("via"),
                "SecurityToken": secret("t"), "Expiration": "2026-01-02T04:04:05Z" })
    };
    let answers = [
        keys("first"),
        json!({ "Credentials": keys("second") }),
        json!({ "Credentials": keys("third") }),
    ];
    let network = Arc::new(Note::answering(answers.map(|answer| answer.to_string())));
    let uri = json!({ "name": "uri", "mode": "CredentialsURI",
                      "credentials_uri": "https://keys.example.test" });
    let step = |name: &str, source: &str| {
        json!({ "name": name, "mode": "ChainableRamRoleArn", "ram_role_arn": "r",
                "source_profile": source })
    };
    let home = with(&json!([
        step("default", "inner"),
        step("inner", "uri"),
        uri
    ]));
    assert_eq!(
        found(&of(&home.network(network.clone())))
            .await
            .access_key_id,
        "third"
    );
    let seen = network.seen();
    let hosts = [
        "https://keys.example.test",
        "https://sts.aliyuncs.com",
        "https://sts.aliyuncs.com",
    ];
    assert_eq!(network.urls(), hosts);
    assert!(seen[1].authorization.contains("Credential=first,"));
    assert!(seen[2].authorization.contains("Credential=second,"));

    for circle in [
        json!([step("default", "default")]),
        json!([step("default", "b"), step("b", "c"), step("c", "b")]),
    ] {
        let why = refusal(&of(&with(&circle))).await;
        assert!(why.contains("leads round and round"), "{why}");
    }
    let why = refusal(&of(&with(&json!([step("default", "gone")])))).await;
    assert!(why.contains("there is no profile \"gone\""), "{why}");
}

#[cfg(unix)]
#[tokio::test]
async fn another_program() {
    let keys = json!({ "mode": "StsToken", "access_key_id": "ext",
                       "access_key_secret": secret("k"), "sts_token": secret("t") });
    let home = Home::new();
    let script = format!("#!/bin/sh\necho '{keys}'\n");
    let home = home.file_with_mode("my keys", script, 0o700);
    let command = format!("'{}' --quiet", home.text_path("my keys"));
    let profile =
        json!({ "name": "default", "mode": "External", "process_command": command });
    let file = json!({ "current": "default", "profiles": [profile] });
    let home = home.file(PATH, file.to_string());
    let keys = found(&of(&home)).await;
    assert_eq!(
        (keys.access_key_id.as_str(), keys.provider),
        ("ext", "external")
    );

    let home = home.set("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", "TRUE");
    let why = refusal(&of(&home)).await;
    assert!(
        why.ends_with("is off by ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS"),
        "{why}"
    );
}

#[tokio::test]
async fn off_switches() {
    let switches = [
        "ALIBABA_CLOUD_CLI_PROFILE_DISABLED",
        "ALIBABA_CLOUD_IGNORE_PROFILE",
        "ALIBABACLOUD_IGNORE_PROFILE",
    ];
    for switch in switches {
        let home = with(&json!([pair("default", "AK")]));
        found(&of(&home)).await;
        let home = home.set(switch, "TRUE");
        let why = refusal(&of(&home)).await;
        assert_eq!(
            why,
            format!("no credentials: CLI profile: is off by {switch}")
        );
    }
}

#[tokio::test]
async fn what_a_profile_lacks() {
    let key = |member: &str, value: Json| {
        let mut profile = pair("default", "AK");
        profile[member] = value;
        json!([profile])
    };
    let role = |member: &str, value: Json| {
        let profile = added(
            pair("default", "RamRoleArn"),
            json!({ "ram_role_arn": "r" }),
        );
        json!([added(profile, json!({ member: value }))])
    };
    let cases = [
        ("no array of profiles", json!({ "default": CANARY })),
        ("there is no profile \"default\"", json!([])),
        (
            "there is no profile \"default\"",
            json!([1, CANARY, null, [], {}]),
        ),
        (
            "there are two profiles",
            json!([pair("default", "AK"), pair("default", "AK")]),
        ),
        ("mode is missing", key("mode", json!(""))),
        ("mode is no text", key("mode", json!([CANARY]))),
        ("its mode is not supported", key("mode", json!(CANARY))),
        (
            "mode CloudSSO signs in with a browser",
            key("mode", json!("CloudSSO")),
        ),
        (
            "mode OAuth signs in with a browser",
            key("mode", json!("OAuth")),
        ),
        ("access_key_id is missing", key("access_key_id", Json::Null)),
        (
            "access_key_secret is no text",
            key("access_key_secret", json!({ CANARY: 1 })),
        ),
        (
            "access_key_secret is no text",
            key("access_key_secret", json!(7)),
        ),
        (
            "the access key secret holds a line break",
            key("access_key_secret", json!(secret("a\n"))),
        ),
        ("ram_role_arn is missing", role("ram_role_arn", json!(""))),
        (
            "enable_vpc is neither true nor false",
            role("enable_vpc", json!(CANARY)),
        ),
        (
            "expired_seconds is no number",
            role("expired_seconds", json!(CANARY)),
        ),
        (
            "policy is no text",
            role("policy", json!({ CANARY: CANARY })),
        ),
        (
            "sts_token is missing",
            json!([{ "name": "default", "mode": "StsToken",
            "access_key_id": "a", "access_key_secret": CANARY }]),
        ),
        (
            "process_command is missing",
            json!([{ "name": "default", "mode": "External" }]),
        ),
        (
            "the command is empty",
            json!([{ "name": "default", "mode": "External",
            "process_command": "  " }]),
        ),
    ];
    for (expected, profiles) in cases {
        let why = refusal(&of(&with(&profiles))).await;
        assert!(why.contains(expected), "{expected}: {why}");
    }
    let nameless = Home::new().file(PATH, json!({ "profiles": [] }).to_string());
    let why = refusal(&of(&nameless)).await;
    assert!(why.ends_with("names no current profile"), "{why}");
}
