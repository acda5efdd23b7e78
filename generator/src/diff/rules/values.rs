//! Known values. Enumerations are open: a value that is not listed is kept and sent.

use crate::diff::rule::changes;

changes! {
    Enum;
    REQUEST_ADDED: "request-enum-value-added" / "request-enum-value-removed",
        Compatible None Patch,
        "A value may be sent that was not listed",
        "A variant comes; nothing changes for who does not use it.",
        "Nothing to do.",
        "new: enum: [{ value: a }, { value: b }]";
    REQUEST_REMOVED: "request-enum-value-removed" / "request-enum-value-added",
        Breaking None Patch,
        "A value that could be sent is not listed any more",
        "The cloud may refuse it; its variant is gone.",
        "Keep it with `deprecated` instead: that is a minor change.",
        "old: enum: [{ value: a }, { value: b }]";
    REQUEST_DEPRECATED: "request-enum-value-deprecated" / "request-enum-value-undeprecated",
        Risky None Patch,
        "A value that can be sent is advised against",
        "Uses compile with a warning; the cloud may refuse it one day.",
        "Say in the note what to use instead.",
        "new: { value: b, deprecated: use a }";
    REQUEST_UNDEPRECATED: "request-enum-value-undeprecated" / "request-enum-value-deprecated",
        Compatible None Patch,
        "A value that can be sent is not advised against any more",
        "The warning is gone.",
        "Nothing to do.",
        "old: { value: b, deprecated: use a }";
    RESPONSE_ADDED: "response-enum-value-added" / "response-enum-value-removed",
        Compatible Risky Patch,
        "A value may come back that was not listed",
        "What came as `Unknown` comes as a variant: code that compares the text of an unknown \
         value no longer meets it.",
        "Nothing to do.",
        "new: enum: [{ value: a }, { value: b }]";
    RESPONSE_REMOVED: "response-enum-value-removed" / "response-enum-value-added",
        Compatible Risky Patch,
        "A value that could come back is not listed any more",
        "Its variant is gone; where the cloud sends it all the same, it comes as `Unknown`.",
        "Keep it with `deprecated` instead: that is a minor change.",
        "old: enum: [{ value: a }, { value: b }]";
    RESPONSE_DEPRECATED: "response-enum-value-deprecated" / "response-enum-value-undeprecated",
        None None Patch,
        "A value that comes back is advised against",
        "Uses compile with a warning.",
        "Say in the note since when it does not come.",
        "new: { value: b, deprecated: it no longer comes }";
    RESPONSE_UNDEPRECATED: "response-enum-value-undeprecated" / "response-enum-value-deprecated",
        None None Patch,
        "A value that comes back is not advised against any more",
        "The warning is gone.",
        "Nothing to do.",
        "old: { value: b, deprecated: it no longer comes }";
    WIRE_VALUE: "enum-value-wire-value-changed" / "enum-value-wire-value-changed",
        Breaking None Patch,
        "A variant stands for another value on the wire",
        "Code compiles and sends, or looks for, something else.",
        "Where the cloud knows both, keep the old value with a name of its own.",
        "old: { value: '0', name: Denied }\nnew: { value: 'no', name: Denied }";
    RUST_NAME: "enum-value-rust-name-changed" / "enum-value-rust-name-changed",
        None None Patch,
        "A value has another name in Rust",
        "Every use of the variant stops compiling.",
        "Keep the old `name`.",
        "old: { value: 0, name: Denied }\nnew: { value: 0, name: Refused }";
    ENUM_RENAMED: "enum-rust-name-changed" / "enum-rust-name-changed", None None Patch,
        "An enumeration has another name in Rust",
        "Every use of the type by its name stops compiling.",
        "Keep the old `enum_name`.",
        "old: Order: { enum_name: Order }\nnew: Order: { enum_name: SortOrder }";
    ORDER: "enum-order-changed" / "enum-order-changed", None None Patch,
        "The values stand in another order",
        "Nothing depends on it but the docs.",
        "Nothing to do.",
        "old: [{ value: a }, { value: b }]\nnew: [{ value: b }, { value: a }]";
    MEANING: "enum-value-meaning-changed" / "enum-value-meaning-changed", None None Patch,
        "The meaning of a value is told in other words",
        "Read both: a new wording is harmless, a new meaning is not.",
        "Where the meaning changed, say it in the release notes.",
        "old: { value: a, meaning: Ascending. }\nnew: { value: a, meaning: Up. }";
    BOOLEAN: "boolean-meaning-changed" / "boolean-meaning-changed", None None Patch,
        "What true or false means is told in other words",
        "Read both: a new wording is harmless, a new meaning is not.",
        "Where the meaning changed, say it in the release notes.",
        "old: { value: true, meaning: Shown. }\nnew: { value: true, meaning: Hidden. }";
    REQUEST_BECAME: "request-parameter-became-enum" / "request-parameter-stopped-being-enum",
        Risky None Patch,
        "A request parameter has known values",
        "The field has a type of its own. Other values are still sent, and may be refused.",
        "Release a major version: the field changes.",
        "old: Order: { type: string }\nnew: Order: { type: string, enum: [{ value: asc }] }";
    REQUEST_STOPPED: "request-parameter-stopped-being-enum" / "request-parameter-became-enum",
        Compatible None Patch,
        "A request parameter has no known values any more",
        "The field is a plain text or number; every use of the variants stops compiling.",
        "Keep the values where they are still right.",
        "old: Order: { type: string, enum: [{ value: asc }] }\nnew: Order: { type: string }";
    RESPONSE_BECAME: "response-field-became-enum" / "response-field-stopped-being-enum",
        None None Patch,
        "A response field has known values",
        "The field has a type of its own.",
        "Release a major version: the field changes.",
        "old: Order: { type: string }\nnew: Order: { type: string, enum: [{ value: asc }] }";
    RESPONSE_STOPPED: "response-field-stopped-being-enum" / "response-field-became-enum",
        None None Patch,
        "A response field has no known values any more",
        "The field is a plain text or number; every use of the variants stops compiling.",
        "Keep the values where they are still right.",
        "old: Order: { type: string, enum: [{ value: asc }] }\nnew: Order: { type: string }";
}
