//! Rust → tokens → pages: how things are spelled. No choice is left, so nothing here asks
//! what the model says.

mod client;
mod example;
mod item;
mod list;
mod operation;

use proc_macro2::{Ident, Span};

use crate::page::{self, Code, Page};
use crate::rust::{Attribute, Child, Crate, Item, Module, Names, Use};

/// Spells the whole crate: its files of Rust, `Cargo.toml` and `README.md`, in path order.
pub fn emit(krate: &Crate) -> Vec<Page> {
    let mut pages: Vec<_> = krate.modules.iter().map(module).collect();
    pages.push(page::cargo(&krate.manifest));
    pages.push(page::readme(&krate.manifest));
    pages.sort_by(|one, other| one.path.cmp(&other.path));
    pages
}

/// Spells one file.
pub(crate) fn module(module: &Module) -> Page {
    let mut docs = Code::default();
    docs.file_docs(&module.docs);
    let mut blocks = vec![docs, lines(&module.attributes, attribute)];
    blocks.extend(
        module
            .imports
            .iter()
            .map(|group| lines(group, |one, code| import("use ", one, code))),
    );
    blocks.push(lines(&module.children, child));
    blocks.push(lines(&module.exports, |one, code| {
        import("pub use ", one, code);
    }));
    blocks.extend(module.items.iter().map(item));
    page::rust(module, blocks)
}

fn lines<T>(list: &[T], add: impl Fn(&T, &mut Code)) -> Code {
    let mut code = Code::default();
    for one in list {
        add(one, &mut code);
    }
    code
}

fn item(item: &Item) -> Code {
    match item {
        Item::Struct(one) => item::structure(one),
        Item::Operation(one) => operation::operation(one),
        Item::Enum(one) => item::enumeration(one),
        Item::Alias(one) => item::alias(one),
        Item::Service(one) => client::service(one),
        Item::Client(one) => client::client(one),
        Item::Main(one) => example::main(one),
    }
}

fn attribute(attribute: &Attribute, code: &mut Code) {
    match attribute {
        Attribute::Forbid(lint) => code.push("#![forbid(").push(lint).push(")]\n"),
        Attribute::Warn(lint) => code.push("#![warn(").push(lint).push(")]\n"),
        Attribute::Allow(lint, reason) => code
            .push("#![allow(")
            .push(lint)
            .push(", reason = ")
            .push_literal(reason)
            .push(")]\n"),
    };
}

fn child(child: &Child, code: &mut Code) {
    if let Some(feature) = &child.feature {
        code.push("#[cfg(feature = ")
            .push_literal(feature)
            .push(")]\n");
    }
    code.push("pub mod ").name(&child.name).push(";\n");
}

fn import(keyword: &'static str, import: &Use, code: &mut Code) {
    let mut head = Code::of(keyword);
    for (index, segment) in import.path.iter().enumerate() {
        head.push(if index == 0 { "" } else { "::" }).name(segment);
    }
    match &import.names {
        Names::All => code.code(&head).push("::*;\n"),
        Names::As(name) => code.code(&head).push(" as ").name(name).push(";\n"),
        Names::Some(names) => {
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            code.import(head.push("::"), &names)
        }
    };
}

/// An identifier; `r#` makes it a raw one. [`crate::name`] makes no other names.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
