//! `api-docs/PRODUCT/VERSION.json`: the fullest of the formats.

mod answer;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

use super::hosts::Hosts;
use super::kit::{self, DEPRECATED, Reader};
use super::samples::Samples;
use super::schema::Schemas;
use super::{Told, path};
use crate::import::Service;
use crate::spec::{
    self, Location, Member, Members, Note, Operation, Retry, Source, Style, Waiter,
};

/// Styles whose way to sign, to address or to stream the runtime does not know.
const FOREIGN: [&str; 5] = ["OSS", "SLS", "PDS", "FC", "AliGenie"];

/// What a document says; nothing where it does not say of what.
pub(super) fn service(api: &Value, reader: &mut Reader<'_>) -> Option<Told> {
    let info = &api["info"];
    let (Some(product), Some(version)) =
        (info["product"].as_str(), info["version"].as_str())
    else {
        reader.lose("service without a product or a version", ".");
        return None;
    };
    let known = [
        "version",
        "info",
        "directories",
        "components",
        "apis",
        "endpoints",
    ];
    reader.unknown(api, &known, ".");
    reader.skip(&api["directories"], "folders of operations for people", ".");
    let style = info["style"].as_str().unwrap_or("RPC");
    let empty = Map::new();
    let place = reader.place.clone();
    let mut document = Document {
        product,
        style,
        schemas: Schemas {
            components: api["components"]["schemas"].as_object().unwrap_or(&empty),
            types: IndexMap::new(),
            docs_ask: Vec::new(),
            docs_spare: Vec::new(),
            reader,
        },
        samples: Samples::default(),
        place,
    };
    let apis = api["apis"].as_object().into_iter().flatten();
    let operations = apis
        .map(|(name, api)| document.operation(name, api))
        .collect();
    let Document {
        schemas,
        samples,
        place,
        ..
    } = document;
    let gated = FOREIGN.contains(&style).then(|| {
        format!("The service speaks {style}, a protocol of its own that the runtime does not know.")
    });
    let file = spec::Service {
        service: product.to_ascii_lowercase(),
        product: product.to_owned(),
        version: version.to_owned(),
        protocol: (style == "ROA").then(|| "acs-roa".to_owned()),
        gated,
        ..spec::Service::default()
    };
    let service = Service {
        file,
        documents: vec![place],
        operations,
        types: schemas.types,
    };
    let hosts = Hosts::listed(&api["endpoints"]);
    Some(Told {
        service,
        hosts,
        samples,
    })
}

struct Document<'s, 'r> {
    product: &'s str,
    style: &'s str,
    schemas: Schemas<'s, 'r>,
    samples: Samples,
    place: String,
}

impl Document<'_, '_> {
    fn operation(&mut self, name: &str, api: &Value) -> Operation {
        let known = [
            "consumes",
            "deprecated",
            "description",
            "errorCodes",
            "extraInfo",
            "methods",
            "operationType",
            "parameters",
            "path",
            "produces",
            "requestParamsDescription",
            "responseDemo",
            "responseParamsDescription",
            "responses",
            "schemes",
            "security",
            "staticInfo",
            "summary",
            "systemTags",
            "tags",
            "title",
        ];
        self.schemas.reader.unknown(api, &known, name);
        let place = kit::below(kit::NAMELESS, name);
        let methods = api["methods"].as_array().into_iter().flatten();
        let methods = methods.filter_map(Value::as_str);
        let path = self.path(name, api);
        let reader = &mut *self.schemas.reader;
        let http = path::http(methods, path, reader, name);
        let request = self.request(api, &format!("{place}/request"));
        let notes = self.notes();
        let reader = &mut *self.schemas.reader;
        self.samples.read(name, &api["responseDemo"], reader);
        let response = self.response(api, &format!("{place}/response"));
        Operation {
            operation: name.to_owned(),
            doc: self.texts(name, api),
            source: self.source(name),
            gated: Self::gated(api, http.path.as_deref()),
            http: Some(http),
            retry: match api["operationType"].as_str() {
                Some("read") => Retry::Safe,
                _ => Retry::Unsafe,
            },
            deprecated: api["deprecated"]
                .as_bool()
                .unwrap_or_default()
                .then(|| self.deprecated(api, name)),
            waiter: self.waiter(name, api),
            request,
            response,
            errors: self.errors(name, api),
            notes,
            ..Operation::default()
        }
    }

    fn source(&self, name: &str) -> Source {
        Source {
            title: name.to_owned(),
            collection: Some(format!("{}, {}", self.product, self.place)),
            language: "zh".to_owned(),
            ..Source::default()
        }
    }

    /// The path, which only resources have.
    fn path<'v>(&mut self, name: &str, api: &'v Value) -> Option<&'v str> {
        let path = api["path"].as_str();
        if path.is_some() && self.style == "RPC" {
            let kind = "path of an operation that has none on the wire";
            self.schemas.reader.lose(kind, name);
            return None;
        }
        path
    }

    fn texts(&mut self, name: &str, api: &Value) -> Option<String> {
        let reader = &mut *self.schemas.reader;
        let text = ["description", "summary", "title"]
            .into_iter()
            .find_map(|key| reader.text(&api[key], name));
        for key in [
            "requestParamsDescription",
            "responseParamsDescription",
            "extraInfo",
        ] {
            reader.skip(&api[key], "provider text", name);
        }
        for (key, kind) in [
            ("consumes", "content types of an operation"),
            ("produces", "content types of an operation"),
            ("tags", "tag of an operation"),
            ("systemTags", "tag of an operation"),
        ] {
            reader.skip(&api[key], kind, name);
        }
        text
    }

    fn deprecated(&mut self, api: &Value, name: &str) -> String {
        let info = &api["staticInfo"];
        let reader = &mut *self.schemas.reader;
        reader.skip(&info["noSubstitutionReason"], "provider text", name);
        let others = info["substitutions"].as_array().into_iter().flatten();
        let others: Vec<_> = others
            .filter_map(Value::as_str)
            .filter_map(|other| other.rsplit("::").next())
            .map(|other| format!("`{}`", other.replace('`', "")))
            .collect();
        if others.is_empty() {
            DEPRECATED.to_owned()
        } else {
            format!(
                "The provider lists it as deprecated; use {}.",
                others.join(" or ")
            )
        }
    }

    /// Why the runtime cannot make the call.
    fn gated(api: &Value, path: Option<&str>) -> Option<String> {
        let words = |value: &Value| -> Vec<String> {
            let list = value.as_array().into_iter().flatten();
            list.flat_map(|item| match item {
                Value::String(word) => vec![word.clone()],
                Value::Object(keys) => keys.keys().cloned().collect(),
                _ => Vec::new(),
            })
            .collect()
        };
        let security = words(&api["security"]);
        let schemes = words(&api["schemes"]);
        if !security.is_empty() && security.iter().all(|kind| kind != "AK") {
            let kinds = security.join(" or ");
            return Some(format!(
                "It is called with {kinds} and not with an access key; the runtime signs with keys."
            ));
        }
        if !schemes.is_empty() && schemes.iter().all(|one| !one.starts_with("http")) {
            let schemes = schemes.join(" or ");
            return Some(format!("It is called over {schemes} and not over HTTP."));
        }
        path.filter(|path| path.contains('*'))
            .map(|_| super::SLASHES.to_owned())
    }

    /// How to find out that the work is done.
    fn waiter(&mut self, name: &str, api: &Value) -> Option<Waiter> {
        let info = &api["staticInfo"];
        let operation = info["callback"].as_str()?.rsplit("::").next()?.to_owned();
        let number =
            |key: &str| info[key].as_u64().and_then(|one| u32::try_from(one).ok());
        let facts = number("callbackInterval").zip(number("maxCallbackTimes"));
        // Less than a tenth of a second can only be seconds by mistake.
        let facts = facts.filter(|(interval, times)| *interval >= 100 && *times > 0);
        let Some((interval_ms, attempts)) = facts else {
            self.schemas.reader.lose("waiter whose pause is none", name);
            return None;
        };
        Some(Waiter {
            operation,
            interval_ms,
            attempts,
        })
    }

    /// The members of a request; of two with one name, the first.
    fn request(&mut self, api: &Value, place: &str) -> Members {
        let mut members = Members::new();
        for parameter in api["parameters"].as_array().into_iter().flatten() {
            let known = ["name", "in", "style", "schema", "allowEmptyValue"];
            self.schemas.reader.unknown(parameter, &known, place);
            let Some(name) = parameter["name"]
                .as_str()
                .filter(|name| !name.trim().is_empty())
            else {
                self.schemas.reader.lose("parameter without a name", place);
                continue;
            };
            let at = kit::below(place, name);
            if members.contains_key(name) {
                self.schemas
                    .reader
                    .lose("parameter that is listed twice", &at);
                continue;
            }
            let member = self.parameter(parameter, &at);
            kit::put(&mut members, &mut self.schemas.types, name, member);
        }
        members
    }

    fn parameter(&mut self, parameter: &Value, at: &str) -> Member {
        let mut member = self.schemas.member(&parameter["schema"], at);
        member.location = match parameter["in"].as_str().unwrap_or_default() {
            "query" => None,
            "formData" => Some(Location::Form),
            "path" => Some(Location::Path),
            "header" => Some(Location::Header),
            "host" => Some(Location::Host),
            "body" => Some(Location::Payload),
            other => {
                let kind = format!("place `{other}` of a parameter");
                self.schemas.reader.lose(&kind, at);
                None
            }
        };
        if !kit::is_single(&member) && member.kind != "binary" {
            member.style = self.style(parameter, at);
        }
        member
    }

    fn style(&mut self, parameter: &Value, at: &str) -> Option<Style> {
        match parameter["style"].as_str()? {
            "repeatList" | "flat" => Some(Style::Repeat),
            "json" => Some(Style::Json),
            "simple" => Some(Style::Comma),
            other => {
                let kind = format!("style `{other}` of a parameter");
                self.schemas.reader.lose(&kind, at);
                None
            }
        }
    }

    /// What the docs call required and the service does not, and the other way round.
    fn notes(&mut self) -> Vec<Note> {
        let mut notes = Vec::new();
        let list = |names: Vec<String>| -> String {
            let unique: IndexSet<String> = names.into_iter().collect();
            let names: Vec<_> = unique
                .iter()
                .map(|name| format!("`{}`", name.replace('`', "")))
                .collect();
            names.join(", ")
        };
        let ask = std::mem::take(&mut self.schemas.docs_ask);
        let spare = std::mem::take(&mut self.schemas.docs_spare);
        for (names, said) in [
            (
                ask,
                "The docs call required what the service itself takes as optional",
            ),
            (
                spare,
                "The docs call optional what the service itself requires",
            ),
        ] {
            if !names.is_empty() {
                notes.push(Note {
                    at: "request".to_owned(),
                    note: format!("{said}: {}.", list(names)),
                    ..Note::default()
                });
            }
        }
        notes
    }
}
