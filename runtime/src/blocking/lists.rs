//! Lists and waiters for programs without async code.

use std::time::Duration;

use tokio::runtime::Handle;

use super::{Client, wait};
use crate::error::Error;
use crate::operation::Operation;
use crate::pages::{Page, Paginated};
use crate::response::Response;
use crate::waiter::Awaited;

/// The pages of a list, one request at a time; see [`crate::Pages`].
#[derive(Debug)]
pub struct Pages<O> {
    pages: crate::Pages<O>,
    driver: Handle,
}

impl<O: Paginated> Pages<O> {
    /// The items of all pages, one by one.
    pub fn items(self) -> Items<O> {
        Items {
            items: self.pages.items(),
            driver: self.driver,
        }
    }

    /// Sets how many pages are asked for before the list counts as endless, as
    /// [`crate::Pages::max_pages`] does.
    #[must_use]
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// How many items all pages have together, where the last answer told it.
    pub fn total(&self) -> Option<u64> {
        self.pages.total()
    }
}

impl<O: Paginated> Iterator for Pages<O> {
    type Item = Page<O>;
    fn next(&mut self) -> Option<Page<O>> {
        wait(&self.driver, self.pages.next())
    }
}

/// The items of a list, one by one; see [`crate::Items`].
#[derive(Debug)]
pub struct Items<O: Paginated> {
    items: crate::Items<O>,
    driver: Handle,
}

impl<O: Paginated> Iterator for Items<O> {
    type Item = Result<O::Item, Error<O::Error>>;
    fn next(&mut self) -> Option<Self::Item> {
        wait(&self.driver, self.items.next())
    }
}

/// Asks how far work is, until the caller sees that it is done; see [`crate::Waiter`].
#[derive(Debug)]
#[must_use = "nothing is sent before `until`"]
pub struct Waiter<O> {
    waiter: crate::Waiter<O>,
    driver: Handle,
}

impl<O: Operation> Waiter<O> {
    /// Sets the pause between two calls.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.waiter = self.waiter.interval(interval);
        self
    }

    /// Sets how many calls are made at most; one is made in any case.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.waiter = self.waiter.attempts(attempts);
        self
    }

    /// Calls until `done` says so of an answer, and returns that answer.
    ///
    /// # Errors
    /// As of [`crate::Waiter::until`].
    pub fn until(
        self,
        done: impl FnMut(&O::Response) -> bool,
    ) -> Result<Response<O::Response>, Error<O::Error>> {
        wait(&self.driver, self.waiter.until(done))
    }
}

impl Client {
    /// The pages of a list, from the one that the request names. Sends nothing yet.
    pub fn pages<O: Paginated>(&self, request: O) -> Pages<O> {
        Pages {
            pages: self.client.pages(request),
            driver: self.driver.clone(),
        }
    }

    /// Waits for the work that an operation starts, with the documented pauses. Sends nothing
    /// yet.
    pub fn waiter<O: Awaited>(&self, request: O::Poll) -> Waiter<O::Poll> {
        Waiter {
            waiter: self.client.waiter::<O>(request),
            driver: self.driver.clone(),
        }
    }
}
