//! Structures and their members become structs and fields.

use crate::diagnostic::KeyPath;
use crate::model::{Location, Member, Shape, Structure, Style};
use crate::name;
use crate::rust::{Field, Rule, Struct, Type};

use super::docs::{Docs, HARD_SPACE, code, prose, sentence};
use super::page::{Page, Types, innermost};
use super::{Taken, rules, words};

/// Where a structure stands on its page.
#[derive(Clone, Debug)]
pub(super) struct Role {
    /// Its Rust name.
    pub(super) name: String,
    /// Where its members stand in the spec.
    pub(super) at: KeyPath,
    /// Its text.
    pub(super) docs: Vec<String>,
    /// Whether its members say where they travel: those of the request itself, not those
    /// of the structures inside.
    pub(super) outermost: bool,
}

/// The structures of a page, the request and the response among them, as structs.
pub(super) fn lower(
    structures: &[(Role, &Structure)],
    page: &mut Page<'_, '_>,
) -> Vec<Struct> {
    structures
        .iter()
        .map(|(role, structure)| one(role, structure, page))
        .collect()
}

/// Whether a member may be absent. What may come back has a default, so lists and plain
/// values stand for themselves, but no enumeration has a value that means nothing.
pub(super) fn is_optional(
    member: &Member,
    structure: &Structure,
    types: &Types<'_>,
) -> bool {
    match (&member.shape, structure.sent, comes_back(structure)) {
        (Shape::Enumeration(_), _, true) => true,
        (Shape::Array(_) | Shape::Map(_), false, true) => false,
        (shape, _, _) => !member.required || types.is_endless(&structure.name, shape),
    }
}

/// Whether it is written like what comes back; so is a structure that no member uses.
fn comes_back(structure: &Structure) -> bool {
    structure.received || !structure.sent
}

fn one(role: &Role, structure: &Structure, page: &mut Page<'_, '_>) -> Struct {
    let mut taken = Taken::default();
    let mut fields = Vec::with_capacity(structure.members.len());
    for member in &structure.members {
        let at = || role.at.key(&member.name);
        let name = name::field(member.rust_name.as_deref().unwrap_or(&member.name));
        if let Some(pinned) = &member.rust_name {
            page.pinned(pinned, &name::snake(pinned), || at().key("rust_name"));
        }
        page.claim(&mut taken, &rules::FIELD_TAKEN, (&name, &member.name), at);
        fields.push(field(name, member, structure, role.outermost, page));
    }
    Struct {
        docs: role.docs.clone(),
        derives: derives(structure, &fields, page),
        name: role.name.clone(),
        fields,
    }
}

fn field(
    name: String,
    member: &Member,
    structure: &Structure,
    outermost: bool,
    page: &mut Page<'_, '_>,
) -> Field {
    let boxed = page.own.is_endless(&structure.name, &member.shape);
    let inner = ty(&member.shape, member.sensitive, page);
    let inner = if boxed {
        Type::Box(Box::new(inner))
    } else {
        inner
    };
    let optional = is_optional(member, structure, page.own);
    let ty = if optional {
        Type::Option(Box::new(inner))
    } else {
        inner
    };
    let is_list = matches!(ty, Type::Vec(_) | Type::Map(_));
    let mut field_words = Vec::new();
    if outermost {
        field_words.extend(location(member.location));
    }
    field_words.extend(style(member.style));
    if structure.sent && is_list {
        field_words.push("required");
    }
    let nested =
        structure.sent && matches!(innermost(&member.shape), Shape::Structure(_));
    let rules: &[Rule] = if structure.sent { &member.rules } else { &[] };
    Field {
        docs: docs(member),
        deprecated: member.deprecated.as_ref().map(|note| note_text(note)),
        wire: member.name.clone(),
        words: field_words,
        rules: rules.to_vec(),
        nested,
        name,
        ty,
    }
}

/// The type of a shape; texts and bytes inside what is sensitive are secret.
pub(super) fn ty(shape: &Shape, sensitive: bool, page: &mut Page<'_, '_>) -> Type {
    let name = match shape {
        Shape::String if sensitive => page.import("Secret"),
        Shape::String => "String".to_owned(),
        Shape::Int32 => "i32".to_owned(),
        Shape::Int64 => "i64".to_owned(),
        Shape::Uint64 => "u64".to_owned(),
        Shape::Number => "f64".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::Timestamp => page.import("Timestamp"),
        Shape::Binary => page.import("Binary"),
        Shape::Any => page.import("Json"),
        Shape::Structure(name) | Shape::Enumeration(name) => page.type_name(name),
        Shape::Array(item) => return Type::Vec(Box::new(ty(item, sensitive, page))),
        Shape::Map(value) => {
            page.import_map();
            return Type::Map(Box::new(ty(value, sensitive, page)));
        }
    };
    Type::Name(name)
}

/// The derives; `Request` brings a default of its own where nothing is required.
fn derives(
    structure: &Structure,
    fields: &[Field],
    page: &mut Page<'_, '_>,
) -> Vec<&'static str> {
    let required = |field: &Field| !matches!(field.ty, Type::Option(_));
    let by_request = structure.sent && !fields.iter().any(required);
    let mut derives = vec!["Clone", "Debug"];
    if comes_back(structure) && !by_request {
        derives.push("Default");
    }
    derives.push("PartialEq");
    let chosen: &[&'static str] = match (structure.sent, structure.received) {
        (true, true) => &["Request", "Response", "Validate"],
        (true, false) => &["Request", "Validate"],
        (false, _) => &["Response"],
    };
    for derive in chosen {
        page.import(derive);
        derives.push(derive);
    }
    derives
}

fn docs(member: &Member) -> Vec<String> {
    let own = member
        .doc
        .as_deref()
        .map(super::docs::paragraphs)
        .unwrap_or_default();
    let rules = words::member(member).join(" ");
    let (last, first) = match own.split_last() {
        Some((last, first)) => (sentence(last), first),
        None => (
            format!("{}; the page does not describe it.", code(&member.name)),
            &[][..],
        ),
    };
    let docs = first
        .iter()
        .fold(Docs::at(4), |docs, paragraph| docs.paragraph(paragraph));
    docs.paragraph(format!("{last} {rules}").trim_end()).lines()
}

/// The note of a `#[deprecated]`.
pub(super) fn note_text(note: &str) -> String {
    prose(note).replace(HARD_SPACE, " ")
}

fn location(location: Location) -> Option<&'static str> {
    match location {
        Location::Body => None,
        Location::Path => Some("path"),
        Location::Query => Some("query"),
        Location::Header => Some("header"),
        Location::Form => Some("form"),
        Location::Host => Some("host"),
        Location::Payload => Some("payload"),
    }
}

fn style(style: Style) -> Option<&'static str> {
    match style {
        Style::Repeat => None,
        Style::Json => Some("json"),
        Style::Comma => Some("comma"),
        Style::Multi => Some("multi"),
    }
}
