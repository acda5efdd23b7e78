//! One operation's model for people and for tools: everything that its spec holds.

use std::fmt::Write as _;

use serde::Serialize;

use crate::model::{
    Enumeration, ErrorCode, Location, Member, Model, Operation, Pagination, Paging,
    Period, Provider, Retry, Rule, Service, Shape, Structure,
};
use crate::nearest::distance;

/// An operation with what surrounds it.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'m> {
    /// Its provider.
    pub provider: &'m Provider,
    /// Its service.
    pub service: &'m Service,
    /// The operation.
    pub operation: &'m Operation,
}

/// Finds `provider/service/Operation`.
///
/// # Errors
/// The ids that exist, nearest first, where there is no such operation.
pub fn find<'m>(model: &'m Model, id: &str) -> Result<Shown<'m>, Vec<String>> {
    let mut ids = Vec::new();
    for shown in all(model) {
        if shown.id() == id {
            return Ok(shown);
        }
        ids.push(shown.id());
    }
    ids.sort_by_key(|known| distance(known, id));
    Err(ids)
}

/// Every operation of the model, in the order of its ids.
pub fn all(model: &Model) -> impl Iterator<Item = Shown<'_>> {
    model.providers.iter().flat_map(|provider| {
        provider.services.iter().flat_map(move |service| {
            let shown = move |operation| Shown {
                provider,
                service,
                operation,
            };
            service.operations.iter().map(shown)
        })
    })
}

impl Shown<'_> {
    /// `provider/service/Operation`.
    pub fn id(&self) -> String {
        format!(
            "{}/{}/{}",
            self.provider.id, self.service.id, self.operation.name
        )
    }

    /// The model as one JSON document.
    ///
    /// # Panics
    /// Never: every key of the model is text.
    pub fn json(&self) -> String {
        let mut provider = self.provider.clone();
        provider.services = Vec::new();
        let mut service = self.service.clone();
        service.operations = Vec::new();
        let document = Document {
            id: self.id(),
            operation: self.operation,
            service: &service,
            provider: &provider,
        };
        serde_json::to_string_pretty(&document).expect("the model holds text keys only")
    }

    /// The model as text, about a screen.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let Shown {
            service, operation, ..
        } = self;
        line(&mut out, 0, &format!("{}  {}", self.id(), service.version));
        line(&mut out, 0, &operation.summary);
        if let Some(doc) = &operation.doc {
            line(&mut out, 0, doc);
        }
        self.head(&mut out);
        structure(&mut out, "request", &operation.request);
        structure(&mut out, "response", &operation.response);
        for shared in operation.structures.iter().chain(&service.structures) {
            structure(&mut out, &shared.name, shared);
        }
        for shared in operation.enumerations.iter().chain(&service.enumerations) {
            enumeration(&mut out, shared);
        }
        section(
            &mut out,
            "errors (the list is open)",
            operation.errors.iter().map(error),
        );
        let history = operation.history.iter();
        let history = history
            .map(|change| format!("{}  {}", change.date, change.changes.join(" ")));
        section(&mut out, "history", history);
        let errata = operation.errata.iter().map(|erratum| {
            let page = erratum
                .page
                .as_ref()
                .map_or_else(|| "nothing".to_owned(), ToString::to_string);
            format!(
                "{}: the page says {page}. {} [{}]",
                erratum.at, erratum.why, erratum.evidence
            )
        });
        section(&mut out, "errata", errata);
        let gaps = operation
            .gaps
            .iter()
            .map(|gap| format!("{}: {}", gap.at, gap.why));
        section(&mut out, "gaps", gaps);
        let notes = operation
            .notes
            .iter()
            .map(|note| format!("{}: {}", note.at, note.note));
        section(&mut out, "notes", notes);
        out
    }

    fn head(&self, out: &mut String) {
        let Shown {
            service, operation, ..
        } = self;
        let fact = |out: &mut String, name: &str, value: String| {
            line(out, 1, &format!("{name:<12}{value}"));
        };
        out.push('\n');
        fact(
            out,
            "call",
            format!(
                "{} {} ({})",
                operation.method, operation.path, service.protocol
            ),
        );
        if let Some(why) = &operation.gated {
            fact(out, "gated", format!("not generated: {why}"));
        }
        let endpoint = &service.endpoint;
        let own = [&operation.host];
        let of_service = [&endpoint.global, &endpoint.regional];
        let regular = if operation.host.is_some() {
            own.iter()
        } else {
            of_service.iter()
        };
        let hosts = regular.copied().flatten().map(String::clone);
        let irregular = endpoint.hosts.iter();
        let irregular = irregular.map(|(region, host)| format!("{host} ({region})"));
        let irregular = irregular.filter(|_| operation.host.is_none());
        let hosts: Vec<_> = hosts.chain(irregular).collect();
        fact(out, "hosts", hosts.join(", "));
        if let Some(kind) = &operation.content_type {
            fact(out, "sends", kind.clone());
        }
        fact(
            out,
            "retry",
            if operation.retry == Retry::Safe {
                "safe"
            } else {
                "unsafe"
            }
            .into(),
        );
        if let Some(limit) = &operation.rate_limit {
            let per = if limit.per == Period::Second {
                "second"
            } else {
                "minute"
            };
            fact(out, "limit", format!("{} requests a {per}", limit.requests));
        }
        if let Some(list) = &operation.pagination {
            fact(out, "pages", pagination(list));
        }
        if let Some(waiter) = &operation.waiter {
            let seconds = f64::from(waiter.interval_ms) / 1000.0;
            let times = format!("every {seconds} s, {} times at most", waiter.attempts);
            fact(out, "waiter", format!("{}, {times}", waiter.operation));
        }
        if let Some(permission) = &operation.permission {
            let parts = [&permission.access_level, &permission.resource];
            let parts: Vec<_> = parts.into_iter().flatten().map(String::as_str).collect();
            fact(
                out,
                "permission",
                format!("{} ({})", permission.action, parts.join(", ")),
            );
        }
        let source = &operation.source;
        let updated = source
            .page_updated
            .as_deref()
            .unwrap_or("no date on the page");
        fact(
            out,
            "page",
            format!("{:?} ({}, {updated})", source.title, source.language),
        );
        fact(out, "transcribed", source.transcribed.clone());
    }
}

/// How a list is read, on one line.
fn pagination(facts: &Pagination) -> String {
    let style = match facts.style {
        Paging::Offset => "offset",
        Paging::Page => "page",
        Paging::Token => "token",
        Paging::Marker => "marker",
    };
    let parts = [
        ("next", &facts.next),
        ("last", &facts.last),
        ("size", &facts.size),
        ("total", &facts.total),
        ("more", &facts.more),
    ];
    let mut text = format!("{style} {}, items {}", facts.at, facts.items);
    for (word, name) in parts {
        if let Some(name) = name {
            let _ = write!(text, ", {word} {name}");
        }
    }
    if let Some(first) = facts.first {
        let _ = write!(text, ", first {first}");
    }
    text
}

#[derive(Serialize)]
struct Document<'m> {
    id: String,
    operation: &'m Operation,
    service: &'m Service,
    provider: &'m Provider,
}

fn line(out: &mut String, depth: usize, text: &str) {
    let _ = writeln!(out, "{:indent$}{text}", "", indent = depth * 2);
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() {
        return;
    }
    out.push('\n');
    line(out, 0, title);
    for text in lines {
        line(out, 1, &text);
    }
}

fn structure(out: &mut String, title: &str, structure: &Structure) {
    section(out, title, structure.members.iter().map(member));
}

fn member(member: &Member) -> String {
    let mut text = format!("{}: {}", member.name, shape(&member.shape));
    let flags = [
        (member.required, "required"),
        (member.sensitive, "sensitive"),
        (member.deprecated.is_some(), "deprecated"),
        (member.location == Location::Path, "in path"),
        (member.location == Location::Header, "in header"),
        (member.location == Location::Host, "in host"),
        (member.location == Location::Form, "in form"),
        (member.location == Location::Payload, "the whole body"),
    ];
    for (_, flag) in flags.iter().filter(|(set, _)| *set) {
        let _ = write!(text, ", {flag}");
    }
    for rule in &member.rules {
        let _ = write!(text, ", {}", rule_text(rule));
    }
    if let Some(doc) = &member.doc {
        let _ = write!(text, " — {doc}");
    }
    text
}

fn enumeration(out: &mut String, enumeration: &Enumeration) {
    let values = enumeration.values.iter().map(|value| {
        let meaning = value.meaning.as_deref().unwrap_or_default();
        format!("{}  {meaning}", value.value).trim_end().to_owned()
    });
    section(out, &format!("{} (open)", enumeration.name), values);
}

fn error(error: &ErrorCode) -> String {
    let status = error
        .status
        .map_or_else(|| "---".to_owned(), |status| status.to_string());
    let code = error.code.as_deref().unwrap_or("(no code)");
    format!(
        "{status}  {code}  {}",
        error.message.as_deref().unwrap_or_default()
    )
}

/// A shape in words.
fn shape(shape: &Shape) -> String {
    match shape {
        Shape::String => "string".into(),
        Shape::Int32 => "int32".into(),
        Shape::Int64 => "int64".into(),
        Shape::Uint64 => "uint64".into(),
        Shape::Number => "number".into(),
        Shape::Boolean => "boolean".into(),
        Shape::Timestamp => "timestamp".into(),
        Shape::Binary => "binary".into(),
        Shape::Any => "any".into(),
        Shape::Array(inner) => format!("array of {}", self::shape(inner)),
        Shape::Map(inner) => format!("map of {}", self::shape(inner)),
        Shape::Structure(name) | Shape::Enumeration(name) => name.clone(),
    }
}

/// A rule in words.
pub fn rule_text(rule: &Rule) -> String {
    match rule {
        Rule::Length { min, max } => format!("{} characters", bounds(*min, *max)),
        Rule::Bytes { max } => format!("at most {max} bytes"),
        Rule::Range { min, max } => bounds(*min, *max),
        Rule::Items { min, max } => format!("{} items", bounds(*min, *max)),
        Rule::Pattern(pattern) => format!("matches {pattern}"),
        Rule::Separator { by, max } => format!("at most {max} items joined by {by:?}"),
    }
}

fn bounds<T: std::fmt::Display>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any number of".to_owned(),
    }
}
