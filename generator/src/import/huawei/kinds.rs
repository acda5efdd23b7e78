//! The types of the SDKs, as the facts write them: `list[dict(str, Book)]`, `*[]int64`.

use crate::spec::Member;

use super::schema::word;

/// The member of a type of the Python SDK; `go` is the same type in the Go SDK, which alone
/// tells widths. A structure keeps its name; `known` says which there are.
pub(super) fn member(
    kind: &str,
    go: &str,
    known: &dyn Fn(&str) -> bool,
) -> Option<Member> {
    let kind = kind.trim();
    if let Some(inside) = between(kind, "list[", "]") {
        return Some(Member {
            items: Some(Box::new(member(inside, go, known)?)),
            ..word("array")
        });
    }
    if let Some(inside) = between(kind, "dict(", ")") {
        let (_, values) = inside.split_once(',')?;
        return Some(Member {
            values: Some(Box::new(member(values, go, known)?)),
            ..word("map")
        });
    }
    let plain = match kind {
        "str" => "string",
        // The Go SDK has int32 for every integer whose width is not told.
        "int" if go.ends_with("int64") => "int64",
        "int" => "integer",
        "bool" => "boolean",
        "float" | "Decimal" | "decimal.Decimal" => "number",
        "datetime" | "date" => {
            let format = if kind == "date" { "date" } else { "date-time" };
            return Some(Member {
                format: Some(format.to_owned()),
                ..word("string")
            });
        }
        "file" | "bytes" => "binary",
        "object" => "any",
        "dict" | "list" => {
            let any = Some(Box::new(word("any")));
            return Some(match kind {
                "dict" => Member {
                    values: any,
                    ..word("map")
                },
                _ => Member {
                    items: any,
                    ..word("array")
                },
            });
        }
        name if known(name) => name,
        _ => return None,
    };
    Some(word(plain))
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    text.strip_prefix(start)?.strip_suffix(end)
}

/// The member at the bottom of arrays and maps.
pub(super) fn bottom(mut member: &mut Member) -> &mut Member {
    while member.items.is_some() || member.values.is_some() {
        let held = match &mut member.items {
            Some(held) => held,
            None => member.values.as_mut().expect("one of both is there"),
        };
        member = held;
    }
    member
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: &str, go: &str) -> Option<String> {
        fn text(member: &Member) -> String {
            match member.items.as_deref().or(member.values.as_deref()) {
                Some(held) => format!("{} of {}", member.kind, text(held)),
                None => member.kind.clone(),
            }
        }
        let member = member(kind, go, &|name| name == "Book")?;
        Some(text(&member))
    }

    #[test]
    fn types_of_the_sdks() {
        for (kind, go, wanted) in [
            ("str", "*string", "string"),
            ("int", "*int32", "integer"),
            ("int", "*int64", "int64"),
            ("list[int]", "*[]int64", "array of int64"),
            ("list[list[Book]]", "", "array of array of Book"),
            (
                "dict(str, dict(str, list[str]))",
                "",
                "map of map of array of string",
            ),
            ("dict", "", "map of any"),
            ("decimal.Decimal", "", "number"),
            ("file", "*def.FilePart", "binary"),
            ("object", "*interface{}", "any"),
        ] {
            assert_eq!(told(kind, go).as_deref(), Some(wanted), "{kind}");
        }
        assert_eq!(told("Shelf", ""), None);
        assert_eq!(told("list[Shelf]", ""), None);
    }
}
