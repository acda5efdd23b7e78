//! Rules about the one body that a message has, and its content type.

use super::{BODY, CONTENT, PAYLOAD, is_token};
use crate::check::report::Report;
use crate::check::scope::{Page, Role, Site, Type};
use crate::diagnostic::KeyPath;
use crate::protocol;
use crate::spec::Location;

/// The body of the request and of the response.
pub(super) fn page(page: &Page<'_>, report: &mut Report) {
    request(page, report);
    payload(page, report);
    content_type(page, report);
}

fn request(page: &Page<'_>, report: &mut Report) {
    let bodies = [Location::Body, Location::Form, Location::Payload];
    let mut first: Option<(Location, &Site<'_>)> = None;
    for site in page.request() {
        let here = page.location(site);
        if !bodies.contains(&here) {
            continue;
        }
        let source = page.scope.source;
        if matches!(page.method(), Some("GET" | "HEAD")) {
            let message =
                format!("`{}` travels in the body, the method has none", site.name);
            report.key(&BODY, source, &site.path(), message);
        }
        match first {
            Some((before, other)) if before != here || here == Location::Payload => {
                let message =
                    format!("`{}` and `{}` cannot share a body", other.name, site.name);
                report.key(&PAYLOAD, source, &site.path(), message);
            }
            Some(_) => {}
            None => first = Some((here, site)),
        }
    }
}

/// A payload of the response is the whole body.
fn payload(page: &Page<'_>, report: &mut Report) {
    let outer = |site: &&Site<'_>| site.role == Role::Response && !site.inner;
    let in_body = |site: &&Site<'_>| site.member.location != Some(Location::Header);
    let is_payload = |site: &Site<'_>| site.member.location == Some(Location::Payload);
    let members: Vec<_> = page.sites.iter().filter(outer).filter(in_body).collect();
    let Some(payload) = members.iter().find(|site| is_payload(site)) else {
        return;
    };
    for site in members.iter().filter(|site| site.name != payload.name) {
        let message =
            format!("`{}` and `{}` cannot share a body", payload.name, site.name);
        report.key(&PAYLOAD, page.scope.source, &site.path(), message);
    }
}

/// A stated content type and what the members make the body.
fn content_type(page: &Page<'_>, report: &mut Report) {
    let http = page.operation.http.as_ref();
    let Some(stated) = http.and_then(|http| http.content_type.as_deref()) else {
        return;
    };
    let essence = stated.split(';').next().unwrap_or_default().trim();
    let is_json = essence.ends_with("json");
    let is_form = essence == "application/x-www-form-urlencoded";
    let is_files = stated == protocol::MULTIPART;
    let visible = |b: u8| b == b' ' || b.is_ascii_graphic();
    let (kind, part) = essence.split_once('/').unwrap_or_default();
    let well_formed = is_token(kind) && is_token(part) && stated.bytes().all(visible);
    let fits = |site: &Site<'_>| match page.location(site) {
        Location::Body => is_json,
        Location::Form => is_form || is_files,
        Location::Payload => match page.scope.type_of(site.member) {
            Type::String | Type::Binary => !is_files,
            _ => is_json,
        },
        _ => true,
    };
    let unfit = page.request().find(|site| !fits(site));
    let message = match unfit {
        _ if !well_formed => format!("{stated:?} is no content type"),
        Some(site) => format!("`{}` cannot be sent as {stated}", site.name),
        None => return,
    };
    let path = KeyPath::default().key("http").key("content_type");
    report.value(&CONTENT, page.scope.source, &path, message);
}
