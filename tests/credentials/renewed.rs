//! A token that is refused: one look-up for all who were refused, one more request each.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use yunspec_runtime::credentials::{Cached, Chain};
use yunspec_runtime::protocol::Kind;
use yunspec_runtime::value::{Member, Structure, Value};
use yunspec_runtime::{
    Call, Client, Config, Credentials, CredentialsError, CredentialsSource, Error, Json,
    NoCodes, Response, Retries, Retry, Timeouts,
};

use crate::door::{ALIBABA, Door, HUAWEI, ROWS, Row, TENCENT};

/// A request without members.
struct Nothing;

impl Structure for Nothing {
    fn members(&self) -> &[Member<'_>] {
        &[]
    }

    fn value(&self, _: usize) -> Value<'_> {
        Value::Absent
    }
}

/// Repeating it may act twice, so only a refusal before the act is repeated.
const CALL: Call<'static> = Call {
    name: "Try",
    method: "POST",
    path: "/",
    retry: Retry::Unsafe,
    ..Call::PLAIN
};

async fn call(client: &Client) -> Result<Response<Json>, Error<NoCodes>> {
    client.call_untyped(&CALL, &Nothing).await
}

/// Keys with a token, in the way that a row carries it.
fn keys(row: Row, token: &str) -> Credentials {
    if row.1 == "x-auth-token" {
        Credentials::token(token)
    } else {
        Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE").security_token(token)
    }
}

/// A source that has one token after the other, the last one for ever.
fn source(
    row: Row,
    tokens: &'static [&str],
) -> (impl CredentialsSource, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let source = move || {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        let keys = keys(row, tokens[number.min(tokens.len() - 1)]);
        async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok(keys)
        }
    };
    (source, asked)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_callers_and_one_look_up() {
    for row in ROWS {
        let door = Door::open(row, "new");
        let (source, asked) = source(row, &["old", "new"]);
        let client = door.client(row, Config::new(Cached::new(source)));
        let mut calls = JoinSet::new();
        for _ in 0..64 {
            let client = client.clone();
            calls.spawn(async move { call(&client).await });
        }
        for outcome in calls.join_all().await {
            let response = outcome.unwrap_or_else(|error| panic!("{row:?}: {error}"));
            assert!(response.attempts() <= 2, "{row:?}: {}", response.attempts());
        }
        assert_eq!(
            asked.load(Ordering::SeqCst),
            2,
            "{row:?}: one look-up, one renewal"
        );
        let tokens = door.tokens();
        let old = tokens.iter().filter(|token| *token == "old").count();
        assert_eq!(tokens.len() - old, 64, "{row:?}: each call succeeded once");
        assert!((1..=64).contains(&old), "{row:?}: {old}");
        println!(
            "renewed: {} {}: {old} refusals, one look-up, 64 answers",
            row.0.id, row.1
        );
    }
}

#[tokio::test]
async fn keys_that_cannot_change_are_not_tried_again() {
    for row in ROWS {
        let door = Door::open(row, "new");
        let same = move || async move { Ok(keys(row, "old")) };
        let sources: [Arc<dyn Fn() -> Config>; 4] = [
            Arc::new(move || Config::new(keys(row, "old"))),
            Arc::new(move || Config::new(Cached::new(keys(row, "old")))),
            Arc::new(move || Config::new(Chain::new().with(keys(row, "old")))),
            Arc::new(move || Config::new(same)),
        ];
        for (index, config) in sources.iter().enumerate() {
            let error = call(&door.client(row, config()))
                .await
                .expect_err("refused");
            let Error::Service(error) = error else {
                panic!("{error}")
            };
            assert_eq!(
                (error.kind, error.attempts),
                (Kind::Token, 1),
                "{row:?}, {index}"
            );
            assert!(!error.is_retryable());
        }
        assert_eq!(door.tokens().len(), 4, "{row:?}");
    }
}

#[tokio::test]
async fn the_second_token_is_the_last_of_a_call() {
    for row in ROWS {
        let door = Door::open(row, "new");
        let (source, asked) = source(row, &["old", "older", "new"]);
        let client = door.client(row, Config::new(Cached::new(source)));
        let error = call(&client).await.expect_err("both are refused");
        assert_eq!(error.attempts(), 2, "{row:?}");
        assert_eq!(asked.load(Ordering::SeqCst), 2);
        let response = call(&client).await.expect("the third is good");
        assert_eq!((response.attempts(), asked.load(Ordering::SeqCst)), (1, 3));
    }
}

#[tokio::test]
async fn one_request_a_call_means_that() {
    let row = ROWS[0];
    let door = Door::open(row, "new");
    let (source, _) = source(row, &["old", "new"]);
    let config = Config::new(Cached::new(source)).retries(Retries::none());
    let client = door.client(row, config);
    assert_eq!(call(&client).await.expect_err("refused").attempts(), 1);
    let next = call(&client)
        .await
        .expect("the next call has the new token");
    assert_eq!(next.attempts(), 1);
}

#[tokio::test]
async fn other_refusals_ask_no_source() {
    let rows: [Row; 4] = [
        (
            &ALIBABA,
            "x-acs-security-token",
            404,
            r#"{"Code":"InvalidAccessKeyId.NotFound"}"#,
        ),
        (
            &ALIBABA,
            "x-acs-security-token",
            403,
            r#"{"Code":"NoPermission"}"#,
        ),
        (
            &TENCENT,
            "x-tc-token",
            200,
            r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure"}}}"#,
        ),
        (
            &HUAWEI,
            "x-security-token",
            401,
            r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: verify aksk signature fail"}"#,
        ),
    ];
    for row in rows {
        let door = Door::open(row, "new");
        let (source, asked) = source(row, &["old", "new"]);
        let client = door.client(row, Config::new(Cached::new(source)));
        assert_eq!(
            call(&client).await.expect_err("refused").attempts(),
            1,
            "{row:?}"
        );
        assert_eq!(asked.load(Ordering::SeqCst), 1, "{row:?}");
    }
}

#[tokio::test]
async fn a_source_that_fails_or_has_the_same_again_is_not_stormed() {
    let row = ROWS[0];
    for fails in [true, false] {
        let door = Door::open(row, "new");
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let source = move || {
            let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
            async move {
                if first || !fails {
                    Ok(keys(row, "old"))
                } else {
                    Err(CredentialsError::other("busy"))
                }
            }
        };
        let client = door.client(row, Config::new(Cached::new(source)));
        let mut outcomes = BTreeSet::new();
        for _ in 0..50 {
            let error = call(&client).await.expect_err("refused");
            assert_eq!(error.raw_code(), Some("InvalidSecurityToken.Expired"));
            outcomes.insert(error.attempts());
        }
        assert_eq!(
            outcomes,
            BTreeSet::from([1]),
            "the refusal stays the failure"
        );
        let asked = asked.load(Ordering::SeqCst);
        // After the first renewal there is a pause of at least half a second.
        assert!((2..=5).contains(&asked), "{asked} look-ups for 50 calls");
    }
}

#[tokio::test]
async fn a_renewal_that_hangs_ends_with_the_call() {
    let row = ROWS[2];
    let door = Door::open(row, "new");
    let asked = AtomicUsize::new(0);
    let source = move || {
        let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if !first {
                std::future::pending::<()>().await;
            }
            Ok(keys(row, "old"))
        }
    };
    let timeouts = Timeouts {
        call: Duration::from_millis(300),
        ..Timeouts::default()
    };
    let config = Config::new(Cached::new(source)).timeouts(timeouts);
    let error = call(&door.client(row, config)).await.expect_err("refused");
    assert_eq!(
        error.raw_code(),
        Some("AuthFailure.TokenFailure"),
        "{error}"
    );
}

#[tokio::test]
async fn a_chain_renews_what_it_holds() {
    let row = ROWS[0];
    let door = Door::open(row, "new");
    let (source, asked) = source(row, &["old", "new"]);
    let nothing = || async { Err(CredentialsError::other("nothing here")) };
    let chain = Chain::new().with(nothing).with(Cached::new(source));
    let client = door.client(row, Config::new(chain));
    assert_eq!(call(&client).await.expect("renewed").attempts(), 2);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}
