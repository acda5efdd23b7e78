//! A file made by hand beside what the source says: what differs, never which is right.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::de::DeserializeOwned;

use super::Conflict;
use crate::spec::{Member, Members, Operation, Service, Types};

/// How a spec file differs from the text that an import would write in its place.
pub(super) fn files(file: &str, by_hand: &str, imported: &str) -> Vec<Conflict> {
    let mut sheet = Sheet {
        file,
        conflicts: Vec::new(),
    };
    let known = if file.ends_with("/service.yaml") {
        both(by_hand, imported).map(|(one, other)| sheet.service(&one, &other))
    } else if file.ends_with("/types.yaml") {
        both::<Types>(by_hand, imported)
            .map(|(one, other)| sheet.structures("types", &one.types, &other.types))
    } else {
        both(by_hand, imported).map(|(one, other)| sheet.operation(&one, &other))
    };
    if known.is_none() {
        sheet.add(".", "text that is no spec", "");
    }
    sheet.conflicts
}

fn both<T: DeserializeOwned>(by_hand: &str, imported: &str) -> Option<(T, T)> {
    let read = |text| serde_yaml::from_str(text).ok();
    Some((read(by_hand)?, read(imported)?))
}

struct Sheet<'f> {
    file: &'f str,
    conflicts: Vec<Conflict>,
}

impl Sheet<'_> {
    fn add(&mut self, at: &str, file_says: &str, source_says: &str) {
        if file_says != source_says {
            self.conflicts.push(Conflict {
                file: self.file.to_owned(),
                at: at.to_owned(),
                file_says: file_says.to_owned(),
                source_says: source_says.to_owned(),
                page_said: None,
            });
        }
    }

    fn service(&mut self, by_hand: &Service, imported: &Service) {
        self.add("product", &by_hand.product, &imported.product);
        self.add("version", &by_hand.version, &imported.version);
        let hosts = [&by_hand.endpoint, &imported.endpoint]
            .map(|endpoint| endpoint.global.as_deref().unwrap_or_default());
        self.add("endpoint.global", hosts[0], hosts[1]);
    }

    fn operation(&mut self, by_hand: &Operation, imported: &Operation) {
        self.members("request", &by_hand.request, &imported.request);
        self.members("response", &by_hand.response, &imported.response);
        self.structures("types", &by_hand.types, &imported.types);
        let [hand, source] = [by_hand, imported].map(|operation| {
            let codes = operation.errors.iter();
            codes
                .filter_map(|error| error.code.as_deref())
                .collect::<BTreeSet<_>>()
        });
        for code in hand.difference(&source) {
            self.add("errors", code, "");
        }
        for code in source.difference(&hand) {
            self.add("errors", "", code);
        }
    }

    fn structures(
        &mut self,
        at: &str,
        by_hand: &IndexMap<String, Members>,
        imported: &IndexMap<String, Members>,
    ) {
        for (name, members) in by_hand {
            match imported.get(name) {
                Some(source) => self.members(&format!("{at}.{name}"), members, source),
                None => self.add(at, name, ""),
            }
        }
        for name in imported.keys().filter(|name| !by_hand.contains_key(*name)) {
            self.add(at, "", name);
        }
    }

    fn members(&mut self, at: &str, by_hand: &Members, imported: &Members) {
        for (name, member) in by_hand {
            let at = format!("{at}.{name}");
            match imported.get(name) {
                Some(source) => self.add(&at, &told(member), &told(source)),
                None => self.add(&at, &told(member), ""),
            }
        }
        for (name, member) in imported {
            if !by_hand.contains_key(name) {
                self.add(&format!("{at}.{name}"), "", &told(member));
            }
        }
    }
}

/// The type of a member, and whether it is required.
fn told(member: &Member) -> String {
    let required = if member.required { ", required" } else { "" };
    format!("{}{required}", kind(member))
}

fn kind(member: &Member) -> String {
    match member.items.as_deref().or(member.values.as_deref()) {
        Some(held) => format!("{} of {}", member.kind, kind(held)),
        None => member.kind.clone(),
    }
}
