//! Requests that contradict themselves once all is told: a method that has no body and a
//! body, a path without its parameter, two kinds of bodies.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::kit::{self, is_single};
use super::path;
use crate::import::{Report, Service};
use crate::spec::{Location, Member, Members, Note, Operation, Style};

/// Headers that the client sets, in lower case.
const OWN_HEADERS: [&str; 8] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
    "user-agent",
];

/// Parameters that the client sends as headers; a member of such a name is another thing.
const COMMON: [&str; 2] = ["Action", "Version"];

/// Makes each operation one that can be sent, or says why it cannot.
pub(super) fn requests(service: &mut Service, place: &str, report: &mut Report) {
    let known: BTreeSet<String> = service
        .operations
        .iter()
        .map(|one| one.operation.clone())
        .collect();
    let mut desk = Desk { place, report };
    for operation in &mut service.operations {
        method(operation);
        desk.path(operation);
        desk.members(operation);
        desk.body(operation);
        let waits = operation.waiter.as_ref();
        if waits.is_some_and(|waiter| !known.contains(&waiter.operation)) {
            operation.waiter = None;
            desk.lose("waiter that asks another service", operation, "waiter");
        }
    }
    desk.received(service);
}

struct Desk<'d> {
    place: &'d str,
    report: &'d mut Report,
}

impl Desk<'_> {
    fn lose(&mut self, kind: &str, operation: &Operation, member: &str) {
        let place = self.place;
        self.report.lose(kind, || {
            format!("{place}: {}.{member}", operation.operation)
        });
    }

    fn path(&mut self, operation: &mut Operation) {
        let http = operation.http.as_ref();
        let template = http.and_then(|http| http.path.clone()).unwrap_or_default();
        let route = template.split('?').next().unwrap_or_default();
        let names: BTreeSet<String> = route
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name.to_owned())
            .collect();
        let gated = operation.gated.is_some();
        let mut lost = Vec::new();
        for (name, member) in &mut operation.request {
            if member.location == Some(Location::Path) && !names.contains(name) && !gated
            {
                member.location = None;
                lost.push(("parameter of a path that does not name it", name.clone()));
            } else if names.contains(name) && member.location != Some(Location::Path) {
                member.location = Some(Location::Path);
                lost.push((
                    "parameter that travels elsewhere than in its path",
                    name.clone(),
                ));
            }
            if member.location == Some(Location::Path) {
                member.required = true;
            }
        }
        for name in names {
            if !operation.request.contains_key(&name) && !gated {
                let member = Member {
                    location: Some(Location::Path),
                    required: true,
                    ..kit::member("string")
                };
                lost.push(("part of a path without a parameter", name.clone()));
                operation.request.insert(name, member);
            }
        }
        for (kind, name) in lost {
            self.lose(kind, operation, &name);
        }
    }

    /// Members that fit the place where they travel.
    fn members(&mut self, operation: &mut Operation) {
        let mut lost = Vec::new();
        operation.request.retain(|name, member| {
            let header = member.location == Some(Location::Header);
            if header && OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
                lost.push(("header that the client sets itself", name.clone()));
                return false;
            }
            let text = matches!(
                member.location,
                Some(Location::Header | Location::Path | Location::Host)
            );
            if text && member.kind == "array" {
                member.style.get_or_insert(Style::Comma);
                if member.style == Some(Style::Repeat) {
                    member.style = Some(Style::Comma);
                }
            } else if text && !is_single(member) {
                *member = as_text(member);
                lost.push(("structure of a header or a path", name.clone()));
            } else if member.kind == "binary" && member.location.is_none() {
                *member = as_text(member);
                lost.push(("bytes in a query", name.clone()));
            } else if is_single(member) || member.kind == "binary" {
                member.style = None;
            }
            true
        });
        for name in COMMON {
            if operation.request.contains_key(name) {
                operation.notes.push(Note {
                    at: format!("request.{name}"),
                    note: "The client sends its own of this name as a header; this one \
                           travels with the other parameters."
                        .to_owned(),
                    answers: vec!["protocol-parameter-in-business-list".to_owned()],
                });
            }
        }
        for (kind, name) in lost {
            self.lose(kind, operation, &name);
        }
    }

    /// One kind of body, and a method that has one.
    fn body(&mut self, operation: &mut Operation) {
        let at = |members: &Members, location: Location| -> Vec<String> {
            let members = members.iter();
            members
                .filter(|(_, member)| member.location == Some(location))
                .map(|(name, _)| name.clone())
                .collect()
        };
        let request = &mut operation.request;
        let [payload, body, form] = [Location::Payload, Location::Body, Location::Form]
            .map(|one| at(request, one));
        let mut lost = Vec::new();
        if !payload.is_empty() && payload.len() + body.len() + form.len() > 1 {
            let spare = usize::from(body.is_empty() && form.is_empty());
            for name in payload.iter().skip(spare) {
                request.shift_remove(name);
                lost.push(("body beside another one", name.clone()));
            }
        }
        if !body.is_empty() && !form.is_empty() {
            for name in &form {
                if let Some(member) = request.get_mut(name) {
                    member.location = Some(Location::Body);
                    lost.push(("form beside a body", name.clone()));
                }
            }
        }
        let method = operation
            .http
            .as_ref()
            .and_then(|http| http.method.as_deref());
        if matches!(method, Some("GET" | "HEAD")) && operation.gated.is_none() {
            for name in at(request, Location::Form) {
                if let Some(member) = request.get_mut(&name) {
                    member.location = None;
                    lost.push(("form of a method that has no body", name));
                }
            }
            let bodies =
                at(request, Location::Body).len() + at(request, Location::Payload).len();
            if bodies > 0 {
                let why = "It is a GET with a body, which the runtime does not send.";
                operation.gated = Some(why.to_owned());
            }
        }
        let files = operation.request.values().any(|member| {
            member.location == Some(Location::Form) && member.kind == "binary"
        });
        if files {
            let http = operation.http.get_or_insert_default();
            http.content_type = Some("multipart/form-data".to_owned());
        }
        for (kind, name) in lost {
            self.lose(kind, operation, &name);
        }
    }

    /// What comes back may lack whatever the documents call required.
    fn received(&mut self, service: &mut Service) {
        let mut reached = BTreeSet::new();
        let mut open: Vec<String> = Vec::new();
        let mut count = 0;
        for operation in &mut service.operations {
            for member in operation.response.values_mut() {
                count += usize::from(std::mem::take(&mut member.required));
                open.push(bottom(member).to_owned());
            }
        }
        while let Some(name) = open.pop() {
            if !reached.insert(name.clone()) {
                continue;
            }
            for member in service
                .types
                .get_mut(&name)
                .into_iter()
                .flat_map(IndexMap::values_mut)
            {
                count += usize::from(std::mem::take(&mut member.required));
                open.push(bottom(member).to_owned());
            }
        }
        let place = self.place;
        let kind = "that a member always comes back";
        self.report.lose_many(kind, count, || place.to_owned());
    }
}

/// One method of the set, the provider's own where that is possible.
fn method(operation: &mut Operation) {
    let Some(http) = &mut operation.http else {
        return;
    };
    if let Some(set) = &http.method {
        http.method = Some(path::method(set).to_owned());
    }
    if http.path.is_none() && http.method.as_deref().is_none_or(|one| one == "POST") {
        operation.http = None;
    }
}

fn as_text(member: &Member) -> Member {
    Member {
        required: member.required,
        location: member.location,
        deprecated: member.deprecated.clone(),
        doc: member.doc.clone(),
        format: Some("JSON".to_owned()),
        ..kit::member("string")
    }
}

/// The type word at the bottom of arrays and maps.
fn bottom(mut member: &Member) -> &str {
    while let Some(held) = member.items.as_deref().or(member.values.as_deref()) {
        member = held;
    }
    &member.kind
}
