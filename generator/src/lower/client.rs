//! The client of a service, in both forms: methods to await, and methods that wait.

use crate::model::{Operation, Service};
use crate::name;
use crate::rust::{Client, Gives, Item, Method, Module, Names, Use};

use super::docs::{Docs, prose, sentence};
use super::operation::Trio;
use super::service::One;
use super::{paging, path, plain, structure};

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

/// The client, with a method for each operation, and more where it pages or goes on.
pub(super) fn client(service: &One<'_>, blocking: bool) -> Client {
    let operations = service.service.operations.iter();
    let methods = operations.flat_map(|operation| {
        let mut methods = vec![call(operation)];
        methods.extend(pages(operation));
        methods.extend(waiter(service.service, operation));
        methods
    });
    let what = if blocking {
        "Blocking client"
    } else {
        "Client"
    };
    let title = format!("{what} of {}", prose(&service.service.title));
    Client {
        docs: Docs::at(0).paragraph(&sentence(title)).lines(),
        blocking,
        methods: methods.collect(),
    }
}

fn call(operation: &Operation) -> Method {
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
        gives: Gives::Answer { response, error },
    }
}

fn pages(operation: &Operation) -> Option<Method> {
    let facts = operation.pagination.as_ref()?;
    Some(Method {
        docs: paging::pages_docs(operation, facts),
        deprecated: operation.deprecated.as_deref().map(structure::note_text),
        name: paging::pages_method(operation),
        request: Trio::of(&operation.name).request,
        gives: Gives::Pages,
    })
}

fn waiter(service: &Service, operation: &Operation) -> Option<Method> {
    let (facts, poll) = paging::polled(service, operation)?;
    Some(Method {
        docs: paging::waiter_docs(operation, facts, poll),
        deprecated: operation.deprecated.as_deref().map(structure::note_text),
        name: paging::waiter_method(operation),
        request: Trio::of(&poll.name).request,
        gives: Gives::Waiter(Trio::of(&operation.name).request),
    })
}
