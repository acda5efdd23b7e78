//! The bytes that come back.

use super::plan::{Act, Api, Plan};

/// A deflated stream of zeros: its beginning, the byte of which each stands for 1,032 zeros,
/// and its end.
const BOMB: (&[u8], u8, &[u8]) = (
    &[237, 193, 49, 1, 0, 0, 0, 194, 160, 245, 79, 109, 8, 95, 160],
    0,
    &[62, 3],
);
/// The head of a gzip file without a name or a date.
const GZIP: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];

const PAGE: &str = "<!DOCTYPE html><html><head><title>Oops</title></head><body>\
    <p>Something is wrong.<br></body></html>";

/// What the server sends for a plan, for acts that are one piece of bytes.
pub(super) fn bytes(plan: &Plan, is_first: bool) -> Vec<u8> {
    match plan.act {
        Act::Refuse => refusal(plan),
        Act::Html500 => html(plan, 500, ""),
        Act::Html503 => html(plan, 503, "Retry-After: 1\r\n"),
        Act::Html429 => html(plan, 429, ""),
        Act::Later429 => html(plan, 429, "Retry-After: 3600\r\n"),
        Act::Once429 if is_first => html(plan, 429, ""),
        Act::Html200 => html(plan, 200, ""),
        Act::Bomb => bomb(plan),
        Act::Deep => success(plan, &nested(128)),
        Act::Abyss => success(plan, &nested(100_000)),
        Act::Types => types(plan),
        Act::Header => {
            let value = "a".repeat(4_000_000);
            answer(plan, 200, &format!("X-Long: {value}\r\n"), b"{}")
        }
        Act::Headers => answer(plan, 200, &"X-Many: a\r\n".repeat(5_000), b"{}"),
        Act::Huge => announced(plan, 1 << 40),
        Act::Truncate => announced(plan, 1_000),
        Act::Garbage => b"\x16\x03\x01 this is no HTTP\r\n\r\n".to_vec(),
        _ => success(plan, ""),
    }
}

/// The head of an answer without an end.
pub(super) fn endless(plan: &Plan) -> Vec<u8> {
    let id = plan.id();
    format!("HTTP/1.1 200 OK\r\nX-Request-Id: {id}\r\nTransfer-Encoding: chunked\r\n\r\n")
        .into_bytes()
}

fn head(plan: &Plan, status: u16, more: &str, length: u64) -> Vec<u8> {
    let id = plan.id();
    format!(
        "HTTP/1.1 {status} Status\r\nX-Request-Id: {id}\r\n{more}Content-Length: {length}\r\n\r\n"
    )
    .into_bytes()
}

fn answer(plan: &Plan, status: u16, more: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = head(plan, status, more, body.len() as u64);
    bytes.extend_from_slice(body);
    bytes
}

/// The beginning of a success whose length is said to be another.
fn announced(plan: &Plan, length: u64) -> Vec<u8> {
    let mut bytes = head(plan, 200, "", length);
    bytes.extend_from_slice(br#"{"RequestId":"#);
    bytes
}

fn json(plan: &Plan, status: u16, body: &str) -> Vec<u8> {
    answer(
        plan,
        status,
        "Content-Type: application/json\r\n",
        body.as_bytes(),
    )
}

fn html(plan: &Plan, status: u16, more: &str) -> Vec<u8> {
    let more = format!("Content-Type: text/html\r\n{more}");
    answer(plan, status, &more, PAGE.as_bytes())
}

/// A documented success; `more` are further members.
fn success(plan: &Plan, more: &str) -> Vec<u8> {
    let id = plan.id();
    let body = match plan.api {
        Api::Ram => format!(
            r#"{{"RequestId":"{id}","User":{{"UserName":"{id}","CreateDate":"2016-11-23T01:02:03Z"}}{more}}}"#
        ),
        Api::Live => format!(
            r#"{{"RequestId":"{id}","FailList":[],"SuccessList":[{{"GroupId":"g","Success":true}}]{more}}}"#
        ),
        Api::Quickbi => {
            format!(r#"{{"RequestId":"{id}","Result":true,"Success":"true"{more}}}"#)
        }
        Api::Cam => format!(r#"{{"Response":{{"RequestId":"{id}"{more}}}}}"#),
        Api::Workspace => format!(r#"{{"id":"{id}"{more}}}"#),
    };
    json(plan, 200, &body)
}

/// A documented error; the workspace's page lists none, so it is one of the product's.
fn refusal(plan: &Plan) -> Vec<u8> {
    let id = plan.id();
    let alibaba =
        |code: &str| format!(r#"{{"Code":"{code}","Message":"No.","RequestId":"{id}"}}"#);
    match plan.api {
        Api::Ram => json(plan, 404, &alibaba("EntityNotExist.User")),
        Api::Live => json(plan, 400, &alibaba("InputInvalid")),
        Api::Quickbi => json(plan, 400, &alibaba("Mail.Invalid")),
        Api::Cam => {
            let error = r#"{"Code":"ResourceNotFound.UserNotExist","Message":"No."}"#;
            let body =
                format!(r#"{{"Response":{{"Error":{error},"RequestId":"{id}"}}}}"#);
            json(plan, 200, &body)
        }
        Api::Workspace => json(plan, 400, r#"{"error_code":"WKS.1","error_msg":"No."}"#),
    }
}

fn types(plan: &Plan) -> Vec<u8> {
    let body = match plan.api {
        Api::Ram => r#"{"RequestId":[1],"User":7}"#,
        Api::Live => r#"{"RequestId":{},"FailList":{"a":1},"SuccessList":true}"#,
        Api::Quickbi => r#"{"RequestId":[],"Result":[0],"Success":{}}"#,
        Api::Cam => r#"{"Response":{"RequestId":{"a":[]}}}"#,
        Api::Workspace => r#"{"id":[{}]}"#,
    };
    json(plan, 200, body)
}

fn nested(depth: usize) -> String {
    format!(r#","Deep":{}{}"#, "[".repeat(depth), "]".repeat(depth))
}

/// 200 kB that would become 206 MB.
fn bomb(plan: &Plan) -> Vec<u8> {
    let (start, byte, end) = BOMB;
    let body = [&GZIP, start, &vec![byte; 200_000], end, &[0; 8]].concat();
    answer(plan, 200, "Content-Encoding: gzip\r\n", &body)
}
