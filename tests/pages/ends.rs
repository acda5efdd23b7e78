//! When a list ends, and when a failure ends it.

use serde_json::json;
use yunspec_runtime::Error;
use yunspec_tests::server::{Answer, Server};

use crate::lists::{ListByOffsetRequest, ListByPageRequest, ListByTokenRequest};
use crate::stand::{answer, client, drained, named, server, users};

#[tokio::test]
async fn without_a_total_an_empty_page_is_the_end() {
    let server = server([
        users(&["a", "b"], json!(null)),
        users(&["c"], json!(null)),
        users(&[], json!(null)),
    ]);
    let request = ListByOffsetRequest::new().limit(2);
    let (count, error) = drained(client(&server).list_by_offset_pages(request)).await;
    assert!(error.is_none(), "{error:?}");
    // The short second page is no end: services cap and filter pages.
    assert_eq!((count, server.requests().len()), (3, 3));
}

#[tokio::test]
async fn a_total_may_be_a_text_or_shrink() {
    for total in [json!("3"), json!(3), json!(2), json!(3.0)] {
        let server = server([users(&["a"], json!(9)), users(&["b", "c"], total)]);
        let pages = client(&server).list_by_offset_pages(ListByOffsetRequest::new());
        let (count, error) = drained(pages).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!((count, server.requests().len()), (2, 2));
    }
}

#[tokio::test]
async fn nothing_at_all_is_one_empty_page() {
    for body in [json!({}), json!({ "data": null }), users(&[], json!(0))] {
        let server = server([body]);
        let pages = client(&server).list_by_offset_pages(ListByOffsetRequest::new());
        let (count, error) = drained(pages).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!((count, server.requests().len()), (1, 1));
    }
}

#[tokio::test]
async fn a_flag_beats_a_token_and_a_total() {
    let page = json!({ "names": ["a"], "page_info": { "next_marker": "t", "truncated": false } });
    let tokens = server([page]);
    let pages = client(&tokens).list_by_token_pages(ListByTokenRequest::new());
    let (count, error) = drained(pages).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((count, tokens.requests().len()), (1, 1));

    let page = |colour: &str, more: &str| json!({ "colours": [colour], "page_info": { "total": 1, "truncated": more } });
    let numbers = server([page("red", "true"), page("blue", "false")]);
    let pages = client(&numbers).list_by_page_pages(ListByPageRequest::new());
    let (count, error) = drained(pages).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((count, numbers.requests().len()), (2, 2));
}

#[tokio::test]
async fn a_failure_is_the_end() {
    let refused =
        Answer::new(404).body(r#"{"error_code":"Gone","error_msg":"It is gone."}"#);
    let server = Server::start([answer(named(&["a"], json!("t"))), refused]);
    let pages = client(&server).list_by_token_pages(ListByTokenRequest::new());
    let (count, error) = drained(pages).await;
    assert_eq!(count, 1);
    let error = error.expect("it is refused");
    assert_eq!(error.raw_code(), Some("Gone"));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_request_that_breaks_rules_is_never_sent() {
    let server = server([]);
    let request = ListByOffsetRequest::new().limit(101);
    let (count, error) = drained(client(&server).list_by_offset_pages(request)).await;
    assert!(matches!(error, Some(Error::Invalid(_))), "{error:?}");
    assert_eq!((count, server.requests().len()), (0, 0));
}

#[tokio::test]
async fn a_page_of_another_shape_is_the_end() {
    let bodies = [json!({ "data": { "users": [{ "id": [] }], "total": 9 } })];
    let server = server(bodies.clone());
    let pages = client(&server).list_by_offset_pages(ListByOffsetRequest::new());
    let (count, error) = drained(pages).await;
    let text = error.expect("an id is no list").to_string();
    assert!(text.contains("data.users[0].id: expected a text"), "{text}");
    assert_eq!((count, server.requests().len()), (0, 1));

    let server = crate::stand::server(bodies);
    let pages = client(&server).list_by_offset_pages(ListByOffsetRequest::new());
    let mut items = pages.items();
    let error = items.next().await.expect("an answer").expect_err("no item");
    assert!(
        error.to_string().contains("[0].id: expected a text"),
        "{error}"
    );
    assert!(items.next().await.is_none());
}
