//! Published requests: read by the declared types to the letter, then built from typed
//! values and held against the sample.

use serde_json::{Map, Value as Json};
use yunspec::interpret::{self, Names};
use yunspec::model::{Operation, Service};
use yunspec_runtime::endpoint::Endpoint;
use yunspec_runtime::protocol::{self, Options};
use yunspec_runtime::{self as runtime, Call, Credentials, Protocol, Retry};

use super::{Sent, Verdict, equal, url};

/// A body that is no JSON.
pub const SYNTAX: &str = "no JSON";
/// A member that the types do not have.
pub const UNKNOWN: &str = "an unknown member";
/// A member that must be sent and is not there.
pub const MISSING: &str = "a required member is missing";
/// A value of another type.
pub const TYPE: &str = "wrong by type";
/// A null, which typed values do not send.
pub const NULL: &str = "a null";
/// What is built differs from the sample: a fault of ours.
pub const DIFFERS: &str = "built otherwise";

/// The members of a published request as JSON, where it is clean.
///
/// # Errors
/// The verdict on one that is not.
pub fn read(
    service: &Service,
    operation: &Operation,
    sent: &Sent,
) -> Result<Json, Verdict> {
    let json = match sent {
        Sent::Body(text) => serde_json::from_str(text)
            .map_err(|error| Verdict::Unclean(SYNTAX, error.to_string()))?,
        Sent::Address(text) => url::members(service, operation, text)
            .map_err(|why| Verdict::Unclean(TYPE, why))?,
    };
    let names = Names { operation, service };
    match interpret::request(names, &json, false) {
        Err(problems) => Err(unclean(&problems)),
        Ok(_) if has_null(&json) => Err(Verdict::Unclean(NULL, String::new())),
        Ok(_) => Ok(json),
    }
}

/// Builds a clean request by the model and holds its body against the sample.
pub fn rebuild(
    service: &Service,
    operation: &Operation,
    protocol: Protocol,
    json: &Json,
) -> Verdict {
    let names = Names { operation, service };
    let request = match interpret::request(names, json, false) {
        Ok(request) => request,
        Err(problems) => return unclean(&problems),
    };
    let call = Call {
        name: &operation.name,
        method: &operation.method,
        path: &operation.path,
        retry: Retry::Unsafe,
        ..Call::PLAIN
    };
    let (keys, options) = (Credentials::new("id", "key"), Options::default());
    let service = plain(protocol);
    match protocol::encode(&service, &call, &request, "localhost", &keys, options) {
        Ok(request) => compare(&request.body, json),
        Err(error) => Verdict::Fails(DIFFERS, error.to_string()),
    }
}

/// Whether a body says what the sample says.
pub fn compare(body: &[u8], sample: &Json) -> Verdict {
    match serde_json::from_slice::<Json>(body) {
        Ok(built) if equal(&built, sample) => Verdict::Exact,
        Ok(built) => Verdict::Fails(DIFFERS, difference(&built, sample)),
        Err(error) => Verdict::Fails(DIFFERS, error.to_string()),
    }
}

/// A service of which only the protocol matters.
fn plain(protocol: Protocol) -> runtime::Service {
    runtime::Service {
        protocol,
        id: "",
        product: "",
        version: "1",
        endpoint: Endpoint {
            global: None,
            global_regions: &[],
            regional: None,
            regions: &[],
            hosts: &[],
        },
    }
}

/// The first top-level member that differs.
fn difference(built: &Json, sample: &Json) -> String {
    let empty = Map::new();
    let [ours, theirs] = [built, sample].map(|json| json.as_object().unwrap_or(&empty));
    let all = theirs.keys().chain(ours.keys());
    let differs = |key: &&String| match (ours.get(*key), theirs.get(*key)) {
        (Some(one), Some(other)) => !equal(one, other),
        _ => true,
    };
    let mut all = all.filter(differs);
    all.next()
        .map_or_else(|| "the root".to_owned(), Clone::clone)
}

/// The verdict on a request that the declared types refuse, by its first problem.
fn unclean(problems: &[String]) -> Verdict {
    let first = problems.first().cloned().unwrap_or_default();
    let is = |what: &str| problems.iter().any(|problem| problem.contains(what));
    let kind = if is(": expected ") {
        TYPE
    } else if is(": no member ") {
        UNKNOWN
    } else {
        MISSING
    };
    // The list of all members is long and stands in the spec.
    let why = first.split("; the spec has").next().unwrap_or_default();
    Verdict::Unclean(kind, why.to_owned())
}

fn has_null(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Array(items) => items.iter().any(has_null),
        Json::Object(entries) => entries.values().any(has_null),
        _ => false,
    }
}
