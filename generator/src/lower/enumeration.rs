//! Enumerations and error codes become open enums.

use std::collections::BTreeMap;

use crate::diagnostic::KeyPath;
use crate::model::{EnumValue, Enumeration, ErrorCode, Member, Shape};
use crate::name;
use crate::rust::{Alias, Enum, Item, Variant, Wire};

use super::docs::{Docs, code, prose, sentence};
use super::page::{Page, innermost};
use super::structure::{Role, note_text};
use super::{Taken, rules, words};

/// An enumeration of a page.
pub(super) fn lower(
    enumeration: &Enumeration,
    users: &BTreeMap<&str, KeyPath>,
    page: &mut Page<'_, '_>,
) -> Enum {
    page.import("WireEnum");
    page.import("Unknown");
    let at = users
        .get(enumeration.name.as_str())
        .cloned()
        .unwrap_or_default()
        .key("enum");
    let integers = enumeration
        .values
        .iter()
        .all(|known| known.value.as_i64().is_some());
    let mut variants = Variants::default();
    for (index, known) in enumeration.values.iter().enumerate() {
        let meaning = known.meaning.as_ref().map(|text| sentence(prose(text)));
        let docs = meaning.unwrap_or_else(|| sentence(words::value(&known.value)));
        let found = Found {
            pinned: known.name.as_deref(),
            wire: wire(known, integers),
            docs,
            message: None,
            deprecated: known.deprecated.as_deref(),
        };
        variants.push(found, || at.item(index), page);
    }
    let docs = format!("Values of {}; the list is open.", code(&enumeration.member));
    Enum {
        docs: Docs::at(0).paragraph(&docs).lines(),
        name: name::type_name(&enumeration.name),
        variants: variants.list,
        unknown: vec!["A value that the spec does not list.".to_owned()],
    }
}

/// The error codes of an operation; without any, another name for the enum that has none.
pub(super) fn errors(name: &str, errors: &[ErrorCode], page: &mut Page<'_, '_>) -> Item {
    let mut variants = Variants::default();
    for (index, error) in errors.iter().enumerate() {
        let Some(code) = &error.code else { continue };
        let message = error
            .message
            .clone()
            .filter(|message| message.contains("%s"));
        let wire = Wire::Text(code.clone());
        let found = Found {
            pinned: error.name.as_deref(),
            wire,
            docs: words::error(error),
            message,
            deprecated: error.deprecated.as_deref(),
        };
        variants.push(
            found,
            || KeyPath::default().key("errors").item(index).key("code"),
            page,
        );
    }
    let statuses = errors
        .iter()
        .filter(|error| error.code.is_none())
        .map(words::error);
    let mut statuses = statuses.peekable();
    let docs = Docs::at(0);
    if variants.list.is_empty() {
        let docs = match statuses.peek() {
            None => docs.text("The page lists no error codes: every code is an unknown one."),
            Some(_) => docs
                .text("The page lists no error codes, so every code is an unknown one; it lists \
                       what the HTTP statuses mean:")
                .items(statuses),
        };
        let target = "NoCodes";
        page.import(target);
        return Item::Alias(Alias {
            docs: docs.lines(),
            name: name.to_owned(),
            target,
        });
    }
    page.import("WireEnum");
    page.import("Unknown");
    let docs = docs.text("Error codes that the page lists; the list is open.");
    let docs = match statuses.peek() {
        None => docs,
        Some(_) => docs
            .text("The page also lists what HTTP statuses mean:")
            .items(statuses),
    };
    Item::Enum(Enum {
        docs: docs.lines(),
        name: name.to_owned(),
        variants: variants.list,
        unknown: vec!["A code that the page does not list.".to_owned()],
    })
}

/// Where each enumeration is used, by its name: the first member that has it.
pub(super) fn users<'m>(
    structures: &[(Role, &'m crate::model::Structure)],
) -> BTreeMap<&'m str, KeyPath> {
    let mut users = BTreeMap::new();
    for (role, structure) in structures {
        for Member {
            name: wire, shape, ..
        } in &structure.members
        {
            if let Shape::Enumeration(name) = innermost(shape) {
                users
                    .entry(name.as_str())
                    .or_insert_with(|| role.at.key(wire));
            }
        }
    }
    users
}

/// The value as it travels; where one is no number, all are texts.
pub(super) fn wire(known: &EnumValue, integers: bool) -> Wire {
    match (&known.value, known.value.as_i64()) {
        (_, Some(number)) if integers => Wire::Integer(number),
        (serde_json::Value::String(text), _) => Wire::Text(text.clone()),
        (value, _) => Wire::Text(value.to_string()),
    }
}

/// The Rust name of a known value.
pub(super) fn variant_name(pinned: Option<&str>, wire: &Wire) -> String {
    match (pinned, wire) {
        (Some(pinned), _) => name::variant(pinned),
        (None, Wire::Text(text)) => name::variant(text),
        (None, Wire::Integer(number)) => name::variant(&number.to_string()),
    }
}

/// A value before it has a name.
struct Found<'s> {
    pinned: Option<&'s str>,
    wire: Wire,
    docs: String,
    message: Option<String>,
    deprecated: Option<&'s str>,
}

/// The variants of one enum.
#[derive(Default)]
struct Variants {
    taken: Taken,
    list: Vec<Variant>,
}

impl Variants {
    fn push(
        &mut self,
        found: Found<'_>,
        at: impl Fn() -> KeyPath,
        page: &mut Page<'_, '_>,
    ) {
        let Found {
            pinned,
            wire,
            docs,
            message,
            deprecated,
        } = found;
        if let Some(pinned) = pinned {
            page.pinned(pinned, &name::pascal(pinned), &at);
        }
        let name = variant_name(pinned, &wire);
        let text = match &wire {
            Wire::Text(text) => text.clone(),
            Wire::Integer(number) => number.to_string(),
        };
        page.claim(&mut self.taken, &rules::VARIANT_TAKEN, (&name, &text), &at);
        self.list.push(Variant {
            docs: Docs::at(4).paragraph(&docs).lines(),
            deprecated: deprecated.map(note_text),
            name,
            wire,
            message,
        });
    }
}
