//! What the type names of a file mean, and how declarations write them.

use crate::rust::{Item, Module, Names, Type};

/// A file with what its type names mean.
pub(super) struct Scope<'c> {
    pub(super) module: &'c Module,
    pub(super) path: &'c str,
}

impl Scope<'_> {
    /// A type with the full path of what the crate defines.
    pub(super) fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Name(name) => self.name(name),
            Type::Vec(item) => format!("Vec<{}>", self.ty(item)),
            Type::Map(value) => format!("BTreeMap<String, {}>", self.ty(value)),
            Type::Option(value) => format!("Option<{}>", self.ty(value)),
            Type::Box(value) => format!("Box<{}>", self.ty(value)),
        }
    }

    fn name(&self, name: &str) -> String {
        let own = |item: &Item| match item {
            Item::Struct(one) => one.name == name,
            Item::Enum(one) => one.name == name,
            _ => false,
        };
        if self.module.items.iter().any(own) {
            return format!("{}::{name}", self.path);
        }
        let mut shared = self.module.imports.iter().flatten();
        let shared = shared.any(|one| {
            one.path.first().is_some_and(|step| step == "super")
                && matches!(&one.names, Names::Some(names) if names.iter().any(|one| one == name))
        });
        match self.path.rsplit_once("::") {
            Some((service, _)) if shared => format!("{service}::types::{name}"),
            _ => name.to_owned(),
        }
    }

    /// What a constructor or setter takes for a type.
    pub(super) fn parameter(&self, ty: &Type) -> String {
        match ty {
            Type::Vec(item) => format!("impl IntoIterator<Item = {}>", self.item(item)),
            Type::Map(value) => {
                let value = self.item(value);
                format!("impl IntoIterator<Item = (impl Into<String>, {value})>")
            }
            ty => self.item(ty),
        }
    }

    fn item(&self, ty: &Type) -> String {
        let text = self.ty(ty);
        match text.as_str() {
            "i32" | "i64" | "u64" | "f64" | "bool" => text,
            _ => format!("impl Into<{text}>"),
        }
    }
}
