//! Error codes. Lists of codes are open: a code that is not listed is kept.

use crate::diff::rule::changes;

changes! {
    Error;
    ADDED: "error-code-added" / "error-code-removed", Compatible Compatible Patch,
        "An operation documents one more error code",
        "What came as `Unknown` comes as a variant: code that compares the text of an unknown \
         code no longer meets it.",
        "Nothing to do.",
        "new: errors: [{ code: BookNotFound }]";
    REMOVED: "error-code-removed" / "error-code-added", Compatible Risky Patch,
        "An operation does not document an error code any more",
        "Its variant is gone; where the cloud sends it all the same, it comes as `Unknown`.",
        "Keep it with `deprecated` instead: that is a minor change.",
        "old: errors: [{ code: BookNotFound }]";
    REMOVED_DEPRECATED: "error-code-removed-after-deprecation" / "error-code-added",
        Compatible Risky Patch,
        "An error code that was deprecated is gone",
        "Callers were told; every use that is left stops compiling all the same.",
        "Release a major version.",
        "old: { code: BookNotFound, deprecated: it no longer comes }";
    DEPRECATED: "error-code-deprecated" / "error-code-undeprecated", None None Patch,
        "An error code is advised against",
        "Uses compile with a warning.",
        "Say in the note since when it does not come.",
        "new: { code: BookNotFound, deprecated: it no longer comes }";
    UNDEPRECATED: "error-code-undeprecated" / "error-code-deprecated", None None Patch,
        "An error code is not advised against any more",
        "The warning is gone.",
        "Nothing to do.",
        "old: { code: BookNotFound, deprecated: it no longer comes }";
    RUST_NAME: "error-code-rust-name-changed" / "error-code-rust-name-changed",
        None None Patch,
        "An error code has another name in Rust",
        "Every use of the variant stops compiling.",
        "Keep the old `name`.",
        "old: { code: Gone, name: Gone }\nnew: { code: Gone, name: BookGone }";
    STATUS_ADDED: "error-http-status-added" / "error-http-status-removed",
        None None Patch,
        "The HTTP status of an error code is documented",
        "Nothing changes but what is known.",
        "Nothing to do.",
        "old: { code: Gone }\nnew: { code: Gone, status: 404 }";
    STATUS_REMOVED: "error-http-status-removed" / "error-http-status-added",
        None None Patch,
        "The HTTP status of an error code is not documented any more",
        "Nothing changes but what is known.",
        "Find out whether it changed or is only untold.",
        "old: { code: Gone, status: 404 }\nnew: { code: Gone }";
    STATUS_CHANGED: "error-http-status-changed" / "error-http-status-changed",
        Risky Risky Patch,
        "An error code comes with another HTTP status",
        "Code that looks at the status, and what is tried again, may act differently.",
        "Say it in the release notes.",
        "old: { code: Gone, status: 404 }\nnew: { code: Gone, status: 410 }";
    MESSAGE: "error-message-changed" / "error-message-changed", None None Patch,
        "An error code comes with another message",
        "Code that compares messages instead of codes may miss it.",
        "Nothing to do.",
        "old: { message: No book. }\nnew: { message: No such book. }";
    TEMPLATE: "error-message-template-changed" / "error-message-template-changed",
        None Risky Patch,
        "The parts that the server fills into a message are others",
        "The values that are read from a message come in another number or place.",
        "Say it in the release notes.",
        "old: { message: 'No %s.' }\nnew: { message: 'No %s on %s.' }";
    MEANING: "error-meaning-changed" / "error-meaning-changed", None None Patch,
        "The meaning of an error code is told in other words",
        "Read both: a new wording is harmless.",
        "Nothing to do.",
        "old: { doc: It is gone. }\nnew: { doc: It was removed. }";
    ORDER: "error-order-changed" / "error-order-changed", None None Patch,
        "The error codes stand in another order",
        "Nothing depends on it but the docs.",
        "Nothing to do.",
        "old: [{ code: A }, { code: B }]\nnew: [{ code: B }, { code: A }]";
    STATUS_ENTRY_ADDED: "error-status-entry-added" / "error-status-entry-removed",
        None None Patch,
        "What an HTTP status means is documented",
        "Nothing changes but what is known.",
        "Nothing to do.",
        "new: errors: [{ status: 404, doc: No such book. }]";
    STATUS_ENTRY_REMOVED: "error-status-entry-removed" / "error-status-entry-added",
        None None Patch,
        "What an HTTP status means is not documented any more",
        "Nothing changes but what is known.",
        "Nothing to do.",
        "old: errors: [{ status: 404, doc: No such book. }]";
    COMMON_ADDED: "common-error-added" / "common-error-removed", None None Patch,
        "Any operation of a provider may answer with one more error",
        "It comes as `Unknown`, as before: common errors have no variants.",
        "Nothing to do.",
        "new: provider.yaml: errors: [{ code: Throttling }]";
    COMMON_REMOVED: "common-error-removed" / "common-error-added", None None Patch,
        "An error that any operation may answer with is not documented any more",
        "Nothing changes but what is known.",
        "Nothing to do.",
        "old: provider.yaml: errors: [{ code: Throttling }]";
    COMMON_CHANGED: "common-error-changed" / "common-error-changed", None None Patch,
        "An error that any operation may answer with is told in another way",
        "Nothing changes but what is known.",
        "Nothing to do.",
        "old: { code: Throttling }\nnew: { code: Throttling, status: 429 }";
}
