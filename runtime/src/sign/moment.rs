//! The time of signing, in the spellings that the clouds want.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// A time in UTC, to the second.
pub(super) struct Moment {
    seconds: i64,
    civil: DateTime,
}

impl Moment {
    /// A time that no calendar holds becomes 1970; the cloud then answers that the clock is off.
    pub(super) fn new(time: SystemTime) -> Self {
        let time = Timestamp::try_from(time).unwrap_or(Timestamp::UNIX_EPOCH);
        Self {
            seconds: time.as_second(),
            civil: Offset::UTC.to_datetime(time),
        }
    }

    /// Seconds since 1970: `1767323045`.
    pub(super) fn seconds(&self) -> String {
        self.seconds.to_string()
    }

    /// `2026-01-02T03:04:05Z`
    pub(super) fn extended(&self) -> String {
        self.spell("-", ":", "Z")
    }

    /// `20260102T030405Z`
    pub(super) fn basic(&self) -> String {
        self.spell("", "", "Z")
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

    fn spell(&self, day: &str, time: &str, zone: &str) -> String {
        let mut text = String::with_capacity(20);
        let year = self.civil.year().unsigned_abs();
        two(&mut text, "", (year / 100 % 100).to_le_bytes()[0]);
        two(&mut text, "", (year % 100).to_le_bytes()[0]);
        two(&mut text, day, self.civil.month().unsigned_abs());
        two(&mut text, day, self.civil.day().unsigned_abs());
        two(&mut text, "T", self.civil.hour().unsigned_abs());
        two(&mut text, time, self.civil.minute().unsigned_abs());
        two(&mut text, time, self.civil.second().unsigned_abs());
        text.push_str(zone);
        text
    }
}

/// Appends a separator and two digits; `format!` takes longer than a hash.
fn two(text: &mut String, separator: &str, number: u8) {
    text.push_str(separator);
    text.push(char::from(b'0' + number / 10));
    text.push(char::from(b'0' + number % 10));
}
