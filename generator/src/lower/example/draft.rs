//! A sample's JSON as Rust values, as far as it fits the shapes.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{EnumValue, Member, Shape, Structure};
use crate::name;
use crate::rust::{Expr, Type};

use super::expression::{WIDEST, width};
use crate::lower::enumeration::{variant_name, wire};
use crate::lower::page::Types;
use crate::lower::plain;
use crate::lower::structure::is_optional;

/// An example in the making.
pub(super) struct Draft<'a, 'm> {
    /// The name of the generated crate.
    krate: &'a str,
    own: &'a Types<'m>,
    shared: &'a Types<'m>,
    /// Values that are too long to stand inside another, in the order of their use.
    pub(super) bindings: Vec<(String, Expr)>,
    /// The types that it names, each with whether it is a shared one.
    pub(super) types: BTreeMap<String, bool>,
}

impl<'a, 'm> Draft<'a, 'm> {
    pub(super) fn new(krate: &'a str, own: &'a Types<'m>, shared: &'a Types<'m>) -> Self {
        Self {
            krate,
            own,
            shared,
            bindings: Vec::new(),
            types: BTreeMap::new(),
        }
    }

    /// A structure with the members that the sample has, and those it cannot do without.
    pub(super) fn structure(
        &mut self,
        ty: &str,
        structure: &Structure,
        sample: &Value,
    ) -> Expr {
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        for member in &structure.members {
            let value = sample.get(&member.name).filter(|value| !value.is_null());
            let name = name::field(member.rust_name.as_deref().unwrap_or(&member.name));
            if !is_optional(member, structure, self.types(&structure.name)) {
                let value = self.required(member, value);
                arguments.push(self.short(&name, value));
            } else if let Some(value) = value.filter(|_| member.deprecated.is_none()) {
                let known = self.value(&member.shape, value);
                let short = known.filter(|value| width(value) <= WIDEST);
                setters.extend(short.map(|value| (name, value)));
            }
        }
        Expr::New {
            ty: ty.to_owned(),
            arguments,
            setters,
        }
    }

    /// A value of a member that must be sent.
    fn required(&mut self, member: &Member, sample: Option<&Value>) -> Expr {
        let candidates = [sample, member.example.as_ref(), member.default.as_ref()];
        let mut candidates = candidates.into_iter().flatten();
        let known = candidates.find_map(|value| self.value(&member.shape, value));
        known.unwrap_or_else(|| self.placeholder(&member.shape, &member.name))
    }

    /// The value as Rust, where it fits the shape.
    fn value(&mut self, shape: &Shape, value: &Value) -> Option<Expr> {
        Some(match shape {
            Shape::String | Shape::Timestamp | Shape::Binary => match value {
                Value::Array(_) | Value::Object(_) | Value::Null => return None,
                value => Expr::Text(text_of(value)),
            },
            Shape::Int32 => Expr::Integer(i64::from(parsed::<i32>(value)?)),
            Shape::Int64 => Expr::Integer(parsed(value)?),
            Shape::Uint64 => Expr::Unsigned(parsed(value)?),
            Shape::Number => Expr::Float(parsed(value)?),
            Shape::Boolean => Expr::Boolean(parsed(value)?),
            Shape::Any => Expr::Text(value.as_str()?.to_owned()),
            Shape::Enumeration(name) => self.variants(name, &[value])?.pop()?,
            Shape::Structure(name) => {
                let structure = self.types(name).structure(name)?;
                let ty = self.type_name(name);
                self.structure(&ty, structure, value)
            }
            Shape::Array(item) if !is_collection(item) => {
                let items: Vec<_> = value.as_array()?.iter().collect();
                Expr::List(self.values(item, &items)?)
            }
            Shape::Map(item) if !is_collection(item) => {
                let (keys, values): (Vec<_>, Vec<_>) = value.as_object()?.iter().unzip();
                let values = self.values(item, &values)?;
                Expr::Map(keys.into_iter().cloned().zip(values).collect())
            }
            Shape::Array(_) | Shape::Map(_) => return None,
        })
    }

    /// The items of an array or a map; an empty one has no type that could be inferred.
    fn values(&mut self, item: &Shape, values: &[&Value]) -> Option<Vec<Expr>> {
        match item {
            _ if values.is_empty() => None,
            Shape::Enumeration(name) => self.variants(name, values),
            item => values.iter().map(|value| self.value(item, value)).collect(),
        }
    }

    /// Variants, where all values are known and none is advised against; else all as texts,
    /// to be of one type.
    fn variants(&mut self, name: &str, values: &[&Value]) -> Option<Vec<Expr>> {
        let enumeration = self.types(name).enumeration(name)?;
        let known = &enumeration.values;
        let integers = known.iter().all(|known| known.value.as_i64().is_some());
        let find = |value: &&Value| {
            known
                .iter()
                .filter(|known| known.deprecated.is_none())
                .find(|known| text_of(&known.value) == text_of(value))
        };
        let Some(found) = values.iter().map(find).collect::<Option<Vec<_>>>() else {
            return Some(
                values
                    .iter()
                    .map(|value| Expr::Text(text_of(value)))
                    .collect(),
            );
        };
        let ty = self.type_name(name);
        let variant = |known: &EnumValue| {
            let name = variant_name(known.name.as_deref(), &wire(known, integers));
            Expr::Variant(ty.clone(), name)
        };
        Some(found.into_iter().map(variant).collect())
    }

    /// A value where neither sample nor spec has one.
    fn placeholder(&mut self, shape: &Shape, wire: &str) -> Expr {
        match shape {
            Shape::String | Shape::Timestamp | Shape::Binary | Shape::Any => {
                Expr::Text(name::snake(wire))
            }
            Shape::Int32 | Shape::Int64 => Expr::Integer(1),
            Shape::Uint64 => Expr::Unsigned(1),
            Shape::Number => Expr::Float(1.0),
            Shape::Boolean => Expr::Boolean(true),
            Shape::Enumeration(name) => {
                let known = self.types(name).enumeration(name);
                let first = known.and_then(|found| found.values.first());
                let first =
                    first.and_then(|first| self.variants(name, &[&first.value])?.pop());
                first.unwrap_or_else(|| Expr::Text(name::snake(wire)))
            }
            Shape::Structure(name) => match self.types(name).structure(name) {
                Some(structure) => {
                    let ty = self.type_name(name);
                    self.structure(&ty, structure, &Value::Null)
                }
                None => Expr::Text(name::snake(wire)),
            },
            Shape::Array(_) | Shape::Map(_) => Expr::Default(self.ty(shape)),
        }
    }

    /// The value itself, or a binding where it is too wide to stand inside another.
    fn short(&mut self, name: &str, value: Expr) -> Expr {
        if width(&value) <= WIDEST {
            return value;
        }
        let value = match value {
            Expr::List(items) => {
                let items = items.into_iter().enumerate();
                let items = items
                    .map(|(index, item)| self.short(&format!("{name}_{index}"), item));
                Expr::List(items.collect())
            }
            value => value,
        };
        let mut name = plain(name).to_owned();
        if name::field(&name).starts_with("r#") {
            name.push('_');
        }
        let taken = |name: &String| self.bindings.iter().any(|(taken, _)| taken == name);
        while ["client", "request"].contains(&name.as_str()) || taken(&name) {
            name.push('_');
        }
        self.bindings.push((name.clone(), value));
        Expr::Variable(name)
    }

    /// The type of a shape, as fields write it.
    fn ty(&mut self, shape: &Shape) -> Type {
        let name = match shape {
            Shape::Array(item) => return Type::Vec(Box::new(self.ty(item))),
            Shape::Map(value) => return Type::Map(Box::new(self.ty(value))),
            Shape::Structure(name) | Shape::Enumeration(name) => self.type_name(name),
            Shape::String => "String".to_owned(),
            Shape::Timestamp => format!("{}::Timestamp", self.krate),
            Shape::Binary => format!("{}::Binary", self.krate),
            Shape::Any => format!("{}::Json", self.krate),
            Shape::Int32 => "i32".to_owned(),
            Shape::Int64 => "i64".to_owned(),
            Shape::Uint64 => "u64".to_owned(),
            Shape::Number => "f64".to_owned(),
            Shape::Boolean => "bool".to_owned(),
        };
        Type::Name(name)
    }

    /// The types among which a name is looked for.
    fn types(&self, name: &str) -> &'a Types<'m> {
        if self.own.holds(name) {
            self.own
        } else {
            self.shared
        }
    }

    fn type_name(&mut self, model: &str) -> String {
        let name = name::type_name(model);
        self.types.insert(name.clone(), !self.own.holds(model));
        name
    }
}

fn is_collection(shape: &Shape) -> bool {
    matches!(shape, Shape::Array(_) | Shape::Map(_))
}

/// A number or a boolean, also where the sample has it as a text.
fn parsed<T: std::str::FromStr>(value: &Value) -> Option<T> {
    text_of(value).parse().ok()
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
