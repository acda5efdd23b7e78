//! Rules about regular expressions. They are enforced on whole texts by an engine without
//! look-around, whose time is linear.

use super::report::Report;
use super::scan::scan;
use super::scope::{Scope, Site};
use super::values::whole;
use crate::diagnostic::rules;
use crate::load::brief;

rules! {
    "patterns";
    INVALID: Error "pattern-invalid",
        "The pattern is no regular expression",
        "Nothing could be checked with it.",
        "Compare it with the page; record what the page says as an erratum.",
        "pattern: '^[a-z+$'";
    UNSUPPORTED: Error "pattern-unsupported",
        "The pattern needs more than a linear-time engine has",
        "Look-around, back-references, Unicode properties and possessive quantifiers are not \
         supported: no text may make validation slow.",
        "Say the rule in `doc`, or write it as a pattern without them and a bound.",
        r"pattern: '^(?!-)[a-z-]+$'";
    SUSPICIOUS: Warning "pattern-suspicious-range",
        "A range between two signs in a character class",
        "A hyphen between two signs is a range. It admits every sign in between and not the \
         hyphen: most pages mean the three characters.",
        "Move the hyphen to the end of the class and record an erratum with what the page says; \
         where a range is meant, answer the rule.",
        "pattern: '^[a-zA-Z0-9.@-_]+$'";
    UNANCHORED: Warning "pattern-unanchored",
        "The pattern does not say that it is about the whole text",
        "It is enforced on the whole text; unanchored, the page may mean that a part matches. \
         In `^a|b$` each anchor belongs to one alternative only.",
        "Write ^ and $ around the whole, with a group around alternatives.",
        "pattern: '[a-z]+'";
    MIDDLE_HYPHEN: Warning "pattern-class-contains-literal-hyphen-mid",
        "A hyphen stands for itself in the middle of a class",
        "Engines differ: some take it for a range.",
        "Move it to the end of the class, or escape it.",
        "pattern: '^[a-z-9]+$'";
    WITH_ENUM: Warning "pattern-redundant-with-enum",
        "A pattern beside known values",
        "The values say it all; a new value of the cloud would be refused by the pattern.",
        "Remove the pattern.",
        "pattern: '^(a|b)$'\nenum: [{ value: a }, { value: b }]";
    LENGTH: Warning "pattern-length-contradiction",
        "The pattern and the bounds of length disagree",
        "One of them admits what the other refuses: the page contradicts itself.",
        "Find out which holds; record the other as an erratum.",
        "pattern: '^[a-z]{1,64}$'\nmax_length: 128";
    EMPTY: Warning "pattern-matches-empty",
        "The pattern admits the empty text",
        "`*` is often written where `+` is meant.",
        "Write + or a count; where the empty text is allowed, write {0,n} or answer the rule.",
        "pattern: '^[a-z]*$'";
    UNTESTED: Warning "pattern-untested",
        "A pattern without texts that prove it",
        "A reviewer reads samples faster than a pattern, and the tests hold both together.",
        "Give `matches` and `refuses` at least one text each.",
        "pattern: '^[a-z]+$'";
    MATCH_FAILS: Error "pattern-match-fails",
        "A text under `matches` that the pattern refuses",
        "The pattern does not do what its author thought.",
        "Mend the pattern or the text.",
        "pattern: '^[a-z]+$'\nmatches: [A]";
    REFUSAL_MATCHES: Error "pattern-refusal-matches",
        "A text under `refuses` that the pattern admits",
        "The pattern does not do what its author thought.",
        "Mend the pattern or the text.",
        "pattern: '^[a-z]+$'\nrefuses: [a]";
}

/// So many texts prove a pattern; to try more takes time and tells nothing.
const MOST_TEXTS: usize = 100;

/// The pattern of one member.
pub(super) fn site(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let member = site.member;
    let Some(pattern) = &member.pattern else {
        return;
    };
    let source = scope.source;
    let path = site.path().key("pattern");
    let regex = match whole(pattern) {
        Ok(regex) => regex,
        Err(error) => {
            if let Some(what) = unsupported(pattern) {
                let message = format!("{what} is not supported");
                report.value(&UNSUPPORTED, source, &path, message);
            } else {
                let message = format!("no regular expression: {error}");
                report.value(&INVALID, source, &path, message);
            }
            return;
        }
    };
    for (key, texts, rule, admits) in [
        ("matches", &member.matches, &MATCH_FAILS, true),
        ("refuses", &member.refuses, &REFUSAL_MATCHES, false),
    ] {
        if texts.len() > MOST_TEXTS {
            let message = format!("more than {MOST_TEXTS} texts: so many are not tried");
            report.value(rule, source, &site.path().key(key), message);
        }
        for (index, text) in texts.iter().enumerate().take(MOST_TEXTS) {
            if regex.is_match(text) != admits {
                let verb = if admits { "refuses" } else { "admits" };
                let message = format!("the pattern {verb} {:?}", brief(text));
                report.value(rule, source, &site.path().key(key).item(index), message);
            }
        }
    }
    if member.matches.is_empty() || member.refuses.is_empty() {
        let message = "the pattern has no texts that prove it";
        report.value(&UNTESTED, source, &path, message);
    }
    if regex.is_match("")
        && member.min_length.unwrap_or(0) == 0
        && !pattern.contains("{0,")
    {
        report.value(&EMPTY, source, &path, "the pattern admits the empty text");
    }
    if !member.values_known.is_empty() {
        report.value(&WITH_ENUM, source, &path, "the known values say it all");
    }
    look(site, scope, report);
}

/// Whether a pattern says that it is about the whole text.
pub(crate) fn is_anchored(pattern: &str) -> bool {
    scan(pattern).anchored
}

/// What a person would stumble over.
fn look(site: &Site<'_>, scope: &Scope<'_>, report: &mut Report) {
    let member = site.member;
    let path = site.path().key("pattern");
    let scan = scan(member.pattern.as_deref().unwrap_or_default());
    let source = scope.source;
    for range in scan.ranges.iter().filter(|range| range.is_suspicious()) {
        let omits = if range.hyphen || (range.from..=range.to).contains(&'-') {
            ""
        } else {
            ", and refuses `-`"
        };
        let message = format!(
            "`{}-{}` is a range: of the signs it admits `{}`{omits}",
            range.from,
            range.to,
            range.signs()
        );
        report.value(&SUSPICIOUS, source, &path, message);
    }
    if scan.middle_hyphen {
        let message = "a hyphen in the middle of a class stands for itself here";
        report.value(&MIDDLE_HYPHEN, source, &path, message);
    }
    if !scan.anchored {
        let message = "`^` and `$` are not around the whole pattern";
        report.value(&UNANCHORED, source, &path, message);
    }
    let longest = scan
        .longest
        .zip(member.max_length)
        .filter(|(most, bound)| most < bound);
    let shortest = member.min_length.filter(|bound| scan.shortest > *bound);
    let too_short = scan
        .longest
        .zip(member.min_length)
        .filter(|(most, least)| most < least);
    let too_long = member.max_length.filter(|most| scan.shortest > *most);
    let message = if let Some((most, least)) = too_short {
        format!(
            "the pattern admits at most {most} characters, `min_length` asks for {least}"
        )
    } else if let Some(most) = too_long {
        let least = scan.shortest;
        format!("the pattern asks for {least} characters, `max_length` admits {most}")
    } else if let Some((most, bound)) = longest {
        format!("the pattern admits at most {most} characters, `max_length` {bound}")
    } else if let Some(bound) = shortest {
        let least = scan.shortest;
        format!("the pattern asks for {least} characters, `min_length` for {bound}")
    } else {
        return;
    };
    report.value(&LENGTH, source, &path, message);
}

/// What makes a pattern more than an engine of linear time can do.
fn unsupported(pattern: &str) -> Option<&'static str> {
    let signs: [(&[&str], &str); 5] = [
        (&["(?=", "(?!", "(?<=", "(?<!"], "look-around"),
        (
            &["(?>", "*+", "++", "?+"],
            "a possessive quantifier or an atomic group",
        ),
        (&["\\p", "\\P"], "a Unicode property"),
        (&["\\k", "(?P="], "a named back-reference"),
        (
            &[
                "\\1", "\\2", "\\3", "\\4", "\\5", "\\6", "\\7", "\\8", "\\9",
            ],
            "a back-reference",
        ),
    ];
    let found =
        |(marks, _): &&(&[&str], &str)| marks.iter().any(|mark| pattern.contains(mark));
    signs.iter().find(found).map(|(_, what)| *what)
}
