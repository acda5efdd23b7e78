//! A file with texts and errata of ours, and a source that changed: the facts of the source,
//! our keys where their place still is, and each erratum looked at again.

mod places;

use serde_json::{Map, Value};

use super::facts;
use super::report::{Conflict, Report};
use super::{path, sample, words};
use crate::diagnostic::KeyPath;

/// A file and what is known beside it.
pub(super) struct Keeping<'k> {
    /// The file's name in the report.
    pub(super) file: &'k str,
    /// What it says.
    pub(super) old: &'k Value,
    /// What an import would write in its place.
    pub(super) new: &'k Value,
    /// The errata that speak for it.
    pub(super) errata: &'k [Value],
    /// The errata that the import itself makes.
    pub(super) made: &'k [Value],
    /// What its remarks may point to, as it was: `old`, and the files that it speaks for.
    pub(super) before: &'k Value,
    /// The same as it is now.
    pub(super) after: &'k Value,
    /// `types.yaml` as it was.
    pub(super) shared: &'k Value,
}

/// What becomes of a file.
pub(super) struct Kept {
    /// What it is to say, without errata.
    pub(super) document: Value,
    /// The errata that still hold.
    pub(super) errata: Vec<Value>,
}

impl Keeping<'_> {
    /// Takes the new facts into the old file.
    pub(super) fn keep(&self, report: &mut Report) -> Kept {
        let sides = [(self.old, self.errata), (self.new, self.made)]
            .map(|(document, errata)| facts::undone(document, errata));
        let mut document = self.new.clone();
        self.own(&mut document, report);
        let mut errata = Vec::new();
        for erratum in self.errata {
            errata.extend(self.erratum(erratum, &sides, &mut document, report));
        }
        for (list, text) in [("gaps", "why"), ("notes", "note")] {
            let remarks = self.remarks(list, text, report);
            if let Value::Object(keys) = &mut document {
                keys.shift_remove(list);
                if !remarks.is_empty() {
                    keys.insert(list.to_owned(), Value::Array(remarks));
                }
            }
        }
        Kept { document, errata }
    }

    /// Our keys of the file, its members, values and codes.
    fn own(&self, document: &mut Value, report: &mut Report) {
        let Value::Object(keys) = document else {
            return;
        };
        let made = ["pagination", "examples"].map(|key| keys.get(key).cloned());
        take(&facts::OF_FILE, self.old, keys);
        reword(self.old, keys);
        self.samples(made[1].as_ref(), keys, report);
        for key in ["request", "response"] {
            let at = KeyPath::default().key(key);
            self.members(&self.old[key], keys.get_mut(key), &at, report);
        }
        let types = KeyPath::default().key("types");
        for (name, old) in self.old["types"].as_object().into_iter().flatten() {
            let new = keys.get_mut("types").and_then(|types| types.get_mut(name));
            self.members(old, new, &types.key(name), report);
        }
        if let Some(Value::Array(errors)) = keys.get_mut("errors") {
            entries(&self.old["errors"], errors, &facts::OF_CODE);
        }
        self.pages(made[0].as_ref(), keys, report);
    }

    /// Samples: those that an import made give way to the source's, a person's stay.
    fn samples(
        &self,
        made: Option<&Value>,
        keys: &mut Map<String, Value>,
        report: &mut Report,
    ) {
        let new: Vec<&Value> = made.into_iter().flat_map(items).collect();
        if new.is_empty() {
            return;
        }
        let old = items(&self.old["examples"]).filter(|one| !new.contains(one));
        let (gone, ours): (Vec<&Value>, Vec<&Value>) =
            old.partition(|one| sample::is_made(one, self.old, &self.shared["types"]));
        let kind = "sample without a title, which the source shows otherwise by now";
        report.lose_many(kind, gone.len(), || self.file.to_owned());
        let all = ours.into_iter().chain(new).cloned().collect();
        keys.insert("examples".to_owned(), Value::Array(all));
    }

    /// Pagination: ours as long as the members that it names are there.
    fn pages(
        &self,
        made: Option<&Value>,
        keys: &mut Map<String, Value>,
        report: &mut Report,
    ) {
        let Some(pagination) = self.old.get("pagination") else {
            return;
        };
        let stands = |key: &str| {
            let list = if ["at", "size"].contains(&key) {
                "request"
            } else {
                "response"
            };
            let members = self.errata.iter();
            let mut restored = members.filter_map(|one| facts::place(one, self.old));
            let step = pagination[key].as_str().unwrap_or_default();
            let holds =
                |name: &String| step == name || step.starts_with(&format!("{name}."));
            let there = self.new[list].as_object().into_iter().flat_map(Map::keys);
            step.is_empty()
                || { there }.any(holds)
                || restored.any(|at| at == KeyPath::default().key(list).key(step))
        };
        if ["at", "size", "items", "next", "total", "more"]
            .into_iter()
            .all(stands)
        {
            return;
        }
        if made != Some(pagination) {
            report.conflicts.push(Conflict {
                file: self.file.to_owned(),
                at: "pagination".to_owned(),
                file_says: pagination.to_string(),
                source_says: shown(made),
                page_said: None,
            });
        }
        keys.shift_remove("pagination");
        if let Some(made) = made {
            keys.insert("pagination".to_owned(), made.clone());
        }
    }

    fn members(
        &self,
        old: &Value,
        mut new: Option<&mut Value>,
        at: &KeyPath,
        report: &mut Report,
    ) {
        for (name, old) in old.as_object().into_iter().flatten() {
            let new = new.as_deref_mut();
            let new = new.and_then(|members| members.get_mut(name));
            if let Some(Value::Object(new)) = new {
                member(old, new);
            } else if !self.is_restored(&at.key(name)) {
                self.lost(name, old, &at.key(name), report);
            }
        }
    }

    /// Whether an erratum is about a whole member, and brings it back where it has to.
    fn is_restored(&self, at: &KeyPath) -> bool {
        let places = self.errata.iter();
        places
            .filter_map(|erratum| facts::place(erratum, self.old))
            .any(|place| place.holds(at))
    }

    /// Tells the texts of a member that the source dropped.
    fn lost(&self, name: &str, old: &Value, at: &KeyPath, report: &mut Report) {
        let made = words::doc(name);
        for key in facts::OF_MEMBER {
            let text = shown(old.get(key));
            let by_hand = !["rust_name", "written", "format"].contains(&key);
            if by_hand && !text.is_empty() && text != made {
                report.conflicts.push(Conflict {
                    file: self.file.to_owned(),
                    at: at.key(key).to_string(),
                    file_says: text,
                    ..Conflict::default()
                });
            }
        }
    }
}

/// Our keys of a member.
fn member(old: &Value, new: &mut Map<String, Value>) {
    let format = new.get("format").cloned();
    take(&facts::OF_MEMBER, old, new);
    // The formats of dates are the import's own words for a type of the source.
    let made = |text: &str| text.starts_with("a date");
    if let Some(format) = format
        && old["format"].as_str().is_none_or(made)
    {
        new.insert("format".to_owned(), format);
    }
    reword(old, new);
    let same = new.get("type") == old.get("type");
    if same && old.get("sensitive") != Some(&Value::Bool(true)) {
        // Somebody took the mark away, or there was none.
        new.shift_remove("sensitive");
    } else if old.get("sensitive") == Some(&Value::Bool(true)) {
        new.insert("sensitive".to_owned(), Value::Bool(true));
    }
    if old.get("enum").is_some() {
        let known = new
            .entry("enum")
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(known) = known {
            entries(&old["enum"], known, &facts::OF_VALUE);
        }
    }
    for key in ["items", "values"] {
        if let Some(Value::Object(new)) = new.get_mut(key) {
            member(&old[key], new);
        }
    }
}

/// Our keys of known values or codes, and those that are only kept for callers.
fn entries(old: &Value, new: &mut Vec<Value>, ours: &[&str]) {
    for old in items(old) {
        let one = path::identity(old);
        let same = |own: &&mut Value| path::identity(own) == one;
        if let Some(Value::Object(own)) = new.iter_mut().find(same) {
            take(ours, old, own);
            reword(old, own);
        } else if old.get("deprecated").is_some() {
            new.push(old.clone());
        }
    }
}

fn take(ours: &[&str], old: &Value, new: &mut Map<String, Value>) {
    for key in ours {
        if let Some(value) = old.get(*key) {
            new.insert((*key).to_owned(), value.clone());
        }
    }
}

/// That something is deprecated is a fact, the words for it are ours.
fn reword(old: &Value, new: &mut Map<String, Value>) {
    if let (Some(words), Some(own)) = (old.get("deprecated"), new.get_mut("deprecated")) {
        *own = words.clone();
    }
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// A value in words; nothing where there is none.
pub(super) fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}
