//! A file that was imported and holds texts or errata of ours since then.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::file::File;
use super::head::Head;
use super::keep::{Keeping, Kept, shown};
use super::moves::Moves;
use super::report::{Conflict, Report};
use super::{Service, facts, weave};

/// The files that the others of a folder need.
const SHARED: [&str; 2] = ["service.yaml", "types.yaml"];

/// An imported file whose text is another than it was then.
#[derive(Debug)]
pub(super) struct Edited<'e> {
    /// Its name in the report.
    pub(super) name: &'e str,
    /// What the source says.
    pub(super) file: File<'e>,
    /// Its first line; nothing where it is not there yet.
    pub(super) head: Option<&'e Head>,
    /// What is behind that.
    pub(super) body: &'e str,
    /// The day of this import.
    pub(super) day: &'e str,
}

/// What becomes of it.
pub(super) enum Outcome {
    /// It says what the source says, and holds nothing of a person.
    Source,
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
    service: &'s Service,
    /// The files as they were, by name.
    pub(super) texts: BTreeMap<String, String>,
    /// What moves between them.
    pub(super) moves: Moves,
    /// The two files as they were before this import.
    before: OnceCell<[Value; 2]>,
    /// Errata of `types.yaml` that no longer hold.
    gone: Vec<Value>,
}

impl<'s> Remembered<'s> {
    /// What there is to know of a service and the files of its folder.
    pub(super) fn new(texts: BTreeMap<String, String>, service: &'s Service) -> Self {
        Self {
            service,
            moves: Moves::find(&texts, service),
            texts,
            before: OnceCell::new(),
            gone: Vec::new(),
        }
    }

    /// The errata that speak for a file as the source says it.
    pub(super) fn new_errata(&self, file: File<'_>, document: &Value) -> Vec<Value> {
        match file {
            File::Types(_) => {
                let errata = serde_json::to_value(&self.service.file.errata);
                let speaker = json!({ "errata": errata.unwrap_or_default() });
                facts::errata_of(&file.name(), &speaker)
            }
            _ => facts::errata_of(&file.name(), document),
        }
    }

    /// The errata that speak for a file as it was; `service` is `service.yaml` then.
    fn old_errata(file: File<'_>, document: &Value, service: &Value) -> Vec<Value> {
        let speaker = match file {
            File::Types(_) => service,
            _ => document,
        };
        facts::errata_of(&file.name(), speaker)
    }

    /// `service.yaml` and `types.yaml` as they were.
    fn before(&self) -> &[Value; 2] {
        self.before.get_or_init(|| {
            SHARED.map(|name| {
                let text = self.texts.get(name).map(String::as_str);
                facts::read(text.unwrap_or_default()).unwrap_or_default()
            })
        })
    }

    /// The same, with what moved.
    fn moved(&self) -> [&Value; 2] {
        let [service, types] = self.before();
        [
            self.moves.of(SHARED[0]).unwrap_or(service),
            self.moves.of(SHARED[1]).unwrap_or(types),
        ]
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
        let mut there = Value::Null;
        if let Some(head) = self.head {
            let Some(read) = facts::read(self.body) else {
                self.tell(".", "text that is no spec", "", report);
                return Outcome::Kept;
            };
            let errata = Remembered::old_errata(self.file, &read, &shared.before()[0]);
            if facts::digest_of(&read, &errata) != head.facts {
                self.changed(&read, &errata, shared, &new, report);
                return Outcome::Kept;
            }
            there = read;
        }
        let old = shared.moves.of(&self.file.name()).unwrap_or(&there).clone();
        let errata = Remembered::old_errata(self.file, &old, shared.moved()[0]);
        let document = self.merged(&old, &new, &errata, shared, report);
        let plain = facts::plain(&document);
        if plain == facts::plain(&there) {
            return Outcome::Same;
        }
        let is_plain = self.head.is_none_or(|head| head.is_untouched(self.body));
        if is_plain && plain == facts::plain(&new) {
            return Outcome::Source;
        }
        let Some(text) = self.file.spell(document.clone(), self.day) else {
            self.tell(".", "a text that cannot take the new facts", "", report);
            return Outcome::Kept;
        };
        let body = match self.head {
            Some(_) => self.woven(&there, &text, report),
            None => text,
        };
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
            before: &Remembered::scope(self.file, old, shared.moved()[1]),
            after: &Remembered::scope(self.file, new, &types),
            shared: shared.moved()[1],
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
        for remark in comments(self.body) {
            if comments(&woven).all(|own| own != remark) {
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

/// The lines of a text that are for people only.
pub(super) fn comments(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| line.starts_with('#'))
}
