//! Hostile regions, endpoints and project ids: refused before a connection, or harmless.

use std::sync::Arc;

use yun_sdk::Config;
use yun_sdk::{alibaba, huawei};
use yunspec_runtime::test_util::{Answer, Recorded};
use yunspec_runtime::{Credentials, Error, Retries};
use yunspec_tests::server::Server;

/// Texts that turn a host into another one, where they are pasted into a URL.
fn hosts(evil: &str) -> Vec<String> {
    let pasted = [
        "x@{}/#",
        "x@{}/",
        "@{}",
        "{}/#",
        "{}#",
        "{}?",
        "{}/",
        "{}\\",
        "/{}",
        "//{}",
        "\\{}",
        "x:y@{}",
        "{}:80",
        ":{}",
        "x@{}",
        "x#@{}",
        "x?@{}",
        "x\\@{}",
        "x/@{}",
        "{}%00",
        "{}%2f",
        "{}\r\n",
        "{}\r\nHost: x",
        "{}\u{0}",
        " {}",
        "{} ",
        "\t{}",
        "{}\u{3002}x",
        "{}\u{ff0e}x",
        "{}\u{ff61}",
        "\u{24d4}vil",
        "x\u{2044}{}",
        "x\u{ff0f}{}",
        "x\u{ff20}{}",
        "x\u{fe6b}{}",
        "x\u{ff03}",
        "x\u{202e}",
        "[{}]",
        "[::1]",
        "::1",
        "{}.",
        ".{}",
        "..",
        "",
        ".",
        "-",
        "-a",
        "a-",
        "A",
        "a_b",
        "a b",
        "a,b",
        "a;b",
        "a|b",
        "a*b",
        "${x}",
        "{{region}}",
        "{region}",
        "localhost",
        "cn\u{feff}",
        "0x7f000001",
        "2130706433",
        "127.1",
        "\u{130}",
        "xn--\u{e9}",
    ];
    pasted.map(|text| text.replace("{}", evil)).into()
}

fn config() -> Config {
    Config::new(Credentials::new("AKID", "key").project_id("p1")).retries(Retries::none())
}

#[tokio::test]
async fn no_region_leaves_the_services_domain() {
    let server = Server::start([]);
    let mut regions = hosts(&server.host());
    regions.push("a".repeat(64));
    regions.push("a.b".to_owned());
    let mut refused = 0;
    for region in &regions {
        let recorded = Arc::new(Recorded::new([Answer::new(200).body("{}")]));
        let config = config().region(region).transport(recorded.clone());
        match huawei::workspace::Client::new(config) {
            Err(_) => refused += 1,
            // What is one plain label stays one: in front of the service's own domain.
            Ok(client) => {
                let request = huawei::workspace::UpdateUserInfoRequest::new("u");
                let _ = client.update_user_info(request).await;
                let want = format!("workspace.{region}.myhuaweicloud.com");
                assert_eq!(recorded.request().host(), want, "{region:?}");
                let plain =
                    |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
                assert!(region.bytes().all(plain), "{region:?}");
            }
        }
    }
    assert!(
        server.requests().is_empty(),
        "a request reached another host"
    );
    assert!(refused >= 60, "only {refused} were refused");
    println!(
        "attack: {} regions tried, 0 escaped ({refused} refused)",
        regions.len()
    );
}

#[tokio::test]
async fn no_endpoint_hides_another_host() {
    let server = Server::start([]);
    let schemes = [
        "https://", "HTTPS://", "http://", "//", "ftp://", "https:/", "file://", "",
    ];
    let hosts = hosts(&server.host());
    let (mut tried, mut refused) = (0, 0);
    for scheme in schemes {
        for host in &hosts {
            tried += 1;
            let recorded = Arc::new(Recorded::new([Answer::new(200).body("{}")]));
            let url = format!("{scheme}{host}");
            let config = config().endpoint(&url).transport(recorded.clone());
            let Ok(client) = alibaba::ram::Client::new(config) else {
                refused += 1;
                continue;
            };
            let request = alibaba::ram::UpdateUserRequest::new("u");
            let _ = client.update_user(request).await;
            // What is taken is exactly the host that a reader of the URL sees.
            let seen = url.to_ascii_lowercase();
            let seen = seen
                .strip_prefix("https://")
                .expect("nothing else is taken");
            let seen = seen.strip_suffix('/').unwrap_or(seen);
            assert_eq!(recorded.request().host(), seen, "{url:?}");
        }
    }
    assert!(
        server.requests().is_empty(),
        "a request reached another host"
    );
    assert!(
        refused * 10 > tried * 9,
        "only {refused} of {tried} were refused"
    );
    println!("attack: {tried} endpoints tried, 0 escaped ({refused} refused)");
}

#[tokio::test]
async fn no_project_id_leaves_its_segment() {
    let mut values = hosts("evil.example");
    values.extend(
        ["../..", "..%2f", "a/../../b", "%2e%2e", "p1/users/x?"].map(str::to_owned),
    );
    let mut refused = 0;
    for value in &values {
        let recorded = Arc::new(Recorded::new([Answer::new(200).body("{}")]));
        let credentials = Credentials::new("AKID", "key").project_id(value);
        let config = Config::new(credentials)
            .region("cn-north-4")
            .retries(Retries::none())
            .transport(recorded.clone());
        let client = huawei::workspace::Client::new(config).expect("sound settings");
        let request = huawei::workspace::UpdateUserInfoRequest::new("u");
        match client.update_user_info(request).await {
            Ok(_) => {
                let sent = recorded.request();
                assert_eq!(sent.host(), "workspace.cn-north-4.myhuaweicloud.com");
                let segments: Vec<_> = sent.path().split('/').collect();
                assert_eq!((segments.len(), segments[1]), (5, "v2"), "{value:?}");
                assert_eq!((segments[3], segments[4]), ("users", "u"), "{value:?}");
                assert!(!["", ".", ".."].contains(&segments[2]), "{value:?}");
                assert_eq!(sent.query(), "", "{value:?}");
            }
            Err(error) => {
                let typed = matches!(
                    error,
                    Error::Endpoint(_) | Error::Credentials(_) | Error::Encode(_)
                );
                assert!(typed, "{value:?}: {error:?}");
                assert!(recorded.requests().is_empty(), "{value:?} was sent");
                refused += 1;
            }
        }
    }
    println!(
        "attack: {} project ids tried, 0 escaped ({refused} refused)",
        values.len()
    );
}
