//! Names and shapes of Rust items, where no change of a member says it.

use crate::diff::rule::changes;

changes! {
    Structure;
    RENAMED: "struct-renamed" / "struct-renamed", None None Patch,
        "A structure has another name",
        "Every use of the type by its name stops compiling; nothing changes on the wire.",
        "Keep the old name.",
        "old: types: { Shelf: … }\nnew: types: { BookShelf: … }";
    SPLIT: "struct-split" / "struct-merged", None None Patch,
        "One structure became several",
        "Members that had one type have several: a value of one does not fit the other.",
        "Release a major version.",
        "old: A: { type: Shelf }, B: { type: Shelf }\nnew: A: { type: Shelf }, B: { type: Rack }";
    MERGED: "struct-merged" / "struct-split", None None Patch,
        "Several structures became one",
        "The types that are gone cannot be named any more.",
        "Release a major version.",
        "old: A: { type: Shelf }, B: { type: Rack }\nnew: A: { type: Shelf }, B: { type: Shelf }";
    MOVED: "struct-moved" / "struct-moved", None None Patch,
        "A structure moved between its operation and the types that operations share",
        "Its path through the module is another.",
        "Keep it where it was, or release a major version.",
        "old: PutBook.yaml: types: { Shelf: … }\nnew: types.yaml: types: { Shelf: … }";
    DIRECTION: "struct-direction-changed" / "struct-direction-changed", None None Patch,
        "A structure is sent, or comes back, where it was not before",
        "It gains or loses constructor, setters, checks and conversions.",
        "Nothing to do where it only gains.",
        "old: only a response has Shelf\nnew: a request has Shelf too";
    TRAIT_LOST: "derived-trait-lost" / "derived-trait-gained", None None Patch,
        "A generated type no longer has a trait",
        "Code that counts on it stops compiling.",
        "Find out which change took it; release a major version.",
        "old: impl Default for PutBookRequest\nnew: (none)";
    TRAIT_GAINED: "derived-trait-gained" / "derived-trait-lost", None None Patch,
        "A generated type has one more trait",
        "Nothing that compiled stops compiling.",
        "Nothing to do.",
        "old: (none)\nnew: impl Default for PutBookRequest";
    ITEM: "rust-item-changed" / "rust-item-changed", None None Patch,
        "A generated item changed, and no change of the spec explains it",
        "The generator itself may have changed, or the differ does not know the cause.",
        "Read the items that the finding lists.",
        "old: pub shelf: String\nnew: pub shelf: Option<String>";
}
