//! Every leaf of a set, and what could be changed at it and around it. Whether a change is
//! legal is for `check` to say, so too many are no harm.

use serde_yaml::{Value as Yaml, from_str};

use crate::mutation::{Edit, Mutation, Step};
use crate::sets::Set;

/// The leaves and the mutations of a set.
#[derive(Default)]
pub(crate) struct Candidates {
    /// How many values hold no others.
    pub(crate) leaves: usize,
    /// What can be tried.
    pub(crate) mutations: Vec<Mutation>,
}

/// All candidates of the set with this number.
pub(crate) fn of(number: usize, set: &Set) -> Candidates {
    let mut found = Candidates::default();
    let files = set.files.iter();
    let operations = files.filter(|(_, root)| root.get("operation").is_some());
    let operations = operations.count();
    for (file, (_, root)) in set.files.iter().enumerate() {
        let mut walk = Walk {
            place: (number, file),
            found: &mut found,
        };
        walk.value(root, &mut Vec::new());
        if root.get("operation").is_some() && operations > 1 {
            walk.push(&[], Edit::Remove);
        }
    }
    found
}

struct Walk<'f> {
    place: (usize, usize),
    found: &'f mut Candidates,
}

impl Walk<'_> {
    fn push(&mut self, path: &[Step], edit: Edit) {
        self.found.mutations.push(Mutation {
            set: self.place.0,
            file: self.place.1,
            path: path.to_vec(),
            edit,
        });
    }

    fn value(&mut self, value: &Yaml, path: &mut Vec<Step>) {
        if !path.is_empty() {
            self.push(path, Edit::Remove);
        }
        match value {
            Yaml::Mapping(map) => {
                self.insertions(value, path);
                for (key, value) in map {
                    let key = key.as_str().expect("keys are texts").to_owned();
                    path.push(Step::Key(key.clone()));
                    if has_names(&path[..path.len() - 1]) {
                        self.push(path, Edit::Rename(format!("{key}X")));
                        self.push(path, Edit::Swap);
                    }
                    self.value(value, path);
                    path.pop();
                }
            }
            Yaml::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.push(Step::Item(index));
                    if index + 1 < items.len() {
                        self.push(path, Edit::Swap);
                    }
                    self.value(item, path);
                    path.pop();
                }
                if let Some(item) = items.last() {
                    self.push(path, Edit::Push(another(item)));
                }
            }
            leaf => {
                self.found.leaves += 1;
                for other in others(leaf, path) {
                    self.push(path, Edit::Set(other));
                }
            }
        }
    }

    /// What a mapping could have besides.
    fn insertions(&mut self, value: &Yaml, path: &[Step]) {
        let has = |key: &str| value.get(key).is_some();
        if is_members(path) {
            self.push(
                path,
                insert("Extra", "{ type: string, doc: One more. }", false),
            );
            self.push(
                path,
                insert(
                    "Extra",
                    "{ type: string, required: true, doc: One more. }",
                    true,
                ),
            );
        }
        if has("type") && is_member(path) {
            for (key, text) in MEMBER.iter().filter(|(key, _)| !has(key)) {
                self.push(path, insert(key, text, false));
            }
        }
        let others: &[(&'static str, &str)] = match () {
            () if path.is_empty() && has("operation") => OPERATION,
            () if path.is_empty() && has("provider") => PROVIDER,
            () if path.is_empty() && has("product") => SERVICE,
            () if last(path) == "http" => HTTP,
            () if last(path) == "endpoint" => ENDPOINT,
            () if last(path) == "source" => SOURCE,
            () if last(path) == "permission" => PERMISSION,
            () if last(path) == "rate_limit" => &[("scope", "user")],
            () if last(path) == "pagination" => &[("first", "2")],
            () if has("value") && has_above(path, "enum") => VALUE,
            () if has_above(path, "errors") => ERROR,
            () if has_above(path, "errata") => {
                &[("page", "something"), ("caller", "true")]
            }
            () if has_above(path, "examples") => EXAMPLE,
            () if has_above(path, "common_parameters") => COMMON,
            () => &[],
        };
        for (key, text) in others.iter().filter(|(key, _)| !has(key)) {
            self.push(path, insert(key, text, false));
        }
    }
}

const MEMBER: &[(&str, &str)] = &[
    ("written", "something"),
    ("required", "true"),
    ("doc", "What it is."),
    ("rust_name", "renamed"),
    ("in", "query"),
    ("in", "header"),
    ("in", "payload"),
    ("style", "json"),
    ("enum", "[{ value: one }, { value: two }]"),
    ("enum", "[{ value: 1, name: One }, { value: 2, name: Two }]"),
    ("enum_name", "Renamed"),
    ("minimum", "1"),
    ("maximum", "9"),
    ("min_length", "2"),
    ("max_length", "40"),
    ("max_bytes", "40"),
    ("pattern", "'^[a-z0-9-]+$'"),
    ("matches", "[abc]"),
    ("format", "one of a kind"),
    ("separator", "';'"),
    ("max_items", "4"),
    ("min_items", "1"),
    ("special", "{ '0': nothing }"),
    (
        "conditions",
        "[{ when: the moon is full, then: it is dark }]",
    ),
    ("default", "'1'"),
    ("default", "true"),
    ("example", "'1'"),
    ("sensitive", "true"),
    ("deprecated", "Use another one."),
    ("renamed_from", "Former"),
];
const OPERATION: &[(&str, &str)] = &[
    ("doc", "More about it."),
    ("http", "{ method: PUT }"),
    ("http", "{ path: /elsewhere }"),
    ("http", "{ path: '/elsewhere?all=1' }"),
    ("http", "{ host: files.example.com }"),
    ("http", "{ content_type: application/merge-patch+json }"),
    ("gated", "It speaks in riddles."),
    ("permission", "{ action: 'some:Action' }"),
    ("rate_limit", "{ requests: 7, per: minute }"),
    ("deprecated", "Use another one."),
    (
        "waiter",
        "{ operation: PutBook, interval_ms: 7000, attempts: 7 }",
    ),
    (
        "errors",
        "[{ code: Lost.Page, status: 404, message: It is lost. }]",
    ),
    ("history", "[{ date: 2026-01-02, changes: [It came.] }]"),
    (
        "errata",
        "[{ at: source.title, page: other, why: It is so., evidence: The sample. }]",
    ),
    ("gaps", "[{ at: request, why: Nobody knows. }]"),
    ("notes", "[{ at: '.', note: A note. }]"),
];
const PROVIDER: &[(&str, &str)] = &[
    ("envelope", "Wrapped"),
    ("method", "PUT"),
    ("path", "/elsewhere"),
    ("error_body", "{ code: { type: string, doc: The code. } }"),
    (
        "common_parameters",
        "{ Extra: { in: header, doc: One more. } }",
    ),
    (
        "errata",
        "[{ at: title, page: other, why: It is so., evidence: The sample. }]",
    ),
    ("gaps", "[{ at: '.', why: Nobody knows. }]"),
    ("notes", "[{ at: '.', note: A note. }]"),
];
const SERVICE: &[(&str, &str)] = &[
    ("protocol", "acs-rpc"),
    ("protocol", "sdk-hmac-rest"),
    ("members_in", "query"),
    ("members_in", "form"),
    ("method", "PUT"),
    ("path", "/elsewhere"),
    ("gated", "It speaks in riddles."),
    ("notes", "[{ at: '.', note: A note. }]"),
];
const HTTP: &[(&str, &str)] = &[
    ("host", "files.example.com"),
    ("content_type", "application/merge-patch+json"),
];
const ENDPOINT: &[(&str, &str)] = &[
    ("hosts", "{ nowhere-3: some-3.example.com }"),
    ("global", "all.example.com"),
    ("global_regions", "[nowhere-1]"),
    ("regional", "'some.{region}.example.com'"),
    ("regions", "[nowhere-2]"),
    ("alternates", "{ inside: inside.example.com }"),
];
const SOURCE: &[(&str, &str)] = &[
    ("collection", "Some reference"),
    ("page_updated", "2025-01-02"),
    ("official", "false"),
];
const PERMISSION: &[(&str, &str)] = &[
    ("access_level", "write"),
    ("resource", "'*'"),
    ("condition_keys", "['some:Key']"),
    ("dependent_actions", "['some:Action']"),
];
const VALUE: &[(&str, &str)] = &[
    ("name", "Renamed"),
    ("meaning", "Something."),
    ("deprecated", "It is gone."),
];
const ERROR: &[(&str, &str)] = &[
    ("code", "New.Code"),
    ("status", "418"),
    ("message", "It happened."),
    ("doc", "What it means."),
    ("name", "Renamed"),
    ("deprecated", "It is gone."),
];
const COMMON: &[(&str, &str)] = &[
    ("wire", "X-Other"),
    ("required", "true"),
    ("written", "something"),
];
const EXAMPLE: &[(&str, &str)] = &[("title", "A sample")];

fn insert(key: &'static str, text: &str, first: bool) -> Edit {
    Edit::Insert(key, from_str(text).expect("it is YAML"), first)
}

fn last(path: &[Step]) -> &str {
    match path.last() {
        Some(Step::Key(key)) => key,
        _ => "",
    }
}

fn has_above(path: &[Step], key: &str) -> bool {
    path.len() > 1 && last(&path[..path.len() - 1]) == key
}

/// Whether the mapping there is of members by their names.
fn is_members(path: &[Step]) -> bool {
    let [Step::Key(first), rest @ ..] = path else {
        return false;
    };
    match first.as_str() {
        "request" | "response" | "error_body" => rest.is_empty(),
        "types" => rest.len() == 1,
        _ => false,
    }
}

/// Whether the mapping there is a member, or what an array or a map holds.
fn is_member(path: &[Step]) -> bool {
    let Some((last, above)) = path.split_last() else {
        return false;
    };
    let inner = ["items", "values"].map(str::to_owned).map(Step::Key);
    is_members(above) || inner.contains(last) && is_member(above)
}

/// Whether the keys of the mapping there are the spec's to choose.
fn has_names(path: &[Step]) -> bool {
    is_members(path)
        || [
            "types",
            "special",
            "common_parameters",
            "alternates",
            "hosts",
        ]
        .contains(&last(path))
}

/// An item like this one, and another one.
fn another(item: &Yaml) -> Yaml {
    let Yaml::Mapping(map) = item else {
        return others(item, &[]).into_iter().next().unwrap_or(Yaml::Null);
    };
    let mut map = map.clone();
    for key in [
        "code", "value", "name", "date", "title", "why", "note", "when",
    ] {
        if let Some(value) = map.get_mut(key)
            && let Some(other) = others(value, &[Step::Key(key.to_owned())]).pop()
        {
            *value = other;
        }
    }
    // The first holder of an answer has the finding; a second one would answer nothing.
    map.shift_remove("answers");
    Yaml::Mapping(map)
}

/// Other values of the kind of a leaf.
fn others(leaf: &Yaml, path: &[Step]) -> Vec<Yaml> {
    match leaf {
        Yaml::Bool(value) => vec![Yaml::Bool(!value)],
        Yaml::Number(number) => match number.as_i64() {
            Some(number) => [number + 1, number - 1].map(Yaml::from).into(),
            None => number
                .as_f64()
                .map(|number| [number + 1.0, number - 1.0].map(Yaml::from))
                .into_iter()
                .flatten()
                .collect(),
        },
        Yaml::String(text) => texts(text, path).into_iter().map(Yaml::from).collect(),
        _ => Vec::new(),
    }
}

fn texts(text: &str, path: &[Step]) -> Vec<String> {
    let of = |words: &[&str]| -> Vec<String> {
        let others = words.iter().filter(|word| **word != text);
        others.map(|word| (*word).to_owned()).collect()
    };
    let is_date = text.len() == 10
        && text
            .split('-')
            .all(|part| part.parse::<u32>().is_ok() && !part.is_empty());
    match last(path) {
        "type" => of(&["string", "int32", "int64", "boolean"]),
        "in" => of(&["query", "header", "body", "path", "payload"]),
        "members_in" => of(&["query", "body", "form"]),
        "retry" => of(&["safe", "unsafe"]),
        "per" => of(&["second", "minute"]),
        "style" => of(&["offset", "page", "json"]),
        "method" => of(&["PUT", "POST"]),
        "protocol" => of(&["acs-rpc", "tc3-json", "sdk-hmac-rest"]),
        "language" => of(&["en", "zh"]),
        "at" => of(&[".", "source"]),
        "separator" => of(&[";"]),
        "pattern" => [("+$", "{2,}$"), ("+$", "*$"), ("^[", "^[!")]
            .map(|(from, to)| text.replace(from, to))
            .into(),
        _ if is_date => vec![text.replace("-0", "-1"), text.replace("-2", "-1")],
        _ if text.contains("%s") => vec![text.replace("%s", "it"), format!("{text} %s")],
        _ if text.contains(' ') => vec![format!("{text} More.")],
        _ => vec![format!("{text}x")],
    }
}
