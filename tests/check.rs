//! `yunspec check`: every rule has a bad specimen and the message that a person gets; bombs
//! are refused at once; the formats for machines say the same as the text.
//!
//! `BLESS=1 cargo test -p yunspec-tests --test check` writes the golden messages anew.

#[path = "check/answers.rs"]
mod answers;
#[path = "check/bombs.rs"]
mod bombs;
#[path = "check/formats.rs"]
mod formats;
#[path = "check/specimens.rs"]
mod specimens;
#[path = "check/specs.rs"]
mod specs;
#[path = "check/tree.rs"]
mod tree;
