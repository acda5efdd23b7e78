//! Whether a failed attempt is repeated, and when: one pure function decides.

mod budget;
mod course;

use std::time::Duration;

use crate::operation::Retry;

use budget::Budget;
pub(crate) use course::Retrier;

/// How often and how patiently a client repeats what failed.
///
/// An attempt is repeated only where that does no harm: the service refused it before it
/// did anything (it throttles, the clock was off, or a token is expired and there is another
/// now), nothing was sent, or the operation is [`Retry::Safe`]. A pause that the service asks for is kept, and no pause outlasts
/// [`Timeouts::call`](crate::Timeouts::call).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    /// The most requests of one call; 3 by default. One more may go out where this
    /// machine's clock turns out to be off, and one where keys have to be renewed.
    pub max_attempts: u32,
    /// The longest pause before the second request; 100 ms by default. It doubles with each
    /// further request, and a random part of it is waited.
    pub base: Duration,
    /// The longest pause of all, but for one that the service asks for; 5 s by default.
    pub cap: Duration,
    /// How many retries a client and its clones have in stock; 100 by default. A retry takes
    /// one, a retry that helps gives it back, any other answer gives back a tenth: a service
    /// that is down is not stormed.
    pub budget: u32,
}

impl Retries {
    /// One request a call, whatever happens.
    pub const fn none() -> Self {
        Self {
            max_attempts: 1,
            base: Duration::ZERO,
            cap: Duration::ZERO,
            budget: 0,
        }
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base: Duration::from_millis(100),
            cap: Duration::from_secs(5),
            budget: 100,
        }
    }
}

/// Why an attempt failed, as far as repeating it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// The service refused to take so many requests.
    Throttled,
    /// The service refused the time of the signature, and its own time has been learnt.
    ClockSkew,
    /// The service refused the token of the keys, and there are others now.
    StaleKeys,
    /// The service has trouble, and may have done the work.
    Unavailable,
    /// No whole answer came.
    Unanswered,
    /// Repeating changes nothing.
    Lasting,
}

/// A failed attempt and what surrounds it.
#[derive(Clone, Copy, Debug)]
struct Attempt {
    cause: Cause,
    /// Whether the request may have reached the service.
    sent: bool,
    /// The operation's class.
    retry: Retry,
    /// The requests of the call so far.
    requests: u32,
    /// Whether one of them was the repetition after [`Cause::ClockSkew`].
    corrected: bool,
    /// Whether one of them was the repetition after [`Cause::StaleKeys`].
    renewed: bool,
    /// The pause that the service asks for.
    asked: Option<Duration>,
    /// The time since the call began.
    elapsed: Duration,
    /// The time that the call may take.
    limit: Duration,
}

/// What follows a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The failure is the call's.
    Stop,
    /// Another request after this pause.
    Wait(Duration),
}

/// What follows a failed attempt; `random` is from 0 to 1.
fn decide(policy: &Retries, attempt: &Attempt, random: f64) -> Verdict {
    let mended = [attempt.corrected, attempt.renewed].map(u32::from);
    let requests = attempt.requests - mended.iter().sum::<u32>();
    let pause = match attempt.cause {
        Cause::ClockSkew if attempt.corrected || policy.max_attempts < 2 => {
            return Verdict::Stop;
        }
        Cause::StaleKeys if attempt.renewed || policy.max_attempts < 2 => {
            return Verdict::Stop;
        }
        Cause::ClockSkew | Cause::StaleKeys => Duration::ZERO,
        _ if requests >= policy.max_attempts || !attempt.is_harmless() => {
            return Verdict::Stop;
        }
        _ => pause(policy, requests, random)
            .saturating_add(attempt.asked.unwrap_or_default()),
    };
    if attempt.elapsed.saturating_add(pause) < attempt.limit {
        Verdict::Wait(pause)
    } else {
        Verdict::Stop
    }
}

impl Attempt {
    /// Whether the operation runs at most once, or may run twice.
    fn is_harmless(&self) -> bool {
        match self.cause {
            Cause::Throttled | Cause::ClockSkew | Cause::StaleKeys => true,
            Cause::Unavailable | Cause::Unanswered => {
                !self.sent || self.retry == Retry::Safe
            }
            Cause::Lasting => false,
        }
    }
}

/// Full jitter: any part of a pause that doubles up to the cap.
fn pause(policy: &Retries, requests: u32, random: f64) -> Duration {
    let doubled = 2_u32.saturating_pow(requests.saturating_sub(1));
    policy
        .base
        .saturating_mul(doubled)
        .min(policy.cap)
        .mul_f64(random.clamp(0.0, 1.0))
}

/// The random number of a pause, out of the nonce of the attempt that failed: who pins the
/// nonces pins the pauses.
fn jitter(nonce: &str) -> f64 {
    let digits = nonce
        .get(..8)
        .and_then(|digits| u32::from_str_radix(digits, 16).ok());
    digits.map_or(1.0, |digits| f64::from(digits) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    /// The first failure of a call that has 30 s.
    fn first(cause: Cause) -> Attempt {
        Attempt {
            cause,
            sent: true,
            retry: Retry::Unsafe,
            requests: 1,
            corrected: false,
            renewed: false,
            asked: None,
            elapsed: MS,
            limit: 30_000 * MS,
        }
    }

    fn verdict(attempt: Attempt) -> Verdict {
        decide(&Retries::default(), &attempt, 1.0)
    }

    #[test]
    fn only_what_does_no_harm_is_repeated() {
        let again = Verdict::Wait(100 * MS);
        let now = Verdict::Wait(Duration::ZERO);
        let table = [
            // cause, sent, unsafe, safe
            (Cause::Throttled, true, again, again),
            (Cause::ClockSkew, true, now, now),
            (Cause::StaleKeys, true, now, now),
            (Cause::Unavailable, true, Verdict::Stop, again),
            (Cause::Unanswered, true, Verdict::Stop, again),
            (Cause::Unanswered, false, again, again),
            (Cause::Lasting, true, Verdict::Stop, Verdict::Stop),
            (Cause::Lasting, false, Verdict::Stop, Verdict::Stop),
        ];
        for (cause, sent, unsafe_verdict, safe_verdict) in table {
            let attempt = Attempt {
                sent,
                ..first(cause)
            };
            assert_eq!(verdict(attempt), unsafe_verdict, "{cause:?}, sent: {sent}");
            let attempt = Attempt {
                retry: Retry::Safe,
                ..attempt
            };
            assert_eq!(
                verdict(attempt),
                safe_verdict,
                "{cause:?}, sent: {sent}, safe"
            );
        }
    }

    #[test]
    fn pauses_double_up_to_the_cap() {
        let policy = Retries {
            max_attempts: u32::MAX,
            ..Retries::default()
        };
        let expected = [100, 200, 400, 800, 1600, 3200, 5000, 5000];
        for (requests, expected) in (1..).zip(expected) {
            let attempt = Attempt {
                requests,
                ..first(Cause::Throttled)
            };
            assert_eq!(decide(&policy, &attempt, 1.0), Verdict::Wait(expected * MS));
            assert_eq!(
                decide(&policy, &attempt, 0.5),
                Verdict::Wait(expected * MS / 2)
            );
            assert_eq!(
                decide(&policy, &attempt, 0.0),
                Verdict::Wait(Duration::ZERO)
            );
        }
        let attempt = Attempt {
            requests: u32::MAX - 1,
            ..first(Cause::Throttled)
        };
        assert_eq!(decide(&policy, &attempt, 1.0), Verdict::Wait(5000 * MS));
    }

    #[test]
    fn the_last_attempt_is_the_last() {
        for (requests, expected) in [(2, Verdict::Wait(200 * MS)), (3, Verdict::Stop)] {
            assert_eq!(
                verdict(Attempt {
                    requests,
                    ..first(Cause::Throttled)
                }),
                expected
            );
        }
        for cause in [Cause::Throttled, Cause::ClockSkew, Cause::StaleKeys] {
            assert_eq!(decide(&Retries::none(), &first(cause), 1.0), Verdict::Stop);
        }
    }

    #[test]
    fn the_clock_is_corrected_once_and_costs_no_attempt() {
        let skewed = first(Cause::ClockSkew);
        let third = Attempt {
            requests: 3,
            ..skewed
        };
        assert_eq!(verdict(third), Verdict::Wait(Duration::ZERO));
        assert_eq!(
            verdict(Attempt {
                requests: 2,
                corrected: true,
                ..skewed
            }),
            Verdict::Stop
        );
        let corrected = Attempt {
            corrected: true,
            ..first(Cause::Throttled)
        };
        let pause = Verdict::Wait(200 * MS);
        assert_eq!(
            verdict(Attempt {
                requests: 3,
                ..corrected
            }),
            pause
        );
        assert_eq!(
            verdict(Attempt {
                requests: 4,
                ..corrected
            }),
            Verdict::Stop
        );
    }

    #[test]
    fn keys_are_renewed_once_and_that_costs_no_attempt() {
        let now = Verdict::Wait(Duration::ZERO);
        let stale = first(Cause::StaleKeys);
        assert_eq!(
            verdict(Attempt {
                requests: 3,
                ..stale
            }),
            now
        );
        let renewed = Attempt {
            requests: 2,
            renewed: true,
            ..stale
        };
        assert_eq!(verdict(renewed), Verdict::Stop);
        let late = Attempt {
            cause: Cause::ClockSkew,
            ..renewed
        };
        assert_eq!(verdict(late), now, "the clock is another matter");
        let last = Attempt {
            cause: Cause::Throttled,
            requests: 5,
            corrected: true,
            ..renewed
        };
        assert_eq!(verdict(last), Verdict::Stop);
    }

    #[test]
    fn the_asked_pause_is_kept_unless_the_call_would_be_over() {
        let throttled = first(Cause::Throttled);
        let asked = |ms: u32| Attempt {
            asked: Some(ms * MS),
            ..throttled
        };
        assert_eq!(verdict(asked(2000)), Verdict::Wait(2100 * MS));
        assert_eq!(verdict(asked(29_898)), Verdict::Wait(29_998 * MS));
        assert_eq!(verdict(asked(29_899)), Verdict::Stop);
        let forever = Attempt {
            asked: Some(Duration::MAX),
            ..throttled
        };
        assert_eq!(verdict(forever), Verdict::Stop);
        let late = Attempt {
            elapsed: 29_950 * MS,
            ..throttled
        };
        assert_eq!(verdict(late), Verdict::Stop);
    }

    #[test]
    fn jitter_is_a_share() {
        assert_eq!(
            jitter("00000000ffffffffffffffffffffffff").to_bits(),
            0.0_f64.to_bits()
        );
        assert_eq!(
            jitter("ffffffff000000000000000000000000").to_bits(),
            1.0_f64.to_bits()
        );
        assert!((jitter("80000000000000000000000000000000") - 0.5).abs() < 1e-9);
        for odd in ["", "nonce", "1234567", "äöüäöü"] {
            assert_eq!(jitter(odd).to_bits(), 1.0_f64.to_bits(), "{odd:?}");
        }
    }
}
