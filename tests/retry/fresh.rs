//! Each attempt is signed anew: another time, another nonce, another signature.

use std::collections::BTreeSet;
use std::sync::Arc;

use yunspec_runtime::{Client, Json, Retries, Retry};

use crate::memory::Memory;
use crate::noted::Noted;
use crate::official::shared;
use crate::step::Step;
use crate::world::{self, Nothing, Provider};

/// How many different signatures three attempts have.
async fn signatures(provider: Provider) -> usize {
    let script = ["429+ra1", "429+ra1", "ok"].map(|word| Step::parse(provider, word));
    let transport = Arc::new(Noted::new(Memory::new(script)));
    let config = world::config()
        .retries(Retries::default())
        .transport(transport.clone());
    let client = Client::new(provider.service(), config).expect("a client");
    let outcome = client
        .call_untyped(&world::operation(Retry::Unsafe), &Nothing)
        .await;
    assert_eq!(world::summary(&outcome), "ok", "{provider:?}");
    distinct(transport.header("authorization"))
}

fn distinct(signatures: impl IntoIterator<Item = String>) -> usize {
    signatures.into_iter().collect::<BTreeSet<_>>().len()
}

#[tokio::test(start_paused = true)]
async fn no_signature_is_sent_twice() {
    for provider in [Provider::Alibaba, Provider::Tencent, Provider::Huawei] {
        assert_eq!(signatures(provider).await, 3, "{provider:?}");
    }
}

/// One official SDK repeats a request with the signature of the first attempt.
#[tokio::test(start_paused = true)]
async fn official_sdks_for_comparison() {
    let Some(captured) = shared("vectors/retry-freshness.json") else {
        return;
    };
    for (sdk, attempts) in captured.as_object().expect("one member per SDK") {
        let attempts = attempts.as_array().expect("three attempts");
        let signature = |attempt: &Json| attempt["authorization"].to_string();
        let theirs = distinct(attempts.iter().map(signature));
        let provider = Provider::parse(sdk.split(['.', ' ']).next().unwrap_or_default());
        let ours = signatures(provider).await;
        println!(
            "retry: {sdk}: {theirs} signatures in {} attempts; ours: {ours}",
            attempts.len()
        );
        assert_eq!(ours, attempts.len(), "{sdk}");
    }
}
