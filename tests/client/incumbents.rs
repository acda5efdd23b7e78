//! The official SDKs and ours, case by case: what they made of it as it was captured or
//! measured, and what ours makes of it now.
//!
//! `cargo test -p yunspec-tests --test client incumbents -- --nocapture` prints the table.

#[path = "incumbents/measured.rs"]
mod measured;

use std::path::Path;
use std::sync::Arc;

use yun_sdk::runtime::test_util::{Answer, Recorded};
use yun_sdk::runtime::{Call, Client, Operation, Retry};
use yun_sdk::{Config, Credentials, Error, Json, Response};
use yun_sdk::{alibaba, huawei, tencent};
use yunspec_tests::typed;

use serde_json::json;

/// Settings with a transport that answers as recorded, and the last answer over and over.
fn recorded(answers: impl IntoIterator<Item = Answer>) -> (Config, Arc<Recorded>) {
    let mut answers: Vec<_> = answers.into_iter().collect();
    if let Some(last) = answers.last().cloned() {
        answers.resize(answers.len() + 8, last);
    }
    let recorded = Arc::new(Recorded::new(answers));
    let credentials = Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE").project_id("p1");
    let config = Config::new(credentials).region("cn-north-4");
    (
        config.transport(recorded.clone()).rate_limit(false),
        recorded,
    )
}

/// What a call came to, without its type.
#[derive(Debug)]
struct Ours {
    is_ok: bool,
    status: Option<u16>,
    code: String,
    message: String,
    request_id: String,
    attempts: u32,
    is_no_answer: bool,
    /// The first bytes of the body.
    body: String,
}

impl Ours {
    fn of<T, E>(outcome: Result<Response<T>, Error<E>>) -> Self {
        let received = |it: &yun_sdk::runtime::received::Received| {
            String::from_utf8_lossy(it.body()).into_owned()
        };
        match outcome {
            Ok(response) => Self {
                is_ok: true,
                status: Some(response.status()),
                code: String::new(),
                message: String::new(),
                request_id: response.request_id().unwrap_or_default().to_owned(),
                attempts: response.attempts(),
                is_no_answer: false,
                body: String::new(),
            },
            Err(error) => Self {
                is_ok: false,
                status: error.status(),
                code: error.raw_code().unwrap_or_default().to_owned(),
                message: match &error {
                    Error::Service(error) => error.message.clone(),
                    _ => String::new(),
                },
                request_id: error.request_id().unwrap_or_default().to_owned(),
                attempts: error.attempts(),
                is_no_answer: matches!(error, Error::Decode(_)),
                body: error.received().map(received).unwrap_or_default(),
            },
        }
    }

    fn summary(&self) -> String {
        let status = self.status.map_or("none".to_owned(), |it| it.to_string());
        let outcome = match (self.is_ok, self.is_no_answer) {
            (true, _) => "ok".to_owned(),
            (false, true) => format!("no answer in {status}"),
            (false, false) => {
                cells(&format!("error {status}"), &self.code, &self.message)
            }
        };
        with_count(outcome, &self.request_id, self.attempts)
    }
}

fn cells(first: &str, code: &str, message: &str) -> String {
    let message: String = message
        .chars()
        .filter(|c| !c.is_control())
        .take(24)
        .collect();
    let parts = [first, code, &message];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

fn with_count(outcome: String, id: &str, attempts: u32) -> String {
    let id = if id.is_empty() || id == "None" {
        ""
    } else {
        ", id"
    };
    let times = if attempts > 1 {
        format!(", {attempts} requests")
    } else {
        String::new()
    };
    [outcome, id.to_owned(), times].concat()
}

/// Makes the call that an official SDK made; where that was told to repeat, so is ours.
async fn play(operation: &str, answers: Vec<Answer>, repeats: bool) -> Ours {
    let (config, _) = recorded(answers);
    match operation {
        "live.ModifyLiveMessageUserInfo" => {
            let request = typed::live(&json!({ "AppId": "a", "UserId": "u" }));
            call(&alibaba::live::SERVICE, config, request, repeats).await
        }
        "quickbi.UpdateUser" => {
            let request = typed::quickbi(&json!({ "UserId": "u" }));
            call(&alibaba::quickbi_public::SERVICE, config, request, repeats).await
        }
        "cam.UpdateUser" => {
            let request = typed::cam(&json!({ "Name": "n" }));
            call(&tencent::cam::SERVICE, config, request, repeats).await
        }
        "workspace.UpdateUserInfo" => {
            let request = typed::workspace(&json!({ "user_id": "u" }));
            call(&huawei::workspace::SERVICE, config, request, repeats).await
        }
        _ => {
            let request = typed::ram(&json!({ "UserName": "n" }));
            call(&alibaba::ram::SERVICE, config, request, repeats).await
        }
    }
}

async fn call<O: Operation>(
    service: &'static yun_sdk::runtime::Service,
    config: Config,
    request: O,
    repeats: bool,
) -> Ours {
    let client = Client::new(service, config).expect("sound settings");
    if repeats {
        let call = Call {
            retry: Retry::Safe,
            ..O::CALL
        };
        Ours::of(client.call_untyped(&call, &request).await)
    } else {
        Ours::of(client.call(request).await)
    }
}

fn answer(json: &Json) -> Answer {
    if json["drop"] == true {
        return Answer::broken();
    }
    let status = json["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    let body = json["body"].as_str().unwrap_or_default().to_owned();
    let answer = Answer::new(status.expect("a status")).body(body);
    let headers = json["headers"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    headers.iter().fold(answer, |answer, pair| {
        let text = |side: usize| pair[side].as_str().expect("a text");
        answer.header(text(0), text(1))
    })
}

/// What the SDK's exception has, under the names that the three give it.
fn field<'c>(case: &'c Json, names: &[&str]) -> &'c str {
    let fields = &case["exception"]["fields"];
    let mut found = names.iter().filter_map(|name| fields[*name].as_str());
    found.next().unwrap_or_default()
}

/// What is worse in ours than in theirs.
fn worse(case: &Json, answers: &[Json], ours: &Ours) -> Option<&'static str> {
    let last = answers.last().expect("a case has an answer");
    let body = last["body"].as_str().unwrap_or_default();
    let is_success = matches!(last["status"].as_u64(), Some(200..=299));
    let their_id = field(case, &["request_id", "requestId"]);
    let json: Json = serde_json::from_str(body).unwrap_or_default();
    let ids = [&json["RequestId"], &json["Response"]["RequestId"]];
    let id = ids
        .iter()
        .find_map(|id| id.as_str())
        .unwrap_or(&ours.request_id);
    if case["outcome"] == "ok" {
        // A body without members is no answer, and an error is one at any status.
        let is_failure = !is_success || body.contains("\"Error\"");
        let fine = ours.is_ok || is_failure || ours.is_no_answer && !json.is_object();
        return (!fine || ours.request_id != id).then_some("theirs succeeds");
    }
    if ours.is_ok {
        return (!is_success).then_some("it is a failure");
    }
    if last["status"].is_u64() && ours.status.map(u64::from) != last["status"].as_u64() {
        return Some("the status is lost");
    }
    let code = field(case, &["code", "error_code"]);
    if body.contains(&format!("{code:?}")) && ours.code != code {
        return Some("the code is lost");
    }
    let message = field(case, &["message", "error_msg"]);
    let inner = !ours.message.is_empty() && message.contains(&ours.message);
    if body.contains(message) && !inner && !ours.body.contains(message) {
        return Some("the message is lost");
    }
    (body.contains(their_id) && !their_id.is_empty() && ours.request_id != their_id)
        .then_some("the request id is lost")
}

fn captured() -> Option<Json> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    if !root.is_dir() {
        println!(
            "skipped: ../shared is absent, and what was captured from the SDKs with it"
        );
        return None;
    }
    let text = std::fs::read_to_string(root.join("vectors/responses.json"));
    let text = text.expect("../shared holds the vectors");
    Some(serde_json::from_str(&text).expect("the vectors are JSON"))
}

#[tokio::test(start_paused = true)]
async fn incumbents() {
    println!("case | theirs | ours");
    measured::every_row().await;
    play_captured().await;
}

/// One row for each captured case.
async fn play_captured() {
    let Some(file) = captured() else { return };
    let cases = file["cases"].as_array().expect("a list of cases");
    let (mut bad, mut better) = (Vec::new(), 0);
    for case in cases {
        let one = std::slice::from_ref(&case["response"]);
        let script = case["responses"].as_array().map(Vec::as_slice);
        let answers = script.unwrap_or(one);
        let operation = case["operation"].as_str().expect("an operation");
        let replies = answers.iter().map(answer).collect();
        let ours = play(operation, replies, script.is_some()).await;
        let attempts = case["attempts"]
            .as_u64()
            .and_then(|it| u32::try_from(it).ok());
        let outcome = match case["outcome"].as_str() {
            Some("ok") => "ok".to_owned(),
            _ => cells(
                "error",
                field(case, &["code", "error_code"]),
                field(case, &["message", "error_msg"]),
            ),
        };
        let id = field(case, &["request_id", "requestId"]);
        let theirs = with_count(outcome, id, attempts.unwrap_or(1));
        let id = case["id"].as_str().expect("an id");
        println!("{id} | {theirs} | {}", ours.summary());
        better += usize::from(ours.is_ok != (case["outcome"] == "ok"));
        if let Some(what) = worse(case, answers, &ours) {
            bad.push(format!("{id}: {what}: {ours:?}"));
        }
    }
    assert!(bad.is_empty(), "\n{}", bad.join("\n"));
    assert_eq!(cases.len(), 122, "every captured case has a row");
    println!(
        "incumbents: {} captured cases, none worse, {better} end otherwise",
        cases.len()
    );
}
