//! One look-up for many callers, and keys that are renewed before they expire.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::failure::failed;
use super::{Credentials, CredentialsError, CredentialsSource};
use crate::future::BoxFuture;
use crate::stamp::Stamp;

/// How long before they expire keys are renewed, unless [`Cached::early`] says otherwise.
const EARLY: Duration = Duration::from_secs(300);

/// How often keys without an expiry are looked up anew: a profile file may have changed.
const RECHECK: Duration = Duration::from_secs(300);

/// The longest look-up; after it the next caller starts another.
const LONGEST: Duration = Duration::from_secs(60);

type Outcome = Result<Credentials, CredentialsError>;

/// Keeps the credentials of another source, and asks it once however many calls wait.
///
/// - The look-up runs on its own: a caller that gives up does not end it.
/// - Keys are renewed before they expire, at a moment that differs from process to process.
///   The old ones serve until then, also while renewing fails; then it is tried again after a
///   pause that grows up to a minute.
/// - A failure without old keys goes to everyone who waited for it, and is not kept: the next
///   call asks the source anew.
/// - Keys that a service refused are looked up anew, once for all calls that they failed.
///   Where that brings the same keys or none, it is tried again after such a pause.
///
/// It needs a tokio runtime, as the client itself does. Clones share what they keep.
#[derive(Clone)]
pub struct Cached {
    source: Arc<dyn CredentialsSource>,
    early: Duration,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    flight: Option<Flight>,
    /// Renewals that failed, or brought refused keys again, since the last success.
    failures: u32,
}

struct Kept {
    credentials: Credentials,
    renew_at: SystemTime,
    /// Whether a service refused them, and nothing has been looked up since.
    refused: bool,
}

/// A look-up under way.
#[derive(Clone)]
struct Flight {
    started: SystemTime,
    outcome: watch::Receiver<Option<Outcome>>,
}

impl Cached {
    /// Keeps what `source` has.
    pub fn new(source: impl CredentialsSource + 'static) -> Self {
        Self {
            source: Arc::new(source),
            early: EARLY,
            clock: Arc::new(|| Stamp::now().time),
            state: Arc::default(),
        }
    }

    /// Sets how long before they expire keys are renewed: at least so long, at most half as
    /// long again, and never in the first half of their life. 5 minutes by default.
    pub fn early(mut self, early: Duration) -> Self {
        self.early = early;
        self
    }

    /// Sets where the time comes from; the clock by default.
    pub fn clock(
        mut self,
        clock: impl Fn() -> SystemTime + Send + Sync + 'static,
    ) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    async fn get(&self) -> Outcome {
        let flight = match self.look()? {
            Found::Kept(credentials) => return Ok(credentials),
            Found::Flight(flight) => flight,
        };
        let mut outcome = flight.outcome;
        match outcome.wait_for(Option::is_some).await.as_deref() {
            Ok(Some(outcome)) => outcome.clone(),
            Ok(None) | Err(_) => Err(failed(
                "the look-up",
                "was cut off; its runtime ended, or it panicked",
            )),
        }
    }

    /// The kept keys, or the look-up to wait for; starts one where it is time.
    fn look(&self) -> Result<Found, CredentialsError> {
        let now = (self.clock)();
        let mut state = self.lock();
        let flight = state.flight.clone().filter(|flight| flight.is_alive(now));
        let usable = state
            .kept
            .as_ref()
            .filter(|kept| kept.serves_at(now) && !kept.refused);
        if let Some(kept) = usable {
            let credentials = kept.credentials.clone();
            if now >= kept.renew_at && flight.is_none() {
                // Without a runtime the old keys go on; the last call will tell.
                let _ = self.take_off(&mut state, now);
            }
            return Ok(Found::Kept(credentials));
        }
        match flight {
            Some(flight) => Ok(Found::Flight(flight)),
            None => self.take_off(&mut state, now).map(Found::Flight),
        }
    }

    fn take_off(
        &self,
        state: &mut State,
        now: SystemTime,
    ) -> Result<Flight, CredentialsError> {
        let runtime = Handle::try_current().map_err(|_| {
            failed("the look-up", "needs a tokio runtime around the call")
        })?;
        let (sender, outcome) = watch::channel(None);
        let flight = Flight {
            started: now,
            outcome,
        };
        state.flight = Some(flight.clone());
        let this = self.clone();
        runtime.spawn(async move { this.fly(&sender).await });
        Ok(flight)
    }

    async fn fly(&self, sender: &watch::Sender<Option<Outcome>>) {
        let outcome = tokio::time::timeout(LONGEST, self.source.credentials()).await;
        let outcome = outcome.unwrap_or_else(|_| {
            Err(failed(
                "the look-up",
                format_args!("took longer than {LONGEST:?}"),
            ))
        });
        let now = (self.clock)();
        let mut state = self.lock();
        // A flight that was given up may come back after the one that took over.
        let this = sender.subscribe();
        if state
            .flight
            .take_if(|flight| flight.outcome.same_channel(&this))
            .is_some()
        {
            state.land(&outcome, now, self.early);
        }
        drop(state);
        sender.send_replace(Some(outcome));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CredentialsSource for Cached {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.get())
    }

    fn renew(&self, refused: &Credentials) -> bool {
        let now = (self.clock)();
        self.source.renew(refused) && self.lock().give_up(refused, now)
    }
}

impl fmt::Debug for Cached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cached")
            .field("early", &self.early)
            .field(
                "kept",
                &self.lock().kept.as_ref().map(|kept| &kept.credentials),
            )
            .finish_non_exhaustive()
    }
}

enum Found {
    Kept(Credentials),
    Flight(Flight),
}

impl Kept {
    fn serves_at(&self, now: SystemTime) -> bool {
        self.credentials
            .expires_at
            .is_none_or(|expiry| now < expiry)
    }

    /// A look-up brought nothing better; these go on.
    fn fail(&mut self, now: SystemTime, failures: &mut u32) {
        self.renew_at = now + pause(*failures);
        self.refused = false;
        *failures = failures.saturating_add(1);
    }
}

impl Flight {
    /// Whether it may still bring something: its runtime may stand still, or have ended.
    fn is_alive(&self, now: SystemTime) -> bool {
        let age = now.duration_since(self.started).unwrap_or_default();
        age < LONGEST && self.outcome.has_changed().is_ok()
    }
}

impl State {
    /// Whether a look-up may bring other keys: those that are kept are others already, or it
    /// is not too soon after one that brought nothing better.
    fn give_up(&mut self, refused: &Credentials, now: SystemTime) -> bool {
        let failures = self.failures;
        let kept = self.kept.as_mut();
        let Some(kept) = kept.filter(|kept| kept.credentials == *refused) else {
            return true;
        };
        kept.refused |= failures == 0 || now >= kept.renew_at;
        kept.refused
    }

    fn land(&mut self, outcome: &Outcome, now: SystemTime, early: Duration) {
        match (outcome, &mut self.kept) {
            (Ok(found), Some(kept)) if kept.refused && kept.credentials == *found => {
                kept.fail(now, &mut self.failures);
            }
            (Ok(credentials), kept) => {
                let renew_at = renewal(credentials.expires_at, now, early);
                *kept = Some(Kept {
                    credentials: credentials.clone(),
                    renew_at,
                    refused: false,
                });
                self.failures = 0;
            }
            (Err(_), Some(kept)) => kept.fail(now, &mut self.failures),
            (Err(_), None) => {}
        }
    }
}

/// When to renew keys that came now.
fn renewal(expiry: Option<SystemTime>, now: SystemTime, early: Duration) -> SystemTime {
    let Some(expiry) = expiry else {
        return now + RECHECK;
    };
    let life = expiry.duration_since(now).unwrap_or_default();
    let lead = early.min(life).mul_f64(1.0 + fastrand::f64() / 2.0);
    expiry - lead.min(life / 2)
}

/// How long to wait after a renewal failed, with so many failures before it.
fn pause(failures: u32) -> Duration {
    let longest = Duration::from_secs(1 << failures.min(6)).min(Duration::from_secs(60));
    longest.mul_f64(0.5 + fastrand::f64() / 2.0)
}
