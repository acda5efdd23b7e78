//! The client of a service, in both forms: methods to await, and methods that wait.

use crate::name;
use crate::rust::{Client, Item, Method, Module, Names, Use};

use super::docs::{Docs, prose, sentence};
use super::operation::Trio;
use super::service::One;
use super::{path, plain, structure};

/// `blocking.rs`.
pub(super) fn blocking(service: &One<'_>) -> Module {
    let [provider, name] = service.path();
    let docs = Docs::at(0)
        .text("The same client for programs without async code.")
        .paragraph("It works on any thread, also inside an async runtime; see [`yunspec_runtime::blocking`].");
    Module {
        path: ["src", plain(&provider), plain(&name), "blocking.rs"]
            .iter()
            .collect(),
        source: format!("{}/service.yaml", service.id),
        service: Some(service.id.to_owned()),
        docs: docs.lines(),
        attributes: Vec::new(),
        children: Vec::new(),
        exports: Vec::new(),
        imports: vec![vec![Use {
            path: path(["super"]),
            names: Names::All,
        }]],
        items: vec![Item::Client(client(service, true))],
    }
}

/// The client, with a method for each operation.
pub(super) fn client(service: &One<'_>, blocking: bool) -> Client {
    let methods = service.service.operations.iter().map(|operation| {
        let Trio {
            request,
            response,
            error,
        } = Trio::of(&operation.name);
        let module = name::module(&operation.name);
        let link = format!(
            "Rules, error codes and known mistakes of the page: [`{0}`](mod@{0}).",
            plain(&module)
        );
        Method {
            docs: Docs::at(4)
                .text(&operation.summary)
                .paragraph(&link)
                .lines(),
            deprecated: operation.deprecated.as_deref().map(structure::note_text),
            name: name::method(&operation.name),
            request,
            response,
            error,
        }
    });
    let what = if blocking {
        "Blocking client"
    } else {
        "Client"
    };
    let title = format!("{what} of {}", prose(&service.service.title));
    Client {
        docs: Docs::at(0).paragraph(&sentence(&title)).lines(),
        blocking,
        methods: methods.collect(),
    }
}
