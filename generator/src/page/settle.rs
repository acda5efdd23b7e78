//! The last differences between prettyplease's spelling and rustfmt's.
//!
//! Both break lines at the same width, but rustfmt has rules of its own for attributes,
//! signatures, long types, arrays and chains. Each form that [`crate::emit`] makes is
//! joined into one line here and broken as rustfmt breaks it, so that formatting the whole
//! workspace leaves generated files alone, and nobody needs rustfmt to generate them.

mod expression;

pub(super) use expression::binding;

/// The width of a line.
pub(super) const WIDTH: usize = 90;
/// The widest arguments of an attribute, where there are several.
pub(super) const ATTRIBUTE: usize = 70;
/// The widest array, call or chain on one line.
const SHORT: usize = 60;
/// The widest import on one line.
pub(super) const IMPORT: usize = WIDTH - 2;
/// The widest item of an array that is filled line by line.
const FILLED: usize = 10;

/// Spells one block as rustfmt does.
pub(super) fn settle(text: &str) -> String {
    let mut lines = text.lines();
    let mut settled = String::with_capacity(text.len());
    while let Some(line) = lines.next() {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        let Some(spell) = form(code) else {
            push(&mut settled, line);
            continue;
        };
        let mut whole = code.to_owned();
        while !is_balanced(&whole) {
            let Some(more) = lines.next() else { break };
            join(&mut whole, more.trim());
        }
        for line in spell(&whole, indent) {
            push(&mut settled, &line);
        }
    }
    settled.truncate(settled.trim_end().len());
    settled
}

type Spell = fn(&str, usize) -> Vec<String>;

/// How to spell what begins with this line, where rustfmt has rules of its own for it.
fn form(code: &str) -> Option<Spell> {
    let starts =
        |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
    if starts(&["global_regions: ", "regions: "]) {
        Some(array_field)
    } else if starts(&["let ", "const "]) && !code.ends_with('{') {
        Some(binding)
    } else {
        None
    }
}

/// `use path::{names};`, over several lines; `head` ends before the bracket.
pub(super) fn import(head: &str, names: &[&str]) -> Vec<String> {
    let mut lines = vec![format!("{head}{{")];
    lines.extend(filled(names, 4, WIDTH - 1));
    lines.push("};".to_owned());
    lines
}

/// `#[name(arguments)]` over several lines; `name` begins with `#[`.
pub(super) fn attribute(name: &str, arguments: &[&str], indent: usize) -> Vec<String> {
    let mut lines = vec![format!("{}{name}(", spaces(indent))];
    lines.extend(items(arguments, indent + 4));
    if let Some(last) = lines.last_mut() {
        last.pop();
    }
    lines.push(format!("{})]", spaces(indent)));
    lines
}

/// `pub fn name(parameters) -> output {` over several lines; `name` is all that stands
/// before the bracket.
pub(super) fn signature(
    name: &str,
    parameters: &[&str],
    output: &str,
    indent: usize,
) -> Vec<String> {
    let at = spaces(indent);
    let mut lines = vec![format!("{at}{name}(")];
    lines.extend(items(parameters, indent + 4));
    let end = format!("{at}) -> {output}");
    // Measured: rustfmt keeps six columns for a brace behind a type, and lets a type
    // without one go two columns too far.
    if width(&end) + 6 <= WIDTH {
        lines.push(format!("{end} {{"));
    } else if width(&end) <= WIDTH + 2 {
        lines.extend([end, format!("{at}{{")]);
    } else {
        let (outer, arguments) = enclosed(output, '<', ">");
        lines.push(format!("{at}) -> {outer}<"));
        lines.extend(items(&arguments, indent + 4));
        lines.push(format!("{at}> {{"));
    }
    lines
}

/// `pub name: Type,` over several lines.
pub(super) fn field(whole: &str, indent: usize) -> Vec<String> {
    let (name, ty) = whole.split_once(": ").unwrap_or((whole, ""));
    let at = spaces(indent);
    let next = format!("{}{ty}", spaces(indent + 4));
    if width(&next) <= WIDTH {
        vec![format!("{at}{name}:"), next]
    } else {
        let mut lines = Vec::new();
        generic(
            &format!("{at}{name}: "),
            ty.trim_end_matches(','),
            indent,
            &mut lines,
        );
        lines
    }
}

/// A type over several lines: its arguments, each on its own.
fn generic(before: &str, ty: &str, indent: usize, lines: &mut Vec<String>) {
    let one = format!("{before}{ty},");
    if width(&one) <= WIDTH || !ty.contains('<') {
        lines.push(one);
        return;
    }
    let (outer, arguments) = enclosed(ty, '<', ">");
    lines.push(format!("{before}{outer}<"));
    for argument in arguments {
        generic(&spaces(indent + 4), argument, indent + 4, lines);
    }
    lines.push(format!("{}>,", spaces(indent)));
}

/// `regions: &["a", "b"],`
fn array_field(whole: &str, indent: usize) -> Vec<String> {
    let (name, values) = whole.split_once(": ").unwrap_or((whole, ""));
    array(&format!("{}{name}: &", spaces(indent)), values, indent, ",")
}

/// `before[items]after`
fn array(before: &str, values: &str, indent: usize, after: &str) -> Vec<String> {
    let (_, values) = enclosed(values, '[', "]");
    let inner = values.join(", ");
    let one = format!("{before}[{inner}]{after}");
    if width(&inner) <= SHORT && width(&one) <= WIDTH {
        return vec![one];
    }
    let mut lines = vec![format!("{before}[")];
    if values.iter().all(|value| width(value) <= FILLED) {
        lines.extend(filled(&values, indent + 4, WIDTH));
    } else {
        lines.extend(items(&values, indent + 4));
    }
    lines.push(format!("{}]{after}", spaces(indent)));
    lines
}

/// Each item on a line of its own.
fn items<'t>(items: &'t [&str], indent: usize) -> impl Iterator<Item = String> + 't {
    items
        .iter()
        .map(move |item| format!("{}{item},", spaces(indent)))
}

/// As many items on a line as fit.
fn filled(items: &[&str], indent: usize, room: usize) -> Vec<String> {
    let mut lines = vec![spaces(indent)];
    for item in items {
        if let Some(line) = lines.last_mut() {
            let gap = usize::from(line.len() > indent);
            if line.len() + gap + item.len() < room {
                line.push_str(&spaces(gap));
                line.push_str(item);
                line.push(',');
                continue;
            }
        }
        lines.push(format!("{}{item},", spaces(indent)));
    }
    lines
}

/// The text before the first bracket, and what stands between it and the end.
fn enclosed<'t>(text: &'t str, open: char, end: &str) -> (&'t str, Vec<&'t str>) {
    let start = text.find(open).unwrap_or(text.len());
    let inner = text
        .get(start + 1..)
        .unwrap_or_default()
        .trim_end_matches(',');
    (
        &text[..start],
        split(inner.strip_suffix(end).unwrap_or(inner)),
    )
}

/// Parts between commas outside brackets and texts; a comma at the end is none.
fn split(text: &str) -> Vec<&str> {
    let mut scan = Scan::default();
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if scan.step(c) && c == ',' {
            parts.push(text[start..at].trim());
            start = at + 1;
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether every bracket and text is closed, and the statement or field has its end.
fn is_balanced(text: &str) -> bool {
    let mut scan = Scan::default();
    let outside = text.chars().fold(true, |_, c| scan.step(c));
    outside && text.ends_with([',', ';', ']', '{'])
}

/// Adds a line to a form; what brackets hold stands close to them.
fn join(whole: &mut String, line: &str) {
    let closing = line.starts_with([')', ']', '>', '.']);
    if closing && whole.ends_with(',') {
        whole.pop();
    }
    if !closing && !whole.ends_with(['(', '[', '<']) {
        whole.push(' ');
    }
    whole.push_str(line);
}

/// Tells brackets and texts from the rest.
#[derive(Default)]
struct Scan {
    depth: usize,
    text: bool,
    escaped: bool,
    last: char,
}

impl Scan {
    /// Takes the next character; whether it stands outside of brackets and texts.
    fn step(&mut self, c: char) -> bool {
        let last = std::mem::replace(&mut self.last, c);
        if self.text {
            self.text = self.escaped || c != '"';
            self.escaped = !self.escaped && c == '\\';
            return false;
        }
        match c {
            '"' => self.text = true,
            '(' | '[' | '<' => self.depth += 1,
            '>' if last == '-' => {}
            ')' | ']' | '>' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.depth == 0 && !self.text
    }
}

fn push(settled: &mut String, line: &str) {
    settled.push_str(line);
    settled.push('\n');
}

pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

fn spaces(count: usize) -> String {
    " ".repeat(count)
}
