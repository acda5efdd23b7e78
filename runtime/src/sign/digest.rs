//! The hash functions that signatures are built on.

use ring::{digest, hmac};

use super::canonical::hex;

/// A hash of 32 bytes, and the HMAC over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Digest {
    /// SHA-256.
    Sha256,
    /// SM3, the hash of the Chinese standard GM/T 0004.
    #[cfg(feature = "sm3")]
    Sm3,
}

impl Digest {
    /// The hash of `data` in lower-case hexadecimal digits.
    pub fn hex(self, data: &[u8]) -> String {
        match self {
            Self::Sha256 => hex(&whole(digest::digest(&digest::SHA256, data).as_ref())),
            #[cfg(feature = "sm3")]
            Self::Sm3 => hex(&<sm3::Sm3 as sm3::Digest>::digest(data).into()),
        }
    }

    /// The HMAC of `data` under `key`.
    pub fn hmac(self, key: &[u8], data: &[u8]) -> [u8; 32] {
        match self {
            Self::Sha256 => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, key);
                whole(hmac::sign(&key, data).as_ref())
            }
            #[cfg(feature = "sm3")]
            Self::Sm3 => over_sm3(key, data),
        }
    }
}

#[cfg(feature = "sm3")]
fn over_sm3(key: &[u8], data: &[u8]) -> [u8; 32] {
    use ::hmac::{Hmac, KeyInit as _, Mac as _};
    let mac = Hmac::<sm3::Sm3>::new_from_slice(key);
    let mut mac = mac.expect("HMAC takes a key of any length");
    mac.update(data);
    mac.finalize().into_bytes().into()
}

fn whole(hash: &[u8]) -> [u8; 32] {
    hash.try_into().expect("SHA-256 has 32 bytes")
}
