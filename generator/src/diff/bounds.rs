//! The enforced rules of a member in one place, and what they admit.

use regex_lite::Regex;
use serde_json::Value;

use crate::model::{Member, Rule};

/// All bounds of a member. They are inclusive.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bounds {
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,
    pub(super) max_bytes: Option<usize>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) min_items: Option<usize>,
    pub(super) max_items: Option<usize>,
    pub(super) separator: Option<String>,
    pub(super) pattern: Option<String>,
}

impl Bounds {
    /// The bounds of a member.
    pub(super) fn of(member: &Member) -> Self {
        let mut bounds = Self::default();
        for rule in &member.rules {
            match rule {
                Rule::Length { min, max } => {
                    (bounds.min_length, bounds.max_length) = (*min, *max);
                }
                Rule::Bytes { max } => bounds.max_bytes = Some(*max),
                Rule::Range { min, max } => {
                    (bounds.minimum, bounds.maximum) = (*min, *max);
                }
                Rule::Items { min, max } => {
                    (bounds.min_items, bounds.max_items) = (*min, *max);
                }
                Rule::Pattern(pattern) => bounds.pattern = Some(pattern.clone()),
                Rule::Separator { by, max } => {
                    bounds.separator = Some(by.clone());
                    bounds.max_items = Some(*max);
                }
            }
        }
        bounds
    }

    /// Whether a value passes all of them.
    #[allow(
        clippy::cast_precision_loss,
        reason = "the clients compare numbers as floating point as well"
    )]
    pub(super) fn admit(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.admit_text(text),
            Value::Array(items) => within(items.len(), self.min_items, self.max_items),
            Value::Number(number) => number.as_f64().is_none_or(|number| {
                self.minimum.is_none_or(|bound| number >= bound)
                    && self.maximum.is_none_or(|bound| number <= bound)
            }),
            _ => true,
        }
    }

    fn admit_text(&self, text: &str) -> bool {
        let items = |by: &String| text.split(by.as_str()).count();
        within(text.chars().count(), self.min_length, self.max_length)
            && self.max_bytes.is_none_or(|most| text.len() <= most)
            && self
                .separator
                .as_ref()
                .is_none_or(|by| within(items(by), None, self.max_items))
            && self.pattern.as_ref().is_none_or(|pattern| {
                Regex::new(&format!(r"\A(?:{pattern})\z"))
                    .is_ok_and(|regex| regex.is_match(text))
            })
    }
}

fn within(count: usize, least: Option<usize>, most: Option<usize>) -> bool {
    least.is_none_or(|least| count >= least) && most.is_none_or(|most| count <= most)
}
