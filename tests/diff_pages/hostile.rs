//! Texts that try to be more than text, in each format.

use std::path::PathBuf;

use serde_json::Value;
use yunspec::diff::print::{changelog, html, markdown, text};
use yunspec::diff::{Change, Report, rule};

use crate::pair::{self, Pair};

/// Ways out of Markdown, HTML, comments, tables and lines.
const HOSTILE: [&str; 14] = [
    "<script>window.owned = 1</script>",
    "\"><img src=x onerror=\"window.owned = 1\">",
    "'); window.owned = 1; ('",
    "</style></title></details></code>",
    "--> <!-- yunspec-diff -->",
    "@octocat and #123 and GH-7 and owner/repo#4",
    "a | b || c\n| d |",
    "`code` ``more`` ```fence```",
    "# heading\n\n## another\r\n- item\n\n    indented",
    "[link](javascript:alert(1)) ![image](http://example.test/x.png)",
    "http://example.test www.example.test ann@example.test :tada: $x$ ~~gone~~ **bold**",
    "evil\u{202E}txt.exe\u{2066}\u{061C}\u{2060}\u{200B}\u{FEFF}\u{0007}\u{1b}[31m",
    "{{ version }} {% raw %} ${{ secrets.TOKEN }}",
    "&lt;b&gt; &amp; &#60;script&#62;",
];

/// A report in which every text of others is hostile.
pub(crate) fn report(pair: &Pair) -> Report<'_> {
    let mut report = pair.report();
    let texts = HOSTILE.iter().cycle();
    for (change, text) in report.changes.iter_mut().zip(texts) {
        poison(change, text);
    }
    assert!(
        report.changes.len() >= HOSTILE.len(),
        "every text has its change"
    );
    for found in &mut report.gate {
        found.message = HOSTILE.join(" ");
        found.help = Some(HOSTILE.join("`"));
        found.place.file = PathBuf::from("</code>|`.yaml");
    }
    report
}

fn poison(change: &mut Change, text: &str) {
    let text = text.to_owned();
    change.message = format!("`{text}` is {text}");
    change.subject = format!("{text}/{text}/{text}");
    change.operations.push(format!("{text}/b/c"));
    change.old = Some(Value::from(text.clone()));
    change.new = Some(serde_json::json!({ text.clone(): text.clone() }));
    change.refused = Some(Value::from(text.clone()));
    change.admitted = Some(Value::from(text.clone()));
    change.folded = vec![text.clone()];
    for item in &mut change.items {
        item.old = Some(text.clone());
        item.path.clone_from(&text);
    }
    if let Some(given) = &mut change.acknowledged {
        given.reason.clone_from(&text);
        given.by = Some(text.clone());
    }
    for place in [&mut change.old_place, &mut change.new_place]
        .into_iter()
        .flatten()
    {
        place.file = PathBuf::from(format!("{text}.yaml"));
    }
}

/// Signs that hide or turn what stands beside them.
fn hidden(text: &str) -> Vec<char> {
    let is = |sign: &char| {
        (sign.is_control() && *sign != '\n')
            || matches!(sign, '\u{061C}' | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    text.chars().filter(is).collect()
}

/// Markdown without code spans and escaped signs.
fn without_code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            '\\' => rest.chars().take(2).map(char::len_utf8).sum(),
            '`' => {
                let fence = rest.len() - rest.trim_start_matches('`').len();
                rest.len() - after(&rest[fence..], fence).len()
            }
            sign => {
                out.push(sign);
                sign.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

/// Markdown without code, be it between backticks or between tags.
fn bare(text: &str) -> String {
    let lines = text.lines().map(|line| without_code(line) + "\n");
    let bare: String = lines.collect();
    let parts = bare.split("<code>");
    parts
        .map(|part| part.split_once("</code>").map_or(part, |(_, rest)| rest))
        .collect()
}

/// What follows the run of exactly `fence` backticks that closes a span.
fn after(text: &str, fence: usize) -> &str {
    let mut at = 0;
    while let Some(start) = text[at..].find('`').map(|start| at + start) {
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        at = start + run;
        if run == fence {
            return &text[at..];
        }
    }
    panic!("a code span has no end: {text}");
}

/// What both kinds of Markdown have to keep.
pub(crate) fn assert_tame(text: &str) {
    assert_eq!(hidden(text), Vec::<char>::new());
    let bare = bare(text);
    for word in [
        "<script", "<img", "</style", "@octo", "#123", "#4", "GH-7", "http:/", "www.e",
        "ann@e", ":tada", "](", "![", "**bold", "~~",
    ] {
        assert!(!bare.contains(word), "`{word}` got through:\n{bare}");
    }
    let free =
        |line: &&str| line.starts_with("heading") || line.trim_start().starts_with("# h");
    assert_eq!(bare.lines().filter(free).count(), 0, "{bare}");
    let prose: String = bare.lines().filter(|line| !line.starts_with('|')).collect();
    assert!(!prose.contains('|'), "{prose}");
}

#[test]
fn the_comment_is_only_text() {
    let pair = Pair::small();
    let comment = markdown::markdown(&report(&pair));
    assert_tame(&comment);
    let marker = comment.find(markdown::MARKER);
    assert_eq!(marker, Some(0));
    let bare = bare(comment.trim_start_matches(markdown::MARKER));
    assert!(!bare.contains("<!--") && !bare.contains("-->"), "{bare}");
    let tags: Vec<&str> = bare.split('<').skip(1).collect();
    let ours = ["details>", "/details>", "summary>", "/summary>"];
    let foreign = tags
        .iter()
        .filter(|tag| !ours.iter().any(|our| tag.starts_with(our)));
    assert_eq!(foreign.count(), 0, "{tags:#?}");
    assert_eq!(
        bare.matches("<details>").count(),
        bare.matches("</details>").count()
    );
}

#[test]
fn the_changelog_section_is_only_text() {
    let pair = Pair::small();
    let section = changelog::changelog(&report(&pair));
    assert_tame(&section);
    assert!(!bare(&section).contains('<'), "{section}");
}

#[test]
fn the_page_is_only_text() {
    let pair = Pair::small();
    let page = html::html(&report(&pair));
    assert_eq!(hidden(&page), Vec::<char>::new());
    let (_, body) = page.split_once("</style>").expect("the page has a style");
    assert_eq!(body.matches("<script>").count(), 1);
    assert_eq!(body.matches("</script>").count(), 1);
    for word in ["<img", "onerror=\"", "</title", "<!--", "href=\"java"] {
        assert!(!body.contains(word), "`{word}` got through");
    }
    // Every attribute is ours or escaped: no quote inside one ends it.
    assert_eq!(
        body.matches("<details").count(),
        body.matches("</details>").count()
    );
    assert!(body.contains("&lt;script&gt;"), "the text itself is shown");
    assert!(body.contains("{{ version }}"), "a text is no template");
}

#[test]
fn every_example_of_the_catalogue_is_shown_as_it_is() {
    let pair = Pair::small();
    for rule in rule::rules() {
        let mut report = pair.report();
        report.changes.truncate(1);
        report.changes[0].message = rule.example.to_owned();
        report.changes[0].rule = rule;
        assert_tame(&markdown::markdown(&report));
        assert_tame(&changelog::changelog(&report));
    }
}

#[test]
fn a_label_may_be_anything() {
    let folder = pair::folder();
    for text in HOSTILE {
        let mut old = pair::side(&folder.join("old"), text);
        old.version = Some(text.to_owned());
        let new = pair::side(&folder.join("new"), text);
        let pair = Pair { old, new };
        assert_tame(&markdown::markdown(&pair.report()));
        assert_tame(&changelog::changelog(&pair.report()));
        let page = html::html(&pair.report());
        assert_eq!(page.matches("<script>").count(), 1);
    }
}

#[test]
fn a_terminal_takes_no_commands_from_a_spec() {
    let pair = Pair::small();
    let mut report = report(&pair);
    report.gate.clear();
    assert_eq!(hidden(&text::text(&report, false)), Vec::<char>::new());
}
