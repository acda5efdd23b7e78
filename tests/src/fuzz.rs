//! What the fuzzers call, one function a target: those of `fuzz/fuzz_targets/` with what they
//! invent, and the test `replay` with what they found before.
//!
//! Each takes any bytes, and panics where something does not hold that has to.

mod decode;
mod generate;
mod load;
mod profile;
mod sign;

pub use decode::{decode_acs_json, decode_acs_xml, decode_sdk_hmac, decode_tc3};
pub use generate::generate;
pub use load::load;
pub use profile::profile;
pub use sign::{sign_acs3, sign_rpc1, sign_sdk_hmac, sign_tc3};

/// A target: its name, and the function that it calls.
pub type Target = (&'static str, fn(&[u8]));

/// All targets, in name order.
pub const TARGETS: [Target; 11] = [
    ("decode_acs_json", decode_acs_json),
    ("decode_acs_xml", decode_acs_xml),
    ("decode_sdk_hmac", decode_sdk_hmac),
    ("decode_tc3", decode_tc3),
    ("generate", generate),
    ("load", load),
    ("profile", profile),
    ("sign_acs3", sign_acs3),
    ("sign_rpc1", sign_rpc1),
    ("sign_sdk_hmac", sign_sdk_hmac),
    ("sign_tc3", sign_tc3),
];

/// Stands in every secret; nothing that a person sees may hold it.
const CANARY: &str = "CANARY7f3a";
