//! What a field's type is on the wire, as far as its spelling tells.

use syn::{GenericArgument, PathArguments, Type};

/// A field's type. A user's own type may be called `Option` or `Vec`: what counts is the
/// name together with the number of type arguments.
#[derive(Clone, Copy)]
pub(crate) enum Shape<'a> {
    /// `String`, `Secret`, `Timestamp`.
    Text,
    /// `i32`, `i64`, `u64`.
    Integer,
    /// `f64`.
    Number,
    /// `bool`.
    Boolean,
    /// `Binary`.
    Binary,
    /// `Json`.
    Json,
    /// `Option<T>`.
    Option(&'a Type),
    /// `Box<T>`.
    Boxed(&'a Type),
    /// `Vec<T>`.
    List(&'a Type),
    /// `BTreeMap<K, T>`.
    Map(&'a Type),
    /// A structure or an enumeration; their spelling is the same.
    Named,
}

impl<'a> Shape<'a> {
    /// The shape of a type.
    pub(crate) fn of(ty: &'a Type) -> Self {
        let path = match ty {
            Type::Group(group) => return Self::of(&group.elem),
            Type::Paren(paren) => return Self::of(&paren.elem),
            Type::Path(path) => &path.path,
            _ => return Self::Named,
        };
        let Some(last) = path.segments.last() else {
            return Self::Named;
        };
        let name = last.ident.to_string();
        match (name.as_str(), type_arguments(&last.arguments).as_slice()) {
            ("String" | "Secret" | "Timestamp", []) => Self::Text,
            ("i32" | "i64" | "u64", []) => Self::Integer,
            ("f64", []) => Self::Number,
            ("bool", []) => Self::Boolean,
            ("Binary", []) => Self::Binary,
            ("Json", []) => Self::Json,
            ("Option", [inner]) => Self::Option(inner),
            ("Box", [inner]) => Self::Boxed(inner),
            ("Vec", [item]) => Self::List(item),
            ("BTreeMap", [_, value]) => Self::Map(value),
            _ => Self::Named,
        }
    }

    /// The shape of the value itself, whether it is optional or boxed.
    pub(crate) fn core(self) -> Self {
        match self {
            Self::Option(inner) | Self::Boxed(inner) => Self::of(inner).core(),
            shape => shape,
        }
    }

    /// How a message calls it.
    pub(crate) fn describe(self) -> &'static str {
        match self.core() {
            Self::Text => "a text",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Binary => "binary",
            Self::Json => "free-form JSON",
            Self::List(_) => "an array",
            Self::Map(_) => "a map",
            Self::Named | Self::Option(_) | Self::Boxed(_) => {
                "a structure or an enumeration"
            }
        }
    }
}

fn type_arguments(arguments: &PathArguments) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}
