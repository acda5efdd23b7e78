//! Samples of providers: their shape, with values of our own.
//!
//! What a call looks like is a fact. The texts of a sample are the provider's, and may be a
//! person's: each becomes the name of its member, and a long number becomes 1.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::name;
use crate::spec::{Example, Member, Members, Operation};

/// Deeper samples are no help to a reader.
const DEEPEST: usize = 12;

/// Numbers from here on may be the id of an account, or of a person.
const LONG: f64 = 100_000.0;

/// A sample of the same shape, with one item of each list, or why there is none.
///
/// `request` and `response` are what was sent and what came back, without envelopes;
/// `types` are structures besides the operation's own.
pub(super) fn invent(
    operation: &Operation,
    types: &IndexMap<String, Members>,
    request: Option<&Value>,
    response: Option<&Value>,
) -> Result<Example, &'static str> {
    let inventor = Inventor { operation, types };
    let of = |value: Option<&Value>, members: &Members| {
        let value =
            value.filter(|value| value.as_object().is_some_and(|o| !o.is_empty()));
        let invented = value.map(|value| inventor.structure(value, members, 0));
        invented.transpose()
    };
    let request = of(request, &operation.request)?;
    let response = of(response, &operation.response)?;
    if request.is_none() && response.is_none() {
        return Err("sample that shows nothing");
    }
    Ok(Example {
        request,
        response,
        ..Example::default()
    })
}

/// Whether a sample is what [`invent`] makes: of itself, again. All three are what files
/// say: a sample, its operation, and the structures besides that one's own.
pub(super) fn is_made(sample: &Value, operation: &Value, types: &Value) -> bool {
    let read = || -> serde_json::Result<(Operation, IndexMap<String, Members>)> {
        let operation = Operation::deserialize(operation)?;
        let types = Option::deserialize(types)?;
        Ok((operation, types.unwrap_or_default()))
    };
    let (request, response) = (sample.get("request"), sample.get("response"));
    let sides = usize::from(request.is_some()) + usize::from(response.is_some());
    let plain = sample.as_object().is_some_and(|keys| keys.len() == sides);
    plain
        && read().is_ok_and(|(operation, types)| {
            let made = invent(&operation, &types, request, response);
            made.is_ok_and(|made| {
                made.request.as_ref() == request && made.response.as_ref() == response
            })
        })
}

struct Inventor<'o> {
    operation: &'o Operation,
    types: &'o IndexMap<String, Members>,
}

impl Inventor<'_> {
    fn structure(
        &self,
        value: &Value,
        members: &Members,
        depth: usize,
    ) -> Result<Value, &'static str> {
        let value = value.as_object().ok_or(UNFIT)?;
        if depth > DEEPEST {
            return Err("sample that is nested too deeply");
        }
        if value.keys().any(|name| !members.contains_key(name)) {
            return Err("sample with a member that is not declared");
        }
        let mut invented = Map::new();
        for (name, member) in members {
            match value.get(name) {
                Some(Value::Null) | None if member.required => {
                    return Err("sample without a required member");
                }
                Some(Value::Null) | None => {}
                Some(value) => {
                    let value = self.value(value, name, member, depth)?;
                    invented.insert(name.clone(), value);
                }
            }
        }
        Ok(Value::Object(invented))
    }

    fn value(
        &self,
        value: &Value,
        name: &str,
        member: &Member,
        depth: usize,
    ) -> Result<Value, &'static str> {
        let known = &member.values_known;
        if !known.is_empty() {
            let listed = known.iter().any(|known| known.value == *value);
            return if listed {
                Ok(value.clone())
            } else {
                Err(UNFIT)
            };
        }
        let held = |held: &Option<Box<Member>>, value: &Value| match held {
            Some(member) => self.value(value, name, member, depth + 1),
            None => Err(UNFIT),
        };
        match (member.kind.as_str(), value) {
            ("string", Value::String(_)) => Ok(text(name, member).into()),
            ("binary", Value::String(_)) => Ok("AAAA".into()),
            ("timestamp", Value::String(_)) => Ok("2026-01-02T03:04:05Z".into()),
            ("boolean", Value::Bool(_)) => Ok(value.clone()),
            ("number", Value::Number(_)) => Ok(number(value)),
            ("integer" | "int32" | "int64", Value::Number(number)) if number.is_i64() => {
                Ok(self::number(value))
            }
            ("uint64", Value::Number(number)) if number.is_u64() => {
                Ok(self::number(value))
            }
            ("any", value) => Ok(free(value, name)),
            ("array", Value::Array(items)) => {
                let first = items.iter().find(|item| !item.is_null());
                let first = first.map(|item| held(&member.items, item));
                Ok(first.transpose()?.into_iter().collect())
            }
            ("map", Value::Object(entries)) => {
                let first = entries.values().find(|value| !value.is_null());
                let first = first.map(|value| held(&member.values, value)).transpose()?;
                let key = name::snake(name);
                Ok(Value::Object(
                    first.map(|value| (key, value)).into_iter().collect(),
                ))
            }
            (kind, value) => {
                let own = self.operation.types.get(kind);
                let members = own.or_else(|| self.types.get(kind)).ok_or(UNFIT)?;
                self.structure(value, members, depth + 1)
            }
        }
    }
}

/// Why a sample is left out whose values are of other types.
const UNFIT: &str = "sample that does not fit the declared types";

/// A text that fits a member as far as its length and its format go.
fn text(name: &str, member: &Member) -> String {
    let format = member.format.as_deref().unwrap_or_default();
    if ["ISO 8601", "RFC 3339"]
        .iter()
        .any(|one| format.contains(one))
    {
        return "2026-01-02T03:04:05Z".to_owned();
    }
    if format.contains("YYYY-MM-DD hh:mm:ss") {
        return "2026-01-02 03:04:05".to_owned();
    }
    if format.contains("YYYY-MM-DD") {
        return "2026-01-02".to_owned();
    }
    let mut text = name::snake(name).replace('_', "-");
    let least = member.min_length.unwrap_or_default().min(256);
    while text.len() < least {
        text.push('0');
    }
    text.truncate(member.max_length.or(member.max_bytes).unwrap_or(text.len()));
    text
}

/// The number, unless it is so long that it may be somebody's.
fn number(value: &Value) -> Value {
    match value.as_f64() {
        Some(number) if number.abs() < LONG => value.clone(),
        _ => 1.into(),
    }
}

/// A value of no known type.
fn free(value: &Value, name: &str) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(_) => value.clone(),
        Value::Number(_) => number(value),
        Value::String(_) => name::snake(name).replace('_', "-").into(),
        Value::Array(_) => Value::Array(Vec::new()),
        Value::Object(_) => Value::Object(Map::new()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const OPERATION: &str = "
operation: PutBook
summary: Puts a book.
source: { title: PutBook, language: en, transcribed: 2026-01-02 }
retry: unsafe
request:
  BookId: { type: string, required: true, min_length: 9 }
  State: { type: string, enum: [{ value: new }] }
  Owner: { type: uint64 }
  Tags: { type: array, items: { type: Tag } }
  When: { type: string, format: 'a date, YYYY-MM-DD' }
types:
  Tag: { Key: { type: string, max_length: 2 }, Loop: { type: Tag } }
";

    fn operation() -> Operation {
        serde_yaml::from_str(OPERATION).expect("a spec")
    }

    #[test]
    fn the_shape_stays_and_the_values_are_ours() {
        let sent = json!({
            "BookId": "real-1", "State": "new", "Owner": 100_000_546_533_u64,
            "Tags": [{ "Key": "secret", "Loop": null }, { "Key": "more" }],
            "When": "1999-09-09",
        });
        let example = invent(&operation(), &IndexMap::new(), Some(&sent), None);
        let wanted = json!({
            "BookId": "book-id00", "State": "new", "Owner": 1,
            "Tags": [{ "Key": "ke" }], "When": "2026-01-02",
        });
        assert_eq!(example.map(|example| example.request), Ok(Some(wanted)));
    }

    #[test]
    fn what_was_invented_is_known_again() {
        let operation: Value = serde_yaml::from_str(OPERATION).expect("a spec");
        let is_made = |sample: Value| is_made(&sample, &operation, &Value::Null);
        let made = json!({ "BookId": "book-id00", "State": "new", "Owner": 1 });
        assert!(is_made(json!({ "request": made })));
        assert!(!is_made(json!({ "request": made, "title": "One" })));
        assert!(!is_made(json!({ "request": { "BookId": "my-book" } })));
        assert!(!is_made(json!({ "request": { "BookId": 1 } })));
    }

    #[test]
    fn a_sample_that_does_not_fit_says_why() {
        for (sent, why) in [
            (json!({}), "sample that shows nothing"),
            (json!({ "BookId": 1 }), UNFIT),
            (json!({ "BookId": "a", "Owner": -1 }), UNFIT),
            (json!({ "BookId": "a", "State": "old" }), UNFIT),
            (
                json!({ "State": "new" }),
                "sample without a required member",
            ),
            (
                json!({ "BookId": "a", "Bok": 1 }),
                "sample with a member that is not declared",
            ),
        ] {
            let example = invent(&operation(), &IndexMap::new(), Some(&sent), None);
            assert_eq!(example.map(|_| ()), Err(why), "{sent}");
        }
        let mut deep = json!({ "Key": "a" });
        for _ in 0..20 {
            deep = json!({ "Loop": deep });
        }
        let sent = json!({ "BookId": "a", "Tags": [deep] });
        let example = invent(&operation(), &IndexMap::new(), Some(&sent), None);
        let why = "sample that is nested too deeply";
        assert_eq!(example.map(|_| ()), Err(why));
    }
}
