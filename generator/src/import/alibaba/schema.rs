//! The schemas of `api-docs`: parameters, properties and components become members.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::kit::{self, DEPRECATED, Reader};
use crate::spec::{EnumValue, Member, Members};

/// How often one schema may lead to another before it becomes a structure.
const ALIASES: usize = 8;

/// Keys of a schema that are read, or that say nothing to a caller.
const KNOWN: [&str; 26] = [
    "$ref",
    "additionalProperties",
    "default",
    "deprecated",
    "description",
    "docRequired",
    "enum",
    "enumValueTitles",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "index",
    "isFileTransferUrl",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
];

/// Turns the schemas of one document into members, and gathers the structures.
pub(super) struct Schemas<'s, 'r> {
    pub(super) reader: &'s mut Reader<'r>,
    /// The components, by name.
    pub(super) components: &'s Map<String, Value>,
    /// The structures so far, by name or path.
    pub(super) types: IndexMap<String, Members>,
    /// The members that the docs call required and the service does not, and the other way.
    pub(super) docs_ask: Vec<String>,
    pub(super) docs_spare: Vec<String>,
}

impl Schemas<'_, '_> {
    /// One member, with its rules; `path` leads to it.
    pub(super) fn member(&mut self, schema: &Value, path: &str) -> Member {
        self.reader.unknown(schema, &KNOWN, path);
        let mut member = self.shape(schema, path, 0);
        self.texts(schema, path, &mut member);
        self.required(schema, path, &mut member);
        self.numbers(schema, path, &mut member);
        self.lengths(schema, path, &mut member);
        let known = self.values(schema, &member, path);
        match member.items.as_deref_mut() {
            Some(items) if items.values_known.is_empty() => items.values_known = known,
            Some(_) => {}
            None => member.values_known = known,
        }
        let default = &schema["default"];
        if !default.is_null() {
            member.default = self.reader.value(default, &member.kind, path);
        }
        if schema["deprecated"].as_bool().unwrap_or_default() {
            member.deprecated = Some(DEPRECATED.to_owned());
        }
        member
    }

    /// The members of an object, each at its place below `path`.
    pub(super) fn members(&mut self, properties: &Value, path: &str) -> Members {
        let mut members = Members::new();
        for (name, schema) in properties.as_object().into_iter().flatten() {
            if name.trim().is_empty() {
                self.reader.lose("member without a name", path);
            } else if !schema.is_object() {
                self.reader.lose("schema that is none", path);
            } else {
                let member = self.member(schema, &kit::below(path, name));
                members.insert(name.clone(), member);
            }
        }
        members
    }

    fn shape(&mut self, schema: &Value, path: &str, aliases: usize) -> Member {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.component(reference, path, aliases);
        }
        let properties = schema["properties"].as_object();
        let values = &schema["additionalProperties"];
        let kind = schema["type"].as_str().unwrap_or("none");
        let format = schema["format"].as_str();
        match kind {
            "object" | "none" if properties.is_some_and(|all| !all.is_empty()) => {
                self.reader
                    .skip(values, "map that is also a structure", path);
                let own = kit::place(&mut self.types, path);
                let members = self.members(&schema["properties"], &own);
                self.types.insert(own.clone(), members);
                kit::member(own)
            }
            "object" if values.is_object() => kit::map(self.held(values, path)),
            "object" => kit::member("any"),
            "array" => {
                if let Some(format) = format {
                    self.reader
                        .lose(&format!("format `{format}` of an array"), path);
                }
                let items = &schema["items"];
                if items.is_object() {
                    kit::array(self.items(items, path))
                } else {
                    self.reader.lose("array that does not say of what", path);
                    kit::array(kit::member("any"))
                }
            }
            kind => self.single(kind, format, path),
        }
    }

    fn items(&mut self, items: &Value, path: &str) -> Member {
        let inner = ["array", "map"];
        let nested = items["type"]
            .as_str()
            .is_some_and(|kind| inner.contains(&kind));
        let path = if nested {
            kit::below(path, "Items")
        } else {
            path.to_owned()
        };
        self.held(items, &path)
    }

    /// What an array or a map holds, of which nobody asks whether it is required.
    fn held(&mut self, schema: &Value, path: &str) -> Member {
        Member {
            required: false,
            doc: None,
            ..self.member(schema, path)
        }
    }

    fn single(&mut self, kind: &str, format: Option<&str>, path: &str) -> Member {
        let (word, odd) = match (kind, format) {
            ("string", Some("binary")) => ("binary", false),
            ("string", Some("iso8601" | "date-time")) => {
                return Member {
                    format: Some("a date and a time, ISO 8601".to_owned()),
                    ..kit::member("string")
                };
            }
            ("string", None) => ("string", false),
            ("string", Some(_)) => ("string", true),
            ("integer", Some("int32")) => ("int32", false),
            ("integer", Some("int64")) => ("int64", false),
            ("integer", format) => ("integer", format.is_some()),
            ("number", None | Some("float" | "double")) => ("number", false),
            ("number", Some(_)) => ("number", true),
            ("boolean", format) => ("boolean", format.is_some()),
            ("any", format) => ("any", format.is_some()),
            _ => {
                self.reader.lose(&format!("type `{kind}`"), path);
                return kit::member("any");
            }
        };
        if odd {
            let format = format.unwrap_or_default();
            self.reader
                .lose(&format!("format `{format}` of a {kind}"), path);
        }
        kit::member(word)
    }

    fn component(&mut self, reference: &str, path: &str, aliases: usize) -> Member {
        let name = reference.strip_prefix("#/components/schemas/");
        let components = self.components;
        let found = name.and_then(|name| Some((name, components.get(name)?)));
        let Some((name, schema)) = found.filter(|_| aliases < ALIASES) else {
            self.reader.lose("reference that leads nowhere", path);
            return kit::member("any");
        };
        let object = schema["properties"].as_object();
        if object.is_none_or(Map::is_empty) {
            return self.shape(schema, path, aliases + 1);
        }
        let own = kit::type_name(name);
        if !self.types.contains_key(&own) {
            // A place first: a component may lead to itself.
            self.types.insert(own.clone(), Members::new());
            let path = kit::below(kit::NAMELESS, &own);
            let members = self.members(&schema["properties"], &path);
            self.types.insert(own.clone(), members);
        }
        kit::member(own)
    }

    fn texts(&mut self, schema: &Value, path: &str, member: &mut Member) {
        let text = [&schema["description"], &schema["title"]]
            .into_iter()
            .find_map(|text| self.reader.text(text, path));
        member.doc = text;
        let reader = &mut *self.reader;
        reader.skip(&schema["example"], "sample of a member", path);
        if schema["isFileTransferUrl"].as_bool().unwrap_or_default() {
            reader.lose("that the SDKs upload a file and send its address", path);
        }
    }

    fn required(&mut self, schema: &Value, path: &str, member: &mut Member) {
        member.required = schema["required"].as_bool().unwrap_or_default();
        let name = || {
            let (_, inner) = path.split_once("/request/").unwrap_or(("", path));
            inner.replace('/', ".")
        };
        match (schema["docRequired"].as_bool(), member.required) {
            (Some(true), false) => self.docs_ask.push(name()),
            (Some(false), true) => self.docs_spare.push(name()),
            _ => {}
        }
    }

    fn numbers(&mut self, schema: &Value, path: &str, member: &mut Member) {
        let whole = member.kind != "number";
        for (key, exclusive, inner, bound) in [
            ("minimum", "exclusiveMinimum", 1.0, &mut member.minimum),
            ("maximum", "exclusiveMaximum", -1.0, &mut member.maximum),
        ] {
            let number = self.reader.number(&schema[key], path);
            *bound = match (number, schema[exclusive].as_bool() == Some(true)) {
                (Some(number), true) if whole => Some(number + inner),
                (Some(_), true) => {
                    self.reader
                        .lose("bound of a number that it may not reach", path);
                    None
                }
                (number, _) => number,
            };
        }
    }

    fn lengths(&mut self, schema: &Value, path: &str, member: &mut Member) {
        let mut count = |key: &str| self.reader.count(&schema[key], path);
        member.min_length = count("minLength");
        member.max_length = count("maxLength");
        member.min_items = count("minItems");
        member.max_items = count("maxItems");
        member.pattern = schema["pattern"]
            .as_str()
            .filter(|pattern| !pattern.trim().is_empty())
            .map(str::to_owned);
    }

    /// The known values: those of `enum`, else those that have a title.
    fn values(&mut self, schema: &Value, member: &Member, path: &str) -> Vec<EnumValue> {
        let kind = match member.items.as_deref() {
            Some(items) => &items.kind,
            None => &member.kind,
        };
        let titles = schema["enumValueTitles"].as_object();
        let listed = schema["enum"].as_array().filter(|list| !list.is_empty());
        let told = titles.into_iter().flatten().filter(|(value, title)| {
            title
                .as_str()
                .is_some_and(|title| title.trim() != value.trim())
        });
        for _ in told {
            self.reader.lose("title of a value", path);
        }
        let Some(listed) = listed else {
            return self.titled(titles, kind, path);
        };
        let typed = listed.iter();
        typed
            .filter_map(|value| self.reader.value(value, kind, path))
            .map(kit::known)
            .collect()
    }

    /// Titles come from the prose, so all of them must look like values.
    fn titled(
        &mut self,
        titles: Option<&Map<String, Value>>,
        kind: &str,
        path: &str,
    ) -> Vec<EnumValue> {
        let Some(titles) = titles.filter(|titles| !titles.is_empty()) else {
            return Vec::new();
        };
        let sign = |c: char| c.is_ascii_alphanumeric() || "._-:/".contains(c);
        let fits = |value: &str| match kind {
            "string" => !value.is_empty() && value.len() <= 64 && value.chars().all(sign),
            "integer" | "int32" | "int64" => value.parse::<i64>().is_ok(),
            _ => false,
        };
        if !titles.keys().all(|value| fits(value)) {
            self.reader.lose("values that are prose", path);
            return Vec::new();
        }
        let values = titles.keys().map(|value| Value::from(value.as_str()));
        values
            .filter_map(|value| self.reader.value(&value, kind, path))
            .map(kit::known)
            .collect()
    }
}
