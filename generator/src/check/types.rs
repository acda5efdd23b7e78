//! Rules about types: what a member's `type` names, and what a type may hide.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use indexmap::IndexMap;
use regex_lite::Regex;
use serde_json::json;

use super::report::Report;
use super::resolve;
use super::scope::{BUILTIN, Page, Scope, Site, Type};
use crate::diagnostic::{KeyPath, rules};
use crate::load::node::Source;
use crate::nearest::nearest;
use crate::spec::Members;

rules! {
    "types";
    UNRESOLVED: Error "unresolved-ref",
        "A type that nothing defines",
        "A member's `type` is a built-in word, or a structure under `types` of the operation \
         or of the service's types.yaml.",
        "Mend the name, or define the structure.",
        "Book: { type: Bok }";
    ELEMENT_MISSING: Error "element-type-missing",
        "An array without `items`, or a map without `values`",
        "Nothing tells what it holds.",
        "Add `items` or `values`; `{ type: any }` where the page does not tell.",
        "Tags: { type: array }";
    TYPE_UNUSED: Warning "type-unused",
        "A structure that no member uses",
        "It would be generated for nobody; more often a member names the wrong type.",
        "Use it, or remove it.",
        "types: { Book: { Title: { type: string } } }";
    REQUIRED_WITH_DEFAULT: Warning "required-with-default",
        "A required member with a default",
        "What must be sent never takes its default: one of the two is wrong.",
        "Compare with the page's sample; where the page has it so, answer the rule.",
        "Count: { type: integer, required: true, default: 10 }";
    BOOLEAN_AS_INTEGER: Warning "boolean-as-integer",
        "An integer that is 0 or 1, without saying what they mean",
        "It is a flag in disguise; callers cannot tell which is yes.",
        "Give both values a `name` and a `meaning`; keep the type, it is what travels.",
        "Visible: { type: integer, enum: [{ value: 0 }, { value: 1 }] }";
    ENUM_NAME_TAKEN: Error "enum-name-taken",
        "An enumeration has the name of a structure",
        "Both would be the same type to a member that names one of them.",
        "Give the member an `enum_name`.",
        "State: { type: string, enum: [{ value: on }] } beside types: { State: … }";
    LIST_IN_STRING: Warning "list-encoded-in-string",
        "A text that is described as a list",
        "Callers have to join the items themselves, and nothing counts them.",
        "Add `separator`, and `max_items` where there is a limit.",
        "Ids: { type: string, doc: Ids joined by commas. }";
    JSON_IN_STRING: Warning "map-or-json-in-string",
        "A text that is called a map or JSON",
        "Without the inner format nobody can write it.",
        "Describe the inner format with `format`; where the page does not tell, record a gap.",
        "info_map: { type: string }";
    SENTINEL: Warning "sentinel-value-in-string",
        "A text with a value of its own meaning",
        "Code that parses the text trips over it.",
        "List the value under `special`.",
        "Expires: { type: string, doc: 'The day; 0 means never.' }";
    INTEGER_WIDTH: Warning "integer-width-unstated",
        "The width of an integer is not what the page writes",
        "`written` has no width or another one, so the width of `type` comes from elsewhere.",
        "Record where the width comes from as an erratum at the member's type, or use \
         `integer`.",
        "Count: { type: int32, written: Integer }";
    FORMAT_TYPE: Warning "format-type-mismatch",
        "A format in words for something that is no text",
        "Formats describe how a text is written.",
        "Move the words to `doc`.",
        "Count: { type: integer, format: a decimal number }";
}

static LIST: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(comma|semicolon|pipe)s?[- ]separated\b|\b(separated|joined|split|delimited) (by|with) ",
    )
});
static SENTINEL_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(^|[\s(;,])["'`]?-?[0-9]+["'`]? (means|stands for|is for|for never|indicates)\b"#,
    )
});
static BARE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^(int|integer|number)$"));
static WIDTH: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(uint64|int64|int32|long)\b"));

/// Words without which no expression above matches: looking for them is cheaper.
const SEPARATED: [&str; 4] = ["separated", "joined", "split", "delimited"];
const MEANS: [&str; 5] = ["means", "stands for", "is for", "for never", "indicates"];

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether the last word of a name is map or JSON.
fn is_map_or_json(name: &str) -> bool {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let after = |word| {
        name.strip_suffix(word)
            .is_some_and(|stem| stem.ends_with(inner))
    };
    let snake = ["_map", "_json", "_MAP", "_JSON"];
    snake.iter().any(|word| name.ends_with(word))
        || ["Map", "Json", "JSON"].into_iter().any(after)
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("patterns of rules are tested")
}

/// One member's type.
pub(super) fn site(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let member = site.member;
    let kind = scope.type_of(member);
    match kind {
        Type::Unknown => unresolved(site, scope, report),
        Type::Array(None) | Type::Map(None) => {
            let key = if member.kind == "array" {
                "items"
            } else {
                "values"
            };
            let message = format!("`{}` does not say what it holds", site.name);
            let help = format!("add `{key}: {{ type: … }}`");
            report
                .key(&ELEMENT_MISSING, scope.source, &site.path(), message)
                .help(help);
        }
        Type::Integer(..) => integer(site, scope, report),
        Type::String => text(site, scope, report),
        _ => {}
    }
    let name = resolve::enumeration_name(site.name, member);
    let enumerated = matches!(kind, Type::String | Type::Integer(..));
    if enumerated && !member.values_known.is_empty() && scope.structure(&name).is_some() {
        let message = format!(
            "the enumeration of `{}` and a structure are both `{name}`",
            site.name
        );
        report.key(
            &ENUM_NAME_TAKEN,
            scope.source,
            &site.path().key("enum"),
            message,
        );
    }
    if member.required && member.default.is_some() {
        let message = format!("`{}` must be sent and has a default", site.name);
        let path = site.path().key("default");
        report.key(&REQUIRED_WITH_DEFAULT, scope.source, &path, message);
    }
    if member.format.is_some()
        && !matches!(kind, Type::String | Type::Timestamp | Type::Binary)
    {
        let message = format!("a {} has no format in words", member.kind);
        report.key(
            &FORMAT_TYPE,
            scope.source,
            &site.path().key("format"),
            message,
        );
    }
}

/// The structures of an operation that nothing uses.
pub(super) fn page(page: &Page<'_>, report: &mut Report) {
    let mut used = BTreeSet::new();
    reach(&page.operation.request, &page.scope, &mut used);
    reach(&page.operation.response, &page.scope, &mut used);
    for name in page
        .operation
        .types
        .keys()
        .filter(|name| !used.contains(name.as_str()))
    {
        let path = KeyPath::default().key("types").key(name);
        let message = format!("no member uses the structure `{name}`");
        report.key(&TYPE_UNUSED, page.scope.source, &path, message);
    }
}

/// The shared structures that no operation uses.
pub(super) fn shared(
    types: &IndexMap<String, Members>,
    pages: &[Page<'_>],
    source: &Source,
    report: &mut Report,
) {
    let mut used = BTreeSet::new();
    for page in pages {
        reach(&page.operation.request, &page.scope, &mut used);
        reach(&page.operation.response, &page.scope, &mut used);
    }
    for name in types.keys().filter(|name| !used.contains(name.as_str())) {
        let path = KeyPath::default().key("types").key(name);
        let message = format!("no operation uses the structure `{name}`");
        report.key(&TYPE_UNUSED, source, &path, message);
    }
}

/// The names of all structures that `members` lead to.
pub(super) fn reach<'a>(
    members: &'a Members,
    scope: &Scope<'a>,
    used: &mut BTreeSet<&'a str>,
) {
    let mut open = vec![members];
    while let Some(members) = open.pop() {
        for member in members.values() {
            let mut held = member;
            while let Some(inner) = held.items.as_deref().or(held.values.as_deref()) {
                held = inner;
            }
            if let Type::Structure(members) = scope.type_of(held)
                && used.insert(held.kind.as_str())
            {
                open.push(members);
            }
        }
    }
}

fn unresolved(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let name = &site.member.kind;
    let message = format!("nothing defines the type `{name}`");
    let known = BUILTIN.into_iter().chain(scope.structures());
    let help = match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => UNRESOLVED.mend.to_owned(),
    };
    report
        .value(&UNRESOLVED, scope.source, &site.path().key("type"), message)
        .help(help);
}

fn integer(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let member = site.member;
    let mut values: Vec<_> = member
        .values_known
        .iter()
        .map(|known| &known.value)
        .collect();
    values.sort_by_key(ToString::to_string);
    let explained =
        |known: &crate::spec::EnumValue| known.name.is_some() && known.meaning.is_some();
    if values == [&json!(0), &json!(1)] && !member.values_known.iter().all(explained) {
        let message = format!(
            "`{}` is a flag that does not say what 0 and 1 mean",
            site.name
        );
        report.key(
            &BOOLEAN_AS_INTEGER,
            scope.source,
            &site.path().key("enum"),
            message,
        );
    }
    let Some(written) = member.written.as_deref() else {
        return;
    };
    let kind = member.kind.as_str();
    let stated =
        WIDTH
            .find(written)
            .map(|found| match found.as_str().to_ascii_lowercase() {
                word if word == "long" => "int64".to_owned(),
                word => word,
            });
    let message = match stated {
        Some(stated) if stated != kind => {
            format!("the page writes {written}, the type is {kind}")
        }
        None if BARE.is_match(written) && kind != "integer" => {
            format!("the page writes {written}, which has no width; the type is {kind}")
        }
        _ => return,
    };
    report.value(
        &INTEGER_WIDTH,
        scope.source,
        &site.path().key("type"),
        message,
    );
}

fn text(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let member = site.member;
    let doc = member.doc.as_deref().unwrap_or_default();
    let key = |report: &mut Report, rule, message: String| {
        report.key(rule, scope.source, &site.path(), message);
    };
    if member.separator.is_none()
        && member.format.is_none()
        && has(doc, &SEPARATED)
        && LIST.is_match(doc)
    {
        key(
            report,
            &LIST_IN_STRING,
            format!("`{}` is a list in one text", site.name),
        );
    }
    let called = is_map_or_json(site.name) || doc.contains("JSON");
    if called && member.format.is_none() && !site.inner {
        key(
            report,
            &JSON_IN_STRING,
            format!("`{}` is a map or JSON in a text", site.name),
        );
    }
    let told = !member.special.is_empty() || !member.values_known.is_empty();
    if !told && has(doc, &MEANS) && SENTINEL_WORDS.is_match(doc) {
        key(
            report,
            &SENTINEL,
            format!("`{}` has a value with a meaning of its own", site.name),
        );
    }
}
