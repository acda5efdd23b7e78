//! The smaller mappings of an operation, and what a file says about its page.

use super::json;
use super::keys::Keys;
use crate::import::yaml::Node;
use crate::spec::{
    Change, Condition, Erratum, Example, Gap, Http, Note, Permission, RateLimit,
};

/// Errata, gaps and notes, where there are any.
pub(super) fn add(errata: &[Erratum], gaps: &[Gap], notes: &[Note], keys: &mut Keys) {
    keys.list("errata", errata.iter().map(erratum));
    keys.list("gaps", gaps.iter().map(gap));
    keys.list("notes", notes.iter().map(note));
}

/// How an operation travels.
pub(super) fn http(http: &Http) -> Node {
    let Http {
        method,
        path,
        host,
        content_type,
    } = http;
    let mut keys = Keys::default();
    keys.maybe("method", method.as_ref());
    keys.maybe("path", path.as_ref());
    keys.maybe("host", host.as_ref());
    keys.maybe("content_type", content_type.as_ref());
    keys.row()
}

/// What an account must grant.
pub(super) fn permission(permission: &Permission) -> Node {
    let Permission {
        action,
        access_level,
        resource,
        condition_keys,
        dependent_actions,
    } = permission;
    let mut keys = Keys::default();
    keys.text("action", action);
    keys.maybe("access_level", access_level.as_ref());
    keys.maybe("resource", resource.as_ref());
    for (key, texts) in [
        ("condition_keys", condition_keys),
        ("dependent_actions", dependent_actions),
    ] {
        let texts = texts.as_ref().map(|texts| texts.iter().map(Node::text));
        keys.maybe_node(key, texts.map(|texts| Node::List(texts.collect())));
    }
    keys.row()
}

/// A documented limit.
pub(super) fn rate_limit(limit: &RateLimit) -> Node {
    let RateLimit {
        requests,
        per,
        scope,
    } = limit;
    let mut keys = Keys::default();
    keys.count("requests", Some(requests));
    keys.word("per", Some(*per));
    keys.maybe("scope", scope.as_ref());
    keys.row()
}

/// A rule that holds in some accounts or states only.
pub(super) fn condition(condition: &Condition) -> Node {
    let Condition {
        when,
        then,
        min_length,
    } = condition;
    let mut keys = Keys::default();
    keys.text("when", when);
    keys.text("then", then);
    keys.count("min_length", *min_length);
    keys.row()
}

/// A sample of the page.
pub(super) fn example(example: &Example) -> Node {
    let Example {
        title,
        request,
        response,
        response_xml,
    } = example;
    let mut keys = Keys::default();
    keys.maybe("title", title.as_ref());
    keys.maybe_node("request", request.as_ref().map(json));
    keys.maybe_node("response", response.as_ref().map(json));
    keys.maybe("response_xml", response_xml.as_ref());
    keys.row()
}

/// An entry of the page's change history.
pub(super) fn change(change: &Change) -> Node {
    let Change { date, changes } = change;
    let mut keys = Keys::default();
    keys.text("date", date);
    let changes = changes.iter().map(Node::text).collect();
    keys.add("changes", Node::List(changes));
    keys.row()
}

fn erratum(erratum: &Erratum) -> Node {
    let Erratum {
        at,
        page,
        why,
        evidence,
        caller,
        answers,
    } = erratum;
    let mut keys = Keys::default();
    keys.text("at", at);
    keys.maybe_node("page", page.as_ref().map(json));
    keys.text("why", why);
    keys.text("evidence", evidence);
    keys.flag("caller", *caller);
    keys.list("answers", answers.iter().map(Node::text));
    keys.row()
}

fn gap(gap: &Gap) -> Node {
    let Gap { at, why, answers } = gap;
    let mut keys = Keys::default();
    keys.text("at", at);
    keys.text("why", why);
    keys.list("answers", answers.iter().map(Node::text));
    keys.row()
}

fn note(note: &Note) -> Node {
    let Note { at, note, answers } = note;
    let mut keys = Keys::default();
    keys.text("at", at);
    keys.text("note", note);
    keys.list("answers", answers.iter().map(Node::text));
    keys.row()
}
