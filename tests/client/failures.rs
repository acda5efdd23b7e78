//! What a call makes of refusals, and of answers that are none.

use std::time::Duration;

use yunspec_runtime::error::{DecodeProblem, ServiceError};
use yunspec_runtime::protocol::Kind;
use yunspec_runtime::transport::TransportError;
use yunspec_runtime::{Client, Config, Error, Operation, Retries, Service, Timeouts};
use yunspec_tests::server::{Answer, Server};

use crate::operations::{
    CAM, CamUpdateUser, CamUpdateUserError, RAM, RamUpdateUser, WORKSPACE,
    WorkspaceUpdateUser, client, config, credentials,
};

/// The failure of one call that gets this answer.
async fn failure<O: Operation>(
    service: &'static Service,
    request: O,
    answer: Answer,
) -> Error<O::Error> {
    let server = Server::start([answer]);
    match client(service, &server).call(request).await {
        Ok(_) => panic!("the call succeeded"),
        Err(error) => error,
    }
}

async fn cam(answer: Answer) -> Error<CamUpdateUserError> {
    failure(&CAM, CamUpdateUser::new("a"), answer).await
}

fn service<E>(error: &Error<E>) -> &ServiceError<E> {
    match error {
        Error::Service(error) => error,
        other => panic!("not refused by the service: {other}"),
    }
}

#[tokio::test]
async fn refused_with_status_200() {
    let body = r#"{"Response":{"Error":{"Code":"ResourceNotFound.UserNotExist",
        "Message":"No such\nuser."},"RequestId":"r-1"}}"#;
    let error = cam(Answer::new(200)
        .header("Content-Type", "text/plain")
        .body(body))
    .await;
    assert_eq!(
        error.code(),
        Some(&CamUpdateUserError::ResourceNotFoundUserNotExist)
    );
    assert_eq!(error.raw_code(), Some("ResourceNotFound.UserNotExist"));
    assert_eq!(
        (error.request_id(), error.status()),
        (Some("r-1"), Some(200))
    );
    assert!(error.was_sent() && !error.is_retryable() && !error.is_timeout());
    assert_eq!(
        error.to_string(),
        "ResourceNotFound.UserNotExist: No such user. (HTTP 200, request id r-1)"
    );
    assert_eq!(service(&error).message, "No such\nuser.");
    assert_eq!(service(&error).received.text(), body);
    assert_eq!(service(&error).details["Response"]["RequestId"], "r-1");
}

#[tokio::test]
async fn what_filled_the_documented_message() {
    let refusal = |code: &str, message: &str| {
        let body = format!(
            r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"{message}"}}}}}}"#
        );
        cam(Answer::new(200).body(body))
    };
    let error = refusal(
        "LimitExceeded.Users",
        "The limit of users has been reached: 5.",
    )
    .await;
    assert_eq!(error.code(), Some(&CamUpdateUserError::LimitExceededUsers));
    assert_eq!(service(&error).parameters, ["users", "5"]);
    let error = refusal("LimitExceeded.Users", "Too many users.").await;
    assert!(service(&error).parameters.is_empty());
    let error = refusal("Brand.New", "The limit of users has been reached: 5.").await;
    assert!(service(&error).parameters.is_empty());
    assert!(
        matches!(error.code(), Some(CamUpdateUserError::Unknown(code)) if code.to_string() == "Brand.New")
    );
}

#[tokio::test]
async fn refused_by_status() {
    let body = r#"{"Code":"EntityNotExist.User","Message":"The user does not exist.","RequestId":"r-2"}"#;
    let answer = Answer::new(404).body(body);
    let error = failure(&RAM, RamUpdateUser::new("a"), answer).await;
    assert_eq!(
        error.to_string(),
        "EntityNotExist.User: The user does not exist. (HTTP 404, request id r-2)"
    );

    let xml = "<Error><Code>Throttling.User</Code><Message>Slow down</Message></Error>";
    let answer = Answer::new(400).header("x-acs-request-id", "r-3").body(xml);
    let error = failure(&RAM, RamUpdateUser::new("a"), answer).await;
    assert_eq!(
        (error.raw_code(), error.request_id()),
        (Some("Throttling.User"), Some("r-3"))
    );
    assert!(error.is_retryable());

    let body = r#"{"error_code":"WKS.00010001","error_msg":"bad user"}"#;
    let answer = Answer::new(400).header("X-Request-Id", "r-4").body(body);
    let error = failure(&WORKSPACE, WorkspaceUpdateUser::new("u"), answer).await;
    assert_eq!(
        error.to_string(),
        "WKS.00010001: bad user (HTTP 400, request id r-4)"
    );

    let answer = Answer::new(429).header("Retry-After", "2");
    let error = failure(&WORKSPACE, WorkspaceUpdateUser::new("u"), answer).await;
    assert_eq!(service(&error).retry_after, Some(Duration::from_secs(2)));
    assert_eq!(
        (service(&error).kind, error.is_retryable()),
        (Kind::Throttling, true)
    );
}

#[tokio::test]
async fn html_keeps_status_and_bytes() {
    let html = "<html><body>Bad Gateway</body></html>";
    let error = cam(Answer::new(502).header("X-Request-Id", "r-5").body(html)).await;
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(502), Some("r-5"))
    );
    assert_eq!((error.raw_code(), error.is_retryable()), (None, true));
    assert_eq!(error.received().expect("kept").text(), html);

    let error = cam(Answer::new(200).body(html)).await;
    let Error::Decode(decode) = &error else {
        panic!("{error}")
    };
    assert!(matches!(decode.problem, DecodeProblem::Syntax(_)));
    assert_eq!(
        (decode.status(), decode.received.text().as_ref()),
        (200, html)
    );
    assert!(error.was_sent() && !error.is_retryable());
}

#[tokio::test]
async fn successes_that_do_not_fit() {
    let error =
        cam(Answer::new(200).body(r#"{"Response":{"RequestId":"r-6","Uin":[1]}}"#)).await;
    assert_eq!(
        error.to_string(),
        "unexpected answer: Uin: expected an unsigned 64-bit integer, found an array \
         (HTTP 200, request id r-6)"
    );
    for body in ["", "{", "[]", "\u{feff}nonsense", r#"{"Response":5}"#] {
        let error = cam(Answer::new(200).header("X-Request-Id", "r-7").body(body)).await;
        assert!(matches!(error, Error::Decode(_)), "{body:?}: {error}");
        assert_eq!(
            (error.status(), error.request_id()),
            (Some(200), Some("r-7")),
            "{body:?}"
        );
        assert_eq!(error.received().expect("kept").body(), body.as_bytes());
    }
    let error =
        failure(&WORKSPACE, WorkspaceUpdateUser::new("u"), Answer::new(204)).await;
    assert_eq!(error.to_string(), "empty answer (HTTP 204)");
}

#[tokio::test]
async fn deep_and_huge_numbers_do_no_harm() {
    let deep = format!(
        r#"{{"Response":{{"Uin":{}{}}}}}"#,
        "[".repeat(9_999),
        "]".repeat(9_999)
    );
    assert!(matches!(
        cam(Answer::new(200).body(deep)).await,
        Error::Decode(_)
    ));
    let huge = r#"{"Response":{"RequestId":"r","Uin":1e400}}"#;
    assert!(matches!(
        cam(Answer::new(200).body(huge)).await,
        Error::Decode(_)
    ));
}

#[tokio::test]
async fn broken_connections() {
    let head = "HTTP/1.1 500 Oops\r\nX-Request-Id: r-8\r\nContent-Length: 9\r\n\r\nabc";
    let cases = [
        ("hang up", Answer::hang_up(), None),
        ("reset", Answer::reset(), None),
        ("no HTTP", Answer::raw("SSH-2.0-OpenSSH_9.6\r\n"), None),
        ("cut head", Answer::raw("HTTP/1.1 200 OK\r\nContent-"), None),
        ("cut body", Answer::raw(head), Some(500)),
        (
            "cut JSON",
            Answer::new(200).body(r#"{"Response":{}}"#).truncate(5),
            Some(200),
        ),
    ];
    for (name, answer, status) in cases {
        let error = cam(answer).await;
        assert!(
            matches!(
                error,
                Error::Transport {
                    error: TransportError::Broken { .. },
                    ..
                }
            ),
            "{name}: {error:?}"
        );
        assert!(error.was_sent() && error.is_retryable(), "{name}");
        assert_eq!(error.status(), status, "{name}");
        assert!(std::error::Error::source(&error).is_some(), "{name}");
    }
    let error = cam(Answer::raw(head)).await;
    assert_eq!(error.request_id(), Some("r-8"));
    assert_eq!(error.received().expect("kept").body(), b"abc");
}

#[tokio::test]
async fn no_connection() {
    let server = Server::start([]);
    let config = config(&server);
    drop(server);
    let cam = Client::new(&CAM, config).expect("sound");
    let error = cam
        .call(CamUpdateUser::new("a"))
        .await
        .expect_err("nobody listens");
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
    assert!(!error.was_sent() && error.is_retryable());
    let text = error.to_string();
    assert!(
        text.starts_with("no connection, nothing was sent: "),
        "{text}"
    );
    assert!(
        !text.contains("127.0.0.1") && !text.contains('\n'),
        "{text}"
    );
}

#[tokio::test]
async fn addresses_are_sent_as_they_were_signed() {
    for url in [
        "http://127.0.0.1:1",
        "http://[::1]:1/",
        "http://LOCALHOST:1",
    ] {
        let config = Config::new(credentials()).endpoint(url).allow_http(true);
        let cam = Client::new(&CAM, config.retries(Retries::none())).expect("sound");
        let error = cam
            .call(CamUpdateUser::new("a"))
            .await
            .expect_err("nobody listens");
        let is_connect = matches!(
            error,
            Error::Transport {
                error: TransportError::Connect { .. },
                ..
            }
        );
        assert!(is_connect, "{url}: {error:?}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let other = Server::start([]);
    for status in [301, 302, 307, 308] {
        let answer = Answer::new(status).header("Location", &other.url());
        let error = cam(answer).await;
        assert_eq!(error.status(), Some(status));
        assert!(matches!(error, Error::Service(_)), "{error:?}");
    }
    assert!(other.requests().is_empty(), "the other host was called");
}

#[tokio::test]
async fn tls_to_a_plain_server() {
    let server = Server::start([]);
    let timeouts = Timeouts {
        connect: Duration::from_millis(300),
        ..Timeouts::default()
    };
    let config = Config::new(credentials())
        .endpoint(format!("https://{}", server.host()))
        .retries(Retries::none())
        .timeouts(timeouts);
    let cam = Client::new(&CAM, config).expect("sound");
    let error = cam
        .call(CamUpdateUser::new("a"))
        .await
        .expect_err("no TLS there");
    assert!(!error.was_sent(), "{error:?}");
    assert!(server.requests().is_empty());
}
