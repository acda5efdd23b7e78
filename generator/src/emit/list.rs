//! How lists and waiters go on, as tables of the runtime.

use super::item;
use crate::page::Code;
use crate::rust::{Pages, Turn, Waiter};

pub(super) fn pages(request: &str, pages: &Pages, code: &mut Code) {
    let Pages {
        turn,
        at,
        items,
        total,
        more,
        item,
    } = pages;
    code.push("\nimpl yunspec_runtime::Paginated for ")
        .name(request)
        .push(" {\n");
    let mut value = Code::of("yunspec_runtime::Turn::");
    match turn {
        Turn::Offset => value.push("Offset"),
        Turn::Page(first) => value.push("Page(").number(*first).push(")"),
        Turn::Token(path) => value.push("Token(").push_literal(path).push(")"),
        Turn::Marker(path) => value.push("Marker(").push_literal(path).push(")"),
    };
    code.constant("const TURN: yunspec_runtime::Turn", &value)
        .constant("const AT: &'static str", &Code::literal(at))
        .constant("const ITEMS: &'static str", &Code::literal(items));
    for (head, path) in [
        ("const TOTAL: Option<&'static str>", total),
        ("const MORE: Option<&'static str>", more),
    ] {
        if let Some(path) = path {
            let mut some = Code::of("Some(");
            some.push_literal(path).push(")");
            code.constant(head, &some);
        }
    }
    code.push("    type Item = ")
        .code(&item::ty(item))
        .push(";\n}\n");
}

pub(super) fn waiter(request: &str, waiter: &Waiter, code: &mut Code) {
    let Waiter {
        interval,
        attempts,
        module,
        request: poll,
    } = waiter;
    let mut value = Code::of("yunspec_runtime::Polling::new(");
    value
        .number(*interval)
        .push(", ")
        .number(*attempts)
        .push(")");
    code.push("\nimpl yunspec_runtime::Awaited for ")
        .name(request)
        .push(" {\n")
        .constant("const POLLING: yunspec_runtime::Polling", &value)
        .push("    type Poll = super::")
        .name(module)
        .push("::")
        .name(poll)
        .push(";\n}\n");
}
