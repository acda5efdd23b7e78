//! A report as text for people and documents for tools: one file per format, each a
//! function from [`super::Report`] to text.

pub mod changelog;
pub mod github;
pub mod html;
mod inline;
pub mod json;
pub mod markdown;
pub mod sarif;
pub mod text;
mod words;
