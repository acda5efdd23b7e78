//! An explicit proxy, and certificate authorities of the program's own.

use yunspec_runtime::transport::TransportError;
use yunspec_runtime::{Client, Config, ConfigError, Credentials, Error, Retries};
use yunspec_tests::server::{Answer, Server};

use crate::operations::{CAM, CamUpdateUser};

/// A self-signed authority; its key was thrown away.
const AUTHORITY: &str = include_str!("authority.pem");

fn config() -> Config {
    Config::new(Credentials::new("id", "key")).retries(Retries::none())
}

#[tokio::test]
async fn plain_requests_go_through_the_proxy() {
    let answer = Answer::new(200).body(r#"{"Response":{"RequestId":"r"}}"#);
    let proxy = Server::start([answer]);
    let url = format!("http://us%40er:p4ss@{}", proxy.host());
    let config = config()
        .endpoint("http://cam.invalid")
        .allow_http(true)
        .proxy(url);
    let cam = Client::new(&CAM, config).expect("sound");
    cam.call(CamUpdateUser::new("a"))
        .await
        .expect("the proxy answers");
    let request = proxy.request();
    assert_eq!(request.target, "http://cam.invalid/");
    assert_eq!(request.header("host"), Some("cam.invalid"));
    // "us@er:p4ss" in base64
    assert_eq!(
        request.header("proxy-authorization"),
        Some("Basic dXNAZXI6cDRzcw==")
    );
}

#[tokio::test]
async fn tls_goes_through_a_tunnel_that_the_proxy_may_refuse() {
    let proxy = Server::start([Answer::new(403)]);
    let cam = Client::new(&CAM, config().proxy(proxy.url())).expect("sound");
    let error = cam
        .call(CamUpdateUser::new("a"))
        .await
        .expect_err("it is refused");
    let request = proxy.request();
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("CONNECT", "cam.tencentcloudapi.com:443")
    );
    assert_eq!(
        request.header("authorization"),
        None,
        "the signature stays inside TLS"
    );
    let refused = Error::was_sent(&error);
    assert!(!refused, "{error}");
    assert!(
        matches!(
            error,
            Error::Transport {
                error: TransportError::Connect { .. },
                ..
            }
        ),
        "{error:?}"
    );
}

/// Set where this program runs itself, with the proxy in its environment: the endpoint.
const CALLED: &str = "YUNSPEC_TEST_ENDPOINT";

#[tokio::test]
async fn the_environment_names_a_proxy() {
    if let Ok(url) = std::env::var(CALLED) {
        let allow = url.starts_with("http:");
        let config = config().endpoint(url).allow_http(allow);
        let cam = Client::new(&CAM, config).expect("sound");
        let answer = cam.call(CamUpdateUser::new("a")).await;
        answer.expect_err("neither the proxy nor the host lets it through");
        return;
    }
    let host = "127.0.0.1:1";
    let table = [
        // endpoint, NO_PROXY, what the proxy is asked for
        ("https://cam.invalid", "", vec!["cam.invalid:443"]),
        ("https://127.0.0.1:1", "", vec![host]),
        ("https://127.0.0.1:1", "127.0.0.1", vec![]),
        ("http://127.0.0.1:1", "", vec![]),
    ];
    for (endpoint, exception, expected) in table {
        let proxy = Server::start([Answer::new(403)]);
        let program = std::env::current_exe().expect("this program");
        let run = std::process::Command::new(program)
            .args(["--exact", "network::the_environment_names_a_proxy"])
            .env(CALLED, endpoint)
            .envs([("HTTP_PROXY", proxy.url()), ("HTTPS_PROXY", proxy.url())])
            .env("NO_PROXY", exception)
            .env_remove("https_proxy")
            .env_remove("no_proxy")
            .output()
            .expect("it runs");
        assert!(run.status.success(), "{endpoint}: {run:?}");
        let requests = proxy.requests();
        let targets: Vec<_> = requests.iter().map(|it| it.target.as_str()).collect();
        assert_eq!(targets, expected, "{endpoint}");
    }
}

#[test]
fn malformed_proxies_are_refused_and_not_shown() {
    let table = [
        ("", "it has to begin with http:// or https://"),
        ("proxy:8080", "it has to begin with http:// or https://"),
        (
            "socks5://proxy:1080",
            "it has to begin with http:// or https://",
        ),
        (
            "http://",
            "nothing but a host, and perhaps a port, may stand in it",
        ),
        (
            "http://proxy:0",
            "nothing but a host, and perhaps a port, may stand in it",
        ),
        (
            "http://proxy/path",
            "nothing but a host, and perhaps a port, may stand in it",
        ),
        (
            "http://proxy\r\nx: y",
            "nothing but a host, and perhaps a port, may stand in it",
        ),
        (
            "http://evil/#u:SECRET@proxy",
            "percent-encode the user and the password",
        ),
        (
            "http://u:SEC RET@proxy",
            "percent-encode the user and the password",
        ),
        (
            "http://u:SECRET@pro xy",
            "nothing but a host, and perhaps a port, may stand in it",
        ),
    ];
    for (url, want) in table {
        let config = config().proxy(url);
        assert!(!format!("{config:?}").contains("SECRET"));
        let error = Client::new(&CAM, config).expect_err("it is malformed");
        assert_eq!(
            error.to_string(),
            format!("the proxy is refused: {want}"),
            "{url:?}"
        );
    }
}

#[test]
fn authorities_are_read_or_refused() {
    let two = [AUTHORITY, "\n# another one\n", AUTHORITY].concat();
    for pem in [AUTHORITY, &two] {
        let config = config().root_certificates(pem);
        assert!(format!("{config:?}").contains("root_certificates_bytes: Some("));
        Client::new(&CAM, config).expect("the authority is taken");
    }
    let cut = &AUTHORITY[..AUTHORITY.len() / 2];
    let no_certificate =
        "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
    for pem in ["", "hello", cut, no_certificate] {
        let error = Client::new(&CAM, config().root_certificates(pem));
        let error = error.expect_err("it is no certificate");
        assert!(
            matches!(error, ConfigError::RootCertificates(_)),
            "{pem:?}: {error:?}"
        );
        let text = error.to_string();
        assert!(
            text.starts_with("the root certificates are refused: "),
            "{text}"
        );
    }
}
