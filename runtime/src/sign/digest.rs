//! The hash functions that signatures are built on.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::canonical::hex;

/// A hash of 32 bytes, and the HMAC over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// SHA-256.
    Sha256,
    /// SM3, the hash of the Chinese standard GM/T 0004.
    Sm3,
}

impl Digest {
    /// The hash of `data` in lower-case hexadecimal digits.
    pub fn hex(self, data: &[u8]) -> String {
        match self {
            Self::Sha256 => hex(&Sha256::digest(data).into()),
            Self::Sm3 => hex(&Sm3::digest(data).into()),
        }
    }

    /// The HMAC of `data` under `key`.
    pub fn hmac(self, key: &[u8], data: &[u8]) -> [u8; 32] {
        match self {
            Self::Sha256 => mac::<Hmac<Sha256>>(key, data)
                .finalize()
                .into_bytes()
                .into(),
            Self::Sm3 => mac::<Hmac<Sm3>>(key, data).finalize().into_bytes().into(),
        }
    }
}

/// A keyed hash that has read `data`.
pub(super) fn mac<M: Mac + KeyInit>(key: &[u8], data: &[u8]) -> M {
    let mut mac =
        <M as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(data);
    mac
}
