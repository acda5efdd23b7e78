//! Texts and evidence.

use super::Case;

macro_rules! rows {
    ($($there:literal / $back:literal: $file:literal, $from:literal => $to:literal;)+) => {
        &[$(Case { edits: &[($file, $from, $to)], there: $there, back: $back }),+]
    };
}

pub(super) const CASES: &[Case] = rows! {
    "title-changed --- patch" / "title-changed --- patch":
        "service", "title: Book Store" => "title: Books";
    "summary-changed --- patch" / "summary-changed --- patch":
        "PutBook", "Puts a book on a shelf." => "Stores a book.";
    "description-changed --- patch" / "description-changed --- patch":
        "PutBook", "doc: Its title." => "doc: The title.";
    "description-changed --- patch" / "description-changed --- patch":
        "PutBook", "doc: It takes a while.\n" => "";
    "deprecation-note-changed --- patch" / "deprecation-note-changed --- patch":
        "GetBook", "use FindBook" => "use SeekBook";
    "example-added --- patch" / "example-removed --- patch":
        "PutBook", "history:" => "  - { title: Two, request: { Title: Dew, Place: there } }\nhistory:";
    "example-changed --- patch" / "example-changed --- patch":
        "PutBook", "Title: Mist" => "Title: Dew";
    "example-changed --- patch" / "example-changed --- patch":
        "PutBook", "example: never" => "example: soon";
    "source-changed --- patch" / "source-changed --- patch":
        "PutBook", "transcribed: 2026-01-01" => "transcribed: 2026-02-01";
    "provenance-weakened --- patch" / "provenance-strengthened --- patch":
        "PutBook", "transcribed: 2026-01-01" => "transcribed: 2026-01-01, official: false";
    "written-type-changed --- none" / "written-type-changed --- none":
        "PutBook", "written: String" => "written: string";
    "pattern-samples-changed --- none" / "pattern-samples-changed --- none":
        "PutBook", "matches: [a1]" => "matches: [a1, b2]";
    "history-appended --- none" / "history-changed --- none":
        "PutBook", "history:\n" => "history:\n  - { date: 2026-01-01, changes: [Keys came.] }\n";
    "erratum-added --- none" / "erratum-resolved --- none":
        "PutBook", "errata:\n" => "errata:\n  - { at: request.Note, page: number, why: It is a text., evidence: The page's sample. }\n";
    "erratum-changed --- none" / "erratum-changed --- none":
        "PutBook", "why: It is a text." => "why: It holds letters.";
    "gap-added --- none" / "gap-resolved --- none":
        "PutBook", "gaps:\n" => "gaps:\n  - { at: request.Note, why: It is not told. }\n";
    "gap-changed --- none" / "gap-changed --- none":
        "PutBook", "It is not told what they are." => "Nobody tells what they are.";
    "note-added --- none" / "note-removed --- none":
        "PutBook", "notes:\n" => "notes:\n  - { at: request.Note, note: It is short. }\n";
    "note-changed --- none" / "note-changed --- none":
        "PutBook", "As on the book." => "As on its back.";
};
