//! Hosts and regions.

use serde_json::json;

use super::Rule;
use super::host::{Found, Host};
use super::rules::endpoint as rules;
use crate::diagnostic::KeyPath;
use crate::model::Endpoint;

/// The changes of a service's hosts.
pub(super) fn compare(
    host: &Host,
    old: &Endpoint,
    new: &Endpoint,
    found: &mut Found<'_>,
) {
    let path = KeyPath::default().key("endpoint");
    let host = host.under("endpoint");
    let hosts = [
        (
            "global",
            [
                &rules::GLOBAL_ADDED,
                &rules::GLOBAL_REMOVED,
                &rules::GLOBAL_CHANGED,
            ],
            &old.global,
            &new.global,
        ),
        (
            "regional",
            [
                &rules::REGIONAL_ADDED,
                &rules::REGIONAL_REMOVED,
                &rules::REGIONAL_CHANGED,
            ],
            &old.regional,
            &new.regional,
        ),
    ];
    for (key, rules, old, new) in hosts {
        one(
            (&host.under(key), &path.key(key)),
            rules,
            (old.as_ref(), new.as_ref()),
            found,
        );
    }
    let lists = [
        (
            "regions",
            [&rules::REGION_ADDED, &rules::REGION_REMOVED],
            &old.regions,
            &new.regions,
        ),
        (
            "global_regions",
            [&rules::GLOBAL_REGION_ADDED, &rules::GLOBAL_REGION_REMOVED],
            &old.global_regions,
            &new.global_regions,
        ),
    ];
    for (key, rules, old, new) in lists {
        list((&host, &path.key(key), key), rules, (old, new), found);
    }
    let named = [
        (
            "hosts",
            [&rules::OWN_ADDED, &rules::OWN_REMOVED, &rules::OWN_CHANGED],
            &old.hosts,
            &new.hosts,
        ),
        (
            "alternates",
            [
                &rules::ALTERNATE_ADDED,
                &rules::ALTERNATE_REMOVED,
                &rules::ALTERNATE_CHANGED,
            ],
            &old.alternates,
            &new.alternates,
        ),
    ];
    for (key, rules, old, new) in named {
        let gained = new.keys().filter(|name| !old.contains_key(*name));
        for name in old.keys().chain(gained) {
            let host = host.under(&format!("{key}/{name}"));
            let path = path.key(key).key(name);
            one((&host, &path), rules, (old.get(name), new.get(name)), found);
        }
    }
}

fn one(
    (host, path): (&Host, &KeyPath),
    [added, removed, changed]: [&'static Rule; 3],
    pair: (Option<&String>, Option<&String>),
    found: &mut Found<'_>,
) {
    let what = &host.subject;
    match pair {
        (Some(old), Some(new)) if old != new => {
            let message = format!("{what} is `{new}`, was `{old}`");
            let values = (Some(json!(old)), Some(json!(new)));
            found.changed(changed, host, (path, path), values, message);
        }
        (None, Some(new)) => {
            found.added(
                added,
                host,
                path,
                json!(new),
                format!("{what} is new: `{new}`"),
            );
        }
        (Some(old), None) => {
            let message = format!("{what} is gone, was `{old}`");
            found.removed(removed, host, path, json!(old), message);
        }
        _ => {}
    }
}

fn list(
    (host, path, key): (&Host, &KeyPath, &str),
    [added, removed]: [&'static Rule; 2],
    (old, new): (&[String], &[String]),
    found: &mut Found<'_>,
) {
    for (index, region) in new.iter().enumerate() {
        if !old.contains(region) {
            let host = host.under(&format!("{key}/{region}"));
            let message = format!("{key} has `{region}`");
            found.added(added, &host, &path.item(index), json!(region), message);
        }
    }
    for (index, region) in old.iter().enumerate() {
        if !new.contains(region) {
            let host = host.under(&format!("{key}/{region}"));
            let message = format!("{key} has no `{region}` any more");
            found.removed(removed, &host, &path.item(index), json!(region), message);
        }
    }
}
