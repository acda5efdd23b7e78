//! Structures, enums, and the facts of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::{deprecated, docs, ident, path};
use crate::rust::{
    Alias, Enum, Field, Operation, Retry, Rule, Struct, Type, Variant, Wire,
};

pub(super) fn structure(structure: &Struct) -> TokenStream {
    let Struct {
        docs: text,
        derives,
        name,
        fields,
    } = structure;
    let docs = docs(text);
    let derives = derives.iter().map(|derive| ident(derive));
    let name = ident(name);
    let fields = fields.iter().map(field);
    quote! {
        #(#[doc = #docs])*
        #[derive(#(#derives),*)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    }
}

pub(super) fn operation(operation: &Operation) -> TokenStream {
    let Operation {
        request,
        response,
        error,
        name,
        method,
        path,
        retry,
        limit,
    } = operation;
    let [request, response, error] = [request, response, error].map(|name| ident(name));
    let retry = ident(match retry {
        Retry::Safe => "Safe",
        Retry::Unsafe => "Unsafe",
    });
    let method = method
        .iter()
        .map(|method| quote!(const METHOD: &'static str = #method;));
    let path = path
        .iter()
        .map(|path| quote!(const PATH: &'static str = #path;));
    let limit = limit.iter().map(|(constructor, requests)| {
        let constructor = ident(constructor);
        let requests = Literal::u32_unsuffixed(*requests);
        quote! {
            const LIMIT: Option<RateLimit> = Some(RateLimit::#constructor(#requests));
        }
    });
    quote! {
        impl Operation for #request {
            const NAME: &'static str = #name;
            #(#method)*
            #(#path)*
            const RETRY: Retry = Retry::#retry;
            #(#limit)*
            type Response = #response;
            type Error = #error;
        }
    }
}

pub(super) fn enumeration(enumeration: &Enum) -> TokenStream {
    let Enum {
        docs: text,
        name,
        variants,
        unknown,
    } = enumeration;
    let (docs, unknown) = (docs(text), docs(unknown));
    let name = ident(name);
    let variants = variants.iter().map(variant);
    quote! {
        #(#[doc = #docs])*
        #[derive(Clone, Debug, PartialEq, Eq, WireEnum)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #(#[doc = #unknown])*
            Unknown(Unknown),
        }
    }
}

pub(super) fn alias(alias: &Alias) -> TokenStream {
    let docs = docs(&alias.docs);
    let (name, target) = (ident(&alias.name), ident(alias.target));
    quote! {
        #(#[doc = #docs])*
        pub type #name = #target;
    }
}

/// A type as fields write it.
pub(super) fn ty(ty: &Type) -> TokenStream {
    match ty {
        Type::Name(name) => path(name),
        Type::Vec(item) => wrapped("Vec", item),
        Type::Option(value) => wrapped("Option", value),
        Type::Box(value) => wrapped("Box", value),
        Type::Map(value) => {
            let value = self::ty(value);
            quote!(BTreeMap<String, #value>)
        }
    }
}

fn wrapped(outer: &str, inner: &Type) -> TokenStream {
    let (outer, inner) = (ident(outer), ty(inner));
    quote!(#outer<#inner>)
}

fn field(field: &Field) -> TokenStream {
    let Field {
        docs: text,
        deprecated: note,
        wire,
        words,
        rules,
        nested,
        name,
        ty,
    } = field;
    let docs = docs(text);
    let deprecated = deprecated(note.as_ref());
    let words = words.iter().map(|word| ident(word));
    let nested = nested.then(|| quote!(nested));
    let mut checks = rules.iter().map(rule).chain(nested).peekable();
    let checks = checks.peek().is_some().then(|| checks.collect::<Vec<_>>());
    let checks = checks.map(|checks| quote!(#[validate(#(#checks),*)]));
    let (name, ty) = (ident(name), self::ty(ty));
    quote! {
        #(#[doc = #docs])*
        #[wire(#wire #(, #words)*)]
        #checks
        #deprecated
        pub #name: #ty,
    }
}

fn rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Length { min, max } => {
            bounds("length", min.map(usize_literal), max.map(usize_literal))
        }
        Rule::Items { min, max } => {
            bounds("items", min.map(usize_literal), max.map(usize_literal))
        }
        Rule::Range { min, max } => bounds("range", min.map(number), max.map(number)),
        Rule::Bytes { max } => bounds("bytes", None, Some(usize_literal(*max))),
        Rule::Pattern(pattern) => quote!(pattern = #pattern),
        Rule::Separator { by, max } => {
            let max = usize_literal(*max);
            quote!(separator(by = #by, max = #max))
        }
    }
}

fn bounds(name: &str, min: Option<TokenStream>, max: Option<TokenStream>) -> TokenStream {
    let name = ident(name);
    let min = min.map(|min| quote!(min = #min));
    let max = max.map(|max| quote!(max = #max));
    let bounds = min.into_iter().chain(max);
    quote!(#name(#(#bounds),*))
}

fn usize_literal(number: usize) -> TokenStream {
    Literal::usize_unsuffixed(number).into_token_stream()
}

/// A number as people write it: whole where it is whole.
fn number(number: f64) -> TokenStream {
    let text = number.abs().to_string();
    let literal = text
        .parse()
        .unwrap_or_else(|_| Literal::f64_unsuffixed(0.0).into_token_stream());
    if number.is_sign_negative() && number != 0.0 {
        quote!(-#literal)
    } else {
        literal
    }
}

fn variant(variant: &Variant) -> TokenStream {
    let docs = docs(&variant.docs);
    let deprecated = deprecated(variant.deprecated.as_ref());
    let name = ident(&variant.name);
    let wire = match &variant.wire {
        Wire::Text(text) => text.to_token_stream(),
        Wire::Integer(number) => integer(*number),
    };
    let message = variant
        .message
        .as_ref()
        .map(|message| quote!(, message = #message));
    quote! {
        #(#[doc = #docs])*
        #[wire(#wire #message)]
        #deprecated
        #name,
    }
}

/// A whole number with its sign.
pub(super) fn integer(number: i64) -> TokenStream {
    let literal = Literal::u64_unsuffixed(number.unsigned_abs());
    if number < 0 {
        quote!(-#literal)
    } else {
        literal.into_token_stream()
    }
}
