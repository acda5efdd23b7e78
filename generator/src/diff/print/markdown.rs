//! One comment under a pull request: the verdict first, what breaks in full, the rest
//! folded.

use std::fmt::Write as _;

use super::inline::{code, html, message, prose};
use super::words::{self, Part};
use crate::diff::{Change, ItemChange, Report, Severity, Side, Verdict};

/// What finds the comment again, so that a second run edits it.
pub const MARKER: &str = "<!-- yunspec-diff -->";
/// The longest comment that GitHub takes, in characters.
pub const LONGEST: usize = 65_536;
/// What is kept free for the lines at the end.
const RESERVE: usize = 700;
/// Values are cut after this many characters.
const LONGEST_VALUE: usize = 160;
/// Versions are cut after this many characters.
const LONGEST_VERSION: usize = 40;
/// Rust items, operations and parts that are named of each change.
const MOST_NAMES: usize = 3;

/// The comment; where it would be longer than [`LONGEST`], it says how much is left out.
pub fn markdown(report: &Report<'_>) -> String {
    let mut comment = Comment {
        text: head(report),
        left: Vec::new(),
    };
    comment.add(&gate(report));
    for part in Part::ALL {
        comment.add(&section(report, part));
    }
    comment.text.push_str(&tail(report, &comment.left));
    comment.text
}

/// The text so far, and what was left out of it.
struct Comment {
    text: String,
    left: Vec<String>,
}

/// A heading with what stands below it, in units that are shown or left out as a whole.
#[derive(Default)]
struct Section {
    noun: &'static str,
    heading: String,
    units: Vec<Unit>,
}

struct Unit {
    text: String,
    changes: usize,
}

impl Comment {
    fn add(&mut self, section: &Section) {
        let room = LONGEST - RESERVE;
        let mut length = length(&self.text) + length(&section.heading);
        let fits = |unit: &&Unit| {
            length += self::length(&unit.text);
            length <= room
        };
        let shown: Vec<&Unit> = section.units.iter().take_while(fits).collect();
        let left: usize = section.units[shown.len()..]
            .iter()
            .map(|one| one.changes)
            .sum();
        if !shown.is_empty() {
            self.text.push_str(&section.heading);
            self.text
                .extend(shown.iter().map(|unit| unit.text.as_str()));
        }
        if left > 0 {
            self.left.push(format!("{left} {}", section.noun));
        }
    }
}

/// As GitHub and scripts count: a sign outside the first plane counts twice.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn head(report: &Report<'_>) -> String {
    let (verdict, bump) = (words::verdict(report), report.totals().bump);
    let mut out = format!("{MARKER}\n## {verdict}: {}\n\n", words::need(bump));
    let counts = words::counts(&report.changes);
    let (old, new) = (label(report.old), label(report.new));
    let told = match words::tally(&counts) {
        none if none.is_empty() => "no changes".to_owned(),
        told => told,
    };
    let _ = writeln!(out, "{old} → {new}: {told}.");
    let table =
        words::AXES.map(|(name, axis)| (name, words::on_axis(&report.changes, axis)));
    if table
        .iter()
        .any(|(_, row)| row.iter().any(|count| *count > 0))
    {
        out.push_str(
            "\n| open changes | breaking | risky | compatible |\n|---|--:|--:|--:|\n",
        );
        for (name, [breaking, risky, compatible]) in table {
            let _ = writeln!(out, "| {name} | {breaking} | {risky} | {compatible} |");
        }
    }
    out
}

/// A side by its name, cut: a path may be long.
fn label(side: &Side) -> String {
    let name = code(&words::cut(&side.label, LONGEST_VALUE));
    match &side.version {
        Some(version) => {
            format!("{name} ({})", prose(&words::cut(version, LONGEST_VERSION)))
        }
        None => name,
    }
}

fn gate(report: &Report<'_>) -> Section {
    let units = report.gate.iter().map(|found| {
        let text = words::cut(&found.message, 4 * LONGEST_VALUE);
        let mut text = format!("- **{}**", message(&text));
        if found.place.line > 0 {
            let place = words::place(report.new, &found.place);
            let _ = write!(text, ", {}", code(&place));
        }
        let _ = writeln!(text, "\n  - {}", code(found.rule));
        if let Some(help) = &found.help {
            let _ = writeln!(
                text,
                "  - {}",
                message(&words::cut(help, 4 * LONGEST_VALUE))
            );
        }
        Unit { text, changes: 1 }
    });
    Section {
        noun: "of the gates",
        heading: format!("\n### Gates ({})\n\n", report.gate.len()),
        units: units.collect(),
    }
}

fn section(report: &Report<'_>, part: Part) -> Section {
    let mut changes: Vec<&Change> = report
        .changes
        .iter()
        .filter(|change| Part::of(change) == part)
        .collect();
    changes.sort_by_key(|change| words::page(change));
    let groups = changes.chunk_by(|one, other| words::page(one) == words::page(other));
    let groups: Vec<&[&Change]> = groups.collect();
    let (noun, title) = match part {
        Part::Breaking => ("breaking", "Breaking"),
        Part::Risky => ("risky", "Risky"),
        Part::Acknowledged => ("acknowledged", "Acknowledged"),
        Part::Compatible => ("compatible", "Compatible"),
        Part::Documentation => return Section::default(),
    };
    let units = match part {
        Part::Compatible => groups.into_iter().map(folded).collect(),
        _ => groups
            .into_iter()
            .flat_map(|group| open(report, group))
            .collect(),
    };
    Section {
        noun,
        heading: format!("\n### {title} ({})\n", changes.len()),
        units,
    }
}

/// A unit for each change; the first one has the name of the page.
fn open<'a>(
    report: &'a Report<'_>,
    group: &'a [&Change],
) -> impl Iterator<Item = Unit> + 'a {
    group.iter().enumerate().map(move |(index, change)| {
        let name = match index {
            0 => format!("\n#### {}\n\n", code(&words::page(change))),
            _ => String::new(),
        };
        Unit {
            text: name + &finding(report, change),
            changes: 1,
        }
    })
}

/// All changes of a page, behind its name.
fn folded(group: &[&Change]) -> Unit {
    let name = group
        .first()
        .map(|change| words::page(change))
        .unwrap_or_default();
    let mut text = format!(
        "\n<details><summary><code>{}</code>: {}</summary>\n\n",
        html(&name),
        group.len()
    );
    for change in group {
        let _ = writeln!(text, "- {}{}", told(change), with(change));
    }
    text.push_str("\n</details>\n");
    Unit {
        text,
        changes: group.len(),
    }
}

/// A change with its values, places, counter-examples and items.
fn finding(report: &Report<'_>, change: &Change) -> String {
    let verdicts = words::verdicts(change);
    let bump = change.bump().as_str();
    let mut out = format!("- **{}** · {verdicts} → {bump}\n", told(change));
    for (word, side, value, place) in [
        ("was", report.old, &change.old, &change.old_place),
        ("now", report.new, &change.new, &change.new_place),
    ] {
        let value = value
            .as_ref()
            .map(|one| code(&words::value(one, LONGEST_VALUE)));
        let place = place.as_ref().map(|one| code(&words::place(side, one)));
        if value.is_some() || place.is_some() {
            let value = value.unwrap_or_else(|| "there".to_owned());
            let at = place.map(|place| format!(", {place}")).unwrap_or_default();
            line(&mut out, &format!("  - {word} {value}{at}"));
        }
    }
    for (word, value) in [
        ("refused now", &change.refused),
        ("taken now", &change.admitted),
    ] {
        if let Some(value) = value {
            let value = code(&words::cut(&value.to_string(), LONGEST_VALUE));
            line(&mut out, &format!("  - {word}: {value}"));
        }
    }
    out.push_str(&reach(change));
    out.push_str(&items(change));
    if let Some(given) = &change.acknowledged {
        let reason = prose(&words::cut(&given.reason, 4 * LONGEST_VALUE));
        let by = given.by.as_ref().map(|by| format!(" ({})", prose(by)));
        let by = by.unwrap_or_default();
        let kind = given.kind.as_str();
        line(
            &mut out,
            &format!("  - acknowledged as {kind}: {reason}{by}"),
        );
    }
    let _ = writeln!(
        out,
        "  - {} · {}",
        code(change.rule.id),
        code(&change.fingerprint)
    );
    out
}

fn told(change: &Change) -> String {
    message(&words::cut(&change.message, 4 * LONGEST_VALUE))
}

/// What came or went with it.
fn with(change: &Change) -> String {
    let (names, more) = words::first(&change.folded, MOST_NAMES);
    if names.is_empty() {
        return String::new();
    }
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!(", with {}{more}", prose(&names.join(", ")))
}

/// The operations that it reaches from outside their pages.
fn reach(change: &Change) -> String {
    let mut out = String::new();
    let with = with(change);
    if !with.is_empty() {
        line(&mut out, &format!("  - {}", with.trim_start_matches(", ")));
    }
    let page = words::page(change);
    if change.operations.iter().all(|operation| *operation == page) {
        return out;
    }
    let (names, more) = words::first(&change.operations, MOST_NAMES);
    let names: Vec<String> = names.into_iter().map(code).collect();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    line(&mut out, &format!("  - reaches {}{more}", names.join(", ")));
    out
}

/// The Rust items that no longer mean what they meant.
fn items(change: &Change) -> String {
    let harmful = |item: &&ItemChange| item.effect.verdict() >= Verdict::Risky;
    let all = change.items.iter().filter(harmful);
    let mut out = String::new();
    for item in all.clone().take(MOST_NAMES) {
        let declared: Vec<String> = [&item.old, &item.new]
            .into_iter()
            .flatten()
            .map(|text| code(&words::cut(text, LONGEST_VALUE)))
            .collect();
        let what = words::happened(item);
        line(
            &mut out,
            &format!("  - Rust, {what}: {}", declared.join(" → ")),
        );
    }
    if let Some(more @ 1..) = all.count().checked_sub(MOST_NAMES) {
        line(
            &mut out,
            &format!("  - Rust: {}", words::counted(more, "more item")),
        );
    }
    out
}

/// What is left out, and what to do about what is open.
fn tail(report: &Report<'_>, left: &[String]) -> String {
    let mut out = String::new();
    if !left.is_empty() {
        let left = left.join(", ");
        let _ = writeln!(
            out,
            "\n**Not shown, as the comment would be too long: {left}.** \
             `yunspec diff` lists everything."
        );
    }
    let open = |change: &Change| {
        change.acknowledged.is_none() && change.severity() > Severity::Info
    };
    if report.changes.iter().any(open) {
        out.push_str(
            "\nTo accept a change, run `yunspec diff` on the same two sides with \
             `--ack FINGERPRINT --reason \"…\"`, and commit what it writes.\n",
        );
    }
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
