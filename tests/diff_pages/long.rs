//! Reports that are longer than a comment may be, and pages of thousands of changes.

use std::time::Instant;

use yunspec::diff::Report;
use yunspec::diff::print::{html, markdown};

use crate::pair;

#[test]
fn a_long_comment_is_cut_and_says_what_is_left_out() {
    let pair = pair::many(60);
    let changes = yunspec::diff::diff(&pair.old, &pair.new);
    let gate = Vec::new();
    let report = Report {
        old: &pair.old,
        new: &pair.new,
        changes,
        gate,
    };
    let comment = markdown::markdown(&report);
    let length = comment.encode_utf16().count();
    assert!(length <= markdown::LONGEST, "{length} characters");
    assert!(
        length > markdown::LONGEST / 2,
        "{length} characters are too few"
    );
    let shown = |heading: &str, next: &str| {
        let part = comment.split(heading).nth(1).unwrap_or_default();
        let part = part.split(next).next().unwrap_or_default();
        part.lines().filter(|line| line.starts_with("- ")).count()
    };
    let total = |words: &str| -> usize {
        let line = comment.lines().nth(3).expect("the line of the totals");
        let count = line.split(words).next().expect("it is told");
        let digits = count.rsplit(|sign: char| !sign.is_ascii_digit()).next();
        digits.expect("a number").parse().expect("a number")
    };
    let left: Vec<&str> = comment
        .lines()
        .find(|line| line.starts_with("**Not shown"))
        .expect("something is left out")
        .split([':', '.'])
        .nth(1)
        .expect("the numbers")
        .split(',')
        .collect();
    let left = |word: &str| -> usize {
        let told = left.iter().find_map(|one| one.trim().strip_suffix(word));
        told.map_or(0, |count| count.trim().parse().expect("a number"))
    };
    let breaking = shown("### Breaking", "\n### ");
    assert_eq!(breaking + left("breaking"), total(" breaking"), "{comment}");
    assert!(left("breaking") > 0, "the pair has too few changes");
    let compatible = shown("### Compatible", "\n**Not shown");
    assert_eq!(compatible + left("compatible"), total(" compatible"));
    let open = comment.matches("<details>").count();
    assert_eq!(open, comment.matches("</details>").count());
}

#[test]
fn a_page_of_five_thousand_changes() {
    let pair = pair::many(500);
    let changes = yunspec::diff::diff(&pair.old, &pair.new);
    let count = changes.len();
    assert!(count >= 5000, "{count} changes");
    let gate = Vec::new();
    let report = Report {
        old: &pair.old,
        new: &pair.new,
        changes,
        gate,
    };
    let begun = Instant::now();
    let page = html::html(&report);
    let took = begun.elapsed();
    println!(
        "{count} changes: {} kB, written in {took:?}",
        page.len() / 1000
    );
    assert!(
        page.len() / count < 4000,
        "{} bytes a change",
        page.len() / count
    );
}
