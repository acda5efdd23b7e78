//! What one document says of an operation, before both are held against each other.

use indexmap::IndexMap;
use serde_json::Value;

use crate::spec::{Location, Member, Members, Note, Style};

/// All that a document says of one version of a service.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The operations by name.
    pub(super) drafts: IndexMap<String, Draft>,
    /// The structures that they lead to.
    pub(super) types: IndexMap<String, Members>,
}

/// An operation whose body is not yet taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// The method, in capitals.
    pub(super) method: String,
    /// The path, from its slash on.
    pub(super) path: String,
    /// A host of its own.
    pub(super) host: Option<String>,
    /// What travels outside the body.
    pub(super) params: Vec<Param>,
    /// The content type of the body, where one is told.
    pub(super) media: Option<String>,
    /// The whole body: a structure, or whatever else it is.
    pub(super) body: Option<Member>,
    /// Whether the body may be left out.
    pub(super) bodiless: bool,
    /// The content type of the answer, where one is told.
    pub(super) answer_media: Option<String>,
    /// The whole body of the answer.
    pub(super) answer: Option<Member>,
    /// Headers of the answer.
    pub(super) headers: Members,
    /// Whether the provider advises against it.
    pub(super) deprecated: bool,
    /// The provider's text, where it is wanted.
    pub(super) doc: Option<String>,
    /// What texts alone tell about the pages of a list.
    pub(super) notes: Vec<Note>,
}

/// A member that travels outside the body.
#[derive(Clone, Debug)]
pub(super) struct Param {
    pub(super) name: String,
    pub(super) location: Location,
    pub(super) member: Member,
    /// Whether the document says how a list is written.
    pub(super) styled: bool,
}

impl Draft {
    /// Whether the document lists a parameter.
    pub(super) fn lists(&self, name: &str, location: Location) -> bool {
        let is = |param: &Param| param.name == name && param.location == location;
        self.params.iter().any(is)
    }
}

/// How what is no single value is written where only text fits; `stated` is what the
/// document calls it.
pub(super) fn style(member: &Member, stated: Option<&str>) -> Option<Style> {
    let plain = |kind: &str| {
        matches!(
            kind,
            "string" | "integer" | "int32" | "int64" | "uint64" | "number" | "boolean"
        )
    };
    match (member.kind.as_str(), member.items.as_deref()) {
        ("binary", _) => None,
        ("array", Some(items)) if plain(&items.kind) => match stated {
            Some("multi") | None => Some(Style::Multi),
            Some(_) => Some(Style::Comma),
        },
        (kind, _) if plain(kind) => None,
        _ => Some(Style::Json),
    }
}

/// A content type without its parameters, in lower case.
pub(super) fn essence(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a content type is that of JSON as it is.
pub(super) fn is_json(media: &str) -> bool {
    matches!(essence(media).as_str(), "application/json" | "*/*" | "")
}

/// The best of several content types, with what the document says of it: JSON, then forms,
/// then whatever comes first.
pub(super) fn choose(content: &Value) -> Option<(&str, &Value)> {
    let object = content.as_object()?;
    let rank = |media: &str| match essence(media).as_str() {
        media if is_json(media) => 0,
        "multipart/form-data" => 1,
        "application/x-www-form-urlencoded" => 2,
        media if media.ends_with("json") => 3,
        _ => 4,
    };
    let best = object.iter().min_by_key(|(media, _)| rank(media))?;
    Some((best.0.as_str(), best.1))
}
