//! What can be wrong with who calls, and the provider's code for it.

use std::fmt::{self, Write as _};

use yunspec_runtime::sign::Signed;

use super::Refusal;
use super::keys::Keys;
use super::route::Dialect;

/// What is wrong with a signature.
pub(super) struct Fault {
    kind: Kind,
    why: String,
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Missing,
    Key,
    Time,
    Signature,
}

impl Fault {
    pub(super) fn new(kind: Kind, why: impl Into<String>) -> Self {
        Self {
            kind,
            why: why.into(),
        }
    }

    /// The refusal with the code that the provider has for it.
    pub(super) fn refusal(self, dialect: Dialect) -> Refusal {
        let (status, code) = match (dialect, self.kind) {
            (Dialect::Acs, Kind::Missing) => (400, "IncompleteSignature"),
            (Dialect::Acs, Kind::Key) => (404, "InvalidAccessKeyId.NotFound"),
            (Dialect::Acs, Kind::Time) => (400, "InvalidTimeStamp.Expired"),
            (Dialect::Acs, Kind::Signature) => (400, "SignatureDoesNotMatch"),
            (Dialect::Tc3, Kind::Missing) => (200, "AuthFailure.InvalidAuthorization"),
            (Dialect::Tc3, Kind::Key) => (200, "AuthFailure.SecretIdNotFound"),
            (Dialect::Tc3, Kind::Time) => (200, "AuthFailure.SignatureExpire"),
            (Dialect::Tc3, Kind::Signature) => (200, "AuthFailure.SignatureFailure"),
            (Dialect::Rest, _) => (401, "APIGW.0301"),
        };
        Refusal::new(status, code, self.why)
    }
}

/// A request that no signer takes.
pub(super) fn unsignable(error: impl fmt::Display) -> Fault {
    Fault::new(Kind::Signature, error.to_string())
}

/// Another signature than was `given`, with what it should have been made of.
pub(super) fn mismatch(keys: &Keys, given: &str, own: &Signed) -> Fault {
    let mut why = format!(
        "the signature is {given}; with the secret of {} it is {}. The string to sign is\n{}",
        keys.id, own.signature, own.string_to_sign
    );
    if let Some(canonical) = &own.canonical_request {
        let _ = write!(why, "\nand the canonical request is\n{canonical}");
    }
    Fault::new(Kind::Signature, why)
}
