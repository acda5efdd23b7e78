//! The rules about Rust names, which only become visible once names are chosen.

use crate::diagnostic::rules;

rules! {
    "rust";
    FIELD_TAKEN: Error "rust-field-taken",
        "Two members of a structure get the same Rust name",
        "The generated structure would have two fields of one name. Nothing is renamed in \
         silence: the name is part of the API that callers type.",
        "Give one of them a `rust_name`.",
        "Key: { type: string }\nkey: { type: string }";
    TYPE_TAKEN: Error "rust-type-taken",
        "Two types of a module get the same Rust name",
        "The generated module would have two types of one name.",
        "Rename the structure under `types`, or give the member an `enum_name`.",
        "types: { Filter: {}, filter: {} }";
    VARIANT_TAKEN: Error "rust-variant-taken",
        "Two values of an enumeration get the same Rust name",
        "The generated enum would have two variants of one name.",
        "Give one of the values a `name`.",
        "enum: [{ value: a-b }, { value: a.b }]";
    MODULE_TAKEN: Error "rust-module-taken",
        "Two operations, services or providers get the same Rust name",
        "They would be written to the same file.",
        "Rename one of the folders, or leave one operation out.",
        "PutBook.yaml beside put_book.yaml";
    METHOD_TAKEN: Error "rust-method-taken",
        "A paginator or a waiter gets the name of another operation's method",
        "The generated client would have two methods of one name.",
        "Leave the pagination or the waiter out.",
        "GetBooks.yaml with a pagination beside GetBooksPages.yaml";
    NAME_REFUSED: Error "rust-name-refused",
        "A name that the spec pins is no Rust name",
        "`rust_name` is used as it stands: it has to be a name in snake case; the `name` of \
         a value and an `enum_name` one in Pascal case.",
        "Use ASCII letters, digits and underscores, and no keyword.",
        "rust_name: first-name";
}
