//! The time for a connection is a limit of its own.

use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use yun_sdk::{Config, Error};
use yunspec_runtime::error::Deadline;

use crate::{CONNECT, call, config};

/// What a busy machine may add.
const SLACK: Duration = Duration::from_secs(1);

async fn assert_no_connection(config: Config) {
    let start = Instant::now();
    let error = call(config).await.expect_err("there is no connection");
    let took = start.elapsed();
    assert!(took >= CONNECT, "{took:?}: {error}");
    assert!(took < CONNECT + SLACK, "{took:?}: {error}");
    let Error::Timeout(timeout) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (timeout.deadline, timeout.limit),
        (Deadline::Connect, CONNECT)
    );
    assert!(!error.was_sent() && error.is_retryable(), "{error}");
}

#[tokio::test]
async fn a_handshake_without_an_answer_ends() {
    // The system accepts the connection, and nobody reads from it.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("it is bound");
    assert_no_connection(config("https", &address.to_string())).await;
}

#[cfg(target_os = "linux")] // elsewhere a full queue refuses
#[tokio::test]
async fn a_full_queue_of_connections_ends() {
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    let any = (Ipv4Addr::LOCALHOST, 0).into();
    socket.bind(any).expect("a port");
    let listener = socket.listen(1).expect("it listens");
    let address = listener.local_addr().expect("it is bound");
    let mut queue = Vec::new();
    let wait = Duration::from_millis(200);
    while let Ok(waiting) = std::net::TcpStream::connect_timeout(&address, wait) {
        queue.push(waiting);
        assert!(queue.len() < 100, "the queue has an end");
    }
    for scheme in ["http", "https"] {
        assert_no_connection(config(scheme, &address.to_string())).await;
    }
}
