//! Three services, a clock that can be read, and one call.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use tokio::time::Instant;
use yunspec_runtime::endpoint::Endpoint;
use yunspec_runtime::error::Deadline;
use yunspec_runtime::stamp::Stamp;
use yunspec_runtime::value::{Member, Structure, Value};
use yunspec_runtime::wire_enum::NoCodes;
use yunspec_runtime::{
    Call, Config, Credentials, Error, Json, Protocol, Response, Retry, Service,
};

/// 2026-01-02T03:04:05Z: when every row begins, by this machine's clock.
pub(crate) const START: Duration = Duration::from_secs(1_767_323_045);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Provider {
    Alibaba,
    Tencent,
    Huawei,
}

impl Provider {
    pub(crate) fn parse(text: &str) -> Self {
        match text {
            "alibaba" => Self::Alibaba,
            "tencent" => Self::Tencent,
            "huawei" => Self::Huawei,
            other => panic!("{other:?} is no provider"),
        }
    }

    pub(crate) fn service(self) -> &'static Service {
        match self {
            Self::Alibaba => &ALIBABA,
            Self::Tencent => &TENCENT,
            Self::Huawei => &HUAWEI,
        }
    }
}

static ALIBABA: Service = service(Protocol::ACS_RPC, "alibaba/test");
static TENCENT: Service = service(Protocol::TC3_JSON, "tencent/test");
static HUAWEI: Service = service(Protocol::SDK_HMAC_REST, "huawei/test");

const fn service(protocol: Protocol, id: &'static str) -> Service {
    let endpoint = Endpoint {
        global: Some("test.example.com"),
        global_regions: &[],
        regional: None,
        regions: &[],
        hosts: &[],
    };
    Service {
        protocol,
        id,
        product: "test",
        version: "2026-01-02",
        endpoint,
    }
}

/// A request without members.
pub(crate) struct Nothing;

impl Structure for Nothing {
    fn members(&self) -> &[Member<'_>] {
        &[]
    }

    fn value(&self, _index: usize) -> Value<'_> {
        Value::Absent
    }
}

/// The operation of a row.
pub(crate) const fn operation(retry: Retry) -> Call<'static> {
    Call {
        name: "Try",
        method: "POST",
        path: "/",
        retry,
        ..Call::PLAIN
    }
}

/// Settings whose clock is [`START`], what the timer has moved on since, and a second per
/// stamp: two clouds sign no nonce, only the second. Pauses are the longest that jitter allows.
pub(crate) fn config() -> Config {
    let (began, count) = (Instant::now(), AtomicU64::new(0));
    let stamp = move || {
        let count = count.fetch_add(1, Ordering::Relaxed);
        let time = UNIX_EPOCH + START + began.elapsed() + Duration::from_secs(count);
        Stamp {
            time,
            nonce: format!("ffffffff{count:024x}"),
        }
    };
    Config::new(Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE")).stamp(stamp)
}

pub(crate) type Outcome = Result<Response<Json>, Error<NoCodes>>;

/// What became of a call, in two words.
pub(crate) fn summary(outcome: &Outcome) -> String {
    match outcome {
        Ok(_) => "ok".to_owned(),
        Err(Error::Service(error)) => format!("service {}", error.status()),
        Err(Error::Timeout(error)) => match error.deadline {
            Deadline::Connect => "timeout connect".to_owned(),
            Deadline::Attempt => "timeout attempt".to_owned(),
            Deadline::Call => "timeout call".to_owned(),
            other => format!("timeout {other:?}"),
        },
        Err(Error::Transport { .. }) => "transport".to_owned(),
        Err(Error::Decode(_)) => "decode".to_owned(),
        Err(other) => format!("{other}"),
    }
}

pub(crate) fn attempts(outcome: &Outcome) -> u32 {
    match outcome {
        Ok(response) => response.attempts(),
        Err(error) => error.attempts(),
    }
}

/// So many seconds after [`START`], as HTTP writes it; within the same day.
pub(crate) fn http_date(after: i64) -> String {
    let second = 3 * 3600 + 4 * 60 + 5 + after;
    assert!(
        (0..86_400).contains(&second),
        "{after} s leads to another day"
    );
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("Fri, 02 Jan 2026 {hour:02}:{minute:02}:{second:02} GMT")
}
