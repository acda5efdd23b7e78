//! Any strings in the texts and the names of a sound tree: it is refused, or the crate holds
//! the same items as before, and nothing but plain text in its docs.

use std::cell::OnceCell;

use serde_json::Value as Json;

use crate::crates::{Crate, Sum};
use crate::tree::{Place, Tree};

/// Keys whose text chooses the shape of the generated code, so that other items are right.
const SHAPING: [&str; 14] = [
    "access_level",
    "at",
    "format",
    "in",
    "language",
    "members_in",
    "method",
    "path",
    "per",
    "protocol",
    "retry",
    "scope",
    "type",
    "written",
];

/// Begins a further replacement; no text of UTF-8 holds it.
const NEXT: u8 = 0xff;

thread_local! {
    static SOUND: OnceCell<Sound> = const { OnceCell::new() };
}

/// The tree as it is sound, and what it becomes.
struct Sound {
    tree: Tree,
    places: Vec<Place>,
    sum: Sum,
}

impl Sound {
    fn new() -> Self {
        let tree = Tree::base();
        let sum = Crate::of(&tree).expect("the tree is sound").sum();
        let places = tree.places().into_iter().filter(is_free).collect();
        Self { tree, places, sum }
    }
}

fn is_free(place: &Place) -> bool {
    match place {
        Place::Name(_) => true,
        Place::Text { path, .. } => {
            !path.iter().any(|key| SHAPING.contains(&key.as_str()))
        }
    }
}

/// Replaces up to four texts. Each begins with a byte that tells the place and goes on up to
/// `0xFF`.
///
/// # Panics
/// Where a string becomes anything else than a text.
pub fn generate(data: &[u8]) {
    SOUND.with(|sound| {
        let sound = sound.get_or_init(Sound::new);
        let Some((tree, naming)) = changed(sound, data) else {
            return;
        };
        if let Some(after) = Crate::of(&tree) {
            let held = sound.sum.holds(&after, naming);
            held.unwrap_or_else(|why| panic!("{why}"));
        }
    });
}

/// The tree with the replacements, and whether names are among them. Nothing where a member
/// got lost because another one has its name.
fn changed(sound: &Sound, data: &[u8]) -> Option<(Tree, bool)> {
    let mut edits: Vec<(&Place, String)> = data
        .split(|byte| *byte == NEXT)
        .filter_map(|edit| {
            let (number, text) = edit.split_first()?;
            let place = &sound.places[usize::from(*number) % sound.places.len()];
            Some((place, String::from_utf8_lossy(text).into_owned()))
        })
        .take(4)
        .collect();
    // A name is part of the way to a text, so the texts come first.
    edits.sort_by_key(|(place, _)| matches!(place, Place::Name(_)));
    let mut tree = sound.tree.clone();
    let mut naming = false;
    for (place, text) in edits {
        naming |= place.is_name();
        tree = tree.with(place, &text);
    }
    (members(&tree) == members(&sound.tree)).then_some((tree, naming))
}

/// How many members all mappings have.
fn members(tree: &Tree) -> usize {
    tree.files().map(|(_, root)| count(root)).sum()
}

fn count(node: &Json) -> usize {
    match node {
        Json::Object(members) => {
            members.len() + members.values().map(count).sum::<usize>()
        }
        Json::Array(items) => items.iter().map(count).sum(),
        _ => 0,
    }
}
