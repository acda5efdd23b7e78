//! Two sources of one service become one: what each knows, and who said what.

use serde_json::{Value, json};
use yunspec::import::merge::merge;
use yunspec::import::{Report, Service};
use yunspec::spec::{Http, Location, Member, Members, Operation};

/// A service of `document` with the operations and types of a YAML text.
pub(crate) fn service(document: &str, yaml: &str) -> Service {
    let yaml = yaml.replace("\n         types:", "\ntypes:");
    let told: Value = serde_yaml::from_str(&yaml).expect("YAML");
    let members = |value: &Value| -> Members {
        let none = json!({});
        let value = if value.is_null() { &none } else { value };
        serde_json::from_value(value.clone()).expect("members")
    };
    let each = |key: &str| told[key].as_object().cloned().unwrap_or_default();
    let operations = each("operations")
        .into_iter()
        .map(|(name, said)| Operation {
            operation: name,
            request: members(&said["request"]),
            response: members(&said["response"]),
            errors: serde_json::from_value(said["errors"].clone()).unwrap_or_default(),
            http: said["http"].as_object().map(|http| Http {
                method: http
                    .get("method")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
                path: http.get("path").and_then(Value::as_str).map(str::to_owned),
                ..Http::default()
            }),
            ..Operation::default()
        });
    let types = Value::Object(each("types"));
    let types = serde_json::from_value(types).expect("structures");
    let mut service = Service {
        operations: operations.collect(),
        documents: vec![document.to_owned()],
        types,
        ..Service::default()
    };
    if !told["endpoint"].is_null() {
        let endpoint = told["endpoint"].clone();
        service.file.endpoint = serde_json::from_value(endpoint).expect("an endpoint");
    }
    service
}

pub(crate) fn both(first: &str, second: &str) -> (Service, Report) {
    let mut report = Report::default();
    let first = service("a.json", first);
    let merged = merge(first, service("b.json", second), &mut report);
    (merged, report)
}

/// `name: type`, with `!` where it is required.
pub(crate) fn told(members: &Members) -> Vec<String> {
    fn kind(member: &Member) -> String {
        match member.items.as_deref().or(member.values.as_deref()) {
            Some(held) => format!("{} of {}", member.kind, kind(held)),
            None => member.kind.clone(),
        }
    }
    let mark = |member: &Member| if member.required { "!" } else { "" };
    members
        .iter()
        .map(|(name, member)| format!("{name}: {}{}", kind(member), mark(member)))
        .collect()
}

/// `at: note`.
pub(crate) fn notes(notes: &[yunspec::spec::Note]) -> Vec<String> {
    let notes = notes.iter();
    notes
        .map(|note| format!("{}: {}", note.at, note.note))
        .collect()
}

/// `file at: one | other`.
pub(crate) fn disagreements(report: &Report) -> Vec<String> {
    let all = report.disagreements.iter();
    all.map(|one| format!("{} {}: {} | {}", one.file, one.at, one.says[0], one.says[1]))
        .collect()
}

#[test]
fn the_second_source_adds_what_the_first_lacks() {
    let (merged, report) = both(
        "operations:
           Put:
             request: { Id: { type: string, required: true } }
             response: { RequestId: { type: string } }
             errors: [{ code: Gone, status: 404 }]",
        "operations:
           Put:
             request:
               New: { type: integer }
               Id: { type: string, required: true, max_length: 8, doc: The id. }
             errors: [{ code: Gone }, { code: Late }]
           Get:
             request: { Id: { type: string } }",
    );
    let [put, get] = merged.operations.as_slice() else {
        panic!("{:?}", merged.operations);
    };
    assert_eq!(told(&put.request), ["Id: string!", "New: integer"]);
    assert_eq!(put.request["Id"].max_length, Some(8));
    assert_eq!(put.request["Id"].doc.as_deref(), Some("The id."));
    assert_eq!(told(&put.response), ["RequestId: string"]);
    let codes = put
        .errors
        .iter()
        .map(|one| (one.code.as_deref(), one.status));
    assert_eq!(
        codes.collect::<Vec<_>>(),
        [(Some("Gone"), Some(404)), (Some("Late"), None)]
    );
    assert_eq!(
        notes(&put.notes),
        [
            "request: In b.json, not in a.json: `New`; the limits of `Id`.",
            "errors: In b.json, not in a.json: `Late`.",
        ]
    );
    assert_eq!(
        notes(&get.notes),
        [".: In b.json, not in a.json: this operation."]
    );
    assert_eq!(merged.documents, ["a.json", "b.json"]);
    assert!(report.disagreements.is_empty(), "{report:?}");
}

#[test]
fn structures_are_matched_by_their_places_and_not_by_their_names() {
    let (merged, report) = both(
        "operations:
           Get:
             response:
               Tree: { type: GetTree }
               Tags: { type: array, items: { type: GetTagsItem } }
         types:
           GetTree:
             Name: { type: string }
             Next: { type: GetTree }
             Leaves: { type: array, items: { type: GetTreeLeavesItem } }
           GetTreeLeavesItem: { Key: { type: string } }
           GetTagsItem: { Key: { type: string } }",
        "operations:
           Get:
             response:
               Tree: { type: Node }
               Tags: { type: array, items: { type: GetTree } }
         types:
           GetTree: { Key: { type: string }, Owner: { type: Person } }
           Node:
             Next: { type: Node }
             Leaves: { type: array, items: { type: GetTree } }
             Color: { type: string }
           Person: { Boss: { type: Person }, Tags: { type: map, values: { type: GetTree } } }
           Idle: { X: { type: string } }",
    );
    let names: Vec<_> = merged.types.keys().collect();
    assert_eq!(
        names,
        ["GetTree", "GetTreeLeavesItem", "GetTagsItem", "Person"]
    );
    let of = |name: &str| told(&merged.types[name]);
    assert_eq!(
        of("GetTree"),
        [
            "Name: string",
            "Next: GetTree",
            "Leaves: array of GetTreeLeavesItem",
            "Color: string"
        ]
    );
    assert_eq!(of("GetTagsItem"), ["Key: string", "Owner: Person"]);
    assert_eq!(
        of("GetTreeLeavesItem"),
        of("GetTagsItem"),
        "twins both get it"
    );
    assert_eq!(of("Person"), ["Boss: Person", "Tags: map of GetTagsItem"]);
    assert_eq!(
        notes(&merged.file.notes),
        [
            "types.GetTree: In b.json, not in a.json: `Color`.",
            "types.GetTagsItem: In b.json, not in a.json: `Owner`.",
            "types.GetTreeLeavesItem: In b.json, not in a.json: `Owner`.",
        ]
    );
    assert!(report.disagreements.is_empty(), "{report:?}");
}

#[test]
fn a_structure_that_only_the_second_has_keeps_its_name_unless_that_is_taken() {
    let (merged, _) = both(
        "operations: { Get: { response: { A: { type: Tag } } } }
         types: { Tag: { Key: { type: string } } }",
        "operations:
           Get: { response: { B: { type: Tag }, C: { type: Mark } } }
         types: { Tag: { Other: { type: Mark } }, Mark: { Tag: { type: Tag } } }",
    );
    let response = told(&merged.operations[0].response);
    assert_eq!(response, ["A: Tag", "B: Tag2", "C: Mark"]);
    assert_eq!(told(&merged.types["Tag2"]), ["Other: Mark"]);
    assert_eq!(told(&merged.types["Mark"]), ["Tag: Tag2"]);
    assert_eq!(told(&merged.types["Tag"]), ["Key: string"]);
}

#[test]
fn what_only_one_twin_requires_is_not_required() {
    let (merged, report) = both(
        "operations:
           Put: { request: { One: { type: Item }, Two: { type: Item } } }
         types: { Item: { Id: { type: string, required: true } } }",
        "operations:
           Put: { request: { One: { type: OneOf }, Two: { type: TwoOf } } }
         types:
           OneOf:
             Id: { type: string, required: true }
             Both: { type: string, required: true }
             Left: { type: string, required: true }
           TwoOf:
             Id: { type: string }
             Both: { type: string, required: true }",
    );
    assert_eq!(
        told(&merged.types["Item"]),
        ["Id: string!", "Both: string!", "Left: string"]
    );
    assert!(report.disagreements.is_empty(), "{report:?}");
}

#[test]
fn the_more_precise_type_stands() {
    let of = |text: &str| {
        let types = if text.contains("type: S") {
            "{ S: { A: { type: string } } }"
        } else {
            "{}"
        };
        format!(
            "operations: {{ Do: {{ request: {{ X: {{ {text} }} }} }} }}\ntypes: {types}"
        )
    };
    for (one, other, stands) in [
        ("type: integer", "type: int64", "int64"),
        ("type: any", "type: boolean", "boolean"),
        ("type: any", "type: S", "S"),
        ("type: string", "type: timestamp", "timestamp"),
        ("type: string", "type: S, style: json", "S"),
        (
            "type: string",
            "type: array, style: comma, items: { type: string }",
            "array of string",
        ),
        ("type: map, values: { type: any }", "type: S", "S"),
        (
            "type: array, items: { type: integer }",
            "type: array, items: { type: int32 }",
            "array of int32",
        ),
    ] {
        for (first, second) in [(one, other), (other, one)] {
            let (merged, report) = both(&of(first), &of(second));
            let request = &merged.operations[0].request;
            assert_eq!(
                told(request),
                [format!("X: {stands}")],
                "{first} | {second}"
            );
            assert!(
                report.disagreements.is_empty(),
                "{first} | {second}: {report:?}"
            );
        }
    }
    let (merged, _) = both(&of("type: string"), &of("type: S, style: json"));
    assert!(merged.operations[0].request["X"].style.is_some());
}

#[test]
fn where_they_say_different_things_the_first_stands_and_both_are_told() {
    let (merged, report) = both(
        "operations:
           Do:
             http: { method: GET, path: '/a/{id}' }
             request:
               id: { type: string, in: path, required: true }
               A: { type: string, in: query, max_length: 8, required: true }
               B: { type: int32, default: 1, enum: [{ value: 1 }] }
             response: { C: { type: array, items: { type: string } }, D: { type: string } }
             errors: [{ code: Gone, status: 404 }]",
        "operations:
           Do:
             http: { method: PUT, path: '/b/{key}' }
             request:
               key: { type: string, in: path, required: true }
               id: { type: string, in: path, required: true }
               A: { type: string, in: header, max_length: 9 }
               B: { type: int32, default: '1', enum: [{ value: 2 }, { value: 1 }] }
             response:
               C: { type: array, items: { type: boolean } }
               D: { type: string, required: true }
             errors: [{ code: Gone, status: 410 }]",
    );
    assert_eq!(
        disagreements(&report),
        [
            "Do.yaml http.method: GET | PUT",
            "Do.yaml http.path: /a/{id} | /b/{key}",
            "Do.yaml request.A.in: query | header",
            "Do.yaml request.A.required: true | false",
            "Do.yaml request.A.max_length: 8 | 9",
            "Do.yaml response.C.items.type: string | boolean",
            "Do.yaml errors: Gone, status 404 | Gone, status 410",
        ]
    );
    let operation = &merged.operations[0];
    assert_eq!(
        told(&operation.request),
        ["id: string!", "A: string!", "B: int32"],
        "a path has no member for which it has no place"
    );
    assert_eq!(operation.request["A"].location, Some(Location::Query));
    assert_eq!(operation.request["B"].values_known.len(), 2);
    let told = notes(&operation.notes);
    assert!(
        told.contains(
            &"request.A.max_length: Sources differ: a.json `8`, b.json `9`.".to_owned()
        ),
        "{told:?}"
    );
    assert!(
        told.contains(
            &"request: In b.json, not in a.json: the limits of `B`.".to_owned()
        ),
        "{told:?}"
    );
    assert_eq!(
        report.lost.len(),
        2,
        "the path's member, and what always comes back"
    );
    let text = report.text();
    assert!(
        text.contains("sources disagree about `max_length` 1 times"),
        "{text}"
    );
}
