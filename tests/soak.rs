//! Many calls at once against a server that stalls, resets, truncates, drips, sends HTML, gzip
//! bombs, deep JSON and wrong types at random.
//!
//! `SOAK_CALLS=100000 cargo test -p yunspec-tests --test soak -- --nocapture` is the long run
//! and shows the figures; `SOAK_SEED` repeats one. The server is a child process, so time and
//! memory are the client's alone.

#[path = "soak/calls.rs"]
mod calls;
#[path = "soak/figures.rs"]
mod figures;
#[path = "soak/outcome.rs"]
mod outcome;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use yunspec_tests::chaos::{Act, Api, Chaos, Plan};

use calls::Clients;
use figures::Figures;

/// The calls of an ordinary run.
const ORDINARY: u64 = 4_000;
const CONCURRENT: u64 = 64;
/// What an attempt may take in every other call, and the whole call in the others.
const LIMIT: Duration = Duration::from_secs(3);
/// What a busy machine may add: a task that is due waits for a free thread.
const SLACK: Duration = Duration::from_secs(1);
/// How much memory may grow after the first tenth of the calls.
const GROWTH: u64 = 16 << 20;
/// Connections that nothing broke: one a task, and those that were opened while another call
/// gave its own back.
const SPARE: u64 = 4 * CONCURRENT;

/// A number out of the environment.
fn setting(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().expect("a number"))
}

#[test]
fn every_call_ends_in_time_and_as_it_should() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(soak());
}

async fn soak() {
    let calls = setting("SOAK_CALLS").unwrap_or(ORDINARY).max(CONCURRENT);
    let seed = setting("SOAK_SEED").unwrap_or_else(|| fastrand::u64(..));
    println!("seed {seed}");
    // A call takes three requests at most.
    let server = Chaos::start(env!("CARGO_BIN_EXE_chaos"), 3 * calls);
    let run = Arc::new(Run {
        clients: Clients::new(server.url(), LIMIT),
        calls,
        seed,
        next: AtomicU64::new(0),
    });
    let start = Instant::now();
    let tasks: Vec<_> = (0..CONCURRENT)
        .map(|_| tokio::spawn(Arc::clone(&run).work()))
        .collect();
    let mut figures = Figures::default();
    for task in tasks {
        figures.add(task.await.expect("no call panics"));
    }
    figures.end(start.elapsed());
    let server = server.stop();
    println!(
        "{figures}\n{} connections for {} requests",
        server.connections, server.requests
    );

    assert_eq!(figures.calls(), calls);
    assert!(figures.wrong.is_empty(), "{:#?}", figures.wrong);
    assert!(figures.slowest <= LIMIT + SLACK, "{:?}", figures.slowest);
    assert_eq!(server.encodings, 0, "no compressed answer is asked for");
    let most = figures.broken + SPARE;
    assert!(
        server.connections <= most,
        "{} > {most}",
        server.connections
    );
    if let Some(growth) = figures.growth() {
        assert!(growth <= GROWTH, "{growth} bytes");
    }
}

/// What all tasks share.
struct Run {
    clients: Clients,
    calls: u64,
    seed: u64,
    next: AtomicU64,
}

impl Run {
    /// Makes call after call until all are made.
    async fn work(self: Arc<Self>) -> Figures {
        let mut figures = Figures::default();
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.calls {
                return figures;
            }
            if number == self.calls / 10 {
                figures.remember();
            }
            let plan = self.plan(number);
            let start = Instant::now();
            let outcome = self.clients.call(&plan).await;
            figures.note(&plan, &outcome, start.elapsed());
        }
    }

    /// What happens in a call: a proper answer in half of them, one that takes all its time in
    /// one of a hundred, anything else in the others.
    fn plan(&self, number: u64) -> Plan {
        let mut random = fastrand::Rng::with_seed(self.seed.wrapping_add(number));
        let roll = random.u8(..100);
        let fits = |act: &Act| match roll {
            0 => act.is_slow(),
            1..50 => *act == Act::Answer,
            _ => !act.is_slow(),
        };
        let acts: Vec<_> = Act::ALL.into_iter().filter(fits).collect();
        Plan {
            api: random.choice(Api::ALL).expect("there are five"),
            act: random.choice(acts).expect("each roll has some"),
            number,
        }
    }
}
