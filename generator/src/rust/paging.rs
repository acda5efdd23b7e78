//! What lists that come page by page, and waiters, need.

use super::Type;

/// `impl Paginated for …Request`. A path is made of wire names, with dots between them.
#[derive(Debug)]
pub struct Pages {
    /// What the next request says.
    pub turn: Turn,
    /// The request member that says so, by wire name.
    pub at: String,
    /// Where the items are.
    pub items: String,
    /// Where their number on all pages is.
    pub total: Option<String>,
    /// Where a boolean says whether there are more pages.
    pub more: Option<String>,
    /// The type of an item.
    pub item: Type,
}

/// A variant of the runtime's `Turn`.
#[derive(Debug)]
pub enum Turn {
    /// How many items came before.
    Offset,
    /// The page's number; this one is the first.
    Page(u32),
    /// What the page before said here.
    Token(String),
    /// This member of the page's last item.
    Marker(String),
}

/// `impl Awaited for …Request`.
#[derive(Debug)]
pub struct Waiter {
    /// The pause between two calls, in milliseconds.
    pub interval: u32,
    /// How many calls at most.
    pub attempts: u32,
    /// The module of the operation that is called, beside this one.
    pub module: String,
    /// The type of its request.
    pub request: String,
}
