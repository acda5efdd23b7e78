//! Structures that stand for each other on both sides, found by walking from the requests
//! and responses of matched operations. A structure that many operations share is one pair
//! per direction, with all the operations that reach it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use indexmap::IndexMap;

use super::host::{Claim, Host};
use crate::diagnostic::KeyPath;
use crate::model::{Enumeration, Member, Operation, Service, Shape, Structure};
use crate::name;

/// Which way a structure travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Direction {
    Request,
    Response,
}

/// A service, or one of its operations, with the types that its members may name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Home<'m> {
    /// The provider's id.
    pub(super) provider: &'m str,
    pub(super) service: &'m Service,
    /// Nothing for the types that operations share.
    pub(super) operation: Option<&'m Operation>,
}

/// A structure at its place on one side.
#[derive(Clone, Debug)]
pub(super) struct Spot<'m> {
    pub(super) home: Home<'m>,
    /// Where its members stand: `request`, `types.Filter`.
    pub(super) at: KeyPath,
    /// Its name in Rust.
    pub(super) owner: String,
    pub(super) structure: &'m Structure,
}

/// Two structures that stand for each other.
#[derive(Clone, Debug)]
pub(super) struct Pair<'m> {
    pub(super) old: Spot<'m>,
    pub(super) new: Spot<'m>,
    pub(super) direction: Direction,
    /// The operations that reach it.
    pub(super) operations: BTreeSet<String>,
    /// The members that have this type, on both sides.
    pub(super) users: BTreeSet<Claim>,
}

/// Members that stand for each other; one is absent where it was added or removed.
pub(super) type Match<'m> = (Option<&'m Member>, Option<&'m Member>);

impl<'m> Home<'m> {
    /// The file, inside the specs folder.
    pub(super) fn file(&self) -> PathBuf {
        let name = match self.operation {
            Some(operation) => format!("{}.yaml", operation.name),
            None => "types.yaml".to_owned(),
        };
        [self.provider, &self.service.id, &name].iter().collect()
    }

    /// The wire path: the operation, or the service for what its operations share.
    pub(super) fn id(&self) -> String {
        let service = format!("{}/{}", self.provider, self.service.id);
        match self.operation {
            Some(operation) => format!("{service}/{}", operation.name),
            None => service,
        }
    }

    /// The structure of a name: the operation's own, else the service's.
    pub(super) fn structure(&self, name: &str) -> Option<Spot<'m>> {
        let own = self
            .operation
            .map(|operation| operation.structures.as_slice());
        let found = |list: &'m [Structure]| list.iter().find(|one| one.name == name);
        let (home, structure) = if let Some(structure) = own.and_then(found) {
            (*self, structure)
        } else {
            let shared = Home {
                operation: None,
                ..*self
            };
            (shared, found(&self.service.structures)?)
        };
        Some(Spot {
            home,
            at: KeyPath::default().key("types").key(name),
            owner: name::type_name(name),
            structure,
        })
    }

    /// The enumeration of a name.
    pub(super) fn enumeration(&self, name: &str) -> Option<&'m Enumeration> {
        let own = match self.operation {
            Some(operation) => &operation.enumerations,
            None => &self.service.enumerations,
        };
        own.iter().find(|one| one.name == name)
    }

    fn outermost(&self, direction: Direction) -> Option<Spot<'m>> {
        let operation = self.operation?;
        let stem = name::pascal(&operation.name);
        let (key, owner, structure) = match direction {
            Direction::Request => {
                ("request", format!("{stem}Request"), &operation.request)
            }
            Direction::Response => {
                ("response", format!("{stem}Response"), &operation.response)
            }
        };
        Some(Spot {
            home: *self,
            at: KeyPath::default().key(key),
            owner,
            structure,
        })
    }
}

impl Pair<'_> {
    /// What the findings about its members have in common.
    pub(super) fn host(&self) -> Host {
        let steps = self.new.at.0.iter().map(|step| match step {
            crate::diagnostic::Step::Key(key) => key.clone(),
            crate::diagnostic::Step::Item(index) => index.to_string(),
        });
        let mut subject = vec![self.new.home.id()];
        subject.extend(steps);
        Host {
            old: self.old.home.file(),
            new: self.new.home.file(),
            subject: subject.join("/"),
            operations: self.operations.clone(),
        }
    }

    /// The members, matched.
    pub(super) fn members(&self) -> Vec<Match<'_>> {
        members(self.old.structure, self.new.structure)
    }
}

/// The pairs of all matched operations, in the order in which they are met.
#[derive(Default)]
pub(super) struct Pairs<'m>(pub(super) IndexMap<Key, Pair<'m>>);

type Key = (String, KeyPath, String, KeyPath, Direction);

impl<'m> Pairs<'m> {
    /// Adds what an operation that both sides have leads to.
    pub(super) fn operation(&mut self, old: Home<'m>, new: Home<'m>) {
        let id = new.id();
        for direction in [Direction::Request, Direction::Response] {
            let spots = old.outermost(direction).zip(new.outermost(direction));
            let mut open: Vec<_> = spots
                .map(|(old, new)| (old, new, BTreeSet::new()))
                .into_iter()
                .collect();
            while let Some((old, new, users)) = open.pop() {
                open.extend(self.visit(&id, direction, (old, new), users));
            }
        }
    }

    /// Notes that an operation reaches a pair; where that is news, what the pair leads to.
    fn visit(
        &mut self,
        id: &str,
        direction: Direction,
        (old, new): (Spot<'m>, Spot<'m>),
        users: BTreeSet<Claim>,
    ) -> Vec<(Spot<'m>, Spot<'m>, BTreeSet<Claim>)> {
        let key = (
            old.home.id(),
            old.at.clone(),
            new.home.id(),
            new.at.clone(),
            direction,
        );
        let pair = self.0.entry(key).or_insert_with(|| Pair {
            old: old.clone(),
            new: new.clone(),
            direction,
            operations: BTreeSet::new(),
            users: BTreeSet::new(),
        });
        pair.users.extend(users);
        if !pair.operations.insert(id.to_owned()) {
            return Vec::new();
        }
        let mut next = Vec::new();
        for (one, other) in members(old.structure, new.structure) {
            let Some((one, other)) = one.zip(other) else {
                continue;
            };
            let Some((from, to)) = aligned(&one.shape, &other.shape) else {
                continue;
            };
            let (Shape::Structure(from), Shape::Structure(to)) = (from, to) else {
                continue;
            };
            let spots = old.home.structure(from).zip(new.home.structure(to));
            next.extend(spots.map(|(from, to)| {
                let users = [
                    Claim::part(&old.home.file(), &old.owner, &one.name),
                    Claim::part(&new.home.file(), &new.owner, &other.name),
                ];
                (from, to, BTreeSet::from(users))
            }));
        }
        next
    }
}

/// The innermost shapes, where both sides have the same arrays and maps around them.
pub(super) fn aligned<'m>(
    old: &'m Shape,
    new: &'m Shape,
) -> Option<(&'m Shape, &'m Shape)> {
    match (old, new) {
        (Shape::Array(old), Shape::Array(new)) | (Shape::Map(old), Shape::Map(new)) => {
            aligned(old, new)
        }
        (Shape::Array(_) | Shape::Map(_), _) | (_, Shape::Array(_) | Shape::Map(_)) => {
            None
        }
        pair => Some(pair),
    }
}

/// Matches members: by place and name, then by what a new one was called, then by name at
/// another place. In the order of the new side, what was removed last.
pub(super) fn members<'m>(old: &'m Structure, new: &'m Structure) -> Vec<Match<'m>> {
    let mut partners: Vec<Option<usize>> = vec![None; new.members.len()];
    let mut taken = vec![false; old.members.len()];
    let ways: [fn(&Member, &Member) -> bool; 3] = [
        |old, new| old.location == new.location && old.name == new.name,
        |old, new| {
            new.renamed_from.as_ref() == Some(&old.name)
                || old.renamed_from.as_ref() == Some(&new.name)
        },
        |old, new| old.name == new.name,
    ];
    for is_same in ways {
        for (index, member) in new.members.iter().enumerate() {
            if partners[index].is_some() {
                continue;
            }
            let mut candidates = old.members.iter().enumerate();
            let found =
                candidates.find(|(index, one)| !taken[*index] && is_same(one, member));
            if let Some((partner, _)) = found {
                partners[index] = Some(partner);
                taken[partner] = true;
            }
        }
    }
    let here = new.members.iter().zip(partners);
    let here =
        here.map(|(member, partner)| (partner.map(|at| &old.members[at]), Some(member)));
    let gone = old.members.iter().zip(taken);
    let gone =
        gone.filter_map(|(member, taken)| (!taken).then_some((Some(member), None)));
    here.chain(gone).collect()
}
