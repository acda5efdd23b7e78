//! One operation becomes one file: request, response, structures, enums, error codes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, KeyPath};
use crate::model::{self, Period, RateLimit, Shape, Structure};
use crate::name;
use crate::rust::{Item, Module, Operation, Struct};

use super::docs::{Docs, code};
use super::page::{Page, Types, innermost};
use super::structure::Role;
use super::{enumeration, paging, plain, structure, words};

/// The three types that every operation has.
#[derive(Debug)]
pub(super) struct Trio {
    pub(super) request: String,
    pub(super) response: String,
    pub(super) error: String,
}

impl Trio {
    pub(super) fn of(operation: &str) -> Self {
        let stem = name::pascal(operation);
        Self {
            request: format!("{stem}Request"),
            response: format!("{stem}Response"),
            error: format!("{stem}Error"),
        }
    }
}

/// The file of one operation.
pub(super) fn lower(
    (folder, service): (&[&str], &str),
    home: &model::Service,
    operation: &model::Operation,
    shared: &Types<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Module {
    let source = format!("{service}/{}.yaml", operation.name);
    let own = Types::of(&operation.structures, &operation.enumerations);
    let mut page = Page::new(PathBuf::from(&source), &own, shared, findings);
    let trio = Trio::of(&operation.name);
    let structures = roles(operation, &trio);
    for (role, structure) in &structures {
        page.claim_type(&role.name, &structure.name, role.at.clone());
    }
    let users = enumeration::users(&structures);
    for one in &operation.enumerations {
        let at = users.get(one.name.as_str()).cloned().unwrap_or_default();
        page.claim_type(&name::type_name(&one.name), &one.name, at);
    }
    let errors = enumeration::errors(&trio.error, &operation.errors, &mut page);
    page.claim_type(&trio.error, &trio.error, KeyPath::default().key("errors"));
    let structs = structure::lower(&structures, &mut page);
    let enums = operation.enumerations.iter();
    let enums: Vec<_> = enums
        .map(|one| enumeration::lower(one, &users, &mut page))
        .collect();
    let pages = paging::pages(operation, &mut page);
    let waiter = paging::waiter(home, operation);
    for name in ["Operation", "Retry"] {
        page.import(name);
    }
    if operation.rate_limit.is_some() {
        page.import("RateLimit");
    }
    let facts = Operation {
        request: trio.request,
        response: trio.response,
        error: trio.error,
        name: operation.name.clone(),
        method: Some(operation.method.clone()).filter(|method| method != "POST"),
        path: Some(operation.path.clone()).filter(|path| path != "/"),
        host: operation.host.clone(),
        content_type: operation.content_type.clone(),
        answer: answer(operation),
        retry: operation.retry,
        limit: operation.rate_limit.as_ref().map(limit),
        pages,
        waiter,
    };
    let module = name::module(&operation.name);
    Module {
        path: folder
            .iter()
            .copied()
            .chain([&*format!("{}.rs", plain(&module))])
            .collect(),
        source,
        service: Some(service.to_owned()),
        docs: docs(operation),
        attributes: Vec::new(),
        children: Vec::new(),
        exports: Vec::new(),
        imports: page.imports(),
        items: items(facts, structs, enums, errors),
    }
}

/// Request, facts, response, what they hold, error codes: the order of the page.
fn items(
    facts: Operation,
    structs: Vec<Struct>,
    enums: Vec<crate::rust::Enum>,
    errors: Item,
) -> Vec<Item> {
    let mut structs = structs.into_iter().map(Item::Struct);
    let mut items: Vec<_> = structs.next().into_iter().collect();
    items.push(Item::Operation(facts));
    items.extend(structs);
    items.extend(enums.into_iter().map(Item::Enum));
    items.push(errors);
    items
}

/// What the body of a success is, where it is no JSON.
fn answer(operation: &model::Operation) -> Option<&'static str> {
    match operation.payload()? {
        Shape::Binary => Some("Bytes"),
        Shape::String => Some("Text"),
        _ => None,
    }
}

/// The runtime's constructor for a period, and how many requests it allows.
fn limit(limit: &RateLimit) -> (&'static str, u32) {
    let constructor = match limit.per {
        Period::Second => "per_second",
        Period::Minute => "per_minute",
    };
    (constructor, limit.requests)
}

/// Request, response and the other structures, each with its place on the page.
fn roles<'m>(operation: &'m model::Operation, trio: &Trio) -> Vec<(Role, &'m Structure)> {
    let method = name::method(&operation.name);
    let of_client = |what: &str| {
        let link = format!("[`Client::{0}`](super::Client::{0})", plain(&method));
        Docs::at(0).paragraph(&format!("{what} of {link}.")).lines()
    };
    let outermost = |name: &str, key: &str, docs| Role {
        name: name.to_owned(),
        at: KeyPath::default().key(key),
        docs,
        outermost: true,
    };
    let mut roles = vec![
        (
            outermost(&trio.request, "request", of_client("Request")),
            &operation.request,
        ),
        (
            outermost(&trio.response, "response", of_client("Response")),
            &operation.response,
        ),
    ];
    let mut owners = BTreeMap::new();
    note_owners(&mut owners, &trio.request, &operation.request);
    note_owners(&mut owners, &trio.response, &operation.response);
    for structure in &operation.structures {
        note_owners(&mut owners, &name::type_name(&structure.name), structure);
    }
    for structure in &operation.structures {
        roles.push((
            nested(structure, owners.get(structure.name.as_str())),
            structure,
        ));
    }
    roles
}

/// A structure that is not the request or the response itself.
pub(super) fn nested(structure: &Structure, docs: Option<&String>) -> Role {
    let docs = docs
        .cloned()
        .unwrap_or_else(|| format!("{}.", code(&structure.name)));
    Role {
        name: name::type_name(&structure.name),
        at: KeyPath::default().key("types").key(&structure.name),
        docs: Docs::at(0).paragraph(&docs).lines(),
        outermost: false,
    }
}

/// Notes the first member that each structure belongs to.
fn note_owners<'m>(
    owners: &mut BTreeMap<&'m str, String>,
    owner: &str,
    structure: &'m Structure,
) {
    for member in &structure.members {
        if let Shape::Structure(name) = innermost(&member.shape) {
            let wire = code(&member.name);
            let docs = match &member.shape {
                Shape::Structure(_) => format!("What {wire} holds in [`{owner}`]."),
                Shape::Map(_) => format!("A value of {wire} in [`{owner}`]."),
                _ => format!("An item of {wire} in [`{owner}`]."),
            };
            owners.entry(name.as_str()).or_insert(docs);
        }
    }
}

fn docs(operation: &model::Operation) -> Vec<String> {
    let mut docs = Docs::at(0).text(&operation.summary);
    if let Some(note) = &operation.deprecated {
        docs = docs.text(&format!("Deprecated: {note}"));
    }
    if let Some(text) = &operation.doc {
        docs = docs.text(text);
    }
    let mut facts = vec![words::source(&operation.source)];
    facts.extend(operation.rate_limit.as_ref().map(words::rate_limit));
    facts.extend(operation.permission.as_ref().map(words::permission));
    facts.push(words::retry(operation.retry).to_owned());
    let host = operation.host.as_deref();
    facts.extend(host.map(|host| format!("Answers at {}.", code(host))));
    docs = docs.paragraph(&facts.join(" "));
    let mut errata = operation
        .errata
        .iter()
        .filter(|erratum| erratum.caller)
        .peekable();
    if errata.peek().is_some() {
        docs = docs
            .text("What the page gets wrong:")
            .items(errata.map(words::erratum));
    }
    docs.lines()
}
