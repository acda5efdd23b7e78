//! The facts of one page, searched for in the model of its operation.

use serde_json::Value;

use super::gaps::Gap;

/// How many facts there are, and which the model does not have.
pub(crate) struct Facts {
    model: Value,
    pub(crate) all: usize,
    pub(crate) missing: Vec<String>,
}

impl Facts {
    pub(crate) fn of(model: Value) -> Self {
        Self {
            model,
            all: 0,
            missing: Vec::new(),
        }
    }

    fn fact(&mut self, holds: bool, what: impl std::fmt::Display) {
        self.all += 1;
        if !holds {
            self.missing.push(what.to_string());
        }
    }

    /// Searches for every fact of the page.
    pub(crate) fn page(&mut self, gold: &Value) {
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
            let holds = contains(&model["operation"], example);
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
                let holds = contains(&model["operation"], example);
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
    }

    /// Each gap of the review is told by the items that the list of gaps names for it.
    pub(crate) fn gaps(
        &mut self,
        gold: &Value,
        told: &[Gap],
        absent: impl Fn(&Gap) -> Vec<String>,
    ) {
        let counted = list(&gold["gaps"]);
        self.fact(counted.len() == told.len(), "as many gaps".to_owned());
        for (gap, told) in counted.iter().zip(told) {
            let noise = matches!(told, Gap::Noise(_));
            let kept = noise == (gap["kind"] == "noise") && absent(told).is_empty();
            self.fact(kept, format!("gap {}", gap["text"]));
        }
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
