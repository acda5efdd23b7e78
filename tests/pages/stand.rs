//! A server with pages, and what came of them.

use std::fmt::Debug;

use serde_json::{Value as Json, json};
use yunspec_runtime::error::{DecodeProblem, Error};
use yunspec_runtime::pages::{Pages, PagesProblem};
use yunspec_runtime::{Config, Credentials, Paginated, Response};
use yunspec_tests::server::{Answer, Server};

use crate::lists::Client;

/// A server that gives these bodies.
pub(crate) fn server(bodies: impl IntoIterator<Item = Json>) -> Server {
    Server::start(bodies.into_iter().map(answer))
}

pub(crate) fn answer(body: Json) -> Answer {
    Answer::new(200)
        .header("X-Request-Id", "r-1")
        .body(body.to_string())
}

pub(crate) fn config() -> Config {
    Config::new(Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE").project_id("p1"))
}

pub(crate) fn client(server: &Server) -> Client {
    let config = config().endpoint(server.url()).allow_http(true);
    Client::new(config).expect("sound settings")
}

/// A page of users, with the total where it is told.
pub(crate) fn users(ids: &[&str], total: Json) -> Json {
    json!({ "data": { "users": objects(ids), "total": total } })
}

/// A page of the list by markers.
pub(crate) fn marked(ids: &[&str]) -> Json {
    json!({ "users": objects(ids) })
}

/// A page of the list by tokens.
pub(crate) fn named(names: &[&str], next: Json) -> Json {
    json!({ "names": names, "page_info": { "next_marker": next } })
}

fn objects(ids: &[&str]) -> Vec<Json> {
    ids.iter().map(|id| json!({ "id": id })).collect()
}

/// The queries of all requests, without the members that never change.
pub(crate) fn queries(server: &Server) -> Vec<String> {
    let targets = server.requests().into_iter().map(|request| {
        let target = request.target;
        target
            .split_once('?')
            .map_or(String::new(), |(_, query)| query.to_owned())
    });
    targets.collect()
}

/// How many pages came, and what came behind them.
pub(crate) async fn drained<O: Paginated>(
    mut pages: Pages<O>,
) -> (usize, Option<Error<O::Error>>) {
    let mut count = 0;
    while let Some(page) = pages.next().await {
        match page {
            Ok(_) => count += 1,
            Err(error) => {
                assert!(pages.next().await.is_none(), "an error is the end");
                return (count, Some(error));
            }
        }
    }
    assert!(pages.next().await.is_none(), "the end is the end");
    (count, None)
}

/// Why a list did not end as it should.
pub(crate) fn problem<E>(error: Option<Error<E>>) -> Option<PagesProblem> {
    match error? {
        Error::Decode(error) => match error.problem {
            DecodeProblem::Pages(problem) => Some(problem),
            _ => None,
        },
        _ => None,
    }
}

/// A page that came.
pub(crate) fn came<T: Debug, E: Debug>(page: Option<Result<Response<T>, Error<E>>>) -> T {
    let page = page.expect("there is a page");
    page.expect("it is a success").into_inner()
}
