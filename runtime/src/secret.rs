//! Text that no message, log line or `Debug` shows, wiped when it is dropped.

use zeroize::Zeroizing;

use crate::decode::{Decode, Mismatch};
use crate::value::{Encode, Json, Value};

/// A password, a token, a key, a phone number: anything that a spec marks `sensitive`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text itself; the only way to it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl Encode for Secret {
    fn encode(&self) -> Value<'_> {
        Value::Secret(&self.0)
    }
}

impl Decode for Secret {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        String::decode(json).map(Self::from)
    }
}
