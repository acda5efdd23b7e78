use serde_json::json;

use super::*;
use crate::spec::{EnumValue, Gap, Note};

const PROVIDER: &str = "\
provider: barn
title: Barn
protocol: tc3-json
members_in: body
method: POST
path: /
";

/// All of settling.
fn settle(service: &mut Service, provider: &str, report: &mut Report) {
    if let Some(draft) = draft(service, provider, report) {
        finish(draft, service, report);
    }
    tally(service, report);
}

fn member(kind: &str) -> Member {
    Member {
        kind: kind.to_owned(),
        ..Member::default()
    }
}

fn list(of: &str) -> Member {
    Member {
        items: Some(Box::new(member(of))),
        ..member("array")
    }
}

fn known(values: &[serde_json::Value]) -> Vec<EnumValue> {
    let values = values.iter().map(|value| EnumValue {
        value: value.clone(),
        ..EnumValue::default()
    });
    values.collect()
}

fn members<const N: usize>(members: [(&str, Member); N]) -> Members {
    members.map(|(name, one)| (name.to_owned(), one)).into()
}

fn operation(name: &str, request: Members) -> Operation {
    Operation {
        operation: name.to_owned(),
        source: crate::spec::Source {
            title: name.to_owned(),
            language: "en".to_owned(),
            ..Default::default()
        },
        request,
        ..Operation::default()
    }
}

fn service(operations: Vec<Operation>) -> Service {
    let mut service = Service {
        documents: vec!["barn.json".to_owned()],
        operations,
        ..Service::default()
    };
    service.file.service = "hay".to_owned();
    service.file.product = "hay".to_owned();
    service.file.version = "2026-01-02".to_owned();
    service.file.endpoint.global = Some("hay.example.com".to_owned());
    service
}

/// Settles, and shows that the checker has nothing to say any more.
fn settled(service: &mut Service) -> Report {
    let mut report = Report::default();
    settle(service, PROVIDER, &mut report);
    let left = mend::left(service, PROVIDER);
    assert!(left.is_empty(), "{left:#?}");
    report
}

fn count(report: &Report, kind: &str) -> usize {
    report.lost.get(kind).map_or(0, |lost| lost.count)
}

#[test]
fn bounds_that_make_no_sense_go_and_the_member_stays() {
    let crossed = Member {
        min_length: Some(9),
        max_length: Some(2),
        ..member("string")
    };
    let misplaced = Member {
        max_length: Some(3),
        minimum: Some(1.0),
        ..member("integer")
    };
    let wide = Member {
        maximum: Some(5e9),
        minimum: Some(0.5),
        ..member("int32")
    };
    let huge = Member {
        maximum: Some(1e300),
        ..member("number")
    };
    let defaulted = Member {
        maximum: Some(3.0),
        default: Some(json!(4)),
        ..member("integer")
    };
    let idle = Member {
        min_length: Some(0),
        ..member("string")
    };
    let request = members([
        ("Crossed", crossed),
        ("Misplaced", misplaced),
        ("Wide", wide),
        ("Huge", huge),
        ("Defaulted", defaulted),
        ("Idle", idle),
    ]);
    let mut service = service(vec![operation("PutHay", request)]);
    let report = settled(&mut service);
    let request = &service.operations[0].request;
    assert_eq!(request.len(), 6);
    assert_eq!(request["Crossed"].min_length, None);
    assert_eq!(request["Crossed"].max_length, None);
    assert_eq!(request["Misplaced"].max_length, None);
    assert_eq!(request["Misplaced"].minimum, Some(1.0));
    assert_eq!(
        (request["Wide"].minimum, request["Wide"].maximum),
        (None, None)
    );
    assert_eq!(request["Huge"].maximum, Some(1e300));
    assert_eq!(request["Defaulted"].default, None);
    assert_eq!(count(&report, "what `min-exceeds-max` refuses"), 2);
    assert_eq!(count(&report, "what `bound-outside-type` refuses"), 2);
}

#[test]
fn patterns_that_the_engine_cannot_run_go() {
    let pattern = |text: &str| Member {
        pattern: Some(text.to_owned()),
        ..member("string")
    };
    let request = members([
        ("Open", pattern("^[a-z+$")),
        ("Ahead", pattern("^(?!-)[a-z-]+$")),
        ("Big", pattern("^((a{900}){900}){900}$")),
        ("Part", pattern("[a-z]+")),
        ("Fine", pattern("^[a-z]+$")),
    ]);
    let mut service = service(vec![operation("PutHay", request)]);
    let report = settled(&mut service);
    let request = &service.operations[0].request;
    let left: Vec<_> = request
        .iter()
        .filter_map(|(name, one)| one.pattern.as_ref().map(|_| name.as_str()))
        .collect();
    assert_eq!(left, ["Fine"]);
    assert_eq!(count(&report, "what `pattern-unsupported` refuses"), 1);
    let format = request["Part"].format.as_deref().unwrap_or_default();
    assert!(format.contains("[a-z]+"), "{format}");
}

#[test]
fn values_get_names_of_their_own_and_lists_of_them_too() {
    let state = |values: &[serde_json::Value]| Member {
        values_known: known(values),
        ..member("string")
    };
    let odd = state(&[
        json!("a-b"),
        json!("a.b"),
        json!("2fa"),
        json!(""),
        json!("张"),
        json!("a-b"),
        json!(7),
    ]);
    let number = Member {
        values_known: known(&[json!("1"), json!("x"), json!(0)]),
        ..member("integer")
    };
    let tight = Member {
        max_length: Some(1),
        ..state(&[json!("wide")])
    };
    let words = Member {
        items: Some(Box::new(state(&[json!("x"), json!("y")]))),
        ..member("array")
    };
    let types = members([("Status", state(&[json!("up")]))]);
    let request = members([
        ("Odd", odd),
        ("Number", number),
        ("Tight", tight),
        ("Words", words),
        ("Status", state(&[json!("down")])),
        ("Held", member("Held")),
    ]);
    let mut service = service(vec![operation("PutHay", request)]);
    service.types.insert("Held".to_owned(), types);
    let report = settled(&mut service);
    let operation = &service.operations[0];
    let names: Vec<_> = operation.request["Odd"]
        .values_known
        .iter()
        .map(|one| one.name.as_deref().unwrap_or("-"))
        .collect();
    assert_eq!(names, ["-", "Ab2", "N2fa", "Empty", "U5f20", "N7"]);
    assert_eq!(operation.request["Number"].values_known.len(), 2);
    assert_eq!(operation.request["Tight"].max_length, None);
    let held = &operation.types["Held"]["Status"];
    assert_eq!(held.enum_name.as_deref(), Some("HeldStatus"));
    assert_eq!(count(&report, "what `enum-value-type-mismatch` refuses"), 1);
}

#[test]
fn names_and_structures_are_told_apart() {
    let twins = members([
        ("TTL", member("int64")),
        ("Ttl", member("int64")),
        ("Super", member("string")),
        ("type", member("string")),
        ("x-oss-*", member("string")),
        ("405 Pv", member("string")),
        ("a.b", member("string")),
        ("Box", member("Option")),
        ("Mine", list("PutHayRequest")),
        ("Self", member("Loop")),
        ("Gone", member("Nowhere")),
        ("Bare", member("array")),
    ]);
    let mut service = service(vec![
        operation("PutHay", twins),
        operation("putHay", Members::new()),
        operation("Put Hay", Members::new()),
        operation("GetHay", members([("Box", member("Option"))])),
    ]);
    let loops = members([("Next", member("Loop")), ("All", list("Loop"))]);
    service.types.insert("Loop".to_owned(), loops);
    let option = members([("Text", member("string"))]);
    service.types.insert("Option".to_owned(), option.clone());
    service.types.insert("option".to_owned(), option.clone());
    service.types.insert("PutHayRequest".to_owned(), option);
    service.file.notes = vec![
        Note {
            at: "types.PutHayRequest.Text".to_owned(),
            note: "Follows its structure.".to_owned(),
            answers: Vec::new(),
        },
        Note {
            at: "types.option".to_owned(),
            note: "Goes with its structure.".to_owned(),
            answers: Vec::new(),
        },
    ];
    let report = settled(&mut service);
    let names: Vec<_> = service
        .operations
        .iter()
        .map(|one| one.operation.as_str())
        .collect();
    assert_eq!(names, ["PutHay", "GetHay"]);
    let put = &service.operations[0];
    let types: Vec<_> = put.types.keys().map(String::as_str).collect();
    assert_eq!(types, ["Loop", "PutHayRequest2"]);
    assert_eq!(service.types.keys().collect::<Vec<_>>(), ["Option"]);
    assert_eq!(put.request["Ttl"].rust_name.as_deref(), Some("ttl_2"));
    assert_eq!(put.request["Gone"].kind, "any");
    let at: Vec<_> = put.notes.iter().map(|one| one.at.as_str()).collect();
    assert!(at.contains(&"types.PutHayRequest2.Text"), "{at:?}");
    assert!(service.file.notes.is_empty());
    for (kind, times) in [
        ("operation whose name is no file name", 1),
        ("operation named like another one", 1),
        ("name of a structure that something else has", 2),
        ("structure that no operation uses", 1),
        ("type that is nowhere", 1),
        ("list or map that does not say what it holds", 1),
    ] {
        assert_eq!(count(&report, kind), times, "{kind}");
    }
}

#[test]
fn a_method_that_only_reads_may_be_repeated() {
    let with = |name: &str, method: &str| {
        let mut operation = operation(name, Members::new());
        operation.http = Some(crate::spec::Http {
            method: Some(method.to_owned()),
            ..Default::default()
        });
        operation
    };
    for (operation, safe) in [
        (with("Hay", "GET"), true),
        (with("DeleteHay", "GET"), false),
        (with("GetHay", "PUT"), false),
        (with("GetHay", "POST"), true),
        (operation("ListHay", Members::new()), true),
        (operation("PutHay", Members::new()), false),
    ] {
        assert_eq!(is_safe(&operation), safe, "{operation:?}");
    }
}

#[test]
fn texts_go_where_a_file_would_be_too_large() {
    let told = Member {
        doc: Some("word ".repeat(300_000).trim_end().to_owned()),
        ..member("string")
    };
    let request = members([("Told", told.clone()), ("Held", member("Held"))]);
    let mut service = service(vec![
        operation("PutHay", request),
        operation("CutHay", members([("Held", member("Held"))])),
    ]);
    service
        .types
        .insert("Held".to_owned(), members([("Told", told)]));
    let report = settled(&mut service);
    assert_eq!(
        count(&report, "texts and samples of a file that is too large"),
        2
    );
    assert_eq!(service.types["Held"]["Told"].doc, None);
}

#[test]
fn nonsense_is_no_reason_to_stop() {
    let texts = [
        "", " ", ".", "..", "\u{0}", "\u{202e}", "a[0]", "\"", "{}", "types", "-",
    ];
    let mut all = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let odd = Member {
            kind: (*text).to_owned(),
            rust_name: Some((*text).to_owned()),
            enum_name: Some((*text).to_owned()),
            values_known: known(&[json!(text), json!(null), json!([1]), json!(1.5)]),
            pattern: Some((*text).to_owned()),
            minimum: Some(f64::NAN),
            maximum: Some(f64::INFINITY),
            max_length: Some(usize::MAX),
            default: Some(json!({ *text: [null] })),
            example: Some(json!(text)),
            format: Some((*text).to_owned()),
            doc: Some((*text).to_owned()),
            ..Member::default()
        };
        let mut one = operation(&format!("PutHay{index}"), Members::new());
        for kind in ["string", "integer", "array", "any", text] {
            let member = Member {
                kind: kind.to_owned(),
                ..odd.clone()
            };
            one.request.insert(format!("{text}{kind}"), member.clone());
            one.response.insert((*text).to_owned(), member);
        }
        one.summary = (*text).to_owned();
        one.doc = Some((*text).to_owned());
        one.gaps.push(Gap {
            at: (*text).to_owned(),
            ..Gap::default()
        });
        one.errors.push(crate::spec::ErrorCode {
            code: Some((*text).to_owned()),
            status: Some(9999),
            ..Default::default()
        });
        one.errors.push(crate::spec::ErrorCode::default());
        one.http = Some(crate::spec::Http {
            method: Some((*text).to_owned()),
            path: Some((*text).to_owned()),
            ..Default::default()
        });
        all.push(one);
    }
    for text in texts {
        let mut service = service(all.clone());
        service.file.version = text.to_owned();
        service.file.endpoint.global = Some(text.to_owned());
        service.types.insert(text.to_owned(), Members::new());
        settle(&mut service, PROVIDER, &mut Report::default());
    }
    let mut service = service(all);
    settle(&mut service, "no provider", &mut Report::default());
}
