//! The wire judges `wire`: what an old client sends, through the old model and the new one;
//! and what the new cloud answers, read by the client that was compiled from the old specs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use serde_json::Value as Json;
use tokio::runtime::{Builder, Runtime};
use yunspec::call::{self, Settings};
use yunspec::diff::{Change, Group, Side, Verdict};
use yunspec::show;

use crate::outcome::{Outcome, all, outcomes};
use crate::values;

/// What came of it to send the inputs of an old client.
pub(crate) struct Sent {
    /// The mutation.
    pub(crate) outcome: &'static Outcome,
    /// Some input leaves as other bytes, or not at all.
    pub(crate) differs: Option<String>,
}

/// Kinds of changes that the bytes of a request cannot tell, where the cloud does not speak
/// this protocol; and the reason.
const UNSEEN: &[(&str, &str, &str)] = &[
    (
        "common-parameter-",
        "",
        "the client fills it in by its protocol, not by the spec",
    ),
    ("error-envelope-", "", "a matter of the answer"),
    ("response-envelope-", "", "a matter of the answer"),
    ("endpoint-added", "", "another host has to be asked for"),
    ("endpoint-changed", "", "another host has to be asked for"),
    ("endpoint-removed", "", "another host has to be asked for"),
    (
        "service-product-changed",
        "tc3-json",
        "only that protocol signs the product",
    ),
    (
        "api-version-changed",
        "tc3-json acs-rpc",
        "other clouds have it in the path",
    ),
];

/// Whether the bytes of a request can tell such a change.
fn is_seen(outcome: &Outcome, change: &Change) -> bool {
    let protocol = &outcome.old().model.providers[0].protocol;
    let groups = [
        Group::Service,
        Group::Endpoint,
        Group::Operation,
        Group::Request,
    ];
    groups.contains(&change.rule.group)
        && !UNSEEN.iter().any(|(start, but, _)| {
            change.rule.id.starts_with(start) && !but.contains(protocol)
        })
}

/// The worst that the findings say of the bytes of an old client's request.
pub(crate) fn worst(outcome: &Outcome, changes: &[Change]) -> Verdict {
    let seen = changes.iter().filter(|one| is_seen(outcome, one));
    seen.map(|one| one.wire).max().unwrap_or_default()
}

impl Sent {
    /// Whether the findings say what the bytes show. What is compatible may show or not:
    /// another order does, a member that may be left out from now on does not.
    pub(crate) fn agrees(&self, changes: &[Change]) -> bool {
        // Nothing is sent to what is gated, and the service answers as before.
        if changes.iter().any(|one| one.rule.id.ends_with("gated")) {
            return true;
        }
        match worst(self.outcome, changes) {
            Verdict::None => self.differs.is_none(),
            Verdict::Compatible => true,
            Verdict::Risky | Verdict::Breaking => self.differs.is_some(),
        }
    }
}

fn runtime() -> &'static Runtime {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        let mut builder = Builder::new_current_thread();
        builder.enable_all().build().expect("a runtime can be made")
    });
    &RUNTIME
}

/// What would be sent, or why nothing is.
fn sent(
    (side, id): (&Side, &str),
    region: &str,
    input: &Json,
    unchecked: bool,
) -> Result<Json, String> {
    let shown =
        show::find(&side.model, id).map_err(|_| "no such operation".to_owned())?;
    let settings = Settings {
        region: Some(region.to_owned()),
        time: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600)),
        nonce: Some("nonce".to_owned()),
        unchecked,
        ..Settings::default()
    };
    let lookup = |name: &str| {
        let known = [
            "KEY_ID",
            "KEY_SECRET",
            "SECRET_ID",
            "SECRET_KEY",
            "_AK",
            "_SK",
            "PROJECT_ID",
        ];
        let is_known = known.iter().any(|end| name.ends_with(end));
        is_known.then(|| format!("test{}", name.len()))
    };
    let ready = call::ready(shown, input, settings, lookup);
    let ready = ready.map_err(|error| error.to_string())?;
    let printed = runtime().block_on(ready.dry_run());
    printed.map_err(|error| error.to_string())
}

/// The regions that a client may be in: known before, known after, and unknown.
fn regions(sides: [&Side; 2], all: bool) -> Vec<String> {
    let services = sides
        .iter()
        .map(|side| &side.model.providers[0].services[0]);
    let known = services.flat_map(|one| {
        let endpoint = &one.endpoint;
        let regular = endpoint.regions.iter().chain(&endpoint.global_regions);
        regular.chain(endpoint.hosts.keys())
    });
    let mut regions: BTreeSet<String> = known.cloned().collect();
    regions.insert("nowhere-1".to_owned());
    let count = if all { regions.len() } else { 1 };
    regions.into_iter().take(count).collect()
}

/// Sends what an old client may send, through both.
fn compare(outcome: &'static Outcome) -> Sent {
    let (old, new) = (outcome.old(), outcome.side());
    let is = |group: Group| outcome.changes.iter().any(|one| one.rule.group == group);
    let regions = regions([old, &new], is(Group::Endpoint));
    // The counter-examples judge the rules; here only what is sent counts.
    let unchecked = is(Group::Constraint);
    let mut differs = None;
    for shown in show::all(&old.model) {
        let id = shown.id();
        let inputs = values::requests(shown);
        let inputs = inputs
            .iter()
            .flat_map(|input| regions.iter().map(move |region| (input, region)));
        let count = if is(Group::Endpoint) {
            regions.len()
        } else {
            usize::MAX
        };
        for (input, region) in inputs.take(count) {
            // What the old rules refuse, no old client sends.
            let Ok(before) = sent((old, &id), region, input, false) else {
                continue;
            };
            let after = sent((&new, &id), region, input, unchecked);
            if after.as_ref() != Ok(&before) {
                let after =
                    after.map_or_else(|why| why, |after| after["url"].to_string());
                differs = Some(format!("{input}: {} / {after}", before["url"]));
            }
        }
    }
    Sent { outcome, differs }
}

/// A mutation for each kind of finding that the bytes can tell, and some that have none.
pub(crate) fn compared() -> &'static [Sent] {
    static COMPARED: LazyLock<Vec<Sent>> = LazyLock::new(|| {
        let mut known = BTreeSet::new();
        let (about, others): (Vec<_>, Vec<_>) = outcomes()
            .iter()
            .partition(|one| one.changes.iter().any(|change| is_seen(one, change)));
        let about = about.into_iter().filter(|one| {
            let ids: Vec<_> = one.ids().collect();
            let new = ids.iter().any(|id| !known.contains(id));
            known.extend(ids);
            new || all()
        });
        let step = if all() {
            20
        } else {
            (others.len() / 12).max(1)
        };
        let others = others.into_iter().step_by(step);
        about.chain(others).map(compare).collect()
    });
    &COMPARED
}

#[test]
fn the_bytes_of_a_request_change_where_a_finding_says_so() {
    let mut wrong = Vec::new();
    let mut differing = 0;
    for sent in compared() {
        differing += usize::from(sent.differs.is_some());
        if !sent.agrees(&sent.outcome.changes) {
            wrong.push(format!(
                "{}: {:?} {:?}",
                sent.outcome.shown(),
                sent.outcome
                    .changes
                    .iter()
                    .map(|one| (one.rule.id, one.wire))
                    .collect::<Vec<_>>(),
                sent.differs
            ));
        }
    }
    let count = compared().len();
    println!(
        "judged by the wire: {count}, {differing} send other bytes, {} disagree",
        wrong.len()
    );
    assert!(differing > 10, "{differing}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The input of all members with one value inside replaced.
fn with(input: &Json, subject: &str, value: &Json) -> Option<Json> {
    // The last step is the rule.
    let member = subject.split_once("/request/")?.1.rsplit_once('/')?.0;
    let mut input = input.clone();
    let mut at = input.as_object_mut()?;
    let steps: Vec<_> = member.split('/').collect();
    let (last, above) = steps.split_last()?;
    for step in above {
        at = at.get_mut(*step)?.as_object_mut()?;
    }
    at.insert((*last).to_owned(), value.clone());
    Some(input)
}

#[test]
fn a_counter_example_was_accepted_and_is_refused() {
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    let mut left = BTreeMap::new();
    let mut wrong = Vec::new();
    for outcome in outcomes() {
        let mut sides = None;
        for change in &outcome.changes {
            if change.rule.group != Group::Constraint {
                continue;
            }
            let (old, new) =
                &*sides.get_or_insert_with(|| (outcome.old(), outcome.side()));
            let Some(id) = change.operations.first() else {
                continue;
            };
            let shown = show::find(&old.model, id).expect("the operation is there");
            let whole = values::requests(shown).pop().unwrap_or_default();
            let region = regions([old, new], false).remove(0);
            let fits =
                |side: &Side, input: &Json| sent((side, id), &region, input, false);
            let examples = [(&change.refused, true), (&change.admitted, false)];
            for (example, before) in examples {
                let Some(value) = example else { continue };
                let Some(input) = with(&whole, &change.subject, value) else {
                    left.insert(change.rule.id, change.subject.clone());
                    continue;
                };
                *tried.entry(change.rule.id).or_default() += 1;
                let (was, is) = (fits(old, &input), fits(new, &input));
                if (was.is_ok(), is.is_ok()) != (before, !before) {
                    let what = (outcome.shown(), change.rule.id, value);
                    wrong.push(format!("{what:?}: {:?} {:?}", was.err(), is.err()));
                }
            }
            let decided = ["-undecided", "-rewritten", "-changed"];
            let has = change.refused.is_some() || change.admitted.is_some();
            if !has && !decided.iter().any(|end| change.rule.id.ends_with(end)) {
                left.insert(change.rule.id, "no example".to_owned());
            }
        }
    }
    println!("counter-examples: {tried:?}");
    println!("left out: {left:#?}");
    assert!(tried.len() > 10, "{tried:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
