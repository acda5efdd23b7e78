//! Re-import: what stays as it is, what goes, and what follows the source.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::reimport::{Specs, conflicts, publish, shop};
use crate::{files, options, run};

#[test]
fn facts_that_were_changed_without_an_erratum_stay_and_are_told() {
    let mut api = shop();
    let specs = Specs::new(&api);
    specs.edit("SellThing.yaml", &[("type: int64", "type: string")]);
    let before = specs.read("SellThing.yaml");
    api["objects"]["SellThingRequest"]["members"][0]["required"] = true.into();
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(specs.read("SellThing.yaml"), before);
    assert_eq!(report.changed, ["tencent/shop/SellThing.yaml"]);
    assert_eq!(
        conflicts(&report),
        [
            "SellThing.yaml request.Name.required:  | true",
            "SellThing.yaml request.Count.type: string | int64",
        ]
    );
    assert!(
        report.text().contains("add an erratum"),
        "{}",
        report.text()
    );
}

#[test]
fn values_and_codes_that_are_kept_for_callers_stay() {
    let mut api = shop();
    let specs = Specs::new(&api);
    specs.edit(
        "SellThing.yaml",
        &[(
            "code: NoMoney }",
            "code: NoMoney }\n  - { code: NoLuck, deprecated: It is gone. }",
        )],
    );
    api["objects"]["SellThingRequest"]["members"][0]["required"] = true.into();
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(conflicts(&report), [""; 0]);
    let text = specs.read("SellThing.yaml");
    assert!(
        text.contains("NoLuck") && text.contains("required: true"),
        "{text}"
    );
}

#[test]
fn what_an_import_left_that_was_stopped_goes_and_no_half_file_is_there() {
    let api = shop();
    let specs = Specs::new(&api);
    let rest = specs.path(".yunspec-x1");
    fs::write(&rest, "operation: Sell").expect("writable");
    let report = specs.import(&api, "2026-02-03");
    assert!(!rest.exists());
    assert!(report.kept.is_empty(), "{:?}", report.kept);
}

#[test]
fn the_order_of_threads_is_not_seen() {
    let source = publish(&shop());
    let api = source.path().join("api");
    for name in ["a", "b", "c", "d", "e", "f"] {
        let folder = api.join(name).join("v20200101");
        fs::create_dir_all(&folder).expect("writable");
        let text = fs::read(api.join("shop/v20200101/api.json")).expect("there");
        fs::write(folder.join("api.json"), text).expect("writable");
    }
    let all = || {
        let specs = TempDir::new().expect("a folder");
        let report = run(source.path(), specs.path(), &options("2026-01-02"));
        (files(specs.path()), report.json())
    };
    let first = all();
    for _ in 0..5 {
        assert_eq!(all(), first);
    }
}

#[test]
fn pages_follow_the_source_where_their_members_go_and_samples_of_ours_stay() {
    let mut api = shop();
    let member = |name: &str| json!({"name": name, "type": "int", "member": "int64", "document": ""});
    let push = |api: &mut Value, object: &str, name: &str| {
        let members = api["objects"][object]["members"].as_array_mut();
        members.expect("a list").push(member(name));
    };
    push(&mut api, "ListThingsRequest", "Offset");
    push(&mut api, "ListThingsResponse", "TotalCount");
    let specs = Specs::new(&api);
    let text = specs.read("ListThings.yaml");
    assert!(text.contains("pagination:"), "{text}");
    specs.edit(
        "ListThings.yaml",
        &[("summary: Lists things.", "summary: Lists what there is.")],
    );
    specs.append(
        "SellThing.yaml",
        "examples:\n  - { title: One, request: { Name: cup, Count: 1 } }\n",
    );
    api["objects"]["ListThingsRequest"]["members"][0]["name"] = "Most".into();
    push(&mut api, "SellThingRequest", "Gifts");
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(
        (report.kept.len(), report.written),
        (0, 2),
        "{}",
        report.text()
    );
    let text = specs.read("ListThings.yaml");
    assert!(
        text.contains("what there is") && !text.contains("size: Limit"),
        "{text}"
    );
    let text = specs.read("SellThing.yaml");
    assert!(
        text.contains("title: One") && text.contains("Gifts"),
        "{text}"
    );
    assert_eq!(specs.errors(), [""; 0]);
}
