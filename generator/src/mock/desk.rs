//! Where calls are decided and remembered, and answers are ordered.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use yunspec_runtime::Stamp;

use super::http::{Incoming, Reply};
use super::keys::Keys;
use super::route::{self, Dialect, Route};
use super::{Refusal, Settings, answer, members, verify};
use crate::model::{ErrorCode, Model, Provider};
use crate::show::{self, Shown};

/// How many calls, and how many ordered answers of an operation, are remembered.
const MEMORY: usize = 1000;

/// The specs, the keys, and what has happened.
pub(super) struct Desk {
    model: Model,
    any_credentials: bool,
    stamp: fn() -> Stamp,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Ordered answers, by operation.
    next: BTreeMap<String, VecDeque<Next>>,
    calls: VecDeque<Call>,
}

/// An answer that was ordered.
enum Next {
    Error(Refusal),
    Raw { status: u16, body: String },
}

/// A call that came.
#[derive(Clone, Debug, Serialize)]
struct Call {
    /// `provider/service/Operation`; absent where the request is for none.
    operation: Option<String>,
    accepted: bool,
    /// Why not.
    why: Option<String>,
    status: u16,
    request_id: String,
}

/// What `POST /_mock/next` takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    operation: String,
    error: Option<String>,
    status: Option<u16>,
    body: Option<String>,
}

impl Desk {
    pub(super) fn new(model: Model, settings: &Settings) -> Self {
        Self {
            model,
            any_credentials: settings.any_credentials,
            stamp: settings.stamp,
            state: Mutex::default(),
        }
    }

    /// The environment variables with the good credentials, and the regions.
    pub(super) fn variables(&self) -> Vec<(&'static str, String)> {
        let providers = self.model.providers.iter();
        let of = |provider: &Provider| Keys::invented(provider).variables(provider);
        providers.flat_map(of).collect()
    }

    /// The tokens that may stand in for a signature, with the id of their provider.
    pub(super) fn tokens(&self) -> Vec<(&str, String)> {
        let providers = self.model.providers.iter();
        let of = |provider: &Provider| Keys::invented(provider).token;
        providers
            .filter_map(|it| Some((it.id.as_str(), of(it)?)))
            .collect()
    }

    /// Answers a call.
    pub(super) fn call(&self, request: &Incoming) -> Reply {
        let stamp = (self.stamp)();
        let route = route::find(&self.model, request);
        let operation = route.as_ref().ok().map(|route| route.shown.id());
        let dialect = match &route {
            Ok(route) => Dialect::of_protocol(&route.shown.service.protocol),
            Err(_) => Dialect::of(request),
        };
        let id = answer::request_id(dialect, &stamp.nonce);
        let checked =
            route.and_then(|route| self.check(&route, request, &stamp).map(|()| route));
        let why = checked
            .as_ref()
            .err()
            .map(|refusal| refusal.message.clone());
        let reply = match checked {
            Ok(route) => self.accepted(&route, dialect, &id),
            Err(refusal) => answer::refusal(dialect, &refusal, &id),
        };
        let (accepted, status) = (why.is_none(), reply.status);
        self.remember(Call {
            operation,
            accepted,
            why,
            status,
            request_id: id,
        });
        reply
    }

    /// Answers what is no call but about this stand-in itself; nothing for a call.
    pub(super) fn control(&self, request: &Incoming) -> Option<Reply> {
        let path = request.path.strip_prefix("/_mock/")?;
        let answered = match (request.method.as_str(), path) {
            ("GET", "calls") => Ok(json!(self.state().calls)),
            ("POST", "next") => self.order(&request.body),
            _ => {
                Err(json!({ "mock": "there are POST /_mock/next and GET /_mock/calls" }))
            }
        };
        Some(match answered {
            Ok(body) => Reply::json(200, &body),
            Err(body) => Reply::json(400, &body),
        })
    }

    fn check(
        &self,
        route: &Route<'_>,
        request: &Incoming,
        stamp: &Stamp,
    ) -> Result<(), Refusal> {
        let mut keys = vec![Keys::invented(route.shown.provider)];
        keys.extend(self.any_credentials.then(Keys::placeholder));
        let caller = verify::verify(route, request, &keys, stamp.time)?;
        let dialect = Dialect::of_protocol(&route.shown.service.protocol);
        let members = &route.shown.operation.request.members;
        let is_member = members.iter().any(|member| member.name == "project_id");
        let project = route
            .path
            .iter()
            .find(|(name, _)| name == "project_id" && !is_member);
        if let Some((_, found)) = project.filter(|(_, found)| *found != caller.project) {
            let why = format!("the project is {:?}, and not {found:?}", caller.project);
            return Err(Refusal::new(403, "Mock.WrongProject", why));
        }
        members::check(route, request).map_err(|broken| invalid(dialect, &broken))
    }

    fn accepted(&self, route: &Route<'_>, dialect: Dialect, id: &str) -> Reply {
        let next = self
            .state()
            .next
            .get_mut(&route.shown.id())
            .and_then(VecDeque::pop_front);
        match next {
            None => answer::success(&route.shown, id),
            Some(Next::Error(refusal)) => answer::refusal(dialect, &refusal, id),
            Some(Next::Raw { status, body }) => answer::raw(dialect, status, &body, id),
        }
    }

    /// Sets the answer of the next call of an operation.
    fn order(&self, body: &[u8]) -> Result<Json, Json> {
        let refuse = |why: String| json!({ "mock": why });
        let order: Order =
            serde_json::from_slice(body).map_err(|error| refuse(error.to_string()))?;
        let shown = show::find(&self.model, &order.operation).map_err(|known| {
            json!({ "mock": format!("no operation {:?}", order.operation), "known": known })
        })?;
        if let Some(why) = &shown.operation.gated {
            return Err(refuse(format!("{} is not played: {why}", order.operation)));
        }
        let next = match (order.error, order.status, order.body) {
            (Some(error), None, None) => {
                let dialect = Dialect::of_protocol(&shown.service.protocol);
                let all = documented(&shown);
                let found = all.iter().find(|(code, _)| *code == error);
                let known: Vec<_> = all.iter().map(|(code, _)| code).collect();
                let unknown =
                    || json!({ "mock": format!("no error {error:?}"), "known": known });
                Next::Error(answer::documented(dialect, found.ok_or_else(unknown)?.1))
            }
            (None, Some(status @ 200..=599), body) => Next::Raw {
                status,
                body: body.unwrap_or_default(),
            },
            _ => {
                let why =
                    "either an error, or a status from 200 to 599 with or without a body";
                return Err(refuse(why.to_owned()));
            }
        };
        let mut state = self.state();
        let queue = state.next.entry(order.operation).or_default();
        if queue.len() >= MEMORY {
            return Err(refuse(format!("{MEMORY} answers are waiting already")));
        }
        queue.push_back(next);
        Ok(json!({ "waiting": queue.len() }))
    }

    fn remember(&self, call: Call) {
        let mut state = self.state();
        if state.calls.len() >= MEMORY {
            state.calls.pop_front();
        }
        state.calls.push_back(call);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The documented errors under the names by which they are ordered: the code, or the status
/// where the page has no code. Those of the operation come first.
fn documented<'m>(shown: &Shown<'m>) -> Vec<(String, &'m ErrorCode)> {
    let all = shown.operation.errors.iter().chain(&shown.provider.errors);
    let named = all.filter_map(|error| {
        let name = error
            .code
            .clone()
            .or(error.status.map(|status| status.to_string()))?;
        Some((name, error))
    });
    named.collect()
}

fn invalid(dialect: Dialect, broken: &[String]) -> Refusal {
    let missing = broken.iter().all(|why| why.ends_with("is required"));
    let (status, code) = match dialect {
        Dialect::Acs if missing => (400, "MissingParameter"),
        Dialect::Acs => (400, "InvalidParameter"),
        Dialect::Tc3 if missing => (200, "MissingParameter"),
        Dialect::Tc3 => (200, "InvalidParameter"),
        Dialect::Rest => (400, "Mock.InvalidMember"),
    };
    Refusal::new(status, code, broken.join("; "))
}
