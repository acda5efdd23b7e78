//! A call straight from the model: JSON input becomes what the runtime's encoders walk, by
//! the spec's types and rules, with no generated code in between. Only the commands that
//! talk to a cloud use it, so that the spec and the compiled client can be held against
//! each other.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use yunspec_runtime::decode::Decode as _;
use yunspec_runtime::validate::{self, Nested, Pattern, Report, Validate};
use yunspec_runtime::value::{self, Json, Location, Style, Value};
use yunspec_runtime::{Binary, Secret};

use crate::model::{
    self, Enumeration, Member, Operation, Rule, Service, Shape, Structure,
};

/// What the shapes of one operation may name.
#[derive(Clone, Copy, Debug)]
pub struct Names<'m> {
    /// The operation.
    pub operation: &'m Operation,
    /// Its service.
    pub service: &'m Service,
}

/// A structure that holds JSON, as the encoders see it.
#[derive(Debug)]
pub struct Input<'m> {
    members: Vec<value::Member<'m>>,
    rules: Vec<Vec<validate::Rule>>,
    held: Vec<Held<'m>>,
}

/// Reads the request of an operation.
///
/// # Errors
/// Every member that is unknown or of another type, as `path: why`. A required member that
/// is missing is one too, unless `partial`.
pub fn request<'m>(
    names: Names<'m>,
    json: &Json,
    partial: bool,
) -> Result<Input<'m>, Vec<String>> {
    let mut reader = Reader {
        names,
        partial,
        path: Vec::new(),
        problems: Vec::new(),
    };
    let input = reader.structure(&names.operation.request, json);
    if reader.problems.is_empty() {
        Ok(input)
    } else {
        Err(reader.problems)
    }
}

#[derive(Debug)]
enum Held<'m> {
    Absent,
    Text(String),
    Secret(Secret),
    Integer(i64),
    Unsigned(u64),
    Number(f64),
    Boolean(bool),
    Bytes(Binary),
    Json(Json),
    List(Vec<Held<'m>>),
    Map(BTreeMap<String, Held<'m>>),
    Structure(Input<'m>),
}

struct Reader<'m> {
    names: Names<'m>,
    partial: bool,
    path: Vec<String>,
    problems: Vec<String>,
}

impl<'m> Reader<'m> {
    fn structure(&mut self, structure: &'m Structure, json: &Json) -> Input<'m> {
        let mut input = Input {
            members: Vec::new(),
            rules: Vec::new(),
            held: Vec::new(),
        };
        let empty = serde_json::Map::new();
        let object = json.as_object().unwrap_or_else(|| {
            self.problem("an object", json);
            &empty
        });
        for name in object.keys() {
            if !structure.members.iter().any(|member| member.name == *name) {
                let known = structure.members.iter().map(|member| member.name.as_str());
                let known = known.collect::<Vec<_>>().join(", ");
                self.say(&format!("no member {name:?}; the spec has {known}"));
            }
        }
        for member in &structure.members {
            self.path.push(member.name.clone());
            input
                .held
                .push(self.member(member, object.get(&member.name)));
            input.members.push(row(member));
            input.rules.push(member.rules.iter().map(rule).collect());
            self.path.pop();
        }
        input
    }

    fn member(&mut self, member: &'m Member, json: Option<&Json>) -> Held<'m> {
        match json {
            None | Some(Json::Null) => {
                if member.required && !self.partial {
                    self.say("is required");
                }
                Held::Absent
            }
            Some(json) => match self.shape(&member.shape, json) {
                Held::Text(text) if member.sensitive => Held::Secret(text.into()),
                held => held,
            },
        }
    }

    fn shape(&mut self, shape: &'m Shape, json: &Json) -> Held<'m> {
        let held = match (shape, json) {
            (Shape::Any, json) => Some(Held::Json(json.clone())),
            (Shape::String | Shape::Timestamp, Json::String(text)) => {
                Some(Held::Text(text.clone()))
            }
            (Shape::Binary, json) => Binary::decode(json.clone()).ok().map(Held::Bytes),
            (Shape::Boolean, Json::Bool(value)) => Some(Held::Boolean(*value)),
            (Shape::Int32 | Shape::Int64, json) => json.as_i64().map(Held::Integer),
            (Shape::Uint64, json) => json.as_u64().map(Held::Unsigned),
            (Shape::Number, json) => json.as_f64().map(Held::Number),
            (Shape::Enumeration(name), json) => self.enumeration(name, json),
            (Shape::Array(of), Json::Array(items)) => {
                let item = |(index, json): (usize, &Json)| {
                    self.path.push(format!("[{index}]"));
                    let held = self.shape(of, json);
                    self.path.pop();
                    held
                };
                Some(Held::List(items.iter().enumerate().map(item).collect()))
            }
            (Shape::Map(of), Json::Object(entries)) => {
                let entry =
                    |(key, json): (&String, &Json)| (key.clone(), self.shape(of, json));
                Some(Held::Map(entries.iter().map(entry).collect()))
            }
            (Shape::Structure(name), json) => match self.find_structure(name) {
                Some(structure) => Some(Held::Structure(self.structure(structure, json))),
                None => Some(Held::Json(json.clone())),
            },
            _ => None,
        };
        held.unwrap_or_else(|| {
            self.problem(expected(shape), json);
            Held::Absent
        })
    }

    fn enumeration(&self, name: &str, json: &Json) -> Option<Held<'m>> {
        let enumeration = self.find_enumeration(name);
        let integer =
            enumeration.is_some_and(|e| e.values.iter().all(|v| v.value.is_i64()));
        match json {
            Json::String(text) if integer => text.parse().ok().map(Held::Integer),
            Json::String(text) => Some(Held::Text(text.clone())),
            json => json.as_i64().map(Held::Integer),
        }
    }

    fn find_structure(&self, name: &str) -> Option<&'m Structure> {
        let Names { operation, service } = self.names;
        let mut all = operation.structures.iter().chain(&service.structures);
        all.find(|structure| structure.name == name)
    }

    fn find_enumeration(&self, name: &str) -> Option<&'m Enumeration> {
        let Names { operation, service } = self.names;
        let mut all = operation.enumerations.iter().chain(&service.enumerations);
        all.find(|enumeration| enumeration.name == name)
    }

    fn problem(&mut self, expected: &str, found: &Json) {
        let found = match found {
            Json::Null => "null",
            Json::Bool(_) => "a boolean",
            Json::Number(_) => "a number of another kind",
            Json::String(_) => "a text",
            Json::Array(_) => "an array",
            Json::Object(_) => "an object",
        };
        self.say(&format!("expected {expected}, found {found}"));
    }

    fn say(&mut self, why: &str) {
        let at = if self.path.is_empty() {
            "the input".to_owned()
        } else {
            self.path.join(".")
        };
        self.problems
            .push(format!("{}: {why}", at.replace(".[", "[")));
    }
}

impl value::Structure for Input<'_> {
    fn members(&self) -> &[value::Member<'_>] {
        &self.members
    }
    fn value(&self, index: usize) -> Value<'_> {
        self.held.get(index).map_or(Value::Absent, Held::value)
    }
}

impl Held<'_> {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Absent => Value::Absent,
            Self::Text(text) => Value::String(Cow::Borrowed(text)),
            Self::Secret(text) => Value::Secret(text.expose()),
            Self::Integer(number) => Value::Integer(*number),
            Self::Unsigned(number) => Value::Unsigned(*number),
            Self::Number(number) => Value::Number(*number),
            Self::Boolean(value) => Value::Boolean(*value),
            Self::Bytes(bytes) => Value::Bytes(bytes.as_bytes()),
            Self::Json(json) => Value::Json(json),
            Self::List(items) => Value::List(items),
            Self::Map(entries) => Value::Map(entries),
            Self::Structure(input) => Value::Structure(input),
        }
    }
}

impl value::Encode for Held<'_> {
    fn encode(&self) -> Value<'_> {
        self.value()
    }
}

impl Validate for Input<'_> {
    fn check(&self, report: &mut Report) {
        for ((member, rules), held) in
            self.members.iter().zip(&self.rules).zip(&self.held)
        {
            report.member(member.name, &held.value(), rules);
            report.nested(member.name, held);
        }
    }
}

impl Nested for Held<'_> {
    fn each(&self, report: &mut Report) {
        match self {
            Self::List(items) => items.each(report),
            Self::Map(entries) => entries.each(report),
            Self::Structure(input) => input.check(report),
            _ => {}
        }
    }
}

fn row(member: &Member) -> value::Member<'_> {
    let location = match member.location {
        model::Location::Path => Location::Path,
        model::Location::Query => Location::Query,
        model::Location::Header => Location::Header,
        model::Location::Body => Location::Body,
        model::Location::Form => Location::Form,
        model::Location::Host => Location::Host,
        model::Location::Payload => Location::Payload,
    };
    let style = match member.style {
        model::Style::Repeat => Style::Repeat,
        model::Style::Json => Style::Json,
        model::Style::Comma => Style::Comma,
        model::Style::Multi => Style::Multi,
    };
    value::Member {
        name: &member.name,
        location,
        style,
    }
}

/// The runtime's form of a rule.
fn rule(rule: &Rule) -> validate::Rule {
    match rule {
        Rule::Length { min, max } => validate::Rule::Length {
            min: *min,
            max: *max,
        },
        Rule::Bytes { max } => validate::Rule::Bytes { max: *max },
        Rule::Range { min, max } => validate::Rule::Range {
            min: *min,
            max: *max,
        },
        Rule::Items { min, max } => validate::Rule::Items {
            min: *min,
            max: *max,
        },
        Rule::Pattern(text) => validate::Rule::Pattern(lasting(text)),
        Rule::Separator { by, max } => validate::Rule::Separator {
            by: lasting(by).as_str(),
            max: *max,
        },
    }
}

/// A text of a rule that lives as long as the process, as the runtime asks: made once for
/// each text, however many requests are read.
fn lasting(text: &str) -> &'static Pattern {
    static MADE: Mutex<BTreeMap<String, &'static Pattern>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pattern) = made.get(text) {
        return pattern;
    }
    let pattern: &Pattern = Box::leak(Box::new(Pattern::new(text.to_owned().leak())));
    made.insert(text.to_owned(), pattern);
    pattern
}

fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::String => "a text",
        Shape::Int32 | Shape::Int64 => "a whole number",
        Shape::Uint64 => "a whole number from 0",
        Shape::Number => "a number",
        Shape::Boolean => "true or false",
        Shape::Timestamp => "a time as text",
        Shape::Binary => "base64 text",
        Shape::Any => "any JSON",
        Shape::Array(_) => "an array",
        Shape::Map(_) | Shape::Structure(_) => "an object",
        Shape::Enumeration(_) => "one of the documented values",
    }
}
