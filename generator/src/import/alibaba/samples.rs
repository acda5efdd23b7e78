//! `responseDemo`: a list of answers as JSON text, most often one in JSON and the same one in
//! XML. There are no samples of requests.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::kit::Reader;
use crate::import::{Report, Service, sample};
use crate::spec::{Location, Members, Operation};

/// The answers in JSON of one document, by operation.
#[derive(Default)]
pub(super) struct Samples(BTreeMap<String, Vec<Value>>);

impl Samples {
    /// Takes the answers of an operation over; what they are besides JSON is counted.
    pub(super) fn read(
        &mut self,
        name: &str,
        published: &Value,
        reader: &mut Reader<'_>,
    ) {
        let text = published.as_str().unwrap_or_default().trim();
        if text.is_empty() {
            return;
        }
        let Ok(samples) = serde_json::from_str::<Vec<Value>>(text) else {
            reader.lose("list of samples that is no JSON", name);
            return;
        };
        for sample in &samples {
            reader.skip(&sample["errorExample"], "sample of an error", name);
            let answer = sample["example"].as_str().unwrap_or_default().trim();
            if answer.is_empty() {
                continue;
            }
            if sample["type"] == "xml" {
                reader.lose("sample of a response in XML", name);
            } else if let Ok(answer) = serde_json::from_str(answer) {
                self.0.entry(name.to_owned()).or_default().push(answer);
            } else {
                reader.lose("sample whose response is no JSON", name);
            }
        }
    }

    /// Gives each operation one of its samples.
    pub(super) fn add(self, service: &mut Service, report: &mut Report) {
        let Self(mut samples) = self;
        let document = service.documents.first().cloned().unwrap_or_default();
        for operation in &mut service.operations {
            let answers = samples.remove(&operation.operation);
            for answer in answers.into_iter().flatten() {
                if let Err(why) = one(operation, answer, &service.types) {
                    report.lose(why, || format!("{document}: {}", operation.operation));
                }
            }
        }
    }
}

/// Takes a sample over where there is none yet.
fn one(
    operation: &mut Operation,
    answer: Value,
    types: &IndexMap<String, Members>,
) -> Result<(), &'static str> {
    if !operation.examples.is_empty() {
        return Err("sample of an operation that has one already");
    }
    let mut members = operation.response.iter();
    let whole = members.find(|(_, member)| member.location == Some(Location::Payload));
    let answer = match whole {
        Some((name, _)) => json!({ name: answer }),
        None => answer,
    };
    let example = sample::invent(operation, types, None, Some(&answer))?;
    operation.examples.push(example);
    Ok(())
}
