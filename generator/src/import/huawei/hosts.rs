//! Where a service answers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::kit::{Reader, entries, items};
use crate::spec::{Endpoint, Gap};

/// What stands for a region in a host.
const REGION: &str = "{region}";

/// The hosts of the SDK facts: the rule that most regions follow, and those that do not.
pub(super) fn of_regions(regions: &Value, reader: &mut Reader<'_>) -> Option<Endpoint> {
    let mut rules: BTreeMap<String, Vec<(&str, String)>> = BTreeMap::new();
    let mut more: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (region, urls) in entries(regions) {
        if !is_label(region) {
            reader.lose("region whose name is none", region);
            continue;
        }
        let hosts = items(urls).filter_map(|url| host(url, reader));
        for (rank, host) in hosts.enumerate() {
            let rule = host.replace(region, REGION);
            if rank == 0 {
                rules.entry(rule).or_default().push((region, host));
            } else {
                more.entry(rank).or_default().push(rule);
            }
        }
    }
    // Of two rules that as many regions follow, one with a region in it says more.
    let weight =
        |(rule, regions): &(&String, &Vec<_>)| (regions.len(), rule.contains(REGION));
    let rule = rules.iter().max_by_key(weight)?.0.clone();
    let followers = rules.remove(&rule)?;
    let names = |regions: Vec<(&str, String)>| -> Vec<String> {
        let names: BTreeSet<_> = regions.into_iter().map(|(region, _)| region).collect();
        names.into_iter().map(str::to_owned).collect()
    };
    let mut endpoint = Endpoint::default();
    if rule.contains(REGION) {
        endpoint.regional = Some(rule);
        endpoint.regions = names(followers);
    } else {
        endpoint.global = Some(rule);
        if !rules.is_empty() {
            endpoint.global_regions = names(followers);
        }
    }
    for (region, host) in rules.into_values().flatten() {
        endpoint.hosts.insert(region.to_owned(), host);
    }
    endpoint.hosts.sort_keys();
    alternates(&mut endpoint, more, reader);
    Some(endpoint)
}

/// Second and further hosts of regions, where all that have one follow one rule.
fn alternates(
    endpoint: &mut Endpoint,
    more: BTreeMap<usize, Vec<String>>,
    reader: &mut Reader<'_>,
) {
    for (rank, mut rules) in more {
        let count = rules.len();
        rules.sort();
        rules.dedup();
        match rules.as_slice() {
            [rule] => {
                let name = format!("alternate{rank}");
                endpoint.alternates.insert(name, rule.clone());
            }
            _ => reader.lose_many("further host of a region", count, "regions"),
        }
    }
}

/// The host of a URL.
fn host(url: &Value, reader: &mut Reader<'_>) -> Option<String> {
    let text = url.as_str().unwrap_or_default();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest
        .split('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if !is_host(&host) {
        reader.lose("host that is none", text);
        return None;
    }
    Some(host)
}

/// The host that the `OpenAPI` document names, or what can be made of its prefix or of the
/// service's name, with a gap that says so.
pub(super) fn of_info(
    info: &Value,
    service: &str,
    reader: &mut Reader<'_>,
) -> (Endpoint, Option<Gap>) {
    let mut endpoint = Endpoint::default();
    let stated = info["x-host"].as_str().map(str::trim);
    let host = stated.filter(|host| is_host(&host.replace(REGION, "region")));
    if let Some(host) = host {
        if host.contains(REGION) {
            endpoint.regional = Some(host.to_owned());
        } else {
            endpoint.global = Some(host.to_owned());
        }
        return (endpoint, None);
    }
    if let Some(stated) = stated {
        reader.lose("host that is none", stated);
    }
    let prefix = info["x-host_prefix"].as_str().unwrap_or(service);
    let prefix = if is_host(prefix) { prefix } else { service };
    reader.lose("service without a host, which is made of a name", prefix);
    endpoint.regional = Some(format!("{prefix}.{REGION}.myhuaweicloud.com"));
    let gap = Gap {
        at: "endpoint".to_owned(),
        why: "No host is told; this one is made as those of most services are."
            .to_owned(),
        answers: Vec::new(),
    };
    (endpoint, Some(gap))
}

/// Whether a text is a name of DNS.
fn is_host(text: &str) -> bool {
    text.split('.').all(is_label)
}

/// Whether a text is one part of a name of DNS.
fn is_label(label: &str) -> bool {
    let safe = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=63).contains(&label.len())
        && label.bytes().all(safe)
        && !label.starts_with('-')
        && !label.ends_with('-')
}
