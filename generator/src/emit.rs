//! Rust → tokens → pages: how things are spelled. No choice is left, so nothing here asks
//! what the model says.

mod client;
mod example;
mod item;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::page::{self, Page};
use crate::rust::{Attribute, Child, Crate, Item, Module, Names, Use};

/// Spells the whole crate: its files of Rust, `Cargo.toml` and `README.md`, in path order.
pub fn emit(krate: &Crate) -> Vec<Page> {
    let mut pages: Vec<_> = krate.modules.iter().map(module).collect();
    pages.push(page::cargo(&krate.manifest));
    pages.push(page::readme(&krate.manifest));
    pages.sort_by(|one, other| one.path.cmp(&other.path));
    pages
}

fn module(module: &Module) -> Page {
    let docs = docs(&module.docs);
    let attributes = module.attributes.iter().map(attribute);
    let mut blocks = vec![quote!(#(#![doc = #docs])*), quote!(#(#attributes)*)];
    blocks.extend(module.imports.iter().map(|group| {
        let group = group.iter().map(names);
        quote!(#(use #group;)*)
    }));
    let children = module.children.iter().map(child);
    blocks.push(quote!(#(#children)*));
    let exports = module.exports.iter().map(names);
    blocks.push(quote!(#(pub use #exports;)*));
    blocks.extend(module.items.iter().map(item));
    page::rust(module, blocks)
}

fn item(item: &Item) -> TokenStream {
    match item {
        Item::Struct(one) => item::structure(one),
        Item::Operation(one) => item::operation(one),
        Item::Enum(one) => item::enumeration(one),
        Item::Alias(one) => item::alias(one),
        Item::Service(one) => client::service(one),
        Item::Client(one) => client::client(one),
        Item::Main(one) => example::main(one),
    }
}

fn attribute(attribute: &Attribute) -> TokenStream {
    match attribute {
        Attribute::Forbid(lint) => {
            let lint = ident(lint);
            quote!(#![forbid(#lint)])
        }
        Attribute::Warn(lint) => {
            let lint = ident(lint);
            quote!(#![warn(#lint)])
        }
        Attribute::Allow(lint, reason) => {
            let lint = ident(lint);
            quote!(#![allow(#lint, reason = #reason)])
        }
    }
}

fn child(child: &Child) -> TokenStream {
    let name = ident(&child.name);
    let feature = child
        .feature
        .as_ref()
        .map(|feature| quote!(#[cfg(feature = #feature)]));
    quote!(#feature pub mod #name;)
}

fn names(import: &Use) -> TokenStream {
    let path = import.path.iter().map(|segment| ident(segment));
    let path = quote!(#(#path)::*);
    match &import.names {
        Names::All => quote!(#path::*),
        Names::As(name) => {
            let name = ident(name);
            quote!(#path as #name)
        }
        Names::Some(names) => {
            let idents = names.iter().map(|name| ident(name));
            if let [_] = names.as_slice() {
                quote!(#path::#(#idents)*)
            } else {
                quote!(#path::{#(#idents),*})
            }
        }
    }
}

/// The lines of a doc comment, each with the space that follows its marker.
fn docs(lines: &[String]) -> Vec<String> {
    let line = |line: &String| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    };
    lines.iter().map(line).collect()
}

/// The note of a deprecated item.
fn deprecated(note: Option<&String>) -> Option<TokenStream> {
    note.map(|note| quote!(#[deprecated(note = #note)]))
}

/// An identifier; `r#` makes it a raw one. [`crate::name`] makes no other names.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A path such as `yun_sdk::Json`.
fn path(path: &str) -> TokenStream {
    let segments = path.split("::").map(ident);
    quote!(#(#segments)::*)
}
