//! The proof of `yunspec diff`: every leaf of the specs is mutated; the compiler, the wire
//! and the histories judge what the differ says of it; and the differ is mutated itself.

#[path = "diff_proof/algebra.rs"]
mod algebra;
#[path = "diff_proof/answers.rs"]
mod answers;
#[path = "diff_proof/candidates.rs"]
mod candidates;
#[path = "diff_proof/compiler.rs"]
mod compiler;
#[path = "diff_proof/complete.rs"]
mod complete;
#[path = "diff_proof/consumer.rs"]
mod consumer;
#[path = "diff_proof/histories.rs"]
mod histories;
#[path = "diff_proof/mutation.rs"]
mod mutation;
#[path = "diff_proof/outcome.rs"]
mod outcome;
#[path = "diff_proof/sabotage.rs"]
mod sabotage;
#[path = "diff_proof/sets.rs"]
mod sets;
#[path = "diff_proof/source.rs"]
mod source;
#[path = "diff_proof/trust.rs"]
mod trust;
#[path = "diff_proof/values.rs"]
mod values;
#[path = "diff_proof/wire.rs"]
mod wire;
