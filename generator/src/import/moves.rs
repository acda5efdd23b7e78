//! Structures that stand in another file by now, or under another name: one more operation
//! uses them, or one less. What is ours goes with them.
//!
//! Structures are matched by the places that they stand at, as the sources are.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::head::Head;
use super::{Service, facts};
use crate::diagnostic::{KeyPath, Step};
use crate::spec::{Member, Members};

/// The file of what several operations share.
const SHARED: &str = "types.yaml";
/// The file that has the remarks about these.
const SERVICE: &str = "service.yaml";

/// The files that such structures leave and come to, as if they had stood there before.
#[derive(Debug, Default)]
pub(super) struct Moves(BTreeMap<String, Value>);

impl Moves {
    /// What moves between the files of a folder; `texts` are its files. Where it is in doubt
    /// which structure became which, none moves, and what is lost by that is told as such.
    pub(super) fn find(texts: &BTreeMap<String, String>, service: &Service) -> Self {
        let touched = |text: &String| {
            Head::of(text).is_some_and(|(head, body)| !head.is_untouched(body))
        };
        if !texts.values().any(touched) {
            return Self::default();
        }
        let files = texts.iter().filter_map(|(name, text)| {
            let (head, body) = Head::of(text)?;
            let document = facts::read(body)?;
            Some((
                name.clone(),
                Old {
                    head,
                    body,
                    document,
                },
            ))
        });
        let mut desk = Desk {
            texts,
            files: files.collect(),
            moved: Self::default(),
        };
        for (to, from) in desk.wanted(service) {
            desk.take(&to, from);
        }
        desk.moved
    }

    /// A file as if it had been like that before; nothing where nothing moves.
    pub(super) fn of(&self, file: &str) -> Option<&Value> {
        self.0.get(file)
    }

    /// Whether all structures of the shared file have left it.
    pub(super) fn empty(&self, file: &str) -> bool {
        let types = self
            .of(file)
            .and_then(|document| document["types"].as_object());
        file == SHARED && types.is_some_and(Map::is_empty)
    }
}

/// A file and the name of a structure in it.
type Seat = (String, String);

/// An imported file as it was.
struct Old<'t> {
    head: Head,
    body: &'t str,
    document: Value,
}

struct Desk<'t> {
    texts: &'t BTreeMap<String, String>,
    files: BTreeMap<String, Old<'t>>,
    moved: Moves,
}

impl Desk<'_> {
    /// Where structures go that have left their place, each with what it may have been.
    fn wanted(&self, service: &Service) -> BTreeMap<Seat, Vec<Seat>> {
        let mut pairs: BTreeMap<Seat, BTreeSet<Seat>> = BTreeMap::new();
        let shared = self.files.get(SHARED);
        for operation in &service.operations {
            let file = format!("{}.yaml", operation.operation);
            let Some(old) = self.files.get(&file) else {
                continue;
            };
            let mut walk = Walk {
                old: [
                    (&file, &old.document["types"]),
                    (
                        SHARED,
                        shared.map_or(&Value::Null, |old| &old.document["types"]),
                    ),
                ],
                new: [(&file, &operation.types), (SHARED, &service.types)],
                pairs: &mut pairs,
            };
            walk.members(&old.document["request"], &operation.request);
            walk.members(&old.document["response"], &operation.response);
        }
        let mut wanted: BTreeMap<Seat, Vec<Seat>> = BTreeMap::new();
        for (from, to) in pairs {
            if let Some(only) =
                to.first().filter(|_| to.len() == 1 && !to.contains(&from))
            {
                wanted.entry(only.clone()).or_default().push(from);
            }
        }
        wanted
    }

    /// Lets structures become one that stands elsewhere, where all of them say the same.
    fn take(&mut self, to: &Seat, mut from: Vec<Seat>) {
        from.retain(|seat| self.is_ours(&seat.0));
        let is_free = self.structure(to).is_none() && self.is_open(&to.0);
        let first = from.first().and_then(|seat| self.structure(seat)).cloned();
        let same = from
            .iter()
            .all(|seat| self.structure(seat) == first.as_ref());
        let open = from.iter().all(|seat| self.is_open(&seat.0));
        let Some(first) = first.filter(|_| is_free && same && open) else {
            return;
        };
        for seat in &from {
            for list in ["errata", "gaps", "notes"] {
                let remarks = self.remarks(list, seat, &to.1);
                self.say(list, remarks_of(&to.0), remarks);
            }
            if let Some(types) = self.types(&seat.0) {
                types.shift_remove(&seat.1);
            }
        }
        if let Some(types) = self.types(&to.0) {
            types.insert(to.1.clone(), first);
        }
    }

    /// Takes the remarks about a structure away, and gives them back about its new name.
    fn remarks(&mut self, list: &str, seat: &Seat, name: &str) -> Vec<Value> {
        let types = self.files.get(&seat.0).map(|old| &old.document["types"]);
        let scope = json!({ "types": types });
        let mut taken = Vec::new();
        let Some(Value::Array(all)) = self.document(remarks_of(&seat.0)).get_mut(list)
        else {
            return taken;
        };
        all.retain(|remark| {
            let Some(mut at) = facts::place(remark, &scope) else {
                return true;
            };
            let own = KeyPath::default().key("types").key(&seat.1);
            if !own.holds(&at) {
                return true;
            }
            at.0[1] = Step::Key(name.to_owned());
            let mut remark = remark.clone();
            remark["at"] = at.to_string().into();
            taken.push(remark);
            false
        });
        taken
    }

    /// Adds remarks to a file, each once.
    fn say(&mut self, list: &str, file: &str, remarks: Vec<Value>) {
        let Some(document) = self.document(file).as_object_mut() else {
            return;
        };
        for remark in remarks {
            let all = document.entry(list).or_insert_with(|| json!([]));
            if let Value::Array(all) = all
                && !all.contains(&remark)
            {
                all.push(remark);
            }
        }
    }

    /// A file, as it will have been.
    fn document(&mut self, file: &str) -> &mut Value {
        let old = self.files.get(file).map(|old| &old.document);
        let moved = self.moved.0.entry(file.to_owned());
        moved.or_insert_with(|| old.cloned().unwrap_or_else(|| json!({})))
    }

    /// The entries of a key that holds a mapping; nothing where it holds something else.
    fn types(&mut self, file: &str) -> Option<&mut Map<String, Value>> {
        let document = self.document(file).as_object_mut()?;
        let types = document.entry("types").or_insert_with(|| json!({}));
        types.as_object_mut()
    }

    fn structure(&self, (file, name): &Seat) -> Option<&Value> {
        self.files.get(file)?.document["types"].get(name)
    }

    /// Whether there is something of ours in a file, or in what is said about it.
    fn is_ours(&self, file: &str) -> bool {
        [file, remarks_of(file)].into_iter().any(|file| {
            let old = self.files.get(file);
            old.is_some_and(|old| !old.head.is_untouched(old.body))
        })
    }

    /// Whether a file takes the facts of the source: it is not there, or it was imported and
    /// its facts change by errata only.
    fn is_open(&self, file: &str) -> bool {
        [file, remarks_of(file)].into_iter().all(|file| {
            let Some(Old { head, document, .. }) = self.files.get(file) else {
                return !self.texts.contains_key(file);
            };
            let speaks = self.files.get(remarks_of(file));
            let errata = speaks.map(|old| facts::errata_of(file, &old.document));
            let errata = errata.unwrap_or_default();
            facts::digest_of(document, &errata) == head.facts
        })
    }
}

/// The file that the remarks about a file's structures stand in.
fn remarks_of(file: &str) -> &str {
    if file == SHARED { SERVICE } else { file }
}

/// Two graphs of types that begin at one operation.
struct Walk<'w> {
    /// The structures as they were: the operation's own, and what is shared.
    old: [(&'w str, &'w Value); 2],
    /// The structures as they are.
    new: [(&'w str, &'w IndexMap<String, Members>); 2],
    /// What each old one is by now.
    pairs: &'w mut BTreeMap<Seat, BTreeSet<Seat>>,
}

impl Walk<'_> {
    fn members(&mut self, old: &Value, new: &Members) {
        for (name, member) in new {
            if let Some(old) = old.get(name) {
                self.member(old, member);
            }
        }
    }

    fn member(&mut self, mut old: &Value, mut new: &Member) {
        while let Some(held) = old.get("items").or(old.get("values")) {
            old = held;
        }
        while let Some(held) = new.items.as_ref().or(new.values.as_ref()) {
            new = held;
        }
        let name = old["type"].as_str().unwrap_or_default();
        let mut olds = self.old.iter();
        let old = olds.find_map(|(file, types)| Some((*file, types.get(name)?)));
        let mut news = self.new.iter();
        let new =
            news.find_map(|(file, types)| Some((*file, types.get(&new.kind)?, new)));
        if let (Some((from, old)), Some((to, members, new))) = (old, new) {
            let from = (from.to_owned(), name.to_owned());
            let to = (to.to_owned(), new.kind.clone());
            if self.pairs.entry(from).or_default().insert(to) {
                self.members(old, members);
            }
        }
    }
}
