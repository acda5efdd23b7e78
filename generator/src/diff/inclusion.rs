//! Which texts one pattern admits and another refuses, exactly: both become automata, and
//! the shortest path to a state where they disagree is the counter-example.
//!
//! Patterns hold for whole texts, and `\d`, `\w`, `\s` are ASCII, as in the engine that
//! the clients check with. Size is bounded; beyond, nothing is decided.

use std::collections::VecDeque;

use regex_automata::dfa::dense::{BuildError, Builder, Config, DFA};
use regex_automata::dfa::{Automaton, StartKind};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, Input};

/// How the texts of an old pattern and a new one compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Both admit the same texts.
    Equal,
    /// The new one admits fewer; a text that it lost.
    Narrower(String),
    /// The new one admits more; a text that it won.
    Wider(String),
    /// Each admits what the other refuses; a text that was lost, and one that was won.
    Incomparable(String, String),
    /// A pattern is no regular expression, or too large to compare.
    Undecided,
}

/// Bytes of an automaton, and of what it is built with.
const MAX_BYTES: usize = 1 << 19;
/// Pairs of states that are visited.
const MAX_PAIRS: usize = 20_000;

/// Compares two patterns, each for whole texts.
pub fn compare(old: &str, new: &str) -> Relation {
    let (Ok(old), Ok(new)) = (automaton(old), automaton(new)) else {
        return Relation::Undecided;
    };
    match (missing(&old, &new), missing(&new, &old)) {
        (Ok(None), Ok(None)) => Relation::Equal,
        (Ok(Some(lost)), Ok(None)) => Relation::Narrower(lost),
        (Ok(None), Ok(Some(won))) => Relation::Wider(won),
        (Ok(Some(lost)), Ok(Some(won))) => Relation::Incomparable(lost, won),
        _ => Relation::Undecided,
    }
}

/// A text of ASCII characters that a pattern admits and that has this length.
pub fn of_length(pattern: &str, length: usize) -> Option<String> {
    const MAX_STEPS: usize = 2_000_000;
    let dfa = automaton(pattern).ok()?;
    let mut layers: Vec<Vec<(StateID, usize, u8)>> = vec![vec![(start(&dfa)?, 0, 0)]];
    let mut steps = 0;
    for _ in 0..length {
        let mut next: Vec<(StateID, usize, u8)> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        for (index, (state, ..)) in layers.last()?.iter().enumerate() {
            for byte in alphabet().filter(u8::is_ascii) {
                let to = dfa.next_state(*state, byte);
                if !dfa.is_dead_state(to) && known.insert(to) {
                    next.push((to, index, byte));
                }
            }
            steps += 128;
        }
        if steps > MAX_STEPS {
            return None;
        }
        layers.push(next);
    }
    let last = layers.last()?;
    let mut at = last.iter().position(|(state, ..)| accepts(&dfa, *state))?;
    let mut bytes = Vec::with_capacity(length);
    for layer in layers.iter().skip(1).rev() {
        let (_, before, byte) = layer[at];
        bytes.push(byte);
        at = before;
    }
    bytes.reverse();
    String::from_utf8(bytes).ok()
}

/// All bytes, those that people can read first.
fn alphabet() -> impl Iterator<Item = u8> {
    let letters = (b'a'..=b'z').chain(b'A'..=b'Z').chain(b'0'..=b'9');
    let signs = (b' '..=b'~').filter(|byte| !byte.is_ascii_alphanumeric());
    let rest = (0x80..=0xFF).chain(0..b' ').chain([0x7F]);
    letters.chain(signs).chain(rest)
}

fn automaton(pattern: &str) -> Result<DFA<Vec<u32>>, Box<BuildError>> {
    let config = Config::new()
        .start_kind(StartKind::Anchored)
        .dfa_size_limit(Some(MAX_BYTES))
        .determinize_size_limit(Some(MAX_BYTES));
    let limits = thompson::Config::new().nfa_size_limit(Some(MAX_BYTES));
    Builder::new()
        .configure(config)
        .thompson(limits)
        .build(&format!(r"\A(?:{})\z", ascii(pattern)))
        .map_err(Box::new)
}

/// The pattern with the classes of the clients' engine, where `\d`, `\w`, `\s` and `\b` are
/// ASCII, written out.
fn ascii(pattern: &str) -> String {
    let mut out = String::new();
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        let written = match chars.next() {
            Some('d') => "[0-9]",
            Some('D') => "[^0-9]",
            Some('w') => "[0-9A-Za-z_]",
            Some('W') => "[^0-9A-Za-z_]",
            Some('s') => r"[\t\n\v\f\r ]",
            Some('S') => r"[^\t\n\v\f\r ]",
            Some('b') => r"(?-u:\b)",
            Some(other) => {
                out.push('\\');
                out.push(other);
                continue;
            }
            None => "\\",
        };
        out.push_str(written);
    }
    out
}

fn start(dfa: &DFA<Vec<u32>>) -> Option<StateID> {
    let input = Input::new("").anchored(Anchored::Yes);
    dfa.start_state_forward(&input).ok()
}

/// Whether a text may end here.
fn accepts(dfa: &DFA<Vec<u32>>, state: StateID) -> bool {
    dfa.is_match_state(dfa.next_eoi_state(state))
}

/// There were too many pairs of states.
struct TooLarge;

/// The shortest text that `yes` admits and `no` refuses.
fn missing(yes: &DFA<Vec<u32>>, no: &DFA<Vec<u32>>) -> Result<Option<String>, TooLarge> {
    let starts = start(yes).zip(start(no)).ok_or(TooLarge)?;
    let mut walk = Walk::default();
    walk.reach(starts, None);
    let alphabet: Vec<u8> = alphabet().collect();
    while let Some(at) = walk.open.pop_front() {
        let (one, other) = walk.pairs[at].states;
        if accepts(yes, one) && !accepts(no, other) {
            return Ok(Some(walk.text(at)));
        }
        for byte in &alphabet {
            let next = yes.next_state(one, *byte);
            if !yes.is_dead_state(next) {
                walk.reach((next, no.next_state(other, *byte)), Some((at, *byte)));
            }
        }
        if walk.pairs.len() > MAX_PAIRS {
            return Err(TooLarge);
        }
    }
    Ok(None)
}

/// The pairs of states that were reached, each with the way to it.
#[derive(Default)]
struct Walk {
    pairs: Vec<Reached>,
    known: std::collections::BTreeSet<(StateID, StateID)>,
    open: VecDeque<usize>,
}

struct Reached {
    states: (StateID, StateID),
    way: Option<(usize, u8)>,
}

impl Walk {
    fn reach(&mut self, states: (StateID, StateID), way: Option<(usize, u8)>) {
        if self.known.insert(states) {
            self.open.push_back(self.pairs.len());
            self.pairs.push(Reached { states, way });
        }
    }

    fn text(&self, mut at: usize) -> String {
        let mut bytes = Vec::new();
        while let Some((before, byte)) = self.pairs[at].way {
            bytes.push(byte);
            at = before;
        }
        bytes.reverse();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_told_apart_by_their_texts() {
        assert_eq!(compare("^[a-z]{1,}$", "^[a-z]+$"), Relation::Equal);
        assert_eq!(
            compare("^[a-z0-9]+$", "^[a-z]+$"),
            Relation::Narrower("0".to_owned())
        );
        assert_eq!(
            compare("^[a-z]+$", "^[a-z]*$"),
            Relation::Wider(String::new())
        );
        assert_eq!(
            compare("^[a-z]+$", "^[0-9]+$"),
            Relation::Incomparable("a".to_owned(), "0".to_owned())
        );
    }

    #[test]
    fn classes_are_those_of_the_clients() {
        assert_eq!(compare(r"^\d+$", "^[0-9]+$"), Relation::Equal);
        assert_eq!(compare(r"^[\w.]+$", "^[a-zA-Z0-9_.]+$"), Relation::Equal);
        // A pattern is about the whole text, anchored or not.
        assert_eq!(compare("[a-z]+", "^[a-z]+$"), Relation::Equal);
        assert_eq!(compare("^a|b$", "^(a|b)$"), Relation::Equal);
    }

    #[test]
    fn other_scripts_are_texts_too() {
        let relation = compare("^[\u{4e00}-\u{9fa5}a]+$", "^a+$");
        let Relation::Narrower(text) = relation else {
            panic!("{relation:?}");
        };
        assert_eq!(text.chars().count(), 1);
        assert!(('\u{4e00}'..='\u{9fa5}').contains(&text.chars().next().expect("one")));
    }

    #[test]
    fn what_is_too_large_is_left_undecided_at_once() {
        let start = std::time::Instant::now();
        for (old, new) in [
            (r"\w{2,64}", r"\w{2,63}"),
            (r"([a-z]*[0-9]*){50}x", r"([a-z]*[0-9]*){51}x"),
            (r"(a|b)*a(a|b){14}", r"(a|b)*a(a|b){15}"),
            ("[\u{4e00}-\u{9fa5}]{1,5000}", "[\u{4e00}-\u{9fa5}]{1,5001}"),
            ("(?=a)b", "b"),
        ] {
            compare(old, new);
        }
        assert_eq!(compare("(?=a)b", "b"), Relation::Undecided);
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }

    #[test]
    fn a_text_of_a_length_is_found() {
        let text = of_length("^[a-z][0-9-]*$", 6).expect("there is one");
        assert_eq!((text.len(), &text[..1]), (6, "a"));
        assert_eq!(of_length("^[a-z]{2}$", 3), None);
    }
}
