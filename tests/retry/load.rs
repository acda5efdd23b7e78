//! Many calls at once: no storm against a service that is down, and no two pauses alike.

use std::sync::Arc;

use tokio::task::JoinSet;
use yunspec_runtime::{Client, Config, Credentials, Retries, Retry};

use crate::memory::Memory;
use crate::noted::Noted;
use crate::step::Step;
use crate::world::{self, Nothing, Provider};

/// So many calls at once, each over a clone of its own; their results.
async fn calls(client: &Client, count: usize) -> Vec<String> {
    let mut calls = JoinSet::new();
    for _ in 0..count {
        let client = client.clone();
        calls.spawn(async move {
            let call = world::operation(Retry::Safe);
            world::summary(&client.call_untyped(&call, &Nothing).await)
        });
    }
    calls.join_all().await
}

fn client(config: Config, script: &str) -> (Client, Arc<Noted<Memory>>) {
    let words = script
        .split(' ')
        .map(|word| Step::parse(Provider::Tencent, word));
    let transport = Arc::new(Noted::new(Memory::new(words)));
    let config = config.transport(transport.clone());
    (
        Client::new(Provider::Tencent.service(), config).expect("a client"),
        transport,
    )
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_down_is_not_stormed() {
    let (client, service) = client(world::config(), "503");
    let results = calls(&client, 1000).await;
    assert!(results.iter().all(|result| result == "service 503"));
    let requests = service.seen().len();
    println!("retry: 1000 calls to a service that is down: {requests} requests");
    let budget = usize::try_from(Retries::default().budget).expect("a small stock");
    assert_eq!(requests, 1000 + budget);
}

#[tokio::test(start_paused = true)]
async fn answers_fill_the_stock_again() {
    let retries = Retries {
        budget: 2,
        ..Retries::default()
    };
    let down = "503 503 503 503".to_owned();
    let script = down + &" ok".repeat(20) + " 503 ok";
    let (client, service) = client(world::config().retries(retries), &script);
    assert_eq!(calls(&client, 1).await, ["service 503"]);
    assert_eq!(service.seen().len(), 3, "two retries");
    assert_eq!(calls(&client, 1).await, ["service 503"]);
    assert_eq!(service.seen().len(), 4, "none is left");
    assert!(calls(&client, 20).await.iter().all(|result| result == "ok"));
    assert_eq!(
        calls(&client, 1).await,
        ["ok"],
        "twenty answers made two retries"
    );
    assert_eq!(service.seen().len(), 26);
}

#[tokio::test(start_paused = true)]
async fn pauses_are_spread_over_their_whole_range() {
    let mut pauses = Vec::new();
    for _ in 0..200 {
        let config = Config::new(Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE"));
        let (client, service) = client(config, "429 ok");
        assert_eq!(calls(&client, 1).await, ["ok"]);
        pauses.extend(service.pauses());
    }
    let within = |from: u128, to: u128| {
        pauses.iter().filter(|it| (from..to).contains(*it)).count()
    };
    // 50 each on average; 15 is more than five standard deviations below.
    let quarters = [
        within(0, 26),
        within(26, 51),
        within(51, 76),
        within(76, 102),
    ];
    println!("retry: 200 pauses by quarter of 100 ms: {quarters:?}");
    assert_eq!(
        quarters.iter().sum::<usize>(),
        200,
        "none is longer than 100 ms"
    );
    assert!(
        quarters.iter().all(|quarter| *quarter >= 15),
        "{quarters:?}"
    );
}
