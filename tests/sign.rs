//! Writing, signing and reading, held against published and captured facts.

#[path = "sign/data.rs"]
mod data;
#[path = "sign/encode.rs"]
mod encode;
#[path = "sign/known.rs"]
mod known;
#[path = "sign/refuse.rs"]
mod refuse;
#[path = "sign/responses.rs"]
mod responses;
#[path = "sign/vectors.rs"]
mod vectors;
