//! The compiled crate against the specs that a person transcribed, which are read here without the generator: every
//! wire name and place, every bound at, below and above its limit, every known value, every
//! error code, every sample in both directions.

mod conform {
    pub(crate) mod compiled;
    pub(crate) mod spec;
}

use conform::compiled::{Compiled, all};
use conform::spec::{Spec, scalar};
use serde_json::{Value as Json, json};
use serde_yaml::Value as Yaml;
use yunspec_runtime::value::Value;

/// Every operation, compiled and as its spec says.
fn operations() -> Vec<(Compiled, Spec)> {
    let operations = all();
    assert_eq!(
        operations.len(),
        Spec::count(),
        "an operation has a spec and no row here"
    );
    operations
        .into_iter()
        .map(|row| {
            let spec = Spec::read(row.id);
            (row, spec)
        })
        .collect()
}

#[test]
fn every_member_has_its_wire_name_and_place() {
    let mut checked = 0;
    for (compiled, spec) in operations() {
        let request = (compiled.request)(&spec.least());
        let ours: Vec<_> = request
            .members()
            .iter()
            .map(|m| (m.name.to_owned(), m.location))
            .collect();
        let theirs: Vec<_> = spec
            .request()
            .map(|(name, m)| (name, spec.location(m)))
            .collect();
        assert_eq!(ours, theirs, "{}: request", compiled.id);
        let ours: Vec<_> = (compiled.response_members)();
        let theirs: Vec<_> = spec.response().map(|(name, _)| name).collect();
        assert_eq!(ours, theirs, "{}: response", compiled.id);
        checked += theirs.len() + request.members().len();
        for (name, ours) in (compiled.structures)() {
            let theirs: Vec<_> = spec.structure(name).map(|(name, _)| name).collect();
            assert_eq!(ours, theirs, "{}: {name}", compiled.id);
            checked += theirs.len();
        }
    }
    println!("conform: {checked} members have their wire names and places");
    assert!(checked > 50);
}

#[test]
fn every_bound_holds_at_below_and_above_its_limit() {
    let mut checked = 0;
    for (compiled, spec) in operations() {
        for (name, member) in spec.request() {
            for (value, breaks) in edges(member) {
                let mut input = spec.least();
                input[name.as_str()] = value.clone();
                let found = (compiled.request)(&input).validate().err();
                let broken =
                    found.is_some_and(|all| all.iter().any(|one| one.member == name));
                assert_eq!(broken, breaks, "{}: {name} with {value}", compiled.id);
                checked += 1;
            }
        }
    }
    println!("conform: {checked} values at, below and above the bounds");
    assert!(checked > 20);
}

/// Values around each limit of a member, and whether they break a rule.
fn edges(member: &Yaml) -> Vec<(Json, bool)> {
    let limit = |key: &str| {
        member[key]
            .as_u64()
            .and_then(|limit| usize::try_from(limit).ok())
    };
    // A letter that every documented character set admits.
    let text = |length: usize| json!("a".repeat(length));
    let mut edges = Vec::new();
    if let Some(max) = limit("max_length") {
        edges.extend([
            (text(max - 1), false),
            (text(max), false),
            (text(max + 1), true),
        ]);
        if member["pattern"].is_null() {
            edges.push((json!("张".repeat(max)), false));
        }
    }
    if let Some(min) = limit("min_length") {
        edges.extend([
            (text(min - 1), true),
            (text(min), false),
            (text(min + 1), false),
        ]);
    }
    if let Some(max) = limit("max_bytes") {
        edges.extend([
            (text(max - 1), false),
            (text(max), false),
            (text(max + 1), true),
        ]);
        edges.extend([
            (json!("张".repeat(max / 3)), false),
            (json!("张".repeat(max / 3 + 1)), true),
        ]);
    }
    if let (Some(max), Some(by)) = (limit("max_items"), member["separator"].as_str()) {
        let items = |count: usize| json!(vec!["1"; count].join(by));
        edges.extend([
            (items(max - 1), false),
            (items(max), false),
            (items(max + 1), true),
        ]);
    }
    let list = |key: &str| member[key].as_sequence().cloned().unwrap_or_default();
    edges.extend(list("matches").iter().map(|text| (scalar(text), false)));
    edges.extend(list("refuses").iter().map(|text| (scalar(text), true)));
    edges
}

#[test]
fn every_known_value_is_a_variant_and_any_other_survives() {
    let mut checked = 0;
    for (compiled, spec) in operations() {
        for (index, (name, member)) in spec.request().enumerate() {
            let values = member["enum"].as_sequence().cloned().unwrap_or_default();
            if values.is_empty() || member["type"] == "boolean" {
                continue;
            }
            let known = values.iter().map(|value| scalar(&value["value"]));
            let strange = if values[0]["value"].is_string() {
                json!("of-tomorrow")
            } else {
                json!(7)
            };
            for value in known.chain([strange.clone()]) {
                let mut input = spec.least();
                input[name.as_str()] = value.clone();
                let request = (compiled.request)(&input);
                assert_eq!(
                    written(&request.value(index)),
                    value,
                    "{}: {name}",
                    compiled.id
                );
                let unknown = request.debug().contains("Unknown(");
                assert_eq!(
                    unknown,
                    value == strange,
                    "{}: {name}: {value}",
                    compiled.id
                );
                assert!(request.validate().is_ok(), "an enumeration is open");
                checked += 1;
            }
        }
    }
    println!("conform: {checked} values of enumerations");
    assert!(checked > 10);
}

#[test]
fn every_error_code_is_a_variant() {
    let mut checked = 0;
    for (compiled, spec) in operations() {
        let codes: Vec<String> = spec
            .errors()
            .filter_map(|e| e["code"].as_str().map(str::to_owned))
            .collect();
        assert_eq!((compiled.codes)(), codes, "{}", compiled.id);
        for error in spec.errors().filter(|error| error["code"].is_string()) {
            let template = error["message"]
                .as_str()
                .filter(|message| message.contains("%s"));
            let ours = (compiled.template)(error["code"].as_str().expect("a text"));
            assert_eq!(ours, template, "{}: {:?}", compiled.id, error["code"]);
        }
        checked += codes.len();
    }
    println!("conform: {checked} error codes");
    assert!(checked > 30);
}

#[test]
fn every_sample_goes_both_ways() {
    let mut checked = 0;
    for (compiled, spec) in operations() {
        for example in spec.examples() {
            if let Some(sample) = example.get("request") {
                let sample: Json =
                    serde_json::to_value(sample).expect("a sample is JSON");
                let request = (compiled.request)(&sample);
                let rows = request.members().iter().enumerate();
                let sent = rows.map(|(index, row)| {
                    (row.name.to_owned(), written(&request.value(index)))
                });
                let sent: serde_json::Map<_, _> =
                    sent.filter(|(_, value)| !value.is_null()).collect();
                assert_eq!(Json::Object(sent), sample, "{}", compiled.id);
                checked += 1;
            }
            if let Some(sample) = example.get("response") {
                let sample: Json =
                    serde_json::to_value(sample).expect("a sample is JSON");
                let decoded =
                    (compiled.response)(sample.clone()).expect("the sample fits");
                holds_every_leaf(compiled.id, &decoded, &sample);
                if let Some(xml) = example.get("response_xml").and_then(Yaml::as_str) {
                    let parsed =
                        yunspec_runtime::xml::parse(xml.as_bytes()).expect("XML");
                    assert_eq!(
                        (compiled.response)(parsed),
                        Ok(decoded),
                        "{}: XML",
                        compiled.id
                    );
                }
                checked += 1;
            }
        }
    }
    println!("conform: {checked} samples");
    assert!(checked >= 6);
}

/// The decoded value shows each leaf of the sample; secrets as `***`.
fn holds_every_leaf(id: &str, decoded: &str, sample: &Json) {
    match sample {
        Json::Object(members) => members
            .values()
            .for_each(|value| holds_every_leaf(id, decoded, value)),
        Json::Array(items) => items
            .iter()
            .for_each(|item| holds_every_leaf(id, decoded, item)),
        leaf => {
            let shown = decoded.contains(&leaf.to_string());
            let secret = decoded.contains("***") && leaf.is_string();
            assert!(shown || secret, "{id}: {leaf} is lost in {decoded}");
        }
    }
}

fn written(value: &Value<'_>) -> Json {
    match value {
        Value::Absent => Json::Null,
        Value::String(text) => json!(text),
        Value::Secret(text) => json!(text),
        Value::Integer(number) => json!(number),
        Value::Unsigned(number) => json!(number),
        Value::Number(number) => json!(number),
        Value::Boolean(value) => json!(value),
        other => panic!("no request of these operations nests: {other:?}"),
    }
}
