//! What was imported → the text of spec files.

use super::yaml::{Node, document};
use super::{ErrorCode, Member, Operation, Service, Shape, Structure, words};

/// `service.yaml`.
pub(super) fn service(service: &Service) -> String {
    let endpoint = vec![("global".to_owned(), Node::text(&service.host))];
    document(&[
        ("service", Node::text(&service.id)),
        ("title", Node::text(service.product.to_uppercase())),
        ("product", Node::text(&service.product)),
        ("version", Node::text(&service.version)),
        ("endpoint", Node::Block(endpoint)),
    ])
}

/// `types.yaml`.
pub(super) fn types(service: &Service) -> String {
    document(&[("types", structures(&service.types))])
}

/// The file of an operation; `day` is when it was transcribed.
pub(super) fn operation(service: &Service, operation: &Operation, day: &str) -> String {
    let Operation {
        name,
        doc,
        deprecated,
        request,
        response,
        types,
        errors,
    } = operation;
    let retry = if words::reads(name) { "safe" } else { "unsafe" };
    let collection = format!("{}, {}", service.product, service.document);
    let source = vec![
        ("title".to_owned(), Node::text(name)),
        ("collection".to_owned(), Node::text(collection)),
        ("language".to_owned(), Node::text(service.language)),
        ("transcribed".to_owned(), Node::text(day)),
    ];
    let mut keys = vec![
        ("operation", Node::text(name)),
        ("summary", Node::text(words::summary(name))),
    ];
    keys.extend(doc.as_ref().map(|doc| ("doc", Node::text(doc))));
    keys.push(("source", Node::Block(source)));
    keys.push(("retry", Node::text(retry)));
    keys.extend(deprecated.map(|note| ("deprecated", Node::text(note))));
    let sent = request.iter().map(|one| {
        let doc = || Some(words::doc(&one.name));
        (one.name.clone(), member(one, one.doc.clone().or_else(doc)))
    });
    let lists = [("request", sent.collect()), ("response", members(response))];
    for (key, list) in lists {
        if !list.is_empty() {
            keys.push((key, Node::Block(list)));
        }
    }
    if !types.is_empty() {
        keys.push(("types", structures(types)));
    }
    if !errors.is_empty() {
        keys.push(("errors", Node::List(errors.iter().map(code).collect())));
    }
    document(&keys)
}

fn structures(types: &[Structure]) -> Node {
    let types = types.iter().map(|Structure { name, members }| {
        (name.clone(), Node::Block(self::members(members)))
    });
    Node::Block(types.collect())
}

fn members(members: &[Member]) -> Vec<(String, Node)> {
    members
        .iter()
        .map(|one| (one.name.clone(), member(one, one.doc.clone())))
        .collect()
}

fn member(member: &Member, doc: Option<String>) -> Node {
    let mut keys = shape(&member.shape);
    let mut add = |key: &str, node: Option<Node>| {
        keys.extend(node.map(|node| (key.to_owned(), node)));
    };
    let flag = |set: bool| set.then_some(Node::Word("true"));
    add("required", flag(member.required));
    add("rust_name", member.rust_name.as_deref().map(Node::text));
    add("format", member.format.map(Node::text));
    add("doc", doc.map(Node::Text));
    add("sensitive", flag(member.sensitive));
    add("deprecated", member.deprecated.map(Node::text));
    Node::Row(keys)
}

fn shape(of: &Shape) -> Vec<(String, Node)> {
    let kind = |kind: &str| ("type".to_owned(), Node::text(kind));
    match of {
        Shape::Word(word) => vec![kind(word)],
        Shape::Structure(name) => vec![kind(name)],
        Shape::Array(items) => {
            let items = ("items".to_owned(), Node::Row(shape(items)));
            vec![kind("array"), items]
        }
    }
}

fn code(code: &ErrorCode) -> Node {
    let mut keys = vec![("code".to_owned(), Node::text(&code.code))];
    let name = code.name.as_ref();
    keys.extend(name.map(|name| ("name".to_owned(), Node::text(name))));
    Node::Row(keys)
}
