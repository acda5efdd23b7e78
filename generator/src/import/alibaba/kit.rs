//! What the readers of all three formats need.

use indexmap::IndexMap;
use serde_json::Value;

use crate::load;
use crate::spec::{EnumValue, Location, Member, Members};

pub(super) use crate::import::reader::{DEPRECATED, Reader};

/// How the name of a structure begins that has none in the documents; a path follows.
pub(super) const NAMELESS: &str = "~";

/// The path of a member.
pub(super) fn below(path: &str, name: &str) -> String {
    let clean = |c: char| if "./[]\" \\".contains(c) { '_' } else { c };
    let name: String = name.chars().map(clean).collect();
    format!("{path}/{name}")
}

/// Keeps a place for a structure that has no name: its path, unless another one has that.
pub(super) fn place(types: &mut IndexMap<String, Members>, path: &str) -> String {
    let mut own = path.to_owned();
    let mut next = 2;
    while types.contains_key(&own) {
        own = format!("{path}_{next}");
        next += 1;
    }
    types.insert(own.clone(), Members::new());
    own
}

impl Reader<'_> {
    /// A text without the signs that no spec may hold, and without blanks at its ends.
    pub(super) fn clean(&mut self, text: &str, at: &str) -> String {
        if text.chars().any(load::is_refused) {
            self.lose("sign that nobody sees", at);
        }
        let kept: String = text.chars().filter(|c| !load::is_refused(*c)).collect();
        kept.trim().to_owned()
    }

    /// Counts a key that the specs have no place for, where it says something.
    pub(super) fn skip(&mut self, value: &Value, kind: &str, at: &str) {
        let says = match value {
            Value::Null => false,
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(keys) => !keys.is_empty(),
            Value::Bool(_) | Value::Number(_) => true,
        };
        if says {
            self.lose(kind, at);
        }
    }

    /// A number that may be written as text.
    pub(super) fn number(&mut self, value: &Value, at: &str) -> Option<f64> {
        let number = match value {
            Value::Null => return None,
            Value::String(text) => text.trim().parse().ok(),
            value => value.as_f64(),
        };
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.lose("bound that is no number", at);
        }
        number
    }

    /// A length or a count.
    pub(super) fn count(&mut self, value: &Value, at: &str) -> Option<usize> {
        let count = match value {
            Value::Null => return None,
            Value::String(text) => text.trim().parse().ok(),
            value => value.as_u64().and_then(|count| usize::try_from(count).ok()),
        };
        if count.is_none() {
            self.lose("bound that is no number", at);
        }
        count
    }

    /// A value that is written as text, as the type of its member has it.
    pub(super) fn value(&mut self, value: &Value, kind: &str, at: &str) -> Option<Value> {
        let typed = typed(value, kind);
        if typed.is_none() {
            self.lose("value that does not fit its type", at);
        }
        typed
    }
}

fn typed(value: &Value, kind: &str) -> Option<Value> {
    let Value::String(text) = value else {
        let fits = match kind {
            "boolean" => value.is_boolean(),
            "integer" | "int32" | "int64" | "uint64" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            _ => false,
        };
        return fits.then(|| value.clone());
    };
    match kind {
        "string" => Some(value.clone()),
        "boolean" => text
            .trim()
            .to_ascii_lowercase()
            .parse()
            .ok()
            .map(Value::Bool),
        "integer" | "int32" | "int64" | "uint64" => {
            text.trim().parse::<i64>().ok().map(Value::from)
        }
        "number" => text.trim().parse::<f64>().ok().map(Value::from),
        _ => None,
    }
}

/// Puts a member into a request. A body that is an object is no member: its members are.
pub(super) fn put(
    members: &mut Members,
    types: &mut IndexMap<String, Members>,
    name: &str,
    mut member: Member,
) {
    if member.location != Some(Location::Payload) {
        members.insert(name.to_owned(), member);
    } else if let Some(inner) = unwrap(types, &member.kind) {
        for (name, mut member) in inner {
            member.location = Some(Location::Body);
            members.entry(name).or_insert(member);
        }
    } else {
        // The text of a body is a document, which these services write as JSON.
        if member.kind == "string" {
            member = Member {
                required: member.required,
                doc: member.doc,
                location: member.location,
                ..self::member("any")
            };
        }
        member.style = None;
        members.insert(name.to_owned(), member);
    }
}

/// The members of a structure, which itself is needed no more where it has no name.
pub(super) fn unwrap(
    types: &mut IndexMap<String, Members>,
    name: &str,
) -> Option<Members> {
    if name.starts_with(NAMELESS) {
        types.shift_remove(name)
    } else {
        types.get(name).cloned()
    }
}

/// A member of a type.
pub(super) fn member(kind: impl Into<String>) -> Member {
    Member {
        kind: kind.into(),
        ..Member::default()
    }
}

/// An array of something.
pub(super) fn array(items: Member) -> Member {
    Member {
        items: Some(Box::new(items)),
        ..member("array")
    }
}

/// A map to something.
pub(super) fn map(values: Member) -> Member {
    Member {
        values: Some(Box::new(values)),
        ..member("map")
    }
}

/// A known value.
pub(super) fn known(value: Value) -> EnumValue {
    EnumValue {
        value,
        ..EnumValue::default()
    }
}

/// Whether a member is a single text, number or boolean.
pub(super) fn is_single(member: &Member) -> bool {
    matches!(
        member.kind.as_str(),
        "string" | "integer" | "int32" | "int64" | "uint64" | "number" | "boolean"
    )
}

/// The words of the format, which no structure may have for a name.
pub(super) fn is_word(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "string",
        "integer",
        "int32",
        "int64",
        "uint64",
        "number",
        "boolean",
        "timestamp",
        "binary",
        "any",
        "array",
        "map",
    ];
    WORDS.contains(&name)
}

/// The name of a structure that has one in the documents.
pub(super) fn type_name(name: &str) -> String {
    let clean = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c
        } else {
            '_'
        }
    };
    let name: String = name.trim().chars().map(clean).collect();
    if is_word(&name) {
        format!("{name}_object")
    } else if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        format!("T{name}")
    } else {
        name
    }
}
