//! Types that operations share, cascades, and recursion.

use yunspec::diff::Verdict;

use crate::base::{Tree, changes};

#[test]
fn a_change_of_a_shared_type_is_one_finding_per_direction() {
    let base = Tree::base();
    let new =
        base.clone()
            .edited(("types", "    Born: { type: int32, doc: The year. }\n", ""));
    let found = changes(&base, &new);
    let told: Vec<_> = found
        .iter()
        .map(|change| (change.rule.id, change.operations.len()))
        .collect();
    assert_eq!(
        told,
        [
            ("request-parameter-removed", 1),
            ("response-field-removed", 1)
        ]
    );
    assert_eq!(found[0].operations, ["acme/store/PutBook"]);
    assert_eq!(found[1].operations, ["acme/store/GetBook"]);
    assert_eq!(found[1].subject, "acme/store/types/Author/Born");
    assert!(
        found
            .iter()
            .all(|change| change.source == Verdict::Breaking)
    );
}

#[test]
fn every_operation_that_reaches_a_shared_type_is_named() {
    let more = |tree: Tree| {
        (0..4).fold(tree, |mut tree, index| {
            let text = format!(
                "operation: Read{index}\nsummary: Reads.\nsource: {{ title: R, language: en, transcribed: 2026-01-01 }}\nretry: safe\nresponse:\n  Who: {{ type: array, items: {{ type: Author }}, doc: Who. }}\n"
            );
            tree.0.insert(format!("acme/store/Read{index}.yaml"), text);
            tree
        })
    };
    let edit = ("types", "Born: { type: int32", "Born: { type: int64");
    let found = changes(&more(Tree::base()), &more(Tree::base().edited(edit)));
    let response = found
        .iter()
        .find(|change| change.rule.id == "response-field-type-widened")
        .expect("it is found");
    assert_eq!(response.operations.len(), 5, "{:?}", response.operations);
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn what_goes_with_an_operation_is_folded() {
    let waiter = "waiter: { operation: PutBook, interval_ms: 5000, attempts: 10 }\n";
    let base = Tree::base().edited(("GetBook", waiter, ""));
    let found = changes(&base, &base.clone().edited(("PutBook", "", "-")));
    let ids: Vec<_> = found.iter().map(|change| change.rule.id).collect();
    // The shared type is not sent any more; that is a fact of its own.
    assert_eq!(ids, ["operation-removed", "struct-direction-changed"]);
    let change = &found[0];
    assert!(
        change.folded.contains(&"18 request parameters".to_owned()),
        "{:?}",
        change.folded
    );
    assert!(change.items.len() > 50, "{}", change.items.len());
}

#[test]
fn structures_that_hold_themselves_end() {
    let tree = |kind: &str| {
        let mut tree = Tree::base();
        let types = format!(
            "types:\n  Node:\n    Name: {{ type: {kind}, doc: Its name. }}\n    Next: {{ type: Node, doc: What follows. }}\n    Leaf: {{ type: Leaf, doc: Its leaf. }}\n  Leaf:\n    Nodes: {{ type: array, items: {{ type: Node }}, doc: Its nodes. }}\n  Author:"
        );
        tree = tree.edited(("types", "types:\n  Author:", "X"));
        let text = tree
            .0
            .get_mut("acme/store/types.yaml")
            .expect("it is there");
        *text = text.replacen('X', &types, 1);
        tree.edited((
            "GetBook",
            "response:\n",
            "response:\n  Tree: { type: Node, doc: A tree. }\n",
        ))
    };
    let found = changes(&tree("string"), &tree("int64"));
    let ids: Vec<_> = found.iter().map(|change| change.rule.id).collect();
    assert_eq!(ids, ["response-field-type-changed"]);
    assert!(changes(&tree("string"), &tree("string")).is_empty());
}
