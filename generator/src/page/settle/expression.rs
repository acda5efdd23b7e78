//! `let name = value;`, where the value is a literal, an array, or a call with a chain.

use super::{SHORT, Scan, WIDTH, array, enclosed, items, spaces, width};

/// Spells one statement as rustfmt does.
pub(in crate::page) fn binding(whole: &str, indent: usize) -> Vec<String> {
    let (name, value) = whole.split_once(" = ").unwrap_or((whole, ""));
    let value = value.trim_end_matches(';');
    let before = format!("{}{name} = ", spaces(indent));
    if value.starts_with('[') {
        return array(&before, value, indent, ";");
    }
    let chain = Chain::of(value);
    let one = chain.on_one_line();
    let room = |used: usize| WIDTH.saturating_sub(used + 1);
    let next = format!("{}{name} =", spaces(indent));
    if chain.is_short(room(width(&before))) {
        vec![format!("{before}{one};")]
    } else if chain.is_short(room(indent + 4)) {
        vec![next, format!("{}{one};", spaces(indent + 4))]
    } else if chain.head_fits(room(width(&before))) {
        chain.broken(format!("{before}{}", chain.head), indent + 4)
    } else if chain.head_fits(room(indent + 4)) {
        let lines =
            chain.broken(format!("{}{}", spaces(indent + 4), chain.head), indent + 8);
        [vec![next], lines].concat()
    } else if chain.has_arguments() {
        let (of, arguments) = enclosed(chain.head, '(', ")");
        let mut lines = vec![format!("{before}{of}(")];
        lines.extend(items(&arguments, indent + 4));
        lines.extend(chain.broken(format!("{})", spaces(indent)), indent));
        lines
    } else {
        vec![format!("{before}{one};")]
    }
}

/// `Type::new(arguments).setter(value).setter(value)`
struct Chain<'t> {
    head: &'t str,
    calls: Vec<&'t str>,
}

impl<'t> Chain<'t> {
    fn of(value: &'t str) -> Self {
        let mut scan = Scan::default();
        let mut starts = Vec::new();
        for (at, c) in value.char_indices() {
            if scan.step(c) && c == '.' && at > 0 {
                starts.push(at);
            }
        }
        let ends = starts.iter().skip(1).copied().chain([value.len()]);
        let calls = starts
            .iter()
            .zip(ends)
            .map(|(start, end)| &value[*start..end])
            .collect();
        Self {
            head: &value[..starts.first().copied().unwrap_or(value.len())],
            calls,
        }
    }

    fn on_one_line(&self) -> String {
        format!("{}{}", self.head, self.calls.concat())
    }

    /// Whether the head is a call with arguments; a text may hold brackets as well.
    fn has_arguments(&self) -> bool {
        let text = self.head.starts_with('"');
        !text && self.head.contains('(') && !self.head.ends_with("()")
    }

    /// Whether it all stands on one line; a single call may be as long as the line, and a
    /// question mark counts twice.
    fn is_short(&self, room: usize) -> bool {
        let one = self.on_one_line();
        let limit = if self.calls.len() > 1 {
            room.min(SHORT)
        } else {
            room
        };
        width(&one) + usize::from(one.ends_with('?')) <= limit && self.arguments_fit()
    }

    fn head_fits(&self, room: usize) -> bool {
        !self.calls.is_empty() && width(self.head) <= room + 1 && self.arguments_fit()
    }

    fn arguments_fit(&self) -> bool {
        !self.has_arguments()
            || width(&enclosed(self.head, '(', ")").1.join(", ")) <= SHORT
    }

    /// The head as it stands, then each call on a line of its own.
    fn broken(&self, head: String, indent: usize) -> Vec<String> {
        let calls = self.calls.iter().enumerate().flat_map(|(index, call)| {
            let end = usize::from(index + 1 == self.calls.len());
            if indent + width(call) + end <= WIDTH || !call.contains('(') {
                return vec![format!("{}{call}", spaces(indent))];
            }
            let (name, arguments) = enclosed(call, '(', ")");
            let mut lines = vec![format!("{}{name}(", spaces(indent))];
            lines.extend(items(&arguments, indent + 4));
            lines.push(format!("{})", spaces(indent)));
            lines
        });
        let mut lines: Vec<_> = [head].into_iter().chain(calls).collect();
        if let Some(last) = lines.last_mut() {
            last.push(';');
        }
        lines
    }
}
