//! Lists that come page by page: a stream that asks for one page at a time.
//!
//! How an operation pages is a table of wire names ([`Paginated`]), read by one walker for
//! all operations. The next request is the caller's, with one member replaced; it goes the
//! way of every call, with its own retries, limits and timeouts.
//!
//! A list ends where the service says so: no token, a total that is reached, a flag, an empty
//! page. A page with few items ends nothing, for services cap and filter pages. What has no
//! end is an error ([`PagesProblem`]), never a loop.

mod reader;
mod walk;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use crate::client::Client;
use crate::decode::Decode;
use crate::error::Error;
use crate::operation::Operation;
use crate::response::Response;

use reader::Reader;
pub use walk::PagesProblem;

/// A request whose answer is one page of a list. A path is made of wire names with dots
/// between them, from the answer inwards: `page_info.next_marker`.
pub trait Paginated: Operation + 'static {
    /// What the next request says.
    const TURN: Turn;
    /// The request member that says so, by wire name.
    const AT: &'static str;
    /// The path of the page's items.
    const ITEMS: &'static str;
    /// The path of the number of items on all pages, where the service tells it.
    const TOTAL: Option<&'static str> = None;
    /// The path of a boolean that says whether there are more pages, where the service tells
    /// it.
    const MORE: Option<&'static str> = None;
    /// All of these as one value.
    const PAGINATION: Pagination = Pagination {
        turn: Self::TURN,
        at: Self::AT,
        items: Self::ITEMS,
        total: Self::TOTAL,
        more: Self::MORE,
    };
    /// What the list holds.
    type Item: Decode;
}

/// What the next request says.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Turn {
    /// How many items came before.
    Offset,
    /// The page's number; this one is the first.
    Page(u32),
    /// What the page before said at this path.
    Token(&'static str),
    /// What is at this path in the page's last item.
    Marker(&'static str),
}

/// How the pages of a list follow each other, as [`Paginated`] tells it.
#[derive(Clone, Copy, Debug)]
pub struct Pagination {
    turn: Turn,
    at: &'static str,
    items: &'static str,
    total: Option<&'static str>,
    more: Option<&'static str>,
}

/// The pages of a list, one request at a time: nothing is sent before [`Pages::next`] is
/// awaited, and nothing is read ahead. It is a [`Stream`] too.
///
/// After an error there are no more pages. Dropping the future of [`Pages::next`] loses
/// nothing: the next one goes on with the same request.
#[derive(Debug)]
pub struct Pages<O> {
    reader: Reader,
    operation: PhantomData<fn() -> O>,
}

impl<O: Paginated> Pages<O> {
    /// The next page; `None` behind the last one.
    ///
    /// # Errors
    /// [`Error`], as of the call for that page; [`Error::Decode`] with a [`PagesProblem`]
    /// where the list does not end as it should.
    pub async fn next(&mut self) -> Option<Page<O>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The items of all pages, one by one.
    pub fn items(self) -> Items<O> {
        Items {
            reader: self.reader,
            page: Vec::new().into_iter(),
        }
    }

    /// Sets how many pages are asked for before the list counts as endless, which is an
    /// error; 10,000 unless this says otherwise. Who wants fewer pages stops asking.
    #[must_use]
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.reader.max_pages(pages);
        self
    }

    /// How many items all pages have together, where the last answer told it.
    pub fn total(&self) -> Option<u64> {
        self.reader.total()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        let page = ready!(self.reader.poll(context));
        Poll::Ready(page.map(|page| self.reader.read(page)))
    }
}

/// A page, or why there is none.
pub type Page<O> =
    Result<Response<<O as Operation>::Response>, Error<<O as Operation>::Error>>;

/// An item, or why there is none.
pub type OneItem<O> = Result<<O as Paginated>::Item, Error<<O as Operation>::Error>>;

impl<O: Paginated> Stream for Pages<O> {
    type Item = Page<O>;
    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Page<O>>> {
        self.get_mut().poll(context)
    }
}

/// The items of a list, one by one; the next page is asked for when the last one is used up.
/// It is a [`Stream`] too.
pub struct Items<O: Paginated> {
    reader: Reader,
    page: vec::IntoIter<O::Item>,
}

impl<O: Paginated> Items<O> {
    /// The next item; `None` behind the last one.
    ///
    /// # Errors
    /// As of [`Pages::next`].
    pub async fn next(&mut self) -> Option<OneItem<O>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<OneItem<O>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let Some(page) = ready!(self.reader.poll(context)) else {
                return Poll::Ready(None);
            };
            let items: Result<Response<Option<Vec<O::Item>>>, _> = self
                .reader
                .read::<_, O::Error>(page.map(|page| page.only(O::PAGINATION.items)));
            match items {
                Ok(items) => {
                    self.page = items.into_inner().unwrap_or_default().into_iter();
                }
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<O: Paginated> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("reader", &self.reader)
            .finish_non_exhaustive()
    }
}

impl<O: Paginated> Stream for Items<O>
where
    O::Item: Unpin,
{
    type Item = Result<O::Item, Error<O::Error>>;
    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl Client {
    /// The pages of a list, from the one that the request names. Sends nothing yet.
    pub fn pages<O: Paginated>(&self, request: O) -> Pages<O> {
        let refused = self.validated(&request).err();
        let reader = Reader::new(
            self.clone(),
            O::CALL,
            Box::new(request),
            O::PAGINATION,
            refused,
        );
        Pages {
            reader,
            operation: PhantomData,
        }
    }
}
