//! Structures under other names, at other places, or travelling another way.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::host::{Claim, Found, Host};
use super::pairs::{Pair, Pairs, Spot};
use super::rules::structure as rules;
use crate::model::Structure;

/// What became of the structure itself; its members are compared elsewhere.
pub(super) fn compare(pair: &Pair<'_>, found: &mut Found<'_>) {
    let host = pair.host();
    let owners = [
        Claim::owner(&host.old, &pair.old.owner),
        Claim::owner(&host.new, &pair.new.owner),
    ];
    let paths = (&pair.old.at, &pair.new.at);
    let is_shared = |spot: &Spot<'_>| spot.home.operation.is_none();
    if is_shared(&pair.old) != is_shared(&pair.new) {
        let values = (
            Some(json!(pair.old.home.id())),
            Some(json!(pair.new.home.id())),
        );
        let message = format!(
            "the structure `{}` moved to {}",
            pair.new.structure.name,
            pair.new.home.file().display()
        );
        found
            .changed(&rules::MOVED, &host, paths, values, message)
            .claim(owners.clone())
            .claim(pair.users.iter().cloned());
    } else if pair.old.owner != pair.new.owner {
        let values = (Some(json!(pair.old.owner)), Some(json!(pair.new.owner)));
        let message = format!(
            "the structure `{}` was `{}`",
            pair.new.owner, pair.old.owner
        );
        found
            .changed(&rules::RENAMED, &host, paths, values, message)
            .claim(owners.clone())
            .claim(pair.users.iter().cloned());
    }
    let way = |one: &Structure| match (one.sent, one.received) {
        (true, true) => "sent and received",
        (true, false) => "sent",
        _ => "received",
    };
    let (old, new) = (way(pair.old.structure), way(pair.new.structure));
    if old != new {
        let message = format!(
            "the structure `{}` is {new}, was {old}",
            pair.new.structure.name
        );
        let host = host.under("direction");
        let values = (Some(json!(old)), Some(json!(new)));
        found
            .changed(&rules::DIRECTION, &host, paths, values, message)
            .claim(owners);
    }
}

/// Structures that several stand for on the other side.
pub(super) fn split(pairs: &Pairs<'_>, found: &mut Found<'_>) {
    type Side<'a> = BTreeMap<(String, String), (BTreeSet<String>, &'a Pair<'a>)>;
    let (mut parts, mut wholes) = (Side::new(), Side::new());
    for pair in pairs.0.values() {
        let key = |spot: &Spot<'_>| (spot.home.id(), spot.owner.clone());
        let (old, new) = (key(&pair.old), key(&pair.new));
        let before = parts.entry(old.clone()).or_insert((BTreeSet::new(), pair));
        before.0.insert(new.1.clone());
        let after = wholes.entry(new).or_insert((BTreeSet::new(), pair));
        after.0.insert(old.1);
    }
    for ((id, name), (others, pair)) in parts {
        if others.len() > 1 {
            let message = format!("`{name}` became {}", listed(&others));
            let values = (Some(json!(name)), Some(json!(others)));
            let host = at(pair, &id, &name);
            let paths = (&pair.old.at, &pair.new.at);
            found
                .changed(&rules::SPLIT, &host, paths, values, message)
                .claim(pair.users.iter().cloned());
        }
    }
    for ((id, name), (others, pair)) in wholes {
        if others.len() > 1 {
            let message = format!("{} became `{name}`", listed(&others));
            let values = (Some(json!(others)), Some(json!(name)));
            let host = at(pair, &id, &name);
            let paths = (&pair.old.at, &pair.new.at);
            found
                .changed(&rules::MERGED, &host, paths, values, message)
                .claim(pair.users.iter().cloned());
        }
    }
}

fn at(pair: &Pair<'_>, id: &str, name: &str) -> Host {
    Host {
        subject: format!("{id}/types/{name}"),
        ..pair.host()
    }
}

fn listed(names: &BTreeSet<String>) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
