//! Structures without a name: equal ones become one, with a short name made of the place
//! where it stands first.
//!
//! A structure that one operation uses begins with the operation's name; one that several
//! use is called by the member alone, unless more operations use another one of that name.
//! So a new operation seldom changes the names of others.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::kit::NAMELESS;
use crate::import::{Service, facts};
use crate::name;
use crate::spec::{Member, Members, Note};

/// The longest name that is made; a longer one ends in a digest.
const LONGEST: usize = 60;

/// Makes equal structures one and names them.
pub(super) fn fold(service: &mut Service) {
    let mut fold = Fold {
        old: std::mem::take(&mut service.types),
        ..Fold::default()
    };
    for operation in &mut service.operations {
        let lists = [&mut operation.request, &mut operation.response];
        for member in lists.into_iter().flat_map(IndexMap::values_mut) {
            fold.member(member, false);
        }
    }
    let named: Vec<String> = fold
        .old
        .keys()
        .filter(|name| !name.starts_with(NAMELESS))
        .cloned()
        .collect();
    let mut types: IndexMap<String, Members> = IndexMap::new();
    for name in named {
        let mut members = fold.old.get(&name).cloned().unwrap_or_default();
        members
            .values_mut()
            .for_each(|member| fold.member(member, false));
        types.insert(name, members);
    }
    let new = fold.name(&types);
    let mut shapes: Vec<Shape> = fold.shapes.into_values().collect();
    shapes.sort_by_key(|shape| shape.seats.first().map(|seat| seat.number));
    types.extend(shapes.into_iter().map(|shape| (shape.id, shape.members)));
    let mut types: IndexMap<String, Members> = types
        .into_iter()
        .map(|(id, members)| (new.get(&id).cloned().unwrap_or(id), members))
        .collect();
    let lists = service.operations.iter_mut();
    let lists = lists.flat_map(|one| [&mut one.request, &mut one.response]);
    for member in lists
        .chain(types.values_mut())
        .flat_map(IndexMap::values_mut)
    {
        let kind = bottom(member);
        if let Some(name) = new.get(kind) {
            kind.clone_from(name);
        }
    }
    service.types = types;
    notes(&mut service.file.notes, &fold.ids, &new);
}

/// Where a structure stands.
#[derive(Clone, Debug)]
struct Seat {
    /// The order of the walk.
    number: usize,
    /// Path and, for what an array holds, that it is one of several.
    path: String,
    several: bool,
}

/// One structure, whatever it was called.
#[derive(Debug)]
struct Shape {
    id: String,
    members: Members,
    seats: Vec<Seat>,
}

#[derive(Default)]
struct Fold {
    /// The structures as they were.
    old: IndexMap<String, Members>,
    /// The new ones, by id.
    shapes: IndexMap<String, Shape>,
    /// The id of what each old name has become.
    ids: BTreeMap<String, String>,
    /// Ids by what the structure says.
    by_text: BTreeMap<String, String>,
    /// Names that are being folded; true once something inside leads back.
    open: BTreeMap<String, bool>,
    number: usize,
}

impl Fold {
    /// Turns the structure that a member leads to into its id.
    fn member(&mut self, member: &mut Member, several: bool) {
        let several = several || member.kind == "array";
        for held in [&mut member.items, &mut member.values]
            .into_iter()
            .flatten()
        {
            self.member(held, several);
        }
        if member.kind.starts_with(NAMELESS) {
            member.kind = self.structure(&member.kind.clone(), several);
        }
    }

    fn structure(&mut self, name: &str, several: bool) -> String {
        if let Some(looped) = self.open.get_mut(name) {
            *looped = true;
            return id(name);
        }
        let seat = Seat {
            number: self.number,
            path: name.to_owned(),
            several,
        };
        self.number += 1;
        if let Some(known) = self.ids.get(name) {
            if let Some(shape) = self.shapes.get_mut(known) {
                shape.seats.push(seat);
            }
            return known.clone();
        }
        let mut members = self.old.get(name).cloned().unwrap_or_default();
        self.open.insert(name.to_owned(), false);
        members
            .values_mut()
            .for_each(|member| self.member(member, false));
        let looped = self.open.remove(name).unwrap_or_default();
        let text = if looped {
            id(name)
        } else {
            format!("{members:?}")
        };
        let own = self.by_text.entry(text).or_insert_with(|| id(name)).clone();
        self.ids.insert(name.to_owned(), own.clone());
        let shape = self.shapes.entry(own.clone()).or_insert_with(|| Shape {
            id: own.clone(),
            members,
            seats: Vec::new(),
        });
        shape.seats.push(seat);
        own
    }

    /// The names of the structures, by id.
    fn name(&mut self, types: &IndexMap<String, Members>) -> BTreeMap<String, String> {
        let mut shapes: Vec<&mut Shape> = self.shapes.values_mut().collect();
        for shape in &mut shapes {
            shape.seats.sort_by_key(|seat| seat.number);
        }
        shapes.sort_by_key(|shape| shape.seats.first().map(|seat| seat.number));
        // The most used one of each name, and of several the first.
        let mut bases: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for shape in shapes.iter().rev().filter(|shape| owners(shape) > 1) {
            let best = bases.entry(base(shape)).or_default();
            if owners(shape) >= best.0 {
                *best = (owners(shape), shape.id.clone());
            }
        }
        let mut taken: BTreeSet<String> =
            types.keys().map(|name| name::pascal(name)).collect();
        let mut names = BTreeMap::new();
        for shape in shapes {
            let best = bases.get(&base(shape));
            let alone = best.is_some_and(|(_, id)| *id == shape.id);
            let name = free(shape, alone, &mut taken);
            names.insert(shape.id.clone(), name);
        }
        names
    }
}

/// A structure under its new id, which no word of the format is.
fn id(name: &str) -> String {
    format!("{NAMELESS}{name}")
}

/// The owner of a place, and the words that lead to it: `~/Op/request/A/B`. What stands at
/// the top itself is an item of what comes back.
fn words(seat: &Seat) -> (&str, Vec<&str>) {
    let mut words: Vec<&str> = seat.path.split('/').skip(1).collect();
    let owner = if words.is_empty() {
        ""
    } else {
        words.remove(0)
    };
    if matches!(words.first(), Some(&("request" | "response"))) {
        words.remove(0);
    }
    if words.is_empty() {
        words.push("Item");
    }
    (owner, words)
}

/// How many operations and components hold it.
fn owners(shape: &Shape) -> usize {
    let owners: BTreeSet<&str> = shape.seats.iter().map(|seat| words(seat).0).collect();
    owners.len()
}

/// The name that the member alone gives.
fn base(shape: &Shape) -> String {
    let Some(seat) = shape.seats.first() else {
        return "Structure".to_owned();
    };
    let (owner, words) = words(seat);
    let word = name::pascal(words.last().unwrap_or(&owner));
    if seat.several { singular(&word) } else { word }
}

/// A name that no other structure has.
fn free(shape: &Shape, alone: bool, taken: &mut BTreeSet<String>) -> String {
    let base = base(shape);
    if alone && base.len() <= LONGEST && taken.insert(base.clone()) {
        return base;
    }
    let Some(seat) = shape.seats.first() else {
        return base;
    };
    let (owner, words) = words(seat);
    let owner = name::pascal(owner);
    for more in 0..words.len().max(1) {
        let end = words.len().saturating_sub(1);
        let parents = words[end.saturating_sub(more)..end].iter();
        let parents: String = parents.map(|word| name::pascal(word)).collect();
        let name = format!("{owner}{parents}{base}");
        if name.len() > LONGEST {
            break;
        }
        if taken.insert(name.clone()) {
            return name;
        }
    }
    let short = facts::digest(seat.path.as_bytes());
    let mut start = format!("{owner}{base}");
    start.truncate(LONGEST - 9);
    let mut name = format!("{start}X{}", &short[..8]);
    while !taken.insert(name.clone()) {
        name.push('X');
    }
    name
}

/// One of several: `Tags` → `Tag`, `UserList` → `User`.
fn singular(word: &str) -> String {
    let keep = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    let stem = match word {
        _ if word.ends_with("List") && word.len() > 4 => &word[..word.len() - 4],
        _ if word.ends_with("ies") && word.len() > 4 => {
            return format!("{}y", &word[..word.len() - 3]);
        }
        _ if ["sses", "xes", "ches", "shes"]
            .iter()
            .any(|end| word.ends_with(end)) =>
        {
            &word[..word.len() - 2]
        }
        _ if word.ends_with('s') && !keep && word.len() > 2 => &word[..word.len() - 1],
        _ => word,
    };
    stem.to_owned()
}

/// The type word at the bottom of arrays and maps.
fn bottom(member: &mut Member) -> &mut String {
    if member.items.is_some() {
        return member.items.as_deref_mut().map_or(&mut member.kind, bottom);
    }
    member
        .values
        .as_deref_mut()
        .map_or(&mut member.kind, bottom)
}

/// Lets the notes about structures point to their new names.
fn notes(
    notes: &mut Vec<Note>,
    ids: &BTreeMap<String, String>,
    names: &BTreeMap<String, String>,
) {
    let mut seen = BTreeSet::new();
    notes.retain_mut(|note| {
        if let Some(rest) = note
            .at
            .strip_prefix("types.")
            .filter(|at| at.starts_with(NAMELESS))
        {
            let (old, inner) = rest.split_once('.').unwrap_or((rest, ""));
            let Some(name) = ids.get(old).and_then(|id| names.get(id)) else {
                return false;
            };
            let dot = if inner.is_empty() { "" } else { "." };
            note.at = format!("types.{name}{dot}{inner}");
        }
        seen.insert((note.at.clone(), note.note.clone()))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several() {
        for (several, one) in [
            ("Tags", "Tag"),
            ("UserList", "User"),
            ("Policies", "Policy"),
            ("Addresses", "Address"),
            ("Status", "Status"),
            ("Access", "Access"),
            ("Data", "Data"),
        ] {
            assert_eq!(singular(several), one);
        }
    }
}
