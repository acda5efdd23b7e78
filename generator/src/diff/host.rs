//! A change in the making: what it is, where it stands on both sides, and which Rust items
//! it may be the cause of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Cause, Change, Group, Rule, Side, Verdict};
use crate::diagnostic::KeyPath;

/// A value on one side: the file, the key path, and the value where there is one.
#[derive(Clone, Debug)]
pub(super) struct At {
    pub(super) file: PathBuf,
    pub(super) path: KeyPath,
}

/// Rust items by where they come from; what is absent matches everything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Claim {
    /// The spec that the item's file is generated from, inside the specs folder.
    pub(super) source: String,
    /// The Rust name of the structure or enum.
    pub(super) owner: Option<String>,
    /// The name on the wire of the member or value.
    pub(super) part: Option<String>,
}

/// A change in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) change: Change,
    pub(super) old: Option<At>,
    pub(super) new: Option<At>,
    pub(super) claims: Vec<Claim>,
}

/// Everything found so far.
pub(super) struct Found<'s> {
    pub(super) old: &'s Side,
    pub(super) new: &'s Side,
    pub(super) drafts: Vec<Draft>,
}

/// What a group of findings has in common: the files on both sides, the wire path, and the
/// operations that they reach.
#[derive(Clone, Debug)]
pub(super) struct Host {
    pub(super) old: PathBuf,
    pub(super) new: PathBuf,
    pub(super) subject: String,
    pub(super) operations: BTreeSet<String>,
}

/// The two values of a change; one of them is absent where something was added or removed.
pub(super) type Values = (Option<Value>, Option<Value>);

impl At {
    pub(super) fn new(file: &Path, path: KeyPath) -> Self {
        Self {
            file: file.to_owned(),
            path,
        }
    }
}

impl Claim {
    /// All items of a file.
    pub(super) fn file(source: &Path) -> Self {
        Self {
            source: source.to_string_lossy().replace('\\', "/"),
            owner: None,
            part: None,
        }
    }

    /// A structure or enum with all its parts.
    pub(super) fn owner(source: &Path, owner: &str) -> Self {
        Self {
            owner: Some(owner.to_owned()),
            ..Self::file(source)
        }
    }

    /// A field or a variant.
    pub(super) fn part(source: &Path, owner: &str, part: &str) -> Self {
        Self {
            part: Some(part.to_owned()),
            ..Self::owner(source, owner)
        }
    }
}

impl Host {
    /// The same host, one step further down the wire path.
    pub(super) fn under(&self, step: &str) -> Self {
        Self {
            subject: format!("{}/{step}", self.subject),
            ..self.clone()
        }
    }
}

impl Found<'_> {
    /// A change of a value that both sides have, or could have, at these paths.
    pub(super) fn changed(
        &mut self,
        rule: &'static Rule,
        host: &Host,
        (old, new): (&KeyPath, &KeyPath),
        values: Values,
        message: String,
    ) -> &mut Draft {
        let old = At::new(&host.old, old.clone());
        let new = At::new(&host.new, new.clone());
        self.push(rule, host, (Some(old), Some(new)), values, message)
    }

    /// Something that only the new side has.
    pub(super) fn added(
        &mut self,
        rule: &'static Rule,
        host: &Host,
        path: &KeyPath,
        value: Value,
        message: String,
    ) -> &mut Draft {
        let new = At::new(&host.new, path.clone());
        self.push(rule, host, (None, Some(new)), (None, Some(value)), message)
    }

    /// Something that only the old side has.
    pub(super) fn removed(
        &mut self,
        rule: &'static Rule,
        host: &Host,
        path: &KeyPath,
        value: Value,
        message: String,
    ) -> &mut Draft {
        let old = At::new(&host.old, path.clone());
        self.push(rule, host, (Some(old), None), (Some(value), None), message)
    }

    /// A change; its places are looked up.
    pub(super) fn push(
        &mut self,
        rule: &'static Rule,
        host: &Host,
        (old, new): (Option<At>, Option<At>),
        values: Values,
        message: String,
    ) -> &mut Draft {
        let place = |side: &Side, at: &Option<At>| {
            let at = at.as_ref()?;
            side.place(&at.file, &at.path)
        };
        let change = Change {
            rule,
            message,
            subject: host.subject.clone(),
            operations: host.operations.iter().cloned().collect(),
            old_place: place(self.old, &old),
            new_place: place(self.new, &new),
            old: values.0,
            new: values.1,
            wire: rule.wire,
            source: Verdict::None,
            behaviour: rule.behaviour,
            cause: match rule.group {
                Group::Documentation => Cause::Documentation,
                Group::Structure => Cause::Naming,
                _ if rule.id.ends_with("rust-name-changed") => Cause::Naming,
                _ => Cause::ApiChange,
            },
            fingerprint: String::new(),
            refused: None,
            admitted: None,
            folded: Vec::new(),
            items: Vec::new(),
            acknowledged: None,
        };
        self.drafts.push(Draft {
            change,
            old,
            new,
            claims: Vec::new(),
        });
        let last = self.drafts.len() - 1;
        &mut self.drafts[last]
    }
}

impl Draft {
    /// Names Rust items that it may be the cause of.
    pub(super) fn claim(&mut self, claims: impl IntoIterator<Item = Claim>) -> &mut Self {
        self.claims.extend(claims);
        self
    }
}

/// How a message shows a value: short, in backticks.
pub(super) fn shown(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let line = text.replace(['\n', '`'], " ");
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    format!("`{short}`")
}
