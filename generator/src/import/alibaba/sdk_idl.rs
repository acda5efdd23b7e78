//! `sdk-idl/PRODUCT-VERSION.json`: what the SDKs are made from.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::hosts::{Hosts, Rule};
use super::kit::{self, DEPRECATED, Reader};
use super::{Told, path};
use crate::import::Service;
use crate::spec::{self, Location, Member, Members, Operation, Source, Style};

/// What a document says; nothing where it does not say of what.
pub(super) fn service(idl: &Value, reader: &mut Reader<'_>) -> Option<Told> {
    let (Some(product), Some(version)) =
        (idl["product"].as_str(), idl["version"].as_str())
    else {
        reader.lose("service without a product or a version", ".");
        return None;
    };
    let known = [
        "models",
        "ops",
        "product",
        "version",
        "endpointRule",
        "endpoints",
    ];
    reader.unknown(idl, &known, ".");
    let empty = Map::new();
    let place = reader.place.clone();
    let mut document = Document {
        product,
        models: idl["models"].as_object().unwrap_or(&empty),
        types: IndexMap::new(),
        reader,
    };
    let (operations, resources) = document.operations(&idl["ops"]);
    let file = spec::Service {
        service: product.to_ascii_lowercase(),
        product: product.to_owned(),
        version: version.to_owned(),
        protocol: resources.then(|| "acs-roa".to_owned()),
        ..spec::Service::default()
    };
    let service = Service {
        file,
        documents: vec![place],
        operations,
        types: document.types,
    };
    let hosts = hosts(idl);
    Some(Told::bare(service, hosts))
}

fn hosts(idl: &Value) -> Hosts {
    let pairs = idl["endpoints"].as_object().into_iter().flatten();
    let regions = pairs
        .filter_map(|(region, host)| Some((region.clone(), host.as_str()?.to_owned())));
    let rule = match idl["endpointRule"].as_str() {
        Some("regional") => Some(Rule::Regional),
        Some("central") => Some(Rule::Central),
        _ => None,
    };
    Hosts {
        regions: regions.collect(),
        rule,
        ..Hosts::default()
    }
}

/// What a function says about its call.
struct Function<'v> {
    style: &'v str,
    action: &'v str,
    method: &'v str,
    path: &'v str,
    answer: &'v str,
    body: &'v str,
    request: &'v Value,
    response: &'v Value,
}

struct Document<'v, 'r> {
    product: &'v str,
    models: &'v Map<String, Value>,
    types: IndexMap<String, Members>,
    reader: &'v mut Reader<'r>,
}

impl<'v> Document<'v, '_> {
    /// The operations, and whether most of them are resources under paths.
    fn operations(&mut self, list: &'v Value) -> (Vec<Operation>, bool) {
        let mut functions: IndexMap<&str, Function<'v>> = IndexMap::new();
        let mut streams: BTreeMap<&str, bool> = BTreeMap::new();
        for value in list.as_array().into_iter().flatten() {
            let Some(function) = self.function(value) else {
                continue;
            };
            let streamed = function.style == "SSE";
            *streams.entry(function.action).or_default() |= streamed;
            let call = value["call"].as_str().unwrap_or_default();
            if functions.contains_key(function.action) && (streamed || call != "do") {
                let kind = "second function of an operation";
                self.reader.lose(kind, function.action);
            } else {
                functions.insert(function.action, function);
            }
        }
        let resources = functions.values().filter(|one| one.style != "RPC").count();
        let resources = resources * 2 > functions.len();
        let all = functions.into_values().collect::<Vec<_>>();
        let operations = all
            .iter()
            .map(|function| {
                let streamed = streams.get(function.action).copied();
                self.operation(function, streamed.unwrap_or_default())
            })
            .collect();
        (operations, resources)
    }

    fn function(&mut self, value: &'v Value) -> Option<Function<'v>> {
        let name = value["fn"].as_str().unwrap_or("?");
        self.reader
            .unknown(value, &["fn", "call", "args", "request", "response"], name);
        let args: Vec<&str> = value["args"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|arg| arg.as_str().unwrap_or_default())
            .collect();
        let [style, action, method, path, answer, _, body, ..] = args[..] else {
            self.reader
                .lose("function that does not say how it is called", name);
            return None;
        };
        Some(Function {
            style,
            action,
            method,
            path,
            answer,
            body,
            request: &value["request"],
            response: &value["response"],
        })
    }

    fn operation(&mut self, function: &Function<'v>, streamed: bool) -> Operation {
        let name = function.action;
        let place = kit::below(kit::NAMELESS, name);
        let methods = std::iter::once(function.method);
        let resource = function.path != "/" || function.style == "RESTFUL";
        let path = resource.then_some(function.path);
        let http = path::http(methods, path, self.reader, name);
        let gated = streamed
            .then_some(super::STREAM)
            .or(function.path.starts_with('{').then_some(super::SLASHES))
            .or_else(|| {
                let odd = http.method.is_none();
                odd.then_some(
                    "It is called with a method that the runtime does not send.",
                )
            });
        Operation {
            operation: name.to_owned(),
            source: Source {
                title: name.to_owned(),
                collection: Some(format!("{}, {}", self.product, self.reader.place)),
                language: "en".to_owned(),
                ..Source::default()
            },
            gated: gated.map(str::to_owned),
            http: Some(http),
            request: self.request(function, &kit::below(&place, "request")),
            response: self.response(function, &kit::below(&place, "response")),
            ..Operation::default()
        }
    }

    fn model(&mut self, name: &Value, at: &str) -> &'v [Value] {
        let found = name
            .as_str()
            .and_then(|name| self.models.get(name)?.as_array());
        if found.is_none() && name.is_string() {
            self.reader.lose("model that is missing", at);
        }
        found.map(Vec::as_slice).unwrap_or_default()
    }

    fn request(&mut self, function: &Function<'v>, at: &str) -> Members {
        let mut members = Members::new();
        for field in self.model(function.request, at) {
            let Some(name) = self.name(field, at) else {
                continue;
            };
            let at = kit::below(at, name);
            let Some(location) = self.location(field, name, function, &at) else {
                continue;
            };
            let mut member = self.member(field, &at);
            member.location = location;
            match field["shrink"].as_str() {
                Some("json") => member.style = Some(Style::Json),
                Some("simple") => member.style = Some(Style::Comma),
                Some(other) => self
                    .reader
                    .lose(&format!("style `{other}` of a parameter"), &at),
                None => {}
            }
            kit::put(&mut members, &mut self.types, name, member);
        }
        members
    }

    /// Where a field travels; nothing for one that only helps to find the host.
    #[expect(clippy::option_option, reason = "a member may travel where all do")]
    fn location(
        &mut self,
        field: &Value,
        name: &str,
        function: &Function<'_>,
        at: &str,
    ) -> Option<Option<Location>> {
        let position = field["position"].as_str().unwrap_or_default();
        let position = position.split(',').next().unwrap_or_default();
        Some(match position {
            "Query" | "" => None,
            "Path" => Some(Location::Path),
            "Header" => Some(Location::Header),
            "Host" if name == "project" => Some(Location::Host),
            "Host" => {
                self.reader.lose("parameter that only chooses the host", at);
                return None;
            }
            "Body" if function.body == "form" => Some(Location::Form),
            "Body" if name.eq_ignore_ascii_case("body") => Some(Location::Payload),
            "Body" => Some(Location::Body),
            other => {
                self.reader
                    .lose(&format!("place `{other}` of a parameter"), at);
                None
            }
        })
    }

    /// What comes back: the fields of the body's model, or the whole body.
    fn response(&mut self, function: &Function<'v>, at: &str) -> Members {
        // The model of a stream's answer is that of one event, and is not there.
        if function.style == "SSE" {
            return Members::new();
        }
        let fields = self.model(function.response, at);
        let Some(body) = fields.iter().find(|field| field["name"] == "body") else {
            return Members::new();
        };
        let inner = body["type"]
            .as_str()
            .filter(|name| self.models.contains_key(*name));
        if inner.is_some() {
            return self.fields(&body["type"], at);
        }
        let mut whole = self.shape(&body["type"], at);
        if let Some(inner) = kit::unwrap(&mut self.types, &whole.kind) {
            return inner;
        }
        if function.answer == "binary" {
            whole = kit::member("binary");
        }
        whole.location = Some(Location::Payload);
        [("body".to_owned(), whole)].into()
    }

    fn fields(&mut self, model: &Value, at: &str) -> Members {
        let fields = self.model(model, at);
        self.all(fields, at)
    }

    fn all(&mut self, fields: &'v [Value], at: &str) -> Members {
        let mut members = Members::new();
        for field in fields {
            if let Some(name) = self.name(field, at) {
                let member = self.member(field, &kit::below(at, name));
                members.insert(name.to_owned(), member);
            }
        }
        members
    }

    fn name(&mut self, field: &'v Value, at: &str) -> Option<&'v str> {
        let name = field["name"]
            .as_str()
            .filter(|name| !name.trim().is_empty());
        if name.is_none() {
            self.reader.lose("member without a name", at);
        }
        name
    }

    fn member(&mut self, field: &'v Value, at: &str) -> Member {
        let known = [
            "deprecated",
            "description",
            "example",
            "maxLength",
            "maximum",
            "minLength",
            "minimum",
            "name",
            "position",
            "required",
            "shrink",
            "type",
        ];
        self.reader.unknown(field, &known, at);
        let shape = self.shape(&field["type"], at);
        let reader = &mut *self.reader;
        reader.skip(&field["example"], "sample of a member", at);
        Member {
            required: field["required"].as_bool().unwrap_or_default(),
            doc: reader.text(&field["description"], at),
            minimum: reader.number(&field["minimum"], at),
            maximum: reader.number(&field["maximum"], at),
            min_length: reader.count(&field["minLength"], at),
            max_length: reader.count(&field["maxLength"], at),
            deprecated: (field["deprecated"] == "true").then(|| DEPRECATED.to_owned()),
            ..shape
        }
    }

    fn shape(&mut self, kind: &'v Value, at: &str) -> Member {
        match kind {
            Value::String(name) => self.named(name, at),
            Value::Object(keys) => {
                let inner = |key: &str| keys.get(key);
                if let Some(items) = inner("list") {
                    kit::array(self.shape(items, at))
                } else if let Some(values) = inner("map") {
                    kit::map(self.shape(values, at))
                } else if let Some(fields) = inner("object").and_then(Value::as_array) {
                    if fields.is_empty() {
                        return kit::member("any");
                    }
                    let own = kit::place(&mut self.types, at);
                    let members = self.all(fields, &own);
                    self.types.insert(own.clone(), members);
                    kit::member(own)
                } else {
                    self.reader.lose("type of a member", at);
                    kit::member("any")
                }
            }
            _ => {
                self.reader.lose("member without a type", at);
                kit::member("any")
            }
        }
    }

    fn named(&mut self, name: &str, at: &str) -> Member {
        let word = match name {
            "string" | "bytes" => "string",
            "integer" => "integer",
            "int32" => "int32",
            "long" | "int64" => "int64",
            "boolean" => "boolean",
            "float" | "double" | "number" => "number",
            "any" | "object" => "any",
            "readable" | "writable" => "binary",
            name => {
                if self
                    .models
                    .get(name)
                    .and_then(Value::as_array)
                    .is_some_and(Vec::is_empty)
                {
                    return kit::member("any");
                }
                return self.structure(name, at);
            }
        };
        kit::member(word)
    }

    fn structure(&mut self, name: &str, at: &str) -> Member {
        let own = kit::type_name(name);
        if !self.types.contains_key(&own) {
            if !self.models.contains_key(name) {
                self.reader.lose(&format!("type `{name}`"), at);
                return kit::member("any");
            }
            // A place first: a model may lead to itself.
            self.types.insert(own.clone(), Members::new());
            let path = kit::below(kit::NAMELESS, &own);
            let members = self.fields(&Value::from(name), &path);
            self.types.insert(own.clone(), members);
        }
        kit::member(own)
    }
}
