//! `openapi/SERVICE.json`: `OpenAPI` 3.0 with leftovers of Swagger 2. Its paths are names of
//! operations; the real ones stand in `x-url`.

use serde_json::Value;

use super::at::At;
use super::draft::{Draft, Param, Sheet, choose, essence, is_json, style};
use super::entry::Entry;
use super::kit::{Reader, entries, items};
use super::schema::{Schemas, word};
use crate::import::pages;
use crate::spec::{Location, Member, Members};

/// Keys of an operation.
const OPERATION: [&str; 13] = [
    "operationId",
    "summary",
    "description",
    "deprecated",
    "parameters",
    "requestBody",
    "responses",
    "tags",
    "security",
    "x-is-registered",
    "x-apiexplorer-hide",
    "x-support-sdk",
    "consumes",
];

/// Keys of a parameter, some of them of Swagger 2.
const PARAMETER: [&str; 16] = [
    "name",
    "in",
    "required",
    "schema",
    "description",
    "type",
    "format",
    "items",
    "enum",
    "default",
    "example",
    "style",
    "explode",
    "collectionFormat",
    "deprecated",
    "allowEmptyValue",
];

/// What the document says of these operations.
pub(super) fn read<'v>(
    document: &'v Value,
    wanted: &[Entry<'v>],
    reader: &mut Reader<'_>,
) -> Sheet {
    let mut mapper = Mapper {
        schemas: Schemas::new(&document["components"]),
        reader,
    };
    let mut sheet = Sheet::default();
    for entry in wanted {
        if sheet.drafts.contains_key(entry.name) {
            mapper
                .reader
                .lose("operation named like another one", entry.name);
            continue;
        }
        let draft = mapper.draft(entry);
        sheet.drafts.insert(entry.name.to_owned(), draft);
    }
    sheet.types = mapper.schemas.types;
    sheet
}

struct Mapper<'v, 'm, 'r> {
    schemas: Schemas<'v>,
    reader: &'m mut Reader<'r>,
}

impl<'v> Mapper<'v, '_, '_> {
    fn draft(&mut self, entry: &Entry<'v>) -> Draft {
        let Entry { name, value, .. } = *entry;
        self.oddities(entry);
        let mut draft = Draft {
            method: entry.method.to_ascii_uppercase(),
            path: entry.path().to_owned(),
            host: entry.host().map(str::to_owned),
            deprecated: value["deprecated"] == Value::Bool(true),
            doc: self.text(entry),
            ..Draft::default()
        };
        let mut form = Members::new();
        let lists = [&entry.item["parameters"], &value["parameters"]];
        for parameter in lists.into_iter().flat_map(items) {
            self.parameter(parameter, name, &mut draft, &mut form);
        }
        self.body(&value["requestBody"], name, &mut draft);
        if !form.is_empty() {
            self.form(form, entry, &mut draft);
        }
        self.answers(&value["responses"], name, &mut draft);
        draft
    }

    fn oddities(&mut self, entry: &Entry<'v>) {
        let Entry { name, value, .. } = *entry;
        self.reader.unknown(value, &OPERATION, name);
        for (key, kind) in [
            ("tags", "group of an operation"),
            ("security", "way to sign in that an operation asks for"),
            (
                "x-apiexplorer-hide",
                "remark about the provider's own tools",
            ),
            ("x-is-registered", "remark about the provider's own tools"),
            ("x-support-sdk", "remark about the provider's own tools"),
        ] {
            if !value[key].is_null() {
                self.reader.lose(kind, name);
            }
        }
    }

    fn text(&mut self, entry: &Entry<'v>) -> Option<String> {
        let value = entry.value;
        let summary = self.reader.text(&value["summary"], entry.name);
        self.reader
            .text(&value["description"], entry.name)
            .or(summary)
    }

    /// A parameter goes outside the body, or to the parts of a form.
    fn parameter(
        &mut self,
        value: &'v Value,
        operation: &'v str,
        draft: &mut Draft,
        form: &mut Members,
    ) {
        let Some(value) = self.followed("parameters", value, operation) else {
            return;
        };
        let name = value["name"].as_str().unwrap_or_default();
        let at = format!("{operation}.{name}");
        self.reader.unknown(value, &PARAMETER, &at);
        let Some(wire) = self.reader.name(name, &at) else {
            return;
        };
        let told = value["description"].as_str();
        draft
            .notes
            .extend(told.and_then(|text| pages::note(name, text)));
        let mut member = self.described(value, operation, name);
        member.required = value["required"] == Value::Bool(true);
        let location = match value["in"].as_str() {
            Some("path") => Location::Path,
            Some("query") => Location::Query,
            Some("header") => Location::Header,
            Some("formData") => {
                form.insert(wire, member);
                return;
            }
            Some("body") => {
                draft.bodiless = !member.required;
                draft.body = Some(member);
                return;
            }
            _ => {
                self.reader.lose("parameter that travels nowhere", &at);
                return;
            }
        };
        let exploded = value["explode"] == Value::Bool(true);
        let stated = value["schema"]["collectionFormat"]
            .as_str()
            .or(value["collectionFormat"].as_str())
            .or((value["explode"] == Value::Bool(false)).then_some("csv"))
            .or(exploded.then_some("multi"));
        member.style = style(&member, stated);
        draft.params.push(Param {
            name: wire,
            location,
            member,
            styled: stated.is_some(),
        });
    }

    /// The member of a parameter, whose facts stand in `schema`, beside it, or both.
    fn described(
        &mut self,
        value: &'v Value,
        operation: &'v str,
        name: &'v str,
    ) -> Member {
        let at = At::root(operation, name);
        let schema = &value["schema"];
        let told = ["type", "$ref", "allOf", "properties", "enum", "items"];
        let says = |schema: &Value| told.iter().any(|key| schema.get(key).is_some());
        let mut member = if says(schema) {
            self.schemas.member(schema, &at, self.reader)
        } else if value["type"].as_str().is_some_and(|kind| kind != "object") {
            self.reader
                .lose("type of Swagger 2, which is read", operation);
            self.schemas.member(value, &at, self.reader)
        } else {
            self.reader.lose(
                "parameter without a type, which is read as a text",
                operation,
            );
            word("string")
        };
        if member.doc.is_none() {
            member.doc = self.reader.text(&value["description"], operation);
        }
        member
    }

    /// What stands in a list of the document, or where it refers to.
    fn followed(
        &mut self,
        group: &str,
        value: &'v Value,
        operation: &str,
    ) -> Option<&'v Value> {
        match value.get("$ref") {
            Some(reference) => {
                let found = self.schemas.find(group, reference, operation, self.reader);
                found.map(|(_, value)| value)
            }
            None => Some(value),
        }
    }

    fn body(&mut self, body: &'v Value, operation: &'v str, draft: &mut Draft) {
        if body.is_null() {
            return;
        }
        let Some(body) = self.followed("requestBodies", body, operation) else {
            draft.body = Some(word("any"));
            return;
        };
        let known = ["content", "required", "description"];
        self.reader.unknown(body, &known, operation);
        let Some((media, content)) = choose(&body["content"]) else {
            self.reader.lose("body without content", operation);
            return;
        };
        let more = body["content"].as_object().map_or(0, |all| all.len() - 1);
        self.reader
            .lose_many("further content type of a body", more, operation);
        let at = At::root(operation, "Body");
        draft.media = Some(media.to_owned());
        draft.bodiless = body["required"] != Value::Bool(true);
        draft.body = Some(self.schemas.member(&content["schema"], &at, self.reader));
    }

    /// The form of Swagger 2, whose parts stand among the parameters.
    fn form(&mut self, form: Members, entry: &Entry<'v>, draft: &mut Draft) {
        self.reader.lose_many(
            "part of a form among the parameters",
            form.len(),
            entry.name,
        );
        if draft.body.is_some() {
            self.reader.lose("form beside a body", entry.name);
            return;
        }
        let stated = items(&entry.value["consumes"]).find_map(Value::as_str);
        let files = form.values().any(|member| member.kind == "binary");
        let media = match stated.or(entry.item["x-content-type"].as_str()) {
            Some(media) if !is_json(media) => media.to_owned(),
            _ if files => "multipart/form-data".to_owned(),
            _ => "application/x-www-form-urlencoded".to_owned(),
        };
        draft.media = Some(media);
        let name = format!("{}Form", entry.name);
        draft.body = Some(word(&name));
        self.schemas.types.insert(name, form);
    }

    /// The answer of the first success status that has a body, and what is left out.
    fn answers(&mut self, answers: &'v Value, operation: &'v str, draft: &mut Draft) {
        let mut successes: Vec<_> = entries(answers)
            .filter(|(status, _)| status.starts_with('2'))
            .collect();
        let failures = entries(answers).count() - successes.len();
        self.reader
            .lose_many("status that is no success", failures, operation);
        successes.sort_by_key(|(status, _)| *status);
        let full = |(_, answer): &(&str, &Value)| choose(&answer["content"]).is_some();
        let chosen = successes.iter().position(full).unwrap_or_default();
        for (index, (_, answer)) in successes.iter().enumerate() {
            self.reader.text(&answer["description"], operation);
            let other = &successes[chosen].1["content"];
            if index != chosen
                && full(&(operation, answer))
                && &answer["content"] != other
            {
                let kind = "answer of a second success status";
                self.reader.lose(kind, operation);
            }
        }
        let Some((_, answer)) = successes.get(chosen) else {
            return;
        };
        self.headers(&answer["headers"], operation, draft);
        if let Some((media, content)) = choose(&answer["content"]) {
            let at = At::root(operation, "Answer");
            draft.answer_media = Some(essence(media));
            if content.get("schema").is_some() {
                let answer = self.schemas.member(&content["schema"], &at, self.reader);
                draft.answer = Some(answer);
            }
        }
    }

    fn headers(&mut self, headers: &'v Value, operation: &'v str, draft: &mut Draft) {
        for (name, header) in entries(headers) {
            let at = At::root(operation, name);
            let Some(wire) = self.reader.name(name, operation) else {
                continue;
            };
            let schema = header.get("schema").unwrap_or(header);
            let schema = schema.as_object().filter(|keys| keys.contains_key("type"));
            let mut member = match schema {
                Some(_) => {
                    let schema = header.get("schema").unwrap_or(header);
                    self.schemas.member(schema, &at, self.reader)
                }
                None => word("string"),
            };
            member.required = false;
            draft.headers.insert(wire, member);
        }
    }
}
