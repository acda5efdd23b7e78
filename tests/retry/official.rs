//! Failures that were played to the official SDKs, played to ours: what they did is in the
//! captured file, what we do in `official.csv`.

use std::path::Path;
use std::sync::Arc;

use yunspec_runtime::{Client, Json, Retry};

use crate::memory::Memory;
use crate::noted::Noted;
use crate::step::{Reply, Step};
use crate::world::{self, Nothing, Provider};

/// `case,safe requests,safe result,unsafe requests,unsafe result`
const EXPECTED: &str = include_str!("official.csv");

/// A file of captured facts; says so where it is absent.
pub(crate) fn shared(name: &str) -> Option<Json> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    if !root.is_dir() {
        println!("skipped: ../shared is absent, and {name} with it");
        return None;
    }
    let text =
        std::fs::read_to_string(root.join(name)).expect("../shared holds the vectors");
    Some(serde_json::from_str(&text).expect("the vectors are JSON"))
}

#[tokio::test(start_paused = true)]
async fn every_captured_failure() {
    let Some(captured) = shared("vectors/responses.json") else {
        return;
    };
    let cases = captured["cases"].as_array().expect("a list of cases");
    let (mut wrong, mut count) = (Vec::new(), 0);
    for line in EXPECTED.lines().skip(1) {
        let cells: Vec<_> = line.split(',').collect();
        let [
            id,
            safe_requests,
            safe_result,
            unsafe_requests,
            unsafe_result,
        ] = cells[..]
        else {
            panic!("{line:?} has {} cells", cells.len());
        };
        let case = cases.iter().find(|case| case["id"] == id);
        let case = case.unwrap_or_else(|| panic!("{id} is not captured"));
        let safe = play(case, id, Retry::Safe).await;
        let unsafe_ = play(case, id, Retry::Unsafe).await;
        let expected = |requests: &str, result: &str| format!("{requests} {result}");
        if safe != expected(safe_requests, safe_result)
            || unsafe_ != expected(unsafe_requests, unsafe_result)
        {
            wrong.push(format!("{line}\n    safe: {safe}; unsafe: {unsafe_}"));
        }
        let (attempts, outcome) =
            (&case["attempts"], case["outcome"].as_str().unwrap_or("?"));
        println!(
            "retry: {id}: {attempts} {outcome}; ours safe: {safe}; ours unsafe: {unsafe_}"
        );
        count += 1;
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    println!("retry: {count} captured failures");
}

/// Requests and result of a captured script.
async fn play(case: &Json, id: &str, retry: Retry) -> String {
    let provider = Provider::parse(id.split('.').next().unwrap_or_default());
    let one = std::slice::from_ref(&case["response"]);
    let script = case["responses"].as_array().map_or(one, Vec::as_slice);
    let transport = Arc::new(Noted::new(Memory::new(script.iter().map(step))));
    let config = world::config().transport(transport.clone());
    let client = Client::new(provider.service(), config).expect("a client");
    let outcome = client
        .call_untyped(&world::operation(retry), &Nothing)
        .await;
    format!("{} {}", transport.seen().len(), world::summary(&outcome))
}

fn step(answer: &Json) -> Step {
    if answer["drop"] == true {
        return Step::Reset;
    }
    let status = answer["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    let body = answer["body"].as_str().unwrap_or_default().to_owned();
    let text = |text: &Json| text.as_str().unwrap_or_default().to_owned();
    let headers = answer["headers"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let headers = headers
        .iter()
        .map(|pair| (text(&pair[0]), text(&pair[1])))
        .collect();
    Step::Answer(Reply {
        status: status.expect("a status"),
        headers,
        body,
    })
}
