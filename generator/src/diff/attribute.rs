//! The verdict on source: the items of both crates are compared, and each difference is
//! given to the change of the model that it comes from. What no change explains is a
//! finding of its own, so that nothing is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::host::{At, Claim, Draft, Found, Host};
use super::item::{Effect, ItemChange};
use super::rules::structure as rules;
use super::symbol::{AMBIGUOUS, SHORT, Symbol, Table, table};
use super::{Side, Verdict};
use crate::diagnostic::KeyPath;

/// An item that differs, with what tells its cause.
struct Difference {
    item: ItemChange,
    sources: BTreeSet<String>,
    owners: BTreeSet<String>,
    /// The members or values that differ in it.
    parts: BTreeSet<String>,
}

/// Sets the verdict on source of every draft, and adds drafts for what none explains.
pub(super) fn source(old: &Side, new: &Side, drafts: &mut Vec<Draft>) {
    let differences = differences(&table(&old.items), &table(&new.items));
    let mut claims: BTreeMap<String, Vec<(usize, Claim)>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        for claim in &draft.claims {
            let list = claims.entry(claim.source.clone()).or_default();
            list.push((index, claim.clone()));
        }
    }
    let mut rest = Vec::new();
    for difference in differences {
        let causes = causes(&difference, &claims, drafts);
        if causes.is_empty() {
            rest.push(difference);
            continue;
        }
        for index in causes {
            drafts[index].change.items.push(difference.item.clone());
        }
    }
    unexplained(rest, (old, new), drafts);
    for draft in drafts {
        judge(draft);
    }
}

fn judge(draft: &mut Draft) {
    let change = &mut draft.change;
    change.items.sort();
    change.items.dedup();
    let verdicts = change.items.iter().map(|item| item.effect.verdict());
    change.source = verdicts.max().unwrap_or_default();
    if change
        .items
        .iter()
        .any(|item| item.effect == Effect::Swapped)
    {
        change.behaviour = Verdict::Breaking;
    }
}

/// The items that differ.
fn differences(old: &Table, new: &Table) -> Vec<Difference> {
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    let paths = new.keys().chain(gone);
    paths
        .filter_map(|path| difference(path, old.get(path), new.get(path)))
        .collect()
}

fn difference(
    path: &str,
    old: Option<&Symbol>,
    new: Option<&Symbol>,
) -> Option<Difference> {
    let effect = effect(old, new)?;
    let kind = new.or(old)?.kind;
    let pick = |get: fn(&Symbol) -> BTreeSet<String>| {
        let set = |one: Option<&Symbol>| one.map(get).unwrap_or_default();
        (set(old), set(new))
    };
    let different = |(old, new): (BTreeSet<String>, BTreeSet<String>)| {
        let some: BTreeSet<_> = old.symmetric_difference(&new).cloned().collect();
        if some.is_empty() { new } else { some }
    };
    let parts = {
        let set = |one: Option<&Symbol>| -> BTreeSet<(String, String)> {
            one.into_iter().flat_map(|one| one.parts.clone()).collect()
        };
        let (old, new) = (set(old), set(new));
        let changed: BTreeSet<_> = old
            .symmetric_difference(&new)
            .map(|(wire, _)| wire.clone())
            .collect();
        if changed.is_empty() && effect != Effect::Swapped {
            new.into_iter().map(|(wire, _)| wire).collect()
        } else {
            changed
        }
    };
    let declaration = |one: Option<&Symbol>| one.map(|one| one.signature.clone());
    Some(Difference {
        item: ItemChange {
            path: path.to_owned(),
            kind,
            effect,
            old: declaration(old),
            new: declaration(new),
        },
        sources: different(pick(|one| one.sources.iter().cloned().collect())),
        owners: {
            let (old, new) = pick(|one| one.owner.iter().cloned().collect());
            old.union(&new).cloned().collect()
        },
        parts,
    })
}

fn effect(old: Option<&Symbol>, new: Option<&Symbol>) -> Option<Effect> {
    let (old, new) = match (old, new) {
        (None, Some(new)) if new.kind == SHORT && new.signature == AMBIGUOUS => {
            return None;
        }
        (Some(old), None) if old.kind == SHORT && old.signature == AMBIGUOUS => {
            return None;
        }
        (None, Some(_)) => return Some(Effect::Added),
        (Some(_), None) => return Some(Effect::Removed),
        (None, None) => return None,
        (Some(old), Some(new)) => (old, new),
    };
    if new.kind == SHORT {
        return match (old.signature == AMBIGUOUS, new.signature == AMBIGUOUS) {
            (true, false) => Some(Effect::Added),
            (false, true) => Some(Effect::Removed),
            _ => None,
        };
    }
    if old.kind == new.kind && old.kind == "type" {
        // An alias that became an enum of its own still does all that it did.
        return None;
    }
    if old.signature != new.signature {
        return Some(Effect::Changed);
    }
    let names = |one: &Symbol| -> Vec<String> {
        one.parts.iter().map(|(wire, _)| wire.clone()).collect()
    };
    let (before, after) = (names(old), names(new));
    let sorted =
        |names: &[String]| -> BTreeSet<String> { names.iter().cloned().collect() };
    if new.kind == "constructor" && before != after && sorted(&before) == sorted(&after) {
        return Some(Effect::Swapped);
    }
    match (old.deprecated, new.deprecated) {
        (false, true) => Some(Effect::Deprecated),
        (true, false) => Some(Effect::Undeprecated),
        _ => None,
    }
}

/// The drafts that explain a difference best: those that name its part, else those that
/// name its owner, else those that name its file.
fn causes(
    difference: &Difference,
    claims: &BTreeMap<String, Vec<(usize, Claim)>>,
    drafts: &[Draft],
) -> BTreeSet<usize> {
    let mut best = 0;
    let mut found = BTreeSet::new();
    let warns = matches!(
        difference.item.effect,
        Effect::Deprecated | Effect::Undeprecated
    );
    for source in &difference.sources {
        for (index, claim) in claims.get(source).into_iter().flatten() {
            if about_deprecation(&drafts[*index]) != warns && claim.part.is_some() {
                continue;
            }
            let score = score(claim, difference);
            if score > best {
                best = score;
                found.clear();
            }
            if score == best && score > 0 {
                found.insert(*index);
            }
        }
    }
    found
}

fn about_deprecation(draft: &Draft) -> bool {
    draft.change.rule.id.ends_with("deprecated")
}

fn score(claim: &Claim, difference: &Difference) -> u8 {
    let owner = claim
        .owner
        .as_ref()
        .map(|owner| difference.owners.contains(owner));
    let part = claim
        .part
        .as_ref()
        .map(|part| difference.parts.contains(part));
    match (owner, part) {
        (Some(true), Some(true)) => 3,
        (Some(true), None) => 2,
        (None, _) => 1,
        _ => 0,
    }
}

/// What no change of the model explains, by file and owner.
fn unexplained(
    rest: Vec<Difference>,
    (old, new): (&Side, &Side),
    drafts: &mut Vec<Draft>,
) {
    let mut groups: BTreeMap<(String, String), Vec<ItemChange>> = BTreeMap::new();
    for difference in rest {
        let source = difference.sources.first().cloned().unwrap_or_default();
        let owner = difference.owners.first().cloned().unwrap_or_default();
        groups
            .entry((source, owner))
            .or_default()
            .push(difference.item);
    }
    let mut found = Found {
        old,
        new,
        drafts: Vec::new(),
    };
    for ((source, owner), items) in groups {
        let all = |effect: Effect| {
            items
                .iter()
                .all(|item| item.kind == "impl" && item.effect == effect)
        };
        let rule = match () {
            () if all(Effect::Removed) => &rules::TRAIT_LOST,
            () if all(Effect::Added) => &rules::TRAIT_GAINED,
            () => &rules::ITEM,
        };
        let file = PathBuf::from(&source);
        let id = source.trim_end_matches(".yaml").to_owned();
        let reached = [old, new]
            .iter()
            .any(|side| side.operations().contains(&id));
        let host = Host {
            old: file.clone(),
            new: file.clone(),
            subject: format!("{id}/rust/{owner}"),
            operations: reached.then_some(id).into_iter().collect(),
        };
        let declared = |get: fn(&ItemChange) -> &Option<String>| {
            let list: Vec<_> =
                items.iter().filter_map(|item| get(item).clone()).collect();
            (!list.is_empty()).then(|| json!(list))
        };
        let values = (declared(|item| &item.old), declared(|item| &item.new));
        let message = format!("{} of `{owner}` changed", items[0].kind);
        let places = (place(old, &file), place(new, &file));
        found
            .push(rule, &host, places, values, message)
            .change
            .items = items;
    }
    drafts.append(&mut found.drafts);
}

fn place(side: &Side, file: &Path) -> Option<At> {
    side.source(file)?;
    Some(At::new(file, KeyPath::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(kind: &'static str, signature: &str, parts: &[&str]) -> Symbol {
        Symbol {
            kind,
            signature: signature.to_owned(),
            deprecated: false,
            sources: Vec::new(),
            owner: None,
            parts: parts
                .iter()
                .map(|wire| ((*wire).to_owned(), String::new()))
                .collect(),
        }
    }

    #[test]
    fn an_item_that_is_the_same_has_no_effect() {
        let field = symbol("field", "pub a: String", &["A"]);
        assert_eq!(effect(Some(&field), Some(&field.clone())), None);
        let renamed = symbol("field", "pub a: String", &["B"]);
        assert_eq!(effect(Some(&field), Some(&renamed)), None);
    }

    #[test]
    fn types_warnings_and_presence_have_effects() {
        let field = symbol("field", "pub a: String", &["A"]);
        let other = symbol("field", "pub a: Option<String>", &["A"]);
        let warns = Symbol {
            deprecated: true,
            ..field.clone()
        };
        assert_eq!(effect(Some(&field), Some(&other)), Some(Effect::Changed));
        assert_eq!(effect(Some(&field), Some(&warns)), Some(Effect::Deprecated));
        assert_eq!(
            effect(Some(&warns), Some(&field)),
            Some(Effect::Undeprecated)
        );
        assert_eq!(effect(None, Some(&field)), Some(Effect::Added));
        assert_eq!(effect(Some(&field), None), Some(Effect::Removed));
    }

    #[test]
    fn arguments_of_one_type_that_change_places_are_swapped() {
        let text = "fn new(impl Into<String>, impl Into<String>) -> Self";
        let new = symbol("constructor", text, &["A", "B"]);
        let swapped = symbol("constructor", text, &["B", "A"]);
        let renamed = symbol("constructor", text, &["A", "C"]);
        assert_eq!(effect(Some(&new), Some(&swapped)), Some(Effect::Swapped));
        assert_eq!(effect(Some(&new), Some(&renamed)), None);
    }

    #[test]
    fn a_short_path_breaks_where_it_becomes_ambiguous() {
        let short = symbol(SHORT, "use store::Order", &[]);
        let many = symbol(SHORT, AMBIGUOUS, &[]);
        assert_eq!(effect(Some(&short), Some(&many)), Some(Effect::Removed));
        assert_eq!(effect(Some(&many), Some(&short)), Some(Effect::Added));
        assert_eq!(effect(None, Some(&many)), None);
    }
}
