//! A runnable example for each operation with a sample that has a title, from its first
//! request; where a service has none, for its first operation. Cargo links each example
//! whenever it tests, and a whole cloud has thousands of operations.
//!
//! An example is to be read: what does not fit on a short line gets a binding where it is
//! required, and is left out where it is not.

mod draft;
mod expression;

use crate::model;
use crate::name;
use crate::rust::{Attribute, Item, Main, Module, Names, Use};

use super::docs::{Docs, HARD_SPACE};
use super::operation::Trio;
use super::page::Types;
use super::service::One;
use super::{feature, path, plain, sorted};

use draft::Draft;
use expression::mentioned;

/// The example's file name, without its ending, where there is an example.
pub(super) fn name(service: &One<'_>, operation: &model::Operation) -> Option<String> {
    let [provider, module] = service.path();
    let names = [provider, module, name::snake(&operation.name)];
    has_one(service.service, operation)
        .then(|| names.map(|name| plain(&name).to_owned()).join("_"))
}

/// The example of one operation, where there is one.
pub(super) fn lower(
    service: &One<'_>,
    operation: &model::Operation,
    shared: &Types<'_>,
) -> Option<Module> {
    let name = name(service, operation)?;
    let own = Types::of(&operation.structures, &operation.enumerations);
    let ty = Trio::of(&operation.name).request;
    let mut draft = Draft::new(&service.krate, &own, shared);
    let mut samples = operation.examples.iter();
    let sample = samples.find_map(|example| example.request.as_ref());
    let sample = sample.unwrap_or(&serde_json::Value::Null);
    let request = draft.structure(&ty, &operation.request, sample);
    let mut names = mentioned(&request);
    let mut bindings = draft.bindings;
    // What was bound for a value that is left out is left out too, from the last one on.
    for index in (0..bindings.len()).rev() {
        if names.contains(&bindings[index].0) {
            names.append(&mut mentioned(&bindings[index].1));
        } else {
            bindings.remove(index);
        }
    }
    let mut imports = Vec::new();
    if names.contains("BTreeMap") {
        let names = Names::Some(vec!["BTreeMap".to_owned()]);
        imports.push(vec![Use {
            path: path(["std", "collections"]),
            names,
        }]);
    }
    let types = draft
        .types
        .into_iter()
        .filter(|(name, _)| names.contains(name))
        .collect();
    imports.push(of_crate(service, operation, ty, types));
    Some(Module {
        path: ["examples", &format!("{name}.rs")].iter().collect(),
        source: format!("{}/{}.yaml", service.id, operation.name),
        service: Some(service.id.to_owned()),
        docs: docs(service, operation, &name),
        attributes: attributes(operation),
        children: Vec::new(),
        exports: Vec::new(),
        imports,
        items: vec![Item::Main(Main {
            bindings,
            request,
            method: name::method(&operation.name),
        })],
    })
}

fn has_one(service: &model::Service, operation: &model::Operation) -> bool {
    let shows = |operation: &model::Operation| {
        let mut samples = operation.examples.iter();
        samples.any(|sample| sample.title.is_some())
    };
    let is_first = |first: &model::Operation| first.name == operation.name;
    shows(operation)
        || service.operations.first().is_some_and(is_first)
            && !service.operations.iter().any(shows)
}

fn docs(service: &One<'_>, operation: &model::Operation, name: &str) -> Vec<String> {
    let feature = feature(service.provider, &service.service.id);
    let run = format!("`cargo run --example {name} --features {feature}`");
    Docs::at(0)
        .text(&operation.summary)
        .paragraph(&format!("Run it with {}.", run.replace(' ', &HARD_SPACE.to_string())))
        .text(
            "Credentials and region come from the environment. Where `YUN_ENDPOINT` names a \
             server, such as `http://127.0.0.1:8080`, the call goes there.",
        )
        .lines()
}

/// Calling a deprecated operation is what its example is for.
fn attributes(operation: &model::Operation) -> Vec<Attribute> {
    let allow = Attribute::Allow("deprecated", "so is the operation");
    operation
        .deprecated
        .is_some()
        .then_some(allow)
        .into_iter()
        .collect()
}

/// The imports from the generated crate: what only this operation has comes from its own
/// module. `types` tells of each type whether operations share it.
fn of_crate(
    service: &One<'_>,
    operation: &model::Operation,
    request: String,
    types: Vec<(String, bool)>,
) -> Vec<Use> {
    let [provider, name] = service.path();
    let base = [service.krate.clone(), provider, name];
    let mut imports = Vec::new();
    let modules = [
        (name::module(&operation.name), false),
        ("types".to_owned(), true),
    ];
    for (module, shared) in modules {
        let names = types.iter().filter(|(_, other)| *other == shared);
        let names = sorted(names.map(|(name, _)| name.clone()));
        if !names.is_empty() {
            let path = base.iter().cloned().chain([module]).collect();
            imports.push(Use {
                path,
                names: Names::Some(names),
            });
        }
    }
    imports.sort_by(|one, other| name::version_order(&one.path[3], &other.path[3]));
    let names = sorted(["Client".to_owned(), request].into_iter());
    imports.push(Use {
        path: base.to_vec(),
        names: Names::Some(names),
    });
    imports
}
