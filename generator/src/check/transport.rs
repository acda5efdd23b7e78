//! Rules about what travels where: protocol, endpoint, method, path, places of members.

use std::collections::BTreeSet;

use super::report::Report;
use super::scope::{Page, Role, Scope, Site, Type};
use crate::diagnostic::{KeyPath, Rule, rules};
use crate::load::node::Source;
use crate::nearest::nearest;
use crate::protocol;
use crate::spec::{Endpoint, Location, ProviderFile, ServiceFile, Style};

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
    ENDPOINT_MISSING: Error "endpoint-missing",
        "A service without a host",
        "No call could be made.",
        "Give `endpoint` a `global` or a `regional` host; official SDKs know it.",
        "endpoint: {}";
    ENDPOINT_INVALID: Error "endpoint-invalid",
        "A host that is not plain DNS labels",
        "A host decides where a signed request goes: no scheme, port, path or user stands in it.",
        "Write labels of lower-case letters, digits and hyphens, joined by dots.",
        "global: store.example.com/v1";
    PLAIN_HTTP: Error "plain-http-endpoint",
        "A host with http://",
        "Requests carry credentials and travel over HTTPS only.",
        "Write the host alone.",
        "global: http://store.example.com";
    REGION_RULE: Error "region-rule-missing",
        "Regions without a rule that makes hosts of them, or the other way round",
        "A region that the spec lists could not be called.",
        "Write `{region}` into the regional host; give `regions` a `regional` host and \
         `global_regions` a `global` one.",
        "regional: store.example.com";
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
        "Begin with `/`; no query, no `.` or `..`, no blank; a placeholder is `{name}`.",
        "http: { path: 'v1/books?all' }";
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
        "Paths, headers and hosts hold single values; responses come in the body and in \
         headers; members of structures travel with their structure.",
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
    SECRET: Warning "secret-not-marked-sensitive",
        "A password, key or token that is not sensitive",
        "Its value would stand in messages and logs.",
        "Add `sensitive: true`; where it is no secret, answer the rule.",
        "Password: { type: string }";
    PII: Warning "pii-not-marked",
        "A phone number, mail address or identity number that is not sensitive",
        "Its value would stand in messages and logs.",
        "Add `sensitive: true`; where it belongs to no person, answer the rule.",
        "Email: { type: string }";
}

const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// Headers that the client sets, in lower case.
const OWN_HEADERS: [&str; 7] = [
    "authorization", "connection", "content-length", "content-type", "host",
    "transfer-encoding", "user-agent",
];

/// What `provider.yaml` says about transport.
pub(super) fn provider(file: &ProviderFile, source: &Source, report: &mut Report) {
    let provider = &file.provider;
    let root = KeyPath::default();
    if protocol::find(&provider.protocol).is_none() {
        let names = || protocol::KNOWN.iter().map(|protocol| protocol.name);
        let message = format!("the runtime does not speak `{}`", provider.protocol);
        let help = match nearest(&provider.protocol, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of {}", names().collect::<Vec<_>>().join(", ")),
        };
        report.value(&PROTOCOL, source, &root.key("protocol"), message).help(help);
    }
    if let Some(method) = &provider.method {
        self::method(method, source, &root.key("method"), report);
    }
    if let Some(path) = &provider.path {
        self::path(path, source, &root.key("path"), report);
    }
    for (name, common) in &provider.common_parameters {
        let lower = name.to_ascii_lowercase();
        let credential = lower.contains("token") || lower.contains("authorization");
        if credential && common.location == Location::Header && !common.required {
            let path = root.key("common_parameters").key(name);
            let message = format!("`{name}` may be left out; nothing says what is used instead");
            report.key(&AUTH, source, &path, message);
        }
    }
}

/// The hosts of a service.
pub(super) fn service(file: &ServiceFile, source: &Source, report: &mut Report) {
    let path = KeyPath::default().key("endpoint");
    let endpoint = &file.service.endpoint;
    if endpoint.global.is_none() && endpoint.regional.is_none() {
        report.key(&ENDPOINT_MISSING, source, &path, "neither a global nor a regional host");
    }
    for (key, host) in hosts(endpoint, &path) {
        self::host(host, source, &key, report);
    }
    let regional = endpoint.regional.as_deref();
    if regional.is_some_and(|host| !host.contains("{region}")) {
        let message = "the regional host does not hold `{region}`";
        report.value(&REGION_RULE, source, &path.key("regional"), message);
    }
    for (key, regions, host) in [
        ("regions", &endpoint.regions, endpoint.regional.is_some()),
        ("global_regions", &endpoint.global_regions, endpoint.global.is_some()),
    ] {
        if !regions.is_empty() && !host {
            let message = format!("`{key}` are listed and no host serves them");
            report.key(&REGION_RULE, source, &path.key(key), message);
        }
        for (index, region) in regions.iter().enumerate().filter(|(_, region)| !label(region)) {
            let message = format!("{region:?} is no region: it becomes a part of the host");
            report.value(&ENDPOINT_INVALID, source, &path.key(key).item(index), message);
        }
    }
}

fn hosts<'e>(
    endpoint: &'e Endpoint,
    path: &KeyPath,
) -> impl Iterator<Item = (KeyPath, &'e str)> {
    let own = [("global", &endpoint.global), ("regional", &endpoint.regional)];
    let own = own.into_iter().filter_map(|(key, host)| Some((path.key(key), host.as_deref()?)));
    let alternates = path.key("alternates");
    let others = endpoint.alternates.iter();
    let others: Vec<_> =
        others.map(|(key, host)| (alternates.key(key), host.as_str())).collect();
    own.collect::<Vec<_>>().into_iter().chain(others)
}

fn host(host: &str, source: &Source, path: &KeyPath, report: &mut Report) {
    if host.to_ascii_lowercase().starts_with("http://") {
        report.value(&PLAIN_HTTP, source, path, format!("`{host}` is not encrypted"));
        return;
    }
    let filled = host.replace("{region}", "region");
    let labels: Vec<&str> = filled.split('.').collect();
    if labels.len() < 2 || filled.len() > 253 || !labels.iter().all(|part| label(part)) {
        report.value(&ENDPOINT_INVALID, source, path, format!("{host:?} is no host"));
    }
}

/// One DNS label: lower-case letters, digits, inner hyphens, at most 63.
fn label(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !text.is_empty()
        && text.len() <= 63
        && text.bytes().all(plain)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// How an operation is called.
pub(super) fn page(page: &Page<'_>, report: &mut Report) {
    let source = page.scope.source;
    let root = KeyPath::default();
    for (what, there) in [("method", page.method()), ("path", page.path())] {
        if there.is_none() {
            let message = format!("neither the page nor the provider names a {what}");
            report.value(&METHOD_UNSTATED, source, &root.key("http").key(what), message);
        }
    }
    let http = page.operation.http.as_ref();
    if let Some(method) = http.and_then(|http| http.method.as_deref()) {
        self::method(method, source, &root.key("http").key("method"), report);
    }
    if let Some(path) = http.and_then(|http| http.path.as_deref()) {
        self::path(path, source, &root.key("http").key("path"), report);
    }
    template(page, report);
    body(page, report);
    common(page, report);
}

fn method(method: &str, source: &Source, path: &KeyPath, report: &mut Report) {
    if !METHODS.contains(&method) {
        let message = format!("`{method}` is no method");
        report.value(&METHOD_UNKNOWN, source, path, message);
    }
}

fn path(template: &str, source: &Source, path: &KeyPath, report: &mut Report) {
    let names = placeholders(template);
    let unnamed = template.replace(['{', '}'], "");
    let safe = |c: char| c.is_ascii_alphanumeric() || "/-._~:@!$&'()*+,;=%".contains(c);
    let braces = template.matches(['{', '}']).count();
    if !template.starts_with('/')
        || template.contains("//")
        || !unnamed.chars().all(safe)
        || braces != names.len() * 2
        || names.iter().any(|name| name.is_empty())
        || template.split('/').any(|segment| segment == "." || segment == "..")
    {
        report.value(&PATH_INVALID, source, path, format!("{template:?} is no path"));
    }
}

/// The names between braces.
pub(super) fn placeholders(template: &str) -> Vec<&str> {
    let opened = template.split('{').skip(1);
    opened.filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

fn template(page: &Page<'_>, report: &mut Report) {
    let Some(template) = page.path() else {
        return;
    };
    let source = page.scope.source;
    let names = placeholders(template);
    let mut filled: BTreeSet<&str> = BTreeSet::new();
    for site in page.request() {
        if location(site, page) != Location::Path {
            continue;
        }
        filled.insert(site.name);
        if !names.contains(&site.name) {
            let message = format!("the path {template} has no `{{{}}}`", site.name);
            report.key(&TEMPLATE, source, &site.path, message);
        }
        if !site.member.required {
            let message = format!("`{}` stands in the path and is not required", site.name);
            report.key(&OPTIONAL_PATH, source, &site.path, message);
        }
    }
    let common = &page.scope.provider.common_parameters;
    let of_client = |name: &str| {
        common.iter().any(|(key, parameter)| {
            let wire = parameter.wire.as_deref().unwrap_or(key);
            parameter.location == Location::Path && wire == name
        })
    };
    for name in names.iter().filter(|name| !filled.contains(*name) && !of_client(name)) {
        let path = KeyPath::default().key("http").key("path");
        let message = format!("nothing fills `{{{name}}}`");
        report.value(&TEMPLATE, source, &path, message);
    }
}

/// Where a member of the request travels.
fn location(site: &Site<'_>, page: &Page<'_>) -> Location {
    site.member.location.unwrap_or(page.scope.provider.members_in)
}

fn body(page: &Page<'_>, report: &mut Report) {
    let bodies = [Location::Body, Location::Form, Location::Payload];
    let mut first: Option<(Location, &Site<'_>)> = None;
    for site in page.request() {
        let here = location(site, page);
        if !bodies.contains(&here) {
            continue;
        }
        let source = page.scope.source;
        if matches!(page.method(), Some("GET" | "HEAD")) {
            let message = format!("`{}` travels in the body, the method has none", site.name);
            report.key(&BODY, source, &site.path, message);
        }
        match first {
            Some((before, other)) if before != here || here == Location::Payload => {
                let message = format!("`{}` and `{}` cannot share a body", other.name, site.name);
                report.key(&PAYLOAD, source, &site.path, message);
            }
            Some(_) => {}
            None => first = Some((here, site)),
        }
    }
}

fn common(page: &Page<'_>, report: &mut Report) {
    for site in page.request() {
        if page.scope.provider.common_parameters.contains_key(site.name) {
            let message = format!("the client fills in `{}` for every operation", site.name);
            report.key(&COMMON, page.scope.source, &site.path, message);
        }
    }
}

/// Where one member travels.
pub(super) fn site(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    placed(site, scope, report);
    private(site, scope, report);
    let single = !matches!(
        scope.type_of(site.member),
        Type::Array(_) | Type::Map(_) | Type::Structure(_) | Type::Any | Type::Unknown
    );
    if site.member.style.is_some() && single {
        let message = format!("a {} needs no style", site.member.kind);
        report.key(&STYLE, scope.source, &site.path.key("style"), message);
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
    let styled = matches!(site.member.style, Some(Style::Comma | Style::Json | Style::Multi));
    let fits = match (site.role, location) {
        _ if site.inner => false,
        (Role::Type(_) | Role::ErrorBody, _) => false,
        (Role::Response, Location::Body) => true,
        (Role::Response, Location::Header) | (Role::Request, Location::Host) => single,
        (Role::Response, _) => false,
        (Role::Request, Location::Path | Location::Header) => single || (list && styled),
        (Role::Request, _) => true,
    };
    if !fits {
        let message = format!("`{}` cannot travel there", site.name);
        report.value(&LOCATION, scope.source, &site.path.key("in"), message);
    }
    if location == Location::Header && matches!(site.role, Role::Request | Role::Response) {
        header(site, scope, report);
    }
}

fn header(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    let lower = site.name.to_ascii_lowercase();
    let own = site.role == Role::Request && OWN_HEADERS.contains(&lower.as_str());
    let message = if site.name.is_empty() || !site.name.bytes().all(token) {
        format!("{:?} is no name of a header", site.name)
    } else if own {
        format!("the client sets the header `{}` itself", site.name)
    } else {
        return;
    };
    report.key(&HEADER, scope.source, &site.path, message);
}

/// Parts of names that tell of secrets, and names that hold one of them and are none.
const SECRETS: [&str; 9] = [
    "password", "passwd", "secret", "privatekey", "private_key", "accesskey", "access_key",
    "token", "credential",
];
const NO_SECRETS: [&str; 8] = [
    "nexttoken", "next_token", "pagetoken", "page_token", "clienttoken", "client_token",
    "continuationtoken", "tokentype",
];
const PERSONAL: [&str; 8] = [
    "phone", "mobile", "email", "e_mail", "mailaddress", "idcard", "id_card", "passport",
];

fn private(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let text = matches!(scope.type_of(site.member), Type::String);
    if !text || site.inner || site.member.sensitive || !site.member.values_known.is_empty() {
        return;
    }
    let lower = site.name.to_ascii_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
    let rule: &'static Rule = if has(&SECRETS) && !has(&NO_SECRETS) {
        &SECRET
    } else if has(&PERSONAL) {
        &PII
    } else {
        return;
    };
    let message = format!("`{}` is not marked as sensitive", site.name);
    report.key(rule, scope.source, &site.path, message);
}
