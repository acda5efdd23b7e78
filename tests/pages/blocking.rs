//! The same for programs without async code.

use serde_json::json;
use yunspec_runtime::WireEnum as _;
use yunspec_runtime::pages::PagesProblem;
use yunspec_tests::server::Server;

use crate::lists::blocking::Client;
use crate::lists::{
    GetWorkRequest, ListByOffsetRequest, ListByPageRequest, ListByTokenRequest,
};
use crate::stand::{config, named, problem, queries, server, users};

fn client(server: &Server) -> Client {
    let config = config().endpoint(server.url()).allow_http(true);
    Client::new(config).expect("sound settings")
}

#[test]
fn pages_are_an_iterator() {
    let server = server([users(&["a", "b"], json!(3)), users(&["c"], json!(3))]);
    let mut pages = client(&server).list_by_offset_pages(ListByOffsetRequest::new());
    assert_eq!(server.requests().len(), 0);
    let first = pages.next().expect("a page").expect("a success");
    assert_eq!(first.request_id(), Some("r-1"));
    assert_eq!((pages.total(), server.requests().len()), (Some(3), 1));
    let rest: Result<Vec<_>, _> = pages.collect();
    assert_eq!(rest.expect("a success").len(), 1);
    assert_eq!(queries(&server), ["", "offset=2"]);
}

#[test]
fn items_are_an_iterator() {
    let page = |colour: &str, more: bool| json!({ "colours": [colour], "page_info": { "truncated": more } });
    let server = server([page("red", true), page("blue", false)]);
    let items = client(&server)
        .list_by_page_pages(ListByPageRequest::new())
        .items();
    let colours: Result<Vec<_>, _> = items.collect();
    let colours = colours.expect("a success");
    let colours: Vec<_> = colours.iter().map(|colour| colour.to_text()).collect();
    assert_eq!(colours, ["red", "blue"]);
}

#[test]
fn a_list_without_an_end_ends() {
    let server = server((0..9).map(|page| named(&["a"], json!(page.to_string()))));
    let pages = client(&server)
        .list_by_token_pages(ListByTokenRequest::new())
        .max_pages(4);
    let (pages, mut errors): (Vec<_>, Vec<_>) = pages.partition(Result::is_ok);
    assert_eq!((pages.len(), server.requests().len()), (4, 4));
    let error = errors.pop().and_then(Result::err);
    assert_eq!(problem(error), Some(PagesProblem::Endless { pages: 4 }));
}

#[test]
fn a_waiter_waits() {
    let server = server(["busy", "busy", "done"].map(|state| json!({ "state": state })));
    let waiter = client(&server).start_work_waiter(GetWorkRequest::new("w"));
    let waiter = waiter.interval(std::time::Duration::from_millis(1));
    let work = waiter.until(|work| work.state.as_deref() == Some("done"));
    assert_eq!(work.expect("it is done").state.as_deref(), Some("done"));
    assert_eq!(server.requests().len(), 3);
}
