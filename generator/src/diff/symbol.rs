//! Everything of the generated crate that a consumer can name, with its declaration: what
//! the derives make of a structure is listed as the derives make it.

mod scope;

use std::collections::BTreeMap;
use std::path::Path;

use self::scope::Scope;
use crate::rust::{
    Client, Crate, Enum, Field, Gives, Item, Module, Operation, Struct, Type, Wire,
};

/// An item by its path.
pub(super) type Table = BTreeMap<String, Symbol>;

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Symbol {
    /// What it is: `struct`, `field`, `setter`.
    pub(super) kind: &'static str,
    /// Its declaration.
    pub(super) signature: String,
    /// Whether uses of it warn.
    pub(super) deprecated: bool,
    /// The specs that it comes from; several where a short path is ambiguous.
    pub(super) sources: Vec<String>,
    /// The structure, enum or client that it belongs to.
    pub(super) owner: Option<String>,
    /// The members or values that it is made of: name on the wire, and what is taken of it.
    pub(super) parts: Vec<(String, String)>,
}

/// The kind of a short path, which stops working where two items have it.
pub(super) const SHORT: &str = "path";
/// The signature of a short path that several items have.
pub(super) const AMBIGUOUS: &str = "ambiguous";

/// All items of a crate.
pub(super) fn table(items: &Crate) -> Table {
    let mut writer = Writer {
        table: Table::new(),
        requests: BTreeMap::new(),
    };
    for module in items.modules.iter().filter(|one| is_library(&one.path)) {
        let path = path(&module.path);
        let service = path.rsplit_once("::").map_or("", |(service, _)| service);
        for item in &module.items {
            if let Item::Operation(operation) = item {
                let key = format!("{service}::{}", operation.request);
                let source = module.source.clone();
                writer.requests.insert(key, (path.clone(), source));
            }
        }
    }
    for service in &items.manifest.services {
        let source = format!("{}/service.yaml", service.module.replace("::", "/"));
        let path = format!("feature {}", service.feature);
        writer.add(path, "feature", service.feature.clone(), &source, None);
    }
    for extra in &items.manifest.extras {
        let path = format!("feature {}", extra.feature);
        writer.add(path, "feature", extra.feature.to_owned(), "", None);
    }
    for module in items.modules.iter().filter(|one| is_library(&one.path)) {
        writer.module(module, &path(&module.path));
    }
    writer.short_paths(items);
    writer.table
}

fn is_library(file: &Path) -> bool {
    file.starts_with("src") && file != Path::new("src/lib.rs")
}

/// The module of a file: `src/acme/store/mod.rs` is `acme::store`.
fn path(file: &Path) -> String {
    let file = file.with_extension("");
    let steps = file.iter().skip(1).map(|step| step.to_string_lossy());
    let steps: Vec<_> = steps.filter(|step| step != "mod").collect();
    steps.join("::")
}

struct Writer {
    table: Table,
    /// Of each request by its short path: its module, and the spec.
    requests: BTreeMap<String, (String, String)>,
}

/// Whether a request cannot do without a field, as the derive sees it.
fn is_required(field: &Field) -> bool {
    match field.ty {
        Type::Option(_) => false,
        Type::Vec(_) | Type::Map(_) => field.words.contains(&"required"),
        _ => true,
    }
}

impl Writer {
    fn add(
        &mut self,
        path: String,
        kind: &'static str,
        signature: String,
        source: &str,
        owner: Option<&str>,
    ) -> &mut Symbol {
        let symbol = Symbol {
            kind,
            signature,
            deprecated: false,
            sources: vec![source.to_owned()],
            owner: owner.map(str::to_owned),
            parts: Vec::new(),
        };
        self.table.entry(path).or_insert(symbol)
    }

    fn module(&mut self, module: &Module, path: &str) {
        let source = &module.source;
        self.add(
            path.to_owned(),
            "module",
            format!("mod {path}"),
            source,
            None,
        );
        let scope = Scope { module, path };
        for item in &module.items {
            match item {
                Item::Struct(one) => self.structure(&scope, one),
                Item::Enum(one) => self.enumeration(&scope, one),
                Item::Alias(one) => {
                    let at = format!("{path}::{}", one.name);
                    let signature = format!("type {}", one.name);
                    self.add(at, "type", signature, source, Some(&one.name));
                }
                Item::Operation(one) => self.operation(&scope, one),
                Item::Service(_) => {
                    let at = format!("{path}::SERVICE");
                    let signature = "static SERVICE".to_owned();
                    self.add(at, "static", signature, source, None);
                }
                Item::Client(one) => self.client(&scope, one),
                Item::Main(_) => {}
            }
        }
    }

    fn structure(&mut self, scope: &Scope<'_>, one: &Struct) {
        let (source, owner) = (&scope.module.source, Some(one.name.as_str()));
        let at = format!("{}::{}", scope.path, one.name);
        let signature = format!("struct {}", one.name);
        self.add(at.clone(), "type", signature, source, owner);
        let request = one.derives.contains(&"Request");
        let needed = one.fields.iter().filter(|field| is_required(field));
        let needed: Vec<_> = needed.collect();
        let mut traits = one.derives.clone();
        if request && needed.is_empty() {
            traits.push("Default");
        }
        for name in traits {
            let text = format!("impl {name} for {}", one.name);
            let symbol = self.add(format!("{at}: {name}"), "impl", text, source, owner);
            if request && name == "Default" {
                let optional = one.fields.iter().filter(|field| !is_required(field));
                symbol.parts = optional
                    .map(|field| (field.wire.clone(), String::new()))
                    .collect();
            }
        }
        for field in &one.fields {
            let ty = scope.ty(&field.ty);
            let path = format!("{at}::{}", field.name);
            let text = format!("pub {}: {ty}", field.name);
            let symbol = self.add(path, "field", text, source, owner);
            symbol.deprecated = field.deprecated.is_some();
            symbol.parts = vec![(field.wire.clone(), ty)];
            if request && !is_required(field) && field.name != "new" {
                self.setter(scope, (&at, one), field);
            }
        }
        if request {
            let parameters = needed.iter().map(|field| scope.parameter(&field.ty));
            let parameters: Vec<_> = parameters.collect();
            let text = format!("fn new({}) -> Self", parameters.join(", "));
            let parts = needed
                .iter()
                .zip(&parameters)
                .map(|(field, parameter)| (field.wire.clone(), parameter.clone()));
            let parts = parts.collect();
            self.add(format!("{at}::new()"), "constructor", text, source, owner)
                .parts = parts;
        }
    }

    fn setter(&mut self, scope: &Scope<'_>, (at, one): (&str, &Struct), field: &Field) {
        let inner = match &field.ty {
            Type::Option(inner) => scope.parameter(inner),
            ty => scope.parameter(ty),
        };
        let path = format!("{at}::{}()", field.name);
        let text = format!("fn {}(self, {inner}) -> Self", field.name);
        let source = &scope.module.source;
        let symbol = self.add(path, "setter", text, source, Some(&one.name));
        symbol.deprecated = field.deprecated.is_some();
        symbol.parts = vec![(field.wire.clone(), inner)];
    }

    fn enumeration(&mut self, scope: &Scope<'_>, one: &Enum) {
        let (source, owner) = (&scope.module.source, Some(one.name.as_str()));
        let at = format!("{}::{}", scope.path, one.name);
        let signature = format!("type {}", one.name);
        self.add(at.clone(), "type", signature, source, owner);
        let integers = one.variants.iter();
        let integers = integers
            .clone()
            .any(|variant| matches!(variant.wire, Wire::Integer(_)));
        if integers {
            let text = format!("impl From<i64> for {}", one.name);
            self.add(format!("{at}: From<i64>"), "impl", text, source, owner);
        }
        for variant in &one.variants {
            let wire = match &variant.wire {
                Wire::Text(text) => text.clone(),
                Wire::Integer(number) => number.to_string(),
            };
            let path = format!("{at}::{}", variant.name);
            let text = format!("{}::{}", one.name, variant.name);
            let symbol = self.add(path, "variant", text, source, owner);
            symbol.deprecated = variant.deprecated.is_some();
            symbol.parts = vec![(wire, String::new())];
        }
    }

    fn operation(&mut self, scope: &Scope<'_>, one: &Operation) {
        let path = format!("{}::{}: Operation", scope.path, one.request);
        let text = format!(
            "impl Operation<Response = {}, Error = {}> for {}",
            one.response, one.error, one.request
        );
        let source = &scope.module.source;
        self.add(path, "impl", text, source, Some(&one.request));
        let name = &one.request;
        // What they hold follows from the response, and stands in the client's methods.
        for (word, is_there) in [
            ("Paginated", one.pages.is_some()),
            ("Awaited", one.waiter.is_some()),
        ] {
            if is_there {
                let path = format!("{}::{name}: {word}", scope.path);
                let text = format!("impl {word} for {name}");
                self.add(path, "impl", text, source, Some(name));
            }
        }
        // Without the operation that it asks there is no waiter.
        if let Some(waiter) = &one.waiter {
            let service = scope
                .path
                .rsplit_once("::")
                .map_or("", |(service, _)| service);
            let asked = self.requests.get(&format!("{service}::{}", waiter.request));
            let path = format!("{}::{name}: Awaited", scope.path);
            if let (Some((_, asked)), Some(symbol)) = (asked, self.table.get_mut(&path)) {
                symbol.sources.push(asked.clone());
            }
        }
    }

    fn client(&mut self, scope: &Scope<'_>, one: &Client) {
        let source = &scope.module.source;
        let at = format!("{}::Client", scope.path);
        self.add(
            at.clone(),
            "type",
            "struct Client".to_owned(),
            source,
            Some("Client"),
        );
        let service = if scope.module.path.ends_with("mod.rs") {
            scope.path
        } else {
            scope
                .path
                .rsplit_once("::")
                .map_or("", |(service, _)| service)
        };
        let word = if one.blocking { "fn" } else { "async fn" };
        for method in &one.methods {
            let key = format!("{service}::{}", method.request);
            let (module, source) = self
                .requests
                .get(&key)
                .cloned()
                .unwrap_or((scope.path.to_owned(), source.clone()));
            let request = format!("{module}::{}", method.request);
            let mut starts = None;
            let (word, output) = match &method.gives {
                Gives::Answer { response, error } => {
                    let error = format!("Error<{module}::{error}>");
                    (
                        word,
                        format!("Result<Response<{module}::{response}>, {error}>"),
                    )
                }
                Gives::Pages => ("fn", format!("Pages<{request}>")),
                Gives::Waiter(awaited) => {
                    let home = self.requests.get(&format!("{service}::{awaited}"));
                    starts = home.map(|(_, source)| source.clone());
                    ("fn", format!("Waiter<{request}>"))
                }
            };
            let text = format!("{word} {}(&self, {request}) -> {output}", method.name);
            let path = format!("{at}::{}()", method.name);
            let symbol = self.add(path, "method", text, &source, Some("Client"));
            symbol.deprecated = method.deprecated.is_some();
            symbol.sources.extend(starts);
        }
    }

    /// What a service's module shows of its operations' modules.
    fn short_paths(&mut self, items: &Crate) {
        let mut shown: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
        for module in items.modules.iter().filter(|one| is_library(&one.path)) {
            let full = path(&module.path);
            let Some((service, _)) = full.rsplit_once("::") else {
                continue;
            };
            if module.path.ends_with("mod.rs") {
                continue;
            }
            for item in &module.items {
                let name = match item {
                    Item::Struct(one) => &one.name,
                    Item::Enum(one) => &one.name,
                    Item::Alias(one) => &one.name,
                    _ => continue,
                };
                let entry = shown.entry(format!("{service}::{name}")).or_default();
                entry.0.clone_from(name);
                entry.1.push(module.source.clone());
            }
        }
        for (path, (name, sources)) in shown {
            // The service's own items win over what it shows of others.
            if self.table.contains_key(&path) {
                continue;
            }
            let signature = if sources.len() > 1 {
                AMBIGUOUS.to_owned()
            } else {
                format!("use {path}")
            };
            let symbol = self.add(path, SHORT, signature, "", Some(&name));
            symbol.sources = sources;
        }
    }
}
