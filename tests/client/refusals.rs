//! What is refused before anything leaves the machine.

use yunspec_runtime::{
    Call, Client, Config, ConfigError, CredentialsError, EndpointError, Error, Operation,
    Retry, Service, Signing,
};
use yunspec_runtime::{Credentials, protocol::EncodeError};
use yunspec_tests::server::{Answer, Server};

use crate::operations::{
    CAM, CamUpdateUser, RAM, RamUpdateUser, WORKSPACE, WorkspaceUpdateUser, client,
    config, credentials,
};

/// The failure of a call that must not reach the server.
async fn refused<O: Operation>(service: &'static Service, request: O) -> Error<O::Error> {
    let server = Server::start([]);
    let Err(error) = client(service, &server).call(request).await else {
        panic!("the call succeeded")
    };
    assert!(server.requests().is_empty(), "it was sent: {error}");
    assert!(!error.was_sent() && !error.is_retryable() && error.received().is_none());
    error
}

#[tokio::test]
async fn broken_rules() {
    let request = CamUpdateUser::new("far too long").password("abc");
    let error = refused(&CAM, request.clone()).await;
    assert!(
        matches!(&error, Error::Invalid(violations) if violations.iter().count() == 2)
    );
    assert_eq!(
        error.to_string(),
        "invalid request: Name: must have 1 to 8 characters, got 12; \
         Password: must have at least 4 characters, got 3"
    );

    let server = Server::start([Answer::new(200).body(r#"{"Response":{}}"#)]);
    let cam = Client::new(&CAM, config(&server).validation(false)).expect("sound");
    cam.call(request).await.expect("validation is off");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn path_values() {
    for id in ["", ".", ".."] {
        let error = refused(&WORKSPACE, WorkspaceUpdateUser::new(id)).await;
        let expected = EndpointError::PathValue {
            member: "user_id".to_owned(),
        };
        assert!(
            matches!(&error, Error::Endpoint(error) if *error == expected),
            "{error}"
        );
    }
}

#[tokio::test]
async fn paths_that_a_url_parser_rewrites() {
    let server = Server::start([]);
    let request = WorkspaceUpdateUser::new("u");
    for path in [
        "/a/../{user_id}",
        "/a/./{user_id}",
        "/a\\{user_id}",
        "/{user_id}/%2e%2e/a",
    ] {
        let call = Call {
            name: "Odd",
            method: "GET",
            path,
            retry: Retry::Safe,
            ..Call::PLAIN
        };
        let client = client(&WORKSPACE, &server);
        let error = client.call_untyped(&call, &request).await.expect_err(path);
        assert!(
            matches!(
                error,
                Error::Endpoint(
                    EndpointError::Rewritten { .. } | EndpointError::Url { .. }
                )
            ),
            "{path}: {error:?}"
        );
        assert!(!error.was_sent());
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn values_without_a_form_on_the_wire() {
    let error = refused(&CAM, CamUpdateUser::new("a").quota(f64::NAN)).await;
    assert!(
        matches!(&error, Error::Encode(EncodeError::Number { .. })),
        "{error}"
    );
    let error = refused(&RAM, RamUpdateUser::new("a").trace("a\r\nX-Admin: 1")).await;
    assert!(
        matches!(&error, Error::Encode(EncodeError::Header { .. })),
        "{error}"
    );
    let error = refused(&RAM, RamUpdateUser::new("a".repeat(70_000))).await;
    let Error::Endpoint(EndpointError::Url { url, .. }) = &error else {
        panic!("{error}")
    };
    assert!(!url.contains("aaa"), "{url}");
}

#[tokio::test]
async fn a_signature_that_the_service_does_not_know() {
    let server = Server::start([]);
    let cam =
        Client::new(&CAM, config(&server).signing(Signing::HmacSha1)).expect("sound");
    let error = cam
        .call(CamUpdateUser::new("a"))
        .await
        .expect_err("TC3 only");
    assert!(
        matches!(error, Error::Encode(EncodeError::Signing { .. })),
        "{error}"
    );
}

#[tokio::test]
async fn malformed_credentials() {
    let cases = [
        (Credentials::new("", "s"), "the access key id"),
        (Credentials::new("i", ""), "the access key secret"),
        (Credentials::new("i\r\nX: y", "s"), "the access key id"),
        (Credentials::new("i", "s\n"), "the access key secret"),
        (Credentials::new("i", " s"), "the access key secret"),
        (Credentials::new("密", "s"), "the access key id"),
        (
            Credentials::new("i", "s").security_token("t\u{7f}"),
            "the security token",
        ),
        (
            Credentials::new("i", "s").project_id("p\0"),
            "the project id",
        ),
        (Credentials::token(""), "the auth token"),
        (Credentials::token("t"), "the credentials"),
    ];
    let server = Server::start([]);
    for (credentials, part) in cases {
        let config = Config::new(credentials)
            .endpoint(server.url())
            .allow_http(true);
        let cam = Client::new(&CAM, config).expect("sound");
        let error = cam.call(CamUpdateUser::new("a")).await.expect_err(part);
        let Error::Credentials(CredentialsError::Malformed { what, .. }) = &error else {
            panic!("{part}: {error:?}")
        };
        assert_eq!(*what, part, "{error}");
        assert!(!error.was_sent());
    }
    assert!(server.requests().is_empty());
}

#[test]
fn endpoints() {
    let wrong = [
        "",
        "ram.aliyuncs.com",
        "//h",
        "ftp://h",
        "HTTPS//h",
        "https://",
        "https:///",
        "https://h/p",
        "https://h?q",
        "https://h#f",
        "https://u@h",
        "https://u:p@h",
        "https://h:0",
        "https://h:65536",
        "https://h:+80",
        "https://h:",
        "https://h:a",
        "https://a..b",
        "https://.h",
        "https://h.",
        "https://-h",
        "https://h-",
        "https://a_b",
        "https://a b",
        "https://h\\p",
        "https://h\r\n",
        "https://ⓒ.com",
        "https://a．b",
        "https://%31",
        "https://1.2.3",
        "https://256.1.1.1",
        "https://0x7f.1",
        "https://0x7f000001",
        "https://2130706433",
        "https://[::1",
        "https://[::g]",
        "https://[0:0::1]",
        "https://h\0",
        "https://*",
        "https://h:443:443",
    ];
    for url in wrong {
        let config = Config::new(credentials()).endpoint(url).allow_http(true);
        let refused = Client::new(&RAM, config).expect_err(url);
        let is_url = matches!(refused, ConfigError::Endpoint(EndpointError::Url { .. }));
        assert!(is_url, "{url:?}: {refused}");
        assert!(!refused.to_string().contains("u:p"), "{refused}");
    }
    let right = [
        "https://h",
        "https://h/",
        "https://H.Example.com",
        "https://a-1.b2:8443",
        "https://127.0.0.1:1",
        "https://[::1]:8443",
        "https://xn--fiq228c.com",
    ];
    for url in right {
        let config = Config::new(credentials()).endpoint(url);
        Client::new(&RAM, config).unwrap_or_else(|error| panic!("{url}: {error}"));
    }
    let plain = Config::new(credentials()).endpoint("http://127.0.0.1:1");
    let refused = Client::new(&RAM, plain).expect_err("http is not allowed");
    assert!(
        matches!(refused, ConfigError::Endpoint(EndpointError::HttpRefused)),
        "{refused}"
    );
}

#[test]
fn regions() {
    let long = "a".repeat(64);
    let wrong = [
        "", "x@host/#", "a.b", "a/b", "a#", "A", "cn_north", "-a", "a-", "a b", "a\r\nb",
        "a\\b", "a:1", "..", "ⓒn", "cn．x", "%2e", "{region}", &long,
    ];
    for region in wrong {
        for config in [
            Config::new(credentials()),
            Config::new(credentials()).endpoint("https://h"),
        ] {
            let refused =
                Client::new(&WORKSPACE, config.region(region)).expect_err(region);
            let is_region =
                matches!(refused, ConfigError::Endpoint(EndpointError::Region(_)));
            assert!(is_region, "{region:?}: {refused}");
        }
    }
    Client::new(&WORKSPACE, Config::new(credentials()).region("tr-west-1"))
        .expect("new regions are tried");
    let refused =
        Client::new(&WORKSPACE, Config::new(credentials())).expect_err("no region");
    assert_eq!(
        refused.to_string(),
        "huawei/workspace needs a region; set one with Config::region"
    );
}

#[test]
fn user_agents_and_languages() {
    let long = "a".repeat(129);
    for agent in ["", "a\r\nX: y", "ä", "a(b)", &long] {
        let refused = Client::new(&CAM, Config::new(credentials()).user_agent(agent))
            .expect_err(agent);
        assert!(matches!(refused, ConfigError::UserAgent(_)), "{refused}");
    }
    for language in ["", "en US", "en\r\n"] {
        let refused = Client::new(&CAM, Config::new(credentials()).language(language));
        assert!(
            matches!(refused, Err(ConfigError::Language(_))),
            "{language:?}"
        );
    }
}
