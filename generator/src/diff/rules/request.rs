//! What is sent.

use crate::diff::rule::changes;

changes! {
    Request;
    ADDED_OPTIONAL: "request-parameter-added-optional" / "request-parameter-removed",
        None None Patch,
        "A request may carry one more parameter",
        "Nothing changes for who does not set it.",
        "Nothing to do.",
        "new: request: { Shelf: { type: string } }";
    ADDED_REQUIRED: "request-parameter-added-required" / "request-parameter-removed",
        Breaking Breaking Patch,
        "A request must carry one more parameter",
        "What an old client sends is refused; `new` takes one more argument.",
        "Find out whether the cloud has a default; if so, it is optional.",
        "new: request: { Shelf: { type: string, required: true } }";
    REMOVED: "request-parameter-removed" / "request-parameter-added-optional",
        Breaking Risky Patch,
        "A request parameter is gone",
        "The cloud ignores or refuses it; its field and its setter are gone.",
        "Deprecate it first, or say `renamed_from` where it has a new name.",
        "old: request: { Shelf: { type: string } }";
    REMOVED_DEPRECATED: "request-parameter-removed-after-deprecation" / "request-parameter-added-optional",
        Breaking Risky Patch,
        "A request parameter that was deprecated is gone",
        "Callers were told; every use that is left stops compiling all the same.",
        "Release a major version.",
        "old: Shelf: { type: string, deprecated: it has no effect }";
    BECAME_REQUIRED: "request-parameter-became-required" / "request-parameter-became-optional",
        Breaking Breaking Patch,
        "A request parameter has to be sent",
        "Requests without it are refused; it moves from a setter to an argument of `new`.",
        "Compare the page with an official SDK: the two often disagree.",
        "old: Shelf: { type: string }\nnew: Shelf: { type: string, required: true }";
    BECAME_OPTIONAL: "request-parameter-became-optional" / "request-parameter-became-required",
        Compatible Compatible Patch,
        "A request parameter may be left out",
        "Nothing changes on the wire; it moves from an argument of `new` to a setter.",
        "Release a major version: the constructor changes.",
        "old: Shelf: { type: string, required: true }\nnew: Shelf: { type: string }";
    TYPE_CHANGED: "request-parameter-type-changed" / "request-parameter-type-changed",
        Breaking None Patch,
        "A request parameter has another type",
        "What an old client sends is refused or misread.",
        "Compare the page's sample: the table may be wrong.",
        "old: Count: { type: integer }\nnew: Count: { type: string }";
    TYPE_WIDENED: "request-parameter-type-widened" / "request-parameter-type-narrowed",
        Compatible None Patch,
        "A request parameter takes more values than before",
        "Every old value is still taken; the Rust type is another.",
        "Release a major version: the field changes.",
        "old: Count: { type: int32 }\nnew: Count: { type: int64 }";
    TYPE_NARROWED: "request-parameter-type-narrowed" / "request-parameter-type-widened",
        Breaking None Patch,
        "A request parameter takes fewer values than before",
        "Some old values are refused.",
        "Release a major version.",
        "old: Count: { type: int64 }\nnew: Count: { type: int32 }";
    BECAME_LIST: "request-parameter-became-list" / "request-parameter-became-scalar",
        Breaking None Patch,
        "A request parameter takes many values instead of one",
        "It is written in another way; one value alone may be refused.",
        "Release a major version.",
        "old: Shelf: { type: string }\nnew: Shelf: { type: array, items: { type: string } }";
    BECAME_SCALAR: "request-parameter-became-scalar" / "request-parameter-became-list",
        Breaking None Patch,
        "A request parameter takes one value instead of many",
        "It is written in another way; a list is refused.",
        "Release a major version.",
        "old: Shelf: { type: array, items: { type: string } }\nnew: Shelf: { type: string }";
    WIRE_NAME: "request-parameter-wire-name-changed" / "request-parameter-wire-name-changed",
        Breaking None Patch,
        "A request parameter has another name on the wire",
        "The cloud does not look at the old name.",
        "Where the cloud knows both, say so in a note.",
        "old: Shelf: { type: string }\nnew: ShelfName: { type: string, renamed_from: Shelf }";
    RUST_NAME: "request-parameter-rust-name-changed" / "request-parameter-rust-name-changed",
        None None Patch,
        "A request parameter has another name in Rust",
        "The field and its setter have another name: every use stops compiling.",
        "Keep the old `rust_name`.",
        "old: Shelf: { rust_name: shelf }\nnew: Shelf: { rust_name: shelf_name }";
    LOCATION: "request-parameter-location-changed" / "request-parameter-location-changed",
        Breaking None Patch,
        "A request parameter travels at another place",
        "The cloud does not look where an old client puts it.",
        "Compare with an official SDK.",
        "old: Shelf: { in: query }\nnew: Shelf: { in: body }";
    ENCODING: "request-parameter-encoding-changed" / "request-parameter-encoding-changed",
        Breaking None Patch,
        "A list or structure is written in another way",
        "The cloud may not understand what an old client writes.",
        "Compare with an official SDK.",
        "old: Tags: { style: repeat }\nnew: Tags: { style: json }";
    DEFAULT_ADDED: "request-parameter-default-added" / "request-parameter-default-removed",
        None Risky Patch,
        "A default is documented",
        "Leaving the parameter out may mean something else than before.",
        "Find out whether the cloud changed or the page.",
        "new: Count: { default: 10 }";
    DEFAULT_CHANGED: "request-parameter-default-changed" / "request-parameter-default-changed",
        None Risky Patch,
        "The default is another",
        "Leaving the parameter out means something else than before.",
        "Say it in the release notes.",
        "old: Count: { default: 10 }\nnew: Count: { default: 20 }";
    DEFAULT_REMOVED: "request-parameter-default-removed" / "request-parameter-default-added",
        None Risky Patch,
        "No default is documented any more",
        "Leaving the parameter out may mean something else than before.",
        "Find out whether the cloud changed or the page.",
        "old: Count: { default: 10 }";
    DEPRECATED: "request-parameter-deprecated" / "request-parameter-undeprecated",
        None None Patch,
        "A request parameter is advised against",
        "Uses compile with a warning.",
        "Say in the note what to use instead.",
        "new: Shelf: { deprecated: use ShelfName }";
    UNDEPRECATED: "request-parameter-undeprecated" / "request-parameter-deprecated",
        None None Patch,
        "A request parameter is not advised against any more",
        "The warning is gone.",
        "Nothing to do.",
        "old: Shelf: { deprecated: use ShelfName }";
    SENSITIVE: "request-parameter-sensitivity-added" / "request-parameter-sensitivity-removed",
        None Compatible Patch,
        "A request parameter is a secret",
        "It no longer shows in messages and logs; a text becomes a `Secret`.",
        "Release a major version where the type changes.",
        "new: Password: { type: string, sensitive: true }";
    NOT_SENSITIVE: "request-parameter-sensitivity-removed" / "request-parameter-sensitivity-added",
        None Risky Patch,
        "A request parameter is no secret any more",
        "Its value may show in messages and logs.",
        "Be sure that it holds nothing private.",
        "old: Password: { type: string, sensitive: true }";
    ORDER: "request-parameter-order-changed" / "request-parameter-order-changed",
        Compatible None Patch,
        "Request parameters stand in another order",
        "Where required ones change places, `new` takes its arguments in another order; of one \
         type, that compiles and sends the values under each other's names.",
        "Keep the order of required parameters.",
        "old: request: { A: …, B: … }\nnew: request: { B: …, A: … }";
    CONDITION_ADDED: "request-parameter-condition-added" / "request-parameter-condition-removed",
        None Risky Patch,
        "A rule is documented that holds in some accounts or states",
        "Values that were taken may be refused; nothing is checked before sending.",
        "Nothing to do.",
        "new: conditions: [{ when: …, then: … }]";
    CONDITION_REMOVED: "request-parameter-condition-removed" / "request-parameter-condition-added",
        None Compatible Patch,
        "A rule that holds in some accounts or states is gone",
        "Values that were refused may be taken.",
        "Nothing to do.",
        "old: conditions: [{ when: …, then: … }]";
    SPECIAL_ADDED: "request-parameter-special-added" / "request-parameter-special-removed",
        None Risky Patch,
        "A value has a meaning of its own",
        "Who sends it for what it looks like gets something else.",
        "Say it in the release notes.",
        "new: special: { '0': never }";
    SPECIAL_REMOVED: "request-parameter-special-removed" / "request-parameter-special-added",
        None Risky Patch,
        "A value has no meaning of its own any more",
        "Who sends it for its meaning gets something else.",
        "Say it in the release notes.",
        "old: special: { '0': never }";
    SPECIAL_CHANGED: "request-parameter-special-changed" / "request-parameter-special-changed",
        None Risky Patch,
        "A value has another meaning of its own",
        "Who sends it for its meaning may get something else.",
        "Read both texts: a new wording alone is harmless.",
        "old: special: { '0': never }\nnew: special: { '0': at once }";
    FORMAT_ADDED: "request-format-added" / "request-format-removed", None Risky Patch,
        "A format in words is documented",
        "Values in another format may be refused; nothing is checked before sending.",
        "Find out whether the cloud changed or the page.",
        "new: Phone: { format: COUNTRY-NUMBER }";
    FORMAT_CHANGED: "request-format-changed" / "request-format-changed", None Risky Patch,
        "The format in words is another",
        "Values in the old format may be refused.",
        "Find out whether the cloud changed or the page.",
        "old: { format: RFC 3339 }\nnew: { format: seconds since 1970 }";
    FORMAT_REMOVED: "request-format-removed" / "request-format-added",
        None Compatible Patch,
        "No format is documented any more",
        "Nothing that worked changes.",
        "Find out whether it is gone or only untold.",
        "old: Phone: { format: COUNTRY-NUMBER }";
}
