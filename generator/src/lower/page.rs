//! What one file of Rust needs to know while its items are chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, KeyPath, Place, Rule};
use crate::model::{Enumeration, Shape, Structure};
use crate::name;
use crate::rust::{Names, Use};

use super::cycle::components;
use super::{Taken, path, sorted};

/// The types that a name of the model can mean.
#[derive(Debug, Default)]
pub(super) struct Types<'m> {
    structures: BTreeMap<&'m str, (usize, &'m Structure)>,
    enumerations: BTreeMap<&'m str, &'m Enumeration>,
    /// For each structure, the cycle that it is on: see [`components`].
    cycles: Vec<usize>,
}

impl<'m> Types<'m> {
    /// The types of an operation, or those that a service's operations share.
    pub(super) fn of(
        structures: &'m [Structure],
        enumerations: &'m [Enumeration],
    ) -> Self {
        let indexed = structures.iter().enumerate();
        let indexed: BTreeMap<_, _> = indexed
            .map(|(index, one)| (one.name.as_str(), (index, one)))
            .collect();
        let edges = structures.iter().map(|structure| {
            let held = structure
                .members
                .iter()
                .filter_map(|member| held(&member.shape));
            held.filter_map(|name| indexed.get(name))
                .map(|(index, _)| *index)
                .collect()
        });
        let edges: Vec<_> = edges.collect();
        Self {
            structures: indexed,
            enumerations: enumerations
                .iter()
                .map(|one| (one.name.as_str(), one))
                .collect(),
            cycles: components(&edges),
        }
    }

    /// The structure of a name.
    pub(super) fn structure(&self, name: &str) -> Option<&'m Structure> {
        self.structures.get(name).map(|(_, structure)| *structure)
    }

    /// The enumeration of a name.
    pub(super) fn enumeration(&self, name: &str) -> Option<&'m Enumeration> {
        self.enumerations.get(name).copied()
    }

    /// Whether there is a type of this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.structures.contains_key(name) || self.enumerations.contains_key(name)
    }

    /// Whether a structure holds itself through a member of this shape, with no array or
    /// map in between: that member needs a `Box`, and may be absent, or it has no end.
    pub(super) fn is_endless(&self, structure: &str, shape: &Shape) -> bool {
        let cycle = |name| {
            self.structures
                .get(name)
                .map(|(index, _)| self.cycles[*index])
        };
        held(shape)
            .is_some_and(|name| cycle(name).is_some() && cycle(name) == cycle(structure))
    }
}

/// One file in the making.
#[derive(Debug)]
pub(super) struct Page<'a, 'm> {
    /// The spec that it comes from, inside the specs folder.
    file: PathBuf,
    /// Its own types.
    pub(super) own: &'a Types<'m>,
    /// The types that the service's operations share.
    shared: &'a Types<'m>,
    findings: &'a mut Vec<Diagnostic>,
    taken: Taken,
    map: bool,
    runtime: BTreeSet<&'static str>,
    used: BTreeSet<String>,
}

impl<'a, 'm> Page<'a, 'm> {
    pub(super) fn new(
        file: PathBuf,
        own: &'a Types<'m>,
        shared: &'a Types<'m>,
        findings: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            file,
            own,
            shared,
            findings,
            taken: Taken::default(),
            map: false,
            runtime: BTreeSet::new(),
            used: BTreeSet::new(),
        }
    }

    /// The structure of a name, in this file or among the shared ones.
    pub(super) fn structure(&self, name: &str) -> Option<&'m Structure> {
        self.own
            .structure(name)
            .or_else(|| self.shared.structure(name))
    }

    /// Imports a name of the runtime.
    pub(super) fn import(&mut self, name: &'static str) -> String {
        self.runtime.insert(name);
        name.to_owned()
    }

    /// Imports a type of the standard library's collections.
    pub(super) fn import_map(&mut self) {
        self.map = true;
    }

    /// The Rust name of a type of the model, imported where it stands in another file.
    pub(super) fn type_name(&mut self, model: &str) -> String {
        let name = name::type_name(model);
        if !self.own.holds(model) && self.shared.holds(model) {
            self.used.insert(name.clone());
        }
        name
    }

    /// Takes a type's name.
    pub(super) fn claim_type(&mut self, name: &str, wire: &str, at: KeyPath) {
        let place = || place(&self.file, at);
        self.taken
            .claim(name, wire, self.findings, &super::rules::TYPE_TAKEN, place);
    }

    /// Takes a name of a smaller scope.
    pub(super) fn claim(
        &mut self,
        taken: &mut Taken,
        rule: &'static Rule,
        (name, wire): (&str, &str),
        at: impl FnOnce() -> KeyPath,
    ) {
        taken.claim(name, wire, self.findings, rule, || place(&self.file, at()));
    }

    /// Refuses a pinned name that is not what it would become.
    pub(super) fn pinned(
        &mut self,
        pinned: &str,
        want: &str,
        at: impl FnOnce() -> KeyPath,
    ) {
        if pinned != want {
            let message = format!("{pinned:?} is no name here; {want:?} would be");
            let finding = Diagnostic::new(
                &super::rules::NAME_REFUSED,
                place(&self.file, at()),
                message,
            );
            self.findings
                .push(finding.help(super::rules::NAME_REFUSED.mend));
        }
    }

    /// The imports of the finished file.
    pub(super) fn imports(&self) -> Vec<Vec<Use>> {
        let mut groups = Vec::new();
        if self.map {
            let names = Names::Some(vec!["BTreeMap".to_owned()]);
            groups.push(vec![Use {
                path: path(["std", "collections"]),
                names,
            }]);
        }
        if !self.runtime.is_empty() {
            let names = sorted(self.runtime.iter().map(|name| (*name).to_owned()));
            groups.push(vec![Use {
                path: path(["yunspec_runtime"]),
                names: Names::Some(names),
            }]);
        }
        if !self.used.is_empty() {
            let names = Names::Some(sorted(self.used.iter().cloned()));
            groups.push(vec![Use {
                path: path(["super", "types"]),
                names,
            }]);
        }
        groups
    }
}

/// The structure or enumeration that a shape holds, through arrays and maps.
pub(super) fn innermost(shape: &Shape) -> &Shape {
    match shape {
        Shape::Array(item) | Shape::Map(item) => innermost(item),
        shape => shape,
    }
}

/// The structure that a shape holds itself.
fn held(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::Structure(name) => Some(name),
        _ => None,
    }
}

fn place(file: &std::path::Path, path: KeyPath) -> Place {
    Place {
        path,
        ..Place::file(file)
    }
}
