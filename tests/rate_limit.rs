//! A client keeps to the documented limit of an operation: never more requests in any
//! period, and hardly fewer. All in virtual time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use yunspec_runtime::endpoint::Endpoint;
use yunspec_runtime::error::Deadline;
use yunspec_runtime::transport::{Limits, Transport, TransportError};
use yunspec_runtime::value::{Member, Structure, Value};
use yunspec_runtime::wire_enum::NoCodes;
use yunspec_runtime::{
    BoxFuture, Call, Client, Config, Credentials, Error, Protocol, RateLimit, Retry,
    Service, Timeouts,
};

const SECOND: Duration = Duration::from_secs(1);

/// The documented limit of the operation that most tests call.
const LIMIT: usize = 20;

const LIMITED: Call<'static> = Call {
    name: "UpdateUser",
    method: "POST",
    path: "/",
    retry: Retry::Unsafe,
    limit: Some(RateLimit::per_second(20)),
    ..Call::PLAIN
};

static SERVICE: Service = Service {
    protocol: Protocol::TC3_JSON,
    id: "tencent/cam",
    product: "cam",
    version: "2019-01-16",
    endpoint: Endpoint {
        global: Some("cam.example.com"),
        global_regions: &[],
        regional: None,
        regions: &[],
        hosts: &[],
    },
};

/// A request without members.
struct Nothing;

impl Structure for Nothing {
    fn members(&self) -> &[Member<'_>] {
        &[]
    }

    fn value(&self, _index: usize) -> Value<'_> {
        Value::Absent
    }
}

/// Answers at once, and notes when each request came. Every tenth request may be throttled.
#[derive(Debug)]
struct Door {
    opened: Instant,
    came: Mutex<Vec<Duration>>,
    throttles: bool,
}

impl Door {
    fn new(throttles: bool) -> Arc<Self> {
        Arc::new(Self {
            opened: Instant::now(),
            came: Mutex::default(),
            throttles,
        })
    }

    /// When each request came, counted from the beginning.
    fn came(&self) -> Vec<Duration> {
        self.came
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn answer(&self) -> Response<Bytes> {
        let mut came = self.came.lock().unwrap_or_else(PoisonError::into_inner);
        came.push(self.opened.elapsed());
        let ok = r#"{"Response":{"RequestId":"1"}}"#;
        let no = r#"{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":""},"RequestId":"1"}}"#;
        let throttle = self.throttles && came.len().is_multiple_of(10);
        Response::new(Bytes::from(if throttle { no } else { ok }))
    }
}

impl Transport for Door {
    fn send(
        &self,
        _request: Request<Bytes>,
        _limits: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async { Ok(self.answer()) })
    }
}

fn config(door: &Arc<Door>, seconds: u64) -> Config {
    let call = Duration::from_secs(seconds);
    Config::new(Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE"))
        .timeouts(Timeouts {
            call,
            ..Timeouts::default()
        })
        .transport(door.clone())
}

fn client(config: Config) -> Client {
    Client::new(&SERVICE, config).expect("a client")
}

type Outcome = Result<(), Error<NoCodes>>;

async fn call(client: &Client, call: Call<'static>) -> Outcome {
    client.call_untyped(&call, &Nothing).await.map(drop)
}

/// So many calls at once, each over a clone of its own.
async fn calls(client: &Client, count: usize) -> Vec<Outcome> {
    let mut calls = JoinSet::new();
    for _ in 0..count {
        let client = client.clone();
        calls.spawn(async move { call(&client, LIMITED).await });
    }
    calls.join_all().await
}

/// The most requests that came in any window of a second, both ends included.
fn busiest(came: &[Duration]) -> usize {
    let within = |first: usize| {
        let end = came[first] + SECOND;
        came[first..]
            .iter()
            .take_while(|time| **time <= end)
            .count()
    };
    (0..came.len()).map(within).max().unwrap_or_default()
}

/// What share of the allowed requests came, from the first to the last.
fn utilisation(came: &[Duration]) -> f64 {
    let (Some(first), Some(last)) = (came.first(), came.last()) else {
        return 0.0;
    };
    let count = |count: usize| f64::from(u32::try_from(count).expect("few requests"));
    let allowed = count(LIMIT) * (last.saturating_sub(*first).as_secs_f64() + 1.0);
    count(came.len()) / allowed
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_at_once() {
    let door = Door::new(false);
    let outcomes = calls(&client(config(&door, 120)), 1000).await;
    assert!(outcomes.iter().all(Result::is_ok));
    let came = door.came();
    let (busiest, utilisation) = (busiest(&came), utilisation(&came));
    let seconds = came[999].as_secs_f64();
    println!(
        "rate limit: 1000 calls in {seconds:.2} s; at most {busiest} in any second; {:.1} % of \
         the limit used",
        utilisation * 100.0
    );
    assert!(busiest <= LIMIT, "{busiest} requests in a second");
    assert!(utilisation >= 0.95, "{utilisation}");
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_now_and_then() {
    let door = Door::new(false);
    let client = client(config(&door, 120));
    let mut calls = JoinSet::new();
    for number in 0..1000_u64 {
        // Bursts and gaps: 0 to 120 ms apart, 21 a second on average.
        sleep(Duration::from_millis(number * 7919 % 97)).await;
        let client = client.clone();
        calls.spawn(async move { call(&client, LIMITED).await });
    }
    assert!(calls.join_all().await.iter().all(Result::is_ok));
    let came = door.came();
    let busiest = busiest(&came);
    println!("rate limit: 1000 calls now and then; at most {busiest} in any second");
    assert_eq!(came.len(), 1000);
    assert!(busiest <= LIMIT, "{busiest} requests in a second");
}

#[tokio::test(start_paused = true)]
async fn repeated_requests_count_as_well() {
    let door = Door::new(true);
    let outcomes = calls(&client(config(&door, 120)), 200).await;
    assert!(outcomes.iter().filter(|outcome| outcome.is_ok()).count() >= 190);
    let came = door.came();
    assert!(came.len() > 200, "some are repeated: {}", came.len());
    assert!(busiest(&came) <= LIMIT);
}

#[tokio::test(start_paused = true)]
async fn who_cannot_be_in_time_hears_so_at_once() {
    let door = Door::new(false);
    let client = client(config(&door, 5));
    let began = Instant::now();
    let mut waiting = JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        waiting.spawn(async move { call(&client, LIMITED).await });
    }
    sleep(Duration::from_millis(1)).await;
    let error = call(&client, LIMITED)
        .await
        .expect_err("the line is too long");
    assert!(
        began.elapsed() < Duration::from_millis(10),
        "{:?}",
        began.elapsed()
    );
    let Error::Timeout(timeout) = &error else {
        panic!("{error:?} is no timeout")
    };
    assert_eq!(timeout.deadline, Deadline::RateLimit);
    assert_eq!(
        (timeout.limit, timeout.sent, timeout.attempts),
        (5 * SECOND, false, 0)
    );
    assert!(
        error.to_string().contains("rate limit")
            && error.to_string().contains("nothing was sent")
    );
    assert!(waiting.join_all().await.iter().all(Result::is_ok));
    assert_eq!(door.came().len(), 100);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_was_refused_is_not_lost_behind_the_limit() {
    let door = Door::new(true);
    let client = client(config(&door, 5));
    let once = Call {
        limit: Some(RateLimit {
            requests: 10,
            per: 60 * SECOND,
        }),
        ..LIMITED
    };
    for _ in 0..9 {
        assert!(call(&client, once).await.is_ok());
    }
    let error = call(&client, once)
        .await
        .expect_err("the tenth is throttled");
    assert_eq!(error.raw_code(), Some("RequestLimitExceeded"), "{error}");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn one_setting_turns_it_off() {
    let door = Door::new(false);
    let outcomes = calls(&client(config(&door, 5).rate_limit(false)), 1000).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(busiest(&door.came()), 1000);
}

#[tokio::test(start_paused = true)]
async fn operations_do_not_wait_for_each_other() {
    let door = Door::new(false);
    let client = client(config(&door, 5));
    for name in ["UpdateUser", "GetUser", "ListUsers"] {
        for _ in 0..LIMIT {
            call(&client, Call { name, ..LIMITED })
                .await
                .expect("within the limit");
        }
    }
    for _ in 0..100 {
        call(
            &client,
            Call {
                name: "Free",
                limit: None,
                ..LIMITED
            },
        )
        .await
        .expect("no limit");
    }
    assert_eq!(door.opened.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn another_client_has_a_limit_of_its_own() {
    let door = Door::new(false);
    for _ in 0..3 {
        let client = client(config(&door, 5));
        for _ in 0..LIMIT {
            call(&client, LIMITED).await.expect("within the limit");
        }
    }
    assert_eq!(door.opened.elapsed(), Duration::ZERO);
}
