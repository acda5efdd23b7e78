//! What comes back: the documented sample or the refusal, in the provider's own form.

use serde_json::{Map, Value as Json, json};
use yunspec_runtime::Binary;
use yunspec_runtime::decode::Decode as _;

use super::Refusal;
use super::http::{Pair, Reply};
use super::route::Dialect;
use crate::model::{Enumeration, ErrorCode, Location, Member, Shape, Structure};
use crate::show::Shown;

/// How deep a response goes that is made from shapes.
const DEPTH_LIMIT: usize = 4;

/// A request id as the clouds of this dialect write it, from 32 hexadecimal digits.
pub(super) fn request_id(dialect: Dialect, nonce: &str) -> String {
    let part = |from: usize, to: usize| nonce.get(from..to).unwrap_or_default();
    let parts = [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ];
    match dialect {
        Dialect::Acs => parts.join("-").to_uppercase(),
        Dialect::Tc3 => parts.join("-"),
        Dialect::Rest => nonce.to_owned(),
    }
}

/// The documented sample with its own request id; where the page has none, a response made
/// from the shapes.
pub(super) fn success(shown: &Shown<'_>, id: &str) -> Reply {
    let samples = &shown.operation.examples;
    let sample = samples.iter().find_map(|example| example.response.clone());
    let made = || Maker { shown }.structure(&shown.operation.response, 0);
    let mut body = sample.unwrap_or_else(made);
    let dialect = Dialect::of_protocol(&shown.service.protocol);
    let headers = in_headers(shown, &mut body);
    if let Some(payload) = payload(shown, &mut body) {
        return Reply {
            headers,
            request_id: header(dialect, id),
            ..payload
        };
    }
    if let (Json::Object(members), true) = (&mut body, dialect != Dialect::Rest) {
        members.insert("RequestId".to_owned(), id.into());
    }
    let body = enveloped(shown.provider.envelope.as_deref(), body);
    Reply {
        headers,
        ..reply(dialect, 200, &body, id)
    }
}

/// Takes the members of a response that stand in headers.
fn in_headers(shown: &Shown<'_>, body: &mut Json) -> Vec<Pair> {
    let Json::Object(values) = body else {
        return Vec::new();
    };
    let members = shown.operation.response.members.iter();
    let members = members.filter(|member| member.location == Location::Header);
    let headers = members.filter_map(|member| {
        let text = match values.remove(&member.name)? {
            Json::String(text) => text,
            other => other.to_string(),
        };
        Some((member.name.clone(), text))
    });
    headers.collect()
}

/// The member of a response that is the whole body, as what it is.
fn payload(shown: &Shown<'_>, body: &mut Json) -> Option<Reply> {
    let mut members = shown.operation.response.members.iter();
    let member = members.find(|member| member.location == Location::Payload)?;
    let value = body.get_mut(&member.name).map(Json::take);
    let mut reply = Reply::json(200, value.as_ref().unwrap_or(&Json::Null));
    match (&member.shape, value) {
        (Shape::Binary, value) => {
            let bytes = value.and_then(|value| Binary::decode(value).ok());
            reply.kind = "application/octet-stream";
            reply.body = bytes.map_or_else(Vec::new, |it| it.as_bytes().to_vec());
        }
        (Shape::String, Some(Json::String(text))) => {
            reply.kind = "text/plain; charset=utf-8";
            reply.body = text.into_bytes();
        }
        _ => {}
    }
    Some(reply)
}

/// A refusal.
pub(super) fn refusal(dialect: Dialect, refusal: &Refusal, id: &str) -> Reply {
    let Refusal {
        status,
        code,
        message,
    } = refusal;
    let body = match dialect {
        Dialect::Acs => json!({
            "RequestId": id,
            "HostId": "127.0.0.1",
            "Code": code,
            "Message": message,
        }),
        Dialect::Tc3 => {
            let error = json!({ "Code": code, "Message": message });
            json!({ "Response": { "Error": error, "RequestId": id } })
        }
        Dialect::Rest => json!({ "error_code": code, "error_msg": message }),
    };
    reply(dialect, *status, &without_nulls(body), id)
}

/// A documented error, as the service would send it.
pub(super) fn documented(dialect: Dialect, error: &ErrorCode) -> Refusal {
    let usual = if dialect == Dialect::Tc3 { 200 } else { 400 };
    let message = error
        .message
        .as_deref()
        .or(error.doc.as_deref())
        .unwrap_or_default();
    Refusal {
        status: error.status.unwrap_or(usual),
        code: error.code.clone(),
        message: message.replace("%s", "(asked for by /_mock/next)"),
    }
}

/// An answer that was given to the letter.
pub(super) fn raw(dialect: Dialect, status: u16, body: &str, id: &str) -> Reply {
    let is_json = serde_json::from_str::<Json>(body).is_ok();
    let kind = if is_json {
        "application/json"
    } else {
        "text/plain; charset=utf-8"
    };
    Reply {
        status,
        kind,
        request_id: header(dialect, id),
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
    }
}

fn reply(dialect: Dialect, status: u16, body: &Json, id: &str) -> Reply {
    Reply {
        request_id: header(dialect, id),
        ..Reply::json(status, body)
    }
}

/// The header that carries the request id.
fn header(dialect: Dialect, id: &str) -> Option<(&'static str, String)> {
    match dialect {
        Dialect::Acs => Some(("x-acs-request-id", id.to_owned())),
        Dialect::Tc3 => None,
        Dialect::Rest => Some(("X-Request-Id", id.to_owned())),
    }
}

fn enveloped(envelope: Option<&str>, body: Json) -> Json {
    match envelope {
        None => body,
        Some(envelope) => Json::Object(Map::from_iter([(envelope.to_owned(), body)])),
    }
}

fn without_nulls(mut body: Json) -> Json {
    if let Json::Object(members) = &mut body {
        members.retain(|_, value| !value.is_null());
    }
    body
}

/// Makes the least response that its table admits: what is always there, and what has an
/// example.
struct Maker<'m> {
    shown: &'m Shown<'m>,
}

impl<'m> Maker<'m> {
    fn structure(&self, structure: &Structure, depth: usize) -> Json {
        let shown = |member: &&Member| member.required || member.example.is_some();
        let pair = |member: &Member| (member.name.clone(), self.member(member, depth));
        Json::Object(structure.members.iter().filter(shown).map(pair).collect())
    }

    fn member(&self, member: &Member, depth: usize) -> Json {
        let example = member.example.clone();
        example.unwrap_or_else(|| self.shape(&member.shape, depth + 1))
    }

    fn shape(&self, shape: &Shape, depth: usize) -> Json {
        match shape {
            Shape::String | Shape::Binary => json!(""),
            Shape::Timestamp => json!("2026-01-02T03:04:05Z"),
            Shape::Int32 | Shape::Int64 | Shape::Uint64 | Shape::Number => json!(0),
            Shape::Boolean => json!(false),
            Shape::Any | Shape::Map(_) => json!({}),
            Shape::Array(_) => json!([]),
            Shape::Structure(_) if depth >= DEPTH_LIMIT => json!({}),
            Shape::Structure(name) => {
                let found = self.find_structure(name);
                found.map_or(Json::Null, |found| self.structure(found, depth))
            }
            Shape::Enumeration(name) => {
                let found = self.find_enumeration(name);
                let first = found.and_then(|found| found.values.first());
                first.map_or(Json::Null, |first| first.value.clone())
            }
        }
    }

    fn find_structure(&self, name: &str) -> Option<&'m Structure> {
        let Shown {
            operation, service, ..
        } = self.shown;
        let mut all = operation.structures.iter().chain(&service.structures);
        all.find(|structure| structure.name == name)
    }

    fn find_enumeration(&self, name: &str) -> Option<&'m Enumeration> {
        let Shown {
            operation, service, ..
        } = self.shown;
        let mut all = operation.enumerations.iter().chain(&service.enumerations);
        all.find(|enumeration| enumeration.name == name)
    }
}
