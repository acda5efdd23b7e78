//! Structures: their names, who uses them, and where they stand.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::{Desk, nest};
use crate::check::scope::BUILTIN;
use crate::import::{Service, names};
use crate::spec::{Member, Members, Operation};

/// Names the structures apart, puts each that one operation uses into that operation, and
/// drops those that none uses.
pub(super) fn settle(service: &mut Service, desk: &mut Desk<'_>) {
    rename(service, desk);
    complete(service, desk);
    place(service, desk);
}

/// Gives structures names whose Rust types are all different.
fn rename(service: &mut Service, desk: &mut Desk<'_>) {
    let own = service
        .operations
        .iter()
        .flat_map(|operation| names::of_operation(&operation.operation));
    let mut taken: BTreeSet<String> = own.collect();
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    let mut types = IndexMap::with_capacity(service.types.len());
    for (wire, members) in std::mem::take(&mut service.types) {
        let name = names::structure(&wire, &mut taken);
        if name != wire {
            let at = format!("{wire} is {name}");
            desk.lose("name of a structure that something else has", &at);
            renamed.insert(wire, name.clone());
        }
        types.insert(name, members);
    }
    service.types = types;
    if renamed.is_empty() {
        return;
    }
    each_member(service, &mut |member, _| {
        if let Some(name) = renamed.get(&member.kind) {
            member.kind.clone_from(name);
        }
    });
    for at in places(service) {
        if let Some((wire, rest)) = structure_of(at, renamed.keys()) {
            *at = format!("types.{}{rest}", renamed[wire]);
        }
    }
}

/// Makes free-form what has a type that does not exist, or does not say what it holds.
fn complete(service: &mut Service, desk: &mut Desk<'_>) {
    let known: BTreeSet<String> = service.types.keys().cloned().collect();
    let any = || Member {
        kind: "any".to_owned(),
        ..Member::default()
    };
    each_member(service, &mut |member, at| {
        let Member {
            kind,
            items,
            values,
            ..
        } = member;
        if !BUILTIN.contains(&kind.as_str()) && !known.contains(kind.as_str()) {
            desk.lose("type that is nowhere", &format!("{at}: {kind}"));
            "any".clone_into(kind);
        }
        let held = match kind.as_str() {
            "array" => items,
            "map" => values,
            _ => return,
        };
        if held.is_none() {
            desk.lose("list or map that does not say what it holds", at);
            *held = Some(Box::new(any()));
        }
    });
}

/// Every member of a service and all that it holds, with the operation or structure that it
/// belongs to.
fn each_member(service: &mut Service, each: &mut dyn FnMut(&mut Member, &str)) {
    for operation in &mut service.operations {
        let Operation {
            operation: name,
            request,
            response,
            ..
        } = operation;
        for member in request.values_mut().chain(response.values_mut()) {
            nest(member, &mut |member| each(member, name));
        }
    }
    for (name, members) in &mut service.types {
        for member in members.values_mut() {
            nest(member, &mut |member| each(member, name));
        }
    }
}

/// Puts each structure, with what is said about it, where its users are.
fn place(service: &mut Service, desk: &mut Desk<'_>) {
    let led = uses(service);
    let mut shared = IndexMap::new();
    let mut moved: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (name, members) in std::mem::take(&mut service.types) {
        let users = led.get(&name);
        match users.map(|users| (users.len(), users.first())) {
            Some((1, Some(one))) => {
                moved.insert(name.clone(), Some(*one));
                if let Some(operation) = service.operations.get_mut(*one) {
                    operation.types.insert(name, members);
                }
            }
            Some(_) => {
                shared.insert(name, members);
            }
            None => {
                desk.lose("structure that no operation uses", &name);
                moved.insert(name, None);
            }
        }
    }
    service.types = shared;
    remarks(service, &moved);
}

/// Moves what the service says about structures that moved.
fn remarks(service: &mut Service, moved: &BTreeMap<String, Option<usize>>) {
    let Service {
        file, operations, ..
    } = service;
    macro_rules! follow {
        ($($list:ident)+) => {$(
            for remark in std::mem::take(&mut file.$list) {
                let to = structure_of(&remark.at, moved.keys())
                    .map(|(name, _)| moved[name]);
                match to {
                    None => file.$list.push(remark),
                    Some(Some(user)) => if let Some(operation) = operations.get_mut(user) {
                        operation.$list.push(remark);
                    },
                    Some(None) => {}
                }
            }
        )+};
    }
    follow!(errata gaps notes);
}

/// The key paths that the service's remarks are about.
fn places(service: &mut Service) -> impl Iterator<Item = &mut String> {
    let file = &mut service.file;
    let errata = file.errata.iter_mut().map(|one| &mut one.at);
    let gaps = file.gaps.iter_mut().map(|one| &mut one.at);
    let notes = file.notes.iter_mut().map(|one| &mut one.at);
    errata.chain(gaps).chain(notes)
}

/// Which of some structures a key path is about, and what follows its name.
fn structure_of<'n, 'a>(
    at: &'a str,
    names: impl Iterator<Item = &'n String>,
) -> Option<(&'n String, &'a str)> {
    let inside = at.strip_prefix("types.")?;
    let rest = |name: &String| {
        let rest = inside.strip_prefix(name.as_str())?;
        matches!(rest.chars().next(), None | Some('.' | '[')).then_some(rest)
    };
    let found = names.filter_map(|name| Some((name, rest(name)?)));
    found.max_by_key(|(name, _)| name.len())
}

/// Which operations, by number, lead to each structure.
fn uses(service: &Service) -> BTreeMap<String, BTreeSet<usize>> {
    let mut uses: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, operation) in service.operations.iter().enumerate() {
        let mut open: Vec<&Members> = vec![&operation.request, &operation.response];
        while let Some(members) = open.pop() {
            for mut member in members.values() {
                while let Some(held) = member.items.as_ref().or(member.values.as_ref()) {
                    member = held;
                }
                if let Some(held) = service.types.get(&member.kind)
                    && uses.entry(member.kind.clone()).or_default().insert(number)
                {
                    open.push(held);
                }
            }
        }
    }
    uses
}
