//! What points to places of a file: errata, gaps, notes. Each is looked at again when the
//! source changed.

use serde_json::Value;

use super::{Keeping, items, shown};
use crate::diagnostic::{KeyPath, Step};
use crate::import::report::{Conflict, Report};
use crate::import::{facts, path, settle};

impl Keeping<'_> {
    /// Looks at an erratum again, with both sides as their sources said them; gives it back
    /// where it still holds.
    pub(super) fn erratum(
        &self,
        erratum: &Value,
        [undone, source]: &[Value; 2],
        document: &mut Value,
        report: &mut Report,
    ) -> Option<Value> {
        let at = facts::place(erratum, self.old)?;
        let ours = path::get(self.old, &at);
        let page = erratum.get("page").filter(|page| !page.is_null());
        let there = path::follow(&at, undone, source);
        let source = there.as_ref().and_then(|at| path::get(source, at));
        if facts::same(&at, source, ours) {
            report.mended.push(format!("{}: {at}", self.file));
            return None;
        }
        let told = |report: &mut Report| {
            report.conflicts.push(Conflict {
                file: self.file.to_owned(),
                at: at.to_string(),
                file_says: shown(ours),
                source_says: shown(source),
                page_said: Some(shown(page)),
            });
        };
        let put = there.is_some_and(|there| restore(&there, &at, self.old, document));
        if !put || !facts::same(&at, source, page) {
            told(report);
        }
        put.then(|| erratum.clone())
    }

    /// The remarks of the file whose places still are, and those that the import makes.
    pub(super) fn remarks(
        &self,
        list: &str,
        text: &str,
        report: &mut Report,
    ) -> Vec<Value> {
        let mut kept: Vec<Value> = Vec::new();
        for remark in items(&self.old[list]).filter(|one| !is_made(one, text)) {
            let at = remark["at"].as_str().unwrap_or_default();
            let path = path::parse(at, self.before);
            let there = path
                .as_ref()
                .and_then(|path| path::follow(path, self.before, self.after))
                .filter(|path| stands(path, self.after));
            let Some(there) = there else {
                report.conflicts.push(Conflict {
                    file: self.file.to_owned(),
                    at: at.to_owned(),
                    file_says: shown(remark.get(text)),
                    ..Conflict::default()
                });
                continue;
            };
            let mut remark = remark.clone();
            if path.as_ref() != Some(&there) {
                remark["at"] = there.to_string().into();
            }
            kept.push(remark);
        }
        let new = items(&self.new[list]).filter(|remark| self.is_wanted(remark, list));
        let new: Vec<Value> = new
            .filter(|remark| !kept.iter().any(|own| answers(own, remark, text)))
            .cloned()
            .collect();
        kept.extend(new);
        kept
    }

    /// Whether a remark that the import makes belongs into the file: one that somebody took
    /// out with an erratum does not.
    fn is_wanted(&self, remark: &Value, list: &str) -> bool {
        let Some(at) = facts::place(remark, self.after) else {
            return false;
        };
        let there = items(&self.old[list]).any(|own| own == remark);
        let places = self.errata.iter();
        let mut places = places.filter_map(|erratum| facts::place(erratum, self.old));
        there || !places.any(|place| at.holds(&place) || place.holds(&at))
    }
}

/// Whether the import makes such a remark itself, each time anew.
fn is_made(remark: &Value, text: &str) -> bool {
    let text = remark[text].as_str().unwrap_or_default();
    facts::is_record(remark) || settle::is_made(text)
}

/// Whether a remark of ours says already what the import would add.
fn answers(own: &Value, made: &Value, text: &str) -> bool {
    let mut rules = items(&own["answers"]);
    let same = rules.any(|rule| items(&made["answers"]).any(|other| other == rule));
    own["at"] == made["at"] && (same || own[text] == made[text])
}

/// Puts back what the file says at a place of an erratum; whether the place still is.
fn restore(there: &KeyPath, at: &KeyPath, old: &Value, document: &mut Value) -> bool {
    let Some((last, parent)) = at.0.split_last() else {
        return false;
    };
    // A type is one with what it holds.
    let keys: &[&str] = match last {
        Step::Key(key) if key == "type" => &["type", "items", "values"],
        _ => &[],
    };
    let mut put = true;
    for key in keys {
        let there = KeyPath(there.0[..parent.len()].to_vec()).key(key);
        let at = KeyPath(parent.to_vec()).key(key);
        match path::get(old, &at) {
            Some(value) => put &= path::put(document, &there, value.clone(), old),
            None => {
                path::take(document, &there);
            }
        }
    }
    match path::get(old, at) {
        Some(value) if keys.is_empty() => path::put(document, there, value.clone(), old),
        None if keys.is_empty() => {
            path::take(document, there);
            true
        }
        _ => put,
    }
}

/// Whether a remark may point there: to what is there, or to a key of the format that is
/// not, at something that is.
fn stands(path: &KeyPath, scope: &Value) -> bool {
    let Some((step, parent)) = path.0.split_last() else {
        return true;
    };
    let parent = KeyPath(parent.to_vec());
    let names = match parent.0.as_slice() {
        [Step::Key(key)] => ["request", "response", "types"].contains(&key.as_str()),
        [Step::Key(key), Step::Key(_)] => key == "types",
        _ => false,
    };
    if names || matches!(step, Step::Item(_)) {
        path::get(scope, path).is_some()
    } else {
        parent.0.is_empty() || path::get(scope, &parent).is_some()
    }
}
