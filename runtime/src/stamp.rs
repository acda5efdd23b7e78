//! The two moving parts of a signature, taken once per attempt and passed as a parameter.

use std::fmt::Write as _;
use std::time::SystemTime;

/// When an attempt is signed, and the nonce that no other attempt has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The time of signing.
    pub time: SystemTime,
    /// 32 lower-case hexadecimal digits.
    pub nonce: String,
}

impl Stamp {
    /// The clock's time and a fresh nonce: the one place that reads the clock.
    #[allow(clippy::disallowed_methods)] // everything else takes the stamp as a parameter
    pub fn now() -> Self {
        let mut nonce = String::with_capacity(32);
        let _ = write!(nonce, "{:032x}", fastrand::u128(..));
        Self {
            time: SystemTime::now(),
            nonce,
        }
    }
}
