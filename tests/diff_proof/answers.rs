//! The wire judges `wire` of responses: what the cloud answers by the new spec, read by the
//! client that was compiled from the old one.

use serde_json::Value as Json;
use yun_sdk::{alibaba, huawei, tencent};
use yunspec::diff::{Change, Group, Side, Verdict};
use yunspec::model::Location;
use yunspec::show;
use yunspec_runtime::decode::Decode;

use crate::outcome::{all, outcomes};
use crate::values;

/// What a compiled client keeps of an answer; nothing where it cannot read it.
fn read<T: Decode + std::fmt::Debug>(answer: Json) -> Option<String> {
    T::decode(answer).ok().map(|read| format!("{read:#?}"))
}

fn kept(set: usize, answer: Json) -> Option<String> {
    match set {
        0 => read::<alibaba::live::ModifyLiveMessageUserInfoResponse>(answer),
        1 => read::<alibaba::quickbi_public::UpdateUserResponse>(answer),
        2 => read::<alibaba::ram::UpdateUserResponse>(answer),
        3 => read::<huawei::workspace::UpdateUserInfoResponse>(answer),
        _ => read::<tencent::cam::UpdateUserResponse>(answer),
    }
}

/// Whether an old client loses something: an answer, or a value that it used to get.
fn loses(set: usize, old: &Side, new: &Side) -> bool {
    let answers = |side: &Side| {
        let shown = show::all(&side.model).next().expect("there is one");
        values::responses(shown)
    };
    let mut pairs = answers(old).into_iter().zip(answers(new));
    pairs.any(|(before, after)| {
        let before = kept(set, before).expect("a client reads its own answers");
        let Some(after) = kept(set, after) else {
            return true;
        };
        // What says nothing cannot be lost.
        let told = |line: &&str| {
            let nothing = ["None", "\"\"", "[]"]
                .iter()
                .any(|none| line.contains(none));
            !nothing && line.contains(['"', ':'])
        };
        let count =
            |text: &str, line: &str| text.lines().filter(|one| *one == line).count();
        let mut lines = before.lines().filter(told);
        lines.any(|line| count(&after, line) < count(&before, line))
    })
}

/// Kinds that the bodies of two whole answers cannot show, and why.
const UNSEEN: &[(&str, &str)] = &[
    (
        "response-field-location-changed",
        "the body is read here, and no header",
    ),
    (
        "response-envelope-changed",
        "the envelope is gone before a body is decoded",
    ),
    (
        "response-constraint-loosened",
        "a client takes any value of the type",
    ),
    (
        "response-field-encoding-changed",
        "the samples are plain JSON, whatever the encoding",
    ),
];

/// The worst that the findings say of an answer.
fn worst(changes: &[Change]) -> Verdict {
    let seen = changes.iter().filter(|one| {
        let unseen = UNSEEN.iter().any(|(id, _)| *id == one.rule.id);
        one.rule.group == Group::Response && !unseen
    });
    seen.map(|one| one.wire).max().unwrap_or_default()
}

/// The members of an answer that travel in its body.
fn in_body(side: &Side) -> bool {
    let shown = show::all(&side.model).next().expect("there is one");
    let members = &shown.operation.response.members;
    members.iter().all(|one| one.location == Location::Body)
}

#[test]
fn an_old_client_loses_what_a_finding_says() {
    let mut wrong = Vec::new();
    let (mut count, mut losing) = (0, 0);
    let about = outcomes().iter().filter(|one| {
        let response = |change: &Change| change.rule.group == Group::Response;
        one.mutation.set < 5 && (one.changes.iter().any(response))
    });
    for outcome in about {
        let new = outcome.side();
        if !in_body(&new) {
            continue;
        }
        let loses = loses(outcome.mutation.set, outcome.old(), &new);
        count += 1;
        losing += usize::from(loses);
        if loses != (worst(&outcome.changes) >= Verdict::Risky) {
            let said: Vec<_> = outcome
                .changes
                .iter()
                .map(|one| (one.rule.id, one.wire))
                .collect();
            wrong.push(format!("{}: loses {loses}, {said:?}", outcome.shown()));
        }
    }
    println!(
        "answers: {count}, {losing} lose something, {} disagree",
        wrong.len()
    );
    assert!(losing > 3 || all(), "{losing}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
