//! One look-up for everybody, renewal before the end, and no failure that stays.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use yunspec_runtime::credentials::Cached;
use yunspec_runtime::{Credentials, CredentialsError, CredentialsSource};

use crate::common::{NOW, at, found, quiet, refusal, secret};

/// A clock that a test sets, in milliseconds since 1970.
#[derive(Clone)]
struct Clock(Arc<AtomicU64>);

impl Clock {
    fn new() -> Self {
        Self(Arc::new(AtomicU64::new(NOW * 1000)))
    }

    fn set(&self, time: SystemTime) {
        let since = time.duration_since(at(0)).expect("after 1970");
        let since = u64::try_from(since.as_millis()).expect("before the sun burns out");
        self.0.store(since, Ordering::SeqCst);
    }

    fn now(&self) -> SystemTime {
        at(0) + Duration::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// How often a source was asked.
#[derive(Clone, Default)]
struct Count(Arc<AtomicUsize>);

impl Count {
    fn next(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }

    fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    /// Waits for a look-up in the background.
    async fn reaches(&self, count: usize) -> bool {
        for _ in 0..2000 {
            if self.get() >= count {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        false
    }
}

/// Gives the background the time to do what it must not do.
async fn a_moment() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

fn keys(number: usize) -> Credentials {
    Credentials::new(format!("id{number}"), secret("key"))
}

/// A source whose answers the test decides; `answer` gets the number of the look-up.
fn cached(
    clock: &Clock,
    answer: impl Fn(usize) -> Result<Credentials, CredentialsError> + Send + Sync + 'static,
) -> (Cached, Count) {
    let count = Count::default();
    let counter = count.clone();
    let source = move || std::future::ready(answer(counter.next()));
    let clock = clock.clone();
    (Cached::new(source).clock(move || clock.now()), count)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_make_one_look_up() {
    let count = Count::default();
    let counter = count.clone();
    let cached = Cached::new(move || {
        let number = counter.next();
        async move {
            tokio::time::sleep(Duration::from_millis(100)).await;
            Ok(keys(number))
        }
    });
    let callers = (0..1000).map(|_| {
        let cached = cached.clone();
        tokio::spawn(async move { cached.credentials().await })
    });
    for caller in callers.collect::<Vec<_>>() {
        let found = caller
            .await
            .expect("no caller panics")
            .expect("credentials");
        assert_eq!(found, keys(1));
    }
    assert_eq!(count.get(), 1);
    quiet(&format!("{cached:?}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_share_a_failure_and_the_next_asks_anew() {
    let count = Count::default();
    let counter = count.clone();
    let cached = Cached::new(move || {
        let number = counter.next();
        async move {
            tokio::time::sleep(Duration::from_millis(100)).await;
            if number == 1 {
                Err(CredentialsError::other("no luck"))
            } else {
                Ok(keys(number))
            }
        }
    });
    let callers = (0..1000).map(|_| {
        let cached = cached.clone();
        tokio::spawn(async move { cached.credentials().await })
    });
    for caller in callers.collect::<Vec<_>>() {
        let error = caller
            .await
            .expect("no caller panics")
            .expect_err("no luck");
        assert_eq!(error.to_string(), "no credentials: no luck");
    }
    assert_eq!(count.get(), 1);
    assert_eq!(found(&cached).await, keys(2));
}

#[tokio::test]
async fn keys_are_renewed_early_and_not_all_at_once() {
    let expiry = at(NOW + 3600);
    let mut early = 0;
    for _ in 0..60 {
        let clock = Clock::new();
        let (cached, count) =
            cached(&clock, move |number| Ok(keys(number).expires_at(expiry)));
        let cached = cached.early(Duration::from_secs(200));
        assert_eq!(found(&cached).await.access_key_id, "id1");
        clock.set(expiry - Duration::from_secs(301));
        found(&cached).await;
        tokio::task::yield_now().await;
        assert_eq!(count.get(), 1, "not before one and a half times the lead");
        clock.set(expiry - Duration::from_secs(250));
        found(&cached).await;
        tokio::task::yield_now().await;
        early += count.get() - 1;
        clock.set(expiry - Duration::from_secs(200));
        found(&cached).await;
        assert!(count.reaches(2).await, "at the lead at the latest");
    }
    assert!(
        (1..60).contains(&early),
        "the moment differs: {early} of 60 in the first half"
    );
}

#[tokio::test]
async fn the_old_keys_serve_while_new_ones_come_and_nobody_waits() {
    let clock = Clock::new();
    let expiry = at(NOW + 3600);
    let (cached, count) = cached(&clock, move |number| {
        let life = 3600 * u64::try_from(number).expect("small");
        Ok(keys(number).expires_at(at(NOW + life)))
    });
    assert_eq!(found(&cached).await.access_key_id, "id1");
    clock.set(expiry - Duration::from_secs(300));
    assert_eq!(
        found(&cached).await.access_key_id,
        "id1",
        "no caller waits for a renewal"
    );
    assert!(count.reaches(2).await);
    a_moment().await;
    assert_eq!(found(&cached).await.access_key_id, "id2");
    assert_eq!(count.get(), 2);
}

#[tokio::test]
async fn the_old_keys_serve_until_they_expire_while_renewal_fails() {
    let clock = Clock::new();
    let expiry = at(NOW + 3600);
    let time = clock.clone();
    let (cached, count) = cached(&clock, move |number| match number {
        1 => Ok(keys(1).expires_at(expiry)),
        _ if time.now() <= expiry => Err(CredentialsError::other("busy")),
        _ => Ok(keys(number)),
    });
    found(&cached).await;
    // Ten calls a second for the last 200 seconds of the keys' life.
    for tick in (0..2000).rev() {
        clock.set(expiry - Duration::from_millis(100 * (tick + 1)));
        assert_eq!(found(&cached).await.access_key_id, "id1");
        tokio::task::yield_now().await;
    }
    // Pauses of 1, 2, 4 … 60 seconds, or down to half of each.
    assert!(
        (10..=13).contains(&count.get()),
        "{} look-ups in 200 s",
        count.get()
    );
    clock.set(expiry);
    for _ in 0..3 {
        let before = count.get();
        assert_eq!(refusal(&cached).await, "no credentials: busy");
        assert_eq!(count.get(), before + 1, "without keys every call asks");
    }
    clock.set(expiry + Duration::from_millis(1));
    assert_ne!(found(&cached).await.access_key_id, "id1");
}

#[tokio::test]
async fn a_short_life_is_not_renewed_in_its_first_half() {
    let clock = Clock::new();
    let expiry = at(NOW + 60);
    let (cached, count) =
        cached(&clock, move |number| Ok(keys(number).expires_at(expiry)));
    for second in 0..30 {
        clock.set(at(NOW + second));
        found(&cached).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(count.get(), 1);
    clock.set(at(NOW + 30));
    found(&cached).await;
    assert!(count.reaches(2).await);
}

#[tokio::test]
async fn keys_without_an_end_are_looked_up_again_after_a_while() {
    let clock = Clock::new();
    let (cached, count) = cached(&clock, |number| Ok(keys(number)));
    assert_eq!(found(&cached).await.access_key_id, "id1");
    clock.set(at(NOW + 299));
    assert_eq!(found(&cached).await.access_key_id, "id1");
    a_moment().await;
    assert_eq!(count.get(), 1);
    clock.set(at(NOW + 300));
    assert_eq!(found(&cached).await.access_key_id, "id1");
    assert!(count.reaches(2).await);
    a_moment().await;
    assert_eq!(found(&cached).await.access_key_id, "id2");
}

#[tokio::test]
async fn keys_that_come_expired_serve_who_waited_and_nobody_else() {
    let clock = Clock::new();
    let (cached, count) =
        cached(&clock, |number| Ok(keys(number).expires_at(at(NOW - 9))));
    assert_eq!(found(&cached).await.access_key_id, "id1");
    assert_eq!(found(&cached).await.access_key_id, "id2");
    assert_eq!(count.get(), 2);
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_end_the_look_up() {
    let count = Count::default();
    let counter = count.clone();
    let cached = Cached::new(move || {
        let number = counter.next();
        async move {
            tokio::time::sleep(Duration::from_millis(80)).await;
            Ok(keys(number))
        }
    });
    let hasty =
        tokio::time::timeout(Duration::from_millis(5), cached.credentials()).await;
    assert!(hasty.is_err(), "the caller gave up");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(found(&cached).await.access_key_id, "id1");
    assert_eq!(count.get(), 1);
}

#[tokio::test]
async fn a_source_that_panics_fails_one_look_up() {
    let clock = Clock::new();
    let (cached, _) = cached(&clock, |number| {
        assert!(number > 1, "the first look-up panics");
        Ok(keys(number))
    });
    let why = refusal(&cached).await;
    assert!(why.contains("was cut off"), "{why}");
    assert_eq!(found(&cached).await.access_key_id, "id2");
}

#[tokio::test]
async fn a_look_up_that_hangs_is_given_up() {
    let clock = Clock::new();
    let count = Count::default();
    let counter = count.clone();
    let source = move || {
        let number = counter.next();
        async move {
            if number == 1 {
                pending().await
            } else {
                Ok(keys(number))
            }
        }
    };
    let time = clock.clone();
    let cached = Cached::new(source).clock(move || time.now());
    let wait = Duration::from_millis(20);
    assert!(
        tokio::time::timeout(wait, cached.credentials())
            .await
            .is_err()
    );
    assert!(
        tokio::time::timeout(wait, cached.credentials())
            .await
            .is_err()
    );
    assert_eq!(count.get(), 1, "one at a time");
    clock.set(at(NOW + 60));
    assert_eq!(found(&cached).await.access_key_id, "id2");
}

#[test]
fn without_a_runtime_it_fails_and_does_not_panic() {
    let cached = Cached::new(keys(1));
    let mut waiting = cached.credentials();
    let polled = waiting
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(Err(error)) = polled else {
        panic!("it cannot have credentials")
    };
    assert!(
        error.to_string().contains("needs a tokio runtime"),
        "{error}"
    );
}

#[test]
fn a_runtime_that_ended_takes_its_look_up_with_it() {
    let slow = Cached::new(|| async {
        tokio::time::sleep(Duration::from_millis(30)).await;
        Ok(keys(1))
    });
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_time().build().expect("a runtime")
    };
    runtime().block_on(async {
        let wait = Duration::from_millis(5);
        assert!(
            tokio::time::timeout(wait, slow.credentials())
                .await
                .is_err()
        );
    });
    assert_eq!(runtime().block_on(found(&slow)).access_key_id, "id1");
}
