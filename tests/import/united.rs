//! Merging: what several sources say together.

use yunspec::import::merge::merge;
use yunspec::import::{Report, Service};

use super::merge::{both, disagreements, notes, service, told};

#[test]
fn methods_are_sets() {
    let of = |method: &str| {
        format!("operations: {{ Do: {{ http: {{ method: {method} }} }} }}")
    };
    let (merged, report) = both(&of("GET|POST"), &of("POST|GET"));
    assert!(report.disagreements.is_empty() && merged.operations[0].notes.is_empty());
    let (_, report) = both(&of("POST"), &of("get|post"));
    assert!(report.disagreements.is_empty());
    let (_, report) = both(&of("POST"), &of("GET"));
    assert_eq!(report.disagreements.len(), 1);
}

#[test]
fn hosts_are_united() {
    let (merged, report) = both(
        "endpoint: { regional: 'a.{region}.example.com', regions: [x], hosts: { y: y.example.com } }",
        "endpoint:
           global: a.example.com
           global_regions: [z]
           regional: 'b.{region}.example.com'
           regions: [x, w]
           hosts: { y: z.example.com, v: v.example.com }",
    );
    let endpoint = &merged.file.endpoint;
    assert_eq!(endpoint.global.as_deref(), Some("a.example.com"));
    assert_eq!(endpoint.regional.as_deref(), Some("a.{region}.example.com"));
    assert_eq!(endpoint.global_regions, ["z"]);
    assert_eq!(endpoint.regions, ["x", "w"]);
    assert_eq!(endpoint.hosts.len(), 2);
    assert_eq!(
        disagreements(&report),
        [
            "service.yaml endpoint.regional: a.{region}.example.com | b.{region}.example.com",
            "service.yaml endpoint.hosts.y: y.example.com | z.example.com",
        ]
    );
}

const WHOLE: &str = "
operations:
  Do:
    http: { method: POST, path: / }
    request: { A: { type: Node, required: true }, B: { type: array, items: { type: Node } } }
    response: { A: { type: Node } }
    errors: [{ code: Gone, status: 404 }, { status: 500 }]
types:
  Node:
    Next: { type: array, items: { type: Node } }
    Size: { type: integer, minimum: 1, maximum: 9, default: 3, enum: [{ value: 3 }] }";

#[test]
fn a_source_with_itself_or_with_nothing_is_itself() {
    let whole = service("a.json", WHOLE);
    let said = |service: &Service| format!("{:?}{:?}", service.operations, service.types);
    let (twice, report) = both(WHOLE, WHOLE);
    assert_eq!(said(&twice), said(&whole));
    assert!(twice.file.notes.is_empty() && report.disagreements.is_empty());
    let (left, report) = both(WHOLE, "{}");
    assert_eq!(said(&left), said(&whole));
    assert!(report.disagreements.is_empty() && report.lost.is_empty());
    let (mut right, _) = both("{}", WHOLE);
    for operation in &mut right.operations {
        assert_eq!(operation.notes.len(), 1);
        operation.notes.clear();
    }
    assert_eq!(said(&right), said(&whole));
}

#[test]
fn three_sources_in_turn_and_always_the_same() {
    let run = || {
        let mut report = Report::default();
        let [a, b, c] = [
            ("a.json", "operations: { Do: { request: { A: { type: integer } } } }"),
            ("b.json", "operations: { Do: { request: { B: { type: string } } } }"),
            ("c.json", "operations: { Do: { request: { A: { type: int32 }, B: { type: int32 }, C: { type: any } } } }"),
        ]
        .map(|(document, text)| service(document, text));
        let merged = merge(merge(a, b, &mut report), c, &mut report);
        (merged, report)
    };
    let (merged, report) = run();
    let operation = &merged.operations[0];
    assert_eq!(
        told(&operation.request),
        ["A: int32", "B: string", "C: any"]
    );
    assert_eq!(
        notes(&operation.notes),
        [
            "request: In b.json, not in a.json: `B`.",
            "request.B.type: Sources differ: a.json and b.json `string`, c.json `int32`.",
            "request: In c.json, not in a.json and b.json: `C`.",
        ]
    );
    let (again, told_again) = run();
    assert_eq!(
        format!("{merged:?}{report:?}"),
        format!("{again:?}{told_again:?}")
    );
}
