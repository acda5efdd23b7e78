#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| yunspec_tests::fuzz::decode_sdk_hmac(data));
