//! The rules that are checked before sending.

use super::Case;

macro_rules! rows {
    ($($there:literal / $back:literal: $from:literal => $to:literal;)+) => {
        &[$(Case { edits: &[("PutBook", $from, $to)], there: $there, back: $back }),+]
    };
}

pub(super) const CASES: &[Case] = rows! {
    "request-max-length-added b-b major" / "request-max-length-removed c-c patch":
        "Shelf: { type: string" => "Shelf: { type: string, max_length: 8";
    "request-max-length-decreased b-b major" / "request-max-length-increased c-c patch":
        "max_length: 64, doc: A note" => "max_length: 32, doc: A note";
    "request-min-length-added b-b major" / "request-min-length-removed c-c patch":
        "Shelf: { type: string" => "Shelf: { type: string, min_length: 3";
    "request-min-length-increased b-b major" / "request-min-length-decreased c-c patch":
        "min_length: 2" => "min_length: 3";
    "request-max-bytes-added b-b major" / "request-max-bytes-removed c-c patch":
        "Shelf: { type: string" => "Shelf: { type: string, max_bytes: 9";
    "request-max-bytes-decreased b-b major" / "request-max-bytes-increased c-c patch":
        "max_bytes: 64" => "max_bytes: 63";
    "request-maximum-removed c-c patch" / "request-maximum-added b-b major":
        "minimum: 1, maximum: 100" => "minimum: 1";
    "request-maximum-decreased b-b major" / "request-maximum-increased c-c patch":
        "maximum: 100" => "maximum: 99";
    "request-minimum-removed c-c patch" / "request-minimum-added b-b major":
        "minimum: 1, maximum: 100" => "maximum: 100";
    "request-minimum-increased b-b major" / "request-minimum-decreased c-c patch":
        "minimum: 1," => "minimum: 2,";
    "request-max-items-removed c-c patch" / "request-max-items-added b-b major":
        "min_items: 2, max_items: 10" => "min_items: 2";
    "request-max-items-decreased b-b major" / "request-max-items-increased c-c patch":
        "max_items: 10" => "max_items: 9";
    "request-max-items-decreased b-b major" / "request-max-items-increased c-c patch":
        "max_items: 3" => "max_items: 2";
    "request-min-items-removed c-c patch" / "request-min-items-added b-b major":
        "min_items: 2, max_items: 10" => "max_items: 10";
    "request-min-items-increased b-b major" / "request-min-items-decreased c-c patch":
        "min_items: 2" => "min_items: 3";
    "request-length-unit-changed b-b major" / "request-length-unit-changed b-b major":
        "max_bytes: 64" => "max_length: 64";
    "request-separator-changed b-b major" / "request-separator-changed b-b major":
        "separator: ','" => "separator: ';'";
    "request-pattern-added b-b major" / "request-pattern-removed c-c patch":
        "Shelf: { type: string" => "Shelf: { type: string, pattern: '^[a-z]+$'";
    "request-pattern-narrowed b-b major" / "request-pattern-widened c-c patch":
        "'^[a-z0-9]+$'" => "'^[a-z0-9]{2,}$'";
    "request-pattern-incomparable b-b major" / "request-pattern-incomparable b-b major":
        "'^[a-z0-9]+$'" => "'^[a-z0-9-]{2,}$'";
    "request-pattern-rewritten --- patch" / "request-pattern-rewritten --- patch":
        "'^[a-z0-9]+$'" => "'^[0-9a-z]{1,}$'";
    "request-pattern-undecided r-r patch" / "request-pattern-undecided r-r patch":
        "'^[a-z0-9]+$'" => "'^(a|b)*a(a|b){20}|[a-z0-9]+$'";
};
