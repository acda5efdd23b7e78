//! Waiters, in a time of their own.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use yunspec_runtime::Error;
use yunspec_runtime::error::Deadline;
use yunspec_runtime::test_util::{Answer, Recorded};

use crate::lists::{Client, GetWorkRequest, GetWorkResponse};
use crate::stand::config;

fn stand(states: &[&str]) -> (Client, Arc<Recorded>) {
    let answers = states.iter().map(|state| {
        Answer::new(200).body(format!(r#"{{"state":"{state}"}}"#).into_bytes())
    });
    let recorded = Arc::new(Recorded::new(answers));
    let config = config().transport(recorded.clone());
    (Client::new(config).expect("sound settings"), recorded)
}

fn is_over(work: &GetWorkResponse) -> bool {
    matches!(work.state.as_deref(), Some("done" | "failed"))
}

#[tokio::test(start_paused = true)]
async fn a_waiter_asks_until_the_caller_sees_the_end() {
    let (client, recorded) = stand(&["busy", "busy", "failed", "busy"]);
    let start = Instant::now();
    let waiter = client.start_work_waiter(GetWorkRequest::new("w-1"));
    assert!(
        recorded.requests().is_empty(),
        "nothing is sent before `until`"
    );
    let work = waiter.until(is_over).await.expect("it is over");
    assert_eq!(work.state.as_deref(), Some("failed"));
    assert_eq!(start.elapsed(), Duration::from_secs(10));
    let sent = recorded.requests();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|one| one.path() == "/v1/tasks/w-1"));
}

#[tokio::test(start_paused = true)]
async fn a_waiter_does_not_wait_for_ever() {
    let (client, recorded) = stand(&["busy"; 9]);
    let start = Instant::now();
    let waiter = client.start_work_waiter(GetWorkRequest::new("w"));
    let error = waiter.until(is_over).await.expect_err("it is never over");
    assert_eq!(start.elapsed(), Duration::from_secs(15));
    assert_eq!(recorded.requests().len(), 4);
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(error.attempts(), 4);
    assert_eq!(
        error.to_string(),
        "the work was not done within 15s (HTTP 200 had come), after 4 attempts"
    );
    let Error::Timeout(timeout) = error else {
        panic!("{error:?} is no timeout");
    };
    assert_eq!(timeout.deadline, Deadline::Wait);
    let last = timeout.received.expect("the last answer is kept");
    assert_eq!(last.text(), r#"{"state":"busy"}"#);
}

#[tokio::test(start_paused = true)]
async fn the_caller_may_ask_otherwise() {
    let (client, recorded) = stand(&["busy"; 9]);
    let start = Instant::now();
    let waiter = client
        .start_work_waiter(GetWorkRequest::new("w"))
        .interval(Duration::from_secs(60))
        .attempts(2);
    waiter.until(is_over).await.expect_err("it is never over");
    assert_eq!(start.elapsed(), Duration::from_secs(60));
    assert_eq!(recorded.requests().len(), 2);

    let once = client
        .start_work_waiter(GetWorkRequest::new("w"))
        .attempts(0);
    once.until(is_over).await.expect_err("it is not over");
    assert_eq!(recorded.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_failed_call_ends_the_wait() {
    let answers = [Answer::new(404).body(r#"{"error_code":"Gone","error_msg":"Gone."}"#)];
    let recorded = Arc::new(Recorded::new(answers));
    let config = config().transport(recorded.clone());
    let client = Client::new(config).expect("sound settings");
    let waiter = client.start_work_waiter(GetWorkRequest::new("w"));
    let error = waiter.until(is_over).await.expect_err("it is refused");
    assert_eq!(error.raw_code(), Some("Gone"));
    assert_eq!(recorded.requests().len(), 1);
}
