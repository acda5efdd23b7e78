//! The facts of an operation.

use super::list;
use crate::page::Code;
use crate::rust::{Operation, Retry};

pub(super) fn operation(operation: &Operation) -> Code {
    let Operation {
        request,
        response,
        error,
        name,
        method,
        path,
        host,
        content_type,
        answer,
        retry,
        limit,
        pages,
        waiter,
    } = operation;
    let mut code = Code::of("impl Operation for ");
    code.name(request).push(" {\n");
    let mut text = |head, value: Option<&String>| {
        if let Some(value) = value {
            code.constant(head, &Code::literal(value));
        }
    };
    text("const NAME: &'static str", Some(name));
    text("const METHOD: &'static str", method.as_ref());
    text("const PATH: &'static str", path.as_ref());
    for (head, value) in [
        ("const HOST: Option<&'static str>", host),
        ("const CONTENT_TYPE: Option<&'static str>", content_type),
    ] {
        if let Some(value) = value {
            let mut some = Code::of("Some(");
            some.push_literal(value).push(")");
            code.constant(head, &some);
        }
    }
    if let Some(answer) = answer {
        let mut value = Code::of("yunspec_runtime::Answer::");
        value.name(answer);
        code.constant("const ANSWER: yunspec_runtime::Answer", &value);
    }
    code.push(match retry {
        Retry::Safe => "    const RETRY: Retry = Retry::Safe;\n",
        Retry::Unsafe => "    const RETRY: Retry = Retry::Unsafe;\n",
    });
    if let Some((constructor, requests)) = limit {
        let mut value = Code::of("Some(RateLimit::");
        value
            .push(constructor)
            .push("(")
            .number(*requests)
            .push("))");
        code.constant("const LIMIT: Option<RateLimit>", &value);
    }
    code.push("    type Response = ").name(response);
    code.push(";\n    type Error = ").name(error).push(";\n}\n");
    if let Some(pages) = pages {
        list::pages(request, pages, &mut code);
    }
    if let Some(waiter) = waiter {
        list::waiter(request, waiter, &mut code);
    }
    code
}
