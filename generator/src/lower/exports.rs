//! What the module of a service exports from the modules below it.

use std::collections::BTreeSet;

use crate::model::{Operation, Service};
use crate::name;
use crate::rust::{Names, Use};

/// Everything of every module. Where operations have types of their own under the name of a
/// shared one, the bare name means the shared one.
pub(super) fn of(service: &Service, modules: &[String]) -> Vec<Use> {
    let contested = contested(service);
    let mut exports = Vec::with_capacity(modules.len() + 1);
    for module in modules {
        let export = |names| Use {
            path: vec![module.clone()],
            names,
        };
        exports.push(export(Names::All));
        if module == "types" && !contested.is_empty() {
            // As rustfmt has them: one name stands before all names, a list behind.
            let at = exports.len() - usize::from(contested.len() == 1);
            exports.insert(at, export(Names::Some(contested.clone())));
        }
    }
    exports
}

fn contested(service: &Service) -> Vec<String> {
    let own: BTreeSet<_> = service.operations.iter().flat_map(own).collect();
    let structures = service.structures.iter().map(|one| &one.name);
    let shared = structures.chain(service.enumerations.iter().map(|one| &one.name));
    let shared: BTreeSet<_> = shared.map(|name| name::type_name(name)).collect();
    shared.intersection(&own).cloned().collect()
}

fn own(operation: &Operation) -> impl Iterator<Item = String> {
    let structures = operation.structures.iter().map(|one| &one.name);
    let enumerations = operation.enumerations.iter().map(|one| &one.name);
    structures
        .chain(enumerations)
        .map(|name| name::type_name(name))
}
