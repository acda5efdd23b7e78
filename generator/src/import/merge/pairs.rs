//! Which structures of two sources are the same: those that stand at the same places.
//!
//! Sources name structures differently, some by the path to them, so names say nothing.
//! Both graphs are walked at once, from the members of operations that both sources have.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use indexmap::{IndexMap, IndexSet};

use super::super::Service;
use crate::spec::{Member, Members};

/// The structures of two sources, matched.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// For each structure of the first source those of the second that stand in its places,
    /// in the order of the walk.
    pub(super) twins: IndexMap<String, IndexSet<String>>,
    /// Structures of the first source that requests lead to.
    pub(super) sent: BTreeSet<String>,
    /// What each structure of the second source is called in what becomes of both.
    pub(super) names: BTreeMap<String, String>,
}

impl Pairs {
    /// Matches the structures of two sources.
    pub(super) fn find(first: &Service, second: &Service) -> Self {
        let mut walk = Walk {
            first,
            second,
            found: Self::default(),
            open: VecDeque::new(),
        };
        let others: BTreeMap<_, _> = second
            .operations
            .iter()
            .map(|operation| (&operation.operation, operation))
            .collect();
        for operation in &first.operations {
            if let Some(other) = others.get(&operation.operation) {
                walk.members(&operation.request, &other.request);
                walk.members(&operation.response, &other.response);
                walk.run();
            }
        }
        let mut found = walk.found;
        found.sent = sent(first);
        found.name(first, second);
        found
    }

    /// Names each structure of the second source: as its twin, else as it is called, unless
    /// that name is taken.
    fn name(&mut self, first: &Service, second: &Service) {
        for (name, twins) in &self.twins {
            for twin in twins {
                let names = &mut self.names;
                names.entry(twin.clone()).or_insert_with(|| name.clone());
            }
        }
        let mut taken: BTreeSet<String> = first.types.keys().cloned().collect();
        for name in second.types.keys() {
            if self.names.contains_key(name) {
                continue;
            }
            let mut free = name.clone();
            let mut next = 2;
            while !taken.insert(free.clone()) {
                free = format!("{name}{next}");
                next += 1;
            }
            self.names.insert(name.clone(), free);
        }
    }
}

struct Walk<'s> {
    first: &'s Service,
    second: &'s Service,
    found: Pairs,
    open: VecDeque<(&'s Members, &'s Members)>,
}

impl<'s> Walk<'s> {
    fn run(&mut self) {
        while let Some((one, other)) = self.open.pop_front() {
            self.members(one, other);
        }
    }

    fn members(&mut self, one: &'s Members, other: &'s Members) {
        for (name, member) in one {
            if let Some(other) = other.get(name) {
                self.member(member, other);
            }
        }
    }

    /// Two members of one name: what both hold in the end, if that is a structure.
    fn member(&mut self, mut one: &'s Member, mut other: &'s Member) {
        while one.kind == other.kind
            && let Some((held, other_held)) = held(one).zip(held(other))
        {
            (one, other) = (held, other_held);
        }
        let Some((name, members)) = self.first.types.get_key_value(&one.kind) else {
            return;
        };
        let Some((twin, others)) = self.second.types.get_key_value(&other.kind) else {
            return;
        };
        let twins = self.found.twins.entry(name.clone()).or_default();
        if twins.insert(twin.clone()) {
            self.open.push_back((members, others));
        }
    }
}

/// What an array or a map holds.
pub(super) fn held(member: &Member) -> Option<&Member> {
    member.items.as_deref().or(member.values.as_deref())
}

/// The type at the bottom of arrays and maps.
pub(super) fn bottom(mut member: &Member) -> &str {
    while let Some(held) = held(member) {
        member = held;
    }
    &member.kind
}

/// The structures that the requests of a source lead to.
fn sent(service: &Service) -> BTreeSet<String> {
    let requests = service.operations.iter().map(|one| &one.request);
    let mut open: Vec<&Members> = requests.collect();
    let mut sent = BTreeSet::new();
    while let Some(members) = open.pop() {
        for member in members.values() {
            if let Some((name, members)) = service.types.get_key_value(bottom(member))
                && sent.insert(name.clone())
            {
                open.push(members);
            }
        }
    }
    sent
}
