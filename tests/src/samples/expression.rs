//! JSON as the Rust that a consumer would write: constructors, setters and variants of the
//! generated types, chosen by what the generator says it generates.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value as Json;
use yunspec::rust::{Enum, Field, Item, Module, Struct, Type, Wire};

/// The types that one file of a service may name: its own, and those that operations share.
#[derive(Debug)]
pub struct Types<'r> {
    /// The path of its own module.
    own: (String, BTreeMap<&'r str, &'r Item>),
    /// The path of the shared types, where there are any.
    shared: Option<(String, BTreeMap<&'r str, &'r Item>)>,
}

/// Why a value cannot be written: the way to it, and what is wrong.
type Written = Result<(), String>;

impl<'r> Types<'r> {
    /// The types of a file, with the paths of the two modules.
    pub fn new(own: (String, &'r Module), shared: Option<(String, &'r Module)>) -> Self {
        let types = |(path, module): (String, &'r Module)| {
            let items = module.items.iter();
            let named = items.filter_map(|item| Some((name(item)?, item)));
            (path, named.collect())
        };
        Self {
            own: types(own),
            shared: shared.map(types),
        }
    }

    /// A structure of the file with these members.
    ///
    /// # Errors
    /// The first value that has no place in it.
    pub fn structure(&self, name: &str, json: &Json) -> Result<String, String> {
        let mut out = String::new();
        self.named(&mut out, name, json)?;
        Ok(out)
    }

    fn find(&self, name: &str) -> Option<(&str, &'r Item)> {
        let both = [Some(&self.own), self.shared.as_ref()];
        let mut both = both.into_iter().flatten();
        both.find_map(|(path, items)| Some((path.as_str(), *items.get(name)?)))
    }

    fn value(&self, out: &mut String, ty: &Type, json: &Json) -> Written {
        match ty {
            Type::Option(inner) => self.value(out, inner, json),
            Type::Box(inner) => {
                out.push_str("Box::new(");
                self.value(out, inner, json)?;
                out.push(')');
                Ok(())
            }
            Type::Vec(item) => self.list(out, item, json),
            Type::Map(value) => self.map(out, value, json),
            Type::Name(name) => self.named(out, name, json),
        }
    }

    fn list(&self, out: &mut String, item: &Type, json: &Json) -> Written {
        let items = json.as_array().ok_or("no array")?;
        if items.is_empty() {
            let _ = write!(out, "Vec::<{}>::new()", self.spelled(item));
            return Ok(());
        }
        out.push_str("vec![");
        for (index, json) in items.iter().enumerate() {
            self.value(out, item, json)
                .map_err(|why| format!("[{index}] {why}"))?;
            out.push_str(", ");
        }
        out.push(']');
        Ok(())
    }

    fn map(&self, out: &mut String, value: &Type, json: &Json) -> Written {
        let entries = json.as_object().ok_or("no object")?;
        if entries.is_empty() {
            let value = self.spelled(value);
            let _ = write!(out, "BTreeMap::<String, {value}>::new()");
            return Ok(());
        }
        out.push('[');
        for (key, json) in entries {
            let _ = write!(out, "({key:?}, ");
            self.value(out, value, json)
                .map_err(|why| format!("{key} {why}"))?;
            out.push_str("), ");
        }
        out.push(']');
        Ok(())
    }

    fn named(&self, out: &mut String, name: &str, json: &Json) -> Written {
        match self.find(name) {
            Some((path, Item::Struct(one))) => self.built(out, path, one, json),
            Some((path, Item::Enum(one))) => variant(out, path, one, json),
            Some(_) => Err(format!("{name} holds no value")),
            None => plain(out, name, json),
        }
    }

    /// `Type::new(required).setter(value)`.
    fn built(&self, out: &mut String, path: &str, one: &Struct, json: &Json) -> Written {
        let object = json.as_object().ok_or("no object")?;
        let _ = write!(out, "{path}::{}::new(", one.name);
        let held = |field: &Field| object.get(&field.wire).filter(|json| !json.is_null());
        let at = |field: &Field, why: String| format!("{} {why}", field.wire);
        let is_optional = |field: &&Field| matches!(field.ty, Type::Option(_));
        for field in one.fields.iter().filter(|field| !is_optional(field)) {
            let json = held(field).ok_or_else(|| at(field, "is missing".to_owned()))?;
            self.value(out, &field.ty, json)
                .map_err(|why| at(field, why))?;
            out.push_str(", ");
        }
        out.push(')');
        for field in one.fields.iter().filter(is_optional) {
            if let Some(json) = held(field) {
                let _ = write!(out, ".{}(", field.name);
                self.value(out, &field.ty, json)
                    .map_err(|why| at(field, why))?;
                out.push(')');
            }
        }
        let known = |key: &&String| one.fields.iter().any(|field| field.wire == **key);
        match object.keys().find(|key| !known(key)) {
            Some(key) => Err(format!("{key} is no member")),
            None => Ok(()),
        }
    }

    /// A type, where nothing else tells which one is meant.
    fn spelled(&self, ty: &Type) -> String {
        match ty {
            Type::Option(inner) => format!("Option<{}>", self.spelled(inner)),
            Type::Box(inner) => format!("Box<{}>", self.spelled(inner)),
            Type::Vec(item) => format!("Vec<{}>", self.spelled(item)),
            Type::Map(value) => format!("BTreeMap<String, {}>", self.spelled(value)),
            Type::Name(name) => match self.find(name) {
                Some((path, _)) => format!("{path}::{name}"),
                None => name.clone(),
            },
        }
    }
}

/// The name of an item that is a type.
fn name(item: &Item) -> Option<&str> {
    match item {
        Item::Struct(one) => Some(&one.name),
        Item::Enum(one) => Some(&one.name),
        _ => None,
    }
}

/// The variant of a known value; any other value as what it is.
fn variant(out: &mut String, path: &str, one: &Enum, json: &Json) -> Written {
    let same = |wire: &Wire| match wire {
        Wire::Text(text) => json.as_str() == Some(text),
        Wire::Integer(number) => json.as_i64() == Some(*number),
    };
    let name = &one.name;
    if let Some(known) = one.variants.iter().find(|known| same(&known.wire)) {
        let _ = write!(out, "{path}::{name}::{}", known.name);
    } else if let Some(text) = json.as_str() {
        let _ = write!(out, "{path}::{name}::from({text:?})");
    } else if let Some(number) = json.as_i64() {
        let _ = write!(out, "{path}::{name}::from({number}_i64)");
    } else {
        return Err("no value of an enumeration".to_owned());
    }
    Ok(())
}

/// A value of a type that the runtime or the language has.
fn plain(out: &mut String, name: &str, json: &Json) -> Written {
    match name.rsplit("::").next().unwrap_or(name) {
        "bool" => {
            let value = json.as_bool().ok_or("no boolean")?;
            let _ = write!(out, "{value}");
        }
        integer @ ("i32" | "i64") => {
            let value = json.as_i64().ok_or("no whole number")?;
            let _ = write!(out, "{value}_{integer}");
        }
        "u64" => {
            let value = json.as_u64().ok_or("no whole number from 0")?;
            let _ = write!(out, "{value}_u64");
        }
        "f64" => {
            let value = json.as_f64().ok_or("no number")?;
            let _ = write!(out, "{value:?}_f64");
        }
        "Json" => {
            let _ = write!(out, "json({:?})", json.to_string());
        }
        helper @ ("String" | "Secret" | "Timestamp" | "Binary") => {
            let text = json.as_str().ok_or("no text")?;
            let _ = write!(out, "{}({text:?})", helper.to_ascii_lowercase());
        }
        other => return Err(format!("a type without values, {other}")),
    }
    Ok(())
}
