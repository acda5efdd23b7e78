//! A file that was imported and holds texts or errata of ours since then.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::file::File;
use super::head::Head;
use super::keep::{Keeping, Kept, shown};
use super::report::{Conflict, Report};
use super::{Service, facts, weave};
use crate::diagnostic::Step;

/// An imported file whose text is another than it was then.
#[derive(Debug)]
pub(super) struct Edited<'e> {
    /// Its name in the report.
    pub(super) name: &'e str,
    /// What the source says.
    pub(super) file: File<'e>,
    /// Its first line.
    pub(super) head: &'e Head,
    /// What is behind that.
    pub(super) body: &'e str,
    /// The day of this import.
    pub(super) day: &'e str,
}

/// What becomes of it.
pub(super) enum Outcome {
    /// The source says nothing new.
    Same,
    /// Its facts were changed without an erratum: it stays as it is.
    Kept,
    /// The new facts with what is ours.
    New {
        /// The digest of its facts.
        facts: String,
        /// Its text without the first line.
        body: String,
    },
}

/// What the files of a service folder know of each other: the errata of `types.yaml` stand
/// in `service.yaml`.
#[derive(Debug)]
pub(super) struct Remembered<'s> {
    folder: PathBuf,
    service: &'s Service,
    /// The two files as they were before this import.
    before: OnceCell<[Value; 2]>,
    /// Errata of `types.yaml` that no longer hold.
    gone: Vec<Value>,
}

impl<'s> Remembered<'s> {
    /// What there is to know of a service in its folder.
    pub(super) fn new(folder: &Path, service: &'s Service) -> Self {
        Self {
            folder: folder.to_owned(),
            service,
            before: OnceCell::new(),
            gone: Vec::new(),
        }
    }

    /// The errata that speak for a file as the source says it.
    pub(super) fn new_errata(&self, file: File<'_>, document: &Value) -> Vec<Value> {
        match file {
            File::Types(_) => {
                let errata = self.service.file.errata.iter();
                let errata = errata.filter_map(|one| serde_json::to_value(one).ok());
                errata.filter(is_of_types).collect()
            }
            File::Service(_) => list(document, "errata")
                .into_iter()
                .filter(|one| !is_of_types(one))
                .collect(),
            File::Operation(_) => list(document, "errata"),
        }
    }

    /// The errata that speak for a file as it was.
    fn old_errata(&self, file: File<'_>, document: &Value) -> Vec<Value> {
        match file {
            File::Types(_) => {
                let errata = list(&self.before()[0], "errata");
                errata.into_iter().filter(is_of_types).collect()
            }
            _ => self.new_errata(file, document),
        }
    }

    /// `service.yaml` and `types.yaml` as they were.
    fn before(&self) -> &[Value; 2] {
        self.before.get_or_init(|| {
            ["service.yaml", "types.yaml"].map(|name| {
                let text = std::fs::read_to_string(self.folder.join(name));
                facts::read(&text.unwrap_or_default()).unwrap_or_default()
            })
        })
    }

    /// What the remarks of a file may point to: it, and the types that `service.yaml`
    /// speaks for.
    fn scope(file: File<'_>, document: &Value, types: &Value) -> Value {
        let mut scope = document.clone();
        if let (File::Service(_), Value::Object(keys)) = (file, &mut scope) {
            keys.insert("types".to_owned(), types["types"].clone());
        }
        scope
    }
}

impl Edited<'_> {
    /// Takes in what the source says by now.
    pub(super) fn renew(
        &self,
        shared: &mut Remembered<'_>,
        report: &mut Report,
    ) -> Outcome {
        let new = facts::read(&self.file.text(self.day)).unwrap_or_default();
        let Some(old) = facts::read(self.body) else {
            self.tell(".", "text that is no spec", "", report);
            return Outcome::Kept;
        };
        let errata = shared.old_errata(self.file, &old);
        if facts::digest_of(&old, &errata) != self.head.facts {
            self.changed(&old, &errata, shared, &new, report);
            return Outcome::Kept;
        }
        let document = self.merged(&old, &new, &errata, shared, report);
        if facts::plain(&document) == facts::plain(&old) {
            return Outcome::Same;
        }
        let Some(text) = self.file.spell(document.clone(), self.day) else {
            self.tell(".", "a text that cannot take the new facts", "", report);
            return Outcome::Kept;
        };
        let body = self.woven(&old, &text, report);
        let errata = match self.file {
            File::Types(_) => errata
                .into_iter()
                .filter(|one| !shared.gone.contains(one))
                .collect(),
            file => shared.new_errata(file, &document),
        };
        Outcome::New {
            facts: facts::digest_of(&document, &errata),
            body,
        }
    }

    /// The new facts, our keys, and the errata that still hold.
    fn merged(
        &self,
        old: &Value,
        new: &Value,
        errata: &[Value],
        shared: &mut Remembered<'_>,
        report: &mut Report,
    ) -> Value {
        let made = shared.new_errata(self.file, new);
        let types = self.new_types(shared);
        let keeping = Keeping {
            file: self.name,
            old,
            new,
            errata,
            made: &made,
            before: &Remembered::scope(self.file, old, &shared.before()[1]),
            after: &Remembered::scope(self.file, new, &types),
        };
        let Kept {
            mut document,
            errata: standing,
        } = keeping.keep(report);
        let ended = errata.iter().filter(|one| !standing.contains(one)).cloned();
        if matches!(self.file, File::Types(_)) {
            shared.gone.extend(ended);
            return document;
        }
        let mut all = list(old, "errata");
        all.retain(|one| {
            standing.contains(one)
                || (!errata.contains(one) && !shared.gone.contains(one))
        });
        for one in list(new, "errata") {
            if all.iter().all(|own| own["at"] != one["at"]) {
                all.push(one);
            }
        }
        if let Value::Object(keys) = &mut document {
            keys.shift_remove("errata");
            if !all.is_empty() {
                keys.insert("errata".to_owned(), Value::Array(all));
            }
        }
        document
    }

    /// `types.yaml` as the source says it, where this file speaks for it.
    fn new_types(&self, shared: &Remembered<'_>) -> Value {
        match self.file {
            File::Service(_) if !shared.service.types.is_empty() => {
                let text = File::Types(&shared.service.types).text(self.day);
                facts::read(&text).unwrap_or_default()
            }
            _ => Value::Null,
        }
    }

    /// The new text with the old one's own way of writing, as far as that goes.
    fn woven(&self, old: &Value, text: &str, report: &mut Report) -> String {
        let day = old["source"]["transcribed"].as_str().unwrap_or_default();
        let base = self.file.spell(old.clone(), day);
        let woven = base.and_then(|base| weave::weave(&base, self.body, text));
        let same = |woven: &String| {
            let [one, other] = [woven, text].map(facts::read);
            one.is_some()
                && one.as_ref().map(facts::plain) == other.as_ref().map(facts::plain)
        };
        let woven = woven.filter(same).unwrap_or_else(|| text.to_owned());
        let remarks = self.body.lines().map(str::trim);
        for remark in remarks.filter(|line| line.starts_with('#')) {
            if !woven.lines().any(|line| line.trim() == remark) {
                self.tell(".", remark, "", report);
            }
        }
        woven
    }

    /// Tells where facts were changed without an erratum.
    fn changed(
        &self,
        old: &Value,
        errata: &[Value],
        shared: &Remembered<'_>,
        new: &Value,
        report: &mut Report,
    ) {
        let made = shared.new_errata(self.file, new);
        let [one, other] = [(old, errata), (new, &*made)]
            .map(|(document, errata)| facts::of(&facts::undone(document, errata)));
        for (at, file_says, source_says) in facts::differences(&one, &other) {
            let [file_says, source_says] =
                [file_says, source_says].map(|value| shown(Some(&value)));
            self.tell(&at.to_string(), &file_says, &source_says, report);
        }
        report.changed.push(self.name.to_owned());
    }

    fn tell(&self, at: &str, file_says: &str, source_says: &str, report: &mut Report) {
        report.conflicts.push(Conflict {
            file: self.name.to_owned(),
            at: at.to_owned(),
            file_says: file_says.to_owned(),
            source_says: source_says.to_owned(),
            page_said: None,
        });
    }
}

fn list(document: &Value, key: &str) -> Vec<Value> {
    document[key].as_array().cloned().unwrap_or_default()
}

fn is_of_types(erratum: &Value) -> bool {
    let at = facts::place(erratum, &Value::Null);
    at.is_some_and(|at| at.0.first() == Some(&Step::Key("types".to_owned())))
}
