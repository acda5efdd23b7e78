//! A point in time as a cloud writes it.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::decode::{Decode, Mismatch};
use crate::value::{Encode, Json, Value};

/// A time, kept as the text that came, so that an odd format loses nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The time, where the text is RFC 3339 and from 1970 on.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let (local, ahead, offset) = split(&self.0)?;
        // The parser would read over a second `Z`.
        local
            .ends_with(|sign: char| sign.is_ascii_digit())
            .then_some(())?;
        let local = humantime::parse_rfc3339(&[local, "Z"].concat()).ok()?;
        if ahead {
            local.checked_sub(offset)
        } else {
            local.checked_add(offset)
        }
    }
}

/// RFC 3339 in UTC, to the second; nothing outside of the years 1970 to 9999.
pub(crate) fn rfc3339(time: SystemTime) -> Option<String> {
    let mut text = String::with_capacity(20);
    let spelled = humantime::format_rfc3339_seconds(time);
    let known = time >= UNIX_EPOCH && write!(text, "{spelled}").is_ok();
    known.then_some(text)
}

/// The text without its offset, whether that one is ahead of UTC, and by how much it is off.
fn split(text: &str) -> Option<(&str, bool, Duration)> {
    if let Some(local) = text.strip_suffix(['Z', 'z']) {
        return Some((local, true, Duration::ZERO));
    }
    let (local, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let ahead = match offset.as_bytes().first()? {
        b'+' => true,
        b'-' => false,
        _ => return None,
    };
    let two = |digits: &str, below: u64| {
        let plain = digits.len() == 2 && digits.bytes().all(|one| one.is_ascii_digit());
        let number = digits.parse::<u64>().ok().filter(|number| *number < below);
        number.filter(|_| plain)
    };
    let minutes = two(hours, 24)? * 60 + two(minutes, 60)?;
    Some((local, ahead, Duration::from_secs(minutes * 60)))
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<SystemTime> for Timestamp {
    /// RFC 3339 in UTC, to the second; empty outside of the years 1970 to 9999.
    fn from(time: SystemTime) -> Self {
        Self(rfc3339(time).unwrap_or_default())
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Encode for Timestamp {
    fn encode(&self) -> Value<'_> {
        Value::String((&self.0).into())
    }
}

impl Decode for Timestamp {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        String::decode(json).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_taken_off() {
        let seconds = |text: &str| {
            let time = Timestamp::from(text).to_system_time()?;
            time.duration_since(UNIX_EPOCH).ok()
        };
        let noon = Duration::from_secs(1_767_323_045);
        for same in [
            "2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05+00:00",
            "2026-01-02T11:04:05+08:00",
            "2026-01-01T21:34:05-05:30",
        ] {
            assert_eq!(seconds(same), Some(noon), "{same}");
        }
        let half = Some(noon + Duration::from_millis(500));
        assert_eq!(seconds("2026-01-02T11:04:05.5+08:00"), half);
        for odd in [
            "",
            "Z",
            "2026-01-02",
            "2026-01-02 03:04:05",
            "2026-01-02T03:04:05",
            "2026-02-30T03:04:05Z",
            "2026-01-02T03:04:05+24:00",
            "2026-01-02T03:04:05+0 :00",
            "2026-01-02T03:04:05Z+08:00",
            "2026-01-02T03:04:05.😀Z",
            "😀😀",
        ] {
            assert_eq!(seconds(odd), None, "{odd}");
        }
    }

    #[test]
    fn times_outside_of_the_calendar_are_no_text() {
        let far = UNIX_EPOCH + Duration::from_secs(1 << 40);
        for time in [UNIX_EPOCH - Duration::from_secs(1), far] {
            assert_eq!(Timestamp::from(time).as_str(), "");
        }
        assert_eq!(Timestamp::from(UNIX_EPOCH).as_str(), "1970-01-01T00:00:00Z");
    }
}
