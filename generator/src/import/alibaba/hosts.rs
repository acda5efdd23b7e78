//! Which host answers for which region: lists of pairs become rules with exceptions.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::import::{Report, Service};
use crate::spec::{Endpoint, Gap};

/// What documents say of the hosts of a service.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    /// The host of each region.
    pub(super) regions: IndexMap<String, String>,
    /// The host of each region on private networks.
    pub(super) private: IndexMap<String, String>,
    /// The host without a region.
    pub(super) global: Option<String>,
    /// Whether the SDKs make a host of product and region, or of the product alone, where
    /// they know no other.
    pub(super) rule: Option<Rule>,
}

/// How the SDKs make a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// `PRODUCT.REGION.aliyuncs.com`.
    Regional,
    /// `PRODUCT.aliyuncs.com`.
    Central,
}

impl Hosts {
    /// The list of a document: `[{ regionId, endpoint }]`.
    pub(super) fn listed(list: &Value) -> Self {
        let pairs = list.as_array().into_iter().flatten();
        let regions = pairs.filter_map(|pair| {
            let text = |key: &str| pair[key].as_str().map(str::to_owned);
            text("regionId").zip(text("endpoint"))
        });
        Self {
            regions: regions.collect(),
            ..Self::default()
        }
    }

    /// Takes what another document alone knows; `place` is its name.
    pub(super) fn add(&mut self, other: Self, place: &str, report: &mut Report) {
        for (own, others) in [
            (&mut self.regions, other.regions),
            (&mut self.private, other.private),
        ] {
            for (region, host) in others {
                match own.get(&region) {
                    Some(known) if *known != host => {
                        let kind =
                            "host of a region that a more trusted source has otherwise";
                        report.lose(kind, || format!("{place}: {region}: {host}"));
                    }
                    Some(_) => {}
                    None => {
                        own.insert(region, host);
                    }
                }
            }
        }
        self.global = self.global.take().or(other.global);
        self.rule = self.rule.or(other.rule);
    }

    /// Says in the service where it answers.
    pub(super) fn settle(
        mut self,
        service: &mut Service,
        place: &str,
        report: &mut Report,
    ) {
        for hosts in [&mut self.regions, &mut self.private] {
            hosts.retain(|region, host| {
                *host = host.trim().trim_end_matches('/').to_ascii_lowercase();
                let fine = is_host(host) && is_label(region);
                if !fine {
                    let kind = "host that is none";
                    report.lose(kind, || format!("{place}: {region}: {host}"));
                }
                fine
            });
        }
        self.global = self.global.take().filter(|host| is_host(host));
        let file = &mut service.file;
        let product = file.product.to_ascii_lowercase();
        file.endpoint = self.endpoint();
        if file.endpoint.global.is_none()
            && file.endpoint.regional.is_none()
            && file.endpoint.hosts.is_empty()
        {
            guess(&mut file.endpoint, self.rule, &product);
            report.lose("service whose hosts no document lists", || place.to_owned());
            file.gaps.push(Gap {
                at: "endpoint".to_owned(),
                why: "No document lists its hosts; this is the host that the provider's SDKs \
                      make where they know none."
                    .to_owned(),
                answers: Vec::new(),
            });
        }
        self.alternates(&mut file.endpoint, place, report);
    }

    fn endpoint(&self) -> Endpoint {
        let mut endpoint = Endpoint::default();
        let template = most(&self.regions, |region, host| template(host, region));
        let plain = most(&self.regions, |_, host| {
            // A region's own host is no host for those who name no region.
            let own = self
                .regions
                .keys()
                .any(|region| self::template(host, region).is_some());
            (!own).then(|| host.to_owned())
        });
        let (count, all) = match &plain {
            Some(host) => (
                self.regions.values().filter(|one| *one == host).count(),
                self.regions.len(),
            ),
            None => (0, 0),
        };
        endpoint.global.clone_from(&self.global);
        if endpoint.global.is_none() && count > 0 && (count > 1 || count == all) {
            endpoint.global = plain;
        }
        for (region, host) in &self.regions {
            if endpoint.global.as_ref() == Some(host) {
                endpoint.global_regions.push(region.clone());
            } else if template.is_some() && self::template(host, region) == template {
                endpoint.regions.push(region.clone());
            } else {
                endpoint.hosts.insert(region.clone(), host.clone());
            }
        }
        if endpoint.regions.is_empty() {
            // One host for all regions, with exceptions at most.
            endpoint.global_regions.clear();
        } else {
            endpoint.regional = template;
        }
        endpoint.global_regions.sort();
        endpoint.regions.sort();
        endpoint.hosts.sort_keys();
        endpoint
    }

    /// The hosts on private networks, where one rule gives them.
    fn alternates(&self, endpoint: &mut Endpoint, place: &str, report: &mut Report) {
        let rule = most(&self.private, |region, host| {
            Some(template(host, region).unwrap_or_else(|| host.to_owned()))
        });
        let Some(rule) = rule else {
            return;
        };
        let others = self.private.iter().filter(|(region, host)| {
            **host != rule && template(host, region).as_ref() != Some(&rule)
        });
        report.lose_many(
            "host of a region on private networks",
            others.count(),
            || place.to_owned(),
        );
        endpoint.alternates.insert("vpc".to_owned(), rule);
    }
}

fn guess(endpoint: &mut Endpoint, rule: Option<Rule>, product: &str) {
    if rule == Some(Rule::Central) {
        endpoint.global = Some(format!("{product}.aliyuncs.com"));
    } else {
        endpoint.regional = Some(format!("{product}.{{region}}.aliyuncs.com"));
    }
}

/// The most frequent text that the pairs become; of several, the first by name.
fn most(
    pairs: &IndexMap<String, String>,
    become_: impl Fn(&str, &str) -> Option<String>,
) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (region, host) in pairs {
        if let Some(text) = become_(region, host) {
            *counts.entry(text).or_default() += 1;
        }
    }
    let best = counts.iter().rev().max_by_key(|(_, count)| **count);
    best.map(|(text, _)| text.clone())
}

/// The host with `{region}` for the region; nothing where the region is no part of it.
fn template(host: &str, region: &str) -> Option<String> {
    let at = host.find(region)?;
    let (before, rest) = host.split_at(at);
    let after = &rest[region.len()..];
    let edge = |c: Option<char>| c.is_none_or(|c| c == '.' || c == '-');
    (edge(before.chars().next_back()) && edge(after.chars().next()))
        .then(|| format!("{before}{{region}}{after}"))
}

fn is_host(host: &str) -> bool {
    host.len() <= 253 && host.contains('.') && host.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !label.is_empty()
        && label.len() <= 63
        && label.chars().all(safe)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(pairs: &[(&str, &str)]) -> Endpoint {
        let regions = pairs
            .iter()
            .map(|(one, other)| ((*one).into(), (*other).into()));
        Hosts {
            regions: regions.collect(),
            ..Hosts::default()
        }
        .endpoint()
    }

    #[test]
    fn one_host_for_all() {
        let found = endpoint(&[("a-1", "x.example.com"), ("b-1", "x.example.com")]);
        assert_eq!(found.global.as_deref(), Some("x.example.com"));
        assert!(found.global_regions.is_empty() && found.hosts.is_empty());
    }

    #[test]
    fn a_rule_a_shared_host_and_an_exception() {
        let found = endpoint(&[
            ("a-1", "x.a-1.example.com"),
            ("b-1", "x.b-1.example.com"),
            ("c-1", "x.example.com"),
            ("d-1", "x.example.com"),
            ("e-1", "y.example.com"),
        ]);
        assert_eq!(found.regional.as_deref(), Some("x.{region}.example.com"));
        assert_eq!(found.regions, ["a-1", "b-1"]);
        assert_eq!(found.global.as_deref(), Some("x.example.com"));
        assert_eq!(found.global_regions, ["c-1", "d-1"]);
        assert_eq!(found.hosts["e-1"], "y.example.com");
    }

    #[test]
    fn a_region_must_stand_alone_in_its_host() {
        assert_eq!(
            template("x.cn-1.a.com", "cn-1").as_deref(),
            Some("x.{region}.a.com")
        );
        assert_eq!(template("x.cn-12.a.com", "cn-1"), None);
    }
}
