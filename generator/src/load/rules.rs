//! The rules that a file breaks before its meaning is looked at.

use crate::diagnostic::rules;

rules! {
    "load";
    FILE_UNREADABLE: Error "file-unreadable",
        "A file or folder cannot be read",
        "Nothing can be said about specs that cannot be read; the command ends with status 3.",
        "Check the path that `--specs` names, and the permissions.",
        "yunspec check --specs no-such-folder";
    FILE_UNEXPECTED: Error "file-unexpected",
        "Something under the specs folder has no place there",
        "The place of a file tells what it is: PROVIDER/provider.yaml, \
         PROVIDER/SERVICE/service.yaml, PROVIDER/SERVICE/types.yaml and \
         PROVIDER/SERVICE/OPERATION.yaml. A link or a hidden file could bring in text that \
         nobody reviews.",
        "Move the file to its place, or out of the folder.",
        "specs/acme/store/.PutBook.yaml";
    FILE_MISSING: Error "file-missing",
        "A folder lacks the file that describes it",
        "An operation means nothing without its service's hosts and its provider's protocol.",
        "Write the file; the help of the finding names it.",
        "specs/acme/store/ without service.yaml";
    FILE_TOO_LARGE: Error "file-too-large",
        "A file is larger than 1 MiB, or has more keys and values than a page has",
        "One page of documentation is never that large; the limits keep a hostile file from \
         costing time and memory: 5,000 entries in a list or mapping, 100,000 keys and values.",
        "Split shared types off into types.yaml, or drop what is no fact.",
        "an example of two megabytes";
    FILE_NOT_UTF8: Error "file-not-utf8",
        "A file is not UTF-8",
        "Readers would disagree about its characters.",
        "Save the file as UTF-8.",
        "a file in GBK";
    FILE_PATH_MISMATCH: Error "file-path-mismatch",
        "A file's name and what it says about itself differ",
        "An operation is found by its path: the same name stands at the same place in specs/ \
         and in the generated crate.",
        "Rename the file, or mend the key.",
        "# specs/acme/store/PutBook.yaml\noperation: PutBooks";
    BYTE_ORDER_MARK: Error "yaml-byte-order-mark",
        "A byte order mark in the text",
        "It is invisible, and some readers take it for a part of the first key.",
        "Save the file without it.",
        "U+FEFF before the first key";
    CARRIAGE_RETURN: Error "yaml-carriage-return",
        "A carriage return in the text",
        "Lines end in LF alone, so that a spec has the same bytes everywhere. A lone CR hides \
         text in terminals.",
        "Convert the line ends to LF.",
        "operation: PutBook\\r\\n";
    CONTROL_CHARACTER: Error "bidi-or-control-char",
        "A control, bidirectional or invisible character",
        "Such characters make a text read differently from what it is; a reviewer cannot see \
         them, and rustc refuses some of them in doc comments.",
        "Remove the character; in a sample, write what it stands for.",
        r#"message: "not \u202Eallowed""#;
    NOT_COMPOSED: Warning "non-nfc-text",
        "A letter is followed by a combining mark",
        "The same text can be written as one composed character; the two look alike and \
         compare unequal.",
        "Normalise the text to NFC; answer the rule where the page has it so.",
        "doc: Cafe with U+0301 after the e";
    SYNTAX: Error "yaml-syntax",
        "The text is no YAML",
        "Nothing else can be checked in this file.",
        "Mend the line; a text with `: `, ` #`, or one that begins with a mark such as `[`, `{`, \
         `*`, `&`, `!`, `%`, `@` or a backtick needs quotes.",
        "doc: @home";
    DUPLICATE_KEY: Error "yaml-duplicate-key",
        "A key stands twice in one mapping",
        "Readers keep the first, the last, or refuse; a reviewer sees one of them.",
        "Remove one.",
        "retry: safe\nretry: unsafe";
    ANCHOR: Error "yaml-anchor",
        "An anchor or an alias",
        "A spec says everything where it stands, so that a change shows where it acts. Aliases \
         also make a small file huge.",
        "Write the value out, or name a type under `types`.",
        "request: &shared { Name: { type: string } }";
    TAG: Error "yaml-tag",
        "A tag before a value",
        "Types come from the format, never from the file.",
        "Remove the tag; quote the value if it is a text.",
        "example: !!str 5";
    SECOND_DOCUMENT: Error "yaml-second-document",
        "A second document in the file",
        "One file is one operation; most readers ignore what follows the first document.",
        "Move it to its own file.",
        "operation: PutBook\n---\noperation: GetBook";
    TOO_DEEP: Error "yaml-too-deep",
        "Nested deeper than 32",
        "No page is; deep nesting costs some readers quadratic time.",
        "Name the inner structures under `types`.",
        "example: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";
    KEY_NOT_TEXT: Error "yaml-key-not-text",
        "A key is a list or a mapping",
        "Every key of the format is a text.",
        "Write the key as one text, in quotes if need be.",
        "? [a, b]\n: c";
    AMBIGUOUS_SCALAR: Error "yaml-ambiguous-scalar",
        "A plain value that readers take for different things",
        "`no`, `0123`, `1.10` and `1e3` are texts to one YAML reader, and a boolean or a number \
         to the next.",
        "Put a text in quotes; write a boolean as true or false, and a number in plain decimals.",
        "version: 1.10";
    UNKNOWN_KEY: Error "unknown-key",
        "A key that the format does not know",
        "A misspelt key would silently do nothing.",
        "Use the key that the help names; schema.json lists them all.",
        "request:\n  Name: { type: string, maxlength: 64 }";
    MISSING_KEY: Error "missing-key",
        "A key that must be there is not",
        "The fact has no safe default.",
        "Add the key.",
        "operation: PutBook\nsummary: Changes a book.";
    WRONG_TYPE: Error "wrong-type",
        "A value of the wrong type",
        "The key holds something else than the format asks for.",
        "Write what the message asks for; schema.json describes every key.",
        "required: always";
    UNKNOWN_VALUE: Error "unknown-value",
        "None of the words that the key takes",
        "The word would have no meaning.",
        "Use one of the words that the help names.",
        "in: headers";
    NEGATIVE_LENGTH: Error "negative-length",
        "A number below or above what the key can hold",
        "Lengths, counts and statuses are whole numbers from 0 on.",
        "Write a number within the bounds that the message names.",
        "max_length: -1";
}
