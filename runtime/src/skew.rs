//! How far the service's clock is ahead of this machine's, as the service's `Date` tells.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::DATE;
use tokio::time::Instant;

use crate::stamp::Stamp;

/// What a correction has to change at least, in seconds: a smaller difference is no reason
/// for a service to refuse a signature.
const NOTICEABLE: u64 = 60;

/// The correction that a client and its clones apply to the time of their signatures.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

impl Skew {
    /// A stamp of this machine's clock, put right.
    pub(crate) fn moment(&self, stamp: Stamp) -> Moment {
        let (ahead, local) = (self.0.load(Ordering::Relaxed), stamp.time);
        let stamp = Stamp {
            time: shifted(local, ahead),
            ..stamp
        };
        Moment {
            stamp,
            local,
            ahead,
            taken: Instant::now(),
        }
    }

    /// Takes over the service's time from the answer that has just come to a request signed
    /// at `moment`; false where that would change nothing.
    pub(crate) fn learn(&self, headers: &HeaderMap, moment: &Moment) -> bool {
        let local = unix(moment.local) + seconds(moment.taken.elapsed());
        let Some(ahead) = date(headers).map(|date| unix(date) - local) else {
            return false;
        };
        let noticeable = ahead.abs_diff(moment.ahead) >= NOTICEABLE;
        if noticeable {
            self.0.store(ahead, Ordering::Relaxed);
        }
        noticeable
    }
}

/// When a request was signed, by both clocks.
#[derive(Debug)]
pub(crate) struct Moment {
    /// What it was signed with: the service's time, as far as it is known.
    pub(crate) stamp: Stamp,
    local: SystemTime,
    ahead: i64,
    taken: Instant,
}

/// A time, so many seconds later.
fn shifted(time: SystemTime, seconds: i64) -> SystemTime {
    let by = Duration::from_secs(seconds.unsigned_abs());
    let shifted = if seconds < 0 {
        time.checked_sub(by)
    } else {
        time.checked_add(by)
    };
    shifted.unwrap_or(time)
}

/// The time of an answer.
pub(crate) fn date(headers: &HeaderMap) -> Option<SystemTime> {
    http_date(headers.get(DATE)?.to_str().ok()?)
}

/// A time as HTTP writes it: `Fri, 02 Jan 2026 03:04:05 GMT`.
pub(crate) fn http_date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text.trim()).ok()
}

/// Seconds since 1970.
fn unix(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => seconds(after),
        Err(before) => -seconds(before.duration()),
    }
}

/// Whole seconds; at most some billion years, so that sums stay in range.
fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs())
        .map_or(i64::MAX / 4, |seconds| seconds.min(i64::MAX / 4))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// 2026-01-02T03:04:05Z.
    fn noon() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_767_323_045)
    }

    fn dated(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(DATE, HeaderValue::from_static(text))])
    }

    #[test]
    fn dates_of_http() {
        assert_eq!(http_date("Fri, 02 Jan 2026 03:04:05 GMT"), Some(noon()));
        let not = [
            "",
            "1767323045",
            "2026-01-02T03:04:05Z",
            "Fri, 32 Jan 2026 03:04:05 GMT",
        ];
        for text in not {
            assert_eq!(http_date(text), None, "{text:?}");
        }
    }

    fn stamp(time: SystemTime) -> Stamp {
        Stamp {
            time,
            nonce: String::new(),
        }
    }

    #[test]
    fn the_difference_is_learnt_in_both_directions() {
        for (text, ahead) in [
            ("Fri, 02 Jan 2026 04:04:05 GMT", 3600),
            ("Fri, 02 Jan 2026 02:04:05 GMT", -3600),
            ("Thu, 02 Jan 2020 03:04:05 GMT", -189_388_800),
        ] {
            let skew = Skew::default();
            let moment = skew.moment(stamp(noon()));
            assert_eq!(moment.stamp.time, noon());
            assert!(skew.learn(&dated(text), &moment), "{text}");
            let moment = skew.moment(stamp(noon()));
            assert_eq!(moment.stamp.time, shifted(noon(), ahead), "{text}");
            assert!(
                !skew.learn(&dated(text), &moment),
                "{text}: already applied"
            );
            let set_right = skew.moment(stamp(shifted(noon(), ahead)));
            assert!(
                skew.learn(&dated(text), &set_right),
                "{text}: the clock was set right"
            );
            assert_eq!(skew.moment(stamp(noon())).stamp.time, noon(), "{text}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_time_that_an_answer_takes_is_no_difference() {
        let skew = Skew::default();
        let moment = skew.moment(stamp(noon()));
        tokio::time::sleep(Duration::from_secs(90)).await;
        assert!(!skew.learn(&dated("Fri, 02 Jan 2026 03:05:35 GMT"), &moment));
        assert!(skew.learn(&dated("Fri, 02 Jan 2026 03:04:05 GMT"), &moment));
    }

    #[test]
    fn nothing_is_learnt_without_a_difference_or_a_date() {
        let skew = Skew::default();
        for headers in [
            HeaderMap::new(),
            dated("yesterday"),
            dated("Fri, 02 Jan 2026 03:04:05 GMT"),
            dated("Fri, 02 Jan 2026 03:05:04 GMT"),
        ] {
            assert!(
                !skew.learn(&headers, &skew.moment(stamp(noon()))),
                "{headers:?}"
            );
            assert_eq!(skew.moment(stamp(noon())).stamp.time, noon());
        }
    }

    #[test]
    fn shifting_never_panics() {
        assert_eq!(shifted(noon(), 5), noon() + Duration::from_secs(5));
        assert_eq!(shifted(noon(), -5), noon() - Duration::from_secs(5));
        for extreme in [i64::MAX, i64::MIN] {
            let _ = shifted(noon(), extreme);
        }
    }
}
