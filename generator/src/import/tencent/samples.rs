//! `examples.json`: a request as it is sent, with its host, and the answer to it.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::Report;
use crate::import::{Service, sample};
use crate::spec::{Http, Members, Note, Operation};

/// The end of most hosts.
const DOMAIN: &str = ".tencentcloudapi.com";

/// Gives each operation one of its samples, and the host that they are sent to where that is
/// not the service's own; `place` is the document's name in the report.
pub(super) fn add(
    service: &mut Service,
    samples: &Value,
    place: &str,
    report: &mut Report,
) {
    let product = service.file.product.clone();
    let mut lost: BTreeMap<&str, usize> = BTreeMap::new();
    let mut regional = 0;
    for operation in &mut service.operations {
        let shown = samples["actions"][operation.operation.as_str()].as_array();
        for sample in shown.into_iter().flatten() {
            if let Err(why) = one(operation, sample, &service.types) {
                *lost.entry(why).or_default() += 1;
            }
        }
        let mut hosts = shown.into_iter().flatten().filter_map(host);
        match hosts.next_back().map(|host| (kind(host, &product), host)) {
            None | Some((Host::Own, _)) => {}
            Some((Host::Regional, _)) => regional += 1,
            Some((kind, host)) => send(operation, kind, host, &mut lost),
        }
    }
    if 2 * regional > service.operations.len() {
        let regional = format!("{product}.{{region}}{DOMAIN}");
        service.file.endpoint.regional = Some(regional);
    } else if regional > 0 {
        *lost
            .entry("host of a sample that has a region")
            .or_default() += regional;
    }
    for (why, count) in lost {
        report.lose_many(why, count, || place.to_owned());
    }
}

/// Says where an operation is sent that its samples send elsewhere.
fn send(
    operation: &mut Operation,
    kind: Host,
    host: &str,
    lost: &mut BTreeMap<&str, usize>,
) {
    match kind {
        Host::Special => {
            let http = operation.http.get_or_insert_with(Http::default);
            http.host = Some(host.to_owned());
        }
        Host::OfOthers => operation.notes.push(Note {
            at: "http".to_owned(),
            note: format!("The provider's sample is sent to `{host}`."),
            ..Note::default()
        }),
        Host::Own | Host::Regional | Host::Invented => {
            *lost.entry("host of a sample that is none").or_default() += 1;
        }
    }
}

/// Takes a sample over where there is none yet.
fn one(
    operation: &mut Operation,
    sample: &Value,
    types: &IndexMap<String, Members>,
) -> Result<(), &'static str> {
    if !operation.examples.is_empty() {
        return Err("sample of an operation that has one already");
    }
    let text = |key: &str| sample[key].as_str().unwrap_or_default();
    let sent = text("input");
    let body = sent.find('{').map(|at| &sent[at..]);
    let body = body.ok_or("sample whose request is no JSON")?;
    let mut values = serde_json::Deserializer::from_str(body).into_iter::<Value>();
    let Some(Ok(request)) = values.next() else {
        return Err("sample whose request is no JSON");
    };
    let Ok(answer) = serde_json::from_str::<Value>(text("output")) else {
        return Err("sample whose response is no JSON");
    };
    let response = answer.get("Response").unwrap_or(&answer);
    if response.get("Error").is_some() && !operation.response.contains_key("Error") {
        return Err("sample of an error");
    }
    let example = sample::invent(operation, types, Some(&request), Some(response))?;
    operation.examples.push(example);
    Ok(())
}

/// The host that a sample is sent to.
fn host(sample: &Value) -> Option<&str> {
    let lines = sample["input"].as_str()?.lines();
    lines.map(str::trim).find_map(|line| {
        let (key, host) = line.split_once(':')?;
        key.eq_ignore_ascii_case("host").then(|| host.trim())
    })
}

enum Host {
    /// The service's own.
    Own,
    /// The service's own, with a region in it.
    Regional,
    /// Another one of the provider.
    Special,
    /// The one of another service, which most often is a slip of the page.
    OfOthers,
    /// A placeholder.
    Invented,
}

fn kind(host: &str, product: &str) -> Host {
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
    let labels = host.strip_suffix(DOMAIN).map(|labels| {
        let own = labels.strip_prefix(product);
        own.map(|rest| rest.strip_prefix('.').unwrap_or(rest))
    });
    let is_region = |label: &str| {
        label == "<region>" || label == "{region}" || label.split('-').count() > 1
    };
    match labels {
        Some(Some("")) => Host::Own,
        Some(Some(label)) if is_region(label) => Host::Regional,
        _ if !host.contains('.') || !host.chars().all(safe) => Host::Invented,
        Some(None) if host.starts_with("xxx.") => Host::Invented,
        Some(None) => Host::OfOthers,
        _ => Host::Special,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_the_services_own_or_not() {
        for (host, which) in [
            ("shelf.tencentcloudapi.com", "own"),
            ("shelf.<region>.tencentcloudapi.com", "regional"),
            ("shelf.ap-guangzhou.tencentcloudapi.com", "regional"),
            ("shelf.ai.tencentcloudapi.com", "special"),
            ("file.shelf.tencent.cn", "special"),
            ("barn.tencentcloudapi.com", "others"),
            ("xxx.tencentcloudapi.com", "invented"),
            ("<host>", "invented"),
        ] {
            let found = match kind(host, "shelf") {
                Host::Own => "own",
                Host::Regional => "regional",
                Host::Special => "special",
                Host::OfOthers => "others",
                Host::Invented => "invented",
            };
            assert_eq!(found, which, "{host}");
        }
        let sample = serde_json::json!({ "input": "POST / HTTP/1.1\nHost: a.b\n\n{}" });
        assert_eq!(host(&sample), Some("a.b"));
    }
}
