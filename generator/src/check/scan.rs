//! Looks at a regular expression as a person would: its classes, its anchors, and how short
//! and how long a text it matches. It never decides what matches; the regex engine does.

/// What a pattern consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// Ranges of classes, as they stand in the pattern.
    pub(super) ranges: Vec<Range>,
    /// Whether a hyphen stands for itself in the middle of a class.
    pub(super) middle_hyphen: bool,
    /// Whether each alternative begins and ends with an anchor.
    pub(super) anchored: bool,
    /// The length in characters of the shortest text that matches.
    pub(super) shortest: usize,
    /// That of the longest; `None` where there is none.
    pub(super) longest: Option<usize>,
}

/// A range of a class, with what else the class holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// The first character.
    pub(super) from: char,
    /// The last character.
    pub(super) to: char,
    /// Whether the class holds a hyphen besides.
    pub(super) hyphen: bool,
}

impl Range {
    /// Whether nobody would write this range on purpose: not within digits, lower-case
    /// letters, upper-case letters or other scripts, and not all of printable ASCII.
    pub(super) fn is_suspicious(&self) -> bool {
        let ends = [self.from, self.to];
        let all = |class: fn(&char) -> bool| ends.iter().all(class);
        let printable = matches!(self.from, ' ' | '!') && self.to == '~';
        !(all(char::is_ascii_digit)
            || all(char::is_ascii_lowercase)
            || all(char::is_ascii_uppercase)
            || !self.to.is_ascii()
            || printable)
    }

    /// The signs that the range admits, neither letters nor digits.
    pub(super) fn signs(&self) -> String {
        (self.from..=self.to)
            .filter(|c| !c.is_alphanumeric())
            .collect()
    }
}

/// Scans a pattern that compiles.
pub(super) fn scan(pattern: &str) -> Scan {
    let chars: Vec<char> = pattern.chars().collect();
    let mut scanner = Scanner {
        chars,
        at: 0,
        scan: Scan::default(),
    };
    let extent = scanner.alternatives(0);
    let (anchored, scan) = (scanner.scan.anchored, scanner.scan);
    Scan {
        shortest: extent.0,
        longest: extent.1,
        anchored,
        ..scan
    }
}

/// Shortest and longest match.
type Extent = (usize, Option<usize>);

/// The deepest nesting of groups that is looked into; the engine's own limit is 50.
const MAX_DEPTH: usize = 60;

struct Scanner {
    chars: Vec<char>,
    at: usize,
    scan: Scan,
}

impl Scanner {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek(0);
        self.at += 1;
        char
    }

    fn alternatives(&mut self, depth: usize) -> Extent {
        let mut extent: Option<Extent> = None;
        let mut anchored = true;
        loop {
            let (branch, both_ends) = self.branch(depth);
            anchored &= both_ends;
            extent = Some(match extent {
                None => branch,
                Some(before) => (
                    before.0.min(branch.0),
                    before.1.zip(branch.1).map(|(one, other)| one.max(other)),
                ),
            });
            match self.peek(0) {
                Some('|') => self.at += 1,
                Some(')') if depth == 0 => self.at += 1,
                _ => break,
            }
        }
        if depth == 0 {
            self.scan.anchored = anchored;
        }
        extent.unwrap_or_default()
    }

    /// One alternative, and whether it has an anchor at both ends.
    fn branch(&mut self, depth: usize) -> (Extent, bool) {
        let mut extent: Extent = (0, Some(0));
        let mut first = None;
        let mut ended = false;
        while !matches!(self.peek(0), None | Some('|' | ')')) {
            let (piece, anchor) = self.atom(depth);
            let (least, most) = self.quantifier();
            extent.0 = extent.0.saturating_add(piece.0.saturating_mul(least));
            extent.1 = match (extent.1, piece.1, most) {
                (sum, Some(0), _) => sum,
                (Some(sum), Some(one), Some(most)) => {
                    Some(sum.saturating_add(one.saturating_mul(most)))
                }
                _ => None,
            };
            match anchor {
                Anchor::Flags => {}
                anchor => {
                    first.get_or_insert(anchor == Anchor::Start);
                    ended = anchor == Anchor::End;
                }
            }
        }
        (extent, first == Some(true) && ended)
    }

    fn atom(&mut self, depth: usize) -> (Extent, Anchor) {
        const ONE: Extent = (1, Some(1));
        const NONE: Extent = (0, Some(0));
        match self.next() {
            Some('^') => (NONE, Anchor::Start),
            Some('$') => (NONE, Anchor::End),
            Some('[') => {
                self.class();
                (ONE, Anchor::No)
            }
            Some('(') => self.group(depth),
            Some('\\') => match self.next() {
                Some('A') => (NONE, Anchor::Start),
                Some('z') => (NONE, Anchor::End),
                Some('b' | 'B') => (NONE, Anchor::No),
                Some(letter @ ('x' | 'u' | 'U')) => {
                    self.code_point(letter);
                    (ONE, Anchor::No)
                }
                _ => (ONE, Anchor::No),
            },
            _ => (ONE, Anchor::No),
        }
    }

    fn group(&mut self, depth: usize) -> (Extent, Anchor) {
        if self.peek(0) == Some('?') {
            self.at += 1;
            if matches!(self.peek(0), Some('P' | '<')) {
                while !matches!(self.next(), None | Some('>')) {}
            } else {
                while !matches!(self.peek(0), None | Some(':' | ')')) {
                    self.at += 1;
                }
                if self.next() == Some(')') {
                    return ((0, Some(0)), Anchor::Flags);
                }
            }
        }
        if depth >= MAX_DEPTH {
            self.at = self.chars.len();
            return ((0, None), Anchor::No);
        }
        let extent = self.alternatives(depth + 1);
        self.at += 1;
        (extent, Anchor::No)
    }

    fn quantifier(&mut self) -> (usize, Option<usize>) {
        let times = match self.peek(0) {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(),
            _ => return (1, Some(1)),
        };
        self.at += 1;
        self.lazy();
        times
    }

    fn counted(&mut self) -> (usize, Option<usize>) {
        self.at += 1;
        let mut text = String::new();
        while let Some(char) = self.next() {
            if char == '}' {
                break;
            }
            text.push(char);
        }
        self.lazy();
        let number = |part: &str| part.trim().parse::<usize>().ok();
        match text.split_once(',') {
            None => (number(&text).unwrap_or(1), number(&text)),
            Some((least, most)) => (number(least).unwrap_or(0), number(most)),
        }
    }

    fn lazy(&mut self) {
        if self.peek(0) == Some('?') {
            self.at += 1;
        }
    }

    /// The inside of a class, up to its bracket.
    fn class(&mut self) {
        let first_range = self.scan.ranges.len();
        let mut hyphen = false;
        if self.peek(0) == Some('^') {
            self.at += 1;
        }
        let start = self.at;
        while let Some(char) = self.next() {
            match char {
                ']' if self.at > start + 1 => break,
                '[' if self.peek(0) == Some(':') => self.named_class(),
                '-' => {
                    hyphen = true;
                    let edge = self.at == start + 1 || self.peek(0) == Some(']');
                    self.scan.middle_hyphen |= !edge;
                }
                '\\' => {
                    let escaped = self.escape();
                    hyphen |= escaped == Some('-');
                    self.range(escaped);
                }
                char => self.range(Some(char)),
            }
        }
        for range in &mut self.scan.ranges[first_range..] {
            range.hyphen = hyphen;
        }
    }

    /// Takes `-X` behind a character of a class, if there is one.
    fn range(&mut self, from: Option<char>) {
        if self.peek(0) != Some('-') || matches!(self.peek(1), None | Some(']')) {
            return;
        }
        let Some(from) = from else {
            return;
        };
        self.at += 1;
        let to = match self.next() {
            Some('\\') => self.escape(),
            to => to,
        };
        if let Some(to) = to {
            self.scan.ranges.push(Range {
                from,
                to,
                hyphen: false,
            });
        }
    }

    /// The character behind a backslash; none for a class such as `\d`.
    fn escape(&mut self) -> Option<char> {
        match self.next()? {
            'd' | 'D' | 's' | 'S' | 'w' | 'W' => None,
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            letter @ ('x' | 'u' | 'U') => self.code_point(letter),
            char => Some(char),
        }
    }

    /// `\x41`, `\u4e00`, `\x{4e00}`.
    fn code_point(&mut self, letter: char) -> Option<char> {
        let mut digits = String::new();
        if self.peek(0) == Some('{') {
            self.at += 1;
            while let Some(char) = self.next().filter(|char| *char != '}') {
                digits.push(char);
            }
        } else {
            let count = match letter {
                'x' => 2,
                'u' => 4,
                _ => 8,
            };
            digits.extend((0..count).filter_map(|_| self.next()));
        }
        u32::from_str_radix(&digits, 16)
            .ok()
            .and_then(char::from_u32)
    }

    /// `[:alpha:]`.
    fn named_class(&mut self) {
        while let Some(char) = self.next() {
            if char == ':' && self.peek(0) == Some(']') {
                self.at += 1;
                return;
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Start,
    End,
    No,
    /// `(?i)`: neither an anchor nor a text.
    Flags,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_anchors() {
        for (pattern, shortest, longest, anchored) in [
            ("^[a-z]+$", 1, None, true),
            ("^[a-z]{2,64}$", 2, Some(64), true),
            ("^a(b|cd)?$", 1, Some(3), true),
            ("a|b", 1, Some(1), false),
            ("^a|b$", 1, Some(1), false),
            ("^a$|^bc$", 1, Some(2), true),
            ("(?i)^[[:alpha:]_]\\d{3}$", 4, Some(4), true),
            ("^(?:x(?<n>y)*)\\.\\x41$", 3, None, true),
            ("^[\\u4e00-\\u9fa5a-zA-Z]{2}$", 2, Some(2), true),
            ("", 0, Some(0), false),
            ("^$", 0, Some(0), true),
        ] {
            let scan = scan(pattern);
            assert_eq!(
                (scan.shortest, scan.longest),
                (shortest, longest),
                "{pattern}"
            );
            assert_eq!(scan.anchored, anchored, "{pattern}");
        }
    }

    #[test]
    fn ranges_that_nobody_means() {
        for (pattern, suspicious) in [
            ("[a-zA-Z0-9.@-_]", Some("@[\\]^_")),
            ("[A-z]", Some("[\\]^_`")),
            ("[+-.]", Some("+,-.")),
            ("[a-z0-9_-]", None),
            ("[-a-z]", None),
            ("[!-~]", None),
            ("[\\x20-\\x7e]", None),
            ("[\\-a-f]", None),
            ("[\u{4e00}-\u{9fa5}]", None),
            ("[]a-f]", None),
            ("[^a-f]", None),
        ] {
            let scan = scan(pattern);
            let found = scan.ranges.iter().find(|range| range.is_suspicious());
            assert_eq!(found.map(Range::signs).as_deref(), suspicious, "{pattern}");
        }
        assert!(scan("[a-z-9]").middle_hyphen);
        assert!(scan("[\\w-.]").middle_hyphen);
        assert!(!scan("[a-z-]").middle_hyphen);
        assert!(!scan("[-a]").middle_hyphen);
    }

    #[test]
    fn broken_patterns_end_the_scan() {
        for pattern in [
            "[", "(", "(?", "(?P<", "a{", "[[:x", "\\", "[\\x", "a{2", "))", "[a-",
        ] {
            scan(pattern);
        }
        scan(&"(".repeat(100_000));
    }
}
