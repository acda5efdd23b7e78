//! `sdk-facts/SERVICE.VERSION.json`: what the SDKs know of one version of a service.

use indexmap::IndexMap;
use serde_json::Value;

use super::draft::{Draft, Param, Sheet, style};
use super::kinds;
use super::kit::{Reader, entries, items};
use super::limits;
use super::schema::word;
use crate::spec::{EnumValue, Location, Member, Members};

/// What the facts say of one version.
pub(super) fn read(facts: &Value, reader: &mut Reader<'_>) -> Sheet {
    let known = [
        "provider",
        "service",
        "version",
        "regions",
        "operations",
        "models",
        "deprecated_operations",
    ];
    reader.unknown(facts, &known, "document");
    let mut mapper = Mapper {
        models: &facts["models"],
        types: IndexMap::new(),
        reader,
    };
    let mut sheet = Sheet::default();
    for operation in items(&facts["operations"]) {
        let Some(name) = operation["op"].as_str() else {
            mapper.reader.lose("operation without a name", "operations");
            continue;
        };
        let mut draft = mapper.draft(name, operation);
        let deprecated = items(&facts["deprecated_operations"]);
        draft.deprecated = deprecated.into_iter().any(|one| one == name);
        if sheet.drafts.contains_key(name) {
            mapper.reader.lose("operation named like another one", name);
        } else {
            sheet.drafts.insert(name.to_owned(), draft);
        }
    }
    sheet.types = mapper.types;
    sheet
}

struct Mapper<'v, 'm, 'r> {
    models: &'v Value,
    /// The structures that something led to so far.
    types: IndexMap<String, Members>,
    reader: &'m mut Reader<'r>,
}

impl<'v> Mapper<'v, '_, '_> {
    fn draft(&mut self, name: &str, operation: &'v Value) -> Draft {
        let known = [
            "name",
            "params",
            "method",
            "path",
            "response_type",
            "response_headers",
            "consumes",
            "request_type",
            "op",
            "cname",
        ];
        self.reader.unknown(operation, &known, name);
        let text = |key: &str| operation[key].as_str().unwrap_or_default();
        let mut draft = Draft {
            method: text("method").to_ascii_uppercase(),
            path: text("path").to_owned(),
            media: items(&operation["consumes"])
                .find_map(Value::as_str)
                .map(str::to_owned),
            ..Draft::default()
        };
        if let Some(label) = operation["cname"].as_str() {
            let member = Member {
                required: true,
                ..word("string")
            };
            draft.params.push(Param {
                name: label.to_owned(),
                location: Location::Host,
                member,
                styled: false,
            });
        }
        let request = &self.models[text("request_type")];
        for param in items(&operation["params"]) {
            self.param(name, param, request, &mut draft);
        }
        self.answer(name, text("response_type"), operation, &mut draft);
        draft
    }

    /// A parameter, of which the request's model may know more.
    fn param(
        &mut self,
        operation: &str,
        param: &'v Value,
        request: &'v Value,
        draft: &mut Draft,
    ) {
        let wire = param["wire"].as_str().unwrap_or_default();
        let at = format!("{operation}.{wire}");
        let known = ["in", "wire", "attr", "type", "required", "collection"];
        self.reader.unknown(param, &known, &at);
        let location = match param["in"].as_str() {
            Some("path") => Location::Path,
            Some("query") => Location::Query,
            Some("header") => Location::Header,
            // The body of a form lists its parts once more.
            Some("form") => return,
            Some("body") => {
                draft.body = Some(self.typed(param, &at));
                return;
            }
            _ => {
                self.reader.lose("parameter that travels nowhere", &at);
                return;
            }
        };
        let Some(name) = self.reader.name(wire, &at) else {
            return;
        };
        let mut fields = items(&request["fields"]);
        let field = fields.find(|field| field["wire"] == param["wire"]);
        let mut member = self.typed(field.unwrap_or(param), &at);
        member.required = [Some(param), field]
            .into_iter()
            .flatten()
            .any(|said| said["required"] == Value::Bool(true));
        member.style = style(&member, param["collection"].as_str());
        draft.params.push(Param {
            name,
            location,
            member,
            styled: param["collection"].is_string(),
        });
    }

    /// The member of a field or a parameter.
    fn typed(&mut self, field: &'v Value, at: &str) -> Member {
        let kind = field["type"].as_str().unwrap_or_default();
        let go = field["go_type"].as_str().unwrap_or_default();
        let models = self.models;
        let is_model = |name: &str| models.get(name).is_some();
        let Some(mut member) = kinds::member(kind, go, &is_model) else {
            self.reader
                .lose(&format!("type `{kind}`, which no model has"), at);
            return word("any");
        };
        member.required = field["required"] == Value::Bool(true);
        member.sensitive = field["sensitive"] == Value::Bool(true);
        let bottom = kinds::bottom(&mut member);
        if is_model(&bottom.kind) {
            self.model(bottom, at);
        }
        let values = items(&field["enum"]);
        if bottom.values_known.is_empty() {
            bottom.values_known = limits::known(values, &bottom.kind, at, self.reader);
        }
        member
    }

    /// What a model is: a structure, or the values of a text or a number.
    fn model(&mut self, member: &mut Member, at: &str) {
        let model = &self.models[&member.kind];
        let values: Vec<&Value> =
            entries(&model["enum"]).map(|(_, value)| value).collect();
        let Some(first) = values.first() else {
            self.structure(&member.kind);
            return;
        };
        let kind = if first.is_i64() { "integer" } else { "string" };
        let known: Vec<EnumValue> =
            limits::known(values.into_iter(), kind, at, self.reader);
        kind.clone_into(&mut member.kind);
        member.values_known = known;
    }

    /// Takes a structure; once, for it may hold itself.
    fn structure(&mut self, name: &str) {
        if self.types.contains_key(name) {
            return;
        }
        self.types.insert(name.to_owned(), Members::new());
        let members = self.fields(name, &|_| true);
        self.types.insert(name.to_owned(), members);
    }

    /// The members that a model's wanted fields are.
    fn fields(&mut self, model: &str, wanted: &dyn Fn(&str) -> bool) -> Members {
        const KNOWN: [&str; 7] = [
            "name",
            "wire",
            "type",
            "go_type",
            "required",
            "enum",
            "sensitive",
        ];
        let facts = &self.models[model];
        self.reader
            .unknown(facts, &["fields", "base", "enum"], model);
        let mut members = Members::new();
        for field in items(&facts["fields"]) {
            let wire = field["wire"].as_str().unwrap_or_default();
            let at = format!("{model}.{wire}");
            self.reader.unknown(field, &KNOWN, &at);
            if !wanted(wire) {
                continue;
            }
            let Some(name) = self.reader.name(wire, &at) else {
                continue;
            };
            let member = self.typed(field, &at);
            if members.insert(name, member).is_some() {
                self.reader.lose("member named like another one", &at);
            }
        }
        members
    }

    /// The answer: headers, and a body that is a structure, or the one field `body`.
    fn answer(&mut self, operation: &str, model: &str, facts: &Value, draft: &mut Draft) {
        let listed: Vec<&str> = items(&facts["response_headers"])
            .filter_map(Value::as_str)
            .collect();
        let is_header =
            |wire: &str| listed.iter().any(|one| one.eq_ignore_ascii_case(wire));
        let mut headers = self.fields(model, &is_header);
        for name in listed.iter().filter(|name| !headers.contains_key(**name)) {
            self.reader.lose(
                "header of an answer without a type",
                &format!("{operation}.{name}"),
            );
        }
        headers
            .values_mut()
            .for_each(|member| member.required = false);
        draft.headers = headers;
        let members = self.fields(model, &|wire| !is_header(wire));
        let whole = members
            .get("body")
            .filter(|body| members.len() == 1 && !self.types.contains_key(&body.kind));
        if self.models[model]["base"] == "SdkStreamResponse" {
            draft.answer = Some(word("binary"));
        } else if let Some(whole) = whole {
            draft.answer = Some(whole.clone());
        } else if !members.is_empty() {
            let name = format!("{model}Body");
            draft.answer = Some(word(&name));
            self.types.insert(name, members);
        }
    }
}
