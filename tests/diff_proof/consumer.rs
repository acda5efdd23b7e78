//! A program that uses every public item of a generated crate as a consumer would. It is
//! written from the data that the crate is written from, and never from its text.

use std::collections::BTreeMap;

use yunspec::rust::{
    Client, Crate, Enum, Field, Gives, Item, Module, Names, Struct, Type, Wire,
};

/// The text of a module that uses the crate at `root`, such as `given::given_0`.
pub(crate) fn uses(items: &Crate, root: &str) -> String {
    let mut program = Program {
        items,
        root,
        text: "fn any<T>() -> T { loop {} }\n".to_owned(),
        count: 0,
    };
    for module in library(items) {
        program.module(module);
    }
    program.short_paths();
    program.text
}

/// The files of the library, without its root.
pub(crate) fn library(items: &Crate) -> impl Iterator<Item = &Module> {
    let modules = items.modules.iter();
    modules.filter(|one| one.path.starts_with("src") && !one.path.ends_with("lib.rs"))
}

struct Program<'c> {
    items: &'c Crate,
    root: &'c str,
    text: String,
    count: usize,
}

/// The path of a file's module inside the crate.
fn path(module: &Module) -> String {
    let file = module.path.with_extension("");
    let steps = file.iter().skip(1).map(|step| step.to_string_lossy());
    let steps = steps.filter(|step| step != "mod").map(|step| word(&step));
    steps.collect::<Vec<_>>().join("::")
}

/// A file's name as a module's name.
fn word(name: &str) -> String {
    match syn::parse_str::<syn::Ident>(name) {
        Ok(_) => name.to_owned(),
        Err(_) => format!("r#{name}"),
    }
}

fn name_of(item: &Item) -> Option<&str> {
    match item {
        Item::Struct(one) => Some(&one.name),
        Item::Enum(one) => Some(&one.name),
        Item::Alias(one) => Some(&one.name),
        Item::Client(_) => Some("Client"),
        Item::Service(_) => Some("SERVICE"),
        Item::Operation(_) | Item::Main(_) => None,
    }
}

impl Program<'_> {
    /// A function of its own for each use, so that one mistake hides no other.
    fn line(&mut self, parameters: &str, body: &str) {
        self.count += 1;
        let count = self.count;
        self.text
            .push_str(&format!("fn f{count}({parameters}) {{ {body} }}\n"));
    }

    fn module(&mut self, module: &Module) {
        let at = format!("{}::{}", self.root, path(module));
        for item in &module.items {
            match item {
                Item::Struct(one) => self.structure(module, &at, one),
                Item::Enum(one) => self.enumeration(&at, one),
                Item::Alias(one) => {
                    self.line(&format!("_: {at}::{}", one.name), "");
                }
                Item::Operation(one) => {
                    let own = |name: &str| format!("{at}::{name}");
                    let body = format!(
                        "fn is<T: yunspec_runtime::Operation<Response = {}, Error = {}>>() {{}} is::<{}>()",
                        own(&one.response),
                        own(&one.error),
                        own(&one.request)
                    );
                    self.line("", &body);
                }
                Item::Service(_) => {
                    let body =
                        format!("let _: &yunspec_runtime::Service = &{at}::SERVICE;");
                    self.line("", &body);
                }
                Item::Client(one) => self.client(module, &at, one),
                Item::Main(_) => {}
            }
        }
    }

    fn structure(&mut self, module: &Module, at: &str, one: &Struct) {
        let own = format!("{at}::{}", one.name);
        let request = one.derives.contains(&"Request");
        let (needed, optional): (Vec<&Field>, Vec<&Field>) =
            one.fields.iter().partition(|field| is_required(field));
        let mut bounds = vec!["Clone", "std::fmt::Debug", "PartialEq"];
        if one.derives.contains(&"Validate") {
            bounds.push("yunspec_runtime::Validate");
        }
        if one.derives.contains(&"Default") || request && needed.is_empty() {
            bounds.push("Default");
        }
        for bound in bounds {
            self.line("", &format!("fn is<T: {bound}>() {{}} is::<{own}>()"));
        }
        for field in &one.fields {
            let ty = self.ty(module, &field.ty);
            let body = format!("let _: &{ty} = &one.{};", field.name);
            self.line(&format!("one: {own}"), &body);
        }
        if !request {
            return;
        }
        let arguments = needed
            .iter()
            .map(|field| format!("any::<{}>()", self.ty(module, &field.ty)));
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        self.line("", &format!("let _: {own} = {own}::new({arguments});"));
        for field in optional.iter().filter(|field| field.name != "new") {
            let given = match &field.ty {
                Type::Option(inner) => inner,
                ty => ty,
            };
            let given = self.ty(module, given);
            let body = format!("let _: {own} = one.{}(any::<{given}>());", field.name);
            self.line(&format!("one: {own}"), &body);
        }
    }

    fn enumeration(&mut self, at: &str, one: &Enum) {
        let own = format!("{at}::{}", one.name);
        let integers = one.variants.iter();
        let integers = integers
            .clone()
            .any(|one| matches!(one.wire, Wire::Integer(_)));
        let mut bounds = vec![
            "Clone",
            "std::fmt::Debug",
            "PartialEq",
            "Eq",
            "std::fmt::Display",
            "From<String>",
            "yunspec_runtime::WireEnum",
        ];
        if integers {
            bounds.push("From<i64>");
        }
        for bound in bounds {
            self.line("", &format!("fn is<T: {bound}>() {{}} is::<{own}>()"));
        }
        for variant in &one.variants {
            let name = &variant.name;
            let body = format!(
                "let _ = {own}::{name}; match one {{ {own}::{name} => {{}} _ => {{}} }}"
            );
            self.line(&format!("one: {own}"), &body);
        }
        let body = format!("match one {{ {own}::Unknown(_) => {{}} _ => {{}} }}");
        self.line(&format!("one: {own}"), &body);
    }

    fn client(&mut self, module: &Module, at: &str, one: &Client) {
        let own = format!("{at}::Client");
        let config = "config: yunspec_runtime::Config";
        let made = format!("Result<{own}, yunspec_runtime::ConfigError>");
        self.line(config, &format!("let _: {made} = {own}::new(config);"));
        self.line("", &format!("let _: {made} = {own}::from_env();"));
        self.line(
            "",
            &format!("fn is<T: Clone + std::fmt::Debug>() {{}} is::<{own}>()"),
        );
        for method in &one.methods {
            let full = |name: &str| self.of_service(module, name);
            let request = full(&method.request);
            let parameters = format!("client: {own}, request: {request}");
            let runtime = if one.blocking {
                "yunspec_runtime::blocking"
            } else {
                "yunspec_runtime"
            };
            let (output, wait) = match &method.gives {
                Gives::Answer { response, error } => {
                    let answer = format!(
                        "Result<yunspec_runtime::Response<{}>, yunspec_runtime::Error<{}>>",
                        full(response),
                        full(error)
                    );
                    (answer, if one.blocking { "" } else { ".await" })
                }
                Gives::Pages => (format!("{runtime}::Pages<{request}>"), ""),
                Gives::Waiter(_) => (format!("{runtime}::Waiter<{request}>"), ""),
            };
            let body = format!(
                "let _ = async move {{ let _: {output} = client.{}(request){wait}; }};",
                method.name
            );
            self.line(&parameters, &body);
        }
    }

    /// A type by its full path.
    fn ty(&self, module: &Module, ty: &Type) -> String {
        match ty {
            Type::Name(name) => match name.as_str() {
                "String" | "i32" | "i64" | "u64" | "f64" | "bool" => name.clone(),
                name => self.named(module, name),
            },
            Type::Vec(item) => format!("Vec<{}>", self.ty(module, item)),
            Type::Map(value) => format!(
                "std::collections::BTreeMap<String, {}>",
                self.ty(module, value)
            ),
            Type::Option(inner) => format!("Option<{}>", self.ty(module, inner)),
            Type::Box(inner) => format!("Box<{}>", self.ty(module, inner)),
        }
    }

    fn named(&self, module: &Module, name: &str) -> String {
        let defines =
            |module: &Module| module.items.iter().any(|item| name_of(item) == Some(name));
        if defines(module) {
            return format!("{}::{}::{name}", self.root, path(module));
        }
        let shared = module.path.with_file_name("types.rs");
        let shared = library(self.items).find(|one| one.path == shared && defines(one));
        match shared {
            Some(shared) => format!("{}::{}::{name}", self.root, path(shared)),
            None => format!("yunspec_runtime::{name}"),
        }
    }

    /// A type that one of the service's operations defines.
    fn of_service(&self, module: &Module, name: &str) -> String {
        let folder = module.path.parent();
        let mut beside = library(self.items).filter(|one| one.path.parent() == folder);
        let found =
            beside.find(|one| one.items.iter().any(|item| name_of(item) == Some(name)));
        let found = found.expect("a method's types are beside its client");
        format!("{}::{}::{name}", self.root, path(found))
    }

    /// What a service shows of its modules, as far as one module has the name.
    fn short_paths(&mut self) {
        for service in library(self.items).filter(|one| one.path.ends_with("mod.rs")) {
            let at = path(service);
            let exports = service.exports.iter();
            let shown: Vec<_> = exports
                .filter(|one| matches!(one.names, Names::All))
                .filter_map(|one| one.path.last())
                .collect();
            let mut names: BTreeMap<&str, usize> = BTreeMap::new();
            for module in library(self.items) {
                let inside = module.path.parent() == service.path.parent();
                let stem = module.path.file_stem().unwrap_or_default();
                let stem = word(&stem.to_string_lossy());
                if inside && shown.iter().any(|one| **one == stem) {
                    let found = module.items.iter().filter_map(name_of);
                    found.for_each(|name| *names.entry(name).or_default() += 1);
                }
            }
            for name in service.items.iter().filter_map(name_of) {
                names.remove(name);
            }
            let clear = names.into_iter().filter(|(_, count)| *count == 1);
            let clear: Vec<_> = clear.map(|(name, _)| name.to_owned()).collect();
            for name in clear {
                let parameter = format!("_: {}::{at}::{name}", self.root);
                self.line(&parameter, "");
            }
        }
    }
}

/// Whether `new` asks for a field.
fn is_required(field: &Field) -> bool {
    match field.ty {
        Type::Option(_) => false,
        Type::Vec(_) | Type::Map(_) => field.words.contains(&"required"),
        _ => true,
    }
}
