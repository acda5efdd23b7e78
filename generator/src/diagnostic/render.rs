//! Findings for people: a snippet each, as compilers show them.

use std::path::Path;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::{Diagnostic, Severity, count, shown};

/// Lines longer than this, in bytes, are named but not shown.
const LONGEST_LINE: usize = 400;

/// All findings with their snippets.
pub fn text(findings: &[Diagnostic], root: &Path, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for finding in findings {
        out.push_str(&renderer.render(&[group(finding, root)]));
        out.push_str("\n\n");
    }
    out
}

/// `2 errors, 1 warning`.
pub fn tally(findings: &[Diagnostic]) -> String {
    let (errors, warnings) = count(findings);
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    format!(
        "{errors} error{}, {warnings} warning{}",
        plural(errors),
        plural(warnings)
    )
}

fn group<'a>(finding: &'a Diagnostic, root: &Path) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let file = shown(root, &finding.place.file);
    let title = level.primary_title(normalize_untrusted_str(&finding.message));
    let title = title.id(finding.rule);
    let group = match excerpt(finding) {
        Some((lines, span)) => title.element(
            Snippet::source(lines)
                .path(file)
                .line_start(finding.place.line)
                .annotation(AnnotationKind::Primary.span(span)),
        ),
        None => title.element(origin(finding, file)),
    };
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(normalize_untrusted_str(help))),
        None => group,
    }
}

fn origin(finding: &Diagnostic, file: String) -> Origin<'_> {
    let place = &finding.place;
    match place.line {
        0 => Origin::path(file),
        line => Origin::path(file).line(line).char_column(place.column),
    }
}

/// The line of the finding, and the part of it to mark; nothing of a line that is too long.
fn excerpt(finding: &Diagnostic) -> Option<(&str, std::ops::Range<usize>)> {
    let text = finding.source.as_deref()?;
    let (start, end) = finding.place.span;
    if finding.place.line == 0 || start > text.len() {
        return None;
    }
    let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[start..]
        .find('\n')
        .map_or(text.len(), |newline| start + newline);
    let line = &text[first..last];
    (line.len() <= LONGEST_LINE).then(|| {
        let end = end.clamp(start, last);
        (line, start - first..end - first)
    })
}
