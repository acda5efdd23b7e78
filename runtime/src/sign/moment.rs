//! The time of signing, in the spellings that the clouds want.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::timestamp::rfc3339;

/// A time in UTC, to the second.
pub(super) struct Moment {
    seconds: u64,
    extended: String,
}

impl Moment {
    /// A time that no calendar holds becomes 1970; the cloud then answers that the clock is off.
    pub(super) fn new(time: SystemTime) -> Self {
        let spelled = rfc3339(time).map(|text| (time, text));
        let (time, extended) =
            spelled.unwrap_or_else(|| (UNIX_EPOCH, "1970-01-01T00:00:00Z".to_owned()));
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            seconds: since.as_secs(),
            extended,
        }
    }

    /// Seconds since 1970: `1767323045`.
    pub(super) fn seconds(&self) -> String {
        self.seconds.to_string()
    }

    /// `2026-01-02T03:04:05Z`
    pub(super) fn extended(&self) -> String {
        self.extended.clone()
    }

    /// `20260102T030405Z`
    pub(super) fn basic(&self) -> String {
        let mut text = self.extended();
        text.retain(|sign| sign != '-' && sign != ':');
        text
    }

    /// `2026-01-02`
    pub(super) fn date(&self) -> String {
        let mut text = self.extended();
        text.truncate("2026-01-02".len());
        text
    }

    /// `20260102`
    pub(super) fn basic_date(&self) -> String {
        let mut text = self.basic();
        text.truncate("20260102".len());
        text
    }
}
