//! Re-import: structures that come to another file, or to another name, and what of ours is
//! about them.

use std::fs;

use serde_json::{Value, json};
use yunspec::import::Report;

use super::reimport::{Specs, conflicts, shop};

const ERRATUM: &str = "errata:\n  - { at: types.Thing.Size.type, page: int64, why: It has a unit., evidence: A call. }\n";
const NOTE: &str = "notes:\n  - { at: types.Thing.Color, note: It fades. }\n";

/// The shop of which only the seller has things.
fn private() -> Value {
    let mut api = shop();
    let members = &mut api["objects"]["ListThingsResponse"]["members"];
    members[0]["type"] = "list".into();
    members[0]["member"] = "string".into();
    api
}

/// A shop whose seller's things have texts, an erratum and a note of ours.
fn with_ours() -> Specs {
    let specs = Specs::new(&private());
    specs.edit(
        "SellThing.yaml",
        &[
            (
                "Size: { type: int64 }",
                "Size: { type: string, doc: In mm. }",
            ),
            (
                "Color: { type: string }",
                "Color: { type: string, doc: As painted. }",
            ),
        ],
    );
    specs.append("SellThing.yaml", ERRATUM);
    specs.append("SellThing.yaml", NOTE);
    specs
}

fn nothing_is_told(report: &Report) {
    assert_eq!(conflicts(report), [""; 0]);
    assert!(
        report.kept.is_empty() && report.changed.is_empty(),
        "{}",
        report.text()
    );
}

fn has(text: &str, all: &[&str]) {
    for one in all {
        assert!(text.contains(one), "{one} is in:\n{text}");
    }
}

fn has_not(text: &str, all: &[&str]) {
    for one in all {
        assert!(!text.contains(one), "{one} is not in:\n{text}");
    }
}

#[test]
fn what_more_operations_use_takes_ours_along_and_brings_it_back() {
    let specs = with_ours();
    assert!(!specs.path("types.yaml").exists());
    nothing_is_told(&specs.import(&shop(), "2026-02-03"));
    let ours = ["Size: { type: string, doc: In mm. }", "doc: As painted."];
    let remarks = ["at: types.Thing.Size.type", "It fades."];
    has(&specs.read("types.yaml"), &ours);
    has(&specs.read("service.yaml"), &remarks);
    has_not(
        &specs.read("SellThing.yaml"),
        &["In mm.", "\nerrata", "It fades."],
    );
    assert_eq!(specs.errors(), [""; 0]);
    let again = specs.import(&shop(), "2026-02-04");
    nothing_is_told(&again);
    assert_eq!(again.written, 0);

    nothing_is_told(&specs.import(&private(), "2026-03-04"));
    assert!(!specs.path("types.yaml").exists());
    has(&specs.read("SellThing.yaml"), &ours);
    has(&specs.read("SellThing.yaml"), &remarks);
    has_not(&specs.read("service.yaml"), &["\nerrata", "It fades."]);
    assert_eq!(specs.errors(), [""; 0]);
}

#[test]
fn an_erratum_that_moves_is_looked_at_again() {
    let specs = with_ours();
    let mut api = shop();
    let size = &mut api["objects"]["Thing"]["members"][0];
    size["type"] = "string".into();
    size["member"] = "string".into();
    let report = specs.import(&api, "2026-02-03");
    nothing_is_told(&report);
    assert_eq!(
        report.mended,
        ["tencent/shop/types.yaml: types.Thing.Size.type"]
    );
    has(&specs.read("types.yaml"), &["In mm."]);
    has_not(&specs.read("service.yaml"), &["\nerrata"]);
    assert_eq!(specs.errors(), [""; 0]);
}

#[test]
fn what_is_called_otherwise_is_known_by_its_place() {
    let specs = with_ours();
    let mut api = private();
    let objects = api["objects"].as_object_mut().expect("a map");
    let thing = objects.remove("Thing").expect("it is there");
    objects.insert("Good".to_owned(), thing);
    objects["SellThingRequest"]["members"][2]["member"] = "Good".into();
    nothing_is_told(&specs.import(&api, "2026-02-03"));
    let text = specs.read("SellThing.yaml");
    has(
        &text,
        &[
            "types.Good.Size.type",
            "types.Good.Color",
            "In mm.",
            "As painted.",
        ],
    );
    has_not(&text, &["types.Thing"]);
    assert_eq!(specs.errors(), [""; 0]);
}

#[test]
fn what_cannot_be_decided_is_told() {
    let specs = with_ours();
    let mut api = private();
    let objects = api["objects"].as_object_mut().expect("a map");
    let thing = objects.remove("Thing").expect("it is there");
    objects.insert("Good".to_owned(), thing.clone());
    objects.insert("Ware".to_owned(), thing);
    let members = objects["SellThingRequest"]["members"].as_array_mut();
    let members = members.expect("a list");
    members[2]["member"] = "Good".into();
    let mut more = members[2].clone();
    more["name"] = "Other".into();
    more["member"] = "Ware".into();
    members.push(more);
    // Two places had one structure before, and have one each by now.
    let mut before = private();
    let other = &mut before["objects"]["SellThingRequest"]["members"];
    let mut more = other[2].clone();
    more["name"] = "Other".into();
    other.as_array_mut().expect("a list").push(more);
    nothing_is_told(&specs.import(&before, "2026-02-03"));
    let report = specs.import(&api, "2026-03-04");
    assert_eq!(
        conflicts(&report),
        [
            "SellThing.yaml types.Thing.Size.doc: In mm. | ",
            "SellThing.yaml types.Thing.Color.doc: As painted. | ",
            "SellThing.yaml types.Thing.Size.type: string |  | int64",
            "SellThing.yaml types.Thing.Color: It fades. | ",
        ]
    );
    assert_eq!(specs.errors(), [""; 0]);
}

#[test]
fn nothing_moves_to_a_file_of_a_person() {
    let specs = with_ours();
    let by_hand =
        "types:\n  Thing:\n    Size: { type: int64 }\n    Color: { type: string }\n";
    fs::write(specs.path("types.yaml"), by_hand).expect("writable");
    let report = specs.import(&shop(), "2026-02-03");
    assert_eq!(specs.read("types.yaml"), by_hand);
    assert_eq!(report.kept, ["tencent/shop/types.yaml"]);
    let told = conflicts(&report).join("\n");
    has(
        &told,
        &[
            "In mm.",
            "As painted.",
            "types.Thing.Size.type",
            "It fades.",
        ],
    );
}

#[test]
fn samples_of_ours_without_a_title_stay_beside_the_sources() {
    let mut api = shop();
    let member =
        json!({"name": "Gifts", "type": "string", "member": "string", "document": ""});
    let source = super::reimport::publish(&api);
    let write = |file: &str, text: String| {
        fs::write(source.path().join("api/shop/v20200101").join(file), text)
            .expect("writable");
    };
    let samples = |count: i64| {
        let sent = json!({"Name": "theirs", "Count": count}).to_string();
        let one =
            json!({"input": sent, "output": "{\"Response\":{\"RequestId\":\"r\"}}"});
        json!({"actions": {"SellThing": [one]}}).to_string()
    };
    write("examples.json", samples(2));
    let specs = Specs::new(&api);
    let import =
        |day: &str| crate::run(source.path(), specs.root(), &crate::options(day));
    import("2026-01-02");
    specs.edit(
        "SellThing.yaml",
        &[(
            "examples:\n",
            "examples:\n  - { request: { Name: my cup, Count: 1 } }\n",
        )],
    );
    let members = api["objects"]["SellThingRequest"]["members"].as_array_mut();
    members.expect("a list").push(member);
    write("api.json", api.to_string());
    write("examples.json", samples(3));
    let report = import("2026-02-03");
    let text = specs.read("SellThing.yaml");
    has(
        &text,
        &["Name: my cup, Count: 1", "Name: name, Count: 3", "Gifts"],
    );
    has_not(&text, &["Count: 2"]);
    let gone = "sample without a title, which the source shows otherwise by now";
    assert_eq!(report.lost.get(gone).map(|lost| lost.count), Some(1));
}
