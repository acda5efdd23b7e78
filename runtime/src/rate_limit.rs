//! The documented limit of requests per period, kept on this side of the network.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// How many requests of an operation a service takes per period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The most requests in any period.
    pub requests: u32,
    /// The period.
    pub per: Duration,
}

impl RateLimit {
    /// So many requests in any second.
    pub const fn per_second(requests: u32) -> Self {
        Self {
            requests,
            per: Duration::from_secs(1),
        }
    }

    /// So many requests in any minute.
    pub const fn per_minute(requests: u32) -> Self {
        Self {
            requests,
            per: Duration::from_secs(60),
        }
    }
}

/// Lets the requests of a client and its clones pass, each operation at its own pace.
#[derive(Debug)]
pub(crate) struct Limiter {
    began: Instant,
    windows: Mutex<BTreeMap<String, Window>>,
}

/// The call would be over before its turn comes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLate;

impl Limiter {
    /// A limiter that has let nothing pass yet.
    pub(crate) fn new() -> Self {
        Self {
            began: Instant::now(),
            windows: Mutex::default(),
        }
    }

    /// Waits until a request may be sent, in the order of arrival; [`TooLate`] at once where
    /// that is not before the deadline.
    pub(crate) async fn pass(
        &self,
        operation: &str,
        limit: RateLimit,
        deadline: Instant,
    ) -> Result<(), TooLate> {
        let deadline = deadline.saturating_duration_since(self.began);
        let Some(mut turn) = self.queue(operation, limit, deadline)? else {
            return Ok(());
        };
        let _place = Place {
            limiter: self,
            operation,
        };
        loop {
            sleep_until(self.began + turn).await;
            let (mut windows, now) = self.lock();
            // Woken late, a request counts from now on, and those behind it wait longer.
            let Some(next) = windows
                .get_mut(operation)
                .and_then(|window| window.enter(now))
            else {
                return Ok(());
            };
            turn = before(next, deadline)?;
        }
    }

    /// Passes, or takes a place in the queue and returns when its turn comes.
    fn queue(
        &self,
        operation: &str,
        limit: RateLimit,
        deadline: Duration,
    ) -> Result<Option<Duration>, TooLate> {
        let (mut windows, now) = self.lock();
        let window = windows
            .entry(operation.to_owned())
            .or_insert_with(|| Window::new(limit));
        if window.waiting == 0 && window.enter(now).is_none() {
            return Ok(None);
        }
        let turn = before(window.turn(now, window.waiting), deadline)?;
        window.waiting += 1;
        Ok(Some(turn))
    }

    fn lock(&self) -> (MutexGuard<'_, BTreeMap<String, Window>>, Duration) {
        let windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        (windows, self.began.elapsed())
    }
}

fn before(turn: Duration, deadline: Duration) -> Result<Duration, TooLate> {
    if turn < deadline {
        Ok(turn)
    } else {
        Err(TooLate)
    }
}

/// A place in the queue, given up when the request passes or its caller does.
struct Place<'l> {
    limiter: &'l Limiter,
    operation: &'l str,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let (mut windows, _) = self.limiter.lock();
        if let Some(window) = windows.get_mut(self.operation) {
            window.waiting -= 1;
        }
    }
}

/// The latest requests of one operation; times count from the limiter's beginning.
#[derive(Debug)]
struct Window {
    requests: usize,
    per: Duration,
    sent: VecDeque<Duration>,
    waiting: usize,
}

impl Window {
    fn new(limit: RateLimit) -> Self {
        // A fiftieth longer: the service counts arrivals, and the network keeps no distance.
        let per = limit.per.saturating_add(limit.per / 50);
        let requests = usize::try_from(limit.requests).unwrap_or(usize::MAX).max(1);
        Self {
            requests,
            per,
            sent: VecDeque::new(),
            waiting: 0,
        }
    }

    /// Lets a request pass now, or returns when the next one may.
    fn enter(&mut self, now: Duration) -> Option<Duration> {
        let turn = self.turn(now, 0);
        if turn > now {
            return Some(turn);
        }
        if self.sent.len() == self.requests {
            self.sent.pop_front();
        }
        self.sent.push_back(now);
        None
    }

    /// When a request may pass that has so many before it.
    fn turn(&self, now: Duration, ahead: usize) -> Duration {
        let (rounds, place) = (ahead / self.requests, ahead % self.requests);
        let free = self.requests - self.sent.len();
        let sent = place
            .checked_sub(free)
            .and_then(|index| self.sent.get(index));
        let first = sent.map_or(now, |sent| sent.saturating_add(self.per).max(now));
        let rounds = u32::try_from(rounds).unwrap_or(u32::MAX);
        first.saturating_add(self.per.saturating_mul(rounds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_window_slides() {
        let mut window = Window::new(RateLimit {
            requests: 3,
            per: 100 * MS,
        });
        for now in [0, 10, 50] {
            assert_eq!(window.enter(now * MS), None);
        }
        assert_eq!(window.enter(101 * MS), Some(102 * MS));
        let turns = [102, 112, 152, 204, 214, 254, 306];
        for (ahead, turn) in turns.into_iter().enumerate() {
            assert_eq!(window.turn(101 * MS, ahead), turn * MS, "{ahead} ahead");
        }
        // The third of the latest three came at 105: nobody passes before 207.
        for now in [103, 113, 160] {
            assert_eq!(window.enter(now * MS), None);
        }
        assert_eq!(window.enter(204 * MS), Some(205 * MS));
    }

    #[test]
    fn odd_limits_neither_panic_nor_stop_everything() {
        let mut none = Window::new(RateLimit {
            requests: 0,
            per: 100 * MS,
        });
        assert_eq!(none.enter(MS), None);
        assert_eq!(none.enter(MS), Some(103 * MS));
        let mut endless = Window::new(RateLimit {
            requests: 1,
            per: Duration::MAX,
        });
        assert_eq!(endless.enter(MS), None);
        assert_eq!(endless.turn(MS, usize::MAX), Duration::MAX);
    }

    async fn passes(
        limiter: &Limiter,
        limit: RateLimit,
        wait: Duration,
    ) -> Result<u128, TooLate> {
        let began = Instant::now();
        limiter
            .pass("Op", limit, began + wait)
            .await
            .map(|()| began.elapsed().as_millis())
    }

    #[tokio::test(start_paused = true)]
    async fn who_cannot_pass_in_time_hears_so_at_once() {
        let limiter = Limiter::new();
        let limit = RateLimit {
            requests: 1,
            per: 1000 * MS,
        };
        assert_eq!(passes(&limiter, limit, MS).await, Ok(0));
        let second = passes(&limiter, limit, 5000 * MS);
        let third = passes(&limiter, limit, 5000 * MS);
        let late = async {
            let began = Instant::now();
            let result = passes(&limiter, limit, 1500 * MS).await;
            (result, began.elapsed())
        };
        let (second, third, late) = tokio::join!(second, third, late);
        assert_eq!(late, (Err(TooLate), Duration::ZERO));
        assert_eq!((second, third), (Ok(1020), Ok(2040)));
        assert!(
            limiter
                .pass("Other", limit, Instant::now() + MS)
                .await
                .is_ok()
        );
    }

    #[tokio::test(start_paused = true)]
    async fn who_gives_up_frees_the_place() {
        let limiter = Limiter::new();
        let limit = RateLimit {
            requests: 1,
            per: 1000 * MS,
        };
        assert_eq!(passes(&limiter, limit, MS).await, Ok(0));
        let given_up = passes(&limiter, limit, 5000 * MS);
        assert!(tokio::time::timeout(500 * MS, given_up).await.is_err());
        assert_eq!(passes(&limiter, limit, 5000 * MS).await, Ok(520));
    }
}
