//! Values of an example: how wide they are, and what they mention.

use std::collections::BTreeSet;

use crate::rust::{Expr, Type};

/// The widest value that stands inside another.
pub(super) const WIDEST: usize = 50;

/// How wide a value is on one line.
pub(super) fn width(value: &Expr) -> usize {
    let list = |items: &[Expr]| items.iter().map(|item| width(item) + 2).sum::<usize>();
    match value {
        Expr::Text(text) => format!("{text:?}").chars().count(),
        Expr::Integer(number) => number.to_string().len(),
        Expr::Unsigned(number) => number.to_string().len(),
        Expr::Float(number) => format!("{number:?}").len(),
        Expr::Boolean(_) => "false".len(),
        Expr::Variant(ty, variant) => ty.len() + variant.len() + 2,
        Expr::List(items) => list(items) + 2,
        Expr::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| key.len() + width(value) + 8);
            entries.sum::<usize>() + 2
        }
        Expr::New {
            ty,
            arguments,
            setters,
        } => {
            let setters = setters
                .iter()
                .map(|(name, value)| name.len() + width(value) + 3);
            ty.len() + "::new()".len() + list(arguments) + setters.sum::<usize>()
        }
        Expr::Variable(name) => name.len(),
        Expr::Default(_) => WIDEST + 1,
    }
}

/// The types and bindings that a value mentions.
pub(super) fn mentioned(value: &Expr) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    collect(value, &mut names);
    names
}

fn collect(value: &Expr, names: &mut BTreeSet<String>) {
    match value {
        Expr::Variant(name, _) | Expr::Variable(name) => {
            names.insert(name.clone());
        }
        Expr::List(items) => items.iter().for_each(|item| collect(item, names)),
        Expr::Map(entries) => entries.iter().for_each(|(_, value)| collect(value, names)),
        Expr::New {
            ty,
            arguments,
            setters,
        } => {
            names.insert(ty.clone());
            for value in arguments {
                collect(value, names);
            }
            for (_, value) in setters {
                collect(value, names);
            }
        }
        Expr::Default(ty) => collect_type(ty, names),
        Expr::Text(_)
        | Expr::Integer(_)
        | Expr::Unsigned(_)
        | Expr::Float(_)
        | Expr::Boolean(_) => {}
    }
}

fn collect_type(ty: &Type, names: &mut BTreeSet<String>) {
    match ty {
        Type::Name(name) => {
            names.insert(name.clone());
        }
        Type::Map(inner) => {
            names.insert("BTreeMap".to_owned());
            collect_type(inner, names);
        }
        Type::Vec(inner) | Type::Option(inner) | Type::Box(inner) => {
            collect_type(inner, names);
        }
    }
}
