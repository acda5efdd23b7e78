//! A second import takes what the provider changed, and nothing else: texts, remarks and
//! errata of ours stay.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use yunspec::check;
use yunspec::diagnostic::Severity;
use yunspec::import::Report;
use yunspec::load;

use crate::{files, options, run};

/// What a shop publishes: an operation that sells, one that lists, and what they share.
pub(crate) fn shop() -> Value {
    let member = |name: &str, kind: &str, of: &str| json!({"name": name, "type": kind, "member": of, "document": "", "required": false});
    let id = member("RequestId", "string", "string");
    json!({
        "actions": {
            "SellThing": {"input": "SellThingRequest", "output": "SellThingResponse",
                "name": "SellThing", "document": ""},
            "ListThings": {"input": "ListThingsRequest", "output": "ListThingsResponse",
                "name": "ListThings", "document": ""},
        },
        "objects": {
            "SellThingRequest": {"type": "object", "members": [
                member("Name", "string", "string"),
                member("Count", "int", "int64"),
                member("Thing", "object", "Thing"),
            ]},
            "SellThingResponse": {"type": "object", "members": [id]},
            "ListThingsRequest": {"type": "object", "members": [
                member("Limit", "int", "uint64"),
            ]},
            "ListThingsResponse": {"type": "object", "members": [
                member("Things", "list", "Thing"), id,
            ]},
            "Thing": {"usage": "both", "members": [
                member("Size", "int", "int64"),
                member("Color", "string", "string"),
            ]},
        },
        "metadata": {"apiVersion": "2020-01-01", "serviceShortName": "shop"},
        "version": "1.0",
    })
}

/// A folder with what the shop publishes, and its error codes.
pub(crate) fn publish(api: &Value) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let put = |path: &str, value: &Value| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, value.to_string()).expect("writable");
    };
    put("api/shop/v20200101/api.json", api);
    let errors = json!({"actions": {
        "SellThing": {"errors": ["NoStock", "NoMoney"]},
        "ListThings": {"errors": ["NoShop"]},
    }});
    put("errors/shop.v20200101.json", &errors);
    folder
}

/// The specs of the shop, by hand and by import.
pub(crate) struct Specs(TempDir);

impl Specs {
    pub(crate) fn new(api: &Value) -> Self {
        let specs = Self(TempDir::new().expect("a folder"));
        specs.import(api, "2026-01-02");
        specs
    }

    pub(crate) fn import(&self, api: &Value, day: &str) -> Report {
        run(publish(api).path(), self.0.path(), &options(day))
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.0.path().join("tencent/shop").join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("it was imported")
    }

    /// Changes a file by hand; what is to be replaced has to be there.
    pub(crate) fn edit(&self, file: &str, changes: &[(&str, &str)]) {
        let mut text = self.read(file);
        for (from, to) in changes {
            assert!(text.contains(from), "{file} has {from:?}:\n{text}");
            text = text.replacen(from, to, 1);
        }
        fs::write(self.path(file), text).expect("writable");
    }

    pub(crate) fn append(&self, file: &str, more: &str) {
        let text = self.read(file) + more;
        fs::write(self.path(file), text).expect("writable");
    }

    pub(crate) fn errors(&self) -> Vec<String> {
        let found = check::findings(&load::read(self.0.path()));
        let errors = found.iter().filter(|one| one.severity == Severity::Error);
        errors.map(|one| format!("{one:?}")).collect()
    }
}

/// The lines that two texts do not share, `-` and `+`, without the first line and the day.
pub(crate) fn changed(before: &str, after: &str) -> Vec<String> {
    let lines = |text: &str| -> Vec<String> {
        let skipped = |line: &&str| !line.contains("transcribed:");
        let lines = text.lines().skip(1).filter(skipped);
        lines.map(|line| line.trim().to_owned()).collect()
    };
    let [before, after] = [before, after].map(lines);
    let gone = before.iter().filter(|line| !after.contains(line));
    let new = after.iter().filter(|line| !before.contains(line));
    let gone = gone.map(|line| format!("- {line}"));
    gone.chain(new.map(|line| format!("+ {line}"))).collect()
}

/// `file at: file says | source says | page said`.
pub(crate) fn conflicts(report: &Report) -> Vec<String> {
    let all = report.conflicts.iter().map(|one| {
        let name = Path::new(&one.file).file_name().expect("a file");
        let page = one.page_said.as_ref().map(|page| format!(" | {page}"));
        format!(
            "{} {}: {} | {}{}",
            name.to_string_lossy(),
            one.at,
            one.file_says,
            one.source_says,
            page.unwrap_or_default()
        )
    });
    all.collect()
}

const ERRATUM: &str = "\
errata:
  - at: request.Count.type
    page: int64
    why: The server counts in texts.
    evidence: The answer to a call of 2026-01-03.
";

#[test]
fn texts_and_errata_stay_while_the_facts_change() {
    let mut api = shop();
    let specs = Specs::new(&api);
    specs.edit(
        "SellThing.yaml",
        &[
            (
                "summary: Sells thing.",
                "summary: Sells a thing to a caller.\n# It is final.",
            ),
            (
                "type: int64, doc: The count.",
                "type: string, doc: How many.",
            ),
            ("code: NoStock", "code: NoStock, doc: All are sold."),
        ],
    );
    specs.append("SellThing.yaml", ERRATUM);
    specs.append(
        "SellThing.yaml",
        "notes:\n  - { at: request.Name.max_length, note: Nobody knows. }\n",
    );
    let before = specs.read("SellThing.yaml");
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(
        specs.read("SellThing.yaml"),
        before,
        "nothing changed, nothing moves"
    );
    assert_eq!(
        (report.written, report.kept.len()),
        (0, 0),
        "{}",
        report.text()
    );

    let members = &mut api["objects"]["SellThingRequest"]["members"];
    members[0]["required"] = true.into();
    members.as_array_mut().expect("a list").push(json!(
        {"name": "Gift", "type": "bool", "member": "bool", "document": ""}
    ));
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(conflicts(&report), [""; 0]);
    let after = specs.read("SellThing.yaml");
    assert_eq!(
        changed(&before, &after),
        [
            "- Name: { type: string, doc: The name. }",
            "+ Name: { type: string, required: true, doc: The name. }",
            "+ Gift: { type: boolean, doc: The gift. }",
        ]
    );
    assert!(after.contains("\n# It is final.\n"), "{after}");
    assert!(after.contains("transcribed: 2026-02-03"), "{after}");
    assert_eq!(specs.errors(), [""; 0]);
    let report = specs.import(&api, "2026-03-04");
    assert_eq!(specs.read("SellThing.yaml"), after);
    assert_eq!(report.written, 0, "{}", report.text());
}

#[test]
fn an_erratum_ends_where_the_source_agrees_and_a_third_value_is_a_conflict() {
    let mut api = shop();
    let specs = Specs::new(&api);
    specs.edit("SellThing.yaml", &[("type: int64", "type: string")]);
    specs.append("SellThing.yaml", ERRATUM);
    let count = |api: &mut Value, kind: &str| {
        let count = &mut api["objects"]["SellThingRequest"]["members"][1];
        count["type"] = kind.into();
        count["member"] = kind.into();
    };
    count(&mut api, "bool");
    let report = specs.import(&api, "2026-02-03");
    let wanted = ["SellThing.yaml request.Count.type: string | boolean | int64"];
    assert_eq!(conflicts(&report), wanted);
    assert!(
        report.text().contains("that it said `int64`"),
        "{}",
        report.text()
    );
    let text = specs.read("SellThing.yaml");
    assert!(
        text.contains("Count: { type: string") && text.contains("errata:"),
        "{text}"
    );
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(conflicts(&report), wanted, "until somebody settles it");

    count(&mut api, "string");
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(
        report.mended,
        ["tencent/shop/SellThing.yaml: request.Count.type"]
    );
    assert!(report.text().contains("erratum done"), "{}", report.text());
    let text = specs.read("SellThing.yaml");
    assert!(
        text.contains("Count: { type: string") && !text.contains("errata:"),
        "{text}"
    );
    assert_eq!(specs.errors(), [""; 0]);
}

#[test]
fn a_member_that_the_source_lost_is_an_erratum_too() {
    let mut api = shop();
    let specs = Specs::new(&api);
    specs.edit(
        "ListThings.yaml",
        &[(
            "request:\n",
            "request:\n  Shelf:\n    type: array\n    items: { type: string }\n    doc: The shelf.\n",
        )],
    );
    let erratum =
        "errata:\n  - { at: request.Shelf, why: It is lost., evidence: An SDK. }\n";
    specs.append("ListThings.yaml", erratum);
    let before = specs.read("ListThings.yaml");
    api["objects"]["ListThingsRequest"]["members"][0]["name"] = "Most".into();
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(conflicts(&report), [""; 0]);
    assert_eq!(
        changed(&before, &specs.read("ListThings.yaml")),
        [
            "- Limit: { type: uint64, doc: The limit. }",
            "+ Most: { type: uint64, doc: The most. }"
        ]
    );
    api["objects"]["ListThingsRequest"]["members"]
        .as_array_mut()
        .expect("a list")
        .push(
            json!({"name": "Shelf", "type": "list", "member": "string", "document": ""}),
        );
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(
        report.mended,
        ["tencent/shop/ListThings.yaml: request.Shelf"]
    );
    assert_eq!(specs.errors(), [""; 0]);
}

#[test]
fn what_has_no_place_any_more_is_told() {
    let mut api = shop();
    let specs = Specs::new(&api);
    specs.edit(
        "SellThing.yaml",
        &[
            (
                "type: int64, doc: The count.",
                "type: string, doc: How many.",
            ),
            ("doc: The name.", "doc: What it is called."),
        ],
    );
    specs.append("SellThing.yaml", ERRATUM);
    specs.append(
        "SellThing.yaml",
        "gaps:\n  - { at: request.Count.minimum, why: It is silent. }\n",
    );
    let members = &mut api["objects"]["SellThingRequest"]["members"];
    members.as_array_mut().expect("a list").remove(1);
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(
        conflicts(&report),
        [
            "SellThing.yaml request.Count.doc: How many. | ",
            "SellThing.yaml request.Count.type: string |  | int64",
            "SellThing.yaml request.Count.minimum: It is silent. | ",
        ]
    );
    let text = specs.read("SellThing.yaml");
    assert!(
        !text.contains("Count") && text.contains("What it is called."),
        "{text}"
    );
    assert_eq!(specs.errors(), [""; 0]);

    let actions = api["actions"].as_object_mut().expect("a map");
    actions.remove("SellThing");
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(report.kept, ["tencent/shop/SellThing.yaml"]);
    assert_eq!(
        conflicts(&report),
        ["SellThing.yaml .: texts or errata of ours | "]
    );
}

#[test]
fn shared_types_have_their_errata_in_the_service() {
    let mut api = shop();
    let specs = Specs::new(&api);
    specs.edit(
        "types.yaml",
        &[(
            "Size: { type: int64 }",
            "Size: { type: string, doc: In mm. }",
        )],
    );
    specs.append(
        "service.yaml",
        "errata:\n  - { at: types.Thing.Size.type, page: int64, why: It has a unit., evidence: A call. }\n",
    );
    specs.edit("service.yaml", &[("title: SHOP", "title: The Shop")]);
    assert_eq!(specs.errors(), [""; 0]);
    let before = files(specs.0.path());
    assert_eq!(specs.import(&api, "2026-02-03").written, 0);
    assert_eq!(files(specs.0.path()), before);
    let things = &mut api["objects"]["Thing"]["members"];
    things[1]["name"] = "Colour".into();
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(
        (conflicts(&report).len(), report.written),
        (0, 1),
        "{}",
        report.text()
    );
    assert_eq!(
        changed(
            &before[Path::new("tencent/shop/types.yaml")],
            &specs.read("types.yaml")
        ),
        ["- Color: { type: string }", "+ Colour: { type: string }"]
    );
    api["objects"]["Thing"]["members"][0]["type"] = "string".into();
    api["objects"]["Thing"]["members"][0]["member"] = "string".into();
    let report = specs.import(&api, "2026-02-03");
    assert_eq!(
        report.mended,
        ["tencent/shop/types.yaml: types.Thing.Size.type"]
    );
    let service = specs.read("service.yaml");
    assert!(
        !service.contains("\nerrata:") && service.contains("The Shop"),
        "{service}"
    );
    assert!(specs.read("types.yaml").contains("In mm."));
    assert_eq!(specs.errors(), [""; 0]);
}
