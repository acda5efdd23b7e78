//! The rules that are checked before sending.

use crate::diff::rule::changes;

changes! {
    Constraint;
    MAX_LENGTH_ADDED: "request-max-length-added" / "request-max-length-removed", Breaking Breaking Patch,
        "A greatest length in characters is documented and enforced",
        "Values above it were taken and are refused now, before anything is sent.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "new: { max_length: 64 }";
    MAX_LENGTH_REMOVED: "request-max-length-removed" / "request-max-length-added", Compatible Compatible Patch,
        "No greatest length in characters is enforced any more",
        "Values above it are sent; the cloud decides.",
        "Nothing to do.",
        "old: { max_length: 64 }";
    MAX_LENGTH_DECREASED: "request-max-length-decreased" / "request-max-length-increased", Breaking Breaking Patch,
        "The greatest length in characters is lower",
        "Values between the two bounds were taken and are refused now.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "old: { max_length: 64 }\nnew: { max_length: 32 }";
    MAX_LENGTH_INCREASED: "request-max-length-increased" / "request-max-length-decreased", Compatible Compatible Patch,
        "The greatest length in characters is higher",
        "Values between the two bounds were refused and are sent now.",
        "Nothing to do.",
        "old: { max_length: 32 }\nnew: { max_length: 64 }";
    MIN_LENGTH_ADDED: "request-min-length-added" / "request-min-length-removed", Breaking Breaking Patch,
        "A least length in characters is documented and enforced",
        "Values below it were taken and are refused now, before anything is sent.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "new: { min_length: 8 }";
    MIN_LENGTH_REMOVED: "request-min-length-removed" / "request-min-length-added", Compatible Compatible Patch,
        "No least length in characters is enforced any more",
        "Values below it are sent; the cloud decides.",
        "Nothing to do.",
        "old: { min_length: 8 }";
    MIN_LENGTH_DECREASED: "request-min-length-decreased" / "request-min-length-increased", Compatible Compatible Patch,
        "The least length in characters is lower",
        "Values between the two bounds were refused and are sent now.",
        "Nothing to do.",
        "old: { min_length: 8 }\nnew: { min_length: 4 }";
    MIN_LENGTH_INCREASED: "request-min-length-increased" / "request-min-length-decreased", Breaking Breaking Patch,
        "The least length in characters is higher",
        "Values between the two bounds were taken and are refused now.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "old: { min_length: 4 }\nnew: { min_length: 8 }";
    MAX_BYTES_ADDED: "request-max-bytes-added" / "request-max-bytes-removed", Breaking Breaking Patch,
        "A greatest length in bytes is documented and enforced",
        "Values above it were taken and are refused now, before anything is sent.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "new: { max_bytes: 512 }";
    MAX_BYTES_REMOVED: "request-max-bytes-removed" / "request-max-bytes-added", Compatible Compatible Patch,
        "No greatest length in bytes is enforced any more",
        "Values above it are sent; the cloud decides.",
        "Nothing to do.",
        "old: { max_bytes: 512 }";
    MAX_BYTES_DECREASED: "request-max-bytes-decreased" / "request-max-bytes-increased", Breaking Breaking Patch,
        "The greatest length in bytes is lower",
        "Values between the two bounds were taken and are refused now.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "old: { max_bytes: 512 }\nnew: { max_bytes: 256 }";
    MAX_BYTES_INCREASED: "request-max-bytes-increased" / "request-max-bytes-decreased", Compatible Compatible Patch,
        "The greatest length in bytes is higher",
        "Values between the two bounds were refused and are sent now.",
        "Nothing to do.",
        "old: { max_bytes: 256 }\nnew: { max_bytes: 512 }";
    MAXIMUM_ADDED: "request-maximum-added" / "request-maximum-removed", Breaking Breaking Patch,
        "A greatest number is documented and enforced",
        "Values above it were taken and are refused now, before anything is sent.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "new: { maximum: 100 }";
    MAXIMUM_REMOVED: "request-maximum-removed" / "request-maximum-added", Compatible Compatible Patch,
        "No greatest number is enforced any more",
        "Values above it are sent; the cloud decides.",
        "Nothing to do.",
        "old: { maximum: 100 }";
    MAXIMUM_DECREASED: "request-maximum-decreased" / "request-maximum-increased", Breaking Breaking Patch,
        "The greatest number is lower",
        "Values between the two bounds were taken and are refused now.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "old: { maximum: 100 }\nnew: { maximum: 50 }";
    MAXIMUM_INCREASED: "request-maximum-increased" / "request-maximum-decreased", Compatible Compatible Patch,
        "The greatest number is higher",
        "Values between the two bounds were refused and are sent now.",
        "Nothing to do.",
        "old: { maximum: 50 }\nnew: { maximum: 100 }";
    MINIMUM_ADDED: "request-minimum-added" / "request-minimum-removed", Breaking Breaking Patch,
        "A least number is documented and enforced",
        "Values below it were taken and are refused now, before anything is sent.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "new: { minimum: 10 }";
    MINIMUM_REMOVED: "request-minimum-removed" / "request-minimum-added", Compatible Compatible Patch,
        "No least number is enforced any more",
        "Values below it are sent; the cloud decides.",
        "Nothing to do.",
        "old: { minimum: 10 }";
    MINIMUM_DECREASED: "request-minimum-decreased" / "request-minimum-increased", Compatible Compatible Patch,
        "The least number is lower",
        "Values between the two bounds were refused and are sent now.",
        "Nothing to do.",
        "old: { minimum: 10 }\nnew: { minimum: 1 }";
    MINIMUM_INCREASED: "request-minimum-increased" / "request-minimum-decreased", Breaking Breaking Patch,
        "The least number is higher",
        "Values between the two bounds were taken and are refused now.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "old: { minimum: 1 }\nnew: { minimum: 10 }";
    MAX_ITEMS_ADDED: "request-max-items-added" / "request-max-items-removed", Breaking Breaking Patch,
        "A greatest number of items is documented and enforced",
        "Values above it were taken and are refused now, before anything is sent.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "new: { max_items: 20 }";
    MAX_ITEMS_REMOVED: "request-max-items-removed" / "request-max-items-added", Compatible Compatible Patch,
        "No greatest number of items is enforced any more",
        "Values above it are sent; the cloud decides.",
        "Nothing to do.",
        "old: { max_items: 20 }";
    MAX_ITEMS_DECREASED: "request-max-items-decreased" / "request-max-items-increased", Breaking Breaking Patch,
        "The greatest number of items is lower",
        "Values between the two bounds were taken and are refused now.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "old: { max_items: 20 }\nnew: { max_items: 10 }";
    MAX_ITEMS_INCREASED: "request-max-items-increased" / "request-max-items-decreased", Compatible Compatible Patch,
        "The greatest number of items is higher",
        "Values between the two bounds were refused and are sent now.",
        "Nothing to do.",
        "old: { max_items: 10 }\nnew: { max_items: 20 }";
    MIN_ITEMS_ADDED: "request-min-items-added" / "request-min-items-removed", Breaking Breaking Patch,
        "A least number of items is documented and enforced",
        "Values below it were taken and are refused now, before anything is sent.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "new: { min_items: 2 }";
    MIN_ITEMS_REMOVED: "request-min-items-removed" / "request-min-items-added", Compatible Compatible Patch,
        "No least number of items is enforced any more",
        "Values below it are sent; the cloud decides.",
        "Nothing to do.",
        "old: { min_items: 2 }";
    MIN_ITEMS_DECREASED: "request-min-items-decreased" / "request-min-items-increased", Compatible Compatible Patch,
        "The least number of items is lower",
        "Values between the two bounds were refused and are sent now.",
        "Nothing to do.",
        "old: { min_items: 2 }\nnew: { min_items: 1 }";
    MIN_ITEMS_INCREASED: "request-min-items-increased" / "request-min-items-decreased", Breaking Breaking Patch,
        "The least number of items is higher",
        "Values between the two bounds were taken and are refused now.",
        "Find out whether the cloud changed or the page was wrong; record an erratum for the latter.",
        "old: { min_items: 1 }\nnew: { min_items: 2 }";
    LENGTH_UNIT: "request-length-unit-changed" / "request-length-unit-changed",
        Breaking Breaking Patch,
        "A greatest length counts characters instead of bytes, or the other way round",
        "A text outside ASCII has more bytes than characters, so other texts are refused.",
        "Compare with the page in both languages.",
        "old: { max_length: 64 }\nnew: { max_bytes: 64 }";
    SEPARATOR: "request-separator-changed" / "request-separator-changed",
        Breaking Breaking Patch,
        "The items of a list in one text are joined by something else",
        "The cloud takes the old list for one item.",
        "Compare with the page's sample.",
        "old: { separator: ',', max_items: 3 }\nnew: { separator: ';', max_items: 3 }";
    PATTERN_ADDED: "request-pattern-added" / "request-pattern-removed",
        Breaking Breaking Patch,
        "A pattern is documented and enforced",
        "Texts that it does not admit were taken and are refused now.",
        "See that the text in the finding is really refused by the cloud.",
        "new: { pattern: '^[a-z]+$' }";
    PATTERN_REMOVED: "request-pattern-removed" / "request-pattern-added",
        Compatible Compatible Patch,
        "No pattern is enforced any more",
        "Texts that it refused are sent; the cloud decides.",
        "Nothing to do.",
        "old: { pattern: '^[a-z]+$' }";
    PATTERN_NARROWED: "request-pattern-narrowed" / "request-pattern-widened",
        Breaking Breaking Patch,
        "The pattern admits fewer texts",
        "The finding shows a text that was taken and is refused now.",
        "See that the cloud refuses it; where the page was wrong, record an erratum.",
        "old: { pattern: '^[a-z0-9]+$' }\nnew: { pattern: '^[a-z]+$' }";
    PATTERN_WIDENED: "request-pattern-widened" / "request-pattern-narrowed",
        Compatible Compatible Patch,
        "The pattern admits more texts",
        "Every text that was taken still is.",
        "Nothing to do.",
        "old: { pattern: '^[a-z]+$' }\nnew: { pattern: '^[a-z0-9]+$' }";
    PATTERN_INCOMPARABLE: "request-pattern-incomparable" / "request-pattern-incomparable",
        Breaking Breaking Patch,
        "The pattern refuses texts that it admitted, and admits texts that it refused",
        "The finding shows one of each.",
        "See that the cloud agrees on both.",
        "old: { pattern: '^[a-z]+$' }\nnew: { pattern: '^[0-9]+$' }";
    PATTERN_REWRITTEN: "request-pattern-rewritten" / "request-pattern-rewritten",
        None None Patch,
        "The pattern is written in another way and admits the same texts",
        "Nothing changes; the comparison is exact.",
        "Nothing to do.",
        "old: { pattern: '^[a-z]{1,}$' }\nnew: { pattern: '^[a-z]+$' }";
    PATTERN_UNDECIDED: "request-pattern-undecided" / "request-pattern-undecided",
        Risky Risky Patch,
        "The pattern is another, and too large to compare",
        "Some texts may be refused that were taken.",
        "Compare the two by hand, or write them with ASCII classes and smaller counts.",
        "old: { pattern: '\\w{2,500}' }\nnew: { pattern: '\\w{2,600}' }";
}
