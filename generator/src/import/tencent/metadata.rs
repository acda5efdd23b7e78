//! `api.json` as it is, read leniently: a part that is odd is counted and left out.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Report;

/// What an action says.
#[derive(Debug)]
pub(super) struct Action<'v> {
    pub(super) name: &'v str,
    pub(super) document: Option<&'v str>,
    pub(super) input: &'v str,
    pub(super) output: &'v str,
    pub(super) status: Option<&'v str>,
}

/// What an object says.
#[derive(Debug)]
pub(super) struct Object<'v> {
    /// `in`, `out` or `both`; requests and responses do not say.
    pub(super) usage: Option<&'v str>,
    pub(super) members: Vec<Member<'v>>,
}

/// What a member says.
#[derive(Debug)]
pub(super) struct Member<'v> {
    pub(super) name: &'v str,
    /// `string`, `list`, `object` …
    pub(super) kind: &'v str,
    /// What a list holds, the width of a number, the name of an object.
    pub(super) of: &'v str,
    pub(super) document: Option<&'v str>,
    value: &'v Value,
}

impl Member<'_> {
    /// Whether a flag is set; one that is absent is not.
    pub(super) fn is(&self, flag: &str) -> bool {
        self.value[flag].as_bool().unwrap_or_default()
    }
}

/// Reads one document; `place` is its name in the report.
pub(super) struct Reader<'r> {
    pub(super) place: &'r str,
    pub(super) report: &'r mut Report,
}

impl Reader<'_> {
    /// The actions, in the order of the document.
    pub(super) fn actions<'v>(&mut self, api: &'v Value) -> Vec<Action<'v>> {
        self.unknown(
            api,
            &["actions", "objects", "metadata", "version"],
            "document",
        );
        let metadata = [
            "apiVersion",
            "serviceShortName",
            "serviceNameCN",
            "api_brief",
        ];
        self.unknown(&api["metadata"], &metadata, "metadata");
        for text in ["serviceNameCN", "api_brief"] {
            let told = usize::from(api["metadata"][text].is_string());
            self.lose("provider text", told, "metadata");
        }
        let mut actions = Vec::new();
        for (name, value) in entries(&api["actions"]) {
            let known = ["document", "input", "name", "output", "status"];
            self.unknown(value, &known, name);
            match (value["input"].as_str(), value["output"].as_str()) {
                (Some(input), Some(output)) => actions.push(Action {
                    name,
                    document: value["document"].as_str(),
                    input,
                    output,
                    status: value["status"].as_str(),
                }),
                _ => self.lose("operation without input or output", 1, name),
            }
        }
        actions
    }

    /// The objects, in the order of the document.
    pub(super) fn objects<'v>(
        &mut self,
        api: &'v Value,
    ) -> IndexMap<&'v str, Object<'v>> {
        let mut objects = IndexMap::new();
        for (name, value) in entries(&api["objects"]) {
            self.unknown(value, &["document", "members", "type", "usage"], name);
            let told = usize::from(value["document"].is_string());
            self.lose("provider text", told, name);
            let Some(list) = value["members"].as_array() else {
                self.lose("object without members", 1, name);
                continue;
            };
            let members = list.iter().filter_map(|value| self.member(name, value));
            let object = Object {
                usage: value["usage"].as_str(),
                members: members.collect(),
            };
            objects.insert(name.as_str(), object);
        }
        objects
    }

    fn member<'v>(&mut self, object: &str, value: &'v Value) -> Option<Member<'v>> {
        const KNOWN: [&str; 9] = [
            "name",
            "type",
            "member",
            "document",
            "disabled",
            "example",
            "value_allowed_null",
            "required",
            "output_required",
        ];
        self.unknown(value, &KNOWN, object);
        let text = |key: &str| value[key].as_str();
        let (Some(name), Some(kind)) = (text("name"), text("type")) else {
            self.lose("member without name or type", 1, object);
            return None;
        };
        let sample = text("example").is_some_and(|text| !text.is_empty());
        self.lose("sample of a member", usize::from(sample), object);
        Some(Member {
            name,
            kind,
            of: text("member").unwrap_or(kind),
            document: text("document"),
            value,
        })
    }

    /// Counts what is not carried over.
    pub(super) fn lose(&mut self, kind: &str, count: usize, at: &str) {
        let place = self.place;
        self.report
            .lose_many(kind, count, || format!("{place}: {at}"));
    }

    fn unknown(&mut self, value: &Value, known: &[&str], at: &str) {
        let keys = value.as_object().into_iter().flat_map(Map::keys);
        for key in keys.filter(|key| !known.contains(&key.as_str())) {
            self.lose(&format!("unknown key `{key}`"), 1, at);
        }
    }
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
