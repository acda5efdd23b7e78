//! What is sent.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        edits: &[(
            "PutBook",
            "  Shelf: {",
            "  Room: { type: string, doc: Its room. }\n  Shelf: {",
        )],
        there: "request-parameter-added-optional -c- minor",
        back: "request-parameter-removed bbr major",
    },
    Case {
        edits: &[(
            "PutBook",
            "  Shelf: {",
            "  Room: { type: string, required: true, doc: Its room. }\n  Shelf: {",
        )],
        there: "request-parameter-added-required bbb major",
        back: "request-parameter-removed bbr major",
    },
    Case {
        edits: &[(
            "PutBook",
            "  Old: { type: string, deprecated: use Shelf, doc: The old shelf. }\n",
            "",
        )],
        there: "request-parameter-removed-after-deprecation bbr major",
        back: "request-parameter-added-optional -c- minor",
    },
    Case {
        edits: &[(
            "PutBook",
            "Shelf: { type: string,",
            "Shelf: { type: string, required: true,",
        )],
        there: "request-parameter-became-required bbb major",
        back: "request-parameter-became-optional cbc major",
    },
    Case {
        edits: &[("PutBook", "Shelf: { type: string", "Shelf: { type: boolean")],
        there: "request-parameter-type-changed bb- major",
        back: "request-parameter-type-changed bb- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "Shelf: { type: string",
            "Shelf: { type: timestamp",
        )],
        there: "request-parameter-type-changed rb- major",
        back: "request-parameter-type-changed rb- major",
    },
    Case {
        edits: &[("PutBook", "Count: { type: int32", "Count: { type: int64")],
        there: "request-parameter-type-widened cb- major",
        back: "request-parameter-type-narrowed bb- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "Shelf: { type: string",
            "Shelf: { type: array, items: { type: string }",
        )],
        there: "request-parameter-became-list bb- major",
        back: "request-parameter-became-scalar bb- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "  Digest: { type: string",
            "  Hash: { type: string, rust_name: digest, renamed_from: Digest",
        )],
        there: "request-parameter-wire-name-changed b-- major",
        back: "request-parameter-wire-name-changed b-- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "  Note: { type: string",
            "  Text: { type: string, renamed_from: Note",
        )],
        there: "request-parameter-wire-name-changed bb- major",
        back: "request-parameter-wire-name-changed bb- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "Shelf: { type: string",
            "Shelf: { type: string, rust_name: rack",
        )],
        there: "request-parameter-rust-name-changed -b- major",
        back: "request-parameter-rust-name-changed -b- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "Shelf: { type: string",
            "Shelf: { type: string, in: header",
        )],
        there: "request-parameter-location-changed b-- major",
        back: "request-parameter-location-changed b-- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "Tags: { type: array,",
            "Tags: { type: array, in: query, style: json,",
        )],
        there: "request-parameter-encoding-changed b-- major + request-parameter-location-changed",
        back: "request-parameter-encoding-changed b-- major + request-parameter-location-changed",
    },
    Case {
        edits: &[(
            "PutBook",
            "Shelf: { type: string",
            "Shelf: { type: string, default: a",
        )],
        there: "request-parameter-default-added --r patch",
        back: "request-parameter-default-removed --r patch",
    },
    Case {
        edits: &[("PutBook", "default: never", "default: soon")],
        there: "request-parameter-default-changed --r patch",
        back: "request-parameter-default-changed --r patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "Shelf: { type: string",
            "Shelf: { type: string, deprecated: use Place",
        )],
        there: "request-parameter-deprecated -c- minor",
        back: "request-parameter-undeprecated --- patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "Shelf: { type: string",
            "Shelf: { type: string, sensitive: true",
        )],
        there: "request-parameter-sensitivity-added -bc major",
        back: "request-parameter-sensitivity-removed -br major",
    },
    Case {
        edits: &[
            (
                "PutBook",
                "  Keys: { type: string, separator: ',', max_items: 3, doc: Its keys. }\n",
                "",
            ),
            (
                "PutBook",
                "  Tags:",
                "  Keys: { type: string, separator: ',', max_items: 3, doc: Its keys. }\n  Tags:",
            ),
        ],
        there: "request-parameter-order-changed c-- patch",
        back: "request-parameter-order-changed c-- patch",
    },
    // The arguments of `new` have one type and change places: that compiles.
    Case {
        edits: &[
            (
                "PutBook",
                "  Title: { type: string, required: true, doc: Its title. }\n",
                "",
            ),
            (
                "PutBook",
                "  Shelf: {",
                "  Title: { type: string, required: true, doc: Its title. }\n  Shelf: {",
            ),
        ],
        there: "request-parameter-order-changed crb major",
        back: "request-parameter-order-changed crb major",
    },
    Case {
        edits: &[(
            "PutBook",
            "Shelf: { type: string",
            "Shelf: { type: string, conditions: [{ when: it is old, then: it is long }]",
        )],
        there: "request-parameter-condition-added --r patch",
        back: "request-parameter-condition-removed --c patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "special: { never: No end. }, default",
            "special: { never: No end., now: At once. }, default",
        )],
        there: "request-parameter-special-added --r patch",
        back: "request-parameter-special-removed --r patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "special: { never: No end. }, default",
            "special: { never: Without end. }, default",
        )],
        there: "request-parameter-special-changed --r patch",
        back: "request-parameter-special-changed --r patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "Shelf: { type: string",
            "Shelf: { type: string, format: ROOM-SHELF",
        )],
        there: "request-format-added --r patch",
        back: "request-format-removed --c patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "written: String, format: a day",
            "written: String, format: a date",
        )],
        there: "request-format-changed --r patch",
        back: "request-format-changed --r patch",
    },
    // All members are optional then: the request has a default.
    Case {
        edits: &[(
            "GetBook",
            "Title: { type: string, required: true,",
            "Title: { type: string,",
        )],
        there: "request-parameter-became-optional cbc major",
        back: "request-parameter-became-required bbb major",
    },
];
