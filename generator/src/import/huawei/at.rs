//! Where a schema stands in a document.

use crate::name;

/// The longest name that a place gives to a structure.
const LONGEST: usize = 60;

/// Where a schema stands.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    /// The schema or the operation that it is part of.
    pub(super) root: &'a str,
    /// The way from there.
    pub(super) path: String,
    /// The name that it has there.
    pub(super) leaf: &'a str,
}

impl<'a> At<'a> {
    /// At a schema or an operation itself.
    pub(super) fn root(root: &'a str, leaf: &'a str) -> Self {
        Self {
            root,
            path: root.to_owned(),
            leaf,
        }
    }

    /// At something that it holds.
    pub(super) fn inside(&self, name: &'a str) -> Self {
        Self {
            root: self.root,
            path: format!("{}.{name}", self.path),
            leaf: name,
        }
    }

    /// A name made of the place, not too long.
    pub(super) fn stem(&self) -> String {
        let root = name::pascal(self.root);
        if self.root == self.leaf {
            return root;
        }
        let leaf = first(&name::pascal(self.leaf), LONGEST / 2);
        first(&root, LONGEST - leaf.chars().count()) + &leaf
    }
}

/// The first characters of a text.
fn first(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}
