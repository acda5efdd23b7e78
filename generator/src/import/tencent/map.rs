//! A document's actions and objects become operations and structures.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::Report;
use super::metadata::{self, Action, Object, Reader};
use crate::import::{Service, markup, pages};
use crate::spec::{self, Endpoint, ErrorCode, Member, Members, Note, Operation, Source};

/// What a document is called.
pub(super) struct Document {
    /// The service's name at the provider.
    pub(super) product: String,
    /// The document, relative to the source.
    pub(super) place: String,
    /// Whether its texts are wanted.
    pub(super) with_docs: bool,
}

/// One version of a service, or nothing where the document does not say which.
pub(super) fn service(
    document: &Document,
    api: &Value,
    errors: Option<&Value>,
    report: &mut Report,
) -> Option<Service> {
    let place = &document.place;
    let product = &document.product;
    let Some(version) = api["metadata"]["apiVersion"].as_str() else {
        report.lose("service without a version", || place.clone());
        return None;
    };
    let mut reader = Reader { place, report };
    let actions = reader.actions(api);
    let objects = reader.objects(api);
    let structures = structures(&actions, &objects);
    let mut mapper = Mapper {
        document,
        objects: &objects,
        structures,
        reader,
    };
    let mut operations = Vec::new();
    for action in &actions {
        operations.extend(mapper.operation(action, errors));
    }
    let endpoint = Endpoint {
        global: Some(format!(
            "{}.tencentcloudapi.com",
            product.to_ascii_lowercase()
        )),
        ..Endpoint::default()
    };
    Some(Service {
        file: spec::Service {
            product: product.clone(),
            version: version.to_owned(),
            endpoint,
            ..spec::Service::default()
        },
        documents: vec![place.clone()],
        operations,
        types: mapper.types(),
    })
}

/// Which way an object travels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Usage {
    Sent,
    Received,
    Both,
}

type Objects<'v> = IndexMap<&'v str, Object<'v>>;

/// The objects that are structures: requests and responses are none, unless a member is of
/// their type.
fn structures<'v>(actions: &[Action<'v>], objects: &Objects<'v>) -> BTreeSet<&'v str> {
    let ends: BTreeSet<&str> = actions
        .iter()
        .flat_map(|action| [action.input, action.output])
        .collect();
    let members = objects.values().flat_map(|object| &object.members);
    let held: BTreeSet<&str> = members.map(|member| member.of).collect();
    let is_structure = |name: &&str| !ends.contains(name) || held.contains(name);
    objects.keys().copied().filter(is_structure).collect()
}

struct Mapper<'o, 'v, 'r> {
    document: &'o Document,
    objects: &'o Objects<'v>,
    structures: BTreeSet<&'v str>,
    reader: Reader<'r>,
}

impl<'v> Mapper<'_, 'v, '_> {
    /// The structures, in the order of the document.
    fn types(&mut self) -> IndexMap<String, Members> {
        let mut types = IndexMap::new();
        for (object, facts) in self.objects {
            if self.structures.contains(object) {
                let usage = match facts.usage {
                    Some("out") => Usage::Received,
                    Some("in") => Usage::Sent,
                    _ => Usage::Both,
                };
                types.insert((*object).to_owned(), self.members(object, usage));
            }
        }
        types
    }

    fn operation(
        &mut self,
        action: &Action<'v>,
        errors: Option<&Value>,
    ) -> Option<Operation> {
        let known = |object| self.objects.contains_key(object);
        if !known(action.input) || !known(action.output) {
            let kind = "operation whose request or response is missing";
            self.reader.lose(kind, 1, action.name);
            return None;
        }
        let Document { product, place, .. } = self.document;
        let source = Source {
            title: action.name.to_owned(),
            collection: Some(format!("{product}, {place}")),
            language: "zh".to_owned(),
            ..Source::default()
        };
        Some(Operation {
            operation: action.name.to_owned(),
            doc: self.text(action.document, action.name),
            source,
            deprecated: self.deprecated(action),
            request: self.members(action.input, Usage::Sent),
            response: self.response(action.output),
            errors: self.errors(action.name, errors),
            notes: self.notes(action.input),
            ..Operation::default()
        })
    }

    /// What texts alone tell about the pages of a list.
    fn notes(&self, input: &str) -> Vec<Note> {
        let members = self.objects.get(input).into_iter();
        let members = members.flat_map(|facts| &facts.members);
        let told =
            |member: &metadata::Member<'_>| pages::note(member.name, member.document?);
        members.filter_map(told).collect()
    }

    /// The members of a response; every response has the id of its call.
    fn response(&mut self, object: &str) -> Members {
        let mut members = self.members(object, Usage::Received);
        if let Some(id) = members.get_mut("RequestId") {
            id.required = true;
        }
        members
    }

    fn deprecated(&mut self, action: &Action<'_>) -> Option<String> {
        let lists = |word: &str| Some(format!("The provider lists it as {word}."));
        match action.status {
            None | Some("" | "online") => None,
            Some(status @ ("deprecated" | "offline")) => lists(status),
            Some(status) => {
                let kind = format!("unknown status `{status}`");
                self.reader.lose(&kind, 1, action.name);
                None
            }
        }
    }

    /// The members of an object; of two with one name, the first.
    fn members(&mut self, object: &str, usage: Usage) -> Members {
        let objects = self.objects;
        let facts = objects.get(object).into_iter();
        let mut members = Members::new();
        for member in facts.flat_map(|facts| &facts.members) {
            if member.name.trim().is_empty() || members.contains_key(member.name) {
                let kind = "member without a name of its own";
                self.reader
                    .lose(kind, 1, &format!("{object}.{}", member.name));
            } else {
                let facts = self.member(object, member, usage);
                members.insert(member.name.to_owned(), facts);
            }
        }
        members
    }

    fn member(
        &mut self,
        object: &str,
        member: &metadata::Member<'_>,
        usage: Usage,
    ) -> Member {
        let at = || format!("{object}.{}", member.name);
        // What may be null is not always there; of what is sent, only the server knows.
        let null = member.is("value_allowed_null");
        let required = match usage {
            Usage::Sent => member.is("required"),
            Usage::Received => member.is("output_required") && !null,
            Usage::Both => member.is("required") && !null,
        };
        let always = member.is("output_required") && !null;
        let told = usize::from(usage == Usage::Both && always && !required);
        let kind = "that a member of a structure that is also sent always comes back";
        self.reader.lose(kind, told, object);
        let told = usize::from(usage == Usage::Both && null && member.is("required"));
        let kind = "that a member must be sent which may be null in an answer";
        self.reader.lose(kind, told, object);
        let null = usize::from(usage == Usage::Sent && null);
        let kind = "that a member that is sent may be null";
        self.reader.lose(kind, null, object);
        let (kind, items) = self.kind(member, &at);
        let format = match member.of {
            "datetime" => Some("a date and a time, YYYY-MM-DD hh:mm:ss"),
            "datetime_iso" => Some("a date and a time, ISO 8601"),
            "date" => Some("a date, YYYY-MM-DD"),
            _ => None,
        };
        let disabled = member.is("disabled");
        Member {
            required,
            format: format.filter(|_| kind == "string").map(str::to_owned),
            deprecated: disabled.then(|| "The provider lists it as disabled.".to_owned()),
            doc: self.text(member.document, object),
            kind,
            items,
            ..Member::default()
        }
    }

    /// The type word of a member, and what it holds where it is an array.
    fn kind(
        &mut self,
        member: &metadata::Member<'_>,
        at: &dyn Fn() -> String,
    ) -> (String, Option<Box<Member>>) {
        let structure = self.structures.contains(member.of);
        let word = match member.kind {
            "list" => {
                let kind = match member.of {
                    of if structure => of.to_owned(),
                    of => self.word(of, at).to_owned(),
                };
                let items = Member {
                    kind,
                    ..Member::default()
                };
                return ("array".to_owned(), Some(Box::new(items)));
            }
            "object" if structure => member.of,
            "object" => self.word("object without a name", at),
            "int" if ["int64", "uint64"].contains(&member.of) => member.of,
            kind => self.word(kind, at),
        };
        (word.to_owned(), None)
    }

    /// A type word of the format; `any` for what is none.
    fn word(&mut self, word: &str, at: &dyn Fn() -> String) -> &'static str {
        match word {
            "string" | "datetime" | "datetime_iso" | "date" => "string",
            "int" | "integer" => "integer",
            "int32" => "int32",
            "int64" => "int64",
            "uint64" => "uint64",
            "float" | "double" => "number",
            "bool" | "boolean" => "boolean",
            "binary" => "binary",
            _ => {
                self.reader
                    .lose(&format!("unknown type `{word}`"), 1, &at());
                "any"
            }
        }
    }

    /// The provider's text, where it is wanted and nothing but text.
    fn text(&mut self, document: Option<&str>, at: &str) -> Option<String> {
        let document = document.filter(|text| !text.trim().is_empty())?;
        if !self.document.with_docs {
            self.reader.lose("provider text", 1, at);
            return None;
        }
        let text = markup::without(document);
        if text.is_none() {
            let kind = "provider text that is more than text";
            self.reader.lose(kind, 1, at);
        }
        text
    }

    /// The codes of an operation, each once.
    fn errors(&mut self, action: &str, errors: Option<&Value>) -> Vec<ErrorCode> {
        let Some(errors) = errors else {
            return Vec::new();
        };
        let listed = errors["actions"][action]["errors"].as_array();
        if listed.is_none() {
            self.reader
                .lose("operation without a list of errors", 1, action);
        }
        let mut taken = BTreeSet::new();
        let mut codes = Vec::new();
        for code in listed.into_iter().flatten() {
            match code.as_str() {
                Some(code) if !code.trim().is_empty() && taken.insert(code) => {
                    codes.push(ErrorCode {
                        code: Some(code.to_owned()),
                        doc: self.text(errors["codes"][code].as_str(), action),
                        ..ErrorCode::default()
                    });
                }
                _ => self
                    .reader
                    .lose("error that is no code of its own", 1, action),
            }
        }
        codes
    }
}
