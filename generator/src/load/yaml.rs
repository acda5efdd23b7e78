//! YAML events → tree, with every construct refused that hides something from a reviewer.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use saphyr_parser::{
    Event, Marker, Parser, ScalarStyle, ScanError, Span as EventSpan, StrInput,
};

use super::node::{Entry, Kind, Node, Span};
use super::{rules, text};
use crate::diagnostic::{Diagnostic, KeyPath, Place, Rule};

/// So many findings of one file are reported here; more help nobody.
const MAX_FINDINGS: usize = 20;

/// A longer list or mapping is no page of documentation. What looks an entry up among the
/// others relies on it.
const MAX_ENTRIES: usize = 5_000;

/// So many keys are quickly looked through.
const FEW: usize = 32;

/// More keys and values are none either: each takes some memory.
const MAX_VALUES: usize = 100_000;

/// The tree of a text. Findings that leave no tree worth looking at end the reading.
pub(super) fn parse(file: &Path, text: &Arc<str>) -> (Option<Node>, Vec<Diagnostic>) {
    let mut reader = Reader {
        file,
        text,
        offsets: Offsets::of(text),
        parser: Parser::new_from_str(text),
        values: 0,
        findings: Vec::new(),
    };
    let root = reader.document().ok();
    (root, reader.findings)
}

/// The file is not worth reading on; the finding says why.
struct Stop;

struct Reader<'t> {
    file: &'t Path,
    text: &'t Arc<str>,
    offsets: Offsets,
    parser: Parser<'t, StrInput<'t>>,
    /// How many keys and values there are so far.
    values: usize,
    findings: Vec<Diagnostic>,
}

impl<'t> Reader<'t> {
    fn document(&mut self) -> Result<Node, Stop> {
        let start = loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_), _) => {}
                start => break start,
            }
        };
        if matches!(start.0, Event::StreamEnd) {
            return Err(self.stop(&rules::MISSING_KEY, (0, 0), "the file is empty"));
        }
        let root = self.node(start, 0)?;
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(root),
                (Event::DocumentStart(_), span) => {
                    let span = self.offsets.line(span.start, self.text);
                    let message = "a second document begins here";
                    return Err(self.stop(&rules::SECOND_DOCUMENT, span, message));
                }
                _ => {}
            }
        }
    }

    fn node(
        &mut self,
        event: (Event<'t>, EventSpan),
        depth: usize,
    ) -> Result<Node, Stop> {
        let (event, mark) = event;
        if depth > text::MAX_DEPTH {
            let span = self.offsets.line(mark.start, self.text);
            let message = format!(
                "lists and mappings are nested deeper than {}",
                text::MAX_DEPTH
            );
            return Err(self.stop(&rules::TOO_DEEP, span, message));
        }
        self.values += 1;
        if self.values > MAX_VALUES {
            let message = format!("more than {MAX_VALUES} keys and values");
            return Err(self.too_large(mark, message));
        }
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                self.bare(anchor, tag.is_some(), mark)?;
                let span = self.offsets.range(mark);
                if style == ScalarStyle::DoubleQuoted {
                    self.decoded(&value, span);
                }
                let plain = style == ScalarStyle::Plain;
                Ok(Node {
                    span,
                    kind: Kind::Scalar {
                        text: value.into_owned(),
                        plain,
                    },
                })
            }
            Event::SequenceStart(anchor, tag) => {
                self.bare(anchor, tag.is_some(), mark)?;
                self.sequence(mark, depth)
            }
            Event::MappingStart(anchor, tag) => {
                self.bare(anchor, tag.is_some(), mark)?;
                self.mapping(mark, depth)
            }
            Event::Alias(_) => {
                let span = self.offsets.range(mark);
                Err(self.stop(&rules::ANCHOR, span, "an alias"))
            }
            _ => {
                let span = self.offsets.range(mark);
                Err(self.stop(&rules::SYNTAX, span, "a value is missing"))
            }
        }
    }

    fn sequence(&mut self, mark: EventSpan, depth: usize) -> Result<Node, Stop> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, end) => {
                    let span = self.offsets.first_line(mark, end, self.text);
                    return Ok(Node {
                        span,
                        kind: Kind::Sequence(items),
                    });
                }
                event if items.len() == MAX_ENTRIES => {
                    let message = format!("a list of more than {MAX_ENTRIES} items");
                    return Err(self.too_large(event.1, message));
                }
                event => items.push(self.node(event, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, mark: EventSpan, depth: usize) -> Result<Node, Stop> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut many: Option<BTreeSet<String>> = None;
        loop {
            let (key, span, plain) = match self.next()? {
                (Event::MappingEnd, end) => {
                    let span = self.offsets.first_line(mark, end, self.text);
                    return Ok(Node {
                        span,
                        kind: Kind::Mapping(entries),
                    });
                }
                event if entries.len() == MAX_ENTRIES => {
                    let message = format!("a mapping of more than {MAX_ENTRIES} keys");
                    return Err(self.too_large(event.1, message));
                }
                event => self.key(event, depth)?,
            };
            let event = self.next()?;
            let value = self.node(event, depth + 1)?;
            let is_new = if entries.len() < FEW {
                entries.iter().all(|entry| entry.key != key)
            } else {
                let all = || entries.iter().map(|entry| entry.key.clone()).collect();
                many.get_or_insert_with(all).insert(key.clone())
            };
            if is_new {
                entries.push(Entry {
                    key,
                    plain,
                    span,
                    value,
                });
            } else {
                let message = format!("`{}` stands twice in this mapping", brief(&key));
                self.report(&rules::DUPLICATE_KEY, span, message);
                if self.findings.len() >= MAX_FINDINGS {
                    return Err(Stop);
                }
            }
        }
    }

    fn key(
        &mut self,
        event: (Event<'t>, EventSpan),
        depth: usize,
    ) -> Result<(String, Span, bool), Stop> {
        let node = self.node(event, depth + 1)?;
        match node.kind {
            Kind::Scalar { text, plain } => Ok((text, node.span, plain)),
            _ => {
                Err(self.stop(&rules::KEY_NOT_TEXT, node.span, "a key has to be a text"))
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, EventSpan), Stop> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(self.syntax(&error)),
            None => Err(self.stop(&rules::SYNTAX, (0, 0), "the file ends too early")),
        }
    }

    fn syntax(&mut self, error: &ScanError) -> Stop {
        let start = self.offsets.byte(error.marker().index());
        self.stop(
            &rules::SYNTAX,
            (start, start + 1),
            format!("no YAML: {}", error.info()),
        )
    }

    fn too_large(&mut self, mark: EventSpan, message: String) -> Stop {
        let span = self.offsets.line(mark.start, self.text);
        self.stop(&rules::FILE_TOO_LARGE, span, message)
    }

    /// Refuses anchors and tags.
    fn bare(&mut self, anchor: usize, tag: bool, mark: EventSpan) -> Result<(), Stop> {
        let (rule, what) = match (anchor, tag) {
            (0, false) => return Ok(()),
            (0, true) => (&rules::TAG, "a tag"),
            _ => (&rules::ANCHOR, "an anchor"),
        };
        let span = self.offsets.line(mark.start, self.text);
        Err(self.stop(rule, span, what))
    }

    /// Refuses in an unescaped text what is refused in the file.
    fn decoded(&mut self, value: &str, span: Span) {
        if let Some((char, rule)) =
            value.chars().find_map(|c| Some((c, text::refused(c)?)))
        {
            let message = format!("an escape gives {} in the text", text::describe(char));
            self.report(rule, span, message);
        }
    }

    fn stop(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
    ) -> Stop {
        self.report(rule, span, message);
        Stop
    }

    fn report(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>) {
        let place = Place::span(self.file, self.text, span, KeyPath::default());
        let finding = Diagnostic::new(rule, place, message).help(rule.mend);
        self.findings.push(finding.source(self.text));
    }
}

/// A text of a file, short enough for a message.
pub(crate) fn brief(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// Byte offsets of characters: the parser counts characters.
struct Offsets {
    /// Where each character begins; none where each is one byte.
    starts: Option<Vec<usize>>,
    end: usize,
}

impl Offsets {
    fn of(text: &str) -> Self {
        let starts = || text.char_indices().map(|(at, _)| at).collect();
        Self {
            starts: (!text.is_ascii()).then(starts),
            end: text.len(),
        }
    }

    /// Where a character begins; the end of the text where there is none.
    fn byte(&self, index: usize) -> usize {
        match &self.starts {
            None => index.min(self.end),
            Some(starts) => starts.get(index).copied().unwrap_or(self.end),
        }
    }

    fn range(&self, span: EventSpan) -> Span {
        (self.byte(span.start.index()), self.byte(span.end.index()))
    }

    /// From a mark to the end of its line, without blanks at the end.
    fn line(&self, mark: Marker, text: &str) -> Span {
        let start = self.byte(mark.index()).min(text.len());
        let line = text[start..].lines().next().unwrap_or_default();
        (start, start + line.trim_end().len())
    }

    /// A collection, or the first line of it; what follows it on a long line is not looked at.
    fn first_line(&self, start: EventSpan, end: EventSpan, text: &str) -> Span {
        self.line(start.start, &text[..self.byte(end.end.index())])
    }
}
