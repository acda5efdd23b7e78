//! Facts of the model as English sentences, in Markdown.

use indexmap::IndexMap;
use serde_json::Value;

use super::docs::{HARD_SPACE, code, prose, sentence};
use crate::model::{
    Condition, EnumValue, Erratum, ErrorCode, Member, Period, Permission, RateLimit,
    Retry, Rule, Shape, Source,
};

/// Longer values say more about the page than about the member.
const LONGEST_EXAMPLE: usize = 60;

/// Everything a caller should know about a member, behind its own text.
pub(super) fn member(member: &Member) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(meanings(&member.meanings));
    words.extend(special(&member.special));
    words.extend(member.rules.iter().map(rule));
    words.extend(
        member
            .format
            .as_ref()
            .map(|format| sentence(format!("Format: {}", prose(format)))),
    );
    words.extend(
        member
            .default
            .as_ref()
            .map(|default| format!("Default: {}.", value(default))),
    );
    words.extend(member.conditions.iter().map(condition));
    words.extend(example(member).map(|example| format!("Example: {example}.")));
    words
}

/// The page's example, where it says more than the type.
fn example(member: &Member) -> Option<String> {
    if member.sensitive || matches!(member.shape, Shape::Boolean | Shape::Enumeration(_))
    {
        return None;
    }
    let example = value(member.example.as_ref()?);
    (example.chars().count() <= LONGEST_EXAMPLE).then_some(example)
}

/// A rule: `1 to 64 characters.`
pub(super) fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Length { min, max } => count(*min, *max, "character"),
        Rule::Items { min, max } => count(*min, *max, "item"),
        Rule::Bytes { max } => count(None, Some(*max), "byte"),
        Rule::Range { min, max } => match (min, max) {
            (Some(min), Some(max)) => format!("From {min} to {max}."),
            (Some(min), None) => format!("At least {min}."),
            (None, Some(max)) => format!("At most {max}."),
            (None, None) => String::new(),
        },
        Rule::Pattern(pattern) => format!("Matches {}.", code(pattern)),
        Rule::Separator { by, max } => {
            format!("Items joined by {}, at most {max}.", code(by))
        }
    }
}

/// `Source: "Title", Collection, as of 2026-11-22.`
pub(super) fn source(source: &Source) -> String {
    let mut text = format!("Source: \"{}\"", prose(&source.title));
    if let Some(collection) = &source.collection {
        text.push_str(&format!(", {}", prose(collection)));
    }
    match &source.page_updated {
        Some(date) => {
            text.push_str(&format!(
                ", as of {} (read {})",
                prose(date),
                prose(&source.transcribed)
            ));
        }
        None => text.push_str(&format!(", as of {}", prose(&source.transcribed))),
    }
    if !source.official {
        text.push_str("; a copy on a site that is not the provider's");
    }
    sentence(text)
}

/// `At most 20 requests a second.`
pub(super) fn rate_limit(limit: &RateLimit) -> String {
    let per = match limit.per {
        Period::Second => "second",
        Period::Minute => "minute",
    };
    let scope = limit
        .scope
        .as_ref()
        .map(|scope| format!(" ({})", prose(scope)));
    format!(
        "At most {} a {per}{}.",
        plural(limit.requests as usize, "request"),
        scope.unwrap_or_default()
    )
}

/// `Needs the permission ram:UpdateUser on all resources.`
pub(super) fn permission(permission: &Permission) -> String {
    let mut text = format!("Needs the permission {}", code(&permission.action));
    if let Some(level) = &permission.access_level {
        text.push_str(&format!(" ({})", prose(level)));
    }
    match permission.resource.as_deref() {
        Some("*") => text.push_str(" on all resources"),
        Some(resource) => text.push_str(&format!(" on {}", code(resource))),
        None => {}
    }
    for (introduction, names) in [
        (", and besides ", &permission.dependent_actions),
        ("; condition keys: ", &permission.condition_keys),
    ] {
        let names: Vec<_> = names.iter().flatten().map(|name| code(name)).collect();
        if !names.is_empty() {
            text.push_str(&format!("{introduction}{}", names.join(", ")));
        }
    }
    format!("{text}.")
}

/// What a second attempt does.
pub(super) fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Safe => "Repeating it is harmless.",
        Retry::Unsafe => "Repeating it may act twice.",
    }
}

/// What the page gets wrong, where a caller should know.
pub(super) fn erratum(erratum: &Erratum) -> String {
    let page = match &erratum.page {
        Some(page @ (Value::String(_) | Value::Number(_) | Value::Bool(_))) => {
            format!("the page says {}; ", value(page))
        }
        _ => String::new(),
    };
    sentence(format!(
        "{}: {page}{}",
        code(&erratum.at),
        prose(&erratum.why)
    ))
}

/// What an error means: `The user does not exist. (HTTP 404)`
pub(super) fn error(error: &ErrorCode) -> String {
    let text = error
        .doc
        .as_ref()
        .or(error.message.as_ref())
        .map(|text| sentence(prose(text)));
    let code = error.code.as_deref().unwrap_or_default();
    let mut text = text.unwrap_or_else(|| sentence(self::code(code)));
    if let Some(status) = error.status {
        text.push_str(&format!(" (HTTP{HARD_SPACE}{status})"));
    }
    text
}

/// A JSON value as code.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::String(text) => code(text),
        value => code(&value.to_string()),
    }
}

/// What true and false stand for, where they are more than yes and no.
fn meanings(values: &[EnumValue]) -> Option<String> {
    let explained = values
        .iter()
        .filter_map(|known| Some((known, known.meaning.as_deref()?)));
    let explained = explained
        .filter(|(_, meaning)| !["Yes", "No"].contains(&meaning.trim_end_matches('.')));
    let meanings: Vec<_> = explained
        .map(|(known, meaning)| {
            format!("{}: {}", value(&known.value), without_point(meaning))
        })
        .collect();
    (!meanings.is_empty()).then(|| sentence(meanings.join("; ")))
}

fn special(values: &IndexMap<String, String>) -> Option<String> {
    let meanings: Vec<_> = values
        .iter()
        .map(|(value, meaning)| format!("{}: {}", code(value), without_point(meaning)))
        .collect();
    (!meanings.is_empty()).then(|| sentence(meanings.join("; ")))
}

fn condition(condition: &Condition) -> String {
    sentence(format!(
        "If {}, {}",
        without_point(&condition.when),
        prose(&condition.then)
    ))
}

/// A text that another goes on after.
fn without_point(text: &str) -> String {
    prose(text.trim().trim_end_matches('.'))
}

/// `1 to 64 characters.`
fn count(min: Option<usize>, max: Option<usize>, what: &str) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("Exactly {}.", plural(max, what)),
        (Some(min), Some(max)) => format!("{min} to {}.", plural(max, what)),
        (Some(min), None) => format!("At least {}.", plural(min, what)),
        (None, Some(max)) => format!("At most {}.", plural(max, what)),
        (None, None) => String::new(),
    }
}

fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::{count, rule, value};
    use crate::model::Rule;

    #[test]
    fn rules_read_as_sentences() {
        assert_eq!(count(Some(1), Some(64), "character"), "1 to 64 characters.");
        assert_eq!(count(Some(2), Some(2), "item"), "Exactly 2 items.");
        assert_eq!(count(None, Some(1), "byte"), "At most 1 byte.");
        assert_eq!(count(Some(3), None, "item"), "At least 3 items.");
        let range = |min, max| rule(&Rule::Range { min, max });
        assert_eq!(range(Some(1.0), Some(10.0)), "From 1 to 10.");
        assert_eq!(range(None, Some(0.5)), "At most 0.5.");
        let separator = Rule::Separator {
            by: ",".to_owned(),
            max: 3,
        };
        assert_eq!(rule(&separator), "Items joined by `,`, at most 3.");
        assert_eq!(value(&"".into()), "(empty)");
    }
}
