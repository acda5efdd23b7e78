//! What comes back.

use super::Case;

macro_rules! rows {
    ($($there:literal / $back:literal: $from:literal => $to:literal;)+) => {
        &[$(Case { edits: &[("PutBook", $from, $to)], there: $there, back: $back }),+]
    };
}

pub(super) const CASES: &[Case] = rows! {
    "response-field-added -c- minor" / "response-field-removed bbr major":
        "  Left: {" => "  Room: { type: string, doc: Its room. }\n  Left: {";
    "response-field-removed-after-deprecation bbr major" / "response-field-added -c- minor":
        "  Rack: { type: string, deprecated: use Level, doc: The rack. }\n" => "";
    "response-field-became-required cb- major" / "response-field-became-optional rb- major":
        "Left: { type: int64" => "Left: { type: int64, required: true";
    "response-field-became-required c-- patch" / "response-field-became-optional r-- patch":
        "Names: { type: array" => "Names: { type: array, required: true";
    "response-field-type-changed bb- major" / "response-field-type-changed bb- major":
        "Left: { type: int64" => "Left: { type: string";
    "response-field-type-widened bb- major" / "response-field-type-narrowed cb- major":
        "Total: { type: int32" => "Total: { type: int64";
    "response-field-became-list bb- major" / "response-field-became-scalar bb- major":
        "Left: { type: int64" => "Left: { type: array, items: { type: int64 }";
    "response-field-wire-name-changed bb- major" / "response-field-wire-name-changed bb- major":
        "  Left: { type: int64" => "  Rest: { type: int64, renamed_from: Left";
    "response-field-rust-name-changed -b- major" / "response-field-rust-name-changed -b- major":
        "Left: { type: int64" => "Left: { type: int64, rust_name: rest";
    "response-field-location-changed b-- major" / "response-field-location-changed b-- major":
        "Left: { type: int64" => "Left: { type: int64, in: header";
    "response-field-deprecated -c- minor" / "response-field-undeprecated --- patch":
        "Left: { type: int64" => "Left: { type: int64, deprecated: use Total";
    "response-field-sensitivity-removed -br major" / "response-field-sensitivity-added -bc major":
        "max_length: 64, sensitive: true" => "max_length: 64";
    "response-field-order-changed --- patch" / "response-field-order-changed --- patch":
        "  Total: { type: int32, required: true, doc: How many there are. }\n  Left: { type: int64, doc: How many are left. }\n" =>
        "  Left: { type: int64, doc: How many are left. }\n  Total: { type: int32, required: true, doc: How many there are. }\n";
    "response-constraint-loosened r-- patch" / "response-constraint-tightened c-- patch":
        "max_length: 64, sensitive: true" => "max_length: 65, sensitive: true";
    "response-field-default-changed --r patch" / "response-field-default-changed --r patch":
        "Left: { type: int64" => "Left: { type: int64, default: 1";
    "response-field-conditions-changed --c patch" / "response-field-conditions-changed --c patch":
        "Left: { type: int64" => "Left: { type: int64, conditions: [{ when: it is old, then: it is 0 }]";
    "response-field-special-changed --r patch" / "response-field-special-changed --r patch":
        "special: { never: No end. }, doc: The day" => "special: { never: Without end. }, doc: The day";
    "response-format-changed --r patch" / "response-format-changed --r patch":
        "Day: { type: string, format: a day" => "Day: { type: string, format: a date";
};
