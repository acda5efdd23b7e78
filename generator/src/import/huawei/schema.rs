//! JSON schemas become members and structures. Structures keep their names; those that have
//! none get one from the place where they stand, and equal ones under one name are one.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::at::At;
use super::kit::{Reader, entries, items};
use super::{limits, words};
use crate::spec::{Member, Members};

/// The schemas of a document, and the structures that they become.
pub(super) struct Schemas<'v> {
    components: &'v Value,
    /// The structures that something led to so far.
    pub(super) types: IndexMap<String, Members>,
    /// The nameless ones, by the name of their place and by what they hold.
    nameless: BTreeMap<(String, String), String>,
    /// References that are being followed.
    open: BTreeSet<&'v str>,
}

/// What a schema is.
enum Form<'v> {
    Structure,
    Map(&'v Value),
    Array(&'v Value),
    Word(&'static str),
}

const NOTHING: &Value = &Value::Null;

impl<'v> Schemas<'v> {
    /// The schemas of a document's components.
    pub(super) fn new(components: &'v Value) -> Self {
        Self {
            components,
            types: IndexMap::new(),
            nameless: BTreeMap::new(),
            open: BTreeSet::new(),
        }
    }

    /// The part of the document's components that a reference leads to, with its name.
    pub(super) fn find(
        &self,
        group: &str,
        reference: &'v Value,
        at: &str,
        reader: &mut Reader<'_>,
    ) -> Option<(&'v str, &'v Value)> {
        let text = reference.as_str().unwrap_or_default();
        let path = match text.strip_prefix("#/components/components/") {
            Some(path) => {
                reader.lose("reference with a key twice, which is mended", at);
                path
            }
            None => text.strip_prefix("#/components/").unwrap_or_default(),
        };
        let name = path
            .strip_prefix(group)
            .and_then(|rest| rest.strip_prefix('/'));
        let found = name.and_then(|name| {
            let (name, found) =
                self.components[group].as_object()?.get_key_value(name)?;
            Some((name.as_str(), found))
        });
        if found.is_none() {
            reader.lose("reference to nothing", &format!("{at}: {text}"));
        }
        found
    }

    /// The member that a schema describes.
    pub(super) fn member(
        &mut self,
        schema: &'v Value,
        at: &At<'v>,
        reader: &mut Reader<'_>,
    ) -> Member {
        let Some(keys) = schema.as_object() else {
            if !schema.is_null() {
                reader.lose("schema that is none", &at.path);
            }
            return word("any");
        };
        if let Some(reference) = keys.get("$ref") {
            let mut member = self.referred(reference, at, reader);
            beside(&mut member, keys, at, reader);
            return member;
        }
        unknown(keys, &at.path, reader);
        if let Some(reference) = self.only_reference(schema) {
            let mut member = self.referred(reference, at, reader);
            limits::about(&mut member, keys, &at.path, reader);
            return member;
        }
        let mut member = match self.form(schema, &at.path, reader) {
            Form::Structure => {
                let members = self.members(schema, at, reader);
                word(&self.nameless(members, at))
            }
            Form::Map(values) => Member {
                values: Some(Box::new(self.held(values, at, reader))),
                ..word("map")
            },
            Form::Array(items) => Member {
                items: Some(Box::new(self.held(items, at, reader))),
                ..word("array")
            },
            Form::Word(kind) => word(kind),
        };
        words::format(&mut member, &schema["format"], &at.path, reader);
        limits::apply(&mut member, keys, &at.path, reader);
        member
    }

    /// What an array or a map holds.
    fn held(
        &mut self,
        schema: &'v Value,
        at: &At<'v>,
        reader: &mut Reader<'_>,
    ) -> Member {
        Member {
            doc: None,
            deprecated: None,
            default: None,
            ..self.member(schema, at, reader)
        }
    }

    fn referred(
        &mut self,
        reference: &'v Value,
        at: &At<'v>,
        reader: &mut Reader<'_>,
    ) -> Member {
        let Some((name, schema)) = self.find("schemas", reference, &at.path, reader)
        else {
            return word("any");
        };
        if self.is_structure(schema) && self.only_reference(schema).is_none() {
            self.structure(name, schema, reader);
            return word(name);
        }
        if !self.open.insert(name) {
            reader.lose("schema that is nothing but itself", name);
            return word("any");
        }
        let member = self.member(schema, &At::root(name, name), reader);
        self.open.remove(name);
        member
    }

    /// Takes a structure with a name; once, for it may hold itself.
    fn structure(&mut self, name: &'v str, schema: &'v Value, reader: &mut Reader<'_>) {
        if self.types.contains_key(name) {
            return;
        }
        self.types.insert(name.to_owned(), Members::new());
        let at = At::root(name, name);
        if let Some(keys) = schema.as_object() {
            unknown(keys, name, reader);
            limits::about(&mut Member::default(), keys, name, reader);
        }
        // What leads back to this structure from inside finds its name.
        let outer = std::mem::take(&mut self.open);
        let members = self.members(schema, &at, reader);
        self.open = outer;
        self.types.insert(name.to_owned(), members);
    }

    /// The members of a structure.
    fn members(
        &mut self,
        schema: &'v Value,
        at: &At<'v>,
        reader: &mut Reader<'_>,
    ) -> Members {
        let mut members = Members::new();
        let mut required = BTreeSet::new();
        self.gather(schema, at, &mut members, &mut required, reader);
        for name in required {
            match members.get_mut(name) {
                Some(member) => member.required = true,
                None => reader.lose(
                    "required member that is none",
                    &format!("{}.{name}", at.path),
                ),
            }
        }
        members
    }

    /// Adds the members of a schema and of all that it consists of.
    fn gather(
        &mut self,
        schema: &'v Value,
        at: &At<'v>,
        members: &mut Members,
        required: &mut BTreeSet<&'v str>,
        reader: &mut Reader<'_>,
    ) {
        if let Some(reference) = schema.get("$ref") {
            if let Some((name, target)) =
                self.find("schemas", reference, &at.path, reader)
            {
                if self.open.insert(name) {
                    self.gather(target, &At::root(name, name), members, required, reader);
                    self.open.remove(name);
                } else {
                    reader.lose("schema that is nothing but itself", name);
                }
            }
            return;
        }
        for part in items(&schema["allOf"]) {
            self.gather(part, at, members, required, reader);
        }
        for choice in ["anyOf", "oneOf"] {
            for part in items(&schema[choice]) {
                reader.lose("that only one of several forms holds", &at.path);
                self.gather(part, at, members, &mut BTreeSet::new(), reader);
            }
        }
        for (name, property) in entries(&schema["properties"]) {
            let at = at.inside(name);
            let Some(wire) = reader.name(name, &at.path) else {
                continue;
            };
            let mut member = self.member(property, &at, reader);
            member.required = property["required"].as_bool().unwrap_or_default();
            if members.insert(wire, member).is_some() {
                reader.lose("member that two parts of a schema have", &at.path);
            }
        }
        if schema["additionalProperties"].as_object().is_some() {
            reader.lose("free keys beside members", &at.path);
        }
        required.extend(items(&schema["required"]).filter_map(Value::as_str));
    }

    /// The one reference that a schema consists of, if it is nothing else.
    fn only_reference(&self, schema: &'v Value) -> Option<&'v Value> {
        let mut parts = items(&schema["allOf"])
            .filter(|part| part.get("$ref").is_some() || self.is_structure(part));
        let reference = parts.next()?.get("$ref")?;
        let more =
            parts.next().is_some() || entries(&schema["properties"]).next().is_some();
        (!more && items(&schema["required"]).next().is_none()).then_some(reference)
    }

    /// Whether a schema has members.
    fn is_structure(&self, schema: &'v Value) -> bool {
        self.has_members(schema, 0)
    }

    fn has_members(&self, schema: &'v Value, depth: usize) -> bool {
        // Schemas that consist of each other without end have none.
        const DEEPEST: usize = 16;
        if depth > DEEPEST {
            return false;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let target = reference.rsplit('/').next().unwrap_or_default();
            return self.has_members(&self.components["schemas"][target], depth + 1);
        }
        let parts = ["allOf", "anyOf", "oneOf"];
        entries(&schema["properties"]).next().is_some()
            || parts
                .iter()
                .flat_map(|key| items(&schema[*key]))
                .any(|part| self.has_members(part, depth + 1))
    }

    fn form(&self, schema: &'v Value, at: &str, reader: &mut Reader<'_>) -> Form<'v> {
        let kind = schema["type"].as_str();
        if self.is_structure(schema) {
            if !matches!(kind, None | Some("object")) {
                reader.lose("members of what is no object", at);
            }
            return Form::Structure;
        }
        let held = schema.get("items");
        match kind {
            Some("array") => Form::Array(held.unwrap_or_else(|| {
                reader.lose("array that does not say what it holds", at);
                NOTHING
            })),
            None | Some("object") => {
                if let Some(held) = held {
                    reader.lose("object with items, which is read as an array", at);
                    return Form::Array(held);
                }
                match &schema["additionalProperties"] {
                    Value::Null | Value::Bool(false) => {}
                    Value::Bool(true) => return Form::Map(NOTHING),
                    values => return Form::Map(values),
                }
                match items(&schema["enum"]).next() {
                    Some(first) => {
                        reader.lose(
                            "object with known values, which is read as one of them",
                            at,
                        );
                        Form::Word(if first.is_i64() { "integer" } else { "string" })
                    }
                    None => Form::Word("any"),
                }
            }
            Some(kind) => {
                if held.is_some() {
                    reader.lose("items of what is no array", at);
                }
                Form::Word(words::kind(kind, schema["format"].as_str(), at, reader))
            }
        }
    }

    /// A name for a structure without one; equal ones under one name share it.
    fn nameless(&mut self, members: Members, at: &At<'v>) -> String {
        let shape = format!("{members:?}");
        let key = (at.leaf.to_owned(), shape);
        if let Some(name) = self.nameless.get(&key) {
            return name.clone();
        }
        let stem = at.stem();
        let known = &self.components["schemas"];
        let mut name = stem.clone();
        let mut next = 2;
        while self.types.contains_key(&name) || known.get(&name).is_some() {
            name = format!("{stem}{next}");
            next += 1;
        }
        self.nameless.insert(key, name.clone());
        self.types.insert(name.clone(), members);
        name
    }
}

/// A type and nothing else.
pub(super) fn word(kind: &str) -> Member {
    Member {
        kind: kind.to_owned(),
        ..Member::default()
    }
}

/// What stands beside a reference.
fn beside(
    member: &mut Member,
    keys: &Map<String, Value>,
    at: &At<'_>,
    reader: &mut Reader<'_>,
) {
    member.doc = None;
    limits::about(member, keys, &at.path, reader);
    if let Some(default) = keys.get("default").filter(|default| !default.is_null()) {
        member.default = limits::typed(default, &member.kind);
        if member.default.is_none() {
            reader.lose("default that does not fit its type", &at.path);
        }
    }
}

fn unknown(keys: &Map<String, Value>, at: &str, reader: &mut Reader<'_>) {
    // The first two are those of a parameter of Swagger 2, which is a schema as well.
    const KNOWN: [&str; 11] = [
        "name",
        "in",
        "type",
        "properties",
        "items",
        "allOf",
        "anyOf",
        "oneOf",
        "additionalProperties",
        "collectionFormat",
        "$ref",
    ];
    for key in keys.keys() {
        if !KNOWN.contains(&key.as_str()) && !limits::KEYS.contains(&key.as_str()) {
            reader.lose(&format!("unknown key `{key}`"), at);
        }
    }
}
