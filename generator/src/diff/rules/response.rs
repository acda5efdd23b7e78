//! What comes back.

use crate::diff::rule::changes;

changes! {
    Response;
    ADDED: "response-field-added" / "response-field-removed", None None Patch,
        "A response has one more field",
        "Old clients ignore it.",
        "Nothing to do.",
        "new: response: { Shelf: { type: string } }";
    REMOVED: "response-field-removed" / "response-field-added", Breaking Risky Patch,
        "A response field is gone",
        "The cloud no longer sends it; its field is gone.",
        "Deprecate it first, or say `renamed_from` where it has a new name.",
        "old: response: { Shelf: { type: string } }";
    REMOVED_DEPRECATED: "response-field-removed-after-deprecation" / "response-field-added",
        Breaking Risky Patch,
        "A response field that was deprecated is gone",
        "Callers were told; every use that is left stops compiling all the same.",
        "Release a major version.",
        "old: Shelf: { type: string, deprecated: it is empty }";
    BECAME_REQUIRED: "response-field-became-required" / "response-field-became-optional",
        Compatible None Patch,
        "A response field always comes",
        "It is no `Option` any more: code that unpacks it stops compiling.",
        "Be sure that it always comes; release a major version where the type changes.",
        "old: Shelf: { type: string }\nnew: Shelf: { type: string, required: true }";
    BECAME_OPTIONAL: "response-field-became-optional" / "response-field-became-required",
        Risky None Patch,
        "A response field may be missing",
        "An old client gets an empty value where none came.",
        "Release a major version where the type changes.",
        "old: Shelf: { type: string, required: true }\nnew: Shelf: { type: string }";
    TYPE_CHANGED: "response-field-type-changed" / "response-field-type-changed",
        Breaking None Patch,
        "A response field has another type",
        "An old client may not be able to read the response.",
        "Compare the page's sample: the table may be wrong.",
        "old: Count: { type: integer }\nnew: Count: { type: string }";
    TYPE_WIDENED: "response-field-type-widened" / "response-field-type-narrowed",
        Breaking None Patch,
        "A response field may hold more values than before",
        "An old client cannot read the new ones; the Rust type is another.",
        "Release a major version.",
        "old: Count: { type: int32 }\nnew: Count: { type: int64 }";
    TYPE_NARROWED: "response-field-type-narrowed" / "response-field-type-widened",
        Compatible None Patch,
        "A response field holds fewer values than before",
        "An old client can read all of them; the Rust type is another.",
        "Release a major version: the field changes.",
        "old: Count: { type: int64 }\nnew: Count: { type: int32 }";
    BECAME_LIST: "response-field-became-list" / "response-field-became-scalar",
        Breaking None Patch,
        "A response field holds many values instead of one",
        "An old client cannot read it.",
        "Release a major version.",
        "old: Shelf: { type: string }\nnew: Shelf: { type: array, items: { type: string } }";
    BECAME_SCALAR: "response-field-became-scalar" / "response-field-became-list",
        Breaking None Patch,
        "A response field holds one value instead of many",
        "An old client cannot read it.",
        "Release a major version.",
        "old: Shelf: { type: array, items: { type: string } }\nnew: Shelf: { type: string }";
    WIRE_NAME: "response-field-wire-name-changed" / "response-field-wire-name-changed",
        Breaking None Patch,
        "A response field has another name on the wire",
        "An old client does not find it.",
        "Release a major version where the Rust name changes as well.",
        "old: Shelf: { type: string }\nnew: ShelfName: { type: string, renamed_from: Shelf }";
    RUST_NAME: "response-field-rust-name-changed" / "response-field-rust-name-changed",
        None None Patch,
        "A response field has another name in Rust",
        "Every use of the field stops compiling.",
        "Keep the old `rust_name`.",
        "old: Shelf: { rust_name: shelf }\nnew: Shelf: { rust_name: shelf_name }";
    LOCATION: "response-field-location-changed" / "response-field-location-changed",
        Breaking None Patch,
        "A response field comes at another place",
        "An old client does not find it.",
        "Compare with a response of the cloud.",
        "old: ETag: { in: header }\nnew: ETag: { in: body }";
    ENCODING: "response-field-encoding-changed" / "response-field-encoding-changed",
        Breaking None Patch,
        "A list or structure comes back written in another way",
        "An old client may not be able to read it.",
        "Compare with a response of the cloud.",
        "old: Tags: { style: repeat }\nnew: Tags: { style: json }";
    DEPRECATED: "response-field-deprecated" / "response-field-undeprecated", None None Patch,
        "A response field is advised against",
        "Uses compile with a warning.",
        "Say in the note what to use instead.",
        "new: Shelf: { deprecated: use ShelfName }";
    UNDEPRECATED: "response-field-undeprecated" / "response-field-deprecated",
        None None Patch,
        "A response field is not advised against any more",
        "The warning is gone.",
        "Nothing to do.",
        "old: Shelf: { deprecated: use ShelfName }";
    SENSITIVE: "response-field-sensitivity-added" / "response-field-sensitivity-removed",
        None Compatible Patch,
        "A response field is a secret",
        "It no longer shows in messages and logs; a text becomes a `Secret`.",
        "Release a major version where the type changes.",
        "new: Token: { type: string, sensitive: true }";
    NOT_SENSITIVE: "response-field-sensitivity-removed" / "response-field-sensitivity-added",
        None Risky Patch,
        "A response field is no secret any more",
        "Its value may show in messages and logs.",
        "Be sure that it holds nothing private.",
        "old: Token: { type: string, sensitive: true }";
    ORDER: "response-field-order-changed" / "response-field-order-changed", None None Patch,
        "Response fields stand in another order",
        "Nothing depends on it but the docs.",
        "Nothing to do.",
        "old: response: { A: …, B: … }\nnew: response: { B: …, A: … }";
    LOOSENED: "response-constraint-loosened" / "response-constraint-tightened",
        Risky None None,
        "A response field may hold values that the documented bounds excluded",
        "Code that counts on the old bounds, such as a column's width, may fail.",
        "Say it in the release notes.",
        "old: { max_length: 32 }\nnew: { max_length: 64 }";
    TIGHTENED: "response-constraint-tightened" / "response-constraint-loosened",
        Compatible None None,
        "A response field holds fewer values than the documented bounds allowed",
        "Nothing that worked changes.",
        "Nothing to do.",
        "old: { max_length: 64 }\nnew: { max_length: 32 }";
    DEFAULT: "response-field-default-changed" / "response-field-default-changed",
        None Risky Patch,
        "What stands for an absent response field is another",
        "Code that fills it in may be wrong.",
        "Say it in the release notes.",
        "old: Count: { default: 10 }\nnew: Count: { default: 20 }";
    CONDITIONS: "response-field-conditions-changed" / "response-field-conditions-changed",
        None Compatible Patch,
        "What holds for a response field in some accounts or states is told in another way",
        "Read both texts.",
        "Nothing to do.",
        "new: conditions: [{ when: …, then: … }]";
    SPECIAL: "response-field-special-changed" / "response-field-special-changed",
        None Risky Patch,
        "The values of a response field with a meaning of their own are others",
        "Code that looks for one may miss it.",
        "Read both lists.",
        "old: special: { '0': never }\nnew: special: { '-1': never }";
    FORMAT: "response-format-changed" / "response-format-changed", None Risky Patch,
        "The format of a response field is told in another way",
        "Code that parses the text may fail.",
        "Find out whether the cloud changed or the page.",
        "old: { format: RFC 3339 }\nnew: { format: seconds since 1970 }";
}
