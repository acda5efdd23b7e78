//! Texts and evidence.

use crate::diff::rule::changes;

changes! {
    Documentation;
    TITLE: "title-changed" / "title-changed", None None Patch,
        "A provider or service has another name for people",
        "Only docs change.", "Nothing to do.",
        "old: title: Book Store\nnew: title: Books";
    SUMMARY: "summary-changed" / "summary-changed", None None Patch,
        "An operation is summed up in other words",
        "Only docs change; read both, the operation may do something else.", "Nothing to do.",
        "old: summary: Puts a book.\nnew: summary: Stores a book.";
    DESCRIPTION: "description-changed" / "description-changed", None None Patch,
        "Something is described in other words",
        "Only docs change; read both, the meaning may be another.", "Nothing to do.",
        "old: doc: Its title.\nnew: doc: The title of the book.";
    DEPRECATION_NOTE: "deprecation-note-changed" / "deprecation-note-changed", None None Patch,
        "What is said about something deprecated is another",
        "Only the compiler's warning changes.", "Nothing to do.",
        "old: deprecated: use A\nnew: deprecated: use B";
    EXAMPLE_ADDED: "example-added" / "example-removed", None None Patch,
        "A sample is new",
        "Only docs and examples change.", "Nothing to do.",
        "new: examples: [{ request: { Title: Mist } }]";
    EXAMPLE_REMOVED: "example-removed" / "example-added", None None Patch,
        "A sample is gone",
        "Only docs and examples change.", "Nothing to do.",
        "old: examples: [{ request: { Title: Mist } }]";
    EXAMPLE_CHANGED: "example-changed" / "example-changed", None None Patch,
        "A sample or an example value is another",
        "Only docs and examples change.", "Nothing to do.",
        "old: example: Mist\nnew: example: Dew";
    SOURCE: "source-changed" / "source-changed", None None Patch,
        "The page that a spec transcribes is another, or was read again",
        "Only docs change.", "Nothing to do.",
        "old: transcribed: 2026-01-01\nnew: transcribed: 2026-11-22";
    WEAKENED: "provenance-weakened" / "provenance-strengthened", None None Patch,
        "The page is a copy on a site that is not the provider's",
        "What the spec says stands on weaker ground.",
        "Compare it with an official source.",
        "new: official: false";
    STRENGTHENED: "provenance-strengthened" / "provenance-weakened", None None Patch,
        "The page is the provider's own",
        "What the spec says stands on firmer ground.", "Nothing to do.",
        "old: official: false";
    WRITTEN: "written-type-changed" / "written-type-changed", None None None,
        "The page writes a type in another way",
        "Nothing changes but the record.", "Nothing to do.",
        "old: written: Integer\nnew: written: Long";
    SAMPLES: "pattern-samples-changed" / "pattern-samples-changed", None None None,
        "The texts that prove a pattern are others",
        "Nothing changes but what is tested.", "Nothing to do.",
        "old: matches: [a]\nnew: matches: [a, b]";
    HISTORY_APPENDED: "history-appended" / "history-changed", None None None,
        "The page's change history has new entries",
        "The provider says that something changed: see that the spec has it.",
        "Compare the entries with the other findings.",
        "new: history: [{ date: 2026-03-01, changes: [Shelf came.] }]";
    HISTORY_CHANGED: "history-changed" / "history-changed", None None None,
        "The page's change history was rewritten",
        "Nothing changes but the record.", "Nothing to do.",
        "old: history: [{ date: 2026-03-01, changes: [Shelf came.] }]";
    ERRATUM_ADDED: "erratum-added" / "erratum-resolved", None None None,
        "A mistake of the page is recorded",
        "A change at the same place comes from it, not from the API.", "Nothing to do.",
        "new: errata: [{ at: request.Title.pattern, why: …, evidence: … }]";
    ERRATUM_CHANGED: "erratum-changed" / "erratum-changed", None None None,
        "A mistake of the page is recorded in another way",
        "A change at the same place comes from it, not from the API.", "Nothing to do.",
        "old: { at: request.Title, why: … }\nnew: { at: request.Title, why: …, evidence: … }";
    ERRATUM_RESOLVED: "erratum-resolved" / "erratum-added", None None None,
        "A mistake of the page is no longer recorded",
        "The page was mended, or it was none.", "See that the spec says what the page says.",
        "old: errata: [{ at: request.Title.pattern, why: …, evidence: … }]";
    GAP_ADDED: "gap-added" / "gap-resolved", None None None,
        "Something that the page does not tell is recorded",
        "Nothing changes but the record.", "Nothing to do.",
        "new: gaps: [{ at: rate_limit, why: … }]";
    GAP_CHANGED: "gap-changed" / "gap-changed", None None None,
        "Something that the page does not tell is recorded in other words",
        "Nothing changes but the record.", "Nothing to do.",
        "old: { at: rate_limit, why: … }\nnew: { at: rate_limit, why: … }";
    GAP_RESOLVED: "gap-resolved" / "gap-added", None None None,
        "Something that was not told is told now",
        "A change at the same place comes from it.", "Nothing to do.",
        "old: gaps: [{ at: rate_limit, why: … }]";
    NOTE_ADDED: "note-added" / "note-removed", None None None,
        "A note is new",
        "Nothing changes but the record.", "Nothing to do.",
        "new: notes: [{ at: request, note: … }]";
    NOTE_CHANGED: "note-changed" / "note-changed", None None None,
        "A note has other words",
        "Nothing changes but the record.", "Nothing to do.",
        "old: { at: request, note: … }\nnew: { at: request, note: … }";
    NOTE_REMOVED: "note-removed" / "note-added", None None None,
        "A note is gone",
        "Nothing changes but the record.", "Nothing to do.",
        "old: notes: [{ at: request, note: … }]";
}
