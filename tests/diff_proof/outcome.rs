//! The mutations, tried once for all layers: what `check` and the differ say of each.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;
use std::thread;
use std::time::Instant;

use tempfile::TempDir;
use yunspec::diff::{Change, Side, diff};

use crate::candidates;
use crate::mutation::Mutation;
use crate::sets::{Set, load, sets, text, write};

/// A mutation that passes `check`, with what the differ says.
#[derive(Clone)]
pub(crate) struct Outcome {
    /// What was changed.
    pub(crate) mutation: Mutation,
    /// From the set as it is to the mutated one.
    pub(crate) changes: Vec<Change>,
    /// The way back.
    pub(crate) back: Vec<Change>,
    /// The sides have the same Rust, apart from texts.
    pub(crate) same_rust: bool,
}

/// What became of the mutations, by set.
pub(crate) struct Tried {
    /// Of each set, how many values hold no others.
    pub(crate) leaves: Vec<usize>,
    /// Of each set, how many mutations there are.
    pub(crate) known: Vec<usize>,
    /// Of each set, how many were tried.
    pub(crate) taken: Vec<usize>,
    /// Those that pass `check`.
    pub(crate) outcomes: Vec<Outcome>,
}

/// Whether every mutation is tried and judged, or one of each kind.
pub(crate) fn all() -> bool {
    std::env::var_os("YUNSPEC_JUDGE").is_some_and(|value| value == "all")
}

/// How many mutations of a kind are tried until one passes `check`.
const TRIES: usize = 3;

/// All sets, loaded.
pub(crate) fn sides() -> &'static [Side] {
    static SIDES: LazyLock<Vec<Side>> =
        LazyLock::new(|| sets().iter().map(Set::side).collect());
    &SIDES
}

impl Outcome {
    /// What was changed, for a reader.
    pub(crate) fn shown(&self) -> String {
        self.mutation.shown(&sets()[self.mutation.set])
    }

    /// The mutated side, anew.
    pub(crate) fn side(&self) -> Side {
        let mutated = self.mutation.mutated(&sets()[self.mutation.set]);
        mutated.expect("it was applied once").side()
    }

    /// The side before.
    pub(crate) fn old(&self) -> &'static Side {
        &sides()[self.mutation.set]
    }

    /// The ids of the findings.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &'static str> {
        self.changes.iter().map(|change| change.rule.id)
    }
}

/// All mutations of all sets, or one of each kind.
pub(crate) fn tried() -> &'static Tried {
    static TRIED: LazyLock<Tried> = LazyLock::new(try_them);
    &TRIED
}

/// Those that pass `check`.
pub(crate) fn outcomes() -> &'static [Outcome] {
    &tried().outcomes
}

fn try_them() -> Tried {
    let begun = Instant::now();
    let found = sets().iter().enumerate();
    let found: Vec<_> = found
        .map(|(number, set)| candidates::of(number, set))
        .collect();
    let mutations = found.iter().flat_map(|found| &found.mutations);
    let mut kinds: BTreeMap<String, Vec<&Mutation>> = BTreeMap::new();
    for (number, mutation) in mutations.enumerate() {
        let kind = if all() {
            format!("{number:06}")
        } else {
            mutation.kind(&sets()[mutation.set])
        };
        kinds.entry(kind).or_default().push(mutation);
    }
    let kinds: Vec<_> = kinds.into_values().collect();
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let shares = thread::scope(|scope| {
        let shares = (0..workers).map(|worker| {
            let kinds = kinds.iter().skip(worker).step_by(workers);
            scope.spawn(move || Worker::new().work(kinds))
        });
        let shares: Vec<_> = shares.collect();
        let joined = shares.into_iter().map(thread::ScopedJoinHandle::join);
        let joined: Vec<_> = joined
            .map(|share| share.expect("no mutation panics"))
            .collect();
        joined
    });
    let mut tried = vec![0; sets().len()];
    let mut outcomes = Vec::new();
    for worker in shares {
        for (sum, count) in tried.iter_mut().zip(worker.tried) {
            *sum += count;
        }
        outcomes.extend(worker.outcomes);
    }
    outcomes
        .sort_by_key(|one: &Outcome| (one.mutation.set, one.mutation.file, one.shown()));
    println!("tried in {:.1?}", begun.elapsed());
    Tried {
        leaves: found.iter().map(|found| found.leaves).collect(),
        known: found.iter().map(|found| found.mutations.len()).collect(),
        taken: tried,
        outcomes,
    }
}

/// A thread with folders of its own.
struct Worker {
    folders: Vec<TempDir>,
    tried: Vec<usize>,
    outcomes: Vec<Outcome>,
}

impl Worker {
    fn new() -> Self {
        Self {
            folders: sets().iter().map(Set::lay).collect(),
            tried: vec![0; sets().len()],
            outcomes: Vec::new(),
        }
    }

    fn work<'m>(mut self, kinds: impl Iterator<Item = &'m Vec<&'m Mutation>>) -> Self {
        for kind in kinds {
            for mutation in kind.iter().take(TRIES) {
                self.tried[mutation.set] += 1;
                if let Some(outcome) = self.try_one(mutation) {
                    self.outcomes.push(outcome);
                    break;
                }
            }
        }
        self
    }

    fn try_one(&self, mutation: &Mutation) -> Option<Outcome> {
        let set = &sets()[mutation.set];
        let root = mutation.applied(set)?;
        let (path, before) = &set.files[mutation.file];
        let folder = self.folders[mutation.set].path();
        if root.is_null() {
            fs::remove_file(folder.join(path)).expect("the file is there");
        } else {
            write(folder, path, &text(&root));
        }
        let side = load(folder);
        write(folder, path, &text(before));
        let (old, new) = (&sides()[mutation.set], side?);
        Some(Outcome {
            mutation: mutation.clone(),
            changes: diff(old, &new),
            back: diff(&new, old),
            same_rust: rust(old) == rust(&new),
        })
    }
}

/// The Rust of a side without its texts.
fn rust(side: &Side) -> Vec<String> {
    let library = side.items.modules.iter();
    let library = library.filter(|module| module.path.starts_with("src"));
    library
        .map(|module| {
            let text = format!("{:?}", (&module.path, &module.children, &module.items));
            without_docs(&text)
        })
        .collect()
}

/// Drops each `docs: [..]` of a debug text.
fn without_docs(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::with_capacity(text.len());
    while let Some(at) = rest.find("docs: [") {
        plain.push_str(&rest[..at]);
        rest = &rest[at + "docs: [".len()..];
        let (mut quoted, mut escaped) = (false, false);
        let end = rest.bytes().position(|c| {
            match c {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = !quoted,
                b']' if !quoted => return true,
                _ => {}
            }
            false
        });
        rest = end.map_or("", |at| &rest[at + 1..]);
    }
    plain + rest
}
