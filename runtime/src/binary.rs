//! Bytes: as they are where they are a whole body or a file, else base64 text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::decode::{Decode, Mismatch};
use crate::value::{Encode, Json, Value};

/// Bytes. Inside JSON, a query or a header they are base64 with padding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binary(Vec<u8>);

impl Binary {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes as base64 text with padding.
    pub fn to_base64(&self) -> String {
        base64(&self.0)
    }
}

impl<T: Into<Vec<u8>>> From<T> for Binary {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

impl Encode for Binary {
    fn encode(&self) -> Value<'_> {
        Value::Bytes(&self.0)
    }
}

/// Base64 with padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

impl Decode for Binary {
    fn decode(json: Json) -> Result<Self, Mismatch> {
        match &json {
            Json::String(text) => STANDARD.decode(text).ok().map(Self),
            _ => None,
        }
        .ok_or_else(|| Mismatch::new("base64 text", &json))
    }

    fn decode_bytes(bytes: Vec<u8>) -> Result<Self, Mismatch> {
        Ok(Self(bytes))
    }
}
