//! The same source again: nothing is done twice, and nothing is believed that is not so.

use std::fs;

use serde_json::Value;

use super::reimport::{Specs, conflicts, shop};
use crate::files;

/// The digests in the first line of `service.yaml`: facts, text, and what all was made of.
fn digests(specs: &Specs) -> Vec<String> {
    let text = specs.read("service.yaml");
    let first = text.lines().next().expect("a line");
    let (_, digests) = first.split_once("Digests ").expect("it was imported");
    let digests = digests.trim_end_matches('.').split(' ');
    digests.map(str::to_owned).collect()
}

fn required(api: &mut Value) {
    api["objects"]["SellThingRequest"]["members"][0]["required"] = true.into();
}

#[test]
fn the_same_again_is_told_as_the_first_time() {
    let specs = Specs::new(&shop());
    let other = Specs::new(&shop());
    let before = files(specs.root());
    assert_eq!(before, files(other.root()));
    assert_eq!(digests(&specs).len(), 3);
    let told = specs.import(&shop(), "2026-02-03");
    assert_eq!(files(specs.root()), before);
    // Without what was read and what it became, all is looked at again.
    let head = &digests(&other)[2];
    other.edit("service.yaml", &[(&format!(" {head}."), ".")]);
    let all = other.import(&shop(), "2026-02-03");
    assert_eq!((told.written, told.unchanged), (0, 4));
    assert_eq!(told.json(), all.json());
}

#[test]
fn an_older_file_that_came_back_is_brought_up_to_date() {
    let mut api = shop();
    let specs = Specs::new(&api);
    let old = specs.read("SellThing.yaml");
    required(&mut api);
    specs.import(&api, "2026-02-03");
    let new = specs.read("SellThing.yaml");
    fs::write(specs.path("SellThing.yaml"), &old).expect("writable");
    let report = specs.import(&api, "2026-02-03");
    assert_eq!((report.written, conflicts(&report).len()), (1, 0));
    assert_eq!(specs.read("SellThing.yaml"), new);
    fs::remove_file(specs.path("ListThings.yaml")).expect("it is there");
    assert_eq!(specs.import(&api, "2026-02-03").written, 1);
}

#[test]
fn a_source_that_changed_and_changed_back_leaves_the_same_digests() {
    let mut api = shop();
    let specs = Specs::new(&api);
    let first = digests(&specs);
    required(&mut api);
    specs.import(&api, "2026-01-02");
    let second = digests(&specs);
    assert_eq!(first[..2], second[..2]);
    assert_ne!(first[2], second[2]);
    specs.import(&shop(), "2026-01-02");
    assert_eq!(digests(&specs), first);
}

#[test]
fn another_provider_file_means_that_all_is_checked_again() {
    let specs = Specs::new(&shop());
    let file = specs.root().join("tencent/provider.yaml");
    let provider = fs::read_to_string(&file).expect("it was imported");
    let own = "common_parameters:\n";
    let name = "  Name: { in: header, wire: X-Name, doc: A name. }\n";
    let other = provider.replace(own, &format!("{own}{name}"));
    assert_ne!(other, provider);
    fs::write(&file, other).expect("writable");
    let report = specs.import(&shop(), "2026-02-03");
    let found = report.written > 0 || !report.lost.is_empty();
    assert!(
        found,
        "a member of the request is a common one by now: {report:?}"
    );
}

#[test]
fn what_is_of_a_person_leaves_no_proof() {
    let mut api = shop();
    let specs = Specs::new(&api);
    specs.edit("SellThing.yaml", &[("doc: The name.", "doc: Its name.")]);
    required(&mut api);
    specs.import(&api, "2026-02-03");
    assert!(specs.read("SellThing.yaml").contains("doc: Its name."));
    assert_eq!(specs.import(&api, "2026-02-03").written, 0);
    specs.edit("SellThing.yaml", &[("doc: Its name.", "doc: A name.")]);
    specs.import(&api, "2026-02-03");
    assert!(specs.read("SellThing.yaml").contains("doc: A name."));
}
