//! Members that a published address flattens into its query: `A.0.B=…`, counted from 0.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use yunspec::model::{Enumeration, Operation, Service, Shape, Structure};

/// What is written at a place: a text, or further places by name or number.
#[derive(Debug, Default)]
struct Node {
    text: Option<String>,
    inner: BTreeMap<String, Node>,
}

/// The members of a request that is written as an address, in the types of the model; a
/// name that the model does not have stays a text.
///
/// # Errors
/// The first value that is not of its type.
pub(super) fn members(
    service: &Service,
    operation: &Operation,
    address: &str,
) -> Result<Json, String> {
    let typer = Typer { service, operation };
    typer
        .structure(&operation.request, &tree(address))
        .map_err(|(path, why)| format!("{path}: {why}"))
}

/// The pairs of a query, without those that every call has.
fn tree(address: &str) -> Node {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let mut root = Node::default();
    for pair in query.split('&').map(str::trim) {
        let Some((key, value)) = pair.split_once('=') else {
            continue;
        };
        if COMMON.contains(&key) {
            continue;
        }
        let mut node = &mut root;
        for step in key.split('.') {
            node = node.inner.entry(step.to_owned()).or_default();
        }
        node.text = Some(decoded(value.trim()));
    }
    root
}

/// What the client adds to every call.
const COMMON: [&str; 10] = [
    "Action",
    "Version",
    "Region",
    "Nonce",
    "Timestamp",
    "SecretId",
    "Signature",
    "SignatureMethod",
    "Token",
    "Language",
];

/// A text without percent signs, where they are codes; `+` stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = behind.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = byte.map_or(behind, |_| &behind[2..]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

struct Typer<'m> {
    service: &'m Service,
    operation: &'m Operation,
}

type Typed = Result<Json, (String, &'static str)>;

impl<'m> Typer<'m> {
    fn structure(&self, structure: &Structure, node: &Node) -> Typed {
        let mut object = Map::new();
        for (name, inner) in &node.inner {
            let member = structure.members.iter().find(|one| one.name == *name);
            let shape = member.map_or(&Shape::Any, |member| &member.shape);
            let value = self.shape(shape, inner);
            let value = value.map_err(|(path, why)| (joined(name, &path), why))?;
            object.insert(name.clone(), value);
        }
        Ok(Json::Object(object))
    }

    fn shape(&self, shape: &Shape, node: &Node) -> Typed {
        match shape {
            Shape::Array(item) if !node.inner.is_empty() => {
                let mut items: Vec<_> = node.inner.iter().collect();
                items.sort_by_key(|(key, _)| key.parse::<usize>().unwrap_or(usize::MAX));
                let item = |(key, inner): (&String, &Node)| {
                    let value = self.shape(item, inner);
                    value.map_err(|(path, why)| (joined(key, &path), why))
                };
                items.into_iter().map(item).collect()
            }
            Shape::Structure(name) if !node.inner.is_empty() => {
                match self.find_structure(name) {
                    Some(structure) => self.structure(structure, node),
                    None => Err((String::new(), "a structure that is nowhere")),
                }
            }
            shape => match &node.text {
                Some(text) => self.scalar(shape, text),
                None => Err((String::new(), "further names below a plain value")),
            },
        }
    }

    fn scalar(&self, shape: &Shape, text: &str) -> Typed {
        let typed = match shape {
            Shape::Int32 | Shape::Int64 => text.parse::<i64>().ok().map(Json::from),
            Shape::Uint64 => text.parse::<u64>().ok().map(Json::from),
            Shape::Number => text.parse::<f64>().ok().map(Json::from),
            Shape::Boolean => text.to_ascii_lowercase().parse().ok().map(Json::Bool),
            Shape::Enumeration(name) if self.is_of_numbers(name) => {
                text.parse::<i64>().ok().map(Json::from)
            }
            Shape::Array(_) | Shape::Map(_) | Shape::Structure(_) => {
                return Err((String::new(), "a text in the place of what is nested"));
            }
            _ => Some(Json::from(text)),
        };
        typed.ok_or((String::new(), "a text that is no value of the type"))
    }

    fn is_of_numbers(&self, name: &str) -> bool {
        let (own, shared) = (&self.operation.enumerations, &self.service.enumerations);
        let numbers = |one: &Enumeration| one.values.iter().all(|v| v.value.is_i64());
        let mut all = own.iter().chain(shared);
        all.find(|one| one.name == name).is_some_and(numbers)
    }

    fn find_structure(&self, name: &str) -> Option<&'m Structure> {
        let (own, shared) = (&self.operation.structures, &self.service.structures);
        own.iter().chain(shared).find(|one| one.name == name)
    }
}

fn joined(step: &str, path: &str) -> String {
    let dot = if path.is_empty() { "" } else { "." };
    format!("{step}{dot}{path}")
}
