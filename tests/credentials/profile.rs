//! Profile files in the INI format.

use std::sync::Arc;

use yunspec_runtime::credentials::Profile;
use yunspec_runtime::{Credentials, Protocol};

use crate::common::{CANARY, Home, Note, found, refusal, secret};

fn of(protocol: Protocol, home: &Home) -> Profile {
    Profile::of(protocol).surroundings(home.surroundings())
}

/// A file with `KEY` for every secret.
fn with_keys(text: &str) -> String {
    text.replace("KEY", CANARY)
}

#[tokio::test]
async fn tencent() {
    let file =
        with_keys("[default]\nsecret_id = id\nsecret_key = \"KEY\"\n[x]\nsecret_id=x\n");
    let home = Home::new().file(".tencentcloud/credentials", &file);
    let keys = found(&of(Protocol::TC3_JSON, &home)).await;
    assert_eq!(keys, Credentials::new("id", CANARY));

    let other = with_keys("[default]\nsecret_id=other\nsecret_key=KEY\ntoken=KEY");
    let home = home.file("elsewhere", other);
    let chosen = home.text_path("elsewhere");
    let home = home.set("TENCENTCLOUD_CREDENTIALS_FILE", chosen);
    let keys = found(&of(Protocol::TC3_JSON, &home)).await;
    assert_eq!(
        keys,
        Credentials::new("other", CANARY).security_token(CANARY)
    );

    let why = refusal(&of(Protocol::TC3_JSON, &home).name("x")).await;
    assert!(why.ends_with("there is no section [x]"), "{why}");
}

#[tokio::test]
async fn huawei() {
    let basic = with_keys("[basic]\nak=id\nsk=KEY\nproject_id=p1\nsecurity_token=KEY\n");
    let global = with_keys("[global]\nak=gid\nsk=KEY\ndomain_id=d1\n");
    let path = ".huaweicloud/credentials";
    let home = Home::new().file(path, [basic, global.clone()].concat());
    let keys = found(&of(Protocol::SDK_HMAC_REST, &home)).await;
    assert_eq!(
        keys,
        Credentials::new("id", CANARY)
            .security_token(CANARY)
            .project_id("p1")
    );
    let keys = found(&of(Protocol::SDK_HMAC_REST, &home).name("global")).await;
    assert_eq!(keys, Credentials::new("gid", CANARY).domain_id("d1"));

    let home = home.set("HUAWEICLOUD_SDK_CREDENTIAL_TYPE", "Global");
    assert_eq!(
        found(&of(Protocol::SDK_HMAC_REST, &home))
            .await
            .access_key_id,
        "gid"
    );

    let home = Home::new()
        .file(path, global)
        .set("HUAWEICLOUD_SDK_PROJECT_ID", "p2");
    let keys = found(&of(Protocol::SDK_HMAC_REST, &home)).await;
    assert_eq!(
        (keys.access_key_id.as_str(), keys.project_id.as_deref()),
        ("gid", Some("p2"))
    );
}

#[tokio::test]
async fn huawei_with_an_identity_provider() {
    let network = Arc::new(Note::default());
    let home = Home::new().file("token", "jwt").network(network.clone());
    let file = format!(
        "[basic]\nidp_id=i\nid_token_file={}\niam_endpoint=https://iam.example.test\n",
        home.text_path("token")
    );
    let home = home.file(".huaweicloud/credentials", file);
    refusal(&of(Protocol::SDK_HMAC_REST, &home)).await;
    assert_eq!(network.urls(), ["https://iam.example.test"]);
}

#[tokio::test]
async fn alibaba_keys_and_the_choice_of_a_profile() {
    let file = with_keys(
        "[default]\ntype = access_key\naccess_key_id = id\naccess_key_secret = KEY\n\
         [other]\ntype = access_key\naccess_key_id = other\naccess_key_secret = KEY\n",
    );
    let home = Home::new().file(".alibabacloud/credentials", &file);
    assert_eq!(
        found(&of(Protocol::ACS_RPC, &home)).await,
        Credentials::new("id", CANARY)
    );
    let home = home.set("ALIBABA_CLOUD_PROFILE", "other");
    assert_eq!(
        found(&of(Protocol::ACS_RPC, &home)).await.access_key_id,
        "other"
    );
    let keys = found(&of(Protocol::ACS_ROA, &home).name("default")).await;
    assert_eq!(keys.access_key_id, "id");

    let home = home.file("mine", file.replace("= other", "= mine"));
    let chosen = home.text_path("mine");
    let home = home.set("ALIBABA_CLOUD_CREDENTIALS_FILE", chosen);
    assert_eq!(
        found(&of(Protocol::ACS_RPC, &home)).await.access_key_id,
        "mine"
    );
}

#[tokio::test]
async fn alibaba_roles_ask_where_they_should() {
    let pair =
        "access_key_id=a\naccess_key_secret=KEY\nrole_arn=r\nrole_session_name=s\n";
    let cases = [
        (
            format!("type=ram_role_arn\n{pair}"),
            "https://sts.aliyuncs.com",
        ),
        (
            "type=oidc_role_arn\nrole_arn=r\nrole_session_name=s\noidc_provider_arn=p\n\
             oidc_token_file_path=TOKEN\n"
                .to_owned(),
            "https://sts.aliyuncs.com",
        ),
        (
            "type=ecs_ram_role\nrole_name=r\n".to_owned(),
            "http://100.100.100.200",
        ),
        ("type=ecs_ram_role\n".to_owned(), "http://100.100.100.200"),
    ];
    for (section, expected) in cases {
        let network = Arc::new(Note::default());
        let home = Home::new().file("token", "jwt").network(network.clone());
        let section = with_keys(&section).replace("TOKEN", &home.text_path("token"));
        let home =
            home.file(".alibabacloud/credentials", format!("[default]\n{section}"));
        let why = refusal(&of(Protocol::ACS_RPC, &home)).await;
        assert!(
            why.contains(".alibabacloud/credentials [default]: "),
            "{why}"
        );
        assert_eq!(
            network.urls().first().map(String::as_str),
            Some(expected),
            "{section}"
        );
    }
}

#[tokio::test]
async fn what_a_profile_lacks() {
    let cases = [
        (
            Protocol::ACS_RPC,
            "[default]\naccess_key_id=a",
            "type is missing",
        ),
        (
            Protocol::ACS_RPC,
            "[default]\ntype=KEY",
            "its type is not supported",
        ),
        (
            Protocol::ACS_RPC,
            "[default]\ntype=rsa_key_pair",
            "its type is not supported",
        ),
        (
            Protocol::ACS_RPC,
            "[default]\ntype=access_key",
            "access_key_id is missing",
        ),
        (
            Protocol::ACS_RPC,
            "[default]\ntype=access_key\naccess_key_id=a\naccess_key_secret=\n",
            "access_key_secret is missing",
        ),
        (
            Protocol::ACS_RPC,
            "[default]\ntype=ram_role_arn\naccess_key_id=a\naccess_key_secret=KEY\n",
            "role_arn is missing",
        ),
        (
            Protocol::ACS_RPC,
            "[default]\ntype=oidc_role_arn\nrole_arn=a\n",
            "oidc_provider_arn is missing",
        ),
        (
            Protocol::ACS_RPC,
            "[other]\ntype=access_key",
            "there is no section [default]",
        ),
        (
            Protocol::TC3_JSON,
            "[default]\nsecret_key=KEY",
            "secret_id is missing",
        ),
        (Protocol::TC3_JSON, "", "there is no section [default]"),
        (Protocol::SDK_HMAC_REST, "[basic]\nak=a", "sk is missing"),
        (
            Protocol::SDK_HMAC_REST,
            "[basic]\nidp_id=a",
            "id_token_file is missing",
        ),
        (
            Protocol::SDK_HMAC_REST,
            "[a]\nak=a",
            "there is no section [basic] or [global]",
        ),
        (
            Protocol::TC3_JSON,
            "[default]\nsecret_id=a\nsecret_key=中KEY",
            "the access key secret holds a line break",
        ),
        (
            Protocol::TC3_JSON,
            "[default]\nsecret_key KEY",
            "line 2: key = value was expected",
        ),
        (
            Protocol::TC3_JSON,
            "secret_key=KEY",
            "line 1: a key before the first [section]",
        ),
    ];
    for (protocol, file, expected) in cases {
        let home = Home::new().file("f", with_keys(file));
        let why = refusal(&of(protocol, &home).file(home.path("f"))).await;
        assert!(why.contains(expected), "{expected}: {why}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_others_can_read_or_change_is_refused() {
    let file = with_keys("[default]\nsecret_id=id\nsecret_key=KEY\n");
    for mode in [0o644, 0o640, 0o604, 0o620, 0o602, 0o666, 0o777] {
        let home = Home::new().file_with_mode(".tencentcloud/credentials", &file, mode);
        let why = refusal(&of(Protocol::TC3_JSON, &home)).await;
        assert!(why.contains("run chmod 600 on it"), "{mode:o}: {why}");
        let allowed = home.surroundings().shared_files(true);
        found(&Profile::of(Protocol::TC3_JSON).surroundings(allowed)).await;
    }
    for mode in [0o600, 0o400, 0o700] {
        let home = Home::new().file_with_mode(".tencentcloud/credentials", &file, mode);
        found(&of(Protocol::TC3_JSON, &home)).await;
    }
}

#[tokio::test]
async fn no_file_and_no_home() {
    for protocol in [
        Protocol::ACS_RPC,
        Protocol::TC3_JSON,
        Protocol::SDK_HMAC_REST,
    ] {
        let why = refusal(&of(protocol, &Home::new())).await;
        assert!(why.contains("there is no such file"), "{why}");
        let nowhere = yunspec_runtime::credentials::Surroundings::with_lookup(|_| None);
        let why = refusal(&Profile::of(protocol).surroundings(nowhere)).await;
        assert!(why.contains("there is no home directory"), "{why}");
    }
}

#[tokio::test]
async fn a_change_of_the_file_is_seen() {
    let path = ".tencentcloud/credentials";
    let home = Home::new().file(path, "[default]\nsecret_id=a\nsecret_key=b");
    let profile = of(Protocol::TC3_JSON, &home);
    assert_eq!(found(&profile).await.access_key_id, "a");
    let home = home.file(
        path,
        format!("[default]\nsecret_id=c\nsecret_key={}", secret("")),
    );
    assert_eq!(found(&profile).await.access_key_id, "c");
    drop(home);
}
