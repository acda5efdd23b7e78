//! Operations as a whole, and the names and shapes of structures.

use super::Case;

const FIND: &str = "operation: FindBook\nsummary: Finds a book.\nsource: { title: FindBook, language: en, transcribed: 2026-01-01 }\nretry: safe\nrequest:\n  Title: { type: string, required: true, doc: Its title. }\n";
const FIND_ORDERED: &str = "operation: FindBook\nsummary: Finds a book.\nsource: { title: FindBook, language: en, transcribed: 2026-01-01 }\nretry: safe\nrequest:\n  Order: { type: string, enum: [{ value: up }], doc: The order. }\n";
const ONE_MORE: &str = "types:\n  Other:\n    Head: { type: string, doc: Its head. }\n    Pages: { type: int32, doc: How many. }\n  Chapter:";

const PAGES: &str =
    "pagination: { style: page, at: Number, size: Size, items: Shelves, total: Count }\n";
const WAITER: &str = "waiter: { operation: PutBook, interval_ms: 5000, attempts: 10 }\n";

pub(super) const CASES: &[Case] = &[
    Case {
        edits: &[("FindBook", "", FIND)],
        there: "operation-added -c- minor",
        back: "operation-removed bb- major",
    },
    // The short path `store::Order` leads to two types then.
    Case {
        edits: &[("FindBook", "", FIND_ORDERED)],
        there: "operation-added -b- major",
        back: "operation-removed bb- major",
    },
    Case {
        edits: &[("GetBook", "", "-")],
        there: "operation-removed-after-deprecation bb- major + struct-direction-changed",
        back: "operation-added -c- minor + struct-direction-changed",
    },
    Case {
        edits: &[("GetBook", PAGES, "")],
        there: "operation-pagination-removed -b- major",
        back: "operation-pagination-added -c- minor",
    },
    Case {
        edits: &[("GetBook", ", total: Count }", ", total: Count, first: 0 }")],
        there: "operation-pagination-changed --r patch",
        back: "operation-pagination-changed --r patch",
    },
    Case {
        edits: &[("GetBook", ", size: Size", "")],
        there: "operation-pagination-changed --r patch",
        back: "operation-pagination-changed --r patch",
    },
    Case {
        edits: &[("GetBook", WAITER, "")],
        there: "operation-waiter-removed -b- major",
        back: "operation-waiter-added -c- minor",
    },
    Case {
        edits: &[("GetBook", "interval_ms: 5000", "interval_ms: 3000")],
        there: "operation-waiter-changed --c patch",
        back: "operation-waiter-changed --c patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "retry: unsafe",
            "retry: unsafe\ndeprecated: use StoreBook",
        )],
        there: "operation-deprecated -c- minor",
        back: "operation-undeprecated --- patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "retry: unsafe",
            "retry: unsafe\nhttp: { method: PUT }",
        )],
        there: "operation-method-changed b-- major",
        back: "operation-method-changed b-- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "retry: unsafe",
            "retry: unsafe\nhttp: { path: /books }",
        )],
        there: "operation-path-changed b-- major",
        back: "operation-path-changed b-- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "retry: unsafe",
            "retry: unsafe\nhttp: { host: files.acme.example }",
        )],
        there: "operation-host-changed b-- major",
        back: "operation-host-changed b-- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "retry: unsafe",
            "retry: unsafe\nhttp: { content_type: application/merge-patch+json }",
        )],
        there: "operation-content-type-changed b-- major",
        back: "operation-content-type-changed b-- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "retry: unsafe",
            "retry: unsafe\ngated: it speaks in riddles",
        )],
        there: "operation-gated -b- major + struct-direction-changed",
        back: "operation-ungated -c- minor + struct-direction-changed",
    },
    Case {
        edits: &[("PutBook", "retry: unsafe", "retry: safe")],
        there: "operation-idempotency-added --r patch",
        back: "operation-idempotency-removed --r patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "rate_limit: { requests: 20, per: second, scope: account }\n",
            "",
        )],
        there: "operation-rate-limit-removed --c patch",
        back: "operation-rate-limit-added --r patch",
    },
    Case {
        edits: &[("PutBook", "requests: 20", "requests: 10")],
        there: "operation-rate-limit-decreased --r patch",
        back: "operation-rate-limit-increased --c patch",
    },
    Case {
        edits: &[("PutBook", "scope: account", "scope: user")],
        there: "operation-rate-limit-scope-changed --c patch",
        back: "operation-rate-limit-scope-changed --c patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "permission: { action: \"store:PutBook\", resource: \"*\", access_level: write }\n",
            "",
        )],
        there: "operation-permission-removed --c patch",
        back: "operation-permission-added --r patch",
    },
    Case {
        edits: &[("PutBook", "\"store:PutBook\"", "\"store:WriteBook\"")],
        there: "operation-permission-changed --r patch",
        back: "operation-permission-changed --r patch",
    },
    Case {
        edits: &[("PutBook", "resource: \"*\"", "resource: \"acme:book/*\"")],
        there: "operation-permission-resource-changed --r patch",
        back: "operation-permission-resource-changed --r patch",
    },
    Case {
        edits: &[("PutBook", "access_level: write", "access_level: read")],
        there: "operation-access-level-changed --c patch",
        back: "operation-access-level-changed --c patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "access_level: write",
            "access_level: write, condition_keys: [\"acme:Ip\"]",
        )],
        there: "operation-condition-keys-changed --c patch",
        back: "operation-condition-keys-changed --c patch",
    },
    Case {
        edits: &[(
            "PutBook",
            "access_level: write",
            "access_level: write, dependent_actions: [\"store:Get\"]",
        )],
        there: "operation-dependent-actions-changed --r patch",
        back: "operation-dependent-actions-changed --r patch",
    },
    Case {
        edits: &[
            ("PutBook", "types:\n  Chapter:", "types:\n  Part:"),
            (
                "PutBook",
                "{ type: Chapter, doc: The first",
                "{ type: Part, doc: The first",
            ),
            (
                "PutBook",
                "{ type: Chapter, doc: The last",
                "{ type: Part, doc: The last",
            ),
        ],
        there: "struct-renamed -b- major",
        back: "struct-renamed -b- major",
    },
    Case {
        edits: &[
            ("PutBook", "types:\n  Chapter:", ONE_MORE),
            (
                "PutBook",
                "{ type: Chapter, doc: The last",
                "{ type: Other, doc: The last",
            ),
        ],
        there: "struct-split -b- major + struct-renamed",
        back: "struct-merged -b- major + struct-renamed",
    },
    Case {
        edits: &[
            (
                "PutBook",
                "types:\n  Chapter:\n    Head: { type: string, doc: Its head. }\n    Pages: { type: int32, doc: How many. }\n",
                "",
            ),
            (
                "types",
                "",
                "  Chapter:\n    Head: { type: string, doc: Its head. }\n    Pages: { type: int32, doc: How many. }\n",
            ),
        ],
        there: "struct-moved -b- major",
        back: "struct-moved -b- major",
    },
    Case {
        edits: &[(
            "PutBook",
            "  Names: { type",
            "  Middle: { type: Chapter, doc: The middle. }\n  Names: { type",
        )],
        there: "struct-direction-changed -c- minor + response-field-added",
        back: "struct-direction-changed -b- major + response-field-removed",
    },
];
