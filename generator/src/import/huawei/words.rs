//! Types and formats of JSON schemas, and what documents write for them.

use serde_json::Value;

use super::kit::Reader;
use crate::spec::Member;

/// A type word of the format for one of a schema; `any` for what is none.
pub(super) fn kind(
    kind: &str,
    format: Option<&str>,
    at: &str,
    reader: &mut Reader<'_>,
) -> &'static str {
    let plain = ["string", "integer", "number", "boolean", "file"];
    if !plain.contains(&kind) {
        let kind = format!("type `{kind}`, which no schema has");
        reader.lose(&kind, at);
    }
    match (kind.to_ascii_lowercase().as_str(), format) {
        ("file", _) | ("string", Some("binary" | "byte" | "bson-binary")) => "binary",
        ("string" | "str", _) => "string",
        ("integer" | "int", Some("int32")) => "int32",
        ("integer" | "int", Some("int64" | "uint32")) | ("long", _) => "int64",
        ("integer" | "int", Some("uint64")) => "uint64",
        ("integer" | "int", _) => "integer",
        ("number" | "float" | "double", _) => "number",
        ("boolean" | "bool", _) => "boolean",
        _ => "any",
    }
}

/// The format of a text, where it says how the text is written.
pub(super) fn format(
    member: &mut Member,
    format: &Value,
    at: &str,
    reader: &mut Reader<'_>,
) {
    let Some(format) = format.as_str() else {
        return;
    };
    let fits = match member.kind.as_str() {
        "string" => {
            if format == "password" {
                member.sensitive = true;
                return;
            }
            let junk = ["string", "String", "int32", "int64", "float", "double"];
            !junk.contains(&format) && format.is_ascii() && !format.is_empty()
        }
        "binary" => return,
        "integer" | "int32" | "int64" | "uint64" => {
            if ["int32", "int64", "uint32", "uint64"].contains(&format) {
                return;
            }
            false
        }
        "number" if ["float", "double"].contains(&format) => return,
        _ => false,
    };
    if fits {
        member.format = Some(format.to_owned());
    } else {
        reader.lose("format that does not fit its type", at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Report;

    #[test]
    fn types_of_schemas_and_what_stands_for_them() {
        let mut report = Report::default();
        let mut reader = Reader {
            place: String::new(),
            with_docs: false,
            report: &mut report,
        };
        for (kind, format, word) in [
            ("integer", Some("int32"), "int32"),
            ("integer", Some("uint32"), "int64"),
            ("integer", None, "integer"),
            ("string", Some("byte"), "binary"),
            ("string", Some("int64"), "string"),
            ("file", None, "binary"),
            ("number", Some("float"), "number"),
        ] {
            assert_eq!(super::kind(kind, format, "", &mut reader), word);
        }
        assert!(reader.report.lost.is_empty());
        for (kind, word) in [("long", "int64"), ("Integer", "integer"), ("bson", "any")] {
            assert_eq!(super::kind(kind, None, "", &mut reader), word);
        }
        assert_eq!(reader.report.lost.len(), 3);
    }
}
