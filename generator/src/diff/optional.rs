//! What a member may have or not, and its texts.

use serde_json::json;

use super::host::Found;
use super::rules::document;
use super::seat::Seat;
use super::{Rule, documents};
use crate::model::Member;

/// What may be there or not: default, format, conditions, special values.
pub(super) fn facts(seat: &Seat<'_>, old: &Member, new: &Member, found: &mut Found<'_>) {
    let kit = seat.kit;
    let values = (json!(old.default), json!(new.default));
    seat.either(kit.default, "default", values, found);
    let values = (json!(old.format), json!(new.format));
    seat.either(kit.format, "format", values, found);
    for (value, meaning) in &new.special {
        let before = old.special.get(value);
        if before != Some(meaning) {
            let values = (json!(before), json!(meaning));
            seat.either(kit.special, &format!("special.{value}"), values, found);
        }
    }
    for (value, meaning) in &old.special {
        if !new.special.contains_key(value) {
            let values = (json!(meaning), json!(null));
            seat.either(kit.special, &format!("special.{value}"), values, found);
        }
    }
    let before: Vec<_> = old.conditions.iter().map(|one| json!(one)).collect();
    let after: Vec<_> = new.conditions.iter().map(|one| json!(one)).collect();
    for (index, one) in after.iter().enumerate() {
        if !before.contains(one) {
            let values = (json!(null), one.clone());
            seat.either(kit.condition, &format!("conditions.{index}"), values, found);
        }
    }
    for (index, one) in before.iter().enumerate() {
        if !after.contains(one) {
            let values = (one.clone(), json!(null));
            seat.either(kit.condition, &format!("conditions.{index}"), values, found);
        }
    }
}

/// Texts, samples and examples.
pub(super) fn texts(seat: &Seat<'_>, old: &Member, new: &Member, found: &mut Found<'_>) {
    let paths = (&seat.paths.0, &seat.paths.1);
    documents::at(&seat.host, "doc", paths, (&old.doc, &new.doc), found);
    let written = (&old.written, &new.written);
    documents::at(&seat.host, "written", paths, written, found);
    let lists: [(&str, &'static Rule, _, _); 4] = [
        (
            "example",
            &document::EXAMPLE_CHANGED,
            json!(old.example),
            json!(new.example),
        ),
        (
            "matches",
            &document::SAMPLES,
            json!(old.matches),
            json!(new.matches),
        ),
        (
            "refuses",
            &document::SAMPLES,
            json!(old.refuses),
            json!(new.refuses),
        ),
        (
            "enum",
            &super::rules::values::BOOLEAN,
            json!(old.meanings),
            json!(new.meanings),
        ),
    ];
    for (key, rule, old, new) in lists {
        documents::list((&seat.host, rule), key, paths, (&old, &new), found);
    }
}
