//! The JSON Schema of the spec format: what editors show, and what [`crate::load`] walks.

mod form;

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use crate::diagnostic::machine::pretty;
use crate::diff::ack::Acknowledgements;
use crate::spec;

pub(crate) use form::Form;

/// The kinds of spec files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `provider.yaml`.
    Provider,
    /// `service.yaml`.
    Service,
    /// `types.yaml`.
    Types,
    /// `OPERATION.yaml`.
    Operation,
    /// `acknowledged.yaml`, which is no spec: what reviewers say about changes.
    Acknowledged,
}

impl Kind {
    /// The name of its definition in the schema.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Provider => "Provider",
            Self::Service => "Service",
            Self::Types => "Types",
            Self::Operation => "Operation",
            Self::Acknowledged => "Acknowledgements",
        }
    }
}

/// JSON Schema 2020-12 of all four kinds: `$defs` holds one definition each.
pub fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(build);
    &DOCUMENT
}

/// The definition of one kind.
pub(crate) fn definition(kind: Kind) -> &'static Value {
    &document()["$defs"][kind.definition()]
}

/// Follows a reference to the definition that it names.
pub(crate) fn resolve(schema: &'static Value) -> &'static Value {
    let name = schema["$ref"]
        .as_str()
        .and_then(|reference| reference.rsplit('/').next());
    name.map_or(schema, |name| &document()["$defs"][name])
}

fn build() -> Value {
    let settings = SchemaSettings::draft2020_12()
        .with_transform(RecursiveTransform(without_null))
        .for_deserialize();
    let mut generator = settings.into_generator();
    add::<spec::Provider>(&mut generator);
    add::<spec::Service>(&mut generator);
    add::<spec::Types>(&mut generator);
    add::<spec::Operation>(&mut generator);
    add::<Acknowledgements>(&mut generator);
    let mut definitions: Map<String, Value> = generator.take_definitions(true);
    definitions.sort_keys();
    let kinds = [
        Kind::Operation,
        Kind::Service,
        Kind::Types,
        Kind::Provider,
        Kind::Acknowledged,
    ];
    let references =
        kinds.map(|kind| json!({ "$ref": format!("#/$defs/{}", kind.definition()) }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "yunspec",
        "description": "A file under specs/: an operation, a service, shared types, a provider, or acknowledgements.",
        "oneOf": references,
        "$defs": definitions,
    })
}

/// The text of `specs/schema.json`.
pub fn text() -> String {
    pretty(document())
}

fn add<T: JsonSchema>(generator: &mut schemars::SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// A key that may be absent is left out, never null.
fn without_null(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(options)) = object.get_mut("anyOf") {
        options.retain(|option| option.get("type").is_none_or(|name| name != "null"));
        if let [Value::Object(only)] = options.as_slice() {
            let only = only.clone();
            object.remove("anyOf");
            for (key, value) in only {
                object.entry(key).or_insert(value);
            }
        }
    }
    if object.get("default").is_some_and(Value::is_null) {
        object.remove("default");
    }
}
