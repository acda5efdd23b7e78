//! Bytes that travel as base64 text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::decode::{Decode, Mismatch};
use crate::value::{Encode, Json, Value};

/// Bytes; base64 with padding on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binary(Vec<u8>);

impl Binary {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl<T: Into<Vec<u8>>> From<T> for Binary {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

impl Encode for Binary {
    fn encode(&self) -> Value<'_> {
        Value::String(STANDARD.encode(&self.0).into())
    }
}

impl Decode for Binary {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        match &json {
            Json::String(text) => STANDARD.decode(text).ok().map(Self),
            _ => None,
        }
        .ok_or_else(|| Mismatch::new("base64 text", &json))
    }
}
