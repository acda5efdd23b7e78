//! `intl-en/SERVICE.VERSION.json`: the provider's English texts, for `--with-docs`.

use serde_json::Value;

use crate::import::{Service, markup};
use crate::spec::Members;

/// Puts English texts in the place of others.
pub(super) fn add(service: &mut Service, english: &Value) {
    for operation in &mut service.operations {
        let name = operation.operation.as_str();
        let doc = text(&english["actions"][name]["doc"]);
        operation.doc = doc.or(operation.doc.take());
        let structures = &english["structs"];
        members(
            &mut operation.request,
            &structures[format!("{name}Request")],
        );
        let response = &structures[format!("{name}Response")];
        members(&mut operation.response, response);
        for error in &mut operation.errors {
            let code = error.code.as_deref().unwrap_or_default();
            error.doc = text(&english["codes"][code]).or(error.doc.take());
        }
    }
    for (name, structure) in &mut service.types {
        members(structure, &english["structs"][name.as_str()]);
    }
}

fn members(members: &mut Members, english: &Value) {
    for told in english.as_array().into_iter().flatten() {
        let name = told["name"].as_str().unwrap_or_default();
        if let Some(member) = members.get_mut(name) {
            member.doc = text(&told["doc"]).or(member.doc.take());
        }
    }
}

fn text(value: &Value) -> Option<String> {
    markup::without(value.as_str()?)
}
