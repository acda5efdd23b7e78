//! How the bodies of an operation travel: both documents must say it in one way before what
//! they say can be merged.

use indexmap::IndexMap;

use super::draft::{Draft, essence, is_json};
use crate::spec::{Location, Member, Members};

/// A document's draft with the structures of that document.
pub(super) type Side<'s> = (&'s Draft, &'s IndexMap<String, Members>);

/// How one body travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// There is none.
    Nothing,
    /// Its members are members of the message.
    Members,
    /// They are the parts of a form.
    Form,
    /// It is one member.
    Whole,
}

/// How an operation travels.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) request: Way,
    pub(super) response: Way,
    /// The content type, where the members do not bring it.
    pub(super) content_type: Option<String>,
    /// Why nothing can be sent.
    pub(super) gated: Option<String>,
}

impl Plan {
    /// Decides for all documents that tell of an operation, the most trusted first.
    pub(super) fn new(
        sides: &[Side<'_>],
        is_of_client: &dyn Fn(&str, Location) -> bool,
    ) -> Self {
        let media = sides.iter().find_map(|(draft, _)| {
            let media = draft.media.as_deref();
            media.filter(|media| draft.body.is_some() || !is_json(media))
        });
        let media = media.map(essence).unwrap_or_default();
        let bodies = sides
            .iter()
            .map(|(draft, types)| (draft.body.as_ref(), *types));
        let answers = sides
            .iter()
            .map(|(draft, types)| (draft.answer.as_ref(), *types));
        let mut plan = Self {
            request: way(bodies),
            response: way(answers),
            content_type: None,
            gated: None,
        };
        let outside = |name: &str| {
            let params = sides.iter().flat_map(|(draft, _)| &draft.params);
            params
                .filter(|param| !is_of_client(&param.name, param.location))
                .any(|param| param.name == name)
        };
        let bodyless = ["GET", "HEAD"].contains(&sides[0].0.method.as_str());
        if bodyless {
            plan.request = Way::Nothing;
        }
        match (plan.request, media.as_str()) {
            (Way::Nothing, _) => {}
            (Way::Members, media) if is_form(media) => {
                plan.request = Way::Form;
                let files = parts(sides).any(|(_, member)| member.kind == "binary");
                if media.starts_with("multipart") && !files {
                    plan.content_type = Some(media.to_owned());
                }
            }
            (way, media)
                if is_json(media) || (way == Way::Members && media == "text/plain") =>
            {
                if way == Way::Members && parts(sides).any(|(name, _)| outside(name)) {
                    plan.request = Way::Whole;
                }
            }
            (way, media) if media.ends_with("json") => {
                plan.content_type = Some(media.to_owned());
                if way == Way::Members && parts(sides).any(|(name, _)| outside(name)) {
                    plan.request = Way::Whole;
                }
            }
            (Way::Whole, media) if parts_are_raw(sides) && !media.ends_with("xml") => {
                plan.content_type = Some(media.to_owned());
            }
            (_, media) => plan.gated = Some(format!("Its body is `{media}`.")),
        }
        let answer = sides
            .iter()
            .find_map(|(draft, _)| draft.answer_media.as_deref());
        let foreign =
            |media: &&str| media.ends_with("xml") || media.ends_with("event-stream");
        if let Some(media) = answer.filter(foreign) {
            plan.gated = Some(format!("Its answer is `{media}`."));
        }
        plan
    }

    /// Whether what a document says of the body can be merged.
    pub(super) fn takes(&self, body: &Member, types: &IndexMap<String, Members>) -> bool {
        fits(self.request, body, types)
    }

    /// Whether what a document says of the answer can be merged.
    pub(super) fn takes_answer(
        &self,
        body: &Member,
        types: &IndexMap<String, Members>,
    ) -> bool {
        fits(self.response, body, types)
    }
}

fn fits(way: Way, body: &Member, types: &IndexMap<String, Members>) -> bool {
    match way {
        Way::Nothing => false,
        Way::Members | Way::Form => types.contains_key(&body.kind),
        Way::Whole => true,
    }
}

/// Whether the body is a text or bytes, which are sent as they are.
fn parts_are_raw(sides: &[Side<'_>]) -> bool {
    let mut bodies = sides.iter().filter_map(|(draft, _)| draft.body.as_ref());
    bodies.all(|body| ["string", "binary"].contains(&body.kind.as_str()))
}

/// The members of the bodies.
fn parts<'s>(sides: &[Side<'s>]) -> impl Iterator<Item = (&'s String, &'s Member)> {
    sides.iter().flat_map(|(draft, types)| {
        let body = draft.body.as_ref();
        body.and_then(|body| types.get(&body.kind))
            .into_iter()
            .flatten()
    })
}

/// The first document that knows what a body is decides.
fn way<'s>(
    bodies: impl Iterator<Item = (Option<&'s Member>, &'s IndexMap<String, Members>)>,
) -> Way {
    let mut way = Way::Nothing;
    for (body, types) in bodies {
        match body {
            None => {}
            Some(body) if types.contains_key(&body.kind) => return Way::Members,
            Some(body) if body.kind != "any" => return Way::Whole,
            Some(_) => way = Way::Whole,
        }
    }
    way
}

fn is_form(media: &str) -> bool {
    ["multipart/form-data", "application/x-www-form-urlencoded"].contains(&media)
}
