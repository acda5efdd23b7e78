//! Rules about documented errors.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex_lite::Regex;

use super::names;
use super::report::Report;
use super::scope::{Page, Type};
use super::spelling::misspelt;
use crate::diagnostic::{KeyPath, Trail, rules};
use crate::load::node::Source;
use crate::protocol;
use crate::spec::{ErrorCode, Member};

rules! {
    "errors";
    ENTRY_EMPTY: Error "error-entry-empty",
        "An error with neither code nor status",
        "Nothing tells when it is this error.",
        "Add what the page lists, or remove the entry.",
        "errors: [{ message: Something failed. }]";
    DUPLICATE: Error "error-duplicate-code",
        "An error code stands twice",
        "A code becomes one variant; callers cannot tell the two apart.",
        "Keep one entry; where the page has several messages, write the others in `doc`.",
        "errors: [{ code: NoBook, status: 404 }, { code: NoBook, status: 400 }]";
    MALFORMED: Warning "error-code-malformed",
        "An error code with blanks or signs that codes do not have",
        "A message, or a label of the page, is glued to the code.",
        "Split it; where the server sends it so, answer the rule.",
        "code: NoBook The book does not exist.";
    MISSPELT: Warning "error-code-looks-misspelt",
        "A word of an error code looks misspelt",
        "Codes are kept to the letter, typos included; only a note tells a reader that the typo \
         is the server's.",
        "Compare with the server or its metadata; answer the rule with a note, and pin a \
         readable `name`.",
        "code: Fobbiden.Action";
    NO_STATUS: Warning "error-http-status-missing",
        "Errors without an HTTP status",
        "Whether a call may be repeated depends on it.",
        "Add the status, or answer the rule at `errors` with a gap.",
        "errors: [{ code: NoBook }]";
    ODD_STATUS: Warning "error-status-not-http",
        "A status that is no HTTP error",
        "Pages mix up statuses and codes of their own.",
        "Compare with the server; where the page has it so, answer the rule.",
        "errors: [{ code: NoBook, status: 2014 }]";
    PLACEHOLDER: Warning "error-message-placeholder-undeclared",
        "A message holds a placeholder other than %s",
        "The values that the server fills in are only found behind %s.",
        "Where the server fills it in, write %s and record an erratum; else answer the rule.",
        "message: 'The book {0} does not exist.'";
    UNKNOWN_PARAMETER: Warning "error-names-unknown-parameter",
        "An error speaks of a parameter, or of a rule of one, that the spec does not have",
        "A parameter or a limit is missing from the page.",
        "Find it in an official SDK and record an erratum, or record a gap.",
        "code: InvalidParameter.Author.Length";
    STATUS_IN_MESSAGE: Warning "error-status-in-message",
        "A message begins with an HTTP status",
        "Two columns of the page's table were glued together.",
        "Move the number to `status`.",
        "message: 404 The book does not exist.";
}

/// What codes say about the value of the parameter that stands before.
const VALUE_RULES: [&str; 9] = [
    "Invalid",
    "InvalidChars",
    "Format",
    "Length",
    "Illegal",
    "Malformed",
    "TooLong",
    "TooShort",
    "OutOfRange",
];

static FOREIGN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\{[0-9]*\}|\{\}|%[dvfq]\b|%[0-9]\$s|\$\{[^}]*\}"));
static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?i)\bparameter\s*[-:]?\s*["'`]([A-Za-z][\w.]*)["'`]"#));
static STATUS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s*(HTTP\s*)?[1-5][0-9]{2}\b\s*[:-]?\s*[A-Za-z]"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("patterns of rules are tested")
}

/// The errors of an operation.
pub(super) fn page(page: &Page<'_>, report: &mut Report) {
    let errors = &page.operation.errors;
    let source = page.scope.source;
    list(errors, source, report);
    statuses(page, report);
    let root = Trail::Root;
    let list = root.key("errors");
    for (index, error) in errors.iter().enumerate() {
        parameters(page, error, &list.item(index), report);
    }
}

/// A list of errors, an operation's or a provider's.
pub(super) fn list(errors: &[ErrorCode], source: &Source, report: &mut Report) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let root = Trail::Root;
    let list = root.key("errors");
    for (index, error) in errors.iter().enumerate() {
        let path = list.item(index);
        entry(error, source, &path, report);
        let Some(code) = error.code.as_deref() else {
            continue;
        };
        if seen.insert(code, index).is_some() {
            let message = format!("`{code}` stands twice");
            report.value(&DUPLICATE, source, &path.key("code").path(), message);
        }
    }
}

fn entry(error: &ErrorCode, source: &Source, path: &Trail<'_>, report: &mut Report) {
    let code = error.code.as_deref();
    if code.is_none_or(|code| code.trim().is_empty()) && error.status.is_none() {
        report.value(
            &ENTRY_EMPTY,
            source,
            &path.path(),
            "neither a code nor a status",
        );
    }
    if let Some(code) = code {
        let path = path.key("code");
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-/:%".contains(c);
        if !code.chars().all(|c| plain(c) || names::is_odd(c)) {
            report.value(
                &MALFORMED,
                source,
                &path.path(),
                format!("`{code}` is no code"),
            );
        } else if let Some((word, meant)) = misspelt(code) {
            let message = format!("`{word}` looks like a misspelt `{meant}`");
            report.value(&MISSPELT, source, &path.path(), message);
        }
    }
    if let Some(status) = error.status.filter(|status| !(400..600).contains(status)) {
        let message = format!("{status} is no HTTP status of an error");
        report.value(&ODD_STATUS, source, &path.key("status").path(), message);
    }
    if let Some(message) = &error.message {
        let path = path.key("message");
        if message.contains(['{', '%'])
            && let Some(found) = FOREIGN.find(message)
        {
            let message =
                format!("`{}` is not filled in by anything here", found.as_str());
            report.value(&PLACEHOLDER, source, &path.path(), message);
        }
        let start = message.trim_start();
        if start.starts_with(|c: char| c == 'H' || c.is_ascii_digit())
            && STATUS.is_match(start)
        {
            report.value(
                &STATUS_IN_MESSAGE,
                source,
                &path.path(),
                "the message begins with a status",
            );
        }
    }
}

/// One finding where no error has a status, else one for each that has none.
fn statuses(page: &Page<'_>, report: &mut Report) {
    let errors = &page.operation.errors;
    let known = protocol::find(page.scope.protocol());
    let told = known.is_none_or(|protocol| !protocol.errors_have_status);
    if told || errors.is_empty() {
        return;
    }
    let path = KeyPath::default().key("errors");
    if errors.iter().all(|error| error.status.is_none()) {
        let message = "none of the errors has an HTTP status";
        report.key(&NO_STATUS, page.scope.source, &path, message);
        return;
    }
    for (index, error) in errors.iter().enumerate() {
        if error.status.is_none() {
            let message = "the error has no HTTP status, others have one";
            report.value(
                &NO_STATUS,
                page.scope.source,
                &path.item(index).key("code"),
                message,
            );
        }
    }
}

/// `InvalidParameter.Author.Length`, `The parameter "Author" …`: is there an `Author`, and
/// has it a length?
fn parameters(page: &Page<'_>, error: &ErrorCode, path: &Trail<'_>, report: &mut Report) {
    let source = page.scope.source;
    let code = error.code.as_deref().unwrap_or_default();
    let segments: Vec<&str> = code.split('.').collect();
    if let [.., name, rule] = segments.as_slice()
        && VALUE_RULES.contains(rule)
        && name.len() > 1
        && !known(page, name)
    {
        match member(page, name) {
            None => {
                let message = format!("the request has no parameter `{name}`");
                report.value(
                    &UNKNOWN_PARAMETER,
                    source,
                    &path.key("code").path(),
                    message,
                );
                return;
            }
            Some((wire, member)) => implied(page, wire, member, rule, code, report),
        }
    }
    let message = error.message.as_deref().unwrap_or_default();
    let quoted = message
        .contains(['"', '\'', '`'])
        .then(|| QUOTED.captures(message));
    let quoted = quoted.flatten().and_then(|found| found.get(1));
    if let Some(name) = quoted.map(|name| name.as_str())
        && member(page, name).is_none()
        && !known(page, name)
    {
        let message = format!("the request has no parameter `{name}`");
        report.value(
            &UNKNOWN_PARAMETER,
            source,
            &path.key("message").path(),
            message,
        );
    }
}

/// Whether a name stands for no member: a general word, or what the client fills in.
fn known(page: &Page<'_>, name: &str) -> bool {
    let words = [
        "Parameter",
        "InvalidParameter",
        "Param",
        "Request",
        "Value",
        "Input",
        "Argument",
    ];
    words.contains(&name) || page.scope.provider.common_parameters.contains_key(name)
}

/// The request's parameter of this name; `Mail` may stand for `NewMail`.
fn member<'a>(page: &Page<'a>, name: &str) -> Option<(&'a str, &'a Member)> {
    let lower = name.to_lowercase();
    let first = lower.split('.').next().unwrap_or_default().to_owned();
    let members = || page.operation.request.iter();
    let exact =
        members().find(|(wire, _)| [&lower, &first].contains(&&wire.to_lowercase()));
    exact
        .or_else(|| members().find(|(wire, _)| wire.to_lowercase().contains(&lower)))
        .map(|(wire, member)| (wire.as_str(), member))
}

fn implied(
    page: &Page<'_>,
    wire: &str,
    member: &Member,
    rule: &str,
    code: &str,
    report: &mut Report,
) {
    if !matches!(page.scope.type_of(member), Type::String)
        || !member.values_known.is_empty()
    {
        return;
    }
    let length = member.max_length.is_some()
        || member.min_length.is_some()
        || member.max_bytes.is_some();
    let form = member.pattern.is_some() || member.format.is_some();
    let what = match rule {
        "Length" | "TooLong" | "TooShort" if !length => "bound of length",
        "InvalidChars" | "Format" | "Malformed" if !form => "pattern or format",
        _ => return,
    };
    let path = KeyPath::default().key("request").key(wire);
    let message = format!("`{code}` speaks of a {what} that `{wire}` does not have");
    report.key(&UNKNOWN_PARAMETER, page.scope.source, &path, message);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_messages() {
        for message in [
            "The book {0} is lost.",
            "%d books",
            "${book} is lost",
            "{} left",
        ] {
            assert!(FOREIGN.is_match(message), "{message}");
        }
        for message in ["The book %s is lost.", "100% of books", "use {name}"] {
            assert!(!FOREIGN.is_match(message), "{message}");
        }
        assert!(STATUS.is_match("404 The book"));
        assert!(!STATUS.is_match("400000 books"));
        let found = QUOTED
            .captures(r#"The parameter - "UserName" is bad"#)
            .and_then(|c| c.get(1));
        assert_eq!(found.map(|m| m.as_str()), Some("UserName"));
    }
}
