//! Rules about samples: each one is held against the members that it shows.

use std::sync::LazyLock;

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::report::Report;
use super::scope::{Page, Scope, Site, Type};
use super::values::{Miss, misses, shown};
use crate::diagnostic::{Rule, Trail, rules};
use crate::nearest::nearest;
use crate::spec::{Example, Location, Member, Members};

rules! {
    "examples";
    EMPTY: Error "example-empty",
        "A sample without request and response",
        "It shows nothing.",
        "Remove it, or give it `request` or `response`.",
        "examples: [{ title: A new title }]";
    TYPE: Warning "example-type-mismatch",
        "A sample's value is not of the member's type",
        "Either the page's table is wrong, or its sample; callers copy samples.",
        "Find out which; write what is right and record an erratum with what the page says.",
        "Pages: { type: integer, example: '12' }";
    PATTERN: Warning "example-violates-pattern",
        "A sample's value does not match the member's pattern",
        "Validation would refuse the page's own sample.",
        "Mend the pattern, or record an erratum for the sample.",
        "Code: { type: string, pattern: '^[a-z]+$', example: A1 }";
    LENGTH: Warning "example-violates-length",
        "A sample's value is too short or too long",
        "Validation would refuse the page's own sample.",
        "Mend the bound, or record an erratum for the sample.",
        "Code: { type: string, max_length: 2, example: abc }";
    RANGE: Warning "example-violates-range",
        "A sample's number is outside the bounds",
        "Validation would refuse the page's own sample.",
        "Mend the bound, or record an erratum for the sample.",
        "Pages: { type: integer, maximum: 10, example: 11 }";
    ENUM: Warning "example-violates-enum",
        "A sample's value is none of the known ones",
        "A value is missing from the list, or the sample is wrong.",
        "Add the value, or record an erratum for the sample.",
        "State: { type: string, enum: [{ value: on }], example: off }";
    UNKNOWN: Warning "example-unknown-field",
        "A sample holds a member that the spec does not have",
        "A member is missing from the spec, or misspelt in the sample.",
        "Add the member, or record an erratum for the sample.",
        "response: { Titel: x }";
    MISSING: Warning "example-missing-required",
        "A sample lacks a required member",
        "The sample could not be sent, or the member is not required.",
        "Mend `required`, or answer the rule where the page shows a part only.",
        "request: {}";
    ENVELOPE: Warning "example-envelope-mismatch",
        "A sample's response stands inside the provider's envelope",
        "The envelope is taken off before members are read; samples hold what is inside.",
        "Write the members without it.",
        "response: { Response: { Title: x } }";
    ROOT: Warning "example-root-element-mismatch",
        "The root of an XML sample is not the operation's response",
        "The sample was copied from another page, and more of it may be.",
        "Compare its members; where the page has it so, answer the rule.",
        "response_xml: <GetBookResponse/>";
    MASKED: Warning "example-masked",
        "A sample's value is masked",
        "No pattern or length can be read from it.",
        "Keep it to the letter and answer the rule with a note.",
        "Id: { type: string, example: 3271ACD2**** }";
    PERCENT: Warning "example-percent-encoded-in-json",
        "A value is escaped as in a URL",
        "Inside JSON nothing is unescaped: the server takes it to the letter.",
        "Write the value that is meant and record an erratum with what the page says.",
        "Email: { type: string, example: a%40example.com }";
    PLACEHOLDER: Warning "example-placeholder",
        "A sample holds a placeholder",
        "It is meant for the reader, not for the server.",
        "Leave it out, or write a value and record an erratum.",
        "Id: { type: string, example: <your id> }";
    REAL: Warning "example-real-looking-secret-or-phone",
        "A sample's value looks like a real key or phone number",
        "Scanners raise alarms over it, and it may belong to someone.",
        "Mask it; where it is the page's own value, answer the rule with a note.",
        "Phone: { type: string, example: '13912345678' }";
}

/// What masked values hold.
const MASK: &str = "***";

static ESCAPE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"%(2[0-9A-F]|3[A-F]|40|5[B-E]|7[B-D])"));
static BRACES: LazyLock<Regex> =
    LazyLock::new(|| regex(r"<[A-Za-z\x{4e00}-\x{9fff}][^<>]*>"));
static KEY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bLTAI[0-9A-Za-z]{12,}|\bAKID[0-9A-Za-z]{16,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.|-----BEGIN [A-Z ]*PRIVATE KEY-----|(^|[^0-9])1[3-9][0-9]{9}($|[^0-9])",
    )
});
/// Texts without which [`KEY`] does not match, unless there are so many digits in a row:
/// looking for them is cheaper.
const KEYS: [&str; 6] = ["AKIA", "ASIA", "LTAI", "AKID", "eyJ", "-----BEGIN "];
const PHONE: usize = 11;

static ROOT_ELEMENT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s*(<\?[^>]*>\s*)?<([A-Za-z_][\w.-]*)"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("patterns of rules are tested")
}

/// Whether a text holds what looks like a real key or phone number.
fn is_real(text: &str) -> bool {
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    let hinted =
        runs.any(|run| run.len() >= PHONE) || KEYS.iter().any(|key| text.contains(key));
    hinted && KEY.is_match(text)
}

/// The samples of an operation.
pub(super) fn page(page: &Page<'_>, report: &mut Report) {
    let root = Trail::Root;
    let path = root.key("examples");
    for (index, example) in page.operation.examples.iter().enumerate() {
        sample(page, example, &path.item(index), report);
    }
}

fn sample(page: &Page<'_>, example: &Example, path: &Trail<'_>, report: &mut Report) {
    let source = page.scope.source;
    let Example {
        request,
        response,
        response_xml,
        ..
    } = example;
    if request.is_none() && response.is_none() && response_xml.is_none() {
        report.value(&EMPTY, source, &path.path(), "a sample that shows nothing");
    }
    let mut walker = Walker {
        scope: &page.scope,
        report,
    };
    if let Some(request) = request {
        let path = path.key("request");
        walker.structure(request, &page.operation.request, &path);
    }
    if let Some(response) = response {
        let path = path.key("response");
        let envelope = page.scope.provider.envelope.as_deref();
        match envelope.filter(|key| wraps(response, key, &page.operation.response)) {
            Some(key) => {
                let message = format!("the sample still stands inside `{key}`");
                walker
                    .report
                    .value(&ENVELOPE, source, &path.path(), message);
            }
            None => walker.structure(response, &page.operation.response, &path),
        }
    }
    if let Some(xml) = response_xml {
        let expected = format!("{}Response", page.operation.operation);
        let root = ROOT_ELEMENT.captures(xml).and_then(|found| found.get(2));
        let root = root.map_or("none", |root| root.as_str());
        if root != expected {
            let message = format!("the root element is {root}, not {expected}");
            let path = path.key("response_xml").path();
            walker.report.value(&ROOT, source, &path, message);
        }
    }
}

fn wraps(response: &Value, envelope: &str, members: &Members) -> bool {
    let only = response.as_object().filter(|object| object.len() == 1);
    only.is_some_and(|object| object.contains_key(envelope))
        && !members.contains_key(envelope)
}

/// The example of one member.
pub(super) fn site(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    if let Some(example) = &site.member.example {
        let mut walker = Walker { scope, report };
        let path = site.path();
        let path = Trail::Whole(&path);
        walker.member(example, site.member, &path.key("example"));
    }
}

struct Walker<'w, 'a> {
    scope: &'w Scope<'a>,
    report: &'w mut Report,
}

impl<'a> Walker<'_, 'a> {
    fn structure(&mut self, value: &Value, members: &'a Members, path: &Trail<'_>) {
        let Value::Object(object) = value else {
            let message = format!("{} is not a structure", shown(value));
            self.add(&TYPE, path, message);
            return;
        };
        for (name, value) in object {
            let path = path.key(name);
            match members.get(name) {
                Some(member) => self.member(value, member, &path),
                None => self.unknown(name, members, &path),
            }
        }
        self.missing(object, members, path);
    }

    fn unknown(&mut self, name: &str, members: &Members, path: &Trail<'_>) {
        if self.report.is_full(&UNKNOWN, self.scope.source) {
            return;
        }
        let message = format!("the spec has no member `{name}`");
        let near = nearest(name, members.keys().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => UNKNOWN.mend.to_owned(),
        };
        self.report
            .key(&UNKNOWN, self.scope.source, &path.path(), message)
            .help(help);
    }

    fn missing(
        &mut self,
        object: &Map<String, Value>,
        members: &Members,
        path: &Trail<'_>,
    ) {
        for (name, member) in members {
            if member.required && !object.contains_key(name) {
                if self.report.is_full(&MISSING, self.scope.source) {
                    return;
                }
                self.add(
                    &MISSING,
                    path,
                    format!("the required `{name}` is not in the sample"),
                );
            }
        }
    }

    fn member(&mut self, value: &Value, member: &'a Member, path: &Trail<'_>) {
        if value.is_null() && !member.required {
            return;
        }
        let masked = value.as_str().is_some_and(|text| text.contains(MASK));
        if !masked {
            for (miss, message) in misses(value, member, self.scope) {
                let rule = match miss {
                    Miss::Type => &TYPE,
                    Miss::Range => &RANGE,
                    Miss::Length => &LENGTH,
                    Miss::Pattern => &PATTERN,
                    Miss::Enum => &ENUM,
                };
                self.add(rule, path, message);
            }
        }
        if let Some(text) = value.as_str() {
            self.text(text, member, path);
        }
        match (self.scope.type_of(member), value) {
            (Type::Array(Some(items)), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.member(value, items, &path.item(index));
                }
            }
            (Type::Map(Some(held)), Value::Object(values)) => {
                for (key, value) in values {
                    self.member(value, held, &path.key(key));
                }
            }
            (Type::Structure(members), Value::Object(_)) => {
                self.structure(value, members, path);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, member: &Member, path: &Trail<'_>) {
        let brief = || crate::load::brief(text);
        if text.contains(MASK) {
            self.add(&MASKED, path, format!("{:?} is masked", brief()));
        } else if is_real(text) {
            self.add(
                &REAL,
                path,
                format!("{:?} looks like a real key or phone number", brief()),
            );
        }
        if text.contains('%')
            && ESCAPE.is_match(text)
            && member.location != Some(Location::Path)
        {
            self.add(
                &PERCENT,
                path,
                format!("{:?} is escaped as in a URL", brief()),
            );
        }
        if text.contains('<') && BRACES.is_match(text) {
            self.add(
                &PLACEHOLDER,
                path,
                format!("{:?} holds a placeholder", brief()),
            );
        }
    }

    fn add(&mut self, rule: &'static Rule, path: &Trail<'_>, message: String) {
        self.report
            .value(rule, self.scope.source, &path.path(), message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_samples_that_need_a_look() {
        assert!(ESCAPE.is_match("a%40example.com"));
        assert!(!ESCAPE.is_match("100%off"));
        assert!(BRACES.is_match("<your id>"));
        assert!(!BRACES.is_match("a < b > c"));
        for text in [
            "86-13912345678",
            "AKIA0123456789ABCDEF",
            "LTAI0123456789ab",
            "AKID0123456789abcdef",
            "eyJ0123456789.0123456789.",
            "-----BEGIN RSA PRIVATE KEY-----",
        ] {
            assert!(is_real(text), "{text}");
        }
        assert!(!is_real("1227489245380721"));
        assert_eq!(
            ROOT_ELEMENT
                .captures("<?xml version='1.0'?>\n<A.B>")
                .and_then(|c| c.get(2))
                .map(|m| m.as_str()),
            Some("A.B")
        );
    }
}
