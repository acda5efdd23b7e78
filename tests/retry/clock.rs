//! A service that refuses signatures whose time is far from its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use tokio::task::JoinSet;
use yunspec_runtime::future::BoxFuture;
use yunspec_runtime::transport::{Limits, Transport, TransportError};
use yunspec_runtime::{Client, Config, Retries, Retry, Timestamp};

use crate::memory::response;
use crate::noted::Noted;
use crate::step::{Reply, Step};
use crate::world::{self, Nothing, Provider, START};

/// How far a signature may be off: the narrowest of the three clouds, in seconds.
const TOLERANCE: u64 = 300;

/// A service whose clock is so many seconds ahead of this machine's.
#[derive(Debug)]
struct Clock {
    provider: Provider,
    ahead: AtomicI64,
}

impl Clock {
    fn answer(&self, request: &Request<Bytes>) -> Reply {
        let ahead = self.ahead.load(Ordering::Relaxed);
        let signed = unix(signed_at(self.provider, request.headers()));
        let start = i64::try_from(START.as_secs()).expect("this century");
        let right = signed.abs_diff(start + ahead) <= TOLERANCE;
        let word = if right {
            "ok".to_owned()
        } else {
            format!("late+{ahead}")
        };
        match Step::parse(self.provider, &word) {
            Step::Answer(reply) => reply,
            other => panic!("{other:?} is no answer"),
        }
    }
}

impl Transport for Clock {
    fn send(
        &self,
        request: Request<Bytes>,
        _limits: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let answer = response(&self.answer(&request));
        Box::pin(async { Ok(answer) })
    }
}

fn signed_at(provider: Provider, headers: &HeaderMap) -> SystemTime {
    let text = |name| headers[name].to_str().expect("a time is ASCII").to_owned();
    let parsed = |text: String| Timestamp::from(text).to_system_time().expect("RFC 3339");
    match provider {
        Provider::Alibaba => parsed(text("x-acs-date")),
        Provider::Tencent => {
            let seconds = text("x-tc-timestamp").parse().expect("seconds since 1970");
            UNIX_EPOCH + std::time::Duration::from_secs(seconds)
        }
        Provider::Huawei => {
            let mut time = text("x-sdk-date");
            for (at, mark) in [(13, ":"), (11, ":"), (6, "-"), (4, "-")] {
                time.insert_str(at, mark);
            }
            parsed(time)
        }
    }
}

fn unix(time: SystemTime) -> i64 {
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_secs();
    i64::try_from(seconds).expect("this century")
}

/// A client, and its service's clock.
fn client(provider: Provider, ahead: i64, config: Config) -> (Client, Arc<Noted<Clock>>) {
    let clock = Clock {
        provider,
        ahead: AtomicI64::new(ahead),
    };
    let transport = Arc::new(Noted::new(clock));
    let config = config.transport(transport.clone());
    (
        Client::new(provider.service(), config).expect("a client"),
        transport,
    )
}

/// Requests and result of one call.
async fn call(client: &Client) -> (u32, String) {
    let outcome = client
        .call_untyped(&world::operation(Retry::Unsafe), &Nothing)
        .await;
    (world::attempts(&outcome), world::summary(&outcome))
}

#[tokio::test(start_paused = true)]
async fn an_hour_either_way_costs_one_request_once() {
    let ok = |requests| (requests, "ok".to_owned());
    for provider in [Provider::Alibaba, Provider::Tencent, Provider::Huawei] {
        for ahead in [3600, -3600] {
            let (client, service) = client(provider, ahead, world::config());
            assert_eq!(call(&client).await, ok(2), "{provider:?}, {ahead} s");
            assert_eq!(call(&client).await, ok(1), "{provider:?}: it is kept");
            assert_eq!(
                call(&client.clone()).await,
                ok(1),
                "{provider:?}: clones share it"
            );
            service.inner().ahead.store(0, Ordering::Relaxed);
            assert_eq!(
                call(&client).await,
                ok(2),
                "{provider:?}: the clock was set right"
            );
            assert_eq!(call(&client).await, ok(1), "{provider:?}");
            println!("retry: {provider:?}, clock {ahead} s off: one extra request, once");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn many_calls_at_once_learn_it_together() {
    let (client, service) = client(Provider::Tencent, 3600, world::config());
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let client = client.clone();
        calls.spawn(async move { call(&client).await });
    }
    for (requests, result) in calls.join_all().await {
        assert!(
            requests <= 2 && result == "ok",
            "{requests} requests, {result}"
        );
    }
    assert!(service.seen().len() <= 100);
    assert_eq!(call(&client).await, (1, "ok".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn without_retries_the_next_call_is_right() {
    let config = world::config().retries(Retries::none());
    let (client, _) = client(Provider::Huawei, -3600, config);
    assert_eq!(call(&client).await, (1, "service 401".to_owned()));
    assert_eq!(call(&client).await, (1, "ok".to_owned()));
}
