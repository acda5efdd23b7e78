//! The documented rules of a request, checked before anything leaves the machine.
//!
//! Every violation is reported, not the first; a secret's value is never part of one.
//! Values outside an enumeration are not violations: the cloud may be ahead of the spec.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::OnceLock;

use regex_lite::Regex;

use crate::value::Value;

/// One documented rule. Bounds are inclusive.
#[derive(Debug)]
#[non_exhaustive]
pub enum Rule {
    /// Length of a text in characters.
    Length {
        /// At least so many.
        min: Option<usize>,
        /// At most so many.
        max: Option<usize>,
    },
    /// Length of a text in bytes of UTF-8.
    Bytes {
        /// At most so many.
        max: usize,
    },
    /// A number's bounds.
    Range {
        /// At least so much.
        min: Option<f64>,
        /// At most so much.
        max: Option<f64>,
    },
    /// Number of items in an array.
    Items {
        /// At least so many.
        min: Option<usize>,
        /// At most so many.
        max: Option<usize>,
    },
    /// The whole text matches.
    Pattern(&'static Pattern),
    /// Number of items in a list that is one text, joined by `by`.
    Separator {
        /// What joins the items.
        by: &'static str,
        /// At most so many.
        max: usize,
    },
}

/// A regular expression that is compiled at its first use; the derive has parsed it already.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern; it has to match the whole text, whatever anchors it has.
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            regex: OnceLock::new(),
        }
    }

    /// The pattern as the spec writes it.
    pub fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether the whole of `text` matches.
    pub fn is_match(&self, text: &str) -> bool {
        let compile = || Regex::new(&format!(r"\A(?:{})\z", self.text)).ok();
        self.regex
            .get_or_init(compile)
            .as_ref()
            .is_none_or(|regex| regex.is_match(text))
    }
}

/// A request, or a structure inside one, that knows its rules.
pub trait Validate {
    /// Adds every violation to the report.
    fn check(&self, report: &mut Report);

    /// Checks every rule.
    ///
    /// # Errors
    /// [`Violations`], all of them.
    fn validate(&self) -> Result<(), Violations> {
        let mut report = Report::default();
        self.check(&mut report);
        if report.violations.is_empty() {
            Ok(())
        } else {
            Err(Violations(report.violations))
        }
    }
}

/// All rules that a request breaks, in document order; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// The violations, in document order.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The member, in wire names: `Tags[2].Key`.
    pub member: String,
    /// The rule: `length`, `bytes`, `range`, `items`, `pattern` or `separator`.
    pub rule: &'static str,
    /// What the rule asks for.
    pub limit: String,
    /// What it got: a length, a number, or the text (shortened; `***` for a secret).
    pub got: String,
}

impl Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            member, limit, got, ..
        } = self;
        write!(f, "{member}: must {limit}, got {got}")
    }
}

impl Display for Violations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let joint = if index == 0 { "" } else { "; " };
            write!(f, "{joint}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// Collects violations while a request is walked.
#[derive(Debug, Default)]
pub struct Report {
    path: String,
    violations: Vec<Violation>,
}

impl Report {
    /// Checks one member against its rules; an absent one breaks none.
    pub fn member(&mut self, name: &str, value: &Value<'_>, rules: &[Rule]) {
        for rule in rules {
            if let Some((limit, got)) = rule.broken_by(value) {
                let member = self.at(name);
                self.violations.push(Violation {
                    member,
                    rule: rule.name(),
                    limit,
                    got,
                });
            }
        }
    }

    /// Checks the structures inside a member.
    pub fn nested(&mut self, name: &str, value: &impl Nested) {
        let outer = self.path.clone();
        self.path = self.at(name);
        value.each(self);
        self.path = outer;
    }

    fn at(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    fn item(&mut self, step: &str, value: &impl Nested) {
        let outer = self.path.clone();
        self.path.push_str(step);
        value.each(self);
        self.path = outer;
    }
}

/// What `#[validate(nested)]` may stand on: a structure, or an option, array or map of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no rules of its own",
    label = "`nested` finds nothing to check here",
    note = "a structure with rules derives `Validate`"
)]
pub trait Nested {
    /// Checks each structure inside.
    fn each(&self, report: &mut Report);
}

impl<T: Validate> Nested for T {
    fn each(&self, report: &mut Report) {
        self.check(report);
    }
}

impl<T: Nested> Nested for Option<T> {
    fn each(&self, report: &mut Report) {
        if let Some(value) = self {
            value.each(report);
        }
    }
}

impl<T: Validate> Validate for Box<T> {
    fn check(&self, report: &mut Report) {
        T::check(self, report);
    }
}

impl<T: Nested> Nested for Vec<T> {
    fn each(&self, report: &mut Report) {
        for (index, value) in self.iter().enumerate() {
            report.item(&format!("[{index}]"), value);
        }
    }
}

impl<T: Nested> Nested for BTreeMap<String, T> {
    fn each(&self, report: &mut Report) {
        for (key, value) in self {
            report.item(&format!("[{key:?}]"), value);
        }
    }
}

impl Rule {
    fn name(&self) -> &'static str {
        match self {
            Self::Length { .. } => "length",
            Self::Bytes { .. } => "bytes",
            Self::Range { .. } => "range",
            Self::Items { .. } => "items",
            Self::Pattern(_) => "pattern",
            Self::Separator { .. } => "separator",
        }
    }

    /// What was asked for and what came, where the rule is broken.
    fn broken_by(&self, value: &Value<'_>) -> Option<(String, String)> {
        match (self, value) {
            (Self::Length { min, max }, _) => {
                let count = text(value)?.chars().count();
                let limit = outside(&count, min.as_ref(), max.as_ref())?;
                Some((format!("have {limit} characters"), count.to_string()))
            }
            (Self::Bytes { max }, _) => {
                let count = text(value)?.len();
                let limit = outside(&count, None, Some(max))?;
                Some((format!("have {limit} bytes"), count.to_string()))
            }
            (Self::Range { min, max }, _) => {
                let number = number(value)?;
                let limit = outside(&number, min.as_ref(), max.as_ref())?;
                Some((format!("be {limit}"), number.to_string()))
            }
            (Self::Items { min, max }, Value::List(list)) => {
                let limit = outside(&list.len(), min.as_ref(), max.as_ref())?;
                Some((format!("have {limit} items"), list.len().to_string()))
            }
            (Self::Pattern(pattern), _) => {
                let text = text(value)?;
                (!pattern.is_match(text))
                    .then(|| (format!("match {}", pattern.text), shown(value)))
            }
            (Self::Separator { by, max }, _) => {
                let count = text(value)?.split(by).count();
                let limit = outside(&count, None, Some(max))?;
                Some((
                    format!("have {limit} items joined by {by:?}"),
                    count.to_string(),
                ))
            }
            _ => None,
        }
    }
}

fn text<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match value {
        Value::String(text) => Some(text),
        Value::Secret(text) => Some(text),
        _ => None,
    }
}

#[allow(clippy::cast_precision_loss)] // documented bounds are far below 2^52
fn number(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Unsigned(number) => Some(*number as f64),
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

/// The bounds in words, where the value is not inside them; a NaN never is.
fn outside<T: PartialOrd + Display>(
    value: &T,
    min: Option<&T>,
    max: Option<&T>,
) -> Option<String> {
    if min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max) {
        return None;
    }
    Some(match (min, max) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => return None,
    })
}

/// The text for a message: quoted, at most 64 characters, never a secret's.
fn shown(value: &Value<'_>) -> String {
    match value {
        Value::String(text) if text.chars().count() > 64 => {
            format!("{:?}…", text.chars().take(64).collect::<String>())
        }
        Value::String(text) => format!("{text:?}"),
        _ => "***".to_owned(),
    }
}
