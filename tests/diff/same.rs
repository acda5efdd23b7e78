//! What holds for any two specs.

use std::path::Path;

use yunspec::diff::diff;

use crate::base::{self, Tree, changes};
use crate::cases;

#[test]
fn the_specs_do_not_differ_from_themselves() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let (one, other) = (base::load(&specs, "one"), base::load(&specs, "other"));
    assert!(one.operations().len() >= 5);
    let found = diff(&one, &other);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn comments_spaces_and_the_order_of_keys_do_not_matter() {
    let base = Tree::base();
    let rewritten = base
        .clone()
        .edited(("PutBook", "retry: unsafe", "# a remark\n\nretry: unsafe"))
        .edited((
            "PutBook",
            "Shelf: { type: string, doc: Its shelf. }",
            "Shelf:\n    doc: Its shelf.\n    type: 'string'",
        ))
        .edited((
            "service",
            "title: Book Store\nproduct: store\n",
            "product: store\ntitle: \"Book Store\"\n",
        ));
    let found = changes(&base, &rewritten);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn two_runs_say_the_same() {
    for judged in cases::judged() {
        let text = |found| serde_json::to_string(found).expect("it serialises");
        let again = diff(&judged.old, &judged.new);
        assert_eq!(text(&judged.there), text(&again));
    }
}

#[test]
fn a_fingerprint_stays_where_lines_move_and_differs_between_changes() {
    let base = Tree::base();
    let edit = (
        "PutBook",
        "max_length: 64, doc: A note",
        "max_length: 32, doc: A note",
    );
    let moved = ("PutBook", "retry: unsafe", "# one line more\nretry: unsafe");
    let plain = changes(&base, &base.clone().edited(edit));
    let shifted = changes(
        &base.clone().edited(moved),
        &base.clone().edited(edit).edited(moved),
    );
    assert_eq!(plain[0].fingerprint, shifted[0].fingerprint);
    assert_ne!(plain[0].new_place, shifted[0].new_place);
    let other = base
        .clone()
        .edited((edit.0, edit.1, "max_length: 31, doc: A note"));
    assert_ne!(plain[0].fingerprint, changes(&base, &other)[0].fingerprint);
}

#[test]
fn an_erratum_at_the_place_lowers_wire_and_behaviour_and_never_source() {
    let base = Tree::base();
    let erratum = "errata:\n  - { at: request.Note, page: number, why: It is too long., evidence: The page's sample. }\n";
    let of = |id: &str, edits: &[base::Edit]| {
        let new = edits.iter().copied().fold(base.clone(), Tree::edited);
        let found = changes(&base, &new);
        let change = found.iter().find(|change| change.rule.id == id);
        cases::told(change.unwrap_or_else(|| panic!("{id} in {found:#?}")))
    };
    let shorter = (
        "PutBook",
        "max_length: 64, doc: A note",
        "max_length: 32, doc: A note",
    );
    let told = ("PutBook", "errata:\n", erratum);
    assert_eq!(
        of("request-max-length-decreased", &[shorter, told]),
        "request-max-length-decreased c-c patch"
    );
    let needed = (
        "PutBook",
        "Note: { type: string,",
        "Note: { type: string, required: true,",
    );
    assert_eq!(
        of("request-parameter-became-required", &[needed, told]),
        "request-parameter-became-required cbc major"
    );
    // An erratum somewhere else says nothing about this change.
    let elsewhere = (
        "PutBook",
        "errata:\n",
        "errata:\n  - { at: request.Code, page: number, why: It is a text., evidence: The page's sample. }\n",
    );
    assert_eq!(
        of("request-max-length-decreased", &[shorter, elsewhere]),
        "request-max-length-decreased b-b major"
    );
}

#[test]
fn a_gap_that_went_is_the_cause() {
    let base = Tree::base().edited((
        "PutBook",
        "gaps:\n",
        "gaps:\n  - { at: request.Shelf.max_length, why: It is not told. }\n",
    ));
    let new = Tree::base().edited((
        "PutBook",
        "Shelf: { type: string",
        "Shelf: { type: string, max_length: 9",
    ));
    let found = changes(&base, &new);
    let change = found
        .iter()
        .find(|change| change.rule.id == "request-max-length-added")
        .expect("the limit is new");
    assert_eq!(change.cause.as_str(), "gap-resolved");
}
