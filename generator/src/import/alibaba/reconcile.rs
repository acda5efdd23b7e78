//! Two documents that write one request in two ways: the later one is put into the words of
//! the first, so that only what they really say differently is a disagreement.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::kit::is_single;
use crate::import::{Report, Service};
use crate::spec::{Location, Member, Members, Operation};

/// Puts the operations of the second document into the words of the first; `place` is the
/// second's name.
pub(super) fn operations(
    first: &mut Service,
    second: &mut Service,
    place: &str,
    report: &mut Report,
) {
    let Service { file, types, .. } = second;
    file.service.clone_from(&first.file.service);
    file.product.clone_from(&first.file.product);
    file.version.clone_from(&first.file.version);
    file.protocol.clone_from(&first.file.protocol);
    let exact: BTreeMap<&str, usize> = (0..first.operations.len())
        .map(|index| (first.operations[index].operation.as_str(), index))
        .collect();
    let any_case: BTreeMap<String, usize> = exact
        .iter()
        .map(|(name, index)| (name.to_ascii_lowercase(), *index))
        .collect();
    let mut pairs = Vec::new();
    let collection = format!("{}, {place}", first.file.product);
    for (number, operation) in second.operations.iter_mut().enumerate() {
        operation.source.collection = Some(collection.clone());
        let name = &mut operation.operation;
        let found = exact.get(name.as_str()).copied();
        let found = found.or_else(|| any_case.get(&name.to_ascii_lowercase()).copied());
        let Some(index) = found else {
            continue;
        };
        let own = &first.operations[index].operation;
        if own != name {
            let kind = "operation whose name a more trusted source spells otherwise";
            report.lose(kind, || format!("{place}: {name} is {own}"));
            name.clone_from(own);
        }
        pairs.push((index, number));
    }
    for (index, number) in pairs {
        let mut desk = Desk {
            place,
            report,
            types,
        };
        let own = &mut first.operations[index];
        let other = &mut second.operations[number];
        desk.dotted(own, other);
        desk.nested(own, other, &first.types);
        desk.bodies(own, other);
        desk.answers(own, other);
    }
}

struct Desk<'d> {
    place: &'d str,
    report: &'d mut Report,
    /// The structures of the second document.
    types: &'d mut IndexMap<String, Members>,
}

impl Desk<'_> {
    fn lose(&mut self, kind: &str, operation: &Operation, member: &str) {
        let place = self.place;
        self.report.lose(kind, || {
            format!("{place}: {}.{member}", operation.operation)
        });
    }

    /// The first writes `Disk.Size` and the second an object `Disk`: what is on the wire is
    /// the same.
    fn dotted(&mut self, first: &Operation, second: &mut Operation) {
        let names: Vec<String> = second.request.keys().cloned().collect();
        for name in names {
            let start = format!("{name}.");
            if first.request.contains_key(&name)
                || !first.request.keys().any(|own| own.starts_with(&start))
            {
                continue;
            }
            let Some(member) = second.request.shift_remove(&name) else {
                continue;
            };
            let inner = self.types.get(&member.kind).cloned();
            if inner.is_none() {
                let kind = "parameter that a more trusted source lists part by part";
                self.lose(kind, second, &name);
            }
            for (key, part) in inner.into_iter().flatten() {
                let location = member.location;
                second
                    .request
                    .insert(format!("{start}{key}"), Member { location, ..part });
            }
        }
    }

    /// The other way round: `Disk.Size` is a part of the first's object `Disk`.
    fn nested(
        &mut self,
        first: &Operation,
        second: &mut Operation,
        types: &IndexMap<String, Members>,
    ) {
        let names: Vec<String> = second.request.keys().cloned().collect();
        for name in names
            .iter()
            .filter(|name| !first.request.contains_key(*name))
        {
            let Some((object, part)) = name.split_once('.') else {
                continue;
            };
            let Some(member) = first.request.get(object) else {
                continue;
            };
            if !is_single(member) {
                second.request.shift_remove(name);
                let known = types
                    .get(&member.kind)
                    .is_some_and(|all| all.contains_key(part));
                if !known {
                    let kind = "part of a parameter that a more trusted source has whole";
                    self.lose(kind, second, name);
                }
            }
        }
    }

    /// A body is one thing: what the second has beside the first's kind of body goes.
    fn bodies(&mut self, first: &Operation, second: &mut Operation) {
        let kinds = [Location::Payload, Location::Body, Location::Form];
        let found = kinds.iter().find_map(|kind| {
            let mut members = first.request.iter();
            let one = members.find(|(_, member)| member.location == Some(*kind))?;
            Some((*kind, one.0.clone()))
        });
        let Some((kind, payload)) = found else {
            return;
        };
        let names: Vec<String> = second.request.keys().cloned().collect();
        for name in names {
            let Some(member) = second.request.get_mut(&name) else {
                continue;
            };
            match (kind, member.location) {
                (Location::Payload, Some(Location::Payload)) if name != payload => {
                    if let Some(member) = second.request.shift_remove(&name) {
                        second.request.insert(payload.clone(), member);
                    }
                }
                (Location::Payload, Some(Location::Body | Location::Form)) => {
                    second.request.shift_remove(&name);
                    let kind = "member of a body that a more trusted source has whole";
                    self.lose(kind, second, &name);
                }
                (Location::Body | Location::Form, Some(Location::Payload)) => {
                    second.request.shift_remove(&name);
                    let kind = "body that a more trusted source has member by member";
                    self.lose(kind, second, &name);
                }
                (Location::Body, Some(Location::Form))
                | (Location::Form, Some(Location::Body))
                    if !first.request.contains_key(&name) =>
                {
                    member.location = Some(kind);
                }
                _ => {}
            }
        }
    }

    /// An answer is either members or one payload.
    fn answers(&mut self, first: &Operation, second: &mut Operation) {
        let whole = |members: &Members| {
            let mut members = members.values();
            members.any(|member| member.location == Some(Location::Payload))
        };
        let body = |members: &Members| {
            let mut members = members.values();
            members.any(|member| member.location.is_none())
        };
        let (own, other) = (&first.response, &second.response);
        if (whole(own) && body(other)) || (body(own) && whole(other)) {
            second.response.clear();
            let kind = "answer of another shape than a more trusted source has";
            self.lose(kind, second, "response");
        }
    }
}
