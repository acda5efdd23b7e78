//! Which operation a request is for.

use super::Refusal;
use super::authorization::Authorization;
use super::http::{Incoming, Pair, decode, pairs};
use crate::model::{Model, Operation};
use crate::show::{self, Shown};

/// The families of protocols, as far as a request shows them before its operation is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Alibaba Cloud: the operation in `x-acs-action`, or in the query.
    Acs,
    /// Tencent Cloud: the operation in `X-TC-Action`.
    Tc3,
    /// Huawei Cloud: the operation is method and path.
    Rest,
}

/// An operation with what the path says.
#[derive(Clone, Debug)]
pub(super) struct Route<'m> {
    pub(super) shown: Shown<'m>,
    /// What fills the placeholders of the path, decoded.
    pub(super) path: Vec<Pair>,
}

impl Dialect {
    /// The dialect of a request; without a mark of another one, it is REST.
    pub(super) fn of(request: &Incoming) -> Self {
        if request.header("x-acs-action").is_some()
            || request.parameter("Action").is_some()
        {
            Self::Acs
        } else if request.header("x-tc-action").is_some() {
            Self::Tc3
        } else {
            Self::Rest
        }
    }

    /// The dialect of a provider's protocol.
    pub(super) fn of_protocol(protocol: &str) -> Self {
        match protocol {
            "acs-rpc" | "acs-roa" => Self::Acs,
            "tc3-json" => Self::Tc3,
            _ => Self::Rest,
        }
    }

    fn operations(self, model: &Model) -> Vec<Shown<'_>> {
        let speaks =
            |shown: &Shown<'_>| Self::of_protocol(&shown.service.protocol) == self;
        show::all(model).filter(speaks).collect()
    }
}

/// Finds the operation.
///
/// # Errors
/// [`Refusal`] with what was looked for and what there is.
pub(super) fn find<'m>(
    model: &'m Model,
    request: &Incoming,
) -> Result<Route<'m>, Refusal> {
    let dialect = Dialect::of(request);
    let known = dialect.operations(model);
    match dialect {
        Dialect::Acs => {
            let pick = |header, name| {
                let header = request.header(header).map(str::to_owned);
                header
                    .or_else(|| request.parameter(name))
                    .unwrap_or_default()
            };
            let action = pick("x-acs-action", "Action");
            let version = pick("x-acs-version", "Version");
            let named = by_name(known, &action)
                .map_err(|why| Refusal::new(404, "InvalidAction.NotFound", why))?;
            let found = by_version(named, &version)
                .map_err(|why| Refusal::new(400, "InvalidVersion", why))?;
            fixed(found, request)
                .map_err(|why| Refusal::new(405, "UnsupportedHTTPMethod", why))
        }
        Dialect::Tc3 => {
            let action = request.header("x-tc-action").unwrap_or_default();
            let version = request.header("x-tc-version").unwrap_or_default();
            let named = by_name(known, action)
                .map_err(|why| Refusal::new(200, "InvalidAction", why))?;
            let found = by_version(in_scope(named, request), version)
                .map_err(|why| Refusal::new(200, "NoSuchVersion", why))?;
            fixed(found, request)
                .map_err(|why| Refusal::new(200, "UnsupportedProtocol", why))
        }
        Dialect::Rest => {
            by_path(&known, request).map_err(|why| Refusal::new(404, "APIGW.0101", why))
        }
    }
}

fn by_name<'m>(known: Vec<Shown<'m>>, action: &str) -> Result<Vec<Shown<'m>>, String> {
    let names: Vec<_> = known.iter().map(Shown::id).collect();
    let same = |shown: &Shown<'_>| shown.operation.name == action;
    let found: Vec<_> = known.into_iter().filter(same).collect();
    if found.is_empty() {
        return Err(format!(
            "no operation {action:?}; the specs have {}",
            names.join(", ")
        ));
    }
    Ok(found)
}

fn by_version<'m>(named: Vec<Shown<'m>>, version: &str) -> Result<Shown<'m>, String> {
    let pair = |shown: &Shown<'_>| format!("{} in {}", shown.service.version, shown.id());
    let versions: Vec<_> = named.iter().map(pair).collect();
    let found = named
        .into_iter()
        .find(|shown| shown.service.version == version);
    found.ok_or_else(|| {
        format!(
            "no version {version:?} of it here; there is {}",
            versions.join(", ")
        )
    })
}

/// The operations of the service that the signature or the host names; all where neither
/// names one, as where this stand-in is called under its own address.
fn in_scope<'m>(named: Vec<Shown<'m>>, request: &Incoming) -> Vec<Shown<'m>> {
    let authorization = Authorization::of(request);
    let service = authorization.as_ref().and_then(Authorization::service);
    let host = request
        .header("host")
        .and_then(|host| host.split('.').next());
    let is_named = |shown: &&Shown<'_>| {
        let same = |name: &str| name.eq_ignore_ascii_case(&shown.service.product);
        service.is_some_and(same) || host.is_some_and(same)
    };
    let found: Vec<_> = named.iter().filter(is_named).copied().collect();
    if found.is_empty() { named } else { found }
}

/// An operation that is known by its name: method and path have to fit as well.
fn fixed<'m>(shown: Shown<'m>, request: &Incoming) -> Result<Route<'m>, String> {
    let operation = shown.operation;
    if let Some(why) = &operation.gated {
        return Err(format!("{} is not played: {why}", shown.id()));
    }
    let path = matched(&operation.path, request);
    match path.filter(|_| operation.method == request.method) {
        Some(path) => Ok(Route { shown, path }),
        None => Err(format!(
            "{} {} came; {} is {} {}",
            request.method,
            request.path,
            shown.id(),
            operation.method,
            operation.path
        )),
    }
}

fn by_path<'m>(known: &[Shown<'m>], request: &Incoming) -> Result<Route<'m>, String> {
    let fits = |shown: &&Shown<'m>| {
        let Operation { method, path, .. } = shown.operation;
        *method == request.method && matched(path, request).is_some()
    };
    let mut fitting: Vec<_> = known.iter().filter(fits).copied().collect();
    // What can be played comes first, and a fixed query before none.
    let rank = |shown: &Shown<'_>| {
        let operation = shown.operation;
        (operation.gated.is_some(), !operation.path.contains('?'))
    };
    fitting.sort_by_key(rank);
    if let Some(shown) = in_scope(fitting, request).first() {
        return fixed(*shown, request);
    }
    let line = |Shown { operation, .. }: &Shown<'_>| {
        format!("{} {}", operation.method, operation.path)
    };
    let lines: Vec<_> = known.iter().map(line).collect();
    let (method, path, there) = (&request.method, &request.path, lines.join(", "));
    Err(format!(
        "no operation at {method} {path}; the specs have {there}"
    ))
}

/// A path template, and the pairs of the fixed query that may follow it.
pub(super) fn fixed_query(template: &str) -> (&str, Vec<Pair>) {
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    (path, pairs(query))
}

/// What fills the placeholders of a template, where a request fits it.
fn matched(template: &str, request: &Incoming) -> Option<Vec<Pair>> {
    let (template, fixed) = fixed_query(template);
    let there = fixed.iter().all(|pair| request.query.contains(pair));
    filled(template, &request.path).filter(|_| there)
}

fn filled(template: &str, path: &str) -> Option<Vec<Pair>> {
    let (mut names, mut texts) = (template.split('/'), path.split('/'));
    let mut found = Vec::new();
    loop {
        let (name, text) = match (names.next(), texts.next()) {
            (None, None) => return Some(found),
            (name, text) => (name?, text?),
        };
        let placeholder = name
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        match placeholder {
            Some(placeholder) if !text.is_empty() => {
                found.push((placeholder.to_owned(), decode(text)));
            }
            None if name == text => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_fits_its_template_segment_by_segment() {
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let template = "/v2/{project_id}/users/{user_id}";
        let found = filled(template, "/v2/p/users/a%2Fb").expect("it fits");
        assert_eq!(found, [pair("project_id", "p"), pair("user_id", "a/b")]);
        for other in [
            "/v2/p/users",
            "/v2/p/users/",
            "/v2/p/users/a/b",
            "/v3/p/users/a",
            "/",
        ] {
            assert_eq!(filled(template, other), None, "{other}");
        }
        assert_eq!(filled("/", "/"), Some(Vec::new()));
    }
}
