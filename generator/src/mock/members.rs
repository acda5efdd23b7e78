//! A request back to the JSON of its members, held against the spec.

use serde_json::{Map, Value as Json};
use yunspec_runtime::validate::Violations;
use yunspec_runtime::{Binary, Validate as _};

use super::http::Incoming;
use super::multipart;
use super::repeat::{Pairs, read};
use super::route::{self, Dialect, Route};
use crate::interpret::{self, Names};
use crate::model::{Location, Shape, Style};

/// What the RPC style has in the query besides members.
const ENVELOPE: [&str; 12] = [
    "Action",
    "Version",
    "Format",
    "Timestamp",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "SignatureNonce",
    "SignatureType",
    "AccessKeyId",
    "SecurityToken",
    "RegionId",
];

/// Checks the members of a request.
///
/// # Errors
/// Every member that is missing, unknown, of another type, or breaks a documented rule.
pub(super) fn check(route: &Route<'_>, request: &Incoming) -> Result<(), Vec<String>> {
    let (operation, service) = (route.shown.operation, route.shown.service);
    let names = Names { operation, service };
    let json = decode(route, request, names)?;
    let input = interpret::request(names, &json, false)?;
    let all = |broken: Violations| broken.iter().map(ToString::to_string).collect();
    input.validate().map_err(all)
}

fn decode(
    route: &Route<'_>,
    request: &Incoming,
    names: Names<'_>,
) -> Result<Json, Vec<String>> {
    let shown = &route.shown;
    let mut pairs = request.query.clone();
    pairs.extend(request.form());
    pairs.extend(multipart::parts(request));
    let (_, fixed) = route::fixed_query(&shown.operation.path);
    pairs.retain(|pair| !fixed.contains(pair));
    if Dialect::of_protocol(&shown.service.protocol) == Dialect::Acs {
        let is_member = |name: &str| {
            shown
                .operation
                .request
                .members
                .iter()
                .any(|m| m.name == name)
        };
        pairs.retain(|(name, _)| is_member(name) || !ENVELOPE.contains(&name.as_str()));
    }
    let mut pairs = Pairs::new(names, pairs);
    let members = &shown.operation.request.members;
    let mut json = body(route, request)?;
    for member in members {
        let name = member.name.as_str();
        let value = match member.location {
            Location::Query | Location::Form => {
                pairs.value(name, &member.shape, member.style)
            }
            Location::Path => {
                let found = route.path.iter().find(|(known, _)| known == name);
                found.map(|(_, text)| read(text, &member.shape, Style::Json))
            }
            Location::Header => {
                let text = request.header(&name.to_ascii_lowercase());
                text.map(|text| read(text, &member.shape, member.style))
            }
            Location::Host => {
                let label = request
                    .header("host")
                    .and_then(|host| host.split('.').next());
                label.map(Json::from)
            }
            Location::Payload if request.body.is_empty() => None,
            Location::Payload => Some(payload(&member.shape, request)?),
            Location::Body => continue,
        };
        json.extend(value.map(|value| (member.name.clone(), value)));
    }
    // What is left is no member, and the check of the members says so.
    json.extend(
        pairs
            .left()
            .into_iter()
            .map(|(name, value)| (name, Json::from(value))),
    );
    Ok(Json::Object(json))
}

/// The members of a JSON body.
fn body(route: &Route<'_>, request: &Incoming) -> Result<Map<String, Json>, Vec<String>> {
    let members = &route.shown.operation.request.members;
    let takes = |location| members.iter().any(|member| member.location == location);
    let is_json = !takes(Location::Payload) && !takes(Location::Form);
    if request.body.is_empty() || !is_json || !request.form().is_empty() {
        return Ok(Map::new());
    }
    let Json::Object(json) = parse(request)? else {
        return Err(vec!["the body: expected an object".to_owned()]);
    };
    let strays = members.iter().filter(|member| {
        member.location != Location::Body && json.contains_key(&member.name)
    });
    let strays: Vec<_> = strays
        .map(|member| format!("{}: does not belong into the body", member.name))
        .collect();
    if strays.is_empty() {
        Ok(json)
    } else {
        Err(strays)
    }
}

/// The whole body, as what it is.
fn payload(shape: &Shape, request: &Incoming) -> Result<Json, Vec<String>> {
    let kind = request.header("content-type").unwrap_or_default();
    match shape {
        Shape::Binary => Ok(Binary::from(request.body.as_slice()).to_base64().into()),
        Shape::String if !kind.contains("json") => {
            Ok(String::from_utf8_lossy(&request.body).into())
        }
        _ => parse(request),
    }
}

fn parse(request: &Incoming) -> Result<Json, Vec<String>> {
    let place = |error: serde_json::Error| {
        let (line, column) = (error.line(), error.column());
        vec![format!("the body: no JSON (line {line}, column {column})")]
    };
    serde_json::from_slice(&request.body).map_err(place)
}
