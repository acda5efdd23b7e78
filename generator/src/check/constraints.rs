//! Rules about bounds, defaults and special values.

use serde_json::Value;

use super::report::Report;
use super::scope::{Scope, Site, Type};
use super::values::misses;
use crate::diagnostic::rules;
use crate::spec::Member;

rules! {
    "constraints";
    MIN_EXCEEDS_MAX: Error "min-exceeds-max",
        "A lower bound above the upper one",
        "No value could ever be valid.",
        "Compare both with the page.",
        "Title: { type: string, min_length: 65, max_length: 64 }";
    NOT_APPLICABLE: Error "constraint-not-applicable",
        "A rule that does not fit the type",
        "Nothing would enforce it.",
        "Mend the rule or the type; the message says what the rule is for.",
        "Count: { type: integer, max_length: 3 }";
    OUTSIDE_TYPE: Error "bound-outside-type",
        "A bound that the type cannot reach",
        "The type is narrower than the page, or the bound is a typo.",
        "Use a wider type, or mend the bound; whole numbers have whole bounds.",
        "Count: { type: int32, maximum: 5000000000 }";
    WITHOUT_EFFECT: Warning "constraint-without-effect",
        "A rule that every value passes",
        "It looks like a check and is none.",
        "Remove it.",
        "Title: { type: string, min_length: 0 }";
    ON_ITEM: Warning "constraint-on-item",
        "A rule on what an array or a map holds",
        "Rules are enforced on members; this one would be lost.",
        "Say it in `doc`, and record it as a note that answers the rule.",
        "Tags: { type: array, items: { type: string, max_length: 8 } }";
    DEFAULT_VIOLATES: Error "default-violates-constraint",
        "The default breaks the member's own rules",
        "The server assumes a value that it would refuse.",
        "Mend the default or the rule; a default in words belongs in `doc`.",
        "Count: { type: integer, maximum: 10, default: 20 }";
    SPECIAL_VIOLATES: Error "special-violates-constraint",
        "A special value breaks the member's own rules",
        "Validation would refuse a value that the page explains.",
        "Widen the rule.",
        "Day: { type: string, min_length: 10, special: { '0': never } }";
}

/// The bounds of one member.
pub(super) fn site(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    applicable(site, scope, report);
    order(site, scope, report);
    reachable(site, scope, report);
    pointless(site, scope, report);
    if site.inner {
        on_item(site, scope, report);
    }
    let member = site.member;
    if let Some(default) = &member.default {
        let path = site.path().key("default");
        for (_, message) in misses(default, member, scope) {
            report.value(&DEFAULT_VIOLATES, scope.source, &path, message);
        }
    }
    for value in member.special.keys() {
        let path = site.path().key("special").key(value);
        for (_, message) in misses(&special(value, member, scope), member, scope) {
            report.key(&SPECIAL_VIOLATES, scope.source, &path, message);
        }
    }
}

/// A special value as it travels: keys of a mapping are texts.
fn special(value: &str, member: &Member, scope: &Scope<'_>) -> Value {
    match scope.type_of(member) {
        Type::Integer(..) | Type::Number => {
            serde_json::from_str(value).unwrap_or_else(|_| value.into())
        }
        _ => value.into(),
    }
}

/// The rules that a member has, with what each is for.
fn present(member: &Member) -> Vec<(&'static str, &'static [&'static str])> {
    const TEXT: &[&str] = &["string"];
    const NUMBER: &[&str] = &["integer", "number"];
    const LIST: &[&str] = &["array"];
    const LIST_OR_TEXT: &[&str] = &["array", "string with a separator"];
    const KNOWN: &[&str] = &["string", "integer", "boolean"];
    let flags = [
        ("minimum", member.minimum.is_some(), NUMBER),
        ("maximum", member.maximum.is_some(), NUMBER),
        ("min_length", member.min_length.is_some(), TEXT),
        ("max_length", member.max_length.is_some(), TEXT),
        ("max_bytes", member.max_bytes.is_some(), TEXT),
        ("pattern", member.pattern.is_some(), TEXT),
        (
            "matches",
            !member.matches.is_empty(),
            &["member with a pattern"],
        ),
        (
            "refuses",
            !member.refuses.is_empty(),
            &["member with a pattern"],
        ),
        ("separator", member.separator.is_some(), TEXT),
        ("min_items", member.min_items.is_some(), LIST),
        ("max_items", member.max_items.is_some(), LIST_OR_TEXT),
        ("enum", !member.values_known.is_empty(), KNOWN),
        (
            "enum_name",
            member.enum_name.is_some(),
            &["member with known values"],
        ),
        ("items", member.items.is_some(), LIST),
        ("values", member.values.is_some(), &["map"]),
    ];
    flags
        .into_iter()
        .filter(|(_, there, _)| *there)
        .map(|(key, _, fits)| (key, fits))
        .collect()
}

fn applicable(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let member = site.member;
    let kind = match scope.type_of(member) {
        Type::String => "string",
        Type::Integer(..) => "integer",
        Type::Number => "number",
        Type::Boolean => "boolean",
        Type::Array(_) => "array",
        Type::Map(_) => "map",
        Type::Unknown => return,
        _ => "other",
    };
    for (key, fits) in present(member) {
        let fits_here = fits.iter().any(|fit| match *fit {
            "member with a pattern" => member.pattern.is_some(),
            "member with known values" => !member.values_known.is_empty(),
            "string with a separator" => kind == "string" && member.separator.is_some(),
            fit => fit == kind,
        });
        let empty = key == "separator" && member.separator.as_deref() == Some("");
        if !fits_here || empty {
            let message = format!("`{key}` is for a {}", fits.join(" or a "));
            report.key(
                &NOT_APPLICABLE,
                scope.source,
                &site.path().key(key),
                message,
            );
        }
    }
}

fn order(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let member = site.member;
    let mut crossed = |low: &str, high: &str, least: String, most: String| {
        let message = format!("`{low}` is {least}, `{high}` only {most}");
        report.value(
            &MIN_EXCEEDS_MAX,
            scope.source,
            &site.path().key(low),
            message,
        );
    };
    if let (Some(least), Some(most)) = (member.minimum, member.maximum)
        && least > most
    {
        crossed("minimum", "maximum", least.to_string(), most.to_string());
    }
    for (low, high, least, most) in [
        (
            "min_length",
            "max_length",
            member.min_length,
            member.max_length,
        ),
        (
            "min_length",
            "max_bytes",
            member.min_length,
            member.max_bytes,
        ),
        ("min_items", "max_items", member.min_items, member.max_items),
    ] {
        if let (Some(least), Some(most)) = (least, most)
            && least > most
        {
            crossed(low, high, least.to_string(), most.to_string());
        }
    }
}

fn reachable(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let Type::Integer(least, most) = scope.type_of(site.member) else {
        return;
    };
    #[allow(
        clippy::cast_precision_loss,
        reason = "bounds are compared, not computed with"
    )]
    let (least, most) = (least as f64, most as f64);
    for (key, bound) in [
        ("minimum", site.member.minimum),
        ("maximum", site.member.maximum),
    ] {
        let Some(bound) = bound else {
            continue;
        };
        if bound < least || bound > most || bound.fract() != 0.0 {
            let message = format!("the type {} cannot hold {bound}", site.member.kind);
            report.value(&OUTSIDE_TYPE, scope.source, &site.path().key(key), message);
        }
    }
}

fn pointless(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let member = site.member;
    let mut pointless = |key: &str, message: String| {
        report.value(
            &WITHOUT_EFFECT,
            scope.source,
            &site.path().key(key),
            message,
        );
    };
    if member.min_length == Some(0) {
        pointless(
            "min_length",
            "no text is shorter than 0 characters".to_owned(),
        );
    }
    if member.min_items == Some(0) {
        pointless("min_items", "no list has fewer than 0 items".to_owned());
    }
    if let (Some(length), Some(bytes)) = (member.max_length, member.max_bytes)
        && bytes <= length
    {
        let message =
            format!("a text of {bytes} bytes never has more than {length} characters");
        pointless("max_length", message);
    }
}

fn on_item(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let kept = ["enum", "enum_name", "items", "values", "matches", "refuses"];
    for (key, _) in present(site.member) {
        if !kept.contains(&key) {
            let message = format!(
                "`{key}` on what `{}` holds would not be enforced",
                site.name
            );
            report.key(&ON_ITEM, scope.source, &site.path().key(key), message);
        }
    }
}
