//! A point in time as a cloud writes it.

use std::time::SystemTime;

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

    /// The time, where the text is RFC 3339.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        self.0.parse::<jiff::Timestamp>().ok().map(SystemTime::from)
    }
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
    /// RFC 3339 in UTC, to the second.
    fn from(time: SystemTime) -> Self {
        let format =
            |time: jiff::Timestamp| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Self(jiff::Timestamp::try_from(time).map_or_else(|_| String::new(), format))
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
