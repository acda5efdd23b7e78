//! What the next request says, style by style.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use futures_core::Stream;
use serde_json::json;
use tokio::time::timeout;
use yunspec_runtime::WireEnum as _;
use yunspec_tests::server::{Answer, Server};

use crate::lists::{
    ListByMarkerRequest, ListByOffsetRequest, ListByPageRequest, ListByTokenRequest,
};
use crate::stand::{
    answer, came, client, drained, marked, named, queries, server, users,
};

#[tokio::test]
async fn an_offset_counts_the_items_before() {
    let server = server([
        users(&["a", "b"], json!(5)),
        users(&["c", "d"], json!(5)),
        users(&["e"], json!(5)),
    ]);
    let mut pages =
        client(&server).list_by_offset_pages(ListByOffsetRequest::new().limit(2));
    assert_eq!(pages.total(), None);
    let first = came(pages.next().await);
    let first = first.data.expect("it came");
    assert_eq!(first.users.len(), 2);
    assert_eq!((pages.total(), server.requests().len()), (Some(5), 1));
    let (count, error) = drained(pages).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(count, 2);
    assert_eq!(
        queries(&server),
        ["limit=2", "limit=2&offset=2", "limit=2&offset=4"]
    );
}

#[tokio::test]
async fn a_list_goes_on_from_where_the_caller_begins() {
    let server = server([users(&["d"], json!(5)), users(&["e"], json!(5))]);
    let request = ListByOffsetRequest::new().offset(3);
    let (count, error) = drained(client(&server).list_by_offset_pages(request)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(
        (count, queries(&server)),
        (2, vec!["offset=3".to_owned(), "offset=4".to_owned()])
    );
}

#[tokio::test]
async fn a_page_has_a_number() {
    let page = |colour: &str, more: bool| json!({ "colours": [colour], "page_info": { "truncated": more } });
    let server = server([page("red", true), page("blue", true), page("green", false)]);
    let request = ListByPageRequest::new().size(1);
    let (count, error) = drained(client(&server).list_by_page_pages(request)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(count, 3);
    assert_eq!(
        queries(&server),
        ["size=1", "page=1&size=1", "page=2&size=1"]
    );
}

#[tokio::test]
async fn a_number_that_the_caller_sends_counts_the_pages_before() {
    let page = |colour: &str| json!({ "colours": [colour, colour], "page_info": { "total": 6 } });
    let server = server([page("red"), page("blue")]);
    let request = ListByPageRequest::new().page(1);
    let (count, error) = drained(client(&server).list_by_page_pages(request)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(
        (count, queries(&server)),
        (2, vec!["page=1".to_owned(), "page=2".to_owned()])
    );
}

#[tokio::test]
async fn a_token_comes_and_goes() {
    let server = server([
        named(&["a"], json!("t/1")),
        named(&[], json!("t 2")),
        named(&["b"], json!("")),
    ]);
    let (count, error) =
        drained(client(&server).list_by_token_pages(ListByTokenRequest::new())).await;
    assert!(error.is_none(), "{error:?}");
    // An empty page is no end where tokens are: services filter after they cut.
    assert_eq!(count, 3);
    assert_eq!(queries(&server), ["", "marker=t%2F1", "marker=t%202"]);
}

#[tokio::test]
#[allow(deprecated)] // it is deprecated so that the course has one
async fn a_marker_is_of_the_last_item() {
    let server = server([marked(&["a", "b"]), marked(&["c"]), marked(&[])]);
    let request = ListByMarkerRequest::new().limit(2);
    let (count, error) = drained(client(&server).list_by_marker_pages(request)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(count, 3);
    assert_eq!(
        queries(&server),
        ["limit=2", "limit=2&marker=b", "limit=2&marker=c"]
    );
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let server = server([users(&["a"], json!(2)), users(&["b"], json!(2))]);
    let mut pages = client(&server).list_by_offset_pages(ListByOffsetRequest::new());
    assert_eq!(server.requests().len(), 0);
    for count in 1..=2 {
        came(pages.next().await);
        assert_eq!(server.requests().len(), count);
    }
}

#[tokio::test]
async fn a_dropped_wait_loses_nothing() {
    let late = answer(named(&["a"], json!(null))).delay(Duration::from_millis(200));
    let server = Server::start([late]);
    let mut pages = client(&server).list_by_token_pages(ListByTokenRequest::new());
    let hasty = timeout(Duration::from_millis(20), pages.next()).await;
    assert!(hasty.is_err(), "it came too soon for this test");
    assert_eq!(came(pages.next().await).names, ["a"]);
    assert_eq!(server.requests().len(), 1);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pages_are_a_stream() {
    let server = server([named(&["a"], json!("t")), named(&["b"], json!(null))]);
    let mut pages = client(&server).list_by_token_pages(ListByTokenRequest::new());
    let mut names = Vec::new();
    while let Some(page) =
        poll_fn(|context| Pin::new(&mut pages).poll_next(context)).await
    {
        names.extend(page.expect("a page").into_inner().names);
    }
    assert_eq!(names, ["a", "b"]);
}

#[tokio::test]
async fn items_come_one_by_one() {
    let page = |colours: [&str; 2], more| json!({ "colours": colours, "page_info": { "truncated": more } });
    let server = server([page(["red", "blue"], true), page(["green", "red"], false)]);
    let mut items = client(&server)
        .list_by_page_pages(ListByPageRequest::new())
        .items();
    let mut colours = Vec::new();
    while let Some(colour) = items.next().await {
        colours.push(colour.expect("a colour").to_text().into_owned());
        assert_eq!(server.requests().len(), colours.len().div_ceil(2));
    }
    assert_eq!(colours, ["red", "blue", "green", "red"]);
}

#[tokio::test]
async fn each_page_is_a_call_with_attempts_of_its_own() {
    let busy = || Answer::new(503);
    let server = Server::start([
        answer(named(&["a"], json!("t"))),
        busy(),
        answer(named(&["b"], json!(null))),
    ]);
    let mut pages = client(&server).list_by_token_pages(ListByTokenRequest::new());
    let first = pages.next().await.expect("a page").expect("a success");
    let second = pages.next().await.expect("a page").expect("a success");
    assert_eq!((first.attempts(), second.attempts()), (1, 2));
    assert_eq!(queries(&server), ["", "marker=t", "marker=t"]);
}
