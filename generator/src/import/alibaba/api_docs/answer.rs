//! What comes back: members of the body, headers, error codes.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Document;
use crate::import::alibaba::kit;
use crate::spec::{ErrorCode, Location, Member, Members};

/// Headers that every answer has, whatever the operation.
const COMMON_HEADERS: [&str; 7] = [
    "access-control-allow-origin",
    "connection",
    "content-length",
    "content-type",
    "date",
    "server",
    "x-log-requestid",
];

impl Document<'_, '_> {
    /// What comes back with success: the body's members, and headers of its own.
    pub(super) fn response(&mut self, api: &Value, place: &str) -> Members {
        let responses = api["responses"].as_object();
        let good = |status: &&String| status.starts_with('2');
        let keys = responses.into_iter().flat_map(Map::keys);
        let chosen = keys.filter(good).min().cloned();
        let mut members = Members::new();
        for (status, response) in responses.into_iter().flatten() {
            if Some(status) == chosen.as_ref() {
                let known = ["schema", "headers", "description"];
                self.schemas.reader.unknown(response, &known, place);
                self.received(&response["schema"], place, &mut members);
                self.headers(&response["headers"], place, &mut members);
            } else {
                self.schemas
                    .reader
                    .lose("response of another status", place);
            }
        }
        members
    }

    fn received(&mut self, schema: &Value, place: &str, members: &mut Members) {
        if !schema.is_object() {
            self.schemas
                .reader
                .lose("response that does not say what it holds", place);
            return;
        }
        let whole = self.schemas.member(schema, place);
        self.schemas.docs_ask.clear();
        self.schemas.docs_spare.clear();
        if let Some(inner) = kit::unwrap(&mut self.schemas.types, &whole.kind) {
            members.extend(inner);
        } else {
            let payload = Member {
                location: Some(Location::Payload),
                ..whole
            };
            members.insert("body".to_owned(), payload);
        }
    }

    fn headers(&mut self, headers: &Value, place: &str, members: &mut Members) {
        for (name, header) in headers.as_object().into_iter().flatten() {
            let common = COMMON_HEADERS.contains(&name.to_ascii_lowercase().as_str());
            let at = kit::below(place, name);
            if common || members.contains_key(name) {
                self.schemas
                    .reader
                    .lose("header that every answer has", &at);
                continue;
            }
            let mut member = self.schemas.member(&header["schema"], &at);
            if !kit::is_single(&member) {
                self.schemas.reader.lose("type of a header", &at);
                member = kit::member("string");
            }
            member.location = Some(Location::Header);
            members.insert(name.clone(), member);
        }
    }

    /// The codes of an operation, each once.
    pub(super) fn errors(&mut self, name: &str, api: &Value) -> Vec<ErrorCode> {
        let reader = &mut *self.schemas.reader;
        let listed = api["errorCodes"].as_object();
        if listed.is_none() {
            reader.lose("operation without a list of errors", name);
        }
        let mut errors: IndexMap<String, ErrorCode> = IndexMap::new();
        for (status, list) in listed.into_iter().flatten() {
            let number = status.parse().ok();
            let number = number.filter(|status| (100..600).contains(status));
            if number.is_none() {
                reader.lose("status that HTTP does not have", name);
            }
            for error in list.as_array().into_iter().flatten() {
                reader.unknown(error, &["errorCode", "errorMessage"], name);
                let mut text = |key: &str| {
                    let text = reader.clean(error[key].as_str()?, name);
                    Some(text).filter(|text| !text.is_empty())
                };
                let (code, message) = (text("errorCode"), text("errorMessage"));
                let Some(code) = code else {
                    reader.lose("error without a code", name);
                    continue;
                };
                if errors.contains_key(&code) {
                    reader.lose("error that is listed twice", name);
                    continue;
                }
                let error = ErrorCode {
                    code: Some(code.clone()),
                    status: number,
                    message,
                    ..ErrorCode::default()
                };
                errors.insert(code, error);
            }
        }
        errors.into_values().collect()
    }
}
