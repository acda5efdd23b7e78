//! Services that do not page as they say. None of them is asked for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value as Json, json};
use yunspec_runtime::future::BoxFuture;
use yunspec_runtime::pages::PagesProblem;
use yunspec_runtime::transport::{Limits, Transport, TransportError};

use crate::lists::{
    Client, ListByMarkerRequest, ListByOffsetRequest, ListByPageRequest,
    ListByTokenRequest,
};
use crate::stand::{client, config, drained, marked, named, problem, server, users};

/// A service that always says more.
#[derive(Debug)]
struct Endless {
    count: AtomicU32,
    page: fn(u32) -> Json,
}

impl Transport for Endless {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let page = (self.page)(self.count.fetch_add(1, Ordering::Relaxed));
        let body = Bytes::from(page.to_string());
        Box::pin(async { Ok(Response::new(body)) })
    }
}

fn endless(page: fn(u32) -> Json) -> (Client, Arc<Endless>) {
    let count = AtomicU32::new(0);
    let service = Arc::new(Endless { count, page });
    let config = config().transport(Arc::clone(&service) as Arc<dyn Transport>);
    (Client::new(config).expect("sound settings"), service)
}

#[tokio::test]
async fn a_list_has_an_end_even_where_the_service_knows_none() {
    let (client, service) = endless(|page| named(&["a"], json!(format!("t{page}"))));
    let pages = client.list_by_token_pages(ListByTokenRequest::new());
    let (count, error) = drained(pages).await;
    assert_eq!(count, 10_000);
    assert_eq!(
        problem(error),
        Some(PagesProblem::Endless { pages: 10_000 })
    );
    assert_eq!(service.count.load(Ordering::Relaxed), 10_000);
}

#[tokio::test]
async fn the_caller_may_set_the_end() {
    let (client, service) = endless(|page| users(&[&page.to_string()], json!(null)));
    let pages = client.list_by_offset_pages(ListByOffsetRequest::new());
    let (count, error) = drained(pages.max_pages(7)).await;
    let text = error.as_ref().map(ToString::to_string);
    assert_eq!(
        text.as_deref(),
        Some("unexpected page: no end after 7 pages (HTTP 200)")
    );
    assert_eq!(problem(error), Some(PagesProblem::Endless { pages: 7 }));
    assert_eq!((count, service.count.load(Ordering::Relaxed)), (7, 7));
}

#[tokio::test]
async fn empty_pages_with_tokens_have_an_end() {
    let (client, _) = endless(|page| named(&[], json!(format!("t{page}"))));
    let pages = client.list_by_token_pages(ListByTokenRequest::new());
    let (count, error) = drained(pages).await;
    assert_eq!(problem(error), Some(PagesProblem::Endless { pages: 100 }));
    assert_eq!(count, 100);
}

#[tokio::test]
async fn a_token_that_came_before_ends_the_list() {
    for (tokens, pages) in [
        (["t", "t", "t", "t"], 2),
        (["t", "u", "t", "u"], 3),
        (["own", "t", "u", "v"], 1),
    ] {
        let server = server(tokens.map(|token| named(&["a"], json!(token))));
        let request = ListByTokenRequest::new().marker("own");
        let (count, error) = drained(client(&server).list_by_token_pages(request)).await;
        assert_eq!(problem(error), Some(PagesProblem::Repeated), "{tokens:?}");
        // What came with the token is good: some services repeat it to say that they are done.
        assert_eq!(
            (count, server.requests().len()),
            (pages, pages),
            "{tokens:?}"
        );
    }
}

#[tokio::test]
async fn a_service_that_takes_no_notice_of_the_request_ends_the_list() {
    let same = || users(&["a", "b"], json!(9));
    let offsets = server([same(), same(), same()]);
    let pages = client(&offsets).list_by_offset_pages(ListByOffsetRequest::new());
    let (count, error) = drained(pages).await;
    assert_eq!(problem(error), Some(PagesProblem::Repeated));
    assert_eq!((count, offsets.requests().len()), (1, 2));

    let markers = server([marked(&["a"]), marked(&["a"]), marked(&["a"])]);
    #[allow(deprecated)] // it is deprecated so that the course has one
    let pages = client(&markers).list_by_marker_pages(ListByMarkerRequest::new());
    let (count, error) = drained(pages).await;
    assert_eq!(problem(error), Some(PagesProblem::Repeated));
    assert_eq!((count, markers.requests().len()), (1, 2));
}

#[tokio::test]
async fn a_list_that_ends_too_early_is_an_error() {
    let offsets = server([users(&["a", "b"], json!(9)), users(&[], json!(9))]);
    let pages = client(&offsets).list_by_offset_pages(ListByOffsetRequest::new());
    let (count, error) = drained(pages).await;
    let text = error.as_ref().map(ToString::to_string).unwrap_or_default();
    assert!(
        text.contains("ends after 2 items, and the service tells of 9"),
        "{text}"
    );
    let short = PagesProblem::Short {
        items: 2,
        total: Some(9),
    };
    assert_eq!((count, problem(error)), (2, Some(short)));

    let page = |colours: &[&str]| json!({ "colours": colours, "page_info": { "truncated": true } });
    let numbers = server([page(&["red"]), page(&[])]);
    let pages = client(&numbers).list_by_page_pages(ListByPageRequest::new());
    let (count, error) = drained(pages).await;
    let short = PagesProblem::Short {
        items: 1,
        total: None,
    };
    assert_eq!((count, problem(error)), (2, Some(short)));
}

#[tokio::test]
async fn a_token_that_is_none_ends_the_list() {
    let server = server([named(&["a"], json!({ "is": "odd" }))]);
    let pages = client(&server).list_by_token_pages(ListByTokenRequest::new());
    let (_, error) = drained(pages).await;
    let text = error.expect("an object is no token").to_string();
    assert!(text.contains("page_info.next_marker: expected a"), "{text}");
}

#[tokio::test]
async fn numbers_out_of_all_bounds_do_no_harm() {
    for total in [
        json!(u64::MAX),
        json!(-1),
        json!("many"),
        json!(1e300),
        json!([]),
    ] {
        let server = server([users(&["a"], total.clone()), users(&[], total)]);
        let request = ListByOffsetRequest::new().offset(i32::MAX);
        let pages = client(&server).list_by_offset_pages(request);
        let (count, error) = drained(pages).await;
        assert!(count <= 2, "{error:?}");
        assert!(server.requests().len() <= 2);
    }
}
