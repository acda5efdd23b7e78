//! Published answers, read as a client reads them, with the model in the place of types.

use http::HeaderMap;
use serde_json::Value as Json;
use yunspec::model::{Location, Member, Operation, Service, Shape, Structure};
use yunspec_runtime::decode::{Decode, Mismatch};
use yunspec_runtime::protocol::{self, Answer};
use yunspec_runtime::{Binary, NoCodes, Protocol, Timestamp};

use super::Verdict;

/// An event stream, which no operation of the clients reads.
pub const STREAM: &str = "an event stream";
/// A body that is neither JSON nor XML.
pub const SYNTAX: &str = "unreadable";
/// A body without the protocol's envelope.
pub const ENVELOPE: &str = "no envelope";
/// A value of another type.
pub const TYPE: &str = "wrong by type";
/// An error in the place of an answer.
pub const REFUSAL: &str = "an error, read as one";
/// A member that the types do not have, or a null.
pub const EXTRA: &str = "unknown members or null";

/// Decodes a published answer.
pub fn decode(
    service: &Service,
    operation: &Operation,
    protocol: Protocol,
    body: &str,
) -> Verdict {
    let json = match protocol::read(protocol, 200, &HeaderMap::new(), body.as_bytes()) {
        Answer::Success { json, .. } => json,
        Answer::Empty { .. } => Json::Null,
        Answer::Failure(failure) if failure.code.is_some() => {
            return Verdict::Forgiven(REFUSAL);
        }
        Answer::Failure(_) => {
            return Verdict::Fails(ENVELOPE, "an error without a code".to_owned());
        }
        Answer::Unreadable { why, .. } => return unreadable(body, why),
    };
    let mut reader = Reader {
        service,
        operation,
        extra: false,
    };
    match reader.answer(json) {
        Ok(()) if reader.extra => Verdict::Forgiven(EXTRA),
        Ok(()) => Verdict::Exact,
        Err(mismatch) => Verdict::Fails(TYPE, mismatch.to_string()),
    }
}

/// What a body is that is no answer.
fn unreadable(body: &str, why: String) -> Verdict {
    let is_event = |line: &str| ["data:", "event:"].iter().any(|s| line.starts_with(s));
    if body.lines().any(|line| is_event(line.trim_start())) {
        Verdict::Unclean(STREAM, why)
    } else if serde_json::from_str::<Json>(body).is_ok() {
        Verdict::Fails(ENVELOPE, why)
    } else {
        Verdict::Unclean(SYNTAX, why)
    }
}

/// Reads JSON as the derived types would, in the same order, to the same mismatch.
struct Reader<'m> {
    service: &'m Service,
    operation: &'m Operation,
    /// Whether there was a member that the model does not have, or a null.
    extra: bool,
}

impl<'m> Reader<'m> {
    /// The root, of which some members stand in headers or are the whole body.
    fn answer(&mut self, json: Json) -> Result<(), Mismatch> {
        let members = &self.operation.response.members;
        let payload = |member: &&Member| member.location == Location::Payload;
        if let Some(member) = members.iter().find(payload) {
            let read = self.shape(&member.shape, json);
            return read.map_err(|error| error.under(&member.name));
        }
        let in_body = |member: &&Member| member.location != Location::Header;
        self.members(members.iter().filter(in_body), json)
    }

    /// Members of an object; where there are none, it may be anything.
    fn members(
        &mut self,
        members: impl Iterator<Item = &'m Member>,
        json: Json,
    ) -> Result<(), Mismatch> {
        let mut members = members.peekable();
        if members.peek().is_none() {
            self.extra |= json.as_object().is_none_or(|object| !object.is_empty());
            return Ok(());
        }
        let Json::Object(mut object) = json else {
            return Err(Mismatch::new("an object", &json));
        };
        for member in members {
            match object.remove(&member.name) {
                None => {}
                Some(Json::Null) => self.extra = true,
                Some(json) => self
                    .shape(&member.shape, json)
                    .map_err(|error| error.under(&member.name))?,
            }
        }
        self.extra |= !object.is_empty();
        Ok(())
    }

    fn shape(&mut self, shape: &'m Shape, json: Json) -> Result<(), Mismatch> {
        match shape {
            Shape::String => String::decode(json).map(drop),
            Shape::Int32 => i32::decode(json).map(drop),
            Shape::Int64 => i64::decode(json).map(drop),
            Shape::Uint64 => u64::decode(json).map(drop),
            Shape::Number => f64::decode(json).map(drop),
            Shape::Boolean => bool::decode(json).map(drop),
            Shape::Timestamp => Timestamp::decode(json).map(drop),
            Shape::Binary => Binary::decode(json).map(drop),
            Shape::Any => Ok(()),
            Shape::Enumeration(_) => NoCodes::decode(json).map(drop),
            Shape::Array(item) => self.array(item, json),
            Shape::Map(value) => {
                let Json::Object(entries) = json else {
                    return Err(Mismatch::new("an object", &json));
                };
                for (key, json) in entries {
                    self.shape(value, json).map_err(|error| error.under(&key))?;
                }
                Ok(())
            }
            Shape::Structure(name) => match self.find(name) {
                Some(structure) => self.members(structure.members.iter(), json),
                None => Ok(()),
            },
        }
    }

    fn array(&mut self, item: &'m Shape, json: Json) -> Result<(), Mismatch> {
        let mismatch = Mismatch::new("an array", &json);
        let Json::Array(items) = json else {
            return self.shape(item, json).map_err(|_| mismatch);
        };
        for (index, json) in items.into_iter().enumerate() {
            self.shape(item, json)
                .map_err(|error| error.under(&format!("[{index}]")))?;
        }
        Ok(())
    }

    fn find(&self, name: &str) -> Option<&'m Structure> {
        let (own, shared) = (&self.operation.structures, &self.service.structures);
        own.iter().chain(shared).find(|one| one.name == name)
    }
}
