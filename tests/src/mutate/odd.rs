//! What metadata should not hold, and sometimes do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fastrand::Rng;

use super::Json;

/// Names that a language, a shell, a file system or a reader may trip over.
const NAMES: [&str; 58] = [
    "",
    " ",
    "a b",
    "type",
    "Self",
    "self",
    "super",
    "crate",
    "r#type",
    "async",
    "match",
    "Option",
    "Result",
    "Box",
    "Vec",
    "String",
    "Error",
    "Response",
    "Request",
    "Client",
    "Operation",
    "Json",
    "Value",
    "Map",
    "any",
    "array",
    "map",
    "string",
    "binary",
    "Credentials",
    "RequestId",
    "Action",
    "Version",
    "Authorization",
    "Host",
    "_",
    "__",
    "-",
    ".",
    "..",
    "a.b",
    "a/b",
    "a:b",
    "a$b",
    "a[]",
    "a.N.b",
    "<b>",
    "&lt;x&gt;",
    "名字",
    "Ünïcode",
    "\u{202e}x",
    "x\u{0}y",
    "x\ny",
    "\"quoted\"",
    "`tick`",
    "{x}",
    "../../etc",
    "2fa",
];

/// Numbers that are none of most types.
const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "-1",
    "1",
    "0.5",
    "1e3",
    "1e308",
    "1e-320",
    "-1e308",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "123456789012345678901234567890",
    "99999999999",
    "3.0000000000000001",
    "65536",
    "1048577",
    "600",
];

/// Words that stand for types, formats, places, styles and the like.
const WORDS: [&str; 72] = [
    "string",
    "integer",
    "Integer",
    "int",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "long",
    "Long",
    "number",
    "float",
    "double",
    "boolean",
    "Boolean",
    "bool",
    "object",
    "array",
    "list",
    "map",
    "any",
    "file",
    "binary",
    "byte",
    "date",
    "dateTime",
    "date-time",
    "datetime_iso",
    "Json",
    "Struct",
    "RepeatList",
    "readable",
    "writable",
    "null",
    "path",
    "query",
    "header",
    "body",
    "cookie",
    "formData",
    "host",
    "Path",
    "Host",
    "Header",
    "Body",
    "FormData",
    "repeatList",
    "flat",
    "simple",
    "json",
    "csv",
    "multi",
    "RPC",
    "ROA",
    "SSE",
    "FC",
    "get|post",
    "GET|PUT",
    "TRACE",
    "CONNECT",
    "post",
    "application/xml",
    "text/event-stream",
    "multipart/form-data",
    "application/octet-stream",
    "text/plain",
    "bson-document",
    "Decimal",
    "list[list[str]]",
    "dict(str, list[str])",
    "list[",
    "dict(str",
];

/// Paths of calls, and of references.
const PATHS: [&str; 26] = [
    "",
    "/",
    "//",
    "/a//b",
    "a",
    "/{",
    "/}",
    "/{}",
    "/{a}{b}",
    "/{a}-{b}",
    "/{a}/{a}",
    "/v1/{project_id}/x/{nowhere}",
    "/[id]",
    "/x/*",
    "/*",
    "/x?a=b",
    "/x?a={b}",
    "?a=b",
    "/x#y",
    "/x y",
    "/%7Bx%7D",
    "/{a.b}",
    "/{a-b}/..",
    "https://evil.example/{a}",
    "{endpoint}/v1/x",
    "/中/{文}",
];

/// Where references may lead.
const REFERENCES: [&str; 12] = [
    "",
    "#",
    "#/",
    "#/components/schemas/",
    "#/components/schemas/Nowhere",
    "#/components/components/schemas/X",
    "#/components/parameters/X",
    "#/components/schemas/X/example",
    "other.json#/X",
    "Map«string,string»",
    "#/definitions/X",
    "#/paths/~1x/get",
];

/// A name, and now and then a very long one.
pub(super) fn name(rng: &mut Rng) -> String {
    match rng.u8(..16) {
        0 => "Long".repeat(rng.usize(1..120)),
        1 => format!("x{}", "_".repeat(rng.usize(1..70))),
        _ => one(&NAMES, rng),
    }
}

/// A name that is almost another one.
pub(super) fn twin(name: &str, rng: &mut Rng) -> String {
    match rng.u8(..9) {
        0 => name.to_ascii_lowercase(),
        1 => name.to_ascii_uppercase(),
        2 => name.replace('_', "-"),
        3 => name.replace('-', "_"),
        4 => format!("{name} "),
        5 => format!("{name}2"),
        6 => format!("{name}_2"),
        7 => format!("{name}Request"),
        _ => format!("_{name}"),
    }
}

/// A word of the formats.
pub(super) fn word(rng: &mut Rng) -> String {
    one(&WORDS, rng)
}

/// A path.
pub(super) fn path(rng: &mut Rng) -> String {
    one(&PATHS, rng)
}

/// A reference that leads nowhere.
pub(super) fn reference(rng: &mut Rng) -> String {
    one(&REFERENCES, rng)
}

/// A number, as a number or as a text.
pub(super) fn number(rng: &mut Rng) -> Json {
    let number = one(&NUMBERS, rng);
    match rng.u8(..4) {
        0 => Json::Text(number),
        1 => Json::Text(one(&["", " 5 ", "NaN", "inf", "0x10", "1,000", "五"], rng)),
        _ => Json::Plain(number),
    }
}

/// Anything small.
pub(super) fn value(rng: &mut Rng) -> Json {
    match rng.u8(..8) {
        0 => Json::null(),
        1 => Json::Plain(rng.bool().to_string()),
        2 => number(rng),
        3 => Json::Text(name(rng)),
        4 => Json::List(Vec::new()),
        5 => Json::Map(Vec::new()),
        6 => Json::Text(word(rng)),
        _ => Json::List(vec![Json::null(), number(rng), Json::Text(name(rng))]),
    }
}

/// Changes a file as a whole: its text, or its name; says which.
pub(super) fn file(files: &mut BTreeMap<PathBuf, String>, rng: &mut Rng) -> String {
    let number = rng.usize(..files.len().max(1));
    let Some((path, text)) = files.iter().nth(number) else {
        return "there is no file".to_owned();
    };
    let (path, text) = (path.clone(), text.clone());
    let said = path.display().to_string();
    let what = match rng.u8(..9) {
        0 => {
            let mut end = rng.usize(..=text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            files.insert(path, text[..end].to_owned());
            "is cut off"
        }
        1 => {
            let other = [
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "7",
                "{}",
                "{\"a\":1}",
                "{,}",
            ];
            files.insert(path, one(&other, rng));
            "is something else"
        }
        2 => {
            files.insert(path, format!("\u{feff}{text}"));
            "has a byte order mark"
        }
        3 => {
            files.insert(path, text.replace('}', ",}"));
            "has commas too many"
        }
        4 => {
            files.insert(path, text.replace('"', "'"));
            "is no JSON"
        }
        5 | 6 => {
            files.insert(elsewhere(&path, rng), text);
            "is there twice"
        }
        7 => {
            files.remove(&path);
            files.insert(elsewhere(&path, rng), text);
            "has another name"
        }
        _ => {
            files.remove(&path);
            "is gone"
        }
    };
    format!("{said} {what}")
}

/// A path with another part, or another version.
fn elsewhere(path: &Path, rng: &mut Rng) -> PathBuf {
    let mut parts: Vec<String> = path
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    let number = rng.usize(1..parts.len().max(2)).min(parts.len() - 1);
    let part = parts[number].clone();
    let (stem, end) = match part.rsplit_once(".json") {
        Some((stem, _)) => (stem.to_owned(), ".json"),
        None => (part, ""),
    };
    let stem = match rng.u8(..8) {
        0 => twin(&stem, rng),
        1 => stem.replace("20", "19"),
        2 => format!("{stem}.v9"),
        3 => format!("{stem}-2031-01-01"),
        4 => stem.to_ascii_uppercase(),
        5 => stem.replace(['-', '.'], "_"),
        6 => format!("9{stem}"),
        _ => "type".to_owned(),
    };
    parts[number] = stem + end;
    parts.iter().collect()
}

fn one(list: &[&str], rng: &mut Rng) -> String {
    list[rng.usize(..list.len())].to_owned()
}
