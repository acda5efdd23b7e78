//! Where the items of a page are, and what stands around them.

use indexmap::IndexMap;

use super::plain;
use crate::spec::{Location, Member, Members, Operation};

/// How many structures deep a list may lie.
const DEEPEST: usize = 3;

/// Words that say nothing about what a list holds.
const ENDINGS: [&str; 10] = [
    "list", "set", "infos", "info", "details", "items", "result", "data", "models", "s",
];

/// A member of the response, with the way to it.
pub(super) struct Found<'a> {
    /// The key path.
    pub(super) path: String,
    /// What an item is made of, where the list holds structures.
    pub(super) item: Option<&'a Members>,
    steps: Vec<&'a str>,
    member: &'a Member,
}

/// The one list of a response, and everything around it.
pub(super) struct Lists<'a> {
    /// The list.
    pub(super) items: Found<'a>,
    all: Vec<Found<'a>>,
}

impl<'a> Lists<'a> {
    /// The list of an operation, where there is just one that it can be.
    pub(super) fn of(
        operation: &'a Operation,
        types: &'a IndexMap<String, Members>,
    ) -> Option<Self> {
        let mut walk = Walk {
            own: &operation.types,
            types,
            all: Vec::new(),
        };
        walk.members(&operation.response, &mut Vec::new());
        let mut all = walk.all;
        let arrays = || all.iter().enumerate().filter(|(_, one)| one.is_array());
        let structures = || arrays().filter(|(_, one)| one.item.is_some());
        let noun = noun(&operation.operation);
        let named = || structures().filter(|(_, one)| one.is_named(&noun));
        let index = only(arrays())
            .or_else(|| only(structures()))
            .or_else(|| only(named()))?;
        let items = all.swap_remove(index);
        Some(Self { items, all })
    }

    /// The path of the member with one of these names that is nearest to the list; the names
    /// are in the order of their worth.
    pub(super) fn find(
        &self,
        names: &[&str],
        fits: impl Fn(&Member) -> bool,
    ) -> Option<String> {
        let beside = |one: &Found<'_>| {
            let home = &one.steps[..one.steps.len() - 1];
            self.items.steps.starts_with(home)
        };
        let found = self.all.iter().filter_map(|one| {
            let name = plain(one.steps.last()?);
            let worth = names.iter().position(|wanted| *wanted == name)?;
            let apart = !beside(one);
            let nearer = if apart {
                one.steps.len()
            } else {
                DEEPEST + 1 - one.steps.len()
            };
            fits(one.member).then_some(((apart, nearer, worth), one))
        });
        let nearest = found.min_by_key(|(rank, _)| *rank);
        nearest.map(|(_, one)| one.path.clone())
    }
}

/// The only one, if there is only one.
fn only<'f, 'a: 'f>(
    mut found: impl Iterator<Item = (usize, &'f Found<'a>)>,
) -> Option<usize> {
    let (index, _) = found.next()?;
    found.next().is_none().then_some(index)
}

impl Found<'_> {
    fn is_array(&self) -> bool {
        self.member.kind == "array"
    }

    /// Whether it, or the structure around it, is named like what the operation lists.
    fn is_named(&self, noun: &str) -> bool {
        let near = self
            .steps
            .iter()
            .rev()
            .take(2)
            .map(|step| stem(&plain(step)));
        let mut near = near.filter(|name| name.len() > 2);
        near.any(|name| noun == name)
    }
}

struct Walk<'a> {
    own: &'a IndexMap<String, Members>,
    types: &'a IndexMap<String, Members>,
    all: Vec<Found<'a>>,
}

impl<'a> Walk<'a> {
    fn members(&mut self, members: &'a Members, steps: &mut Vec<&'a str>) {
        for (name, member) in members {
            if member.location.is_some_and(|at| at != Location::Body)
                || name.contains('.')
            {
                continue;
            }
            steps.push(name);
            let item = member.items.as_deref();
            self.all.push(Found {
                path: steps.join("."),
                item: item.and_then(|item| self.structure(&item.kind)),
                steps: steps.clone(),
                member,
            });
            if steps.len() < DEEPEST
                && let Some(inner) = self.structure(&member.kind)
            {
                self.members(inner, steps);
            }
            steps.pop();
        }
    }

    fn structure(&self, name: &str) -> Option<&'a Members> {
        self.own.get(name).or_else(|| self.types.get(name))
    }
}

/// What an operation lists: its name without the verb.
fn noun(operation: &str) -> String {
    let verb = operation
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_ascii_uppercase());
    let rest = verb.map_or(operation, |(at, _)| &operation[at..]);
    stem(&plain(rest))
}

/// A name without the words that say nothing.
fn stem(name: &str) -> String {
    let mut name = name;
    while let Some(shorter) = ENDINGS
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .filter(|rest| rest.len() > 2)
    {
        name = shorter;
    }
    name.to_owned()
}
