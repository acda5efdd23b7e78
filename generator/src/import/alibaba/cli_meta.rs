//! `cli-meta/PRODUCT.json`: what the command line is made from, the requests of one version.

use indexmap::IndexMap;
use serde_json::Value;

use super::hosts::Hosts;
use super::kit::{self, DEPRECATED, Reader};
use super::{Told, path};
use crate::import::Service;
use crate::spec::{self, Location, Member, Members, Operation, Source, Style};

/// What a document says; nothing where it does not say of what.
pub(super) fn service(meta: &Value, reader: &mut Reader<'_>) -> Option<Told> {
    let product = &meta["product"];
    let (Some(code), Some(version)) =
        (product["code"].as_str(), product["version"].as_str())
    else {
        reader.lose("service without a product or a version", ".");
        return None;
    };
    reader.unknown(meta, &["product", "apis"], ".");
    let known = [
        "api_style",
        "code",
        "global_endpoint",
        "location_service_code",
        "name",
        "regional_endpoints",
        "regional_vpc_endpoints",
        "version",
    ];
    reader.unknown(product, &known, "product");
    reader.skip(&product["name"]["zh"], "provider text", "product");
    let resources = product["api_style"].as_str() == Some("restful");
    let file = spec::Service {
        service: code.to_ascii_lowercase(),
        title: product["name"]["en"]
            .as_str()
            .unwrap_or_default()
            .trim()
            .to_owned(),
        product: code.to_owned(),
        version: version.to_owned(),
        protocol: resources.then(|| "acs-roa".to_owned()),
        ..spec::Service::default()
    };
    let hosts = hosts(product);
    let documents = vec![reader.place.clone()];
    let mut document = Document {
        code,
        resources,
        types: IndexMap::new(),
        reader,
    };
    let apis = meta["apis"].as_object().into_iter().flatten();
    let operations = apis
        .map(|(name, api)| document.operation(name, api))
        .collect();
    let service = Service {
        file,
        documents,
        operations,
        types: document.types,
    };
    Some(Told::bare(service, hosts))
}

fn hosts(product: &Value) -> Hosts {
    let pairs = |key: &str| -> IndexMap<String, String> {
        let pairs = product[key].as_object().into_iter().flatten();
        let pairs = pairs.filter_map(|(region, host)| {
            let host = host.as_str().filter(|host| !host.is_empty())?;
            Some((region.clone(), host.to_owned()))
        });
        pairs.collect()
    };
    let global = product["global_endpoint"].as_str();
    Hosts {
        regions: pairs("regional_endpoints"),
        private: pairs("regional_vpc_endpoints"),
        global: global.filter(|host| !host.is_empty()).map(str::to_owned),
        rule: None,
    }
}

struct Document<'s, 'r> {
    code: &'s str,
    resources: bool,
    types: IndexMap<String, Members>,
    reader: &'s mut Reader<'r>,
}

impl Document<'_, '_> {
    fn operation(&mut self, name: &str, api: &Value) -> Operation {
        let known = [
            "deprecated",
            "method",
            "name",
            "parameters",
            "pathPattern",
            "protocol",
            "summary_en",
            "title",
        ];
        self.reader.unknown(api, &known, name);
        let place = kit::below(kit::NAMELESS, name);
        let methods = api["method"].as_str().unwrap_or_default().split('|');
        let methods = methods.filter(|method| !method.trim().is_empty());
        let path = api["pathPattern"]
            .as_str()
            .filter(|path| !path.trim().is_empty());
        let http = path::http(methods, path, self.reader, name);
        let texts = ["summary_en", "title"];
        let doc = texts
            .into_iter()
            .find_map(|key| self.reader.text(&api[key], name));
        let deprecated = api["deprecated"].as_bool().unwrap_or_default();
        Operation {
            operation: name.to_owned(),
            doc,
            source: Source {
                title: name.to_owned(),
                collection: Some(format!("{}, {}", self.code, self.reader.place)),
                language: "en".to_owned(),
                ..Source::default()
            },
            gated: gated(api, http.path.as_deref()),
            http: Some(http),
            deprecated: deprecated.then(|| DEPRECATED.to_owned()),
            request: self.request(api, &kit::below(&place, "request")),
            ..Operation::default()
        }
    }

    fn request(&mut self, api: &Value, at: &str) -> Members {
        let mut members = Members::new();
        for parameter in api["parameters"].as_array().into_iter().flatten() {
            let Some((name, mut member)) = self.parameter(parameter, at) else {
                continue;
            };
            let at = kit::below(at, name);
            if members.contains_key(name) {
                self.reader.lose("parameter that is listed twice", &at);
                continue;
            }
            member.location = self.location(parameter, &at);
            kit::put(&mut members, &mut self.types, name, member);
        }
        members
    }

    fn location(&mut self, parameter: &Value, at: &str) -> Option<Location> {
        let named = || {
            let name = parameter["name"].as_str().unwrap_or_default();
            name.eq_ignore_ascii_case("body")
        };
        match parameter["position"].as_str().unwrap_or_default() {
            "Query" => None,
            "Path" => Some(Location::Path),
            "Header" => Some(Location::Header),
            "Host" => Some(Location::Host),
            "Body" if named() => Some(Location::Payload),
            "Body" if self.resources => Some(Location::Body),
            "Body" | "FormData" => Some(Location::Form),
            other => {
                self.reader
                    .lose(&format!("place `{other}` of a parameter"), at);
                None
            }
        }
    }

    fn parameter<'v>(
        &mut self,
        parameter: &'v Value,
        at: &str,
    ) -> Option<(&'v str, Member)> {
        let known = [
            "description_en",
            "name",
            "position",
            "required",
            "sub_parameters",
            "type",
        ];
        self.reader.unknown(parameter, &known, at);
        let Some(name) = parameter["name"]
            .as_str()
            .filter(|name| !name.trim().is_empty())
        else {
            self.reader.lose("parameter without a name", at);
            return None;
        };
        let at = kit::below(at, name);
        let kind = parameter["type"].as_str().unwrap_or_default();
        let inner = &parameter["sub_parameters"];
        let shape = match kind {
            "RepeatList" | "Array" => Member {
                style: Some(Style::Repeat),
                ..kit::array(
                    self.held(inner, &at)
                        .unwrap_or_else(|| kit::member("string")),
                )
            },
            "Struct" => Member {
                style: Some(Style::Repeat),
                ..self.held(inner, &at).unwrap_or_else(|| kit::member("any"))
            },
            // What is inside is told without saying whether it is one or a list.
            "Json" => Member {
                style: Some(Style::Json),
                ..kit::member("any")
            },
            kind => kit::member(self.word(kind, &at)),
        };
        let member = Member {
            required: parameter["required"].as_bool().unwrap_or_default(),
            doc: self.reader.text(&parameter["description_en"], &at),
            ..shape
        };
        Some((name, member))
    }

    /// The structure that an array or an object holds, where that is told.
    fn held(&mut self, inner: &Value, at: &str) -> Option<Member> {
        let inner = inner.as_array().filter(|inner| !inner.is_empty())?;
        let own = kit::place(&mut self.types, at);
        let mut members = Members::new();
        for parameter in inner {
            if let Some((name, member)) = self.parameter(parameter, &own) {
                members.entry(name.to_owned()).or_insert(member);
            }
        }
        self.types.insert(own.clone(), members);
        Some(kit::member(own))
    }

    fn word(&mut self, kind: &str, at: &str) -> &'static str {
        match kind {
            "String" => "string",
            "Integer" => "int32",
            "Long" => "int64",
            "Boolean" => "boolean",
            "Float" | "Double" => "number",
            "Any" => "any",
            _ => {
                self.reader.lose(&format!("type `{kind}`"), at);
                "any"
            }
        }
    }
}

/// Why the runtime cannot make the call.
fn gated(api: &Value, path: Option<&str>) -> Option<String> {
    let protocol = api["protocol"].as_str().unwrap_or_default();
    if protocol.split('|').any(|one| one == "SSE") {
        return Some(super::STREAM.to_owned());
    }
    path.filter(|path| path.contains('*'))
        .map(|_| super::SLASHES.to_owned())
}
