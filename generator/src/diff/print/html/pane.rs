//! The lines around a place, with the part that changed marked.

use serde::Serialize;

use crate::diagnostic::{Place, Step};
use crate::diff::Side;
use crate::diff::print::words::{self, visible};

/// Lines before and after what changed.
const CONTEXT: usize = 3;
/// Lines that are marked at most; the rest is counted.
const MOST_LINES: usize = 14;
/// Characters of a line that are shown before, in and after the mark.
const LONGEST: usize = 400;

/// One side of a change.
#[derive(Default, Serialize)]
pub(super) struct Pane {
    /// `specs/acme/store/PutBook.yaml:8:31`; nothing where the side has no such thing.
    place: Option<String>,
    /// The key path.
    path: String,
    /// The number of the first line.
    start: usize,
    lines: Vec<Line>,
    /// Changed lines that are not shown.
    more: usize,
}

#[derive(Serialize)]
struct Line {
    before: String,
    mark: String,
    after: String,
    changed: bool,
}

/// The pane of a place. `alone` says that the other side has nothing there: then all that
/// stands below the key came or went.
pub(super) fn pane(side: &Side, place: Option<&Place>, alone: bool) -> Pane {
    let Some(place) = place else {
        return Pane::default();
    };
    let mut pane = Pane {
        place: Some(visible(&words::place(side, place))),
        path: match place.path.0.as_slice() {
            [] => String::new(),
            _ => visible(&place.path.to_string()),
        },
        ..Pane::default()
    };
    if let Some(text) = side.text(&place.file) {
        pane.fill(text, place, alone);
    }
    pane
}

impl Pane {
    fn fill(&mut self, text: &str, place: &Place, alone: bool) {
        let lines: Vec<&str> = text.lines().collect();
        let Some(last) = lines.len().checked_sub(1) else {
            return;
        };
        let first = place.line.saturating_sub(1).min(last);
        let end = match alone {
            true if is_whole_file(place) => last,
            true => below(&lines, first),
            false => first,
        };
        let spanned = text[..place.span.1.min(text.len())].matches('\n').count();
        let end = end.max(spanned.min(last));
        let shown = end.min(first + MOST_LINES - 1);
        let from = first.saturating_sub(CONTEXT);
        let to = if shown < end {
            shown
        } else {
            (shown + CONTEXT).min(last)
        };
        self.start = from + 1;
        self.more = end - shown;
        let mut offset: usize = text.split_inclusive('\n').take(from).map(str::len).sum();
        for (index, full) in text.split_inclusive('\n').enumerate().skip(from) {
            if index > to {
                break;
            }
            let changed = (first..=shown).contains(&index);
            self.lines.push(line(full, offset, place.span, changed));
            offset += full.len();
        }
    }
}

/// Whether the place stands for its file: the key that names an operation or a service.
fn is_whole_file(place: &Place) -> bool {
    match place.path.0.as_slice() {
        [] => true,
        [Step::Key(key)] => ["operation", "service", "provider"].contains(&key.as_str()),
        _ => false,
    }
}

/// The last line that stands deeper than this one.
fn below(lines: &[&str], first: usize) -> usize {
    let depth = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let own = depth(lines[first]);
    let rest = lines.iter().enumerate().skip(first + 1);
    let inside = rest.take_while(|(_, line)| line.trim().is_empty() || depth(line) > own);
    let last = inside.filter(|(_, line)| !line.trim().is_empty()).last();
    last.map_or(first, |(index, _)| index)
}

/// A line that begins at `offset` of its text, cut where the span begins and ends.
fn line(full: &str, offset: usize, span: (usize, usize), changed: bool) -> Line {
    let text = full.trim_end_matches(['\n', '\r']);
    let inside = |at: usize| at.saturating_sub(offset).min(text.len());
    let (start, end) = if changed {
        (inside(span.0), inside(span.1))
    } else {
        (text.len(), text.len())
    };
    let part = |range| visible(text.get(range).unwrap_or_default());
    let before = part(0..start);
    let mark = part(start..end);
    let after = part(end..text.len());
    Line {
        before: words::cut(&before, LONGEST),
        mark: words::cut(&mark, LONGEST),
        after: words::cut(&after, LONGEST),
        changed,
    }
}
