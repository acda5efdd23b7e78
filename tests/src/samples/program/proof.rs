//! Holds compiled types against samples: decodes each answer with the type of its operation,
//! builds all requests, and gives what came of each. A table beside this file, which is
//! written for each service, names the types; this file is the same for all.

use yun_sdk::runtime::decode::{Content, Decode, Message};
use yun_sdk::runtime::protocol::{self, Answer, Options};
use yun_sdk::{Binary, Credentials, Json, Operation, Secret, Timestamp};

use crate::table;

/// Decodes the answer of one operation.
pub type Decoder = fn(&str) -> String;
/// The body of a request.
pub type Sent = Result<String, String>;

/// What is wrong with each answer, nothing where it fits. `answers` is a list of
/// `[operation, body]`.
///
/// # Errors
/// An operation without a row.
pub fn answers(answers: &Json) -> Result<Vec<String>, String> {
    let mut verdicts = Vec::new();
    for one in answers.as_array().into_iter().flatten() {
        let [name, body] = [0, 1].map(|index| one[index].as_str().unwrap_or_default());
        let mut rows = table::ANSWERS.iter();
        let row = rows.find(|(operation, _)| *operation == name);
        let (_, decode) = row.ok_or_else(|| format!("{name} has no row"))?;
        verdicts.push(decode(body));
    }
    Ok(verdicts)
}

/// The bodies of all requests.
pub fn requests() -> Vec<Sent> {
    table::REQUESTS.iter().map(|build| build()).collect()
}

/// What a client makes of an answer; empty where it fits.
#[allow(clippy::default_trait_access)] // a program does not name the crate of the headers
pub fn answer<O: Operation>(body: &str) -> String {
    let (protocol, headers) = (table::SERVICE.protocol, Default::default());
    let json = match protocol::read(protocol, 200, &headers, body.as_bytes()) {
        Answer::Success { json, .. } => json,
        Answer::Empty { .. } => Json::Null,
        Answer::Failure(failure) if failure.code.is_some() => return String::new(),
        Answer::Failure(_) => return "an error without a code".to_owned(),
        Answer::Unreadable { why, .. } => return why,
    };
    let (headers, content) = (&headers, Content::Json(json));
    let wrong = O::Response::receive(Message { headers, content }).err();
    wrong.map_or_else(String::new, |mismatch| mismatch.to_string())
}

/// The body that a client sends.
pub fn send<O: Operation>(request: &O) -> Sent {
    let (keys, options) = (Credentials::new("id", "key"), Options::default());
    let call = &O::CALL;
    let sent =
        protocol::encode(table::SERVICE, call, request, "localhost", &keys, options);
    let sent = sent.map_err(|error| error.to_string())?;
    String::from_utf8(sent.body).map_err(|error| error.to_string())
}

/// A text.
pub fn string(text: &str) -> String {
    text.to_owned()
}

/// A text that no message shows.
pub fn secret(text: &str) -> Secret {
    Secret::from(text)
}

/// A time.
pub fn timestamp(text: &str) -> Timestamp {
    Timestamp::from(text)
}

/// Bytes from base64; none where it is no base64, which shows in what is sent.
pub fn binary(text: &str) -> Binary {
    Binary::decode(Json::from(text)).unwrap_or_default()
}

/// Free-form JSON.
pub fn json(text: &str) -> Json {
    text.parse().unwrap_or_default()
}
