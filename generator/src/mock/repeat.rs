//! Flat pairs back to values: `Tag.1.Key=a` to `{"Tag": [{"Key": "a"}]}`.

use serde_json::{Map, Value as Json};

use super::http::Pair;
use crate::interpret::Names;
use crate::model::{Shape, Structure, Style};

/// The pairs of a query or a form, of which each is read once.
#[derive(Debug)]
pub(super) struct Pairs<'m> {
    names: Names<'m>,
    left: Vec<Pair>,
}

impl<'m> Pairs<'m> {
    pub(super) fn new(names: Names<'m>, left: Vec<Pair>) -> Self {
        Self { names, left }
    }

    /// What no member has read.
    pub(super) fn left(self) -> Vec<Pair> {
        self.left
    }

    /// The value of a member, or of a part of one; `key` is its whole name.
    pub(super) fn value(
        &mut self,
        key: &str,
        shape: &Shape,
        style: Style,
    ) -> Option<Json> {
        match (style, shape) {
            (Style::Repeat, Shape::Array(of)) => {
                let mut items = Vec::new();
                while let Some(item) =
                    self.value(&format!("{key}.{}", items.len() + 1), of, style)
                {
                    items.push(item);
                }
                Some(Json::Array(items)).filter(|items| *items != Json::Array(Vec::new()))
            }
            (Style::Repeat, Shape::Map(of)) => {
                let mut entries = Map::new();
                while let Some(name) = self.next_name(key, of) {
                    let value = self.value(&format!("{key}.{name}"), of, style)?;
                    entries.insert(name, value);
                }
                (!entries.is_empty()).then_some(Json::Object(entries))
            }
            (Style::Repeat, Shape::Structure(name)) => {
                let structure = self.structure(name)?;
                if !self.left.iter().any(|(known, _)| is_below(known, key)) {
                    return None;
                }
                let members = structure.members.iter().filter_map(|member| {
                    let key = format!("{key}.{}", member.name);
                    Some((
                        member.name.clone(),
                        self.value(&key, &member.shape, member.style)?,
                    ))
                });
                let members: Map<_, _> = members.collect();
                (!members.is_empty()).then_some(Json::Object(members))
            }
            (Style::Multi, Shape::Array(of)) => {
                let mut items = Vec::new();
                while let Some(text) = self.take(key) {
                    items.push(read(&text, of, style));
                }
                (!items.is_empty()).then_some(Json::Array(items))
            }
            (_, shape) => self.take(key).map(|text| read(&text, shape, style)),
        }
    }

    fn take(&mut self, key: &str) -> Option<String> {
        let index = self.left.iter().position(|(known, _)| known == key)?;
        Some(self.left.remove(index).1)
    }

    /// The name of the next entry of a map that nothing has read.
    fn next_name(&self, key: &str, of: &Shape) -> Option<String> {
        let below = |(known, _): &Pair| {
            let name = known.strip_prefix(key)?.strip_prefix('.')?;
            let is_nested =
                matches!(of, Shape::Array(_) | Shape::Map(_) | Shape::Structure(_));
            let name = if is_nested {
                name.split('.').next()?
            } else {
                name
            };
            Some(name.to_owned())
        };
        self.left.iter().find_map(below)
    }

    fn structure(&self, name: &str) -> Option<&'m Structure> {
        let Names { operation, service } = self.names;
        let mut all = operation.structures.iter().chain(&service.structures);
        all.find(|structure| structure.name == name)
    }
}

fn is_below(known: &str, key: &str) -> bool {
    known
        .strip_prefix(key)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// One text as the shape has it; as text where it is none of that shape, which is then
/// refused with the member's name.
pub(super) fn read(text: &str, shape: &Shape, style: Style) -> Json {
    let nested = matches!(shape, Shape::Map(_) | Shape::Structure(_) | Shape::Any);
    let parsed = match shape {
        Shape::Array(of) if style != Style::Json => {
            Some(text.split(',').map(|item| read(item, of, style)).collect())
        }
        Shape::Array(_) => serde_json::from_str(text).ok(),
        _ if nested => serde_json::from_str(text).ok(),
        Shape::Boolean => text.parse().ok().map(Json::Bool),
        Shape::Int32 | Shape::Int64 => text.parse::<i64>().ok().map(Json::from),
        Shape::Uint64 => text.parse::<u64>().ok().map(Json::from),
        Shape::Number => text.parse::<f64>().ok().map(Json::from),
        _ => None,
    };
    parsed.unwrap_or_else(|| Json::from(text))
}
