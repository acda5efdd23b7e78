//! One HTML page for people: a single file that asks the network for nothing, with both
//! sides' YAML, filters and links. It is complete without its script.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tera::{Context, Tera};

use crate::diff::Report;

mod finding;
mod pane;
mod view;

use view::View;

const STYLE: &str = include_str!("../../../templates/diff.css");
const SCRIPT: &str = include_str!("../../../templates/diff.js");

/// The page. Everything that comes from a spec is escaped, and the page's policy runs no
/// script but its own.
///
/// # Panics
/// Never: the template is a part of this crate.
pub fn html(report: &Report<'_>) -> String {
    let page = Page {
        version: env!("CARGO_PKG_VERSION"),
        style: STYLE,
        style_hash: hash(STYLE),
        script: SCRIPT,
        script_hash: hash(SCRIPT),
        view: View::of(report),
    };
    let context =
        Context::from_serialize(&page).expect("it is made of texts, numbers and lists");
    TEMPLATE
        .render(NAME, &context)
        .expect("the template is a part of this crate")
}

#[derive(Serialize)]
struct Page {
    version: &'static str,
    style: &'static str,
    style_hash: String,
    script: &'static str,
    script_hash: String,
    #[serde(flatten)]
    view: View,
}

/// What the page's policy knows a style or script by.
fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text))
}

/// The ending tells tera to escape.
const NAME: &str = "diff.html";

static TEMPLATE: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    tera.add_raw_template(NAME, include_str!("../../../templates/diff.html.tera"))
        .expect("the template is a part of this crate");
    tera
});
