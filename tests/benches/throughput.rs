//! What a typed call costs the client, against a bare loop over reqwest in the same run.
//!
//! The bare loop sends what the typed client sent once, URL, signed headers and body as they
//! were, over a client with the same settings, and reads the whole answer. A second one reads
//! the answer as JSON too, the least that tells a success from a failure: that is the fair one. The typed client makes its request
//! anew each time: checks, encodes, signs, sends, reads, decodes.
//!
//! The server is a child process, and everything of the client's is in one thread, whose time
//! on the processor the system tells: no other process counts. The three loops take turns.
//! `cargo bench -p yunspec-tests --bench throughput`; `THROUGHPUT_CALLS` is the number of calls
//! of a loop, `THROUGHPUT_ROUNDS` how often it runs.

use std::fmt;
use std::hint::black_box;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use reqwest::redirect::Policy;
use yun_sdk::{Config, Credentials, Json, Transport};
use yun_sdk::{alibaba::ram, huawei::workspace, tencent::cam};
use yunspec_runtime::BoxFuture;
use yunspec_runtime::transport::{HttpTransport, Limits, TransportError};
use yunspec_tests::chaos::{Act, Api, Chaos, Plan};

/// The most that a typed call may cost, in bare ones.
const GOAL: f64 = 1.15;
const CONCURRENT: usize = 16;
const CONNECT: Duration = Duration::from_secs(3);

/// A number out of the environment.
fn setting(name: &str, default: usize) -> usize {
    let value = std::env::var(name).ok();
    value.map_or(default, |value| value.parse().expect("a number"))
}

fn main() {
    let calls = setting("THROUGHPUT_CALLS", 5_000);
    let rounds = setting("THROUGHPUT_ROUNDS", 11);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let server = Chaos::start(env!("CARGO_BIN_EXE_chaos"), u64::MAX);
    for api in [Api::Ram, Api::Cam, Api::Workspace] {
        let bench = runtime.block_on(Bench::new(api, server.url()));
        let mut table = [const { Vec::new() }; Way::ALL.len()];
        // The first round fills the pools and is not counted.
        for round in 0..=rounds {
            for turn in 0..Way::ALL.len() {
                let index = (turn + round) % Way::ALL.len();
                let sample = runtime.block_on(bench.run(Way::ALL[index], calls));
                if round > 0 {
                    table[index].push(sample);
                }
            }
        }
        report(api, &table);
    }
}

/// One of the loops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Typed,
    Bare,
    BareJson,
}

impl Way {
    const ALL: [Self; 3] = [Self::Typed, Self::Bare, Self::BareJson];
}

/// What one loop took.
#[derive(Clone, Copy)]
struct Sample {
    /// Calls a second.
    speed: f64,
    /// Microseconds of the processor for a call.
    cost: f64,
}

/// What the loops of one operation share.
#[derive(Clone)]
struct Bench {
    client: Typed,
    id: Arc<str>,
    bare: reqwest::Client,
    sent: Arc<http::Request<Bytes>>,
    url: Arc<str>,
}

#[derive(Clone)]
enum Typed {
    Ram(ram::Client),
    Cam(cam::Client),
    Workspace(workspace::Client),
}

impl Bench {
    async fn new(api: Api, url: &str) -> Self {
        let (act, number) = (Act::Answer, 1);
        let id = Plan { api, act, number }.id();
        let transport = HttpTransport::new(CONNECT, true).expect("a transport");
        let tap = Arc::new(Tap {
            last: Mutex::default(),
            transport: transport.clone(),
        });
        Typed::new(api, url, Arc::clone(&tap) as _).call(&id).await;
        let sent = tap.last.lock().expect("nobody panics").take();
        let sent = sent.expect("the call was sent");
        Self {
            client: Typed::new(api, url, Arc::new(transport)),
            id: id.into(),
            bare: bare(),
            url: sent.uri().to_string().into(),
            sent: Arc::new(sent),
        }
    }

    /// Runs a loop of so many calls.
    async fn run(&self, way: Way, calls: usize) -> Sample {
        let (start, before) = (Instant::now(), on_processor());
        let tasks: Vec<_> = (0..CONCURRENT)
            .map(|_| {
                let bench = self.clone();
                tokio::spawn(async move {
                    for _ in 0..calls / CONCURRENT {
                        bench.call(way).await;
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("every call succeeds");
        }
        let (took, cost) = (start.elapsed(), on_processor().saturating_sub(before));
        #[allow(clippy::cast_precision_loss)] // far below 2^52
        let calls = (calls / CONCURRENT * CONCURRENT) as f64;
        Sample {
            speed: calls / took.as_secs_f64(),
            cost: cost.as_secs_f64() * 1e6 / calls,
        }
    }

    async fn call(&self, way: Way) {
        if way == Way::Typed {
            return self.client.call(&self.id).await;
        }
        let request = self
            .bare
            .request(self.sent.method().clone(), &*self.url)
            .headers(self.sent.headers().clone())
            .body(self.sent.body().clone());
        let answer = request.send().await.expect("it answers");
        assert_eq!(answer.status(), 200);
        let body = answer.bytes().await.expect("a whole body");
        if way == Way::BareJson {
            let json = serde_json::from_slice::<Json>(&body);
            black_box(json.expect("JSON"));
        }
    }
}

impl Typed {
    fn new(api: Api, url: &str, transport: Arc<dyn Transport>) -> Self {
        let keys = Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE").project_id("p1");
        let config = Config::new(keys)
            .endpoint(url)
            .allow_http(true)
            .region("cn-north-4")
            .rate_limit(false)
            .transport(transport);
        let sound = "the settings are sound";
        match api {
            Api::Cam => Self::Cam(cam::Client::new(config).expect(sound)),
            Api::Workspace => {
                Self::Workspace(workspace::Client::new(config).expect(sound))
            }
            _ => Self::Ram(ram::Client::new(config).expect(sound)),
        }
    }

    async fn call(&self, id: &str) {
        match self {
            Self::Ram(ram) => {
                let request = ram::UpdateUserRequest::new(id)
                    .new_display_name("Night shift")
                    .new_comments("on call");
                black_box(ram.update_user(request).await.expect("a success"));
            }
            Self::Cam(cam) => {
                let request = cam::UpdateUserRequest::new(id)
                    .remark("night shift")
                    .console_login(cam::ConsoleLogin::Allowed);
                black_box(cam.update_user(request).await.expect("a success"));
            }
            Self::Workspace(workspace) => {
                let request = workspace::UpdateUserInfoRequest::new(id)
                    .description("night shift")
                    .disabled(false);
                let answer = workspace.update_user_info(request).await;
                black_box(answer.expect("a success"));
            }
        }
    }
}

/// Sends, and keeps what it sent.
#[derive(Debug)]
struct Tap {
    last: Mutex<Option<http::Request<Bytes>>>,
    transport: HttpTransport,
}

impl Transport for Tap {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        *self.last.lock().expect("nobody panics") = Some(request.clone());
        self.transport.send(request, limits)
    }
}

/// A client of reqwest with the settings of the transport that ships.
fn bare() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has them")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .http1_only()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(CONNECT)
        .pool_idle_timeout(HttpTransport::IDLE)
        .no_proxy()
        .build()
        .expect("a client")
}

/// How long this thread has been on a processor.
fn on_processor() -> Duration {
    let file = std::fs::read_to_string("/proc/thread-self/schedstat");
    let text = file.expect("Linux tells the time of a thread");
    let first = text.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(first.expect("a number of nanoseconds"))
}

fn report(api: Api, table: &[Vec<Sample>; Way::ALL.len()]) {
    println!("{api:?}");
    for (way, samples) in Way::ALL.iter().zip(table) {
        let cost = Range::of(samples.iter().map(|sample| sample.cost));
        let speed = Range::of(samples.iter().map(|sample| sample.speed));
        println!("  {way:?}: {cost:.1} us a call, {speed:.0} calls/s");
    }
    let [typed, bare, json] = table;
    for (name, other) in [("the bare loop", bare), ("the one that reads JSON", json)] {
        let pairs = typed.iter().zip(other);
        let ratio = Range::of(pairs.map(|(typed, other)| typed.cost / other.cost));
        let goal = if ratio.middle <= GOAL {
            "within"
        } else {
            "above"
        };
        println!("  typed is {ratio:.3} times {name}, {goal} {GOAL}");
    }
}

/// The middle of some numbers, and their ends.
struct Range {
    least: f64,
    middle: f64,
    most: f64,
}

impl Range {
    fn of(numbers: impl Iterator<Item = f64>) -> Self {
        let mut numbers: Vec<_> = numbers.collect();
        numbers.sort_by(f64::total_cmp);
        let at = |index: usize| numbers.get(index).copied().unwrap_or(f64::NAN);
        Self {
            least: at(0),
            middle: at(numbers.len() / 2),
            most: at(numbers.len().saturating_sub(1)),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = f.precision().unwrap_or(1);
        let Self {
            least,
            middle,
            most,
        } = self;
        write!(f, "{middle:.places$} ({least:.places$} to {most:.places$})")
    }
}
