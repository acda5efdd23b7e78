//! The bytes are those of the official SDKs: for each captured request, the compiled client
//! and `yunspec call --dry-run` give the same method, path, query, body, canonical request,
//! string to sign and signature.

mod wire {
    pub(crate) mod typed;
    pub(crate) mod vector;
}

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;
use wire::typed;
use wire::vector::{Body, Seen, Vector, Verdict};

/// How many captured requests each path has to reproduce, so that a skip never goes unseen.
const EQUAL_AT_LEAST: usize = 178;

#[tokio::test]
async fn the_compiled_client_sends_what_the_official_sdks_send() {
    let Some(vectors) = vectors() else { return };
    let mut tally = Tally::default();
    for vector in &vectors {
        tally.judge(vector, "client", true, typed::prepare(vector).await);
    }
    tally.report("client");
}

#[tokio::test]
async fn a_dry_run_from_the_spec_shows_what_the_official_sdks_send() {
    let Some(vectors) = vectors() else { return };
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let model = yunspec::resolve(&specs).expect("the specs pass the check");
    let mut tally = Tally::default();
    for vector in &vectors {
        tally.judge(vector, "dry run", false, dry_run(&model, vector).await);
    }
    tally.report("dry run");
}

async fn dry_run(model: &yunspec::model::Model, vector: &Vector) -> Result<Seen, String> {
    let shown = yunspec::show::find(model, vector.id()).expect("the operation exists");
    let settings = vector.settings();
    let ready =
        yunspec::call::ready(shown, &vector.input(), settings, vector.environment());
    let printed = ready
        .map_err(|e| e.to_string())?
        .dry_run()
        .await
        .map_err(|e| e.to_string())?;
    Ok(Seen::from_dry_run(&printed))
}

fn vectors() -> Option<Vec<Vector>> {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors/requests.json");
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: ../shared/vectors is absent; it holds the captured requests");
        return None;
    };
    let captured: Json = serde_json::from_str(&text).expect("the vectors are JSON");
    let vectors = captured["vectors"].as_array().expect("a list of vectors");
    Some(vectors.iter().cloned().map(Vector::new).collect())
}

#[derive(Default)]
struct Tally {
    equal: BTreeMap<(String, Body), usize>,
    refused: Vec<String>,
    skipped: BTreeMap<&'static str, Vec<String>>,
    wrong: Vec<String>,
}

impl Tally {
    fn judge(
        &mut self,
        vector: &Vector,
        by: &str,
        typed: bool,
        seen: Result<Seen, String>,
    ) {
        let name = vector.name();
        match (vector.verdict(typed), seen) {
            (Verdict::Skip(why), _) => {
                self.skipped.entry(why).or_default().push(name.to_owned());
            }
            (Verdict::Refuse(words), Err(error)) if error.contains(words) => {
                self.refused.push(name.to_owned());
            }
            (Verdict::Refuse(words), seen) => {
                self.wrong
                    .push(format!("{name}: {by} must refuse ({words}), got {seen:?}"));
            }
            (Verdict::Compare(body), Ok(seen)) => match vector.differences(&seen, body) {
                none if none.is_empty() => {
                    *self
                        .equal
                        .entry((vector.provider().to_owned(), body))
                        .or_default() += 1;
                }
                found => self
                    .wrong
                    .push(format!("{name}: {by}: {}", found.join("; "))),
            },
            (Verdict::Compare(_), Err(error)) => {
                self.wrong.push(format!("{name}: {by} refused: {error}"));
            }
        }
    }

    fn report(&self, by: &str) {
        let equal: usize = self.equal.values().sum();
        let skipped: usize = self.skipped.values().map(Vec::len).sum();
        let all = equal + self.refused.len() + skipped + self.wrong.len();
        println!(
            "wire: {by}: {}/{all} as they should be",
            equal + self.refused.len()
        );
        for ((provider, body), count) in &self.equal {
            println!("wire: {by}: {provider}: {count} equal {}", body.meaning());
        }
        println!(
            "wire: {by}: {} refused, as a client should: {}",
            self.refused.len(),
            self.refused.join(", ")
        );
        for (why, names) in &self.skipped {
            println!(
                "wire: {by}: skipped {}: {why}: {}",
                names.len(),
                names.join(", ")
            );
        }
        assert!(
            self.wrong.is_empty(),
            "{} differ:\n{}",
            self.wrong.len(),
            self.wrong.join("\n")
        );
        assert!(
            equal + self.refused.len() >= EQUAL_AT_LEAST,
            "only {equal} compared"
        );
    }
}
