//! Keys for lists that come page by page, and for work that goes on after the answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a list is read page by page.
///
/// `at` and `size` are request members, by wire name. `items`, `next`, `total` and `more` are
/// key paths into the response (`Users.User`, `page_info.next_marker`), `last` is one into an
/// item; each step is a wire name without dots, and
/// arrays and maps are not gone through.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pagination {
    /// What tells the service which page is meant.
    pub style: Paging,
    /// The request member that says where the page begins: the number of items before it,
    /// the page's number, a token, or a marker.
    pub at: String,
    /// The request member that says how many items a page may have.
    #[serde(default)]
    pub size: Option<String>,
    /// The array with the page's items.
    pub items: String,
    /// The token of the next page; for `token`, which needs it.
    #[serde(default)]
    pub next: Option<String>,
    /// What `at` becomes of the last item of a page; for `marker`, which needs it.
    #[serde(default)]
    pub last: Option<String>,
    /// The number of items on all pages; not for `token`, which ends by itself.
    #[serde(default)]
    pub total: Option<String>,
    /// A boolean that says whether there are more pages.
    #[serde(default)]
    pub more: Option<String>,
    /// The number of the first page, 1 where it is not said; for `page`.
    #[serde(default)]
    pub first: Option<u32>,
}

/// What tells the service which page is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Paging {
    /// How many items come before it.
    Offset,
    /// Its number.
    Page,
    /// What the page before said.
    Token,
    /// A member of the last item of the page before.
    Marker,
}

/// How to find out that the work of an operation is done, which goes on after its answer.
/// Which answers mean the end is not told here: the caller says so.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiter {
    /// The operation of the same service that tells how far the work is, by wire name.
    pub operation: String,
    /// The pause between two calls of it, in milliseconds.
    pub interval_ms: u32,
    /// How often it is called at most.
    pub attempts: u32,
}
