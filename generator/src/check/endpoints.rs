//! Rules about hosts: a host decides where a signed request goes.

use super::report::Report;
use crate::diagnostic::{KeyPath, rules};
use crate::load::node::Source;
use crate::spec::{Endpoint, ServiceFile};

rules! {
    "endpoints";
    ENDPOINT_MISSING: Error "endpoint-missing",
        "A service without a host",
        "No call could be made.",
        "Give `endpoint` a `global` or a `regional` host, or `hosts`; official SDKs know them.",
        "endpoint: {}";
    ENDPOINT_INVALID: Error "endpoint-invalid",
        "A host that is not plain DNS labels",
        "A host decides where a signed request goes: no scheme, port, path or user stands in it.",
        "Write labels of lower-case letters, digits and hyphens, joined by dots.",
        "global: store.example.com/v1";
    PLAIN_HTTP: Error "plain-http-endpoint",
        "A host with http://",
        "Requests carry credentials and travel over HTTPS only.",
        "Write the host alone.",
        "global: http://store.example.com";
    FACT_INVALID: Error "product-or-version-invalid",
        "A product or version that cannot travel",
        "Both go into headers and signatures: visible ASCII signs, and no blanks.",
        "Write it as an official SDK sends it.",
        "version: 版本一";
    REGION_RULE: Error "region-rule-missing",
        "Regions without a rule that makes hosts of them, or the other way round",
        "A region that the spec lists could not be called.",
        "Write `{region}` into the regional host; give `regions` a `regional` host and \
         `global_regions` a `global` one.",
        "regional: store.example.com";
}

/// Product, version and hosts of a service.
pub(super) fn service(file: &ServiceFile, source: &Source, report: &mut Report) {
    let path = KeyPath::default().key("endpoint");
    let endpoint = &file.service.endpoint;
    let facts = [
        ("product", &file.service.product),
        ("version", &file.service.version),
    ];
    for (key, text) in facts {
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_graphic()) {
            let message = format!("{text:?} is no {key}: it travels in every call");
            report.value(&FACT_INVALID, source, &KeyPath::default().key(key), message);
        }
    }
    let gated = file.service.gated.is_some();
    let none = endpoint.global.is_none() && endpoint.regional.is_none();
    if none && endpoint.hosts.is_empty() && !gated {
        report.key(
            &ENDPOINT_MISSING,
            source,
            &path,
            "neither a global nor a regional host",
        );
    }
    for (key, host) in hosts(endpoint, &path) {
        self::host(host, source, &key, report);
    }
    let regional = endpoint.regional.as_deref();
    if regional.is_some_and(|host| !host.contains("{region}")) {
        let message = "the regional host does not hold `{region}`";
        report.value(&REGION_RULE, source, &path.key("regional"), message);
    }
    for (key, regions, host) in [
        ("regions", &endpoint.regions, endpoint.regional.is_some()),
        (
            "global_regions",
            &endpoint.global_regions,
            endpoint.global.is_some(),
        ),
    ] {
        if !regions.is_empty() && !host {
            let message = format!("`{key}` are listed and no host serves them");
            report.key(&REGION_RULE, source, &path.key(key), message);
        }
        let path = path.key(key);
        for (index, name) in regions.iter().enumerate() {
            region(name, source, &path.item(index), report);
        }
    }
    let path = path.key("hosts");
    for (name, host) in &endpoint.hosts {
        region(name, source, &path.key(name), report);
        if host.contains("{region}") {
            let message = format!("the host of {name:?} is for that region alone");
            report.value(&REGION_RULE, source, &path.key(name), message);
        }
    }
}

fn region(name: &str, source: &Source, path: &KeyPath, report: &mut Report) {
    if !label(name) {
        let message = format!("{name:?} is no region: it becomes a part of the host");
        report.value(&ENDPOINT_INVALID, source, path, message);
    }
}

fn hosts<'e>(
    endpoint: &'e Endpoint,
    path: &KeyPath,
) -> impl Iterator<Item = (KeyPath, &'e str)> {
    let own = [
        ("global", &endpoint.global),
        ("regional", &endpoint.regional),
    ];
    let own = own
        .into_iter()
        .filter_map(|(key, host)| Some((path.key(key), host.as_deref()?)));
    let named = [
        ("hosts", &endpoint.hosts),
        ("alternates", &endpoint.alternates),
    ];
    let others = named.into_iter().flat_map(|(name, hosts)| {
        let path = path.key(name);
        hosts
            .iter()
            .map(move |(key, host)| (path.key(key), host.as_str()))
    });
    let others: Vec<_> = others.collect();
    own.collect::<Vec<_>>().into_iter().chain(others)
}

fn host(host: &str, source: &Source, path: &KeyPath, report: &mut Report) {
    if host.to_ascii_lowercase().starts_with("http://") {
        report.value(
            &PLAIN_HTTP,
            source,
            path,
            format!("`{host}` is not encrypted"),
        );
        return;
    }
    if !is_host(host) {
        report.value(
            &ENDPOINT_INVALID,
            source,
            path,
            format!("{host:?} is no host"),
        );
    }
}

/// Two or more DNS labels; `{region}` may be one, or a part of one.
pub(super) fn is_host(host: &str) -> bool {
    let filled = host.replace("{region}", "region");
    let labels: Vec<&str> = filled.split('.').collect();
    labels.len() >= 2 && filled.len() <= 253 && labels.iter().all(|part| label(part))
}

/// One DNS label: lower-case letters, digits, inner hyphens, at most 63.
fn label(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !text.is_empty()
        && text.len() <= 63
        && text.bytes().all(plain)
        && !text.starts_with('-')
        && !text.ends_with('-')
}
