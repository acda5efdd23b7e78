//! Time and size are bounded.

use std::time::{Duration, Instant};

use yunspec_runtime::error::Deadline;
use yunspec_runtime::transport::{HttpTransport, TransportError};
use yunspec_runtime::{Client, Config, Error, Timeouts};
use yunspec_tests::server::{Answer, Server};

use crate::operations::{CAM, CamUpdateUser, CamUpdateUserError, config};

const SHORT: Duration = Duration::from_millis(400);
const LONG: Duration = Duration::from_secs(20);

async fn call(config: Config) -> Result<(), Error<CamUpdateUserError>> {
    let cam = Client::new(&CAM, config).expect("sound");
    cam.call(CamUpdateUser::new("a")).await.map(drop)
}

/// The failure, and that it came in time.
async fn late(config: Config) -> Error<CamUpdateUserError> {
    let start = Instant::now();
    let error = call(config).await.expect_err("the server never ends");
    assert!(start.elapsed() >= SHORT, "{error}");
    assert!(start.elapsed() < LONG / 2, "{error}");
    assert!(error.is_timeout() && error.is_retryable(), "{error}");
    error
}

fn answer() -> Answer {
    Answer::new(200)
        .header("X-Request-Id", "r-1")
        .body(r#"{"Response":{"RequestId":"r-1"}}"#)
}

fn deadline<E>(error: &Error<E>) -> Option<(Deadline, Duration)> {
    match error {
        Error::Timeout(error) => Some((error.deadline, error.limit)),
        _ => None,
    }
}

#[tokio::test]
async fn the_attempt_ends() {
    let timeouts = Timeouts {
        connect: LONG,
        attempt: SHORT,
        call: LONG,
    };
    let cases = [
        (Answer::stall(), None),
        (answer().delay(LONG), None),
        (answer().stall_after(4), Some(200)),
        (answer().drip(1, SHORT / 3), Some(200)),
    ];
    for (answer, status) in cases {
        let server = Server::start([answer]);
        let error = late(config(&server).timeouts(timeouts)).await;
        assert_eq!(
            deadline(&error),
            Some((Deadline::Attempt, SHORT)),
            "{error}"
        );
        assert_eq!(
            (error.was_sent(), error.status()),
            (true, status),
            "{error}"
        );
        assert_eq!(error.request_id(), status.map(|_| "r-1"), "{error}");
        assert_eq!(server.requests().len(), 1, "nothing is repeated");
    }
}

#[tokio::test]
async fn the_call_ends() {
    let timeouts = Timeouts {
        connect: LONG,
        attempt: LONG,
        call: SHORT,
    };
    let server = Server::start([Answer::stall()]);
    let error = late(config(&server).timeouts(timeouts)).await;
    assert_eq!(deadline(&error), Some((Deadline::Call, SHORT)), "{error}");
    assert!(error.was_sent());
}

#[tokio::test]
async fn credentials_count_against_the_call() {
    let server = Server::start([]);
    let never = Config::new(std::future::pending);
    let timeouts = Timeouts {
        call: SHORT,
        ..Timeouts::default()
    };
    let error = late(
        never
            .endpoint(server.url())
            .allow_http(true)
            .timeouts(timeouts),
    )
    .await;
    assert_eq!(deadline(&error), Some((Deadline::Call, SHORT)), "{error}");
    assert!(!error.was_sent() && server.requests().is_empty());
    assert_eq!(
        error.to_string(),
        "the call was not done within 400ms (nothing was sent)"
    );
}

#[tokio::test]
async fn no_limit_is_too_long() {
    let server = Server::start([answer()]);
    let forever = Timeouts {
        connect: Duration::MAX,
        attempt: Duration::MAX,
        call: Duration::MAX,
    };
    call(config(&server).timeouts(forever))
        .await
        .expect("a success");
}

#[tokio::test]
async fn slow_is_fine_within_the_limit() {
    let server = Server::start([answer().delay(SHORT).drip(8, Duration::from_millis(5))]);
    call(config(&server)).await.expect("a success");
}

#[tokio::test]
async fn large_answers_are_cut() {
    let body = r#"{"Response":{"RequestId":"r-1"}}"#;
    let chunked = |body: &str| {
        let length = body.len();
        let head =
            "HTTP/1.1 200 OK\r\nX-Request-Id: r-1\r\nTransfer-Encoding: chunked\r\n\r\n";
        Answer::raw(format!("{head}{length:x}\r\n{body}\r\n0\r\n\r\n"))
    };
    let until_close = |body: &str| {
        Answer::raw(format!(
            "HTTP/1.1 200 OK\r\nX-Request-Id: r-1\r\n\r\n{body}"
        ))
    };
    let announced =
        Answer::raw("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\nx");
    let server = Server::start([announced]);
    let error = call(config(&server))
        .await
        .expect_err("nobody waits for a terabyte");
    assert!(matches!(
        error,
        Error::Transport {
            error: TransportError::TooLarge { .. },
            ..
        }
    ));

    for (limit, fits) in [(body.len(), true), (body.len() - 1, false), (0, false)] {
        for answer in [answer(), chunked(body), until_close(body)] {
            let server = Server::start([answer]);
            match call(config(&server).max_response_bytes(limit)).await {
                Ok(()) => assert!(fits, "{limit}"),
                Err(error) => {
                    let too_large = matches!(
                        error,
                        Error::Transport { error: TransportError::TooLarge { limit: of, .. }, .. } if of == limit
                    );
                    assert!(!fits && too_large, "{limit}: {error:?}");
                    assert_eq!(
                        (error.status(), error.request_id()),
                        (Some(200), Some("r-1"))
                    );
                    assert!(error.was_sent() && !error.is_retryable());
                }
            }
        }
    }
}

#[tokio::test]
async fn an_idle_connection_is_given_up_before_the_cloud_does() {
    let server = Server::start([answer(), answer(), answer()]);
    let cam = Client::new(&CAM, config(&server)).expect("sound");
    let idle = HttpTransport::IDLE;
    for pause in [Duration::ZERO, idle / 2, idle.mul_f64(1.1)] {
        // Moves the clock of the pool, which is tokio's.
        tokio::time::pause();
        tokio::time::advance(pause).await;
        tokio::time::resume();
        let answered = cam.call(CamUpdateUser::new("a")).await;
        answered.expect("a success");
    }
    let requests = server.requests();
    let connections: Vec<_> = requests.iter().map(|request| request.connection).collect();
    assert_eq!(connections, [0, 0, 1]);
    // The first of them to close its side takes about 10 seconds.
    assert!(HttpTransport::IDLE < Duration::from_secs(10));
}
