//! Every fact of the transcribed pages is in the model, and every known trap of these pages
//! is recorded where `tests/facts/traps.yaml` says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What `yunspec show --format json` prints for an operation.
fn shown(id: &str) -> Value {
    let model =
        yunspec::resolve(&root().join("specs")).expect("the specs pass the check");
    let shown = yunspec::show::find(&model, id).expect("the operation exists");
    serde_json::from_str(&shown.json()).expect("show prints JSON")
}

const GOLD: [(&str, &str); 5] = [
    (
        "seed0-alibaba-live-ModifyLiveMessageUserInfo",
        "alibaba/live/ModifyLiveMessageUserInfo",
    ),
    ("seed1-tencent-cam-UpdateUser", "tencent/cam/UpdateUser"),
    (
        "seed2-huawei-workspace-UpdateUser",
        "huawei/workspace/UpdateUserInfo",
    ),
    ("seed3-alibaba-ram-UpdateUser", "alibaba/ram/UpdateUser"),
    (
        "seed4-alibaba-quickbi-UpdateUser",
        "alibaba/quickbi-public/UpdateUser",
    ),
];

#[test]
fn every_fact_of_the_five_pages_is_in_the_model() {
    let gold = root().join("../shared/gold");
    if !gold.is_dir() {
        println!("skipped: ../shared/gold is absent; it holds the facts to compare with");
        return;
    }
    let mut missing = Vec::new();
    for (file, id) in GOLD {
        let text =
            std::fs::read_to_string(gold.join(format!("{file}.json"))).expect("readable");
        let gold: Value = serde_json::from_str(&text).expect("JSON");
        let mut facts = Facts {
            model: shown(id),
            all: 0,
            missing: Vec::new(),
        };
        facts.page(&gold);
        println!(
            "facts: {id}: {}/{}",
            facts.all - facts.missing.len(),
            facts.all
        );
        missing.extend(
            facts
                .missing
                .into_iter()
                .map(|fact| format!("{id}: {fact}")),
        );
    }
    assert!(
        missing.is_empty(),
        "not in the model:\n{}",
        missing.join("\n")
    );
}

struct Facts {
    model: Value,
    all: usize,
    missing: Vec<String>,
}

impl Facts {
    fn fact(&mut self, holds: bool, what: impl std::fmt::Display) {
        self.all += 1;
        if !holds {
            self.missing.push(what.to_string());
        }
    }

    fn page(&mut self, gold: &Value) {
        let model = self.model.clone();
        let operation = &model["operation"];
        self.equal("provider", &model["provider"]["id"], &gold["provider"]);
        self.equal("operation", &operation["name"], &gold["operation"]);
        self.equal("version", &model["service"]["version"], &gold["version"]);
        self.equal(
            "endpoint",
            &model["service"]["endpoint"]["global"],
            &gold["endpoint"],
        );
        self.equal("method", &operation["method"], &gold["method"]);
        self.equal("uri", &operation["path"], &gold["uri"]);
        if let Some(service) = gold["service"].as_str() {
            let holds = model["service"]["product"]
                .as_str()
                .is_some_and(|product| product.eq_ignore_ascii_case(service));
            self.fact(holds, format!("service {service}"));
        }
        for parameter in list(&gold["parameters"]) {
            self.parameter(&model, parameter);
        }
        for response in list(&gold["responses"]) {
            self.response(&model, response);
        }
        for error in list(&gold["errors"]) {
            self.error(&model, error);
        }
        self.surroundings(&model, gold);
    }

    fn equal(&mut self, what: &str, model: &Value, gold: &Value) {
        if !gold.is_null() {
            self.fact(
                model == gold,
                format!("{what}: {gold}, the model has {model}"),
            );
        }
    }

    fn parameter(&mut self, model: &Value, gold: &Value) {
        let name = text(&gold["name"]);
        let common = list(&model["provider"]["common_parameters"]);
        if let Some(found) = common.iter().find(|p| p["name"] == gold["name"]) {
            self.fact(true, name);
            self.equal(
                &format!("{name}.required"),
                &found["required"],
                &gold["required"],
            );
            return;
        }
        let found = member(&model["operation"]["request"], name);
        self.fact(found.is_some(), format!("request member {name}"));
        let Some(found) = found else { return };
        self.kind(model, name, found, gold);
        if !gold["required"].is_null() {
            self.equal(
                &format!("{name}.required"),
                &found["required"],
                &gold["required"],
            );
        }
        if let Some(location) = gold["wire_location"].as_str() {
            self.fact(
                found["location"] == location,
                format!("{name} in {location}"),
            );
        }
        if let Some(example) = gold["example"].as_str() {
            let holds = self.somewhere(model, example);
            self.fact(holds, format!("{name}.example {example}"));
        }
        for (constraint, value) in gold["constraints"].as_object().into_iter().flatten() {
            let holds = constraint_holds(model, found, name, constraint, value);
            self.fact(holds, format!("{name}.{constraint} {value}"));
        }
        for (value, _) in gold["enum_labels"].as_object().into_iter().flatten() {
            let labelled = values_of(model, found).iter().any(|known| {
                plain(&known["value"]) == *value && known["meaning"].is_string()
            });
            self.fact(labelled, format!("{name}: meaning of {value}"));
        }
        for _ in list(&gold["conditional_constraints"]) {
            self.fact(
                !list(&found["conditions"]).is_empty(),
                format!("{name}.conditions"),
            );
        }
    }

    fn kind(&mut self, model: &Value, name: &str, found: &Value, gold: &Value) {
        let wanted = text(&gold["type"]).to_lowercase();
        let shape = &found["shape"];
        let of = values_of(model, found);
        let holds = match wanted.as_str() {
            "string" => {
                shape == "string"
                    || shape == "timestamp"
                    || of.iter().all(|value| value["value"].is_string()) && !of.is_empty()
            }
            "integer" => {
                ["int32", "int64", "uint64"]
                    .iter()
                    .any(|kind| shape == kind)
                    || of.iter().all(|value| value["value"].is_i64()) && !of.is_empty()
            }
            "boolean" => shape == "boolean",
            "array" => shape["array"].is_object() || shape["array"].is_string(),
            "object" => shape["structure"].is_string(),
            _ => false,
        };
        self.fact(holds, format!("{name}: {wanted}, the model has {shape}"));
        let written = text(&gold["type_as_written"]);
        if !written.is_empty() && written.to_lowercase() != wanted {
            self.fact(
                found["written"] == written,
                format!("{name} written {written}"),
            );
        }
    }

    fn response(&mut self, model: &Value, gold: &Value) {
        let status = gold["status"].as_u64().unwrap_or(200);
        if let Some(envelope) = gold["envelope"].as_str() {
            self.fact(model["provider"]["envelope"] == envelope, "envelope");
        }
        if status == 200 {
            self.fields(model, &model["operation"]["response"], &gold["fields"]);
            return;
        }
        let errors = list(&model["operation"]["errors"]);
        self.fact(
            errors.iter().any(|error| error["status"] == status),
            format!("status {status}"),
        );
        for field in list(&gold["fields"]) {
            let body = list(&model["provider"]["error_body"]);
            let holds = body.iter().any(|member| member["name"] == field["name"]);
            self.fact(holds, format!("error body {}", field["name"]));
        }
    }

    fn fields(&mut self, model: &Value, structure: &Value, gold: &Value) {
        for field in list(gold) {
            let name = text(&field["name"]);
            let found = member(structure, name);
            self.fact(found.is_some(), format!("response member {name}"));
            let Some(found) = found else { continue };
            self.kind(model, name, found, field);
            if field["fields"].is_array() {
                let shape = &found["shape"];
                let inner = shape["structure"]
                    .as_str()
                    .or(shape["array"]["structure"].as_str());
                let named = structures(model)
                    .into_iter()
                    .find(|s| s["name"].as_str() == inner);
                self.fact(named.is_some(), format!("structure of {name}"));
                self.fields(model, &named.unwrap_or_default(), &field["fields"]);
            }
            if let Some(example) = field["example"].as_str() {
                let holds = self.somewhere(model, example);
                self.fact(holds, format!("{name}.example {example}"));
            }
        }
    }

    fn error(&mut self, model: &Value, gold: &Value) {
        let same = |error: &&Value| {
            error["code"] == gold["code"]
                && (gold["code"].is_string() || error["status"] == gold["http_status"])
        };
        let errors = list(&model["operation"]["errors"]);
        let found = errors.iter().find(same);
        let what = format!("error {} {}", gold["http_status"], gold["code"]);
        self.fact(found.is_some(), &what);
        let Some(found) = found else { return };
        self.fact(
            found["status"] == gold["http_status"],
            format!("{what}: status"),
        );
        self.fact(
            found["message"] == gold["message"],
            format!("{what}: message"),
        );
    }

    fn surroundings(&mut self, model: &Value, gold: &Value) {
        let operation = &model["operation"];
        if gold["rate_limit"].is_object() {
            let limit = &operation["rate_limit"];
            self.equal(
                "rate limit",
                &limit["requests"],
                &gold["rate_limit"]["value"],
            );
            self.equal("rate period", &limit["per"], &gold["rate_limit"]["per"]);
        }
        for permission in list(&gold["permissions"]) {
            for key in ["action", "access_level", "resource"] {
                self.equal(key, &operation["permission"][key], &permission[key]);
            }
        }
        for change in list(&gold["changelog"]) {
            let history = list(&operation["history"]);
            let found = history.iter().find(|entry| entry["date"] == change["date"]);
            let (all, wanted) = (
                found.map_or(0, |f| list(&f["changes"]).len()),
                list(&change["changes"]).len(),
            );
            self.fact(all >= wanted, format!("history {}", change["date"]));
        }
        if let Some(updated) = gold["last_updated"].as_str() {
            let day = &updated[..10];
            self.fact(
                operation["source"]["page_updated"] == day,
                format!("page updated {day}"),
            );
        }
        for gap in list(&gold["gaps"]) {
            // Lines of site chrome carry nothing that a spec could hold.
            if gap["kind"] != "noise" {
                let told = ["gaps", "errata", "notes"]
                    .iter()
                    .any(|key| !list(&operation[key]).is_empty());
                self.fact(told, format!("gap {}", gap["text"]));
            }
        }
    }

    /// Whether a sample value stands in the model: at its member, in a sample, in an erratum.
    fn somewhere(&self, model: &Value, value: &str) -> bool {
        contains(&model["operation"], value)
    }
}

fn constraint_holds(
    model: &Value,
    found: &Value,
    name: &str,
    constraint: &str,
    value: &Value,
) -> bool {
    let rule = |kind: &str, key: &str| {
        list(&found["rules"])
            .iter()
            .any(|rule| rule[kind][key].as_f64() == value.as_f64() && value.is_number())
    };
    let page = |key: &str| {
        let at = format!("request.{name}.{key}");
        list(&model["operation"]["errata"])
            .iter()
            .any(|e| e["at"] == at.as_str() && e["page"] == *value)
    };
    match constraint {
        "max_length" => rule("length", "max") || rule("bytes", "max"),
        "length_unit" => {
            let kind = if value == "bytes" { "bytes" } else { "length" };
            list(&found["rules"])
                .iter()
                .any(|rule| rule[kind].is_object())
        }
        "enum" => {
            let known: Vec<String> = values_of(model, found)
                .iter()
                .map(|v| plain(&v["value"]))
                .collect();
            list(value)
                .iter()
                .all(|value| known.contains(&plain(value)))
        }
        "pattern" => {
            list(&found["rules"]).iter().any(|r| r["pattern"] == *value)
                || page("pattern")
        }
        "separator" => list(&found["rules"])
            .iter()
            .any(|rule| rule["separator"]["by"] == *value),
        "max_items" => rule("separator", "max") || rule("items", "max"),
        "max" => rule("range", "max") || page("maximum"),
        "format" if value == "int32" => found["written"]
            .as_str()
            .is_some_and(|w| w.contains("int32")),
        "format" => found["format"].is_string(),
        "special_values" => value.as_object().is_some_and(|special| {
            special.keys().all(|key| found["special"][key].is_string())
        }),
        _ => false,
    }
}

fn values_of<'m>(model: &'m Value, found: &'m Value) -> &'m [Value] {
    if let Some(name) = found["shape"]["enumeration"].as_str() {
        let all = list(&model["operation"]["enumerations"]).iter();
        let mut all = all.chain(list(&model["service"]["enumerations"]));
        return all
            .find(|e| e["name"] == name)
            .map_or(&[], |e| list(&e["values"]));
    }
    list(&found["meanings"])
}

fn structures(model: &Value) -> Vec<Value> {
    [
        list(&model["operation"]["structures"]),
        list(&model["service"]["structures"]),
    ]
    .concat()
}

fn member<'v>(structure: &'v Value, name: &str) -> Option<&'v Value> {
    structure["members"]
        .as_array()?
        .iter()
        .find(|member| member["name"] == name)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn contains(value: &Value, wanted: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| contains(item, wanted)),
        Value::Object(entries) => entries.values().any(|entry| contains(entry, wanted)),
        other => plain(other) == wanted,
    }
}

#[test]
fn every_trap_is_recorded_where_the_list_says() {
    let text = include_str!("facts/traps.yaml");
    let traps: Vec<Trap> =
        serde_yaml::from_str(text).expect("traps.yaml is a list of traps");
    let mut recorded = BTreeMap::new();
    for trap in &traps {
        let file = root().join("specs").join(format!("{}.yaml", trap.r#in));
        let spec = std::fs::read_to_string(&file)
            .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let spec: serde_yaml::Value =
            serde_yaml::from_str(&spec).expect("the spec is YAML");
        for at in trap.at.all() {
            assert!(
                resolves(&spec, at),
                "trap {}: {} has nothing at {at}",
                trap.id,
                trap.r#in
            );
        }
        let list = if trap.kind == "fact" {
            None
        } else {
            Some(if trap.kind == "gap" {
                "gaps["
            } else {
                "errata["
            })
        };
        let named =
            list.is_none_or(|list| trap.at.all().iter().any(|at| at.starts_with(list)));
        assert!(
            named,
            "trap {} is a {}, but {:?} names none",
            trap.id,
            trap.kind,
            trap.at.all()
        );
        *recorded.entry(trap.id).or_insert(0) += 1;
    }
    println!("facts: traps recorded {}/101", recorded.len());
    assert!(
        (1..=101).eq(recorded.keys().copied()),
        "traps without a place"
    );
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Trap {
    id: u32,
    r#in: String,
    at: Places,
    kind: String,
}

/// One key path, or several.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Places {
    One(String),
    Several(Vec<String>),
}

impl Places {
    fn all(&self) -> &[String] {
        match self {
            Self::One(path) => std::slice::from_ref(path),
            Self::Several(paths) => paths,
        }
    }
}

/// Follows a key path such as `errors[2].code` or `request["X-Foo"].doc`.
fn resolves(spec: &serde_yaml::Value, path: &str) -> bool {
    let mut at = spec;
    for step in path
        .replace("[\"", ".")
        .replace("\"]", "")
        .replace('[', ".#")
        .replace(']', "")
        .split('.')
    {
        let next = match step.strip_prefix('#') {
            Some(index) => index.parse::<usize>().ok().and_then(|index| at.get(index)),
            None => at.get(step),
        };
        let Some(next) = next else { return false };
        at = next;
    }
    true
}
