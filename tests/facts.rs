//! Every fact of the transcribed pages is in the model, and every known trap of these pages
//! is recorded where `tests/facts/traps.yaml` says.

mod facts {
    pub(crate) mod gaps;
    pub(crate) mod gold;
}

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use facts::gaps;
use facts::gold::Facts;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What `yunspec show --format json` prints for an operation.
fn shown(id: &str) -> Value {
    let model =
        yunspec::resolve(&root().join("specs")).expect("the specs pass the check");
    let shown = yunspec::show::find(&model, id).expect("the operation exists");
    serde_json::from_str(&shown.json()).expect("show prints JSON")
}

const GOLD: [(&str, &str); 5] = [
    (
        "seed0-alibaba-live-ModifyLiveMessageUserInfo",
        "alibaba/live/ModifyLiveMessageUserInfo",
    ),
    ("seed1-tencent-cam-UpdateUser", "tencent/cam/UpdateUser"),
    (
        "seed2-huawei-workspace-UpdateUser",
        "huawei/workspace/UpdateUserInfo",
    ),
    ("seed3-alibaba-ram-UpdateUser", "alibaba/ram/UpdateUser"),
    (
        "seed4-alibaba-quickbi-UpdateUser",
        "alibaba/quickbi-public/UpdateUser",
    ),
];

#[test]
fn every_fact_of_the_five_pages_is_in_the_model() {
    let gold = root().join("../shared/gold");
    if !gold.is_dir() {
        println!("skipped: ../shared/gold is absent; it holds the facts to compare with");
        return;
    }
    let mut missing = Vec::new();
    for (file, id) in GOLD {
        let text =
            std::fs::read_to_string(gold.join(format!("{file}.json"))).expect("readable");
        let gold: Value = serde_json::from_str(&text).expect("JSON");
        let mut facts = Facts::of(shown(id));
        facts.page(&gold);
        let told = &gaps::told()[id];
        facts.gaps(&gold, told, |gap| {
            gaps::absent(&root().join("specs"), id, gap)
        });
        println!(
            "facts: {id}: {}/{}",
            facts.all - facts.missing.len(),
            facts.all
        );
        missing.extend(
            facts
                .missing
                .into_iter()
                .map(|fact| format!("{id}: {fact}")),
        );
    }
    assert!(
        missing.is_empty(),
        "not in the model:\n{}",
        missing.join("\n")
    );
}

#[test]
fn every_gap_is_told_where_the_list_says() {
    let told = gaps::told();
    let specs = root().join("specs");
    let absent: Vec<_> = told
        .iter()
        .flat_map(|(id, gaps)| gaps.iter().map(move |gap| (id, gap)))
        .flat_map(|(id, gap)| gaps::absent(&specs, id, gap))
        .collect();
    assert!(absent.is_empty(), "no item at {absent:?}");
    println!(
        "facts: gaps told {}",
        told.values().map(Vec::len).sum::<usize>()
    );
}

#[test]
fn every_trap_is_recorded_where_the_list_says() {
    let text = include_str!("facts/traps.yaml");
    let traps: Vec<Trap> =
        serde_yaml::from_str(text).expect("traps.yaml is a list of traps");
    let mut recorded = BTreeMap::new();
    for trap in &traps {
        let file = root().join("specs").join(format!("{}.yaml", trap.r#in));
        let spec = std::fs::read_to_string(&file)
            .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let spec: serde_yaml::Value =
            serde_yaml::from_str(&spec).expect("the spec is YAML");
        for at in trap.at.all() {
            assert!(
                resolves(&spec, at),
                "trap {}: {} has nothing at {at}",
                trap.id,
                trap.r#in
            );
        }
        let list = if trap.kind == "fact" {
            None
        } else {
            Some(if trap.kind == "gap" {
                "gaps["
            } else {
                "errata["
            })
        };
        let named =
            list.is_none_or(|list| trap.at.all().iter().any(|at| at.starts_with(list)));
        assert!(
            named,
            "trap {} is a {}, but {:?} names none",
            trap.id,
            trap.kind,
            trap.at.all()
        );
        *recorded.entry(trap.id).or_insert(0) += 1;
    }
    println!("facts: traps recorded {}/101", recorded.len());
    assert!(
        (1..=101).eq(recorded.keys().copied()),
        "traps without a place"
    );
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Trap {
    id: u32,
    r#in: String,
    at: Places,
    kind: String,
}

/// One key path, or several.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Places {
    One(String),
    Several(Vec<String>),
}

impl Places {
    fn all(&self) -> &[String] {
        match self {
            Self::One(path) => std::slice::from_ref(path),
            Self::Several(paths) => paths,
        }
    }
}

/// Follows a key path such as `errors[2].code` or `request["X-Foo"].doc`.
fn resolves(spec: &serde_yaml::Value, path: &str) -> bool {
    let mut at = spec;
    for step in path
        .replace("[\"", ".")
        .replace("\"]", "")
        .replace('[', ".#")
        .replace(']', "")
        .split('.')
    {
        let next = match step.strip_prefix('#') {
            Some(index) => index.parse::<usize>().ok().and_then(|index| at.get(index)),
            None => at.get(step),
        };
        let Some(next) = next else { return false };
        at = next;
    }
    true
}
