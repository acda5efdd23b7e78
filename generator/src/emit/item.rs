//! Structures, enums, and other names for types.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::page::{Code, Room};
use crate::rust::{Alias, Enum, Field, Rule, Struct, Type, Variant, Wire};

pub(super) fn structure(structure: &Struct) -> Code {
    let Struct {
        docs,
        derives,
        name,
        fields,
    } = structure;
    let mut code = Code::with_room(fields.len());
    code.docs(0, docs).push("#[derive(");
    for (index, derive) in derives.iter().enumerate() {
        code.push(if index == 0 { "" } else { ", " }).push(derive);
    }
    code.push(")]\n#[non_exhaustive]\npub struct ").name(name);
    if fields.is_empty() {
        code.push(" {}");
        return code;
    }
    code.push(" {\n");
    for one in fields {
        field(one, &mut code);
    }
    code.push("}");
    code
}

pub(super) fn enumeration(enumeration: &Enum) -> Code {
    let Enum {
        docs,
        name,
        variants,
        unknown,
    } = enumeration;
    let mut code = Code::with_room(variants.len());
    code.docs(0, docs)
        .push("#[derive(Clone, Debug, PartialEq, Eq, WireEnum)]\n")
        .push("#[non_exhaustive]\npub enum ")
        .name(name)
        .push(" {\n");
    for one in variants {
        variant(one, &mut code);
    }
    code.docs(4, unknown).push("    Unknown(Unknown),\n}");
    code
}

pub(super) fn alias(alias: &Alias) -> Code {
    let mut code = Code::default();
    code.docs(0, &alias.docs)
        .push("pub type ")
        .name(&alias.name);
    code.push(" = ").push(alias.target).push(";");
    code
}

/// A type as fields write it.
pub(super) fn ty(ty: &Type) -> Code {
    let mut code = Code::default();
    write_type(ty, &mut code);
    code
}

/// A whole number with its sign, for an expression.
pub(super) fn integer(number: i64) -> TokenStream {
    let literal = Literal::u64_unsuffixed(number.unsigned_abs());
    if number < 0 {
        quote!(-#literal)
    } else {
        literal.into_token_stream()
    }
}

fn write_type(ty: &Type, code: &mut Code) {
    let (outer, inner) = match ty {
        Type::Name(name) => {
            code.name(name);
            return;
        }
        Type::Vec(item) => ("Vec<", item),
        Type::Option(value) => ("Option<", value),
        Type::Box(value) => ("Box<", value),
        Type::Map(value) => ("BTreeMap<String, ", value),
    };
    code.push(outer);
    write_type(inner, code);
    code.push(">");
}

fn field(field: &Field, code: &mut Code) {
    let Field {
        docs,
        deprecated,
        wire,
        words,
        rules,
        nested,
        name,
        ty,
    } = field;
    let words = words.iter().map(|word| Code::of(word));
    let wire: Vec<_> = [Code::literal(wire)].into_iter().chain(words).collect();
    code.docs(4, docs)
        .attribute(4, Room::Field, "#[wire", &wire);
    let nested = nested.then(|| Code::of("nested"));
    let checks: Vec<_> = rules.iter().map(rule).chain(nested).collect();
    if !checks.is_empty() {
        code.attribute(4, Room::Field, "#[validate", &checks);
    }
    code.deprecated(4, Room::Field, deprecated.as_ref())
        .field(name, &self::ty(ty));
}

fn rule(rule: &Rule) -> Code {
    let whole = |number: &usize| {
        let mut code = Code::default();
        code.number(*number);
        code
    };
    match rule {
        Rule::Length { min, max } => {
            bounds("length(", min.as_ref().map(whole), max.as_ref().map(whole))
        }
        Rule::Items { min, max } => {
            bounds("items(", min.as_ref().map(whole), max.as_ref().map(whole))
        }
        Rule::Range { min, max } => bounds("range(", min.map(number), max.map(number)),
        Rule::Bytes { max } => bounds("bytes(", None, Some(whole(max))),
        Rule::Pattern(pattern) => {
            let mut code = Code::of("pattern = ");
            code.push_literal(pattern);
            code
        }
        Rule::Separator { by, max } => {
            let mut code = Code::of("separator(by = ");
            code.push_literal(by)
                .push(", max = ")
                .number(*max)
                .push(")");
            code
        }
    }
}

fn bounds(name: &'static str, min: Option<Code>, max: Option<Code>) -> Code {
    let mut code = Code::of(name);
    if let Some(min) = &min {
        code.push("min = ").code(min);
    }
    if let Some(max) = &max {
        code.push(if min.is_some() { ", " } else { "" })
            .push("max = ")
            .code(max);
    }
    code.push(")");
    code
}

/// A number as people write it: whole where it is whole.
fn number(number: f64) -> Code {
    let mut code = Code::default();
    // Zero has no sign here.
    code.number(if number == 0.0 { 0.0 } else { number });
    code
}

fn variant(variant: &Variant, code: &mut Code) {
    let mut wire = vec![match &variant.wire {
        Wire::Text(text) => Code::literal(text),
        Wire::Integer(number) => {
            let mut code = Code::default();
            code.number(*number);
            code
        }
    }];
    if let Some(message) = &variant.message {
        let mut code = Code::of("message = ");
        code.push_literal(message);
        wire.push(code);
    }
    code.docs(4, &variant.docs)
        .attribute(4, Room::Variant, "#[wire", &wire)
        .deprecated(4, Room::Variant, variant.deprecated.as_ref())
        .push("    ")
        .name(&variant.name)
        .push(",\n");
}
