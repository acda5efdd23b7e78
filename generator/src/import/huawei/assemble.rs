//! Drafts become operations: each member where it travels, and nothing that the client
//! fills in.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::draft::{Draft, Param, Sheet};
use super::kit::{DEPRECATED, Reader};
use super::plan::{Plan, Way};
use super::schema::word;
use crate::spec::{Http, Location, Member, Members, Operation, Source, Style};

/// The member that is a whole body, where it has no name.
const BODY: &str = "body";

/// Headers that the client sets, in lower case.
const OF_CLIENT: [&str; 12] = [
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "date",
    "host",
    "transfer-encoding",
    "user-agent",
    "x-auth-token",
    "x-domain-id",
    "x-project-id",
    "x-sdk-date",
];

/// The header of an answer that holds the id of the call, which the client reads.
const REQUEST_ID: &str = "x-request-id";

/// What is the same for the operations of one document.
pub(super) struct Assembly<'a> {
    /// The product and the document.
    pub(super) collection: String,
    /// The language of its texts.
    pub(super) language: &'a str,
}

/// Whether the client fills a parameter in; `own` says that the operation's project is not
/// the client's.
pub(super) fn is_of_client(name: &str, location: Location, own: bool) -> bool {
    match location {
        Location::Path => name == "project_id" && !own,
        Location::Header => OF_CLIENT.contains(&name.to_ascii_lowercase().as_str()),
        _ => false,
    }
}

impl Assembly<'_> {
    /// The operation that a draft of the sheet becomes.
    pub(super) fn operation(
        &self,
        name: &str,
        sheet: &Sheet,
        plan: &Plan,
        own: bool,
        reader: &mut Reader<'_>,
    ) -> Operation {
        let draft = &sheet.drafts[name];
        let source = Source {
            title: name.to_owned(),
            collection: Some(self.collection.clone()),
            language: self.language.to_owned(),
            ..Source::default()
        };
        let http = Http {
            method: Some(draft.method.clone()),
            path: Some(draft.path.clone()),
            host: draft.host.clone(),
            content_type: plan.content_type.clone(),
        };
        let mut request = outside(name, draft, own, reader);
        body(name, draft, &sheet.types, plan, &mut request, reader);
        Operation {
            operation: name.to_owned(),
            doc: draft.doc.clone(),
            source,
            http: Some(http),
            gated: plan.gated.clone(),
            deprecated: draft.deprecated.then(|| DEPRECATED.to_owned()),
            request,
            response: answer(name, draft, &sheet.types, plan, reader),
            notes: draft.notes.clone(),
            ..Operation::default()
        }
    }
}

/// What travels outside the body.
fn outside(name: &str, draft: &Draft, own: bool, reader: &mut Reader<'_>) -> Members {
    let mut members = Members::new();
    let places: BTreeSet<&str> = placeholders(&draft.path).collect();
    for place in &places {
        let listed = draft.lists(place, Location::Path);
        if !listed && !is_of_client(place, Location::Path, own) {
            reader.lose(
                "member of a path that only the path tells",
                &at(name, place),
            );
            members.insert((*place).to_owned(), filling(word("string")));
        }
    }
    // A path cannot do without its members: they take their names first.
    let (of_path, others): (Vec<_>, Vec<_>) = draft
        .params
        .iter()
        .partition(|param| param.location == Location::Path);
    for param in of_path.into_iter().chain(others) {
        let at = at(name, &param.name);
        if is_of_client(&param.name, param.location, own) {
            reader.lose("parameter that the client fills in", &at);
        } else if param.location == Location::Path
            && !places.contains(param.name.as_str())
        {
            reader.lose("member of a path that the path has not", &at);
        } else if takes(&members, param) {
            reader.lose("parameter named like another one", &at);
        } else {
            members.insert(param.name.clone(), placed(param, &at, reader));
        }
    }
    members
}

/// Whether the name of a parameter is taken; the case of a header has no meaning.
fn takes(members: &Members, param: &Param) -> bool {
    let header = |member: &Member| member.location == Some(Location::Header);
    let same = |(name, member): (&String, &Member)| {
        header(member)
            && param.location == Location::Header
            && name.eq_ignore_ascii_case(&param.name)
    };
    members.contains_key(&param.name) || members.iter().any(same)
}

fn placed(param: &Param, at: &str, reader: &mut Reader<'_>) -> Member {
    let mut member = param.member.clone();
    match param.location {
        Location::Path | Location::Host => {
            single(&mut member, at, reader);
            member = filling(member);
        }
        Location::Header => {
            let list = member.kind == "array" && member.style != Some(Style::Json);
            if list {
                member.style = Some(Style::Comma);
            } else {
                single(&mut member, at, reader);
            }
        }
        _ => {}
    }
    member.location = Some(param.location);
    member
}

/// Where only one value fits, what is none is a text.
fn single(member: &mut Member, at: &str, reader: &mut Reader<'_>) {
    let plain = [
        "string", "integer", "int32", "int64", "uint64", "number", "boolean",
    ];
    member.style = None;
    if !plain.contains(&member.kind.as_str()) {
        reader.lose(
            "parameter that is no single value, which is read as a text",
            at,
        );
        *member = Member {
            required: member.required,
            doc: member.doc.take(),
            ..word("string")
        };
    }
}

/// A member that a placeholder waits for.
fn filling(member: Member) -> Member {
    Member {
        required: true,
        default: None,
        location: Some(Location::Path),
        ..member
    }
}

/// Adds the body.
fn body(
    name: &str,
    draft: &Draft,
    types: &IndexMap<String, Members>,
    plan: &Plan,
    request: &mut Members,
    reader: &mut Reader<'_>,
) {
    let Some(body) = &draft.body else {
        return;
    };
    if !plan.takes(body, types) {
        let kind = match plan.request {
            Way::Nothing => "body of a method that has none",
            _ if body.kind == "any" => return,
            _ => "body that another document says otherwise",
        };
        reader.lose(kind, name);
        return;
    }
    if plan.request == Way::Whole {
        let free = [BODY, "payload", "content"];
        let free = free.iter().find(|name| !request.contains_key(**name));
        let member = Member {
            required: !draft.bodiless,
            location: Some(Location::Payload),
            ..body.clone()
        };
        request.insert((*free.unwrap_or(&BODY)).to_owned(), member);
        return;
    }
    for (wire, member) in &types[&body.kind] {
        if request.contains_key(wire) {
            reader.lose("part of a form named like a parameter", &at(name, wire));
            continue;
        }
        let mut member = member.clone();
        if draft.bodiless && member.required {
            reader.lose(
                "required member of a body that may be left out",
                &at(name, wire),
            );
            member.required = false;
        }
        if plan.request == Way::Form {
            member.location = Some(Location::Form);
            member.style = super::draft::style(&member, None);
        }
        request.insert(wire.clone(), member);
    }
}

/// What comes back.
fn answer(
    name: &str,
    draft: &Draft,
    types: &IndexMap<String, Members>,
    plan: &Plan,
    reader: &mut Reader<'_>,
) -> Members {
    let mut response = Members::new();
    if let Some(body) = &draft.answer {
        if !plan.takes_answer(body, types) {
            let known = usize::from(body.kind != "any");
            let kind = "answer that another document says otherwise";
            reader.lose_many(kind, known, name);
        } else if plan.response == Way::Whole {
            let member = Member {
                location: Some(Location::Payload),
                ..body.clone()
            };
            response.insert(BODY.to_owned(), member);
        } else {
            response.clone_from(&types[&body.kind]);
        }
    }
    for (header, member) in &draft.headers {
        if header.eq_ignore_ascii_case(REQUEST_ID) {
            continue;
        }
        if response.contains_key(header) {
            reader.lose("header of an answer named like a member", &at(name, header));
            continue;
        }
        let mut member = member.clone();
        single(&mut member, &at(name, header), reader);
        member.location = Some(Location::Header);
        response.insert(header.clone(), member);
    }
    response
}

/// The names between braces.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    let opened = path.split('{').skip(1);
    opened.filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

fn at(operation: &str, name: &str) -> String {
    format!("{operation}.{name}")
}
