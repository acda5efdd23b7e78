//! Rules about what travels where: protocol, method, path, places of members.

use std::collections::BTreeSet;

use super::endpoints;
use super::report::Report;
use super::scope::{Page, Role, Scope, Site, Type};
use crate::diagnostic::{KeyPath, rules};
use crate::load::node::Source;
use crate::nearest::nearest;
use crate::protocol;
use crate::spec::{Location, ProviderFile, ServiceFile, Style};

mod body;

rules! {
    "transport";
    PROTOCOL: Error "signing-version-unknown",
        "A protocol that the runtime does not speak",
        "Nothing could be encoded or signed.",
        "Use a protocol of the runtime; the help lists them.",
        "protocol: tc4-json";
    AUTH: Warning "auth-alternatives-unordered",
        "An optional credential, without saying what is used instead",
        "Where a token may be left out, something else must prove who calls.",
        "Say in a gap or note what the alternative is and which one the client prefers.",
        "common_parameters:\n  X-Auth-Token: { in: header, doc: A token. }";
    METHOD_UNSTATED: Error "http-method-unstated",
        "An operation without a method or path",
        "Neither the page nor the provider's rule says how it is called.",
        "Add `http` to the operation, or `method` and `path` to the provider.",
        "operation: PutBook (and no http, here or in provider.yaml)";
    METHOD_UNKNOWN: Error "http-method-unknown",
        "A method that HTTP does not have",
        "Servers refuse it.",
        "Use GET, POST, PUT, PATCH, DELETE or HEAD, in capitals.",
        "http: { method: Post }";
    PATH_INVALID: Error "http-path-invalid",
        "A path template that is no path",
        "What is signed and what is sent would differ.",
        "Begin with `/`; no `.` or `..`, no blank; a placeholder is `{name}`; what follows a \
         `?` is `key=value`, joined by `&`, without placeholders.",
        "http: { path: 'v1/books' }";
    TEMPLATE: Error "path-template-mismatch",
        "Placeholders and path members differ",
        "A placeholder stayed empty, or a member would not travel.",
        "Give the placeholder a member with `in: path`, or mend the name.",
        "http: { path: '/books/{book_id}' } and a member bookId";
    OPTIONAL_PATH: Error "path-parameter-optional",
        "A path member that is not required",
        "A path with a hole leads somewhere else.",
        "Set `required: true`.",
        "book_id: { type: string, in: path }";
    LOCATION: Error "location-not-applicable",
        "A place where the member cannot travel",
        "Paths, headers and hosts hold single values; responses come in headers and in the \
         body, which is no payload where the provider has an `envelope`; members of \
         structures travel with their structure.",
        "Mend `in`.",
        "Tags: { type: array, items: { type: string }, in: path }";
    STYLE: Error "style-not-applicable",
        "A style on something that needs none",
        "A style says how an array, map or structure is written where only text fits.",
        "Remove `style`.",
        "Title: { type: string, style: json }";
    BODY: Error "body-not-sent",
        "A body with a method that has none",
        "Servers and proxies drop the body of a GET or HEAD.",
        "Mend the method, or where the member travels.",
        "http: { method: GET } and a member with in: body";
    PAYLOAD: Error "payload-not-alone",
        "More than one member, or two kinds, make the body",
        "A payload is the whole body, and a form is no JSON.",
        "Keep one kind of `in` among payload, body and form.",
        "Page: { type: binary, in: payload } beside a member with in: body";
    CONTENT: Error "content-type-not-applicable",
        "A content type that the body cannot have",
        "Servers read a body by its content type; what is sent would be read as something else.",
        "Members in the body and structures are JSON; a form is urlencoded or \
         multipart/form-data, without a boundary; texts and bytes may be anything.",
        "http: { content_type: text/xml } and a member with in: body";
    HOST: Error "operation-host-invalid",
        "A host of an operation that is not plain DNS labels",
        "A host decides where a signed request goes: no scheme, port, path or user stands in it.",
        "Write labels of lower-case letters, digits and hyphens, joined by dots.",
        "http: { host: https://files.example.com }";
    HEADER: Error "header-name-invalid",
        "A header's name that HTTP refuses, or that the client sets itself",
        "The request could not be built, or the member would replace a part of the signature.",
        "Mend the name; what the client sets is no member.",
        "Authorization: { type: string, in: header }";
    COMMON: Warning "protocol-parameter-in-business-list",
        "A member that the client fills in for every operation",
        "Pages list protocol parameters among the others; as a member it would be sent twice.",
        "Remove the member; where the operation has one of the same name, answer the rule.",
        "Action: { type: string, required: true }";
}

const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// Headers that the client sets, in lower case.
const OWN_HEADERS: [&str; 7] = [
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
    "user-agent",
];

/// What `provider.yaml` says about transport.
pub(super) fn provider(file: &ProviderFile, source: &Source, report: &mut Report) {
    let provider = &file.provider;
    let root = KeyPath::default();
    let rules = (provider.method.as_deref(), provider.path.as_deref());
    defaults(Some(&provider.protocol), rules, source, report);
    for (name, common) in &provider.common_parameters {
        let wire = common.wire.as_deref().unwrap_or(name);
        if common.location == Location::Header && !is_token(wire) {
            let path = root.key("common_parameters").key(name);
            let message = format!("{wire:?} is no name of a header");
            report.key(&HEADER, source, &path, message);
        }
        let lower = name.to_ascii_lowercase();
        let credential = lower.contains("token") || lower.contains("authorization");
        if credential && common.location == Location::Header && !common.required {
            let path = root.key("common_parameters").key(name);
            let message =
                format!("`{name}` may be left out; nothing says what is used instead");
            report.key(&AUTH, source, &path, message);
        }
    }
}

/// What `service.yaml` says about transport; of a gated service nothing has to fit.
pub(super) fn service(file: &ServiceFile, source: &Source, report: &mut Report) {
    let service = &file.service;
    if service.gated.is_none() {
        let rules = (service.method.as_deref(), service.path.as_deref());
        defaults(service.protocol.as_deref(), rules, source, report);
    }
}

/// What holds for operations that do not say otherwise.
fn defaults(
    protocol: Option<&str>,
    (method, path): (Option<&str>, Option<&str>),
    source: &Source,
    report: &mut Report,
) {
    let root = KeyPath::default();
    if let Some(protocol) = protocol.filter(|name| protocol::find(name).is_none()) {
        let names = || protocol::KNOWN.iter().map(|protocol| protocol.name);
        let message = format!("the runtime does not speak `{protocol}`");
        let help = match nearest(protocol, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of {}", names().collect::<Vec<_>>().join(", ")),
        };
        report
            .value(&PROTOCOL, source, &root.key("protocol"), message)
            .help(help);
    }
    if let Some(method) = method {
        self::method(method, source, &root.key("method"), report);
    }
    if let Some(path) = path {
        self::path(path, source, &root.key("path"), report);
    }
}

/// How an operation is called; of a gated one nothing has to fit.
pub(super) fn page(page: &Page<'_>, report: &mut Report) {
    if page.scope.gated().is_some() {
        return;
    }
    let source = page.scope.source;
    let root = KeyPath::default();
    for (what, there) in [("method", page.method()), ("path", page.path())] {
        if there.is_none() {
            let message = format!("neither the page nor the provider names a {what}");
            report.value(
                &METHOD_UNSTATED,
                source,
                &root.key("http").key(what),
                message,
            );
        }
    }
    let http = page.operation.http.as_ref();
    if let Some(method) = http.and_then(|http| http.method.as_deref()) {
        self::method(method, source, &root.key("http").key("method"), report);
    }
    if let Some(path) = http.and_then(|http| http.path.as_deref()) {
        self::path(path, source, &root.key("http").key("path"), report);
    }
    if let Some(host) = http.and_then(|http| http.host.as_deref())
        && !endpoints::is_host(host)
    {
        let message = format!("{host:?} is no host");
        report.value(&HOST, source, &root.key("http").key("host"), message);
    }
    template(page, report);
    body::page(page, report);
    common(page, report);
}

fn method(method: &str, source: &Source, path: &KeyPath, report: &mut Report) {
    if !METHODS.contains(&method) {
        let message = format!("`{method}` is no method");
        report.value(&METHOD_UNKNOWN, source, path, message);
    }
}

fn path(template: &str, source: &Source, path: &KeyPath, report: &mut Report) {
    let (route, query) = match template.split_once('?') {
        Some((route, query)) => (route, Some(query)),
        None => (template, None),
    };
    let names = placeholders(route);
    let unnamed = route.replace(['{', '}'], "");
    let safe = |c: char| c.is_ascii_alphanumeric() || "/-._~:@!$&'()*+,;=%".contains(c);
    let braces = route.matches(['{', '}']).count();
    if !route.starts_with('/')
        || route.contains("//")
        || !unnamed.chars().all(safe)
        || braces != names.len() * 2
        || names.iter().any(|name| name.is_empty())
        || route
            .split('/')
            .any(|segment| segment == "." || segment == "..")
        || !query.is_none_or(is_query)
    {
        report.value(
            &PATH_INVALID,
            source,
            path,
            format!("{template:?} is no path"),
        );
    }
}

/// Whether a text is `key=value` or a bare key, joined by `&`, of signs that need no
/// encoding.
fn is_query(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~=".contains(c);
    text.split('&').all(|pair| {
        !pair.is_empty()
            && !pair.starts_with('=')
            && pair.matches('=').count() < 2
            && pair.chars().all(plain)
    })
}

/// The names between braces.
pub(super) fn placeholders(template: &str) -> Vec<&str> {
    let opened = template.split('{').skip(1);
    opened
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

fn template(page: &Page<'_>, report: &mut Report) {
    let Some(template) = page.path() else {
        return;
    };
    let source = page.scope.source;
    let names = placeholders(template);
    let mut filled: BTreeSet<&str> = BTreeSet::new();
    for site in page.request() {
        if page.location(site) != Location::Path {
            continue;
        }
        filled.insert(site.name);
        if !names.contains(&site.name) {
            let message = format!("the path {template} has no `{{{}}}`", site.name);
            report.key(&TEMPLATE, source, &site.path(), message);
        }
        if !site.member.required {
            let message =
                format!("`{}` stands in the path and is not required", site.name);
            report.key(&OPTIONAL_PATH, source, &site.path(), message);
        }
    }
    let common = &page.scope.provider.common_parameters;
    let of_client = |name: &str| {
        common.iter().any(|(key, parameter)| {
            let wire = parameter.wire.as_deref().unwrap_or(key);
            parameter.location == Location::Path && wire == name
        })
    };
    for name in names
        .iter()
        .filter(|name| !filled.contains(*name) && !of_client(name))
    {
        let path = KeyPath::default().key("http").key("path");
        let message = format!("nothing fills `{{{name}}}`");
        report.value(&TEMPLATE, source, &path, message);
    }
}

fn common(page: &Page<'_>, report: &mut Report) {
    for site in page.request() {
        if page
            .scope
            .provider
            .common_parameters
            .contains_key(site.name)
        {
            let message =
                format!("the client fills in `{}` for every operation", site.name);
            report.key(&COMMON, page.scope.source, &site.path(), message);
        }
    }
}

/// Where one member travels; in a gated service it may be anywhere.
pub(super) fn site(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    if scope.gated().is_some() {
        return;
    }
    placed(site, scope, report);
    let single = !matches!(
        scope.type_of(site.member),
        Type::Array(_) | Type::Map(_) | Type::Structure(_) | Type::Any | Type::Unknown
    );
    if site.member.style.is_some() && single {
        let message = format!("a {} needs no style", site.member.kind);
        report.key(&STYLE, scope.source, &site.path().key("style"), message);
    }
}

fn placed(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let Some(location) = site.member.location else {
        return;
    };
    let single = !matches!(
        scope.type_of(site.member),
        Type::Map(_) | Type::Structure(_) | Type::Any | Type::Array(_)
    );
    let list = matches!(scope.type_of(site.member), Type::Array(_));
    let styled = matches!(
        site.member.style,
        Some(Style::Comma | Style::Json | Style::Multi)
    );
    let fits = match (site.role, location) {
        (Role::Response, Location::Header) | (Role::Request, Location::Host) => single,
        (Role::Request, Location::Path | Location::Header) => single || (list && styled),
        (Role::Response, Location::Payload) => scope.provider.envelope.is_none(),
        (Role::Request, _) | (Role::Response, Location::Body) => true,
        _ => false,
    };
    if site.inner || !fits {
        let message = format!("`{}` cannot travel there", site.name);
        report.value(&LOCATION, scope.source, &site.path().key("in"), message);
    }
    if location == Location::Header && matches!(site.role, Role::Request | Role::Response)
    {
        header(site, scope, report);
    }
}

fn header(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let lower = site.name.to_ascii_lowercase();
    let own = site.role == Role::Request && OWN_HEADERS.contains(&lower.as_str());
    let message = if !is_token(site.name) {
        format!("{:?} is no name of a header", site.name)
    } else if own {
        format!("the client sets the header `{}` itself", site.name)
    } else {
        return;
    };
    report.key(&HEADER, scope.source, &site.path(), message);
}

/// What HTTP takes for the name of a header.
fn is_token(name: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(sign)
}
