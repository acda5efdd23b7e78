//! What the page is made of: read as text, without a browser.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use yunspec::diff::print::html;

use crate::pair::Pair;

/// The values of an attribute, in order.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    let parts = page.split(start.as_str()).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

fn page() -> String {
    let pair = Pair::small();
    html::html(&pair.report())
}

/// The page without its style and script.
fn body(page: &str) -> &str {
    let (_, rest) = page.split_once("</style>").expect("the page has a style");
    rest.split("<script>").next().unwrap_or_default()
}

#[test]
fn every_change_has_an_anchor_and_every_link_a_target() {
    let pair = Pair::small();
    let report = pair.report();
    let page = html::html(&report);
    let ids = attributes(body(&page), "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an id stands twice");
    for change in &report.changes {
        assert!(
            unique.contains(change.fingerprint.as_str()),
            "{}",
            change.message
        );
    }
    for link in attributes(body(&page), "href") {
        let target = link.strip_prefix('#').unwrap_or("");
        assert!(
            link == "data:," || unique.contains(target),
            "{link} leads nowhere"
        );
    }
    let labels = ["aria-labelledby", "for"];
    for label in labels.iter().flat_map(|name| attributes(body(&page), name)) {
        assert!(unique.contains(label), "{label} labels nothing");
    }
}

#[test]
fn the_outline_has_no_gaps() {
    let page = page();
    let body = body(&page);
    let mut last = 0;
    let mut counts = BTreeMap::new();
    for (index, _) in body.match_indices("<h") {
        let Some(level) = body[index + 2..]
            .chars()
            .next()
            .and_then(|sign| sign.to_digit(10))
        else {
            continue;
        };
        assert!(level <= last + 1, "h{level} after h{last}");
        last = level;
        *counts.entry(level).or_insert(0) += 1;
    }
    assert_eq!(counts.get(&1), Some(&1), "one heading for all");
    for tag in ["header", "aside", "nav", "main", "footer"] {
        assert_eq!(body.matches(&format!("</{tag}>")).count(), 1, "{tag}");
    }
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
}

#[test]
fn the_policy_knows_the_style_and_the_script_and_nothing_else() {
    let page = page();
    let policy = attributes(&page, "content")[0];
    assert!(
        policy.starts_with("default-src &#39;none&#39;")
            || policy.starts_with("default-src 'none'"),
        "{policy}"
    );
    for (tag, name) in [("style", "style-src"), ("script", "script-src")] {
        let text = page.split(&format!("<{tag}>")).nth(1).expect("it is there");
        let text = text.split(&format!("</{tag}>")).next().expect("it ends");
        let hash = format!("{name} 'sha256-{}'", base64(&Sha256::digest(text)));
        assert!(policy.contains(&hash), "{hash} is not in {policy}");
    }
    for word in ["unsafe", "http:", "https:", "*"] {
        assert!(!policy.contains(word), "{policy}");
    }
    assert_eq!(
        attributes(body(&page), "style").len(),
        0,
        "the policy forbids them"
    );
    for word in ["http://", "https://", "url(", "@import", "src="] {
        assert!(
            !page.replace(policy, "").contains(word),
            "{word} may ask the network"
        );
    }
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for part in bytes.chunks(3) {
        let byte = |index: usize| u32::from(part.get(index).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let sign = SIGNS[(group >> (18 - 6 * place) & 63) as usize];
            out.push(if place > part.len() {
                '='
            } else {
                char::from(sign)
            });
        }
    }
    out
}

#[test]
fn both_sides_stand_beside_each_other() {
    let page = page();
    let finding = page
        .split("<details class=\"finding\"")
        .find(|part| part.contains("at most 32") || part.contains("max_length: <mark>32"))
        .expect("the pair lowers a length");
    assert!(finding.contains("max_length: <mark>64</mark>"), "{finding}");
    assert!(finding.contains("max_length: <mark>32</mark>"), "{finding}");
    assert!(
        finding.contains("specs/acme/store/PutBook.yaml:11:17"),
        "{finding}"
    );
    assert!(finding.contains("<ol start=\"8\">"), "{finding}");
    assert_eq!(
        finding.matches("<li>").count(),
        12,
        "three lines around each: {finding}"
    );
    let gone = page
        .split("<details class=\"finding\"")
        .find(|part| part.contains("LendBook</code> is gone"))
        .expect("the pair removes an operation");
    assert!(gone.contains("not there"), "{gone}");
    assert!(gone.contains("more lines"), "{gone}");
}

#[test]
fn the_same_report_gives_the_same_page() {
    assert!(page() == page());
}
