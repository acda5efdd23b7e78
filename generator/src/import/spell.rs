//! What was imported → the text of spec files, with every key that the format has.

use indexmap::IndexMap;
use serde_json::{Number, Value};

use super::yaml::{Node, document};
use crate::spec::{
    Endpoint, EnumValue, ErrorCode, Member, Members, Operation, Pagination, Service,
    Source, Waiter,
};

mod keys;
mod remarks;

use keys::Keys;

/// `service.yaml`.
pub(super) fn service(service: &Service) -> String {
    let Service {
        service,
        title,
        product,
        version,
        protocol,
        members_in,
        method,
        path,
        endpoint,
        gated,
        errata,
        gaps,
        notes,
    } = service;
    let mut keys = Keys::default();
    keys.text("service", service);
    keys.text("title", title);
    keys.text("product", product);
    keys.text("version", version);
    keys.maybe("protocol", protocol.as_ref());
    keys.word("members_in", *members_in);
    keys.maybe("method", method.as_ref());
    keys.maybe("path", path.as_ref());
    keys.add("endpoint", self::endpoint(endpoint));
    keys.maybe("gated", gated.as_ref());
    remarks::add(errata, gaps, notes, &mut keys);
    document(&keys.0)
}

/// `types.yaml`.
pub(super) fn types(types: &IndexMap<String, Members>) -> String {
    document(&[("types".to_owned(), structures(types))])
}

/// The file of an operation; `day` is when it was transcribed.
pub(super) fn operation(operation: &Operation, day: &str) -> String {
    let Operation {
        operation,
        summary,
        doc,
        source,
        http,
        gated,
        retry,
        permission,
        rate_limit,
        deprecated,
        pagination,
        waiter,
        request,
        response,
        types,
        errors,
        examples,
        history,
        errata,
        gaps,
        notes,
    } = operation;
    let mut keys = Keys::default();
    keys.text("operation", operation);
    keys.text("summary", summary);
    keys.maybe("doc", doc.as_ref());
    keys.add("source", self::source(source, day));
    keys.maybe_node("http", http.as_ref().map(remarks::http));
    keys.maybe("gated", gated.as_ref());
    keys.word("retry", Some(*retry));
    keys.maybe_node("permission", permission.as_ref().map(remarks::permission));
    keys.maybe_node("rate_limit", rate_limit.as_ref().map(remarks::rate_limit));
    keys.maybe("deprecated", deprecated.as_ref());
    keys.maybe_node("pagination", pagination.as_ref().map(self::pagination));
    keys.maybe_node("waiter", waiter.as_ref().map(self::waiter));
    for (key, members) in [("request", request), ("response", response)] {
        if !members.is_empty() {
            keys.add(key, self::members(members));
        }
    }
    if !types.is_empty() {
        keys.add("types", structures(types));
    }
    keys.list("errors", errors.iter().map(code));
    keys.list("examples", examples.iter().map(remarks::example));
    keys.list("history", history.iter().map(remarks::change));
    remarks::add(errata, gaps, notes, &mut keys);
    document(&keys.0)
}

fn endpoint(endpoint: &Endpoint) -> Node {
    let Endpoint {
        global,
        global_regions,
        regional,
        regions,
        hosts,
        alternates,
    } = endpoint;
    let mut keys = Keys::default();
    keys.maybe("global", global.as_ref());
    keys.list("global_regions", global_regions.iter().map(Node::text));
    keys.maybe("regional", regional.as_ref());
    keys.list("regions", regions.iter().map(Node::text));
    keys.texts("hosts", hosts);
    keys.texts("alternates", alternates);
    keys.block()
}

fn source(source: &Source, day: &str) -> Node {
    let Source {
        title,
        collection,
        language,
        page_updated,
        transcribed: _,
        official,
    } = source;
    let mut keys = Keys::default();
    keys.text("title", title);
    keys.maybe("collection", collection.as_ref());
    keys.text("language", language);
    keys.maybe("page_updated", page_updated.as_ref());
    keys.text("transcribed", day);
    if !official {
        keys.add("official", Node::word("false"));
    }
    keys.block()
}

fn pagination(pagination: &Pagination) -> Node {
    let Pagination {
        style,
        at,
        size,
        items,
        next,
        last,
        total,
        more,
        first,
    } = pagination;
    let mut keys = Keys::default();
    keys.word("style", Some(*style));
    keys.text("at", at);
    keys.maybe("size", size.as_ref());
    keys.text("items", items);
    keys.maybe("next", next.as_ref());
    keys.maybe("last", last.as_ref());
    keys.maybe("total", total.as_ref());
    keys.maybe("more", more.as_ref());
    keys.count("first", *first);
    keys.row()
}

fn waiter(waiter: &Waiter) -> Node {
    let Waiter {
        operation,
        interval_ms,
        attempts,
    } = waiter;
    let mut keys = Keys::default();
    keys.text("operation", operation);
    keys.count("interval_ms", Some(interval_ms));
    keys.count("attempts", Some(attempts));
    keys.row()
}

fn structures(types: &IndexMap<String, Members>) -> Node {
    let types = types.iter();
    Node::Block(
        types
            .map(|(name, of)| (name.clone(), members(of)))
            .collect(),
    )
}

fn members(members: &Members) -> Node {
    let members = members.iter();
    Node::Block(
        members
            .map(|(name, one)| (name.clone(), member(one)))
            .collect(),
    )
}

fn member(member: &Member) -> Node {
    let Member {
        kind,
        written,
        items,
        values,
        required,
        doc,
        rust_name,
        location,
        style,
        values_known,
        enum_name,
        minimum,
        maximum,
        min_length,
        max_length,
        max_bytes,
        pattern,
        matches,
        refuses,
        format,
        separator,
        min_items,
        max_items,
        special,
        conditions,
        default,
        example,
        sensitive,
        deprecated,
        renamed_from,
    } = member;
    let mut keys = Keys::default();
    keys.text("type", kind);
    keys.maybe("written", written.as_ref());
    keys.maybe_node("items", items.as_deref().map(self::member));
    keys.maybe_node("values", values.as_deref().map(self::member));
    keys.flag("required", *required);
    keys.maybe("rust_name", rust_name.as_ref());
    keys.word("in", *location);
    keys.word("style", *style);
    keys.list("enum", values_known.iter().map(value));
    keys.maybe("enum_name", enum_name.as_ref());
    keys.maybe_node("minimum", minimum.map(number));
    keys.maybe_node("maximum", maximum.map(number));
    keys.count("min_length", *min_length);
    keys.count("max_length", *max_length);
    keys.count("max_bytes", *max_bytes);
    keys.maybe("pattern", pattern.as_ref());
    keys.list("matches", matches.iter().map(Node::text));
    keys.list("refuses", refuses.iter().map(Node::text));
    keys.maybe("format", format.as_ref());
    keys.maybe("separator", separator.as_ref());
    keys.count("min_items", *min_items);
    keys.count("max_items", *max_items);
    keys.texts("special", special);
    keys.list("conditions", conditions.iter().map(remarks::condition));
    keys.maybe_node("default", default.as_ref().map(json));
    keys.maybe_node("example", example.as_ref().map(json));
    keys.maybe("doc", doc.as_ref());
    keys.flag("sensitive", *sensitive);
    keys.maybe("deprecated", deprecated.as_ref());
    keys.maybe("renamed_from", renamed_from.as_ref());
    keys.row()
}

fn value(value: &EnumValue) -> Node {
    let EnumValue {
        value,
        name,
        meaning,
        deprecated,
    } = value;
    let mut keys = Keys::default();
    keys.add("value", json(value));
    keys.maybe("name", name.as_ref());
    keys.maybe("meaning", meaning.as_ref());
    keys.maybe("deprecated", deprecated.as_ref());
    keys.row()
}

fn code(error: &ErrorCode) -> Node {
    let ErrorCode {
        code,
        status,
        message,
        doc,
        name,
        deprecated,
    } = error;
    let mut keys = Keys::default();
    keys.maybe("code", code.as_ref());
    keys.maybe("name", name.as_ref());
    keys.count("status", *status);
    keys.maybe("message", message.as_ref());
    keys.maybe("doc", doc.as_ref());
    keys.maybe("deprecated", deprecated.as_ref());
    keys.row()
}

/// A value as it travels.
fn json(value: &Value) -> Node {
    match value {
        Value::Null => Node::word("null"),
        Value::Bool(set) => Node::word(if *set { "true" } else { "false" }),
        Value::Number(number) => json_number(number),
        Value::String(text) => Node::text(text),
        Value::Array(items) => Node::List(items.iter().map(json).collect()),
        Value::Object(keys) => {
            let keys = keys.iter().map(|(key, value)| (key.clone(), json(value)));
            Node::Row(keys.collect())
        }
    }
}

fn json_number(of: &Number) -> Node {
    match of.as_f64() {
        Some(float) if of.is_f64() => number(float),
        _ => Node::word(of.to_string()),
    }
}

/// A number in plain decimals, for readers take exponents for different things.
fn number(of: f64) -> Node {
    let text = format!("{of}");
    let whole = !text.contains('.');
    let wide = text.parse::<i64>().is_err() && text.parse::<u64>().is_err();
    Node::word(match (whole && wide, text.as_str()) {
        (true, _) => format!("{text}.0"),
        (false, "-0") => "0".to_owned(),
        (false, _) => text,
    })
}

#[cfg(test)]
mod tests;
