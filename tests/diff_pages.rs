//! What `yunspec diff` prints for people: a comment, a changelog section, a page; and the
//! recipe that tells how to use them. The page is also driven in a real browser.
//!
//! `BLESS=1 cargo test -p yunspec-tests --test diff_pages` writes the goldens anew.

#[path = "diff_pages/browser.rs"]
mod browser;
#[path = "diff_pages/driver.rs"]
mod driver;
#[path = "diff_pages/edited.rs"]
mod edited;
#[path = "diff_pages/hostile.rs"]
mod hostile;
#[path = "diff_pages/long.rs"]
mod long;
#[path = "diff_pages/looks.rs"]
mod looks;
#[path = "diff_pages/page.rs"]
mod page;
#[path = "diff_pages/pair.rs"]
mod pair;
#[path = "diff_pages/recipe.rs"]
mod recipe;
#[path = "diff_pages/stage.rs"]
mod stage;
#[path = "diff_pages/texts.rs"]
mod texts;
