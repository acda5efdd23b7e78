//! The compiler judges `source`: an old program against the new crate, a new one against
//! the old crate, and the warnings about what is deprecated.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::Instant;

use yunspec::diff::{Bump, Change, Effect, Side, Verdict};
use yunspec::emit;

use crate::compiler::{Given, Ruling};
use crate::consumer::uses;
use crate::outcome::{Outcome, all, outcomes, sides};

/// What the compiler says of one mutation.
pub(crate) struct Judged {
    /// The mutation.
    pub(crate) outcome: &'static Outcome,
    /// An old program against the new crate.
    pub(crate) forward: Ruling,
    /// A new program against the old crate.
    pub(crate) backward: Ruling,
    /// What is deprecated now and was not.
    pub(crate) deprecated: BTreeSet<String>,
    /// Why the new crate itself does not compile.
    pub(crate) broken: Option<String>,
}

/// Modules in one crate.
const BATCH: usize = 150;

/// The mutations that the compiler looks at: one for each kind of change, with whatever
/// else came of it; or all that change the Rust.
fn chosen() -> Vec<&'static Outcome> {
    let mut seen = BTreeSet::new();
    let new_kind = |outcome: &&Outcome| {
        let effects = |change: &Change| -> BTreeSet<_> {
            change
                .items
                .iter()
                .map(|item| (item.kind, item.effect))
                .collect()
        };
        let kinds = outcome.changes.iter();
        let kinds: Vec<_> = kinds
            .map(|change| format!("{} {:?}", change.rule.id, effects(change)))
            .collect();
        let new = kinds.iter().any(|kind| !seen.contains(kind));
        seen.extend(kinds);
        new
    };
    if all() {
        outcomes().iter().filter(|one| !one.same_rust).collect()
    } else {
        let rust = outcomes().iter().filter(|one| !one.same_rust);
        rust.filter(new_kind).collect()
    }
}

/// All that were looked at.
pub(crate) fn judged() -> &'static [Judged] {
    static JUDGED: LazyLock<Vec<Judged>> = LazyLock::new(|| {
        let chosen = chosen();
        let begun = Instant::now();
        let judged = chosen.chunks(BATCH).flat_map(judge).collect();
        println!("compiled in {:.1?}", begun.elapsed());
        judged
    });
    &JUDGED
}

/// Both directions at once, a compiler each.
fn judge(batch: &[&'static Outcome]) -> Vec<Judged> {
    let new: Vec<Side> = batch.iter().map(|one| one.side()).collect();
    let emitted = |side: &Side| emit::emit(&side.items);
    let forward = || {
        let given = Given::new(&new.iter().map(emitted).collect::<Vec<_>>());
        let programs = batch.iter().enumerate();
        let programs = programs.map(|(number, one)| program(one.old(), number));
        let rulings = given.judge(&programs.collect::<Vec<_>>());
        (rulings, given.broken)
    };
    let backward = || {
        let given = Given::new(&sides().iter().map(emitted).collect::<Vec<_>>());
        let programs = new.iter().zip(batch);
        let programs = programs.map(|(side, one)| program(side, one.mutation.set));
        // The old programs against their own crate tell what was deprecated before.
        let own = sides().iter().enumerate();
        let own = own.map(|(number, side)| program(side, number));
        given.judge(&programs.chain(own).collect::<Vec<_>>())
    };
    let ((forward, mut broken), backward) = std::thread::scope(|scope| {
        let forward = scope.spawn(forward);
        let backward = backward();
        (forward.join().expect("the compiler judges"), backward)
    });
    let (backward, own) = backward.split_at(batch.len());
    for ruling in own {
        assert_eq!(ruling.error, None, "a program fits its own crate");
    }
    let rulings = batch.iter().zip(forward).zip(backward).enumerate();
    rulings
        .map(|(number, ((outcome, forward), backward))| {
            let before = &own[outcome.mutation.set].deprecated;
            Judged {
                outcome,
                deprecated: &forward.deprecated - before,
                forward,
                backward: backward.clone(),
                broken: broken.remove(&number),
            }
        })
        .collect()
}

fn program(side: &Side, given: usize) -> String {
    uses(&side.items, &format!("given::given_{given}"))
}

/// What the findings promise: whether an old program stops compiling, whether a new one
/// needs the new crate, whether an old one gets warnings.
pub(crate) fn promised(changes: &[Change]) -> [bool; 3] {
    let effects: BTreeSet<_> = changes
        .iter()
        .flat_map(|change| change.items.iter().map(|item| item.effect))
        .collect();
    let breaks = changes.iter().any(|one| one.source == Verdict::Breaking);
    let adds = effects.contains(&Effect::Added) || effects.contains(&Effect::Changed);
    [
        breaks,
        adds,
        effects.contains(&Effect::Deprecated) && !breaks,
    ]
}

impl Judged {
    /// What the compiler found, in the same terms.
    pub(crate) fn found(&self) -> [bool; 3] {
        let breaks = self.forward.error.is_some();
        [
            breaks,
            self.backward.error.is_some(),
            !breaks && !self.deprecated.is_empty(),
        ]
    }

    /// Whether the findings say what the compiler found, and ask for enough of a release.
    pub(crate) fn agrees(&self, changes: &[Change]) -> bool {
        let [breaks, adds, warns] = self.found();
        let bump = changes.iter().map(Change::bump).max().unwrap_or_default();
        let least = match (breaks, adds || warns) {
            (true, _) => Bump::Major,
            (false, true) => Bump::Minor,
            (false, false) => Bump::None,
        };
        promised(changes) == self.found() && bump >= least
    }
}

#[test]
fn the_compiler_agrees() {
    let mut wrong = Vec::new();
    let mut effects: BTreeMap<(&str, Effect), usize> = BTreeMap::new();
    let mut broken = Vec::new();
    for judged in judged() {
        let outcome = judged.outcome;
        if let Some(error) = &judged.broken {
            broken.push(format!("{}: {error}", outcome.shown()));
            continue;
        }
        for item in outcome.changes.iter().flat_map(|change| &change.items) {
            *effects.entry((item.kind, item.effect)).or_default() += 1;
        }
        if !judged.agrees(&outcome.changes) {
            wrong.push(format!(
                "{}\n  {:?}\n  promised {:?}, found {:?}\n  forward {:?}\n  backward {:?}\n  deprecated {:?}",
                outcome.shown(),
                outcome.ids().collect::<Vec<_>>(),
                promised(&outcome.changes),
                judged.found(),
                judged.forward.error,
                judged.backward.error,
                judged.deprecated
            ));
        }
    }
    let count = judged().len();
    let agreed = count - wrong.len() - broken.len();
    println!("judged by the compiler: {count}, agreed {agreed}");
    println!("effects: {effects:?}");
    println!("crates that do not compile themselves: {broken:#?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn where_the_rust_stays_no_finding_says_otherwise() {
    let same = outcomes().iter().filter(|one| one.same_rust);
    let same: Vec<_> = same.collect();
    let wrong = same
        .iter()
        .filter(|one| promised(&one.changes) != [false; 3]);
    let wrong: Vec<_> = wrong.map(|one| one.shown()).collect();
    println!("{} mutations leave the Rust as it is", same.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}
