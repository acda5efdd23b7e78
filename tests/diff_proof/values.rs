//! Inputs of an operation, made from its spec: the samples, and values of each type.

use serde_json::{Map, Value as Json, json};
use yunspec::model::{Enumeration, Member, Rule, Shape, Structure};
use yunspec::show::Shown;

/// How deep structures inside structures are filled in.
const DEPTH: usize = 3;
/// A number that needs 64 bits.
const WIDE: i64 = 5_000_000_000;

/// What an old client may send: the samples, as little as possible, everything.
pub(crate) fn requests(shown: Shown<'_>) -> Vec<Json> {
    let samples = shown.operation.examples.iter();
    let samples = samples.filter_map(|one| one.request.clone());
    let request = &shown.operation.request;
    let mut inputs: Vec<Json> = samples.collect();
    inputs.push(structure(shown, request, [false, false], DEPTH));
    inputs.push(structure(shown, request, [true, false], DEPTH));
    inputs.push(structure(shown, request, [true, true], DEPTH));
    inputs
}

/// What may come back: as little as possible, and everything.
pub(crate) fn responses(shown: Shown<'_>) -> [Json; 2] {
    let response = &shown.operation.response;
    [
        structure(shown, response, [false, false], DEPTH),
        structure(shown, response, [true, true], DEPTH),
    ]
}

/// A structure with its required members, or with all; and the same of those inside.
fn structure(
    shown: Shown<'_>,
    one: &Structure,
    [whole, inside]: [bool; 2],
    depth: usize,
) -> Json {
    let members = one.members.iter().filter(|one| whole || one.required);
    let values = members.filter_map(|one| {
        Some((
            one.name.clone(),
            member(shown, one, &one.shape, inside, depth)?,
        ))
    });
    Json::Object(values.collect::<Map<_, _>>())
}

fn member(
    shown: Shown<'_>,
    one: &Member,
    shape: &Shape,
    inside: bool,
    depth: usize,
) -> Option<Json> {
    let inner = |shape: &Shape| member(shown, one, shape, inside, depth);
    Some(match shape {
        Shape::String => text(one)?,
        Shape::Int32 => json!(number(one, 7)),
        Shape::Int64 | Shape::Uint64 => json!(number(one, WIDE)),
        #[allow(clippy::cast_precision_loss)] // a small number
        Shape::Number => json!(number(one, 7) as f64 + 0.5),
        Shape::Boolean => json!(true),
        Shape::Timestamp => json!("2026-01-02T03:04:05Z"),
        Shape::Binary => json!("eHl6"),
        Shape::Any => json!({ "any": one.name }),
        Shape::Array(item) => {
            let least = one.rules.iter().find_map(|rule| match rule {
                Rule::Items { min, .. } => *min,
                _ => None,
            });
            Json::Array(vec![inner(item)?; least.unwrap_or(1).max(1)])
        }
        Shape::Map(value) => json!({ "key": inner(value)? }),
        Shape::Enumeration(name) => {
            enumeration(shown, name)?.values.first()?.value.clone()
        }
        Shape::Structure(_) if depth == 0 => return None,
        Shape::Structure(name) => {
            let own = shown.operation.structures.iter();
            let mut all = own.chain(&shown.service.structures);
            let found = all.find(|one| one.name == *name)?;
            structure(shown, found, [inside, inside], depth - 1)
        }
    })
}

/// The enumeration of that name.
fn enumeration<'m>(shown: Shown<'m>, name: &str) -> Option<&'m Enumeration> {
    let own = shown.operation.enumerations.iter();
    let mut all = own.chain(&shown.service.enumerations);
    all.find(|one| one.name == name)
}

/// A number that the member's rules admit: this one, or the least.
fn number(one: &Member, usual: i64) -> i64 {
    let bounds = one.rules.iter().find_map(|rule| match rule {
        Rule::Range { min, max } => Some((*min, *max)),
        _ => None,
    });
    #[allow(clippy::cast_possible_truncation)] // specs hold small bounds
    match bounds {
        Some((Some(least), _)) => least.ceil() as i64,
        Some((None, Some(most))) => most.floor() as i64,
        _ => usual,
    }
}

/// A text that the member's rules admit: its sample, what its pattern admits, or its name.
fn text(one: &Member) -> Option<Json> {
    let admitted = one.matches.first().map(|text| json!(text));
    let sample = one.example.clone().filter(Json::is_string);
    let fits = |text: &str| {
        one.rules.iter().all(|rule| match rule {
            Rule::Length { min, max } => {
                let length = text.chars().count();
                min.is_none_or(|min| length >= min) && max.is_none_or(|max| length <= max)
            }
            Rule::Bytes { max } => text.len() <= *max,
            _ => true,
        })
    };
    let plain = json!(format!("v{}", one.name.len()));
    let mut choices = admitted.into_iter().chain(sample).chain([plain]);
    choices.find(|one| one.as_str().is_some_and(fits))
}
