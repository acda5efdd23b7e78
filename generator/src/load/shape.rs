//! Holds a tree against the JSON Schema of its kind of file: every unknown key, missing key
//! and wrong type at once, each with its place.

use super::node::{self, Entry, Node, Source};
use super::rules;
use super::scalar::{Plain, classify};
use super::yaml::brief;
use crate::diagnostic::{Diagnostic, Place, Rule, Trail};
use crate::nearest::nearest;
use crate::schema::{Form, Kind};

/// So many findings of one file are reported; more help nobody.
const MAX_FINDINGS: usize = 100;

/// What is wrong with a file's shape.
pub(super) fn check(source: &Source, kind: Kind) -> Vec<Diagnostic> {
    let mut walker = Walker {
        source,
        findings: Vec::new(),
    };
    walker.value(&source.root, Form::of(kind), &Trail::Root);
    walker.findings.truncate(MAX_FINDINGS);
    walker.findings
}

struct Walker<'s> {
    source: &'s Source,
    findings: Vec<Diagnostic>,
}

impl Walker<'_> {
    fn value(&mut self, node: &Node, form: &'static Form, path: &Trail<'_>) {
        if self.findings.len() > MAX_FINDINGS {
            return;
        }
        match (form.kind, &node.kind) {
            (Some("object"), node::Kind::Mapping(entries)) => {
                self.mapping(entries, form, path);
            }
            (Some("array"), node::Kind::Sequence(items)) => {
                for (index, item) in items.iter().enumerate() {
                    match form.items() {
                        Some(form) => self.value(item, form, &path.item(index)),
                        None => self.any(item, &path.item(index)),
                    }
                }
            }
            (Some(expected @ ("object" | "array")), _) => {
                self.wrong(node, expected, path);
            }
            (Some(expected), node::Kind::Scalar { text, plain }) => {
                self.scalar((text, *plain), expected, form, path);
            }
            (Some(expected), _) => self.wrong(node, expected, path),
            (None, _) => match &form.words {
                Some(words) => self.word(node, words, path),
                None => self.any(node, path),
            },
        }
    }

    fn mapping(&mut self, entries: &[Entry], form: &'static Form, path: &Trail<'_>) {
        let free = form.free();
        for entry in entries {
            if self.findings.len() > MAX_FINDINGS {
                return;
            }
            let path = path.key(&entry.key);
            if let Some(form) = form.key(&entry.key) {
                self.value(&entry.value, form, &path);
            } else if let Some(form) = free {
                self.key(entry, &path);
                self.value(&entry.value, form, &path);
            } else {
                let known: Vec<&str> = form.keys().collect();
                self.unknown_key(entry, &known, &path);
            }
        }
        for name in &form.required {
            if !entries.iter().any(|entry| entry.key == *name) {
                let message = format!("`{name}` is missing");
                let wanted = form.schema["properties"][name]["description"].as_str();
                let help = format!("`{name}`: {}", wanted.unwrap_or("see schema.json"));
                self.report(
                    &rules::MISSING_KEY,
                    self.source.place(&path.path()),
                    message,
                    help,
                );
            }
        }
    }

    fn key(&mut self, entry: &Entry, path: &Trail<'_>) {
        if entry.plain && classify(&entry.key) != Plain::Text {
            let message = format!("the key `{}` reads as something else", entry.key);
            let help = format!("write it as '{}'", entry.key);
            let place = self.source.key_place(&path.path());
            self.report(&rules::AMBIGUOUS_SCALAR, place, message, help);
        }
    }

    fn unknown_key(&mut self, entry: &Entry, known: &[&str], path: &Trail<'_>) {
        let message = format!("`{}` is no key of the format", brief(&entry.key));
        let help = match nearest(&entry.key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known here: {}", known.join(", ")),
        };
        self.report(
            &rules::UNKNOWN_KEY,
            self.source.key_place(&path.path()),
            message,
            help,
        );
    }

    fn scalar(
        &mut self,
        (text, plain): (&str, bool),
        expected: &str,
        form: &'static Form,
        path: &Trail<'_>,
    ) {
        let found = if plain { classify(text) } else { Plain::Text };
        match (expected, found) {
            ("string", Plain::Text) => {
                if let Some(words) = &form.words {
                    self.known_word(text, words, path);
                }
            }
            ("boolean", Plain::Boolean) => {}
            ("integer", Plain::Integer) | ("number", Plain::Integer | Plain::Number) => {
                self.bounds(text, form, path);
            }
            ("string", _) => {
                let message = format!("`{text}` reads as something else than a text");
                let help = if text.is_empty() || matches!(text, "~" | "null") {
                    "leave the key out where there is nothing to say".to_owned()
                } else {
                    format!("write '{text}'")
                };
                let place = self.source.place(&path.path());
                self.report(&rules::AMBIGUOUS_SCALAR, place, message, help);
            }
            (_, Plain::Ambiguous) => {
                let message = format!("readers disagree about `{text}`");
                let help = format!("write {} in plain form", article(expected));
                let place = self.source.place(&path.path());
                self.report(&rules::AMBIGUOUS_SCALAR, place, message, help);
            }
            _ => {
                let message =
                    format!("expected {}, got `{}`", article(expected), brief(text));
                let help = describe(form);
                self.report(
                    &rules::WRONG_TYPE,
                    self.source.place(&path.path()),
                    message,
                    help,
                );
            }
        }
    }

    fn bounds(&mut self, text: &str, form: &'static Form, path: &Trail<'_>) {
        let Ok(number) = text.parse::<f64>() else {
            return;
        };
        let minimum = form.schema["minimum"].as_f64();
        let maximum = form.schema["maximum"].as_f64();
        if minimum.is_some_and(|least| number < least)
            || maximum.is_some_and(|most| number > most)
        {
            let message = format!("{text} is out of bounds");
            let help = match (minimum, maximum) {
                (Some(least), Some(most)) => format!("from {least} to {most}"),
                (Some(least), None) => format!("at least {least}"),
                (_, most) => format!("at most {}", most.unwrap_or(f64::MAX)),
            };
            self.report(
                &rules::NEGATIVE_LENGTH,
                self.source.place(&path.path()),
                message,
                help,
            );
        }
    }

    fn word(&mut self, node: &Node, words: &[&str], path: &Trail<'_>) {
        match &node.kind {
            node::Kind::Scalar { text, .. } => self.known_word(text, words, path),
            _ => self.wrong(node, "string", path),
        }
    }

    fn known_word(&mut self, text: &str, words: &[&str], path: &Trail<'_>) {
        if !words.contains(&text) {
            let message = format!("`{}` is none of the words that go here", brief(text));
            let help = match nearest(text, words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of {}", words.join(", ")),
            };
            self.report(
                &rules::UNKNOWN_VALUE,
                self.source.place(&path.path()),
                message,
                help,
            );
        }
    }

    fn any(&mut self, node: &Node, path: &Trail<'_>) {
        if self.findings.len() > MAX_FINDINGS {
            return;
        }
        match &node.kind {
            node::Kind::Scalar { text, plain } => {
                let found = if *plain { classify(text) } else { Plain::Text };
                let padded = found == Plain::Number && text.ends_with('0');
                if found == Plain::Ambiguous || padded {
                    let message = format!("readers disagree about `{text}`");
                    let help =
                        format!("a text: '{text}'; a number or boolean: in plain form");
                    let place = self.source.place(&path.path());
                    self.report(&rules::AMBIGUOUS_SCALAR, place, message, help);
                }
            }
            node::Kind::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.any(item, &path.item(index));
                }
            }
            node::Kind::Mapping(entries) => {
                for entry in entries {
                    let path = path.key(&entry.key);
                    self.key(entry, &path);
                    self.any(&entry.value, &path);
                }
            }
        }
    }

    fn wrong(&mut self, node: &Node, expected: &str, path: &Trail<'_>) {
        let found = match &node.kind {
            node::Kind::Scalar { text, .. } if text.is_empty() => "nothing".to_owned(),
            node::Kind::Scalar { text, .. } => format!("`{}`", brief(text)),
            node::Kind::Sequence(_) => "a list".to_owned(),
            node::Kind::Mapping(_) => "a mapping".to_owned(),
        };
        let message = format!("expected {}, got {found}", article(expected));
        let help = rules::WRONG_TYPE.mend;
        self.report(
            &rules::WRONG_TYPE,
            self.source.place(&path.path()),
            message,
            help,
        );
    }

    fn report(
        &mut self,
        rule: &'static Rule,
        place: Place,
        message: String,
        help: impl Into<String>,
    ) {
        let finding = Diagnostic::new(rule, place, message).help(help);
        self.findings.push(finding.source(&self.source.text));
    }
}

fn article(expected: &str) -> &'static str {
    match expected {
        "object" => "a mapping",
        "array" => "a list",
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        _ => "true or false",
    }
}

fn describe(form: &'static Form) -> String {
    form.schema["description"]
        .as_str()
        .unwrap_or(rules::WRONG_TYPE.mend)
        .to_owned()
}
