//! Profile files in the INI format, read strictly: what one tool reads in one way and the
//! next in another is refused. An error tells the line, never what stands in it.

use std::collections::BTreeMap;

use crate::secret::Secret;

/// The sections of a file.
pub(super) struct Ini(BTreeMap<String, Section>);

/// The keys of a section, in lower case.
#[derive(Default)]
pub(super) struct Section(BTreeMap<String, Secret>);

impl Ini {
    /// Reads a file: `[section]`, `key = value`, and comments on lines of their own, which
    /// begin with `#` or `;`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut sections = BTreeMap::new();
        let mut current: Option<(String, Section)> = None;
        for (index, line) in text.lines().enumerate() {
            let at = |why: &str| format!("line {}: {why}", index + 1);
            match Line::parse(line).map_err(at)? {
                Line::Nothing => {}
                Line::Section(name) => {
                    let known = current.as_ref().is_some_and(|(open, _)| open == name);
                    if known || sections.contains_key(name) {
                        return Err(at("this section stands in the file twice"));
                    }
                    sections
                        .extend(current.replace((name.to_owned(), Section::default())));
                }
                Line::Pair(key, value) => {
                    let (_, section) = current
                        .as_mut()
                        .ok_or_else(|| at("a key before the first [section]"))?;
                    if section
                        .0
                        .insert(key.to_ascii_lowercase(), value.into())
                        .is_some()
                    {
                        return Err(at("this key stands in its section twice"));
                    }
                }
            }
        }
        sections.extend(current);
        Ok(Self(sections))
    }

    pub(super) fn section(&self, name: &str) -> Option<&Section> {
        self.0.get(name)
    }
}

impl Section {
    /// The value of a key; an empty one counts as missing.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0
            .get(key)
            .map(Secret::expose)
            .filter(|value| !value.is_empty())
    }

    /// The value of a key that has to be there.
    pub(super) fn need(&self, key: &str) -> Result<&str, String> {
        self.get(key).ok_or_else(|| format!("{key} is missing"))
    }
}

enum Line<'t> {
    Nothing,
    Section(&'t str),
    Pair(&'t str, &'t str),
}

impl<'t> Line<'t> {
    fn parse(line: &'t str) -> Result<Self, &'static str> {
        let text = line.trim();
        if text.is_empty() || text.starts_with(['#', ';']) {
            return Ok(Self::Nothing);
        }
        if text.chars().any(|c| c.is_control() && c != '\t') {
            return Err("holds a control character");
        }
        if let Some(rest) = text.strip_prefix('[') {
            let name = rest.strip_suffix(']').map(str::trim);
            let name = name.filter(|name| !name.is_empty() && !name.contains(['[', ']']));
            return name.map(Self::Section).ok_or("a [section] was expected");
        }
        if line.starts_with([' ', '\t']) {
            return Err("begins with a space; a value cannot go on over several lines");
        }
        let (key, value) = text.split_once('=').ok_or("key = value was expected")?;
        let (key, value) = (key.trim_end(), value.trim_start());
        if key.is_empty() || key.contains([' ', '\t', ':']) {
            return Err("a key has no spaces and no colon");
        }
        if [" #", " ;", "\t#", "\t;"]
            .iter()
            .any(|comment| value.contains(comment))
        {
            return Err("a comment needs a line of its own");
        }
        Ok(Self::Pair(key, unquote(value)))
    }
}

/// The text between quotes, where both ends have the same.
fn unquote(value: &str) -> &str {
    let between = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    between('"').or_else(|| between('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Result<String, String> {
        let ini = Ini::parse(text)?;
        let section = ini.section("a").ok_or("no section")?;
        section.need("k").map(str::to_owned)
    }

    #[test]
    fn what_is_read() {
        let cases = [
            ("[a]\nk=v", "v"),
            ("# c\n; c\n\n[ a ]\r\n  # c\r\nK =  v w \r\n", "v w"),
            ("[b]\nk=1\n[a]\nk=2\n[c]\nk=3", "2"),
            ("[a]\nk=a=b#c;d", "a=b#c;d"),
            ("[a]\nk=\"v \"", "v "),
            ("[a]\nk='\"'", "\""),
            ("[a]\nk=\"", "\""),
            ("[a]\nk={\"x\": [1]}", "{\"x\": [1]}"),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text).as_deref(), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn what_is_refused() {
        let cases = [
            ("", "no section"),
            ("[a]", "k is missing"),
            ("[a]\nk=", "k is missing"),
            ("[a]\nk=\"\"", "k is missing"),
            ("k=v", "line 1: a key before the first [section]"),
            (
                "[a]\nk=v\nK=w",
                "line 3: this key stands in its section twice",
            ),
            ("[a]\n[a]", "line 2: this section stands in the file twice"),
            (
                "[a]\n[b]\n[a]",
                "line 3: this section stands in the file twice",
            ),
            ("[a", "line 1: a [section] was expected"),
            ("[]", "line 1: a [section] was expected"),
            ("[a]]", "line 1: a [section] was expected"),
            ("[a]\nword", "line 2: key = value was expected"),
            ("[a]\n=v", "line 2: a key has no spaces and no colon"),
            ("[a]\nk: v = w", "line 2: a key has no spaces and no colon"),
            ("[a]\nk=v # c", "line 2: a comment needs a line of its own"),
            ("[a]\nk=v\u{0}", "line 2: holds a control character"),
            (
                "[a]\nk=v\n w=x",
                "line 3: begins with a space; a value cannot go on over several lines",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text), Err(expected.to_owned()), "{text:?}");
        }
    }
}
