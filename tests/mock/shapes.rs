//! Every shape in every place, written by the client and read back by the stand-in.

use serde_json::{Value as Json, json};
use yunspec::call::Settings as CallSettings;
use yunspec::mock::{Mock, Settings};
use yunspec::model::{Location, Model};
use yunspec::show;

use super::stand::{bytes, lookup, model, send};

#[tokio::test]
async fn every_shape_is_read_back_from_every_place() {
    let everything = json!({
        "Text": "a&b=c d+e", "Int32": -3, "Int64": i64::MAX, "Uint64": 10, "Number": 0.5,
        "Boolean": true, "Timestamp": "2026-01-02T03:04:05Z", "Binary": "aGk=",
        "Any": { "a": [1] }, "Texts": ["a", "b"], "Maybe": [1, 2, 3],
        "Nested": [["a"], ["b", "c"]], "Map": { "x.y": 1.5, "z": 1 },
        "Maps": { "m": [{ "t": { "Name": "ash" } }, { "u": { "Name": "oak" } }] },
        "Tree": { "Name": "oak", "Leaves": [{ "Name": "l" }], "Roots": { "r": { "Name": "x" } } },
        "Secrets": ["x"], "Password": "a`b", "Roles": "a,b", "Kinds": ["a", "c"],
        "Own": { "Name": "own", "List": ["l"] },
    });
    for place in [Location::Body, Location::Query, Location::Form] {
        let mut model = only("course/shapes/PutEverything");
        let service = &mut model.providers[0].services[0];
        for member in &mut service.operations[0].request.members {
            member.location = place;
        }
        // The trees of the course have no end.
        for member in service.structures.iter_mut().flat_map(|it| &mut it.members) {
            member.required = false;
        }
        let (status, answer) = round(&model, &everything).await;
        assert_eq!(status, 200, "{place:?}: {answer}");
        let mut wrong = everything.clone();
        wrong["Tree"]["Leaves"][0] =
            json!({ "Name": "l", "Kind": "elm", "Branch": { "Name": "" } });
        assert_eq!(round(&model, &wrong).await.0, 200, "an enumeration is open");
        wrong["Texts"] = json!(["1", "2", "3", "4"]);
        let (status, answer) = round(&model, &wrong).await;
        let message = answer["error_msg"].as_str().unwrap_or_default();
        assert!(
            status == 400 && message.starts_with("Texts: must"),
            "{place:?}: {answer}"
        );
    }
    let places = json!({
        "place": "a b/c", "id": 7, "bucket": "b", "content": { "key": "k", "value": "v" },
        "limit": 3, "tags": [{ "key": "k", "value": "v" }, { "key": "l" }],
        "more": [{ "key": "k" }], "ids": ["a", "b"], "keys": ["x", "y"], "X-Trace": "t",
    });
    let answer = round(&only("course/places/GetPlaces"), &places).await;
    assert_eq!(answer, (200, json!({})));
    let form = json!({ "name": "张", "tags": ["b", "c"] });
    let answer = round(&only("course/places/PostForm"), &form).await;
    assert_eq!(answer, (200, json!({})));
    // Nobody has written a response down here, so it is made from the shapes.
    let mut bare = only("course/shapes/PutEverything");
    bare.providers[0].services[0].operations[0].examples.clear();
    bare.providers[0].services[0].operations[0]
        .request
        .members
        .clear();
    let made = round(&bare, &json!({})).await;
    assert_eq!(
        made,
        (200, json!({ "Required": "", "Number": 0, "Kind": "a" }))
    );
}

/// The course with one operation.
fn only(id: &str) -> Model {
    let mut model = model("tests/golden/specs");
    for provider in &mut model.providers {
        for service in &mut provider.services {
            let name = format!("{}/{}", provider.id, service.id);
            service
                .operations
                .retain(|it| format!("{name}/{}", it.name) == id);
        }
        provider
            .services
            .retain(|service| !service.operations.is_empty());
    }
    model
}

/// Writes the only operation of a model, and lets a stand-in of that model read it.
async fn round(model: &Model, input: &Json) -> (u16, Json) {
    let mock = Mock::start(model.clone(), &Settings::default()).expect("a port is free");
    let shown = show::all(model).next().expect("an operation");
    let settings = CallSettings {
        unchecked: true,
        ..CallSettings::default()
    };
    let ready = yunspec::call::ready(shown, input, settings, lookup(&mock));
    let dry = ready.expect("the input has the shapes").dry_run().await;
    send(&mock, &bytes(&dry.expect("it is written and signed")))
}
