//! Lists that come page by page, and waiters: the generated clients of the course against a
//! server that pages well, and against servers that do not.

#[path = "pages/blocking.rs"]
mod blocking;
#[path = "pages/ends.rs"]
mod ends;
#[path = "pages/hostile.rs"]
mod hostile;
#[path = "pages/stand.rs"]
mod stand;
#[path = "pages/turns.rs"]
mod turns;
#[path = "pages/waiters.rs"]
mod waiters;

/// The generated service.
#[allow(clippy::pedantic, dead_code, unused_imports)]
#[path = "golden/generated/src/course/lists/mod.rs"]
pub mod lists;
