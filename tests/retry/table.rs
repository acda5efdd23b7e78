//! The truth table.
//!
//! Each row: where it is played (`memory`, or `both` memory and socket), the cloud, the
//! class of the operation, the script, the setting of retries, the time of an attempt and of
//! the call in milliseconds; and what has to come of it: requests, result, pauses in
//! milliseconds. The note tells what official SDKs do.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use yunspec_runtime::transport::{HttpTransport, Transport};
use yunspec_runtime::{Client, Config, Retries, Retry, Timeouts};
use yunspec_tests::server::{Answer, Server};

use crate::memory::Memory;
use crate::noted::Noted;
use crate::step::Step;
use crate::world::{self, Nothing, Outcome, Provider};

const TABLE: &str = include_str!("table.csv");

/// How much longer than planned a pause over a socket may be: the machine may be busy.
const LATE: u128 = 5000;

#[derive(Clone)]
struct Row {
    text: String,
    over_socket: bool,
    provider: Provider,
    retry: Retry,
    script: Vec<String>,
    retries: Retries,
    timeouts: Timeouts,
    requests: usize,
    result: String,
    pauses: Vec<u128>,
    is_official: bool,
}

/// What a row came to.
struct Found {
    outcome: Outcome,
    requests: usize,
    pauses: Vec<u128>,
    signatures: Vec<String>,
}

#[tokio::test(start_paused = true)]
async fn every_row_in_virtual_time() {
    let rows = rows();
    let mut wrong = Vec::new();
    for row in &rows {
        let found = in_memory(row).await;
        // The timer counts whole milliseconds.
        wrong.extend(differences(row, &found, 1));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(rows.len() >= 200, "the table has {} rows", rows.len());
    let official = rows.iter().filter(|row| row.is_official).count();
    println!(
        "retry: {} rows, {official} of them where official SDKs fail",
        rows.len()
    );
}

#[tokio::test]
async fn some_rows_over_a_socket() {
    let rows: Vec<_> = rows().into_iter().filter(|row| row.over_socket).collect();
    let connect = Timeouts::default().connect;
    let transport = HttpTransport::new(connect, true).expect("a transport");
    let mut wrong = Vec::new();
    for chunk in rows.chunks(8) {
        let mut played = JoinSet::new();
        for row in chunk {
            let (row, transport) = (row.clone(), transport.clone());
            played.spawn(async move {
                let found = over_socket(&row, transport).await;
                differences(&row, &found, LATE)
            });
        }
        wrong.extend(played.join_all().await.into_iter().flatten());
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(
        rows.len() >= 30,
        "{} rows are played over a socket",
        rows.len()
    );
    println!("retry: {} rows over a socket", rows.len());
}

async fn in_memory(row: &Row) -> Found {
    let transport = Arc::new(Noted::new(Memory::new(row.steps())));
    play(row, world::config(), transport).await
}

async fn over_socket(row: &Row, transport: HttpTransport) -> Found {
    let transport = Arc::new(Noted::new(transport));
    let server = Server::start(row.steps().iter().filter_map(answer));
    let host = match row.script[0].as_str() {
        "refused" => closed_port(),
        _ => server.host(),
    };
    let config = world::config()
        .endpoint(format!("http://{host}"))
        .allow_http(true);
    let mut found = play(row, config, transport).await;
    if row.script[0] != "refused" {
        found.requests = server.requests().len();
    }
    found
}

async fn play<T: Transport + 'static>(
    row: &Row,
    config: Config,
    transport: Arc<Noted<T>>,
) -> Found {
    let config = config
        .retries(row.retries)
        .timeouts(row.timeouts)
        .transport(transport.clone());
    let client = Client::new(row.provider.service(), config).expect("a client");
    let outcome = client
        .call_untyped(&world::operation(row.retry), &Nothing)
        .await;
    let signatures = transport.header("authorization");
    Found {
        outcome,
        requests: signatures.len(),
        pauses: transport.pauses(),
        signatures,
    }
}

/// What differs between a row and what it came to; a pause may be a little late.
fn differences(row: &Row, found: &Found, late: u128) -> Vec<String> {
    let mut differences = Vec::new();
    let mut differ = |what: &str, found: &dyn std::fmt::Debug| {
        differences.push(format!("{}\n    {what}: {found:?}", row.text));
    };
    if found.requests != row.requests {
        differ("requests", &found.requests);
    }
    let result = world::summary(&found.outcome);
    if result != row.result {
        differ("result", &result);
    }
    let attempts = world::attempts(&found.outcome);
    if usize::try_from(attempts) != Ok(row.requests) {
        differ("attempts", &attempts);
    }
    let fits =
        |(found, planned): (&u128, &u128)| (*planned..=planned + late).contains(found);
    let pauses = found.pauses.len() == row.pauses.len();
    if !pauses || !found.pauses.iter().zip(&row.pauses).all(fits) {
        differ("pauses", &found.pauses);
    }
    if found.signatures.iter().collect::<BTreeSet<_>>().len() != found.signatures.len() {
        differ("a signature came twice", &found.signatures);
    }
    differences
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().skip(1).filter(|line| !line.starts_with('#'));
    lines.map(Row::parse).collect()
}

impl Row {
    fn parse(line: &str) -> Self {
        let cells: Vec<_> = line.split(',').collect();
        let [
            over,
            provider,
            class,
            script,
            retries,
            attempt,
            call,
            requests,
            result,
            pauses,
            note,
        ] = cells[..]
        else {
            panic!("{line:?} has {} cells", cells.len());
        };
        let number = |text: &str| {
            text.parse::<u64>()
                .unwrap_or_else(|_| panic!("{line:?}: {text:?}"))
        };
        let ms = |text: &str| Duration::from_millis(number(text));
        Self {
            text: line.to_owned(),
            over_socket: over == "both",
            provider: Provider::parse(provider),
            retry: if class == "safe" {
                Retry::Safe
            } else {
                Retry::Unsafe
            },
            script: script.split(' ').map(str::to_owned).collect(),
            retries: setting(retries),
            timeouts: Timeouts {
                attempt: ms(attempt),
                call: ms(call),
                ..Timeouts::default()
            },
            requests: usize::try_from(number(requests)).expect("a few requests"),
            result: result.to_owned(),
            pauses: pauses
                .split_whitespace()
                .map(|pause| number(pause).into())
                .collect(),
            is_official: note.starts_with("official"),
        }
    }

    fn steps(&self) -> Vec<Step> {
        self.script
            .iter()
            .map(|word| Step::parse(self.provider, word))
            .collect()
    }
}

/// `default`, `none`, `max5`, `budget0`.
fn setting(text: &str) -> Retries {
    let digits = text
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(text.len());
    let number = text[digits..].parse().unwrap_or_default();
    match &text[..digits] {
        "default" => Retries::default(),
        "none" => Retries::none(),
        "max" => Retries {
            max_attempts: number,
            ..Retries::default()
        },
        "budget" => Retries {
            budget: number,
            ..Retries::default()
        },
        other => panic!("{other:?} is no setting"),
    }
}

/// A step as the loopback server plays it.
fn answer(step: &Step) -> Option<Answer> {
    match step {
        Step::Answer(reply) => Some(reply.over_the_wire()),
        Step::Reset => Some(Answer::reset()),
        Step::Cut(reply) => Some(reply.over_the_wire().truncate(1)),
        Step::Stall => Some(Answer::stall()),
        Step::Refused => None,
        Step::Large | Step::NoDial => panic!("{step:?} is not played over a socket"),
    }
}

/// A host on which nobody listens.
fn closed_port() -> String {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
    listener
        .local_addr()
        .expect("a bound socket has an address")
        .to_string()
}
