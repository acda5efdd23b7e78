//! Known values.

use super::Case;

macro_rules! rows {
    ($($there:literal / $back:literal: $from:literal => $to:literal;)+) => {
        &[$(Case { edits: &[("PutBook", $from, $to)], there: $there, back: $back }),+]
    };
}

pub(super) const CASES: &[Case] = rows! {
    "request-enum-value-added cc- minor" / "request-enum-value-removed bb- major":
        "{ value: desc }" => "{ value: desc }, { value: none }";
    "request-enum-value-deprecated rc- minor" / "request-enum-value-undeprecated c-- patch":
        "{ value: desc }" => "{ value: desc, deprecated: use asc }";
    "response-enum-value-added ccr minor" / "response-enum-value-removed cbr major":
        "{ value: high }" => "{ value: high }, { value: top }";
    "response-enum-value-deprecated -c- minor" / "response-enum-value-undeprecated --- patch":
        "{ value: high }" => "{ value: high, deprecated: it no longer comes }";
    "enum-value-wire-value-changed b-- major" / "enum-value-wire-value-changed b-- major":
        "value: 11, name: Poem" => "value: 12, name: Poem";
    "enum-value-rust-name-changed -b- major" / "enum-value-rust-name-changed -b- major":
        "value: 11, name: Poem" => "value: 11, name: Verse";
    "enum-rust-name-changed -b- major" / "enum-rust-name-changed -b- major":
        "Order: { type: string" => "Order: { type: string, enum_name: SortOrder";
    "enum-order-changed --- patch" / "enum-order-changed --- patch":
        "[{ value: low }, { value: high }]" => "[{ value: high }, { value: low }]";
    "enum-value-meaning-changed --- patch" / "enum-value-meaning-changed --- patch":
        "meaning: Up." => "meaning: Upwards.";
    "boolean-meaning-changed --- patch" / "boolean-meaning-changed --- patch":
        "meaning: Loud." => "meaning: Very loud.";
    "request-parameter-became-enum rb- major" / "request-parameter-stopped-being-enum cb- major":
        "Shelf: { type: string" => "Shelf: { type: string, enum: [{ value: top }]";
    "response-field-stopped-being-enum -b- major" / "response-field-became-enum -b- major":
        "Level: { type: string, enum: [{ value: low }, { value: high }]" => "Level: { type: string";
};
