//! Several sources of one service → one: what each of them knows, and who said what.
//!
//! No source is a superset of the others. The first stands; where a later one has more
//! (operations, members, limits, codes, hosts), that is added and a note says so; where it
//! says something else, a note and a row of the report hold both. Documents have no spaces
//! in their names, so that the notes can be told from those of people (`is_record`).

mod kind;
mod ledger;
mod member;
mod pairs;
mod service;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use indexmap::{IndexMap, IndexSet};

use super::{Report, Service};
use crate::diagnostic::KeyPath;
use crate::spec::{Location, Member, Members, Operation};

use ledger::Ledger;
pub(super) use ledger::is_record;
use pairs::Pairs;

/// Makes one service of what two sources say of it; the first is the more trusted one.
pub fn merge(first: Service, second: Service, report: &mut Report) -> Service {
    let pairs = Pairs::find(&first, &second);
    let structures = first.types.keys().chain(pairs.names.values());
    let structures: BTreeSet<String> = structures.cloned().collect();
    let documents = [&*first.documents, &*second.documents];
    let mut merger = Merger {
        ledger: Ledger::new(documents, report),
        ways: [Ways::of(&first), Ways::of(&second)],
        names: &pairs.names,
        structures: &structures,
    };
    let Service {
        mut file,
        documents,
        operations,
        mut types,
    } = first;
    merger.ledger.open("types.yaml");
    for (name, twins) in &pairs.twins {
        let sides = twins.iter().filter_map(|twin| second.types.get(twin));
        if let (Some(members), Some(side)) = (types.get_mut(name), Side::of(sides)) {
            let at = KeyPath::default().key("types").key(name);
            merger.members(members, side, &at, pairs.sent.contains(name));
        }
    }
    let records = merger.ledger.close();
    let operations = merger.operations(operations, second.operations);
    merger.ledger.open("service.yaml");
    service::merge(&mut file, second.file, &mut merger.ledger);
    file.notes.extend(merger.ledger.close());
    file.notes.extend(records);
    merger.adopt(&mut types, &operations, &second.types);
    let mut all: IndexSet<String> = documents.into_iter().collect();
    all.extend(second.documents);
    Service {
        file,
        documents: all.into_iter().collect(),
        operations,
        types,
    }
}

/// How the operations of a source travel where they do not say.
#[derive(Clone, Debug)]
struct Ways {
    members_in: Option<Location>,
    method: Option<String>,
    path: Option<String>,
}

impl Ways {
    fn of(service: &Service) -> Self {
        Self {
            members_in: service.file.members_in,
            method: service.file.method.clone(),
            path: service.file.path.clone(),
        }
    }
}

/// The members of the second source that belong to one place of the first.
struct Side {
    members: Members,
    /// Members on whose being required its structures, where there are several, disagree.
    unsure: BTreeSet<String>,
}

impl Side {
    /// Several structures made one; nothing of none.
    fn of<'s>(mut structures: impl Iterator<Item = &'s Members>) -> Option<Self> {
        let mut members = structures.next()?.clone();
        let mut unsure = BTreeSet::new();
        for others in structures {
            for (name, member) in &mut members {
                let required = others.get(name).is_some_and(|other| other.required);
                if member.required != required {
                    member.required = false;
                    unsure.insert(name.clone());
                }
            }
            for (name, other) in others {
                members.entry(name.clone()).or_insert_with(|| {
                    unsure.insert(name.clone());
                    let required = false;
                    Member {
                        required,
                        ..other.clone()
                    }
                });
            }
        }
        Some(Self { members, unsure })
    }
}

struct Merger<'m> {
    ledger: Ledger<'m>,
    ways: [Ways; 2],
    /// What the structures of the second source are called here.
    names: &'m BTreeMap<String, String>,
    /// The names of all structures.
    structures: &'m BTreeSet<String>,
}

impl Merger<'_> {
    /// The operations of both, those that only the second has behind the others.
    fn operations(
        &mut self,
        first: Vec<Operation>,
        second: Vec<Operation>,
    ) -> Vec<Operation> {
        let mut all: IndexMap<String, Operation> = first
            .into_iter()
            .map(|operation| (operation.operation.clone(), operation))
            .collect();
        for mut operation in second {
            if let Some(own) = all.get_mut(&operation.operation) {
                self.ledger.open(&format!("{}.yaml", operation.operation));
                self.operation(own, operation);
                own.notes.extend(self.ledger.close());
            } else {
                operation.notes.push(self.ledger.whole());
                self.travel(&mut operation);
                let members = operation.request.values_mut();
                for member in members.chain(operation.response.values_mut()) {
                    self.rename(member);
                }
                all.insert(operation.operation.clone(), operation);
            }
        }
        all.into_values().collect()
    }

    fn operation(&mut self, own: &mut Operation, mut other: Operation) {
        self.http(own, &other);
        self.locations(own, &mut other);
        let Operation {
            request, response, ..
        } = &mut other;
        for (key, mine, theirs, sent) in [
            ("request", &mut own.request, std::mem::take(request), true),
            (
                "response",
                &mut own.response,
                std::mem::take(response),
                false,
            ),
        ] {
            let side = Side {
                members: theirs,
                unsure: BTreeSet::new(),
            };
            self.members(mine, side, &KeyPath::default().key(key), sent);
        }
        service::operation(own, other, &mut self.ledger);
    }

    /// Method and path; the methods of a source are a set, written `GET|POST`.
    fn http(&mut self, own: &mut Operation, other: &Operation) {
        let at = KeyPath::default().key("http");
        let said = |operation: &Operation, ways: &Ways| {
            let http = operation.http.clone().unwrap_or_default();
            [
                http.method.or(ways.method.clone()),
                http.path.or(ways.path.clone()),
            ]
        };
        let [method, path] = said(own, &self.ways[0]);
        let [other_method, other_path] = said(other, &self.ways[1]);
        let set = |method: &Option<String>| -> BTreeSet<String> {
            let methods = method.iter().flat_map(|method| method.split('|'));
            methods.map(str::to_ascii_uppercase).collect()
        };
        let [mine, theirs] = [set(&method), set(&other_method)];
        if mine.is_disjoint(&theirs) && mine.len() + theirs.len() > 0 {
            let says = [method, other_method].map(Option::unwrap_or_default);
            self.ledger.differ(&at.key("method"), says);
        }
        let plain = |path: &Option<String>| {
            path.as_deref()
                .map(|path| path.trim_end_matches('/').to_owned())
        };
        if plain(&path) != plain(&other_path) {
            let says = [path, other_path].map(Option::unwrap_or_default);
            self.ledger.differ(&at.key("path"), says);
        }
        if let (Some(http), Some(other)) = (&mut own.http, &other.http) {
            self.ledger
                .fill(&at, "host", &mut http.host, other.host.clone());
            let kind = &mut http.content_type;
            self.ledger
                .fill(&at, "content_type", kind, other.content_type.clone());
        }
    }

    /// Where the members of a request travel.
    fn locations(&mut self, own: &Operation, other: &mut Operation) {
        let path = own.http.as_ref().and_then(|http| http.path.clone());
        let path = path.or_else(|| self.ways[0].path.clone());
        let [default, other_default] = [0, 1].map(|side| self.ways[side].members_in);
        let at = KeyPath::default().key("request");
        let mut misplaced = Vec::new();
        for (name, member) in &mut other.request {
            let location = member.location.or(other_default);
            if let Some(first) = own.request.get(name) {
                let mine = first.location.or(default);
                if mine != location {
                    let says =
                        [mine, location].map(|one| one.as_ref().map(ledger::shown));
                    let says = says.map(Option::unwrap_or_default);
                    self.ledger.differ(&at.key(name).key("in"), says);
                }
            } else if location == Some(Location::Path)
                && path
                    .as_ref()
                    .is_some_and(|path| !path.contains(&format!("{{{name}}}")))
            {
                misplaced.push(name.clone());
            } else if default != other_default {
                member.location = location;
            }
        }
        for name in misplaced {
            other.request.shift_remove(&name);
            let at = self.ledger.place(&at.key(&name));
            let kind = "member of a path that a more trusted source has not";
            self.ledger.report.lose(kind, || at);
        }
    }

    /// Says of an operation of the second source what only its service said.
    fn travel(&self, operation: &mut Operation) {
        let [first, second] = &self.ways;
        let mut http = operation.http.take().unwrap_or_default();
        if first.method != second.method {
            http.method = http.method.or_else(|| second.method.clone());
        }
        if first.path != second.path {
            http.path = http.path.or_else(|| second.path.clone());
        }
        let said = http.method.is_some() || http.path.is_some();
        let more = http.host.is_some() || http.content_type.is_some();
        operation.http = Some(http).filter(|_| said || more);
        if first.members_in != second.members_in {
            for member in operation.request.values_mut() {
                member.location = member.location.or(second.members_in);
            }
        }
    }

    /// The members of one place.
    fn members(&mut self, own: &mut Members, other: Side, at: &KeyPath, sent: bool) {
        let mut added = Vec::new();
        let mut limited = Vec::new();
        for (name, mut member) in other.members {
            self.rename(&mut member);
            let Some(mine) = own.get_mut(&name) else {
                added.push(name.clone());
                own.insert(name, member);
                continue;
            };
            let place = member::Place {
                structures: self.structures,
                sent,
                sure: !other.unsure.contains(&name),
            };
            let ledger = &mut self.ledger;
            if member::merge(mine, member, &at.key(&name), place, ledger) {
                limited.push(name);
            }
        }
        self.ledger.add(at, &added, &limited);
    }

    /// Takes the structures of the second source that something leads to by now and that
    /// the first has not.
    fn adopt(
        &self,
        types: &mut IndexMap<String, Members>,
        operations: &[Operation],
        others: &IndexMap<String, Members>,
    ) {
        let mut wanted: BTreeMap<&str, &Members> = others
            .iter()
            .filter_map(|(name, members)| Some((self.names.get(name)?.as_str(), members)))
            .filter(|(name, _)| !types.contains_key(*name))
            .collect();
        let lists = operations
            .iter()
            .flat_map(|one| [&one.request, &one.response]);
        let members = lists.chain(types.values()).flat_map(IndexMap::values);
        let mut open: VecDeque<String> = members
            .map(|member| pairs::bottom(member).to_owned())
            .collect();
        while let Some(name) = open.pop_front() {
            let Some(members) = wanted.remove(name.as_str()) else {
                continue;
            };
            let mut members = members.clone();
            for member in members.values_mut() {
                self.rename(member);
                open.push_back(pairs::bottom(member).to_owned());
            }
            types.insert(name, members);
        }
    }

    fn rename(&self, member: &mut Member) {
        if let Some(name) = self.names.get(&member.kind) {
            member.kind.clone_from(name);
        }
        for held in [&mut member.items, &mut member.values] {
            if let Some(held) = held.as_deref_mut() {
                self.rename(held);
            }
        }
    }
}
